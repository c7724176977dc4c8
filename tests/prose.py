"""The words of the shipped articles that no spelling dictionary knows."""

from functools import cache
from pathlib import Path

from spellchecker import SpellChecker

from bench.corpus import words

OWN_WORDS = Path(__file__).parent / "corpus_words.txt"


@cache
def _dictionary() -> SpellChecker:
    dictionary = SpellChecker()
    dictionary.word_frequency.load_words(OWN_WORDS.read_text(encoding="utf-8").split())
    return dictionary


def misspelled(text: str) -> set[str]:
    """Give the words that neither the packaged dictionary nor our own list knows."""
    plain = {word.lower().replace("’", "'").removesuffix("'s").strip("'") for word in words(text)}
    return {str(word) for word in _dictionary().unknown(plain)}
