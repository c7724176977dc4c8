"""A question answered by OpenSearch: the same result page as the embedded engine gives."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from time import perf_counter
from typing import Any

from indexer.opensearch.client import Row
from kb.care import find_help_cards
from kb.hits import build_found
from kb.model import Hit, Question, ResultPage, facet_names
from kb.opensearch.facets import Chosen, build_aggregations, read_facets
from kb.opensearch.index import ClusterSnapshot
from kb.opensearch.paging import WINDOW, build_sort, walk
from kb.opensearch.query import ROUNDS, build_dsl
from kb.opensearch.words import Asking
from kb.query.build import Query, build_query
from kb.query.ranking import Ranking
from kb.query.tree import ALL_WORDS
from kb.snippets import Marker, build_snippets
from kb.wanted import Wanted, find_page, known_sort, read_filters


@dataclass(frozen=True, slots=True)
class Plan:
    """A question with all that is needed to answer it from one generation."""

    snapshot: ClusterSnapshot
    question: Question
    query: Query
    chosen: Chosen

    def build_search(self) -> Row:
        """Give what finds the hits: words and kind as the query, filters after the facets were counted."""
        kind = {"term": {"kind": self.question.kind}}
        body: Row = {"query": {"bool": {"must": [build_dsl(self.query.tree)], "filter": [kind]}}}
        if self.chosen.filters:
            body["post_filter"] = {"bool": {"filter": self.chosen.build()}}
        return body


def search(snapshot: ClusterSnapshot, question: Question, ranking: Ranking, wanted: Wanted) -> ResultPage:
    """Give the page of results for a question, whole from one generation."""
    started = perf_counter()
    notes: list[str] = []
    question = replace(question, sort=known_sort(question, notes))
    filters = read_filters(question, notes)
    query = _build_query(snapshot, question, ranking)
    plan = Plan(snapshot, question, query, Chosen(filters, query.marks))
    names = facet_names(question.kind) if wanted.facets is None else wanted.facets
    # the page asked for is fetched with the counts where it can be; it may turn out not to exist
    _, _, size = find_page(question, 0, [])
    start = (max(question.page, 1) - 1) * size
    guess = {"from": start, "size": size} if start + size <= WINDOW else {"size": 0}
    body = {**plan.build_search(), **guess, "sort": build_sort(question), "_source": _fields(wanted)}
    answer = snapshot.search({**body, "aggs": build_aggregations(names, plan.chosen, wanted.values)})
    total = int(answer["hits"]["total"]["value"])
    page, pages, size = find_page(question, total, notes)
    hits = answer["hits"]["hits"]
    if total and ((page - 1) * size != start or guess["size"] == 0):
        hits = walk(snapshot, {**plan.build_search(), "_source": _fields(wanted)}, question, total, (page - 1) * size)
    marker = Marker(query.marks) if wanted.snippets else None
    facets, inexact = read_facets(snapshot, answer, names, plan.chosen, wanted.values)
    return ResultPage(
        question=question,
        total=total,
        page=page,
        pages=pages,
        understood=query.understood,
        suggestion=query.suggestion,
        care=find_help_cards(question.text),
        hits=tuple(_read_hit(plan, hit, marker) for hit in hits),
        facets=facets,
        missing=query.missing,
        notes=(*query.notes, *notes, *inexact),
        generation=snapshot.generation,
        took_ms=(perf_counter() - started) * 1000,
    )


def _fields(wanted: Wanted) -> list[str]:
    return ["facts", "document"] if wanted.snippets else ["facts"]


def _build_query(snapshot: ClusterSnapshot, question: Question, ranking: Ranking) -> Query:
    asking = Asking(snapshot.words)
    query = build_query(asking, question.text, question.kind, ranking)
    for _ in range(ROUNDS):
        if not asking.learn():
            break
        query = build_query(asking, question.text, question.kind, ranking)
    return query


def _read_hit(plan: Plan, hit: Mapping[str, Any], marker: Marker | None) -> Hit:
    facts: Row = hit["_source"]["facts"]
    score = float(hit["sort"][0]) % ALL_WORDS if plan.question.sort == "relevance" else 0.0
    if marker is None:
        is_work = facts.get("kind") == "work"
        title = facts.get("title") or ""
        return Hit(plan.question.kind, facts["id" if is_work else "slug"], title, score, (), facts)
    found = build_found(facts, hit["_source"].get("document", "").encode())
    (snippets,) = build_snippets([found], marker)
    return Hit(found.kind, found.id, found.title, score, snippets, facts)
