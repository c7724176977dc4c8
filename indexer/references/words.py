"""Words that printed references are made of: abbreviations that end no sentence, publishers, places of publication."""

import re
from collections.abc import Iterable

from indexer.ruleset import read_rules

WORDS = read_rules("references")


def build_words(forms: Iterable[str]) -> re.Pattern[str]:
    """Give a pattern that finds any of `forms` as whole words, in either case."""
    return re.compile(rf"\b(?:{'|'.join(forms)})\b", re.IGNORECASE)


JOURNAL_ABBREVIATIONS = frozenset(f"{word}." for word in WORDS["journal_abbreviations"].split())  # "psychosom."
ABBREVIATIONS = frozenset(WORDS["abbreviations"].split())  # as printed: "vs."
PUBLISHERS = build_words(WORDS["publishers"])  # "Springer"
PLACES = build_words(WORDS["places"])  # "New York"
