"""Text to terms: the one analysis that articles, works and questions go through.

A word is folded (lower case, no accents, no apostrophes), its spelling unified, and stemmed with Snowball English.
Stop words have no term and no position: "pins & needles" and "pins and needles" are the same phrase.

The schema's field types come from here: `stemmed_text()` keeps positions, `ranked_text()` only counts words,
`exact_text()` counts words as they are written, stop words too.
"""

import re
import unicodedata
from array import array
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import Stemmer

from indexer.engine import analysis, fields, formats
from indexer.text.spelling import unify_spelling

WORD = re.compile(r"\d{1,3}(?:,\d{3})+(?!\d)|\d+\.\d+|[^\W_]+(?:['’ʼ][^\W_]+)*")  # 1,000 · 2.5 · can’t
WORD_LIMIT = 64  # characters of a word that count; longer ones are no words
CACHE_LIMIT = 400_000  # words remembered with their terms before the memory starts afresh
LAST_POSITION = 0xFFFF  # words of one field beyond it share this position: found, but in no phrase
LETTERS = str.maketrans(
    {"’": "'", "ʼ": "'", "ß": "ss", "ø": "o", "æ": "ae", "œ": "oe", "ł": "l", "đ": "d", "ı": "i"}
    | {"α": "alpha", "β": "beta", "γ": "gamma", "δ": "delta", "ε": "epsilon", "κ": "kappa", "λ": "lambda"}
    | {"μ": "mu", "σ": "sigma", "ω": "omega"}
)
STOP_WORDS = frozenset((Path(__file__).parents[1] / "rules" / "stop_words.txt").read_text("utf-8").split())


@cache
def _stemmer() -> Callable[[str], str]:
    return Stemmer.Stemmer("english", 0).stemWord  # type: ignore[no-any-return]  # published without types


def fold_word(word: str) -> str:
    """Give a lower-case word without accents, apostrophes and thousands separators; a possessive 's is left out."""
    if not word.isascii():
        plain = unicodedata.normalize("NFKD", word).translate(LETTERS)
        word = "".join(letter for letter in plain if not unicodedata.combining(letter))
    if "'" in word:
        word = word.removesuffix("'s").replace("'", "")
    return word.replace(",", "")[:WORD_LIMIT]


def stem_word(word: str) -> str | None:
    """Give the term of one word as `find_words` gives it, or None for a stop word."""
    folded = fold_word(word)
    if not folded or folded in STOP_WORDS:
        return None
    return _stemmer()(unify_spelling(folded))


def find_words(text: str) -> list[str]:
    """Give the words of a text in order, in lower case and otherwise as printed."""
    if not text.isascii():
        text = unicodedata.normalize("NFC", text)
    return WORD.findall(text.lower())


Occurrence = tuple[str, int, float, bytes]  # term, count, weight, packed positions


class TermMemory(dict[str, str | None]):
    """A word → term table that fills itself by `analyse` and starts afresh when it grows beyond `CACHE_LIMIT`.

    Threads may share it: a lost entry is computed again.
    """

    def __init__(self, analyse: Callable[[str], str | None]) -> None:
        super().__init__()
        self._analyse = analyse

    def __missing__(self, word: str) -> str | None:
        if len(self) >= CACHE_LIMIT:
            self.clear()
        term = self[word] = self._analyse(word)
        return term


STEMS = TermMemory(stem_word)
EXACT = TermMemory(lambda word: fold_word(word) or None)


def stem_text(text: str) -> list[str]:
    """Give the stemmed terms of a text in order, stop words left out."""
    return [term for term in map(STEMS.__getitem__, find_words(text)) if term is not None]


def split_text(text: str) -> list[str]:
    """Give the folded words of a text in order, stop words kept, nothing stemmed."""
    return [term for term in map(EXACT.__getitem__, find_words(text)) if term is not None]


class WordAnalyzer(analysis.Analyzer):  # type: ignore[misc]  # Whoosh is untyped
    """What Whoosh's own tools (its query parser, its tests) ask for terms: tokens of the analysis above."""

    def __init__(self, stemmed: bool = True) -> None:
        self.stemmed = stemmed

    def __call__(self, value: str, **_wanted: Any) -> Iterator[Any]:
        """Give one token after another of `value`, with text, position and boost."""
        token = analysis.Token(positions=True)
        for position, term in enumerate(self.terms(value)):
            token.text, token.pos, token.boost, token.stopped = term, position, 1.0, False
            yield token

    def terms(self, value: str) -> list[str]:
        """Give the terms of `value` in order."""
        return stem_text(value) if self.stemmed else split_text(value)


class Frequencies(formats.Format):  # type: ignore[misc]  # Whoosh is untyped
    """How often a word stands in a document and nothing more; the count is the posting's weight, its value empty."""

    posting_size = 0

    def word_values(self, value: str, analyzer: WordAnalyzer, **_options: Any) -> Iterator[Occurrence]:
        """Give each term with its count, its weight and an empty value."""
        for term, count in Counter(analyzer.terms(value)).items():
            yield term, count, float(count), b""


class Positions(formats.Format):  # type: ignore[misc]  # Whoosh is untyped
    """Where a word stands in a document, as an array of unsigned 16-bit numbers in machine order."""

    def word_values(self, value: str, analyzer: WordAnalyzer, **_options: Any) -> Iterator[Occurrence]:
        """Give each term with its count, its weight and its packed positions."""
        places: dict[str, list[int]] = {}
        for position, term in enumerate(analyzer.terms(value)):
            place = position if position < LAST_POSITION else LAST_POSITION
            if term in places:
                places[term].append(place)
            else:
                places[term] = [place]
        for term, positions in places.items():
            yield term, len(positions), float(len(positions)), array("H", positions).tobytes()

    def encode(self, positions: Iterable[int]) -> bytes:
        """Give positions packed."""
        return array("H", positions).tobytes()

    def decode_positions(self, value: bytes) -> list[int]:
        """Give positions unpacked."""
        return array("H", value).tolist()

    def decode_frequency(self, value: bytes) -> int:
        """Give the number of packed positions."""
        return len(value) // 2

    def combine(self, values: Iterable[bytes]) -> bytes:
        """Give the union of packed positions, packed."""
        return self.encode(sorted({position for value in values for position in self.decode_positions(value)}))


class WordField(fields.FieldType):  # type: ignore[misc]  # Whoosh is untyped
    """A scored field of words in one of the formats above; nothing is stored."""

    def __init__(self, format_: Any, stemmed: bool) -> None:
        super().__init__(format_, WordAnalyzer(stemmed), scorable=True)

    def index(self, value: str, **_options: Any) -> Iterator[tuple[bytes, int, float, bytes]]:
        """Give each term of `value` as bytes with its count, its weight and its posting value."""
        for term, count, weight, packed in self.format.word_values(value, self.analyzer):
            yield term.encode(), count, weight, packed


def stemmed_text() -> WordField:
    """Give a field of stemmed words with positions: ranked words, phrases, `field:word`."""
    return WordField(Positions(), stemmed=True)


def ranked_text() -> WordField:
    """Give a field of stemmed words with their counts alone: ranking over everything an article says."""
    return WordField(Frequencies(), stemmed=True)


def exact_text() -> WordField:
    """Give a field of unstemmed words, stop words too: prefix*, ~fuzzy, did-you-mean, questions of stop words."""
    return WordField(Frequencies(), stemmed=False)
