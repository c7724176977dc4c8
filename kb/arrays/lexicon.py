"""All words of one spelling field in order: what begins like this, what is spelled nearly like this."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import OSA

from kb.arrays.segment import Lexicon as SegmentLexicon

AFTER_ALL = "\U0010ffff"  # sorts after any continuation of a prefix
SHORT_WORD = 4  # letters up to which one letter may differ; beyond, two


class Lexicon:
    """The words of a field in every segment, sorted, with the number of documents that have each."""

    def __init__(self, parts: Sequence[SegmentLexicon]) -> None:
        """Merge the words of all segments."""
        if len(parts) == 1:
            self.words, self.counts = parts[0]
        else:
            counts: Counter[str] = Counter()
            for words, found in parts:
                counts.update(dict(zip(words, found.tolist(), strict=True)))
            self.words = sorted(counts)
            self.counts = np.array([counts[word] for word in self.words], np.int64)
        self._lengths = np.array([len(word) for word in self.words], np.int16)
        self._letters = _letter_sets(self.words)

    def starting_with(self, prefix: str, limit: int) -> list[str]:
        """Give the `limit` most frequent words that begin with `prefix`, in order of frequency."""
        first, end = bisect_left(self.words, prefix), bisect_left(self.words, prefix + AFTER_ALL)
        order = np.argsort(-self.counts[first:end], kind="stable")[:limit]
        return [self.words[first + place] for place in order.tolist()]

    def close_to(self, word: str, limit: int) -> list[tuple[str, int]]:
        """Give the `limit` nearest other words with their distance: nearest first, frequent before rare.

        A letter changed, added, left out or swapped with its neighbour is a distance of 1; 1 for short words, else 2.
        """
        allowed = 1 if len(word) <= SHORT_WORD else 2
        differing = np.bitwise_count(self._letters ^ _letter_sets([word])[0])
        near = (differing <= 2 * allowed) & (np.abs(self._lengths - len(word)) <= allowed)
        found = []
        for place in np.flatnonzero(near).tolist():
            distance = OSA.distance(word, self.words[place], score_cutoff=allowed)
            if 0 < distance <= allowed:
                found.append((distance, -int(self.counts[place]), self.words[place]))
        return [(name, distance) for distance, _, name in sorted(found)[:limit]]


def _letter_sets(words: Sequence[str]) -> NDArray[np.uint64]:
    """Give for each word the set of its letters as bits: words at distance d differ in at most 2 d bits."""
    codes = np.array(words, dtype=np.str_)
    if not codes.size:
        return np.zeros(0, np.uint64)
    table = codes.view(np.uint32).reshape(len(words), -1)
    bits = np.where(table > 0, np.uint64(1) << (table % 64).astype(np.uint64), np.uint64(0))
    sets: NDArray[np.uint64] = np.bitwise_or.reduce(bits, axis=1)
    return sets


class WordList(Protocol):
    """The words that documents have, to widen what somebody typed."""

    def starting_with(self, prefix: str, limit: int) -> list[str]:
        """Give the `limit` most frequent words that begin with `prefix`, in order of frequency."""

    def close_to(self, word: str, limit: int) -> list[tuple[str, int]]:
        """Give the `limit` nearest other words with their distance: nearest first, frequent before rare."""


class Statistics(Protocol):
    """What has to be known of an index to build a query for it."""

    @property
    def documents(self) -> int:
        """Give how many documents there are, 0 where the engine itself knows how rare a word is in its field."""

    def document_frequency(self, field: str, term: str) -> int:
        """Give how many documents have a term."""

    def lexicon(self, field: str) -> WordList:
        """Give the words of a spelling field."""
