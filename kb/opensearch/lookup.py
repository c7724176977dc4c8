"""Single documents and sums over many, on OpenSearch."""

from collections.abc import Mapping, Sequence

from indexer.opensearch.client import Row
from kb.opensearch.index import ClusterSnapshot


def read_documents(snapshot: ClusterSnapshot, keys: Sequence[str]) -> dict[str, bytes]:
    """Give the JSON of the documents with these keys, of those that there are."""
    rows = snapshot.read_many(keys, "document") if keys else {}
    return {key: str(row["document"]).encode() for key, row in rows.items()}


def find_work(snapshot: ClusterSnapshot, identity: str) -> str | None:
    """Give the id of the work that has an identifier, or None when there is none."""
    body: Row = {"query": {"term": {"identity": identity}}, "size": 1, "sort": ["key"], "_source": ["facts.id"]}
    hits = snapshot.search(body)["hits"]["hits"]
    return str(hits[0]["_source"]["facts"]["id"]) if hits else None


def count_cited_twice(snapshot: ClusterSnapshot, filters: Mapping[str, tuple[str, ...]]) -> int:
    """Give how many works two or more articles cite."""
    body = _narrowed("work", filters, {"range": {"order_cited": {"gt": 1}}})
    return int(snapshot.search(body)["hits"]["total"]["value"])


def sum_sentences(snapshot: ClusterSnapshot, filters: Mapping[str, tuple[str, ...]]) -> tuple[int, int]:
    """Give how many sentences the articles that filters find have, and how many of them cite a source."""
    sums = {name: {"sum": {"field": name}} for name in ("sentences", "sentences_cited")}
    found = snapshot.search({**_narrowed("article", filters), "aggs": sums})["aggregations"]
    return int(found["sentences"]["value"]), int(found["sentences_cited"]["value"])


def _narrowed(kind: str, filters: Mapping[str, tuple[str, ...]], *more: Row) -> Row:
    terms = [{"terms": {name: list(values)}} for name, values in filters.items()]
    return {"size": 0, "query": {"bool": {"filter": [{"term": {"kind": kind}}, *terms, *more]}}}
