"""What is read of a found document to show it in a list: its facts, and the passages that snippets are cut from."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

from kb.arrays.index import Snapshot
from kb.arrays.segment import SegmentFiles
from kb.beginnings import Beginnings, read_beginnings
from kb.model import DocumentKind

SECTION_LABELS = {"description": "Description", "causes": "Causes", "remedies": "Remedies", "other": "More"}

LONGEST = 2_000  # characters of a passage

Row = dict[str, Any]


class Passage(NamedTuple):
    """A paragraph, list item or citing sentence, the section or article it stands in, and it in lower case."""

    place: str
    text: str
    lower: str  # letter for letter at the same place


@dataclass(frozen=True, slots=True)
class Found:
    """A document as a result list needs it."""

    kind: DocumentKind
    id: str
    title: str
    facts: Row
    passages: tuple[Passage, ...]
    beginnings: Beginnings


def read_found(snapshot: Snapshot, files: SegmentFiles, number: int) -> Found:
    """Give document `number` of a segment; the ones shown lately are kept."""
    found: Found = snapshot.caches.documents.find((files.id, number), lambda: _read(files, number))
    return found


def _read(files: SegmentFiles, number: int) -> Found:
    return build_found(files.stored(number).get("facts", {}), bytes(files.column("document")[number]))


def build_found(facts: Row, document: bytes) -> Found:
    """Give a document as a result list needs it, from its facts and its JSON (empty: no passages)."""
    row = json.loads(document or b"{}")
    if facts.get("kind") == "work":
        work = row.get("work", {})
        title = facts.get("title") or work.get("raw") or ""
        return _join("work", facts["id"], title, facts, _citing_sentences(row))
    return _join("article", facts.get("slug", ""), facts.get("title", ""), facts, _paragraphs(row))


def _join(kind: DocumentKind, name: str, title: str, facts: Row, found: Iterable[Passage]) -> Found:
    passages = tuple(found)
    return Found(kind, name, title, facts, passages, read_beginnings([passage.lower for passage in passages]))


def cut_passages(place: str, text: str) -> Iterator[Passage]:
    """Give a text as passages that are short enough to be looked through: parted between sentences, else words."""
    begin = 0
    while len(text) - begin > LONGEST:
        limit = begin + LONGEST
        end = text.rfind(". ", begin, limit) + 1 or text.rfind(" ", begin + 1, limit)
        end = end if end > begin else limit
        yield Passage(place, text[begin:end], lower_text(text[begin:end]))
        begin = end + (text[end] == " ")
    yield Passage(place, text[begin:], lower_text(text[begin:]))


def lower_text(text: str) -> str:
    """Give a text in lower case, letter for letter at the same place."""
    lower = text.lower()
    if len(lower) == len(text):
        return lower
    return "".join(small if len(small := letter.lower()) == 1 else letter for letter in text)


def _paragraphs(row: Row) -> Iterator[Passage]:
    for section in row.get("article", {}).get("sections", ()):
        place = section["heading"] or SECTION_LABELS.get(section["kind"], section["kind"])
        for block in section["blocks"]:
            if block["kind"] != "heading":
                yield from cut_passages(place, block["text"])


def _citing_sentences(row: Row) -> Iterator[Passage]:
    for member in row.get("members", ()):
        for citation in member["citations"]:
            if citation.get("sentence"):
                yield from cut_passages(citation["article_title"], citation["sentence"])
