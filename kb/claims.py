"""Sentences that speak of studies, figures or certainty and carry no mark, by the words of `rules/claims.toml`."""

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from indexer.text.phrases import PhraseTable, split_words
from kb.reading import Part

RULES = Path(__file__).parent / "rules" / "claims.toml"
SHARE = re.compile(r"\d ?%")  # 12%, 12 %


@dataclass(frozen=True, slots=True)
class Claim:
    """A strong claim without a source: where it stands, the sentence, and what it speaks of."""

    anchor: str
    heading: str
    sentence: str
    reason: str


@cache
def _read_table() -> PhraseTable[str]:
    with RULES.open("rb") as file:
        rules: dict[str, list[str]] = tomllib.load(file)
    return PhraseTable((phrase, reason) for reason, phrases in rules.items() for phrase in phrases)


def find_claims(parts: Sequence[Part]) -> tuple[Claim, ...]:
    """Give the strong claims without a source in the sections of an article, in order."""
    return tuple(
        Claim(part.section.anchor, part.section.heading, text, reason)
        for part in parts
        for passage in part.passages
        if passage.kind != "heading"
        for item in passage.items
        for sentence in item
        if not sentence.cited
        for text in ["".join(piece.text for piece in sentence.pieces)]
        if (reason := find_reason(text))
    )


def find_reason(sentence: str) -> str | None:
    """Give what makes a sentence a strong claim: "studies", "certainty", "figures"; ``None`` when nothing does."""
    if SHARE.search(sentence):
        return "figures"
    return next((match.value for match in _read_table().find(split_words(sentence))), None)
