"""Articles and Works as the JSON that the index keeps of them, and back."""

import json
from collections.abc import Mapping
from dataclasses import MISSING, dataclass, fields
from functools import cache
from typing import Any

from indexer.model import (
    Article,
    Attribute,
    Attributes,
    Block,
    Citation,
    Dropped,
    Mark,
    Reference,
    Section,
    Warning,
    Work,
)

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Evidence:
    """How many sentences the section with this anchor has, and how many of them cite a source."""

    anchor: str
    sentences: int
    cited: int


@dataclass(frozen=True, slots=True)
class ArticleDocument:
    """An article as it stands in the index: with its evidence by section and the work of each reference, in order."""

    article: Article
    evidence: tuple[Evidence, ...] = ()
    works: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Member:
    """One reference of one article, and every place where that article cites it.

    `areas` are the article's body areas with all areas above them; `position` counts its references from 0.
    """

    article: str
    areas: tuple[str, ...]
    position: int
    reference: Reference
    citations: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class WorkDocument:
    """A work as it stands in the index: with the references it was merged from."""

    work: Work
    members: tuple[Member, ...]


def dump_document(document: ArticleDocument | WorkDocument | Member) -> bytes:
    """Give a value as compact UTF-8 JSON; fields that have their default are left out."""
    return json.dumps(document, default=_known_fields, ensure_ascii=False, separators=(",", ":")).encode()


def load_article(data: bytes) -> ArticleDocument:
    """Give the article document that `dump_document` wrote."""
    row = json.loads(data)
    evidence = tuple(Evidence(**part) for part in row.get("evidence", ()))
    return ArticleDocument(_build_article(row["article"]), evidence, tuple(row.get("works", ())))


def load_work(data: bytes) -> WorkDocument:
    """Give the work document that `dump_document` wrote."""
    row = json.loads(data)
    members = tuple(build_member(part) for part in row["members"])
    citations = tuple(citation for member in members for citation in member.citations)
    values = row["work"] | {"authors": tuple(row["work"].get("authors", ())), "citations": citations}
    return WorkDocument(Work(**values), members)


def build_member(row: Row) -> Member:
    """Give the member whose JSON was read as `row`."""
    return Member(
        row["article"],
        tuple(row["areas"]),
        row["position"],
        _build_reference(row["reference"]),
        tuple(Citation(**part) for part in row["citations"]),
    )


def rename_member(data: bytes, slug: str) -> bytes:
    """Give the JSON of a member whose article gets another slug."""
    row = json.loads(data)
    row["article"] = slug
    for citation in row["citations"]:
        citation["article"] = slug
    return json.dumps(row, ensure_ascii=False, separators=(",", ":")).encode()


@cache
def _defaults(kind: type) -> Mapping[str, Any]:
    return {field.name: field.default for field in fields(kind)}


def _known_fields(value: Any) -> Row:
    row = {}
    for name, default in _defaults(value.__class__).items():
        known = getattr(value, name)
        if default is MISSING or known != default:
            row[name] = known
    if isinstance(value, Work):
        row.pop("citations", None)  # the members of its document have them
    return row


def _build_article(row: Row) -> Article:
    values: Row = {name: tuple(value) if isinstance(value, list) else value for name, value in row.items()}
    values["attributes"] = Attributes(
        **{name: tuple(Attribute(**part) for part in found) for name, found in row.get("attributes", {}).items()}
    )
    values["sections"] = tuple(_build_section(part) for part in row.get("sections", ()))
    values["references"] = tuple(_build_reference(part) for part in row.get("references", ()))
    values["marks"] = tuple(Mark(**part | {"numbers": tuple(part["numbers"])}) for part in row.get("marks", ()))
    values["dropped"] = tuple(Dropped(**part) for part in row.get("dropped", ()))
    values["warnings"] = tuple(Warning(**part) for part in row.get("warnings", ()))
    return Article(**values)


def _build_section(row: Row) -> Section:
    return Section(row["kind"], row["heading"], row["anchor"], tuple(Block(**part) for part in row["blocks"]))


def _build_reference(row: Row) -> Reference:
    return Reference(**row | {"authors": tuple(row.get("authors", ()))})
