"""The rule files of the parser: headings, boilerplate and layouts, compiled once."""

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from indexer.wordforms import build_word_sets, fill

RULES = Path(__file__).parent / "rules"


@dataclass(frozen=True, slots=True)
class HeadingRule:
    """A kind of section and the headings that begin it; `plain` ones need no styling to be headings."""

    name: str
    kind: str
    pattern: re.Pattern[str]
    plain: bool
    exact: bool


@dataclass(frozen=True, slots=True)
class DropRule:
    """A reason to leave a line out: patterns for the whole casefolded line or its beginning, and how long it may be."""

    reason: str
    pattern: re.Pattern[str]
    words: int
    begins: bool


@dataclass(frozen=True, slots=True)
class LayoutRule:
    """A layout's name and the features that a page must and must not show."""

    name: str
    needs: frozenset[str]
    lacks: frozenset[str]


def read_rules(name: str) -> dict[str, Any]:
    """Give the content of the rule file `name`."""
    return tomllib.loads((RULES / f"{name}.toml").read_text(encoding="utf-8"))


@cache
def heading_rules() -> tuple[HeadingRule, ...]:
    """Give the heading rules in the order they are tried."""
    rules = read_rules("headings")
    sets = build_word_sets(rules["words"], rules["verbs"])
    return tuple(
        HeadingRule(
            rule["name"],
            rule["kind"],
            re.compile("|".join(f"(?:{fill(pattern, sets)})" for pattern in rule["patterns"])),
            rule.get("plain", False),
            rule.get("exact", False),
        )
        for rule in rules["rule"]
    )


@cache
def toggle_words() -> tuple[str, str]:
    """Give the patterns of the verbs and of the parts that buttons which open and close parts of a page name."""
    words = read_rules("boilerplate")["toggle"]
    return f"(?:{words['verbs']})", f"(?:{words['parts']})"


@cache
def drop_rules() -> tuple[DropRule, ...]:
    """Give the rules for single lines that are no part of an article."""
    toggle = " ".join(toggle_words())
    return tuple(
        DropRule(
            rule["reason"],
            re.compile("|".join(f"(?:{pattern.replace('{toggle}', toggle)})" for pattern in rule["patterns"])),
            rule.get("words", 30),
            rule.get("begins", False),
        )
        for rule in read_rules("boilerplate")["rule"]
    )


@cache
def drop_headings() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Give the headings whose whole part is left out, each with its reason."""
    return tuple(
        (rule["reason"], re.compile("|".join(f"(?:{pattern})" for pattern in rule["patterns"])))
        for rule in read_rules("boilerplate")["heading"]
    )


@cache
def layout_rules() -> tuple[LayoutRule, ...]:
    """Give the layout rules in the order they are tried."""
    return tuple(
        LayoutRule(rule["name"], frozenset(rule.get("needs", ())), frozenset(rule.get("lacks", ())))
        for rule in read_rules("layouts")["layout"]
    )
