"""What is read of a found document to show it in a list: its facts, and the passages that snippets are cut from."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import accumulate
from typing import Any

from kb.arrays.index import Snapshot
from kb.arrays.segment import SegmentFiles
from kb.model import DocumentKind

SECTION_LABELS = {"description": "Description", "causes": "Causes", "remedies": "Remedies", "other": "More"}

Row = dict[str, Any]
Passage = tuple[str, str]  # the section or article it stands in, its text


@dataclass(frozen=True, slots=True)
class Found:
    """A document as a result list needs it.

    `text` joins its passages (paragraphs, list items, citing sentences), one a line, `lower` is the same in lower case,
    letter for letter; a passage begins at each of `starts` and stands in the section or article named in `places`.
    """

    kind: DocumentKind
    id: str
    title: str
    facts: Row
    text: str
    lower: str
    starts: tuple[int, ...]
    places: tuple[str, ...]

    def bounds(self, passage: int) -> tuple[int, int]:
        """Give where a passage begins and ends in the text."""
        following = self.starts[passage + 1] - 1 if passage + 1 < len(self.starts) else len(self.text)
        return self.starts[passage], following


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
        return Found("work", facts["id"], title, facts, *_join(_citing_sentences(row)))
    return Found("article", facts.get("slug", ""), facts.get("title", ""), facts, *_join(_paragraphs(row)))


def _join(passages: Iterable[Passage]) -> tuple[str, str, tuple[int, ...], tuple[str, ...]]:
    """Give the text of all passages, the same in lower case, where each begins and where it stands."""
    places, texts = tuple(zip(*passages, strict=True)) or ((), ())
    ends = accumulate((len(text) + 1 for text in texts), initial=0)
    text = "\n".join(texts)
    return text, lower_text(text), tuple(ends)[:-1], places


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
                yield place, block["text"]


def _citing_sentences(row: Row) -> Iterator[Passage]:
    for member in row.get("members", ()):
        for citation in member["citations"]:
            if citation.get("sentence"):
                yield citation["article_title"], citation["sentence"]
