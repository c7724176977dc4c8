"""Many phrases looked up in one pass over a text, by whole words, plural and possessive folded."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Generic, NamedTuple, TypeVar

Value = TypeVar("Value")

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")  # "don't", "night's", "3"
_PLAIN_WORD = re.compile(r"[a-zA-Z0-9]+(?:'[a-zA-Z0-9]+)?")  # the same in ASCII, found in a third of the time
_LONG_ENOUGH = 3  # "legs" loses its s, "gas" and "is" keep theirs
_LONGEST_KEPT = 40  # characters; a longer "word" is not worth remembering
_MOST_KEPT = 1 << 16  # words remembered with their folded forms before the memory starts afresh
_KEEP_S = ("ss", "us", "is")  # "weakness", "tinnitus", "paralysis" are no plurals


class _FoldedWords(dict[str, str]):
    """A table from words to their folded forms that fills itself; threads may share it."""

    def __missing__(self, word: str) -> str:
        folded = fold_word(word)
        if len(word) <= _LONGEST_KEPT:
            if len(self) >= _MOST_KEPT:
                self.clear()
            self[word] = folded
        return folded


def fold_word(word: str) -> str:
    """Give the lower-case word without possessive or plural s."""
    word = word.lower().replace("’", "'").removesuffix("'s").replace("'", "")
    if len(word) > _LONG_ENOUGH and word.endswith("s") and not word.endswith(_KEEP_S):
        return word[:-1]
    return word


_FOLDED = _FoldedWords()


def split_words(text: str) -> list[str]:
    """Give the folded words of `text` in order."""
    return list(map(_FOLDED.__getitem__, (_PLAIN_WORD if text.isascii() else _WORD).findall(text)))


class Match(NamedTuple, Generic[Value]):
    """A phrase found, the index of its first word and of the one past its last."""

    value: Value
    start: int
    end: int


Group = tuple[int, tuple[int, ...], Mapping[tuple[str, ...], Value]]  # table, lengths from the longest on, phrases


class PhraseTables(Generic[Value]):
    """Tables of phrases with a value each; in each table the longest of the phrases that begin at one word wins."""

    def __init__(self, tables: Sequence[Iterable[tuple[str, Value]]]) -> None:
        """Take (phrase, value) pairs table by table; of two equal phrases in a table the first one counts."""
        self._count = len(tables)
        self._by_first: dict[str, dict[str | None, list[Group[Value]]]] = {}  # then by second word, None where none is
        for table, phrases in enumerate(tables):
            groups: dict[tuple[str, str | None], dict[tuple[str, ...], Value]] = {}
            for phrase, value in phrases:
                words = tuple(split_words(phrase))
                if words:
                    opening = words[0], (*words[1:2], None)[0]
                    groups.setdefault(opening, {}).setdefault(words, value)
            for (first, second), group in groups.items():
                lengths = tuple(sorted(set(map(len, group)), reverse=True))
                self._by_first.setdefault(first, {}).setdefault(second, []).append((table, lengths, group))

    def find(self, words: Sequence[str]) -> Iterator[Match[Value]]:
        """Give the phrases found in `words`, left to right, those of one table never overlapping."""
        ends = [0] * self._count
        for position in [place for place, word in enumerate(words) if word in self._by_first]:
            groups = self._by_first[words[position]]
            following = groups.get(words[position + 1], ()) if position + 1 < len(words) else ()
            for table, lengths, phrases in (*following, *groups.get(None, ())):
                for length in lengths if position >= ends[table] else ():
                    phrase = tuple(words[position : position + length])
                    if phrase in phrases:
                        ends[table] = position + length
                        yield Match(phrases[phrase], position, position + length)
                        break


class PhraseTable(PhraseTables[Value]):
    """One table of phrases."""

    def __init__(self, phrases: Iterable[tuple[str, Value]]) -> None:
        """Take (phrase, value) pairs; of two equal phrases the first one counts."""
        super().__init__([phrases])
