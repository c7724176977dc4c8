"""What is read of a found document to show it in a list: its facts, and the passages that snippets are cut from."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from kb.index import Snapshot
from kb.model import DocumentKind
from kb.segment import SegmentFiles

SECTION_LABELS = {"description": "Description", "causes": "Causes", "remedies": "Remedies", "other": "More"}

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph, list item or citing sentence, and the name of the section or article it stands in."""

    place: str
    text: str


@dataclass(frozen=True, slots=True)
class Found:
    """A document as a result list needs it."""

    kind: DocumentKind
    id: str
    title: str
    facts: Row
    passages: tuple[Passage, ...]


def read_found(snapshot: Snapshot, files: SegmentFiles, number: int) -> Found:
    """Give document `number` of a segment; the ones shown lately are kept."""
    found: Found = snapshot.caches.documents.find((files.id, number), lambda: _read(files, number))
    return found


def _read(files: SegmentFiles, number: int) -> Found:
    facts = files.stored(number).get("facts", {})
    row = json.loads(bytes(files.column("document")[number]) or b"{}")
    if facts.get("kind") == "work":
        work = row.get("work", {})
        title = facts.get("title") or work.get("raw") or ""
        return Found("work", facts["id"], title, facts, tuple(_citing_sentences(row)))
    return Found("article", facts.get("slug", ""), facts.get("title", ""), facts, tuple(_paragraphs(row)))


def _paragraphs(row: Row) -> Iterator[Passage]:
    for section in row.get("article", {}).get("sections", ()):
        place = section["heading"] or SECTION_LABELS.get(section["kind"], section["kind"])
        for block in section["blocks"]:
            if block["kind"] != "heading":
                yield Passage(place, block["text"])


def _citing_sentences(row: Row) -> Iterator[Passage]:
    for member in row.get("members", ()):
        for citation in member["citations"]:
            if citation.get("sentence"):
                yield Passage(citation["article_title"], citation["sentence"])
