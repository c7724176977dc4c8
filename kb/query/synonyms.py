"""Words that mean nearly the same, from `rules/synonyms.toml`: what people say, and what articles say.

    [[synonym]]
    say = ["tummy", "belly"]           # each of these, alone or as several words in this order,
    mean = ["stomach", "abdomen"]      # is also looked for as each of these
    weight = 0.6                       # of a match by the other word (default: DEFAULT_WEIGHT)
    both = true                        # and the other way round (default: only from `say` to `mean`)

Both sides are analysed like any text, so a plural needs no row of its own.
"""

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from indexer.text.analyzer import stem_text

RULES = Path(__file__).parents[1] / "rules" / "synonyms.toml"
DEFAULT_WEIGHT = 0.6
LONGEST = 4  # words of a synonym

Stems = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Meaning:
    """Other words for what was said, as stems, and what a match by them is worth."""

    stems: Stems
    weight: float


def find_meanings(stems: Sequence[str]) -> Iterator[tuple[int, int, tuple[Meaning, ...]]]:
    """Give every place (first, end) in a question's stems that has a synonym, the longest first at each place."""
    table = read_synonyms()
    place = 0
    while place < len(stems):
        for length in range(min(LONGEST, len(stems) - place), 0, -1):
            meanings = table.get(tuple(stems[place : place + length]))
            if meanings:
                yield place, place + length, meanings
                place += length - 1
                break
        place += 1


@cache
def read_synonyms() -> Mapping[Stems, tuple[Meaning, ...]]:
    """Give the table of synonyms by stems, read once a process; empty where there is no file."""
    if not RULES.exists():
        return {}
    with RULES.open("rb") as file:
        return build_table(tomllib.load(file).get("synonym", ()))


def build_table(rows: Sequence[Mapping[str, Any]]) -> Mapping[Stems, tuple[Meaning, ...]]:
    """Give the table for the rows of the file."""
    table: dict[Stems, dict[Stems, float]] = {}
    for row in rows:
        weight = float(row.get("weight", DEFAULT_WEIGHT))
        said = [tuple(stem_text(words)) for words in row["say"]]
        meant = [tuple(stem_text(words)) for words in row["mean"]]
        pairs = [(left, right) for left in said for right in meant]
        pairs += [(right, left) for left, right in pairs] if row.get("both") else []
        for left, right in pairs:
            if left and right and left != right:
                table.setdefault(left, {})[right] = weight
    return {left: tuple(Meaning(right, weight) for right, weight in found.items()) for left, found in table.items()}
