"""The first letters of all words of some documents as numbers: which passages have words that begin like this.

One comparison of whole arrays looks through the passages of ten documents, where every word costs a walk through the
text of each.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import accumulate, pairwise

import numpy as np
from numpy.typing import NDArray

LETTERS = 4  # letters of a word that count
UNSURE = "?"  # stands for every letter beyond Latin-1; it may begin a word, or stand before one, as all beyond ASCII


@dataclass(frozen=True, slots=True)
class Beginnings:
    """Where words begin in the passages of one document, in order."""

    letters: NDArray[np.uint32]  # the first ones of each word, a byte each
    passages: NDArray[np.uint32]  # the number of the passage that it stands in
    count: int  # passages of the document


def read_beginnings(texts: Sequence[str]) -> Beginnings:
    """Give how the words of passages in lower case begin; more than are there may be given, never fewer."""
    data = "\n".join(["", *texts]).encode("latin-1", "replace") + b"\n" * LETTERS
    codes = np.frombuffer(data, np.uint8)
    words, gaps = _tables()
    starts = np.flatnonzero(words[codes[1:-LETTERS]] & gaps[codes[: -LETTERS - 1]]) + 1
    letters = np.ndarray(len(data) - LETTERS + 1, "<u4", data, strides=(1,))[starts]
    ends = np.cumsum([len(text) + 1 for text in texts])
    return Beginnings(letters, ends.searchsorted(starts).astype(np.uint32), len(texts))


@cache
def _tables() -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Give for each byte whether it may be of a word, and whether it may stand before one."""
    letters = bytes(range(256)).decode("latin-1")
    words = np.array([letter.isalnum() for letter in letters])
    unsure = np.array([not letter.isascii() or letter == UNSURE for letter in letters])
    return words | unsure, ~words | unsure


class Passages:
    """The passages of several documents, one after the other."""

    def __init__(self, documents: Sequence[Beginnings]) -> None:
        """Take the beginnings of each document."""
        self._bounds = list(accumulate([document.count for document in documents], initial=0))
        self.count = self._bounds[-1]
        self._letters = np.concatenate([document.letters for document in documents])
        first = np.repeat(self._bounds[:-1], [len(document.letters) for document in documents])
        self._numbers = first + np.concatenate([document.passages for document in documents])

    def having(self, beginnings: Iterable[str]) -> NDArray[np.bool_]:
        """Give for each passage whether a word in it may begin with any of these."""
        found = np.zeros(self.count, np.bool_)
        for beginning in beginnings:
            data = beginning[:LETTERS].encode("latin-1", "replace")
            letters = np.uint32(int.from_bytes(data, "little"))
            mask = np.uint32((1 << 8 * len(data)) - 1)
            found[self._numbers[np.flatnonzero(self._letters & mask == letters)]] = True
        return found

    def part(self, values: Sequence[int]) -> list[Sequence[int]]:
        """Give values of all passages by document."""
        return [values[first:end] for first, end in pairwise(self._bounds)]
