"""How much of an answer is wanted, and what of a question can be taken: its order, its filters, its page."""

from collections.abc import Mapping
from dataclasses import dataclass

from indexer.schema import ARTICLE_FACET_FIELDS, WORK_FACET_FIELDS
from kb.facets import VALUE_LIMIT, find_value
from kb.model import SORTS, DocumentKind, Question

PER_PAGE_LIMIT = 100  # hits of one page
VALUES_LIMIT = 200  # chosen values of one facet: all years since 1900 are fewer

FILTERS: Mapping[DocumentKind, frozenset[str]] = {
    "article": frozenset({*ARTICLE_FACET_FIELDS, "section"}),
    "work": frozenset(WORK_FACET_FIELDS),
}

Filters = dict[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Wanted:
    """How much of a page is wanted: the facets counted (None: all), snippets or none, most values of a facet."""

    facets: tuple[str, ...] | None = None
    snippets: bool = True
    values: int = VALUE_LIMIT


WHOLE = Wanted()


def known_sort(question: Question, notes: list[str]) -> str:
    """Give the order a question asks for, or relevance with a note where there is no such order."""
    if question.sort in SORTS[question.kind]:
        return question.sort
    notes.append(f"There is no order “{question.sort}”; the hits are in order of relevance.")
    return "relevance"


def read_filters(question: Question, notes: list[str]) -> Filters:
    """Give the filters by facet with the values as they are indexed; what is no facet is left out with a note."""
    filters: Filters = {}
    for facet, values in question.filters.items():
        if facet not in FILTERS[question.kind]:
            notes.append(f"There is no filter “{facet}”; it was left out.")
        elif values:
            filters[facet] = tuple(dict.fromkeys(find_value(facet, value) for value in values[:VALUES_LIMIT]))
    return filters


def find_page(question: Question, total: int, notes: list[str]) -> tuple[int, int, int]:
    """Give the page that is shown, how many there are, and the hits of one."""
    per_page = min(max(question.per_page, 1), PER_PAGE_LIMIT)
    pages = -(-total // per_page)
    page = min(max(question.page, 1), max(pages, 1))
    if page != question.page:
        notes.append(f"There is no page {question.page}; this is page {page} of {max(pages, 1)}.")
    return page, pages, per_page
