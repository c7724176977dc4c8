"""Which of many short texts somebody may be typing: every typed word begins a word of the text, small typos allowed."""

from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import OSA

from indexer.text.analyzer import split_text

AFTER_ALL = "\U0010ffff"  # sorts after any continuation of a prefix
CANDIDATES = 200  # texts looked at more closely
TYPED_WORDS = 8  # words of what is typed that count
CORRECTED_LENGTH = 4  # letters a word needs before a typo in it is allowed
CORRECTIONS = 4  # words tried for a mistyped one
LONG_WORD = 8  # letters from which two typos are allowed


@dataclass(frozen=True, slots=True)
class Candidates:
    """What an index has that may be being typed, the likeliest first, and how many documents have a facet value."""

    titles: tuple[str, ...]
    journals: tuple[str, ...]
    count_of: Callable[[str, str], int]


class Completion:
    """Texts by the words in them, in arrays: a hundred thousand titles take a few megabytes."""

    def __init__(self, texts: Sequence[str]) -> None:
        """Take the texts; places in this order are what `find` gives."""
        places: dict[str, list[int]] = {}
        self._keys: list[str] = []
        for place, text in enumerate(texts):
            words = split_text(text)
            self._keys.append(" ".join(words))
            for word in set(words):
                places.setdefault(word, []).append(place)
        self._words = sorted(places)
        self._starts = np.cumsum([0, *(len(places[word]) for word in self._words)])
        self._places = np.array([place for word in self._words for place in places[word]], np.int32)

    def find(self, typed: str, limit: int) -> list[int]:
        """Give the places of the texts that fit best: those that begin as typed first, short before long."""
        words = split_text(typed)[:TYPED_WORDS]
        if not words or not self._words:
            return []
        found = self._find_all([self._ranges(word) for word in words])
        if not len(found):
            found = self._find_all([self._ranges(word) or self._mistyped(word) for word in words])
        start = " ".join(words)
        return sorted(found.tolist(), key=lambda place: self._badness(place, start))[:limit]

    def _badness(self, place: int, start: str) -> tuple[bool, int, str]:
        key = self._keys[place]
        return not key.startswith(start), len(key), key

    def _ranges(self, prefix: str) -> list[tuple[int, int]]:
        """Give the range of words that begin with `prefix`, none when there is no such word."""
        first, end = bisect_left(self._words, prefix), bisect_left(self._words, prefix + AFTER_ALL)
        return [(first, end)] if end > first else []

    def _mistyped(self, word: str) -> list[tuple[int, int]]:
        """Give the ranges of the beginnings nearest to `word` among words with its first letter, then among all."""
        if len(word) < CORRECTED_LENGTH:
            return []
        allowed = 1 if len(word) < LONG_WORD else 2
        initial = self._ranges(word[0])
        beginnings = {
            name[:length]
            for first, end in initial
            for name in self._words[first:end]
            for length in (len(word) - 1, len(word), len(word) + 1)
        }
        near = [(OSA.distance(word, name, score_cutoff=allowed), name) for name in beginnings]
        best = [name for distance, name in sorted(near) if distance <= allowed]
        return [spread for name in best[:CORRECTIONS] for spread in self._ranges(name)]

    def _find_all(self, wanted: Sequence[Sequence[tuple[int, int]]]) -> NDArray[np.int64]:
        """Give some places whose text has a word in the ranges of every wanted word."""
        every = np.ones(len(self._keys), np.bool_)
        for ranges in wanted:
            has = np.zeros(len(self._keys), np.bool_)
            for first, end in ranges:
                has[self._places[self._starts[first] : self._starts[end]]] = True
            every &= has
        return np.flatnonzero(every)[:CANDIDATES]
