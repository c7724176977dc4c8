"""Cards of care: red flags by body area, and help for searches that speak of an emergency; sourced and dated."""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from indexer.vocabulary import read_vocabulary
from kb.model import CareCard
from kb.wordings import WINDOW, Combination, Wordings, WordRules

RULES = Path(__file__).parent / "rules"
SOURCES = "care_sources.toml"  # read with either card file
WORD_LISTS = ("fillers", "harmless", "mended", "real_words", "deniers")  # of help_cards.toml
LEVELS = {  # as the files name them, most pressing first → in words
    "crisis": "Get help now: a crisis line or your local emergency number",
    "emergency": "Emergency: call your local emergency number",
    "today": "See a doctor today",
    "soon": "See a doctor soon",
}
LEVEL_ORDER = {words: place for place, words in enumerate(LEVELS.values())}


class CareFileError(ValueError):
    """A card file that must not be shown: which file, which card, and what is wrong with it."""

    def __init__(self, file: str, card: str, reason: str) -> None:
        super().__init__(f"kb/rules/{file}: card '{card}': {reason}")
        self.file = file
        self.card = card
        self.reason = reason


@dataclass(frozen=True, slots=True)
class CardSet:
    """All cards: red flags with the areas each shows in, help cards in the order they are shown, and their rules."""

    red_flags: tuple[CareCard, ...]
    areas: Mapping[str, frozenset[str]]
    help_cards: tuple[CareCard, ...]
    wordings: Wordings


def find_red_flags(areas: Iterable[str]) -> tuple[CareCard, ...]:
    """Give the red-flag cards of areas (slugs), with those of the areas above them, each once, most pressing first."""
    wanted = frozenset(areas)
    cards = read_cards()
    found = [card for card in cards.red_flags if not wanted.isdisjoint(cards.areas[card.id])]
    return tuple(sorted(found, key=lambda card: LEVEL_ORDER[card.level]))


def find_help_cards(text: str) -> tuple[CareCard, ...]:
    """Give the help cards for a search that speaks of self-harm or an acute emergency, or none."""
    cards = read_cards()
    kinds = cards.wordings.find_kinds(text)
    return tuple(card for card in cards.help_cards if card.id in kinds) if kinds else ()


@cache
def read_cards() -> CardSet:
    """Give all cards, read and checked once a process; raise `CareFileError` for a card that may not be shown."""
    flags = _read_file("red_flags.toml")
    helps = _read_file("help_cards.toml")
    return CardSet(
        red_flags=build_cards("red_flags.toml", flags),
        areas=build_areas("red_flags.toml", flags),
        help_cards=build_cards("help_cards.toml", helps),
        wordings=build_wordings("help_cards.toml", helps),
    )


def build_cards(file: str, table: Mapping[str, Any]) -> tuple[CareCard, ...]:
    """Give the cards of one file's table; raise `CareFileError` where level, signs, advice, source or date is wrong."""
    cards: dict[str, CareCard] = {}
    for row in table["card"]:
        card = _build_card(file, row, table["source"])
        if card.id in cards:
            raise CareFileError(file, card.id, "stands twice")
        cards[card.id] = card
    return tuple(cards.values())


def build_areas(file: str, table: Mapping[str, Any]) -> dict[str, frozenset[str]]:
    """Give the areas each card shows in: its own and all below them, but for those excepted and all below these.

    Raise `CareFileError` for a card without any area or with an unknown one.
    """
    vocabulary = read_vocabulary()
    areas: dict[str, frozenset[str]] = {}
    for row in table["card"]:
        own, excepted = frozenset(row.get("areas", ())), frozenset(row.get("except", ()))
        if not own:
            raise CareFileError(file, row["id"], "belongs to no area")
        if unknown := sorted((own | excepted) - vocabulary.areas.keys()):
            raise CareFileError(file, row["id"], f"unknown area {', '.join(unknown)}")
        above = {slug: frozenset(vocabulary.ancestors(slug)) for slug in vocabulary.areas}
        areas[row["id"]] = frozenset(slug for slug in above if above[slug] & own and not above[slug] & excepted)
    return areas


def build_wordings(file: str, table: Mapping[str, Any]) -> Wordings:
    """Give the rules by which a search is told to mean a card; raise `CareFileError` for a group that is not there."""
    groups: Mapping[str, list[str]] = table["groups"]
    combinations: list[Combination] = []
    for row in table["card"]:
        if not row.get("wordings") and not row.get("together"):
            raise CareFileError(file, row["id"], "has neither wordings nor combinations")
        for rule in row.get("together", ()):
            within = int(rule.get("within", WINDOW))
            combination = Combination(row["id"], tuple(rule["all"]), tuple(rule.get("unless", ())), within)
            for group in (*combination.groups, *combination.unless):
                if group not in groups:
                    raise CareFileError(file, row["id"], f"unknown group {group}")
            combinations.append(combination)
    words = table["words"]
    crisis = frozenset(row["id"] for row in table["card"] if row["level"] == "crisis")
    lists: dict[str, tuple[str, ...]] = {name: tuple(words[name]) for name in WORD_LISTS}
    rules = WordRules(aliases=words["aliases"], undeniable=crisis, **lists)
    return Wordings({row["id"]: row.get("wordings", ()) for row in table["card"]}, groups, combinations, rules)


def _read_file(name: str) -> dict[str, Any]:
    with (RULES / name).open("rb") as file, (RULES / SOURCES).open("rb") as sources:
        return tomllib.load(file) | tomllib.load(sources)


def _build_card(file: str, row: Mapping[str, Any], sources: Mapping[str, Mapping[str, Any]]) -> CareCard:
    name = str(row.get("id", "?"))
    for key in ("id", "level", "title", "signs", "advice", "source", "reviewed"):
        if not row.get(key):
            raise CareFileError(file, name, f"has no {key}")
    if row["level"] not in LEVELS:
        raise CareFileError(file, name, f"unknown level {row['level']}")
    if row["source"] not in sources:
        raise CareFileError(file, name, f"unknown source {row['source']}")
    if type(row["reviewed"]) is not date:
        raise CareFileError(file, name, "its review date is no date")
    title, address = _read_source(file, name, sources[row["source"]])
    return CareCard(
        id=name,
        level=LEVELS[row["level"]],
        title=row["title"],
        signs=tuple(row["signs"]),
        advice=row["advice"],
        source=title,
        source_url=address,
        reviewed=row["reviewed"].isoformat(),
    )


def _read_source(file: str, card: str, source: Mapping[str, Any]) -> tuple[str, str | None]:
    """Give the printed source and its address: only a page that was seen, on a day, has one."""
    body, address, seen = source.get("body"), source.get("url"), source.get("seen")
    if not body:
        raise CareFileError(file, card, "its source names no body")
    if address is None:
        return body, None
    if type(seen) is not date or not source.get("page"):
        raise CareFileError(file, card, "its source has an address, but no page or no day it was seen")
    return f"{body}: {source['page']} (seen {seen.isoformat()})", address
