"""What cites a source and what does not: coverage by article and section, ages of works, works cited once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from indexer.documents import ArticleDocument
from indexer.model import SECTION_KINDS
from indexer.vocabulary import read_vocabulary
from kb.claims import find_claims
from kb.index import Index
from kb.model import Question
from kb.questions import Arguments, BadQuestion
from kb.reading import build_reading
from kb.search import Wanted, read_articles, search

PER_PAGE = 25
HITS = Wanted(facets=(), snippets=False)
EARLIEST = 1900


@dataclass(frozen=True, slots=True)
class EvidenceForm:
    """What the evidence page is narrowed to: an area, articles citing a work since a year, unsourced sections."""

    area: str = ""
    since: int | None = None
    unsourced: str = ""
    page: int = 1

    def filters(self, this_year: int) -> dict[str, tuple[str, ...]]:
        """Give the filters of the question that finds these articles."""
        years = tuple(str(year) for year in range(self.since, this_year + 2)) if self.since else ()
        rows = {"area": (self.area,) if self.area else (), "work_year": years}
        rows["unsourced"] = (self.unsourced,) if self.unsourced else ()
        return {name: values for name, values in rows.items() if values}


@dataclass(frozen=True, slots=True)
class Coverage:
    """How many sentences there are and how many of them cite a source; `anchor` where a section is meant."""

    sentences: int
    cited: int
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """One article: its coverage by kind of section (the first of each kind leads there) and in all."""

    slug: str
    title: str
    total: Coverage
    by_kind: Mapping[str, Coverage]
    references: int
    newest: int | None


@dataclass(frozen=True, slots=True)
class Overview:
    """The evidence page: figures of all found articles, and the rows of one page of them."""

    articles: int
    total: Coverage
    works: int
    cited_once: int
    newest: int | None
    median: int | None
    rows: tuple[Row, ...]
    page: int
    pages: int


def parse_evidence_form(arguments: Arguments) -> EvidenceForm:
    """Give the form in a query string; raises BadQuestion where it asks something impossible."""
    area = arguments.get("area", "").strip()
    found = read_vocabulary().find_area(area) if area else ""
    if found is None:
        raise BadQuestion("There is no such body area.")
    unsourced = arguments.get("unsourced", "").strip()
    if unsourced and unsourced not in SECTION_KINDS:
        raise BadQuestion(f"“unsourced” can be {', '.join(SECTION_KINDS)}.")
    since = _parse_number(arguments.get("since", ""), "since", EARLIEST, date.today().year + 1)
    page = _parse_number(arguments.get("page", ""), "page", 1, 10_000)
    return EvidenceForm(found, since, unsourced, page or 1)


def _parse_number(text: str, name: str, least: int, most: int) -> int | None:
    text = text.strip()
    if not text:
        return None
    if not (text.isascii() and text.isdigit() and len(text) < 9 and least <= int(text) <= most):
        raise BadQuestion(f"“{name}” is a number from {least} to {most}.")
    return int(text)


def build_overview(index: Index, form: EvidenceForm) -> Overview:
    """Give the evidence page for a form."""
    filters = form.filters(date.today().year)
    found = search(index, Question(filters=filters, sort="title", page=form.page, per_page=PER_PAGE), wanted=HITS)
    area = {"area": filters["area"]} if "area" in filters else {}
    works = search(index, Question(kind="work", filters=area, per_page=1), wanted=Wanted(("year",), snippets=False))
    years = [(int(value.value), value.count) for value in works.facets["year"] if value.value.isdigit()]
    return Overview(
        found.total,
        Coverage(*index.sum_sentences(filters)),
        works.total,
        works.total - index.count_cited_twice(area),
        max((year for year, _ in years), default=None),
        _median(sorted(years)),
        tuple(map(_build_row, read_articles(index, [hit.id for hit in found.hits]))),
        found.page,
        found.pages,
    )


def count_claims(index: Index, overview: Overview) -> dict[str, int]:
    """Give how many strong claims without a source each article in the rows has."""
    counts = {}
    for document in read_articles(index, [row.slug for row in overview.rows]):
        reading = build_reading(document.article, document.works, date.today())
        counts[document.article.slug] = len(find_claims(reading.parts))
    return counts


def _median(years: Sequence[tuple[int, int]]) -> int | None:
    half = sum(count for _, count in years) / 2
    for year, count in years:
        half -= count
        if half <= 0:
            return year
    return None


def _build_row(document: ArticleDocument) -> Row:
    article = document.article
    parts = {part.anchor: part for part in document.evidence}
    by_kind: dict[str, Coverage] = {}
    for kind in SECTION_KINDS:
        own = [(section.anchor, parts[section.anchor]) for section in article.sections if section.kind == kind]
        if own:
            by_kind[kind] = Coverage(sum(p.sentences for _, p in own), sum(p.cited for _, p in own), own[0][0])
    total = Coverage(sum(p.sentences for p in document.evidence), sum(p.cited for p in document.evidence))
    years = [reference.year for reference in article.references if reference.year]
    return Row(article.slug, article.title, total, by_kind, len(article.references), max(years, default=None))
