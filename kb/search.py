"""A question goes in, a closed result page comes out; nothing of the engine leaves this module."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from time import perf_counter

import numpy as np

from indexer.documents import ArticleDocument, WorkDocument, load_article, load_work
from indexer.text.spelling import read_spelling_rules
from indexer.vocabulary import read_vocabulary
from kb.arrays.evaluation import Evaluator, read_bits
from kb.arrays.index import Snapshot
from kb.arrays.ordering import order_matches
from kb.arrays.postings import Bits, Matches, unpack_bits
from kb.arrays.scoring import Weighting
from kb.arrays.segment import Segment
from kb.care import find_help_cards, read_cards
from kb.facets import build_values, count_values, filter_bits
from kb.hits import read_found
from kb.index import Index
from kb.labels import open_labels
from kb.model import DocumentKind, FacetValue, Hit, Question, ResultPage, facet_names
from kb.opensearch import search as opensearch_search
from kb.opensearch import similar as opensearch_similar
from kb.opensearch.index import ClusterIndex
from kb.query.build import Query, build_query
from kb.query.ranking import SITE, Ranking
from kb.query.synonyms import read_synonyms
from kb.query.tree import ALL_WORDS
from kb.similar import find_similar
from kb.snippets import build_snippets
from kb.suggest import suggest
from kb.wanted import PER_PAGE_LIMIT, WHOLE, Filters, Wanted, find_page, known_sort, read_filters

__all__ = [
    "PER_PAGE_LIMIT",
    "WHOLE",
    "Wanted",
    "find_work",
    "prepare",
    "read_article",
    "read_work",
    "search",
    "similar",
    "similar_works",
    "suggest",
]


@dataclass(frozen=True, slots=True)
class Plan:
    """A question with all that is needed to answer it from one snapshot."""

    snapshot: Snapshot
    question: Question
    query: Query
    filters: Filters
    weighting: Weighting


@dataclass(frozen=True, slots=True)
class Part:
    """The answer of one segment: matches before filters, and the documents that each filter allows."""

    segment: Segment
    matches: Matches
    matching: Bits
    allowed: Mapping[str, Bits]

    def chosen(self, but: str | None = None) -> Bits:
        """Give the matching documents that all filters allow, the one of facet `but` aside."""
        bits = self.matching
        for facet, allowed in self.allowed.items():
            if facet != but:
                bits = bits & allowed
        return bits


@dataclass(frozen=True, slots=True)
class Place:
    """Where a hit stands in the index, and what put it there."""

    segment: Segment
    number: int
    score: float


def prepare() -> None:
    """Read the tables that every answer needs (vocabulary, cards, synonyms), so that the first one does not wait."""
    read_cards()
    read_vocabulary()
    read_synonyms()
    read_spelling_rules()


def search(index: Index, question: Question, ranking: Ranking = SITE, wanted: Wanted = WHOLE) -> ResultPage:
    """Give the page of results for a question; any text and any filters have an answer."""
    if isinstance(index, ClusterIndex):
        return opensearch_search.search(index, question, ranking, wanted)
    started = perf_counter()
    snapshot = index.snapshot()
    notes: list[str] = []
    question = replace(question, sort=known_sort(question, notes))
    query = build_query(snapshot, question.text, question.kind, ranking)
    weighting = ranking.weighting.among(snapshot.share_of(question.kind))
    plan = Plan(snapshot, question, query, read_filters(question, notes), weighting)
    parts = [_match(plan, segment) for segment in snapshot.segments]
    total = sum(int(np.bitwise_count(part.chosen()).sum()) for part in parts)
    page, pages, per_page = find_page(question, total, notes)
    best = _rank(plan, parts, page * per_page)[(page - 1) * per_page :]
    names = facet_names(question.kind) if wanted.facets is None else wanted.facets
    return ResultPage(
        question=question,
        total=total,
        page=page,
        pages=pages,
        understood=query.understood,
        suggestion=query.suggestion,
        care=find_help_cards(question.text),
        hits=tuple(_read_hit(plan, place, wanted.snippets) for place in best),
        facets={name: _count(plan, parts, name) for name in names},
        missing=query.missing,
        notes=(*query.notes, *notes),
        generation=snapshot.generation,
        took_ms=(perf_counter() - started) * 1000,
    )


def _match(plan: Plan, segment: Segment) -> Part:
    files, query = segment.files, plan.query
    matches = Evaluator(plan.snapshot, files, plan.weighting).evaluate(query.tree)
    matching = matches.bits()
    if segment.live is not None:
        matching = matching & segment.live
    of_kind = read_bits(plan.snapshot, files, "kind", plan.question.kind)
    matching = matching & of_kind if of_kind is not None else np.zeros_like(matching)
    allowed = {
        facet: filter_bits(plan.snapshot, files, facet, values, query.marks) for facet, values in plan.filters.items()
    }
    return Part(segment, matches, matching, allowed)


def _rank(plan: Plan, parts: Sequence[Part], limit: int) -> list[Place]:
    """Give the best hits that the filters allow, best first; equal ones in the order of the index."""
    places: list[Place] = []
    for part in parts:
        matches = part.matches.keep(unpack_bits(part.chosen()))
        ordered = order_matches(plan.snapshot, part.segment, matches, plan.question)
        places.extend(Place(part.segment, number, score) for score, number in ordered.top(limit))
    if len(parts) > 1:
        places.sort(key=lambda place: -place.score)  # stable: segments are in the order of the index
    return places[:limit]


def _count(plan: Plan, parts: Sequence[Part], facet: str) -> tuple[FacetValue, ...]:
    """Give the values of a facet with their counts, as if nothing were chosen in it."""
    snapshot, marks = plan.snapshot, plan.query.marks
    counts: Counter[str] = Counter()
    for part in parts:
        counts.update(count_values(snapshot, part.segment.files, facet, part.chosen(but=facet), marks))
    return build_values(facet, counts, plan.filters.get(facet, ()), open_labels(snapshot, facet))


def _read_hit(plan: Plan, place: Place, with_snippets: bool) -> Hit:
    found = read_found(plan.snapshot, place.segment.files, place.number)
    snippets = build_snippets(found, plan.query.marks) if with_snippets else ()
    score = place.score % ALL_WORDS if plan.question.sort == "relevance" else 0.0
    return Hit(found.kind, found.id, found.title, score, snippets, found.facts)


def read_article(index: Index, slug: str) -> ArticleDocument | None:
    """Give an article with its evidence and works, or None when there is none with this slug."""
    data = _read_document(index, f"article:{slug}")
    return load_article(data) if data is not None else None


def read_work(index: Index, work_id: str) -> WorkDocument | None:
    """Give a work with every place that cites it, or None when there is none with this id."""
    data = _read_document(index, f"work:{work_id}")
    return load_work(data) if data is not None else None


def find_work(index: Index, scheme: str, identifier: str) -> str | None:
    """Give the id of the work with a DOI, PMID or PMCID (`scheme` in lower case), or None when there is none."""
    if isinstance(index, ClusterIndex):
        return opensearch_search.find_work(index, f"{scheme}:{identifier}")
    for files, number in index.snapshot().find_documents("identity", f"{scheme}:{identifier}"):
        work_id: str = files.stored(number)["facts"]["id"]
        return work_id
    return None


def _read_document(index: Index, key: str) -> bytes | None:
    if isinstance(index, ClusterIndex):
        return opensearch_search.read_document(index, key)
    place = index.snapshot().find_document(key)
    if place is None:
        return None
    files, number = place
    return bytes(files.column("document")[number])


def similar(index: Index, slug: str, limit: int = 5) -> tuple[Hit, ...]:
    """Give the articles most like the one with this slug."""
    return _find_similar(index, "article", slug, limit)


def similar_works(index: Index, work_id: str, limit: int = 5) -> tuple[Hit, ...]:
    """Give the works most like the one with this id."""
    return _find_similar(index, "work", work_id, limit)


def _find_similar(index: Index, kind: DocumentKind, name: str, limit: int) -> tuple[Hit, ...]:
    if isinstance(index, ClusterIndex):
        return opensearch_similar.find_similar(index, kind, name, limit)
    return find_similar(index, kind, name, limit)
