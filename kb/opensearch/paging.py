"""Pages of any depth: the first ten thousand hits by number, those behind them by `search_after`, from either end."""

from contextlib import suppress
from typing import Any

from indexer.disk.generations import IndexProblem
from indexer.opensearch.client import NotThere, Row
from indexer.opensearch.place import Unsupported
from kb.model import Question
from kb.opensearch.index import ClusterSnapshot
from kb.wanted import PER_PAGE_LIMIT

WINDOW = 10_000  # hits that the engine skips by number
STRIDE = 10_000  # hits passed at a time beyond
DEEPEST = 500_000  # hits from the nearer end of the list that are passed at most
COLUMNS = {"updated": "order_date", "year": "order_date", "cited": "order_cited"}


def build_sort(question: Question, *, backwards: bool = False) -> list[Row]:
    """Give the order of the hits; equal ones come in the order of their keys, so that every order is total."""
    down, up = ("asc", "desc") if backwards else ("desc", "asc")
    if question.sort == "relevance":
        first: Row = {"_score": {"order": down}}
    elif question.sort == "title":
        first = {"order_title": {"order": up, "missing": "_last" if backwards else "_first"}}
    else:
        first = {COLUMNS[question.sort]: {"order": down}}
    return [first, {"key": {"order": up}}]


def walk(snapshot: ClusterSnapshot, body: Row, question: Question, total: int, start: int) -> list[Row]:
    """Give the hits of the page that begins at `start`, of a list of `total` hits."""
    size = min(max(question.per_page, 1), PER_PAGE_LIMIT, total - start)
    if start + size <= WINDOW:
        answer = snapshot.search({**body, "from": start, "size": size, "sort": build_sort(question)})
        return list(answer["hits"]["hits"])
    backwards = start > total // 2
    passed = total - start - size if backwards else start
    if passed > DEEPEST:
        raise Unsupported(
            snapshot.place.folder,
            f"Pages more than {DEEPEST} hits away from both ends of a list cannot be shown on OpenSearch. "
            "Choose filters, or another order.",
        )
    point = snapshot.open_point()
    try:
        sort = build_sort(question, backwards=backwards)
        hits = _pass({**body, "pit": {"id": point}, "sort": sort}, snapshot, passed, size)
    finally:
        with suppress(IndexProblem, NotThere):
            snapshot.close_point(point)
    return hits[::-1] if backwards else hits


def _pass(body: Row, snapshot: ClusterSnapshot, passed: int, size: int) -> list[Row]:
    after: list[Any] = []
    while passed > 0:
        step = {**body, "size": min(STRIDE, passed), "_source": False, "track_total_hits": False}
        hits = snapshot.search({**step, **({"search_after": after} if after else {})})["hits"]["hits"]
        if not hits:
            return []
        passed -= len(hits)
        after = hits[-1]["sort"]
    answer = snapshot.search({**body, "size": size, **({"search_after": after} if after else {})})
    return list(answer["hits"]["hits"])
