"""Authors, reviewers and dates that a page states for machines: meta tags, JSON-LD and ``<time>``."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from indexer.bylines.people import parse_people
from indexer.text.dates import parse_date, parse_iso

# Names of meta tags and of front matter without what joins their words: "last_modified_at" is "lastmodifiedat".
AUTHOR_NAMES = (
    "author", "articleauthor", "citationauthor", "dccreator", "dctermscreator", "parselyauthor", "sailthruauthor",
    "byl", "creator", "authors", "authorname", "lastupdateauthor",
)  # fmt: skip
REVIEWER_NAMES = ("reviewer", "reviewedby", "articlereviewer", "medicalreviewer", "reviewers")
DATE_NAMES = {
    "updated": ("articlemodifiedtime", "ogupdatedtime", "dctermsmodified", "dcdatemodified", "datemodified",
                "lastmodified", "lastmodifiedat", "lastmod", "modified", "modifiedat", "modifieddate", "modifiedtime",
                "updated", "updatedat", "updatedon", "updatedate", "updateddate", "updatedtime", "lastupdated",
                "lastupdatedat", "lastupdate", "lastupdatedate", "dateupdated", "revised", "dcmodified", "lastedited",
                "changed"),
    "reviewed": ("lastreviewed", "lastreviewedat", "reviewdate", "reviewed", "reviewedat", "revieweddate",
                 "dctermsreviewed", "datereviewed", "dcdatereviewed"),
    "published": ("articlepublishedtime", "datepublished", "dctermsissued", "dctermscreated", "dcdateissued", "dcdate",
                  "dcdatecreated", "date", "pubdate", "publishdate", "publisheddate", "published", "publishedat",
                  "publishedtime", "publishedon", "citationpublicationdate", "sailthrudate", "parselypubdate",
                  "publicationdate", "citationdate", "dccreated", "created", "createdat", "datecreated"),
}  # fmt: skip
JOINTS = re.compile(r"[^a-z0-9]")
PAGE_TYPES = re.compile(
    r"article|posting|webpage|web page|medical|creativework|report|faqpage|howto|qapage", re.IGNORECASE
)
JSON_DATES = {
    "updated": ("dateModified",),
    "reviewed": ("lastReviewed",),
    "published": ("datePublished", "dateCreated"),
}
DEEPEST = 12  # levels of nested JSON that are looked at
MOST = 2_000  # nodes of JSON that are looked at


def read_metas(metas: Mapping[str, str]) -> dict[str, Any]:
    """Give the people and dates of meta tags, by the field names of a byline."""
    plain: dict[str, str] = {}
    for name, content in metas.items():
        if isinstance(content, str) and content:
            plain.setdefault(JOINTS.sub("", name.lower()), content)
    fields: dict[str, Any] = {
        "authors": read_people(first(plain, AUTHOR_NAMES)),
        "reviewers": read_people(first(plain, REVIEWER_NAMES)),
    }
    return fields | {role: read_stamp(first(plain, names)) for role, names in DATE_NAMES.items()}


def read_json(data: Any) -> dict[str, Any]:
    """Give the people and dates of JSON-LD, given as text, object or list; articles go before other pages."""
    if isinstance(data, str):
        try:
            data = json.loads(data)
        except (ValueError, RecursionError):
            return {}
    nodes = [node for node in walk(data) if PAGE_TYPES.search(str(node.get("@type", "")))]
    nodes.sort(key=lambda node: "article" not in str(node.get("@type", "")).lower())
    fields: dict[str, Any] = {}
    for node in nodes:
        found: dict[str, Any] = {
            "authors": people_of(node.get("author") or node.get("creator")),
            "reviewers": people_of(node.get("reviewedBy")),
            "editors": people_of(node.get("editor")),
        }
        found |= {
            role: next((stamp for name in names if (stamp := read_stamp(node.get(name)))), None)
            for role, names in JSON_DATES.items()
        }
        fields = {**found, **{name: value for name, value in fields.items() if value}}
    return fields


def read_times(times: Mapping[str, str]) -> dict[str, Any]:
    """Give the dates of ``<time>`` elements, from role to stamp."""
    return {role: stamp for role, value in times.items() if role in DATE_NAMES and (stamp := read_stamp(value))}


def walk(data: Any) -> Iterator[Mapping[str, Any]]:
    """Give every object in JSON-LD, the outer before the inner, as deep and as many as is sane."""
    level, seen = [data], 0
    for _ in range(DEEPEST):
        inner: list[Any] = []
        for value in level:
            seen += 1
            if seen > MOST:
                return
            if isinstance(value, Mapping):
                yield value
                inner += [
                    part
                    for name, part in value.items()
                    if isinstance(part, list | dict) and name not in {"comment", "review", "author", "publisher"}
                ]
            elif isinstance(value, list):
                inner += value
        level = inner


def people_of(value: Any) -> tuple[str, ...]:
    """Give the people of a JSON-LD property: a name, an object with one, or a list of these."""
    if isinstance(value, list):
        return tuple(dict.fromkeys(name for part in value[:20] for name in people_of(part)))
    if isinstance(value, Mapping):
        return people_of(value.get("name"))
    return read_people(value) if isinstance(value, str) else ()


def read_people(value: str | None) -> tuple[str, ...]:
    """Give the people that a value names, or nothing when it is an address or an account."""
    if not value or re.match(r"(?i)\s*(?:https?:|www\.|@)|.*@.*\.", value):
        return ()
    people = parse_people(re.sub(r"(?i)^\s*by\s", "", value))
    return people.names if people and not people.rest else ()


def read_stamp(value: Any) -> str | None:
    """Give the ISO date of a stamp or a printed date, or ``None`` when it is neither or ambiguous."""
    if not isinstance(value, str):
        return None
    date = parse_date(value[:100])
    return parse_iso(value) or (date.iso if date else None)


def first(values: Mapping[str, str], names: Iterable[str]) -> str | None:
    """Give the first value that is there and not empty."""
    return next((values[name] for name in names if values.get(name)), None)
