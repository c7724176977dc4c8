"""A question answered from posting arrays: matched segment by segment, filtered, ranked, counted, and cut to a page."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from time import perf_counter
from typing import NamedTuple

import numpy as np

from kb.arrays.evaluation import Evaluator, read_bits
from kb.arrays.index import Snapshot
from kb.arrays.ordering import order_matches
from kb.arrays.postings import Bits, Matches, unpack_bits
from kb.arrays.scoring import Weighting
from kb.arrays.segment import Segment
from kb.care import find_help_cards
from kb.facets import build_values, count_values, filter_bits
from kb.hits import read_found
from kb.labels import open_labels
from kb.model import FacetValue, Hit, Question, ResultPage, facet_names
from kb.query.build import Query, build_query
from kb.query.ranking import Ranking
from kb.query.tree import ALL_WORDS
from kb.snippets import Marker, build_snippets
from kb.wanted import Filters, Wanted, find_page, known_sort, read_filters


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
    found: Bits  # all of them
    matching: Bits  # those of the kind that was asked for, and not deleted
    allowed: Mapping[str, Bits]

    def chosen(self, but: str | None = None) -> Bits:
        """Give the matching documents that all filters allow, the one of facet `but` aside."""
        bits = self.matching
        for facet, allowed in self.allowed.items():
            if facet != but:
                bits = bits & allowed
        return bits


class Place(NamedTuple):
    """Where a hit stands in the index, and what put it there."""

    segment: Segment
    number: int
    score: float


def search(snapshot: Snapshot, question: Question, ranking: Ranking, wanted: Wanted) -> ResultPage:
    """Give the page of results for a question, from one generation."""
    started = perf_counter()
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
        hits=_read_hits(plan, best, wanted.snippets),
        facets={name: _count(plan, parts, name, wanted.values) for name in names},
        missing=query.missing,
        notes=(*query.notes, *notes),
        generation=snapshot.generation,
        took_ms=(perf_counter() - started) * 1000,
    )


def _match(plan: Plan, segment: Segment) -> Part:
    files, query = segment.files, plan.query
    matches = Evaluator(plan.snapshot, files, plan.weighting).evaluate(query.tree)
    found = matching = matches.bits()
    if segment.live is not None:
        matching = matching & segment.live
    of_kind = read_bits(plan.snapshot, files, "kind", plan.question.kind)
    matching = matching & of_kind if of_kind is not None else np.zeros_like(matching)
    allowed = {
        facet: filter_bits(plan.snapshot, files, facet, values, query.marks) for facet, values in plan.filters.items()
    }
    return Part(segment, matches, found, matching, allowed)


def _rank(plan: Plan, parts: Sequence[Part], limit: int) -> list[Place]:
    """Give the best hits that the filters allow, best first; equal ones in the order of the index."""
    places: list[Place] = []
    for part in parts:
        chosen = part.chosen()  # often all that were found
        matches = part.matches if np.array_equal(chosen, part.found) else part.matches.keep(unpack_bits(chosen))
        ordered = order_matches(plan.snapshot, part.segment, matches, plan.question)
        places.extend(Place(part.segment, number, score) for score, number in ordered.top(limit))
    if len(parts) > 1:
        places.sort(key=lambda place: -place.score)  # stable: segments are in the order of the index
    return places[:limit]


def _count(plan: Plan, parts: Sequence[Part], facet: str, limit: int) -> tuple[FacetValue, ...]:
    """Give the values of a facet with their counts, as if nothing were chosen in it."""
    snapshot, marks = plan.snapshot, plan.query.marks
    found = [count_values(snapshot, part.segment.files, facet, part.chosen(but=facet), marks) for part in parts]
    counts = found[0] if len(found) == 1 else sum(map(Counter, found), Counter[str]())
    return build_values(facet, counts, plan.filters.get(facet, ()), open_labels(snapshot, facet), limit)


def _read_hits(plan: Plan, places: Sequence[Place], snippets: bool) -> tuple[Hit, ...]:
    found = [read_found(plan.snapshot, place.segment.files, place.number) for place in places]
    passages = build_snippets(found, Marker(plan.query.marks)) if snippets else [()] * len(found)
    ranked = plan.question.sort == "relevance"
    scores = [place.score % ALL_WORDS if ranked else 0.0 for place in places]
    return tuple(
        [
            Hit(document.kind, document.id, document.title, score, shown, document.facts)
            for document, score, shown in zip(found, scores, passages, strict=True)
        ]
    )
