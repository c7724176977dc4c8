"""What every export reads from a work: plain one-line texts, names in two parts, and what type of work it is."""

import unicodedata
from dataclasses import dataclass
from typing import Literal

from indexer.model import Reference, Work

Published = Work | Reference
WorkType = Literal["article", "webpage", "book", "document"]

PARTIAL_LIST = "et al."
SUFFIXES = frozenset({"jr", "sr", "ii", "iii", "iv"})
UNPRINTED = frozenset({"Cc", "Cs"})  # control characters and half surrogates


@dataclass(frozen=True, slots=True)
class Name:
    """An author: family and given name and "Jr."; a body such as "Mayo Clinic Staff" has a family name only."""

    family: str
    given: str | None = None
    suffix: str | None = None


def one_line(text: str) -> str:
    """Give a text on one line: runs of white space become one blank, control characters and half surrogates go."""
    if not text.isprintable():
        text = "".join(letter for letter in text if letter.isspace() or unicodedata.category(letter) not in UNPRINTED)
    return " ".join(text.split())


def known_text(value: str | None) -> str | None:
    """Give a text on one line; None when nothing is left of it."""
    return (one_line(value) or None) if value else None


def author_names(work: Published) -> list[Name]:
    """Give the authors printed as ``Family, Given`` or ``Family, Given, Jr.``; a name without comma is a body."""
    return [name for author in work.authors if (name := _parse_name(one_line(author)))]


def _parse_name(author: str) -> Name | None:
    family, *others = [part for part in map(str.strip, author.split(",")) if part] or [""]
    if not family:
        return None
    if len(others) > 1 and others[-1].lower().rstrip(".") in SUFFIXES:
        return Name(family, ", ".join(others[:-1]), others[-1])
    return Name(family, ", ".join(others) or None)


def work_type(work: Published) -> WorkType:
    """Tell what a work is by what is known of it: never more than its fields say."""
    if work.volume or work.issue or work.doi or work.pmid or work.pmcid:
        return "article"
    if work.url:
        return "webpage"
    if work.container:
        return "article"
    return "book" if work.publisher else "document"


def date_parts(work: Published) -> tuple[int, ...]:
    """Give year, month and day as far as they are known, each only after the one above it."""
    if not work.year:
        return ()
    if not work.month or not 1 <= work.month <= 12:
        return (work.year,)
    return (work.year, work.month, work.day) if work.day else (work.year, work.month)
