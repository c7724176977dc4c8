"""The question and its answer: what the command line, the pages and the API share; nothing of the engine."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, NamedTuple

DocumentKind = Literal["article", "work"]

ARTICLE_FACETS = ("area", "symptom", "section", "author", "source", "year", "cited")
WORK_FACETS = ("year", "container", "host", "id_type", "article", "area")
SORTS: Mapping[DocumentKind, tuple[str, ...]] = {
    "article": ("relevance", "title", "updated", "cited"),
    "work": ("relevance", "year", "cited", "title"),
}


def facet_names(kind: DocumentKind) -> tuple[str, ...]:
    """Give the facets that documents of `kind` have, in the order they are shown."""
    return ARTICLE_FACETS if kind == "article" else WORK_FACETS


@dataclass(frozen=True, slots=True)
class Question:
    """What somebody asks: their words, the filters by facet (any value within one, all facets), order and page."""

    text: str = ""
    kind: DocumentKind = "article"
    filters: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    sort: str = "relevance"
    page: int = 1
    per_page: int = 10


class Snippet(NamedTuple):
    """A passage that matched: the kind or heading of its section, and escaped HTML with ``<mark>`` around the words."""

    section: str
    html: str


class Hit(NamedTuple):
    """One found article (`slug`) or work (`work`), with what a result list shows of it in `facts`."""

    kind: DocumentKind
    id: str
    title: str
    score: float
    snippets: tuple[Snippet, ...]
    facts: Mapping[str, Any]


class FacetValue(NamedTuple):
    """One value of a facet, how many documents have it, and whether it is chosen; `parent` only in a tree.

    A page has some hundred of them, and a frozen dataclass takes six times as long to make.
    """

    value: str
    label: str
    count: int  # type: ignore[assignment]  # hides tuple's own method, which nobody wants of a value
    selected: bool = False
    parent: str | None = None


@dataclass(frozen=True, slots=True)
class CareCard:
    """What to take seriously: a level of care in words, the signs, and the source they rest on."""

    id: str
    level: str
    title: str
    signs: tuple[str, ...]
    advice: str
    source: str
    source_url: str | None
    reviewed: str


@dataclass(frozen=True, slots=True)
class ResultPage:
    """The whole answer to one question, closed: no reader, searcher or cursor is left in it."""

    question: Question
    total: int
    page: int
    pages: int
    took_ms: float
    understood: str
    suggestion: str | None
    care: tuple[CareCard, ...]
    hits: tuple[Hit, ...]
    facets: Mapping[str, tuple[FacetValue, ...]]
    missing: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    generation: int = 0
