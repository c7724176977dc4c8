"""`/healthz`: whether there is an index, how new it is and how much is in it, for whoever watches the service."""

import time
from datetime import UTC, datetime

from flask import Blueprint, Response, jsonify

from indexer.disk.generations import IndexProblem
from kb.index import Generation, Index
from kb.model import DocumentKind, Question
from kb.search import Wanted, search
from kb.site import current_index

pages = Blueprint("health", __name__)

TOTAL = Wanted(facets=(), snippets=False)


@pages.get("/healthz")
def healthz() -> Response:
    """Give generation, numbers of articles and works, and seconds since the commit; 503 without an index."""
    try:
        index = current_index()
        snapshot = index.snapshot()
        written = index.read_written()
        counts = {"articles": _count(index, snapshot, "article"), "works": _count(index, snapshot, "work")}
    except IndexProblem as problem:
        response = jsonify(status="no index", problem=type(problem).__name__)
        response.status_code = 503
    else:
        stamp = datetime.fromtimestamp(written, UTC).isoformat(timespec="seconds")
        age = max(0, round(time.time() - written))
        response = jsonify(status="ok", generation=snapshot.generation, **counts, written=stamp, age_seconds=age)
    response.headers["Cache-Control"] = "no-store"
    return response


def _count(index: Index, snapshot: Generation, kind: DocumentKind) -> int:
    total: int = snapshot.keep(("total", kind), lambda: search(index, Question(kind=kind), wanted=TOTAL).total)
    return total
