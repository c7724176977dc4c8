"""Many phrases looked up in one pass over a text, by whole words, plural and possessive folded."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Generic, NamedTuple, TypeVar

Value = TypeVar("Value")

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")  # "don't", "night's", "3"
_LONG_ENOUGH = 3  # "legs" loses its s, "gas" and "is" keep theirs
_LONGEST_KEPT = 40  # characters; a longer "word" is not worth remembering
_KEEP_S = ("ss", "us", "is")  # "weakness", "tinnitus", "paralysis" are no plurals


class Word(NamedTuple):
    """One word of a text, folded, with its place in characters."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Match(Generic[Value]):
    """A phrase found at `start`..`end` (characters), `words` the index of its first word and the one past its last."""

    value: Value
    start: int
    end: int
    words: tuple[int, int]


def fold_word(word: str) -> str:
    """Give the lower-case word without possessive or plural s."""
    return _fold_known(word) if len(word) <= _LONGEST_KEPT else _fold(word)


def _fold(word: str) -> str:
    word = word.lower().replace("’", "'").removesuffix("'s").replace("'", "")
    if len(word) > _LONG_ENOUGH and word.endswith("s") and not word.endswith(_KEEP_S):
        return word[:-1]
    return word


_fold_known = lru_cache(maxsize=1 << 15)(_fold)


def split_words(text: str) -> tuple[Word, ...]:
    """Give the folded words of `text` in order."""
    return tuple(Word(fold_word(m.group()), m.start(), m.end()) for m in _WORD.finditer(text))


class PhraseTable(Generic[Value]):
    """Phrases with a value each; the longest one wins where several begin at the same word."""

    def __init__(self, phrases: Iterable[tuple[str, Value]]) -> None:
        """Take (phrase, value) pairs; of two equal phrases the first one counts."""
        table: dict[str, dict[tuple[str, ...], Value]] = {}
        for phrase, value in phrases:
            words = tuple(word.text for word in split_words(phrase))
            if words:
                table.setdefault(words[0], {}).setdefault(words, value)
        self._by_first: Mapping[str, tuple[tuple[int, ...], Mapping[tuple[str, ...], Value]]] = {
            first: (tuple(sorted(set(map(len, group)), reverse=True)), group) for first, group in table.items()
        }

    def find(self, words: tuple[Word, ...]) -> Iterator[Match[Value]]:
        """Give the phrases found in `words`, left to right, none overlapping another."""
        texts = [word.text for word in words]
        end = 0
        for position, text in enumerate(texts):
            if position < end or text not in self._by_first:
                continue
            lengths, phrases = self._by_first[text]
            for length in lengths:  # the longest first
                phrase = tuple(texts[position : position + length])
                if phrase in phrases:
                    end = position + len(phrase)
                    yield Match(phrases[phrase], words[position].start, words[end - 1].end, (position, end))
                    break
