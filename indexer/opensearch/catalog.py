"""What an index on OpenSearch already has, for sync: the same questions that the embedded catalog answers.

A document's place is its id there (``article:<slug>``, ``work:<id>``). Only one run writes at a time, and what it
writes is searched only when it is complete, so a catalog sees the state before the run.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any
from urllib.parse import quote

from indexer.documents import ArticleDocument, WorkDocument, load_article, load_work
from indexer.opensearch.client import Client, NotThere, Row, find_lacking, insist

PAGE = 2_000  # places or facts of one answer
DOCUMENTS = 100  # whole documents of one answer
KEYS = 500  # values asked for at once
SECONDS = 60.0  # that one answer may take


class ClusterCatalog:
    """One index on the cluster, read by the run that writes."""

    def __init__(
        self, client: Client, index: str, generation: int, unsettled: Sequence[str] = (), *, patient: bool = False
    ) -> None:
        """Take the index, its generation, and the slugs that a run which did not end has left unfinished.

        A `patient` one asks again for a while where the cluster takes no more at the moment, or lacks a shard.
        """
        self._client = client
        self._patient = patient
        self.index = index
        self.generation = generation
        self.unsettled = tuple(unsettled)
        self.is_empty = not self.count("article") and not self.count("work")
        self._known: dict[str, bool] = {}

    def count(self, kind: str) -> int:
        """Give how many documents of a kind there are."""
        found = self._ask("POST", "_count", {"query": {"term": {"kind": kind}}})
        return int(found["count"])

    def prefetch(self, kind: str, names: Sequence[str]) -> None:
        """Look for many documents at once, which `find` will be asked for."""
        self._known.update((f"{kind}:{name}", False) for name in names)
        self._known.update((place, True) for place, _ in self._many(kind, names, "false", PAGE))

    def find(self, kind: str, name: str) -> str | None:
        """Give the place of the article with a slug, or of the work with an id."""
        key = f"{kind}:{name}"
        if self.is_empty:
            return None
        if key not in self._known:
            self.prefetch(kind, [name])
        return key if self._known[key] else None

    def facts(self, place: str) -> Row:
        """Give the facts kept of a document."""
        facts: Row = self._source(place, "facts")["facts"]
        return facts

    def all_facts(self, kind: str) -> Iterator[tuple[str, Row]]:
        """Give every document of a kind with its facts."""
        for place, row in self._scan({"term": {"kind": kind}}, ["facts"], PAGE):
            yield place, row["facts"]

    def under(self, path: str) -> Iterator[tuple[str, Row]]:
        """Give the articles read from a file, from the lines of a .jsonl file, or from anywhere in a folder."""
        for place, row in self._scan(_build_under(path), ["facts"], PAGE):
            yield place, row["facts"]

    def elsewhere(self, paths: Sequence[str]) -> Iterator[tuple[str, Row, ArticleDocument]]:
        """Give the articles that were read from nowhere under some paths, with their facts."""
        others = {"filter": [{"term": {"kind": "article"}}], "must_not": list(map(_build_under, paths))}
        for place, row in self._scan({"bool": others}, ["facts", "document"], DOCUMENTS):
            yield place, row["facts"], load_article(row["document"].encode())

    def load_article(self, place: str) -> ArticleDocument:
        """Give a whole article."""
        return load_article(self._source(place, "document")["document"].encode())

    def named(self, slugs: Iterable[str]) -> Iterator[tuple[str, Row, ArticleDocument]]:
        """Give the articles that have one of these slugs, with their facts."""
        for place, row in self._many("article", slugs, "facts,document", DOCUMENTS):
            yield place, row["facts"], load_article(row["document"].encode())

    def years_of(self, works: Iterable[str]) -> dict[str, int | None]:
        """Give the year of each of these works that there is."""
        rows = self._many("work", works, "facts", PAGE)
        return {place.removeprefix("work:"): row["facts"]["year"] for place, row in rows}

    def load_works(self, places: Sequence[str]) -> Iterator[WorkDocument]:
        """Give whole works with their references, in the order of their places."""
        for part in _parts(places, DOCUMENTS):
            found = self._ask("POST", "_mget", {"ids": part}, {"_source": "document"})
            for row in found["docs"]:
                yield load_work(row["_source"]["document"].encode())

    def works_of(self, keys: Iterable[str]) -> set[str]:
        """Give the places of the works known by any of these identity keys."""
        return self._places("identity", keys)

    def works_cited_by(self, slugs: Sequence[str]) -> set[str]:
        """Give the places of the works that any of these articles has among its references."""
        return self._places("article", slugs)

    def _many(self, kind: str, names: Iterable[str], source: str, size: int) -> Iterator[tuple[str, Row]]:
        """Give the documents with these names that there are, `size` in one answer."""
        for keys in _parts([] if self.is_empty else [f"{kind}:{name}" for name in names], size):
            for row in self._ask("POST", "_mget", {"ids": keys}, {"_source": source})["docs"]:
                if row.get("found"):
                    yield row["_id"], row.get("_source", {})

    def _places(self, field: str, values: Iterable[str]) -> set[str]:
        if self.is_empty:
            return set()
        return {
            place
            for part in _parts(list(values), KEYS)
            for place, _ in self._scan({"bool": {"filter": [{"term": {"kind": "work"}}, {"terms": {field: part}}]}})
        }

    def _scan(self, query: Row, source: Sequence[str] = (), size: int = PAGE) -> Iterator[tuple[str, Row]]:
        """Give every document that a query finds, however many, in the order of their keys."""
        if self.is_empty:
            return
        after: list[Any] = []
        while True:
            body: Row = {"query": query, "size": size, "sort": ["key"], "_source": list(source) or False}
            body |= {"search_after": after} if after else {}
            hits = self._ask("POST", "_search", body)["hits"]["hits"]
            for hit in hits:
                yield hit["_id"], hit.get("_source", {})
            if len(hits) < size:
                return
            after = hits[-1]["sort"]

    def _source(self, place: str, name: str) -> Row:
        try:
            found = self._ask("GET", "_doc/" + quote(place, safe=""), None, {"_source": name})
        except NotThere:
            raise KeyError(place) from None
        row: Row = found["_source"]
        return row

    def _ask(self, method: str, path: str, body: Row | None = None, params: Row | None = None) -> Any:
        def ask() -> Any:
            answer = self._client.ask(method, f"/{self.index}/{path}", body, params, SECONDS)
            if lacking := find_lacking(answer):
                raise self._client.passing(lacking)
            return answer

        return insist(ask) if self._patient else ask()


def _build_under(path: str) -> Row:
    prefixes = (f"{path}#", f"{path.rstrip('/')}/")
    return {"bool": {"should": [{"term": {"path": path}}, *({"prefix": {"path": prefix}} for prefix in prefixes)]}}


def _parts(values: Sequence[str], size: int) -> Iterator[list[str]]:
    for start in range(0, len(values), size):
        yield list(values[start : start + size])
