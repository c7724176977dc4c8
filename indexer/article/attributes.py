"""Course, intensity, onset, timing and spread of a symptom, each value with the sentence that says so."""

import tomllib
from collections.abc import Sequence
from functools import cache

from indexer.model import Attribute, Attributes
from indexer.text.phrases import PhraseTables, split_words
from indexer.vocabulary import RULES

NAMES = ("course", "intensity", "onset", "timing", "spread")
NEGATIONS = frozenset({"not", "no", "never", "without", "isnt", "arent", "doesnt", "rarely", "seldom", "hardly", "nor"})
MENTIONS = "mentions"  # the phrases of a table that say nothing: "after a short night"
NEGATED_WITHIN = 2  # words: "is not usually constant"


@cache
def _table() -> PhraseTables[tuple[str, str]]:
    with (RULES / "attributes.toml").open("rb") as file:
        rules = tomllib.load(file)
    return PhraseTables(
        [[(phrase, (name, value)) for value, phrases in rules[name].items() for phrase in phrases] for name in NAMES]
    )


def find_attributes(sentences: Sequence[str]) -> Attributes:
    """Give the values that the description's `sentences` state, each once, with the first sentence that states it."""
    found: dict[str, dict[str, Attribute]] = {name: {} for name in NAMES}
    for sentence in sentences:
        words = split_words(sentence)
        for match in _table().find(words):
            name, value = match.value
            if value != MENTIONS and NEGATIONS.isdisjoint(words[max(0, match.start - NEGATED_WITHIN) : match.start]):
                found[name].setdefault(value, Attribute(value, sentence))
    return Attributes(**{name: tuple(values.values()) for name, values in found.items()})
