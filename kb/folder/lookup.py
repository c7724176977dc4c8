"""Single documents and sums over many, in an index folder."""

from collections.abc import Iterator, Mapping, Sequence

from kb.arrays.index import Snapshot
from kb.folder.search import search
from kb.model import Hit, Question
from kb.query.ranking import SITE
from kb.wanted import PER_PAGE_LIMIT, Wanted

HITS = Wanted(facets=(), snippets=False)

Filters = Mapping[str, tuple[str, ...]]


def read_documents(snapshot: Snapshot, keys: Sequence[str]) -> dict[str, bytes]:
    """Give the JSON of the documents with these keys, of those that there are."""
    places = {key: snapshot.find_document(key) for key in keys}
    return {key: bytes(place[0].column("document")[place[1]]) for key, place in places.items() if place is not None}


def find_work(snapshot: Snapshot, identity: str) -> str | None:
    """Give the id of the work that has an identifier, or None when there is none."""
    for files, number in snapshot.find_documents("identity", identity):
        work_id: str = files.stored(number)["facts"]["id"]
        return work_id
    return None


def sum_sentences(snapshot: Snapshot, filters: Filters) -> tuple[int, int]:
    """Give how many sentences the articles that filters find have, and how many of them cite a source."""
    key = ("sentences", *sorted(filters.items()))
    sums: tuple[int, int] = snapshot.keep(key, lambda: _sum_sentences(snapshot, filters))
    return sums


def _sum_sentences(snapshot: Snapshot, filters: Filters) -> tuple[int, int]:
    rows = [hit.facts for hit in _walk(snapshot, filters)]
    return sum(int(row.get("sentences") or 0) for row in rows), sum(int(row.get("cited") or 0) for row in rows)


def _walk(snapshot: Snapshot, filters: Filters) -> Iterator[Hit]:
    page, pages = 0, 1
    while page < pages:
        question = Question(filters=filters, page=page + 1, per_page=PER_PAGE_LIMIT)
        found = search(snapshot, question, SITE, HITS)
        yield from found.hits
        page, pages = page + 1, found.pages


def count_cited_twice(snapshot: Snapshot, filters: Filters) -> int:
    """Give how many works two or more articles cite: in the order of most cited, the first that only one cites."""
    low, high = 0, search(snapshot, Question(kind="work", filters=filters, per_page=1), SITE, HITS).total
    while low < high:
        middle = (low + high) // 2
        question = Question(kind="work", filters=filters, sort="cited", page=middle + 1, per_page=1)
        hits = search(snapshot, question, SITE, HITS).hits
        if hits and int(hits[0].facts.get("articles") or 0) > 1:
            low = middle + 1
        else:
            high = middle
    return low
