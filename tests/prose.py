"""Measures of prose for the shipped articles: reading grade, words, and what a spelling dictionary does not know."""

import re
from functools import cache
from pathlib import Path

from spellchecker import SpellChecker

_WORD = re.compile(r"[^\W\d_][^\W\d_'’]*")
_SENTENCE_END = re.compile(r"[.!?][”\"’)]*\s+|\n")
_SILENT = re.compile(r"(?:[^laeiouy]e|[^td]ed)$")  # "make", "walked"; not "little", "wanted"
OWN_WORDS = Path(__file__).parent / "corpus_words.txt"


def words(text: str) -> list[str]:
    """Give the words of `text`."""
    return _WORD.findall(text)


def syllables(word: str) -> int:
    """Estimate the syllables of an English word by its groups of vowels."""
    groups = len(re.findall(r"[aeiouy]+", word.lower()))
    return max(1, groups - 1 if _SILENT.search(word.lower()) and groups > 1 else groups)


def reading_grade(text: str) -> float:
    """Estimate the Flesch-Kincaid grade (school years of the United States) of prose, one block a line."""
    sentences = [part for part in _SENTENCE_END.split(text) if words(part)]
    all_words = words(text)
    return 0.39 * len(all_words) / len(sentences) + 11.8 * sum(map(syllables, all_words)) / len(all_words) - 15.59


@cache
def _dictionary() -> SpellChecker:
    dictionary = SpellChecker()
    dictionary.word_frequency.load_words(OWN_WORDS.read_text(encoding="utf-8").split())
    return dictionary


def misspelled(text: str) -> set[str]:
    """Give the words that neither the packaged dictionary nor our own list knows."""
    plain = {word.lower().replace("’", "'").removesuffix("'s").strip("'") for word in words(text)}
    return {str(word) for word in _dictionary().unknown(plain)}
