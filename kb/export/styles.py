"""A work as one formatted reference in NLM (Vancouver), APA 7 or MLA 9.

Written here and not by citeproc-py 0.11, which prints NLM dates as "2012Sep5", the title of a work without author
twice, a list of authors cut short as complete, and passes ``<`` through to HTML; it needs 6 to 18 ms a work.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from kb.export.fields import Published, author_names, date_parts, known_text, work_type
from kb.export.names import apa_authors, mla_authors, nlm_authors

StyleName = Literal["nlm", "apa", "mla"]

MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
MLA_SHORT = {"September": "Sept."} | {month: month for month in ("May", "June", "July")}  # the others: Jan., Feb.
SENTENCE_ENDS = (".", "?", "!", "…")
DOI_ADDRESS = "https://doi.org/"


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of a formatted reference; `emphasis` asks for italics."""

    text: str
    emphasis: bool = False


Pieces = tuple[Piece, ...]


def format_work(work: Published, style: StyleName) -> Pieces:
    """Give a work in a style, as runs of text; as printed where not even a title was read."""
    title = known_text(work.title)
    if not title:
        return (Piece(known_text(work.raw) or ""),)
    parts = [part for part in STYLES[style](work, title) if any(piece.text for piece in part)]
    return tuple(piece for index, part in enumerate(parts) for piece in ((Piece(" "),) if index else ()) + part)


def plain_text(pieces: Iterable[Piece]) -> str:
    """Give a formatted reference without its italics."""
    return "".join(piece.text for piece in pieces)


def _format_nlm(work: Published, title: str) -> Iterator[Pieces]:
    kind, container, publisher = work_type(work), known_text(work.container), known_text(work.publisher)
    yield _sentence(Piece(nlm_authors(author_names(work), work.et_al)))
    yield _sentence(Piece(f"{title} [Internet]" if kind == "webpage" else title))
    year, month, day = _date_words(work)
    date = _join(" ", year, month[:3], day)
    if kind == "article":
        yield _sentence(Piece(container or publisher or ""))
        place = (known_text(work.volume) or "") + _wrap("(", known_text(work.issue), ")")
        yield _sentence(Piece(_join(";", date, place) + _wrap(":", known_text(work.pages))))
    else:
        yield _sentence(Piece(_join("; ", _join(", ", container or "", publisher or ""), date)))
    if doi := known_text(work.doi):
        yield _sentence(Piece(f"doi: {doi}"))
    pmid, pmcid = _wrap("PubMed PMID: ", known_text(work.pmid)), _wrap("PMCID: ", known_text(work.pmcid))
    yield _sentence(Piece(_join("; ", pmid, pmcid)))
    if not doi:
        yield (Piece(_wrap("Available from: ", known_text(work.url))),)


def _format_apa(work: Published, title: str) -> Iterator[Pieces]:
    kind, container, publisher = work_type(work), known_text(work.container), known_text(work.publisher)
    year, month, day = _date_words(work)
    date = Piece(f"({_join(', ', year or 'n.d.', _join(' ', month, day) if kind == 'webpage' else '')}).")
    headline = _sentence(Piece(title, emphasis=kind != "article"))
    authors = apa_authors(author_names(work), work.et_al)
    yield from ((_sentence(Piece(authors)), (date,), headline) if authors else (headline, (date,)))
    if kind == "article":
        yield _apa_source(work, container or publisher)
    else:
        site = "" if container == authors else container or ""  # APA leaves out a site that is its own author
        yield _sentence(Piece(_join(", ", site, publisher or "")))
    yield (Piece(_address(work)),)


def _apa_source(work: Published, container: str | None) -> Pieces:
    """Give ``Pain, 13(2), 166–174.`` with name and volume in italics."""
    volume, issue, pages = known_text(work.volume), known_text(work.issue), known_text(work.pages)
    number = [Piece(volume or "", emphasis=True), Piece(_wrap("(", issue, ")"))]
    groups = [[Piece(container or "", emphasis=True)], number, [Piece((pages or "").replace("-", "–"))]]
    known = [[piece for piece in group if piece.text] for group in groups]
    pieces: list[Piece] = []
    for group in filter(None, known):
        pieces += [Piece(", "), *group] if pieces else group
    return _sentence(*pieces)


def _format_mla(work: Published, title: str) -> Iterator[Pieces]:
    kind, container, publisher = work_type(work), known_text(work.container), known_text(work.publisher)
    yield _sentence(Piece(mla_authors(author_names(work), work.et_al)))
    if kind == "book":
        yield _sentence(Piece(title, emphasis=True))
    else:
        yield (Piece("“"), *_sentence(Piece(title)), Piece("”"))
    year, month, day = _date_words(work)
    details = (
        publisher or "",
        _wrap("vol. ", known_text(work.volume)),
        _wrap("no. ", known_text(work.issue)),
        _join(" ", day, MLA_SHORT.get(month, month[:3] + "." if month else ""), year),
        _wrap("pp. " if "-" in (work.pages or "") or "–" in (work.pages or "") else "p. ", known_text(work.pages)),
        _address(work),
    )
    rest_of_it = _join(", ", *details)
    name = (Piece(container, emphasis=True), Piece(", " if rest_of_it else "")) if container else ()
    yield _sentence(*name, Piece(rest_of_it))


def _sentence(*pieces: Piece) -> Pieces:
    """Give pieces ended by one full stop, unless they end a sentence already; nothing for empty pieces."""
    known = tuple(piece for piece in pieces if piece.text)
    if not known or known[-1].text.endswith(SENTENCE_ENDS):
        return known
    return (*known, Piece("."))


def _date_words(work: Published) -> tuple[str, str, str]:
    """Give year, English month and day, "" for each that is not known."""
    numbers = date_parts(work)
    year, month, day = (*numbers, *(0,) * (3 - len(numbers)))
    return str(year or ""), MONTHS[month - 1] if month else "", str(day or "")


def _address(work: Published) -> str:
    doi = known_text(work.doi)
    return f"{DOI_ADDRESS}{doi}" if doi else known_text(work.url) or ""


def _wrap(before: str, text: str | None, after: str = "") -> str:
    return f"{before}{text}{after}" if text else ""


def _join(separator: str, *parts: str) -> str:
    return separator.join(part for part in parts if part)


STYLES: Mapping[StyleName, Callable[[Published, str], Iterator[Pieces]]] = {
    "nlm": _format_nlm,
    "apa": _format_apa,
    "mla": _format_mla,
}
