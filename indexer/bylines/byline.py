"""Who wrote and reviewed an article and when, from its printed byline and from the page's metadata."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any, Literal

from indexer.bylines.labels import PEOPLE_ROLES, ROLES, Role, cut_value, find_labels, may_have_labels, read_date
from indexer.bylines.meta import read_json, read_metas, read_times
from indexer.bylines.people import People, parse_people
from indexer.bylines.rows import read_row
from indexer.markup.blocks import SYMBOLS
from indexer.text.dates import PrintedDate
from indexer.text.names import starts_with_given_name

LONGEST = 700  # characters of a byline; what is longer is prose
MOST_REST = 40  # words that may follow a byline in the same block
EDGES = " \t\n.,;:|·•–—-()[]"


@dataclass(frozen=True, slots=True)
class Byline:
    """People and dates of one byline; dates are ISO, as exact as printed ("2018-10-09", "2018-10", "2018").

    `ambiguous` keeps dates such as "03/04/2019" as printed; `rest` is text that is neither a person nor a date.
    """

    authors: tuple[str, ...] = ()
    reviewers: tuple[str, ...] = ()
    editors: tuple[str, ...] = ()
    checkers: tuple[str, ...] = ()
    updated: str | None = None
    reviewed: str | None = None
    published: str | None = None
    ambiguous: tuple[str, ...] = ()
    rest: str | None = None

    @property
    def date(self) -> tuple[str, Literal["updated", "reviewed", "published"]] | None:
        """Give the update date, else the review date, else the publication date, and which of them it is."""
        if self.updated:
            return self.updated, "updated"
        if self.reviewed:
            return self.reviewed, "reviewed"
        return (self.published, "published") if self.published else None

    def merged(self, other: "Byline") -> "Byline":
        """Give this byline with what it lacks taken from `other`."""
        return replace(
            self,
            authors=self.authors or other.authors,
            reviewers=self.reviewers or other.reviewers,
            editors=self.editors or other.editors,
            checkers=self.checkers or other.checkers,
            updated=self.updated or other.updated,
            reviewed=self.reviewed or other.reviewed,
            published=self.published or other.published,
            ambiguous=tuple(dict.fromkeys((*self.ambiguous, *other.ambiguous))),
            rest=" ".join(filter(None, (self.rest, other.rest))) or None,
        )


@lru_cache(maxsize=512)  # title, menus and text of a page all ask whether the same line is one
def parse_byline(text: str) -> Byline | None:
    """Give the byline printed as `text`, or ``None`` when it is ordinary prose."""
    if len(text) > LONGEST or not may_have_labels(text):
        return None
    text = "\n".join(" ".join(line.split()) for line in text.splitlines() if line.strip())
    text = text if text.isascii() else SYMBOLS.sub("|", text).strip("| ")
    byline = _parse_labelled(text)
    if byline and not byline.rest:
        return byline
    row = read_row(text)
    told = sum(map(bool, (byline.authors, byline.published, byline.updated))) if byline else 0
    if row is None or not row.labelled or row.facts <= told:
        return byline
    return Byline(row.authors, published=row.published, updated=row.updated, rest=" / ".join(row.topics) or None)


def _parse_labelled(text: str) -> Byline | None:
    """Give what the labels of a byline say."""
    labels = find_labels(text)
    if not labels:
        return None
    byline = read_unlabelled(text[: labels[0].start()])
    if byline is None:
        return None
    found = False
    for at, label in enumerate(labels):
        end = labels[at + 1].start() if at + 1 < len(labels) else len(text)
        role = ROLES[label.lastgroup or ""]
        if at and label[0].strip().lower() == "by" and ROLES[labels[at - 1].lastgroup or ""] == "reviewed":
            role = "reviewer"  # "Reviewed: May 2021 by Dr. John Doe"
        part = read_part(role, text[label.end() : end], label[0])
        if part is None:
            return None
        found = found or role == "next" or part != Byline(rest=part.rest)
        byline = byline.merged(part)
    if not found or len((byline.rest or "").split()) > MOST_REST:
        return None
    return _name_rest(byline)


def _name_rest(byline: Byline) -> Byline:
    """Give a byline without authors with the person that is all its rest: ``"Updated May 5, 2020 | Jane Roe"``."""
    people = parse_people(byline.rest) if byline.rest and not byline.authors and not byline.ambiguous else None
    if people is None or people.rest or not all(" " in name and starts_with_given_name(name) for name in people.names):
        return byline
    return replace(byline, authors=people.names, rest=None)


def read_part(role: Role, value: str, label: str) -> Byline | None:
    """Give what one label and its value say, or ``None`` when the value is none after all."""
    if role in PEOPLE_ROLES:
        head = cut_value(value)
        people = parse_people(head)
        if people is None:
            return None
        return people_byline(role, people, value[len(head) :])
    read = read_date(value)
    if read is None:
        return None
    date, rest = read
    if role == "next":
        return Byline(rest=" ".join(f"{label} {date.text} {rest.strip(EDGES)}".split()))
    return replace(dated_byline(role, date), rest=rest.strip(EDGES) or None)


def people_byline(role: Role, people: People, following: str) -> Byline:
    """Give people in their role, and the date behind them as the date of what they did."""
    rest = " ".join(filter(None, (people.rest, following.strip())))
    byline = Byline(
        authors=people.names if role in {"author", "both"} else (),
        reviewers=people.names if role in {"reviewer", "both"} else (),
        editors=people.names if role == "editor" else (),
        checkers=people.names if role == "checker" else (),
    )
    read = read_date(rest.lstrip(".")) if rest else None
    if read:
        kind: Role = "reviewed" if role in {"reviewer", "checker"} else "updated" if role == "editor" else "published"
        return replace(byline.merged(dated_byline(kind, read[0])), rest=read[1].strip(EDGES) or None)
    return replace(byline, rest=rest.strip(EDGES) or None)


def dated_byline(role: Role, date: PrintedDate) -> Byline:
    """Give a date in its role; an ambiguous one as printed."""
    if date.iso is None:
        return Byline(ambiguous=(date.text,))
    return Byline(
        updated=date.iso if role == "updated" else None,
        reviewed=date.iso if role == "reviewed" else None,
        published=date.iso if role == "published" else None,
    )


def read_unlabelled(text: str) -> Byline | None:
    """Give what stands before the first label: nothing, or people; ``None`` when it is prose."""
    text = text.strip(EDGES)
    if not text:
        return Byline()
    people = parse_people(text)
    if people and not people.rest:
        return Byline(authors=people.names) if any(" " in name for name in people.names) else Byline(rest=text)
    return Byline(rest=text) if len(text.split()) <= 4 and not re.search(r"[a-z]\.\s", text) else None


def parse_meta(
    metas: Mapping[str, str] | None = None, json_ld: Any = None, times: Mapping[str, str] | None = None
) -> Byline:
    """Give what a page states for machines: `metas` name → content, `json_ld` of any shape, `times` role → stamp."""
    sources = (read_json(json_ld) if json_ld else {}, read_metas(metas or {}), read_times(times or {}))
    byline = Byline()
    for fields in sources:
        byline = byline.merged(Byline(**{name: value for name, value in fields.items() if value}))
    return byline
