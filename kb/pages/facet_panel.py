"""What the filter column shows of a result page: groups of choices, chips of what is chosen, pages, orders."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from indexer.vocabulary import read_vocabulary
from kb.browse import WORDLESS_SORTS
from kb.model import SORTS, DocumentKind, FacetValue, Question, ResultPage
from kb.questions import page_address, query_string, with_filter, without_value

SHOWN = 8  # values of a long facet before "show all"
LONGEST = 40  # values of a facet at all; the rest are found by searching
MOST_CHIPS = 12  # values with a chip each; of more, each facet has one chip
SHARED_BY_ALL = 0.9  # a value that more of the hits share filters nothing

LABELS = {
    "area": "Body area",
    "symptom": "Symptom",
    "section": "Matched in",
    "author": "Author",
    "source": "Website",
    "year": "Year",
    "cited": "Sources",
    "container": "Journal",
    "host": "Found at",
    "id_type": "Identifier",
    "article": "Cited by article",
    "cites": "Cites the source",
    "work_year": "Cites a source of",
    "unsourced": "No source in",
}
ARTICLE_LABELS = {"year": "Year updated"}
WORK_LABELS = {"year": "Year published", "area": "Body area of the citing article"}
SORT_LABELS = {
    "relevance": "Best match",
    "title": "Title A–Z",
    "updated": "Newest update",
    "cited": "Most cited",
    "year": "Newest first",
}
ARTICLE_SORT_LABELS = {"cited": "Most sources"}


@dataclass(frozen=True, slots=True)
class Choice:
    """One checkbox: its value, label and count, and the choices below it in a tree."""

    value: str
    label: str
    count: int
    selected: bool
    children: tuple["Choice", ...] = ()

    @property
    def open(self) -> bool:
        """Tell whether a choice below it is selected, so that the branch is shown open."""
        return any(child.selected or child.open for child in self.children)


@dataclass(frozen=True, slots=True)
class Group:
    """One fieldset: the values shown at once, and those behind "show all"; `cut` or more are not listed."""

    name: str
    label: str
    shown: tuple[Choice, ...]
    more: tuple[Choice, ...] = ()
    cut: int = 0
    chosen: int = 0


@dataclass(frozen=True, slots=True)
class Chip:
    """One chosen value and the address without it."""

    facet: str
    label: str
    address: str


@dataclass(frozen=True, slots=True)
class Step:
    """One entry of the paging: its number (``None`` for a gap) and address (``None`` for the current page)."""

    number: int | None
    address: str | None


def facet_label(name: str, kind: DocumentKind) -> str:
    """Give the words for a facet on pages of `kind`."""
    own = ARTICLE_LABELS if kind == "article" else WORK_LABELS
    return own.get(name) or LABELS.get(name) or name.replace("_", " ").capitalize()


def build_groups(page: ResultPage) -> tuple[Group, ...]:
    """Give the fieldsets of a result page; facets without any value are left out."""
    return tuple(
        _build_group(name, values, page)
        for name, values in page.facets.items()
        if values and _filters(name, values, page)
    )


def _filters(name: str, values: Sequence[FacetValue], page: ResultPage) -> bool:
    """Tell whether a facet can narrow anything, or holds a choice that can be taken back."""
    if name == "area" or any(value.selected for value in values):
        return True
    return len(values) > 1 or values[0].count < page.total * SHARED_BY_ALL


def _build_group(name: str, values: Sequence[FacetValue], page: ResultPage) -> Group:
    label = facet_label(name, page.question.kind)
    chosen = sum(value.selected for value in values)
    if any(value.parent for value in values):
        return Group(name, label, _build_tree(values), chosen=chosen)
    choices = [_build_choice(value) for value in values]
    listed = choices[:LONGEST] + [choice for choice in choices[LONGEST:] if choice.selected]
    shown = [choice for number, choice in enumerate(listed) if number < SHOWN or choice.selected]
    if len(listed) <= SHOWN + 2:
        shown = listed
    more = tuple(choice for choice in listed if choice not in shown)
    return Group(name, label, tuple(shown), more, len(choices) - len(listed), chosen)


def _build_choice(value: FacetValue, children: tuple[Choice, ...] = ()) -> Choice:
    return Choice(value.value, value.label, value.count, value.selected, children)


def _build_tree(values: Sequence[FacetValue]) -> tuple[Choice, ...]:
    """Give the values as the vocabulary's tree; what it does not know comes last."""
    by_value = {value.value: value for value in values}
    vocabulary = read_vocabulary()

    def branch(parent: str | None) -> tuple[Choice, ...]:
        found: list[Choice] = []
        for area in vocabulary.children(parent):
            value, below = by_value.pop(area.slug, None), branch(area.slug)
            found += [_build_choice(value, below)] if value else below
        return tuple(found)

    return branch(None) + tuple(_build_choice(value) for value in by_value.values())


def build_chips(page: ResultPage) -> tuple[Chip, ...]:
    """Give one chip for every chosen value, in the order they were chosen; one for each facet when they are many."""
    question = page.question
    if sum(map(len, question.filters.values())) > MOST_CHIPS:
        return tuple(
            Chip(
                facet_label(name, question.kind), f"{len(values)} chosen", page_address(with_filter(question, name, ()))
            )
            for name, values in question.filters.items()
        )
    return tuple(
        Chip(
            facet_label(name, question.kind),
            _value_label(page, name, value),
            page_address(without_value(question, name, value)),
        )
        for name, values in question.filters.items()
        for value in values
    )


def _value_label(page: ResultPage, name: str, value: str) -> str:
    label = next((known.label for known in page.facets.get(name, ()) if known.value == value), None)
    if label:
        return label
    vocabulary = read_vocabulary()
    known = value in vocabulary.areas or value in vocabulary.symptoms
    return vocabulary.label(value) if known else value


def build_steps(page: ResultPage) -> tuple[Step, ...]:
    """Give the pages to go to: first, last, the neighbours of this one, and gaps between them."""
    near = {1, page.pages, *range(page.page - 1, page.page + 2)}
    numbers = sorted(number for number in near if 1 <= number <= page.pages)
    steps = []
    for before, number in zip([0, *numbers], numbers, strict=False):
        if number - before > 1:
            steps.append(Step(None, None))
        steps.append(Step(number, None if number == page.page else page_address(replace(page.question, page=number))))
    return tuple(steps)


def build_sorts(question: Question) -> list[tuple[str, str]]:
    """Give the orders that the answer can have, with their words; without a question nothing is the best match."""
    kind = question.kind
    labels = SORT_LABELS | (ARTICLE_SORT_LABELS if kind == "article" else {})
    if question.text:
        return [(sort, labels[sort]) for sort in SORTS[kind]]
    plain = WORDLESS_SORTS[kind]
    return [(sort, labels[plain if sort == "relevance" else sort]) for sort in SORTS[kind] if sort != plain]


def build_ways_out(page: ResultPage) -> list[tuple[str, Question]]:
    """Give what to drop when nothing was found: the choices of each facet, named, then all of them."""
    question = page.question
    ways = []
    for name, values in question.filters.items():
        chosen = " or ".join(_value_label(page, name, value) for value in values)
        ways.append((f"Without {facet_label(name, question.kind)}: {chosen}", with_filter(question, name, ())))
    if len(question.filters) > 1:
        ways.append(("Without any filter", replace(question, filters={}, page=1)))
    return ways


def export_address(question: Question, suffix: str) -> str:
    """Give the address of the export with the same filters, such as ``/works.bib?q=pain``."""
    pairs = query_string(replace(question, kind="article"), paging=False) if question.kind == "article" else ""
    query = pairs or query_string(question, paging=False).replace("kind=work&", "").replace("kind=work", "")
    return f"/works.{suffix}?{query}" if query else f"/works.{suffix}"
