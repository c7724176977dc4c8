"""Rows of what a site prints with an article: dates, authors, categories and counts, in any order, with any signs.

``"Leave a Comment / Allergy / By Jane Roe / November 23, 2015"``. A text is such a row only when each of its parts is
one of these; a single part that is none makes it prose.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from indexer.bylines.people import parse_people
from indexer.text.dates import find_dates
from indexer.text.names import starts_with_given_name

Kind = Literal["author", "published", "updated", "topic", "count", "date", "words"]
KINDS: dict[str, Kind] = {
    "author": "author",
    "published": "published",
    "updated": "updated",
    "topic": "topic",
    "count": "count",
}

LONGEST = 200  # characters of a row
FULL = 10  # characters of an ISO date with its day
LONGEST_TOPIC = 5  # words of a category
MOST_TOPICS = 6
DONE = r"posted|published|created|submitted|written|added|issued|contributed"
# Such as "Posted by", "Last updated on", "First posted", "2 Comments", "6 min read", "at 10:32 AM".
MARKERS = re.compile(
    r"(?<![\w'’-])(?:"
    rf"(?P<author>(?:(?:{DONE})\s)?by\b\s?:?|(?:post\s|article\s)?authors?\s?:)"
    rf"|(?P<topic>(?:(?:posted|filed|published|categori[sz]ed)\s)?(?:in|under)\b\s?:?"
    r"|(?:post\s)?(?:category|categories|tags|topics|labels)\b\s?:?)"
    r"|(?P<updated>(?:post\s)?(?:last\s|latest\s|most\srecently\s)?(?:updated?|modified|revised|edited)\b(?:\s(?:on|at))?\s?:?)"
    rf"|(?P<published>(?:(?:first|originally|post|date)\s)?(?:{DONE}|publication)\b(?:\s(?:on(?:line)?|at|date))?\s?:?|on\b)"
    r"|(?P<count>(?:with\s)?(?:\d[\d.,]{0,8}\s?[km]?\+?|no|one|zero)\s?"
    r"(?:views?|comments?|responses?|repl(?:y|ies)|shares?|likes?|claps?|followers?|reads|hits|votes?)\b:?"
    r"|(?:hits|views|(?:post\s)?comments|shares)\s?:\s?\d[\d.,]{0,8}|comments?\s(?:off|closed)\b"
    r"|(?:leave|post|add|write|make|be\sthe\sfirst\sto)\s(?:(?:a|your|the\sfirst)\s)?(?:comment|reply|response)\b"
    r"|(?:(?:estimated\s)?read(?:ing)?\stime\s?:?\s?)?\d{1,3}(?:\s?[-–]\s?\d{1,3})?\s?-?\s?min(?:ute)?s?\b(?:\s(?:of\s)?read(?:ing)?(?:\stime)?\b)?"
    r"|(?:at\s)?\d{1,2}[:.]\d\d(?::\d\d)?\s?(?:[ap]\.?m\b\.?)?(?:\s(?:[A-Z]{2,4}T|UTC|GMT)\b)?)"
    r")(?!['’\w])",
    re.IGNORECASE,
)
WEEKDAY = re.compile(
    r"(?:\A|(?<=[\s,|·•/]))(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\.?,?\s*\Z", re.I
)
FENCES = re.compile(r"[|·•\n»›;—–]|\s[/&-]\s|/(?=\s)|(?<=\s)/")
TELLING = re.compile(r"[|·•\n»›;/—]")  # signs that part a category from a date; a dash may stand in a title too
BUTTONS = re.compile(r"follow(?:ing)?|share|print|e-?mail|edit|save|listen|subscribe|permalink|details", re.IGNORECASE)
TOPIC = re.compile(r"[^\W\d_a-z][\w'’+-]*(?:,?\s(?:[^\W\d_a-z][\w'’+-]*|and|&|of|the|for))*")
EDGES = " \t\n,:()[]&|·•/–—-"
SIGNS = re.compile(r"[12]\d{3}|\b(?:comment|reply|by)\b|(?:author)", re.IGNORECASE)  # every row has one of them


class Part(NamedTuple):
    """A part of a row: what it is by its own words or by the label in front of it, and its text."""

    kind: Kind
    text: str


@dataclass(slots=True)
class Row:
    """What a row says; `labelled` tells whether a word such as "by" or "Updated" says what it is."""

    authors: tuple[str, ...] = ()
    published: str | None = None
    updated: str | None = None
    topics: list[str] = field(default_factory=list)
    labelled: bool = False

    @property
    def facts(self) -> int:
        """Give how many of people and dates are told."""
        return bool(self.authors) + bool(self.published) + bool(self.updated)


def read_row(text: str) -> Row | None:
    """Give what a row of dates, authors, categories and counts says, or ``None`` when `text` is anything else."""
    if len(text) > LONGEST or SIGNS.search(text) is None:
        return None
    parts = _cut(text.strip().rstrip(".;"))
    if parts is None or len(parts) < 2:
        return None
    return _build(parts, fenced=TELLING.search(text) is not None)


def _cut(text: str) -> list[Part] | None:
    """Give the parts of a row in order, each behind its label; ``None`` when a date has no day or a label no value."""
    parts: list[Part] = []
    label: Kind = "words"
    at = 0
    for kind, start, end, value in _find_markers(text):
        if start < at:
            continue
        gap = text[at:start]
        words = [part.strip(EDGES) for part in FENCES.split(gap)]
        words = [part for part in words if part and not BUTTONS.fullmatch(part)]
        if words and (label in ("published", "updated") or (kind == "author" and _adjoins(gap, label))):
            return None
        parts += [Part(label if not place else "words", part) for place, part in enumerate(words)]
        label = "words" if words else label
        at = end
        if kind == "date":
            if len(value) < FULL or label in ("author", "topic"):
                return None
            parts.append(Part(label if label in ("published", "updated") else "date", value))
            label = "words"
        elif kind == "count":
            parts.append(Part(kind, value))
        elif kind != "words":
            label = kind
    return parts if label == "words" else None


def _adjoins(gap: str, label: Kind) -> bool:
    """Tell whether words in front of a "by" belong to it: those of "Reviewed by", but not those of "in Allergy by"."""
    return label != "topic" and bool(FENCES.split(gap)[-1].strip(EDGES))


def _find_markers(text: str) -> Iterator[tuple[Kind, int, int, str]]:
    """Give the dates, labels and counts of a text in order, and its end: kind, start, end, ISO date or words."""
    found: list[tuple[Kind, int, int, str]] = []
    for date in find_dates(text):
        weekday = WEEKDAY.search(text, 0, date.start)
        found.append(("date", weekday.start() if weekday else date.start, date.end, date.iso or ""))
    spans = [(start, end) for _, start, end, _ in found]
    found += [
        (KINDS[match.lastgroup or ""], match.start(), match.end(), match[0])
        for match in MARKERS.finditer(text)
        if not any(match.start() < end and start < match.end() for start, end in spans)
    ]
    yield from sorted(found, key=lambda marker: marker[1])
    yield ("words", len(text), len(text), "")


def _build(parts: Sequence[Part], *, fenced: bool) -> Row | None:
    """Give the row that parts make, or ``None`` when one of them is no part of such a row."""
    row = Row()
    row.labelled = any(part.kind in ("author", "published", "updated") for part in parts)
    named = [part.text for part in parts if part.kind == "author"]
    row.topics = [part.text for part in parts if part.kind == "topic"]
    bare = [part.text for part in parts if part.kind == "words"]
    dated = any(part.kind in ("date", "published", "updated") for part in parts)
    counted = any(part.kind == "count" for part in parts)
    if not named:
        named = _choose_people(bare)
        bare = [text for text in bare if text not in named]
    row.topics += bare
    if not (dated or (named and counted)) or (bare and not (fenced or named or counted)):
        return None
    if len(row.topics) > MOST_TOPICS or not all(map(_is_topic, row.topics)):
        return None
    people = [parse_people(text) for text in named]
    if any(found is None or found.rest for found in people):
        return None
    row.authors = tuple(dict.fromkeys(name for found in people if found for name in found.names))
    _date(row, parts)
    return row


def _choose_people(bare: Sequence[str]) -> list[str]:
    """Give those of the parts without a label that name people: known by a given name, or they may be a place."""
    return [
        text
        for text in bare
        if starts_with_given_name(text)
        and (people := parse_people(text))
        and not people.rest
        and all(" " in name for name in people.names)
    ]


def _is_topic(text: str) -> bool:
    return (
        TOPIC.fullmatch(text) is not None
        and len(text.split()) <= LONGEST_TOPIC * 2
        and all(len(part.split()) <= LONGEST_TOPIC for part in text.split(","))
    )


def _date(row: Row, parts: Sequence[Part]) -> None:
    """Give a row its dates: of two, the later one is that of the update."""
    said = {part.kind: part.text for part in reversed(parts) if part.kind in ("published", "updated")}
    plain = [part.text for part in parts if part.kind == "date"]
    known = sorted({*plain, *([said["published"]] if "published" in said else [])})
    row.published = known[0] if known else None
    row.updated = said.get("updated") or (known[-1] if len(known) > 1 else None)
