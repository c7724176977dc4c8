"""The state of a page is its address: a query string becomes a Question, and a Question the address of its page."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Protocol
from urllib.parse import quote_plus, urlencode

from kb.facets import find_value
from kb.model import SORTS, DocumentKind, Question, facet_names

MAX_TEXT = 400  # characters of a question
MAX_FILTERS = 40  # chosen values in all facets together: nobody needs more, crawlers try
MAX_VALUE = 200  # characters of one chosen value
MAX_TEXT_BYTES = 1_000  # of a question as it stands in an address, where one emoji takes twelve
MAX_CHOSEN_BYTES = 1_500  # of all chosen values in an address: every link of a page repeats them
MAX_PAGE = 10_000
JOINED_FACETS = ("cites", "work_year", "unsourced")  # articles by what they cite, and by what has no source


class BadQuestion(ValueError):
    """The address asks something that has no answer; the message says what to change."""


class Arguments(Protocol):
    """What a query string offers: the first value of a name, and all of them."""

    def get(self, name: str, default: str, /) -> str:
        """Give the first value of `name`."""

    def getlist(self, name: str, /) -> list[str]:
        """Give all values of `name`."""


def parse_question(arguments: Arguments) -> Question:
    """Give the question in a query string; raises BadQuestion and never guesses."""
    kind = _choice("kind", arguments.get("kind", "") or "article", ("article", "work"))
    document: DocumentKind = "work" if kind == "work" else "article"
    text = " ".join(arguments.get("q", "").replace("\0", " ").split())
    if len(text) > MAX_TEXT or len(quote_plus(text)) > MAX_TEXT_BYTES:
        raise BadQuestion(f"The question is longer than {MAX_TEXT} characters: ask with fewer words.")
    sort = _choice("sort", arguments.get("sort", "") or "relevance", SORTS[document])
    return Question(text, document, _parse_filters(arguments, document), sort, _parse_page(arguments.get("page", "")))


def filter_names(kind: DocumentKind) -> tuple[str, ...]:
    """Give every parameter that filters documents of `kind`: the facets shown, and those that join both sides."""
    return facet_names(kind) + (JOINED_FACETS if kind == "article" else ())


def _choice(name: str, value: str, known: Sequence[str]) -> str:
    if value not in known:
        raise BadQuestion(f"“{name}” can be {', '.join(known)}.")
    return value


def _parse_filters(arguments: Arguments, kind: DocumentKind) -> dict[str, tuple[str, ...]]:
    filters = {}
    for name in filter_names(kind):
        given = [value.strip() for value in arguments.getlist(name) if value.strip()]
        if any(len(value) > MAX_VALUE for value in given):
            raise BadQuestion(f"A value of “{name}” is longer than {MAX_VALUE} characters.")
        values = tuple(dict.fromkeys(find_value(name, value) for value in given))
        if values:
            filters[name] = values
    if sum(map(len, filters.values())) > MAX_FILTERS:
        raise BadQuestion(f"More than {MAX_FILTERS} filters at once: remove some of them.")
    if sum(len(quote_plus(value)) for values in filters.values() for value in values) > MAX_CHOSEN_BYTES:
        raise BadQuestion(f"The chosen filters are longer than {MAX_CHOSEN_BYTES} characters: remove some of them.")
    return filters


def _parse_page(text: str) -> int:
    if not text:
        return 1
    if not (text.isascii() and text.isdigit() and 1 <= int(text[:9]) <= MAX_PAGE and len(text) < 9):
        raise BadQuestion(f"“page” is a number from 1 to {MAX_PAGE}.")
    return int(text)


def is_empty(question: Question) -> bool:
    """Tell whether nothing is asked: no words and no filter."""
    return not question.text and not question.filters


def with_value(question: Question, facet: str, value: str) -> Question:
    """Give the question with one more chosen value, on its first page."""
    chosen = (*question.filters.get(facet, ()), value)
    return with_filter(question, facet, dict.fromkeys(chosen))


def without_value(question: Question, facet: str, value: str) -> Question:
    """Give the question with one chosen value less, on its first page."""
    return with_filter(question, facet, (other for other in question.filters.get(facet, ()) if other != value))


def with_filter(question: Question, facet: str, values: Iterable[str]) -> Question:
    """Give the question with exactly these values chosen in `facet`, on its first page."""
    others = {name: chosen for name, chosen in question.filters.items() if name != facet}
    chosen = tuple(values)
    return replace(question, filters=others | ({facet: chosen} if chosen else {}), page=1)


def without_filters(question: Question) -> Question:
    """Give the question with its words only, on its first page."""
    return replace(question, filters={}, page=1)


def query_string(question: Question, *, paging: bool = True) -> str:
    """Give the query string of a question, defaults left out, always in the same order."""
    pairs = [("q", question.text)] if question.text else []
    if question.kind != "article":
        pairs.append(("kind", question.kind))
    pairs += [(name, value) for name in filter_names(question.kind) for value in question.filters.get(name, ())]
    if paging and question.sort != "relevance":
        pairs.append(("sort", question.sort))
    if paging and question.page > 1:
        pairs.append(("page", str(question.page)))
    return urlencode(pairs)


def page_address(question: Question, path: str = "/") -> str:
    """Give the address of the page that answers a question."""
    query = query_string(question)
    return f"{path}?{query}" if query else path


def hidden_fields(question: Question, names: Mapping[str, object] | Iterable[str]) -> list[tuple[str, str]]:
    """Give the filters not named in `names` as pairs that a form carries along."""
    shown = set(names)
    return [(name, value) for name, values in question.filters.items() if name not in shown for value in values]
