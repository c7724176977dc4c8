"""Suggestions while typing, on OpenSearch: the candidates come from the cluster, their order from `kb.completion`.

Words may be half typed; a mistyped one is found when it is whole, or nearly.
"""

from collections.abc import Mapping, Sequence

from indexer.opensearch.client import Row
from indexer.text.analyzer import split_text
from kb.completion import CORRECTED_LENGTH, LONG_WORD, TYPED_WORDS, Candidates, Completion
from kb.opensearch.facets import read_counts
from kb.opensearch.index import ClusterSnapshot

CANDIDATES = 100  # titles or journals that are put in order
ALL_VALUES = 10_000  # symptoms that articles have


def complete(snapshot: ClusterSnapshot, typed: str, limit: int) -> Candidates:
    """Give the article titles and the journals that may be being typed, the likeliest first."""
    counts: Mapping[tuple[str, str], int] = snapshot.keep(("names",), lambda: _count_names(snapshot))
    titles, journals = _find_completions(snapshot, typed, limit)
    return Candidates(tuple(titles), tuple(journals), lambda field, value: counts.get((field, value), 0))


def _count_names(snapshot: ClusterSnapshot) -> Mapping[tuple[str, str], int]:
    terms = {name: {"terms": {"field": name, "size": ALL_VALUES}} for name in ("symptom", "area")}
    found = snapshot.search({"size": 0, "query": {"term": {"kind": "article"}}, "aggs": terms})["aggregations"]
    return {(name, value): count for name in terms for value, count in read_counts(found[name]).items()}


def _find_completions(snapshot: ClusterSnapshot, typed: str, limit: int) -> tuple[list[str], list[str]]:
    words = split_text(typed)[:TYPED_WORDS]
    if not words:
        return [], []
    found = _ask(snapshot, words, fuzzy=False)
    if not any(found) and any(len(word) >= CORRECTED_LENGTH for word in words):
        found = _ask(snapshot, words, fuzzy=True)
    titles, journals = (_order(texts, typed, limit) for texts in found)
    return titles, journals


def _ask(snapshot: ClusterSnapshot, words: Sequence[str], *, fuzzy: bool) -> tuple[list[str], list[str]]:
    titles = {
        **_filter("article", "title_typed", words, fuzzy),
        "size": CANDIDATES,
        "sort": ["key"],
        "_source": ["facts.title"],
        "track_total_hits": False,
    }
    terms = {"terms": {"field": "container", "size": CANDIDATES}}
    journals = {**_filter("work", "container_typed", words, fuzzy), "size": 0, "aggs": {"journals": terms}}
    first, second = snapshot.ask_many([titles, journals])
    shown = dict.fromkeys(hit["_source"]["facts"]["title"] for hit in first["hits"]["hits"])
    return list(shown), list(read_counts(second["aggregations"]["journals"]))


def _filter(kind: str, field: str, words: Sequence[str], fuzzy: bool) -> Row:
    parts = [_word(field, word, fuzzy) for word in words]
    return {"query": {"bool": {"filter": [{"term": {"kind": kind}}, *parts]}}}


def _word(field: str, word: str, fuzzy: bool) -> Row:
    prefix: Row = {"prefix": {field: word}}
    if not fuzzy or len(word) < CORRECTED_LENGTH:
        return prefix
    allowed = 1 if len(word) < LONG_WORD else 2
    near = {"fuzzy": {field: {"value": word, "fuzziness": allowed, "prefix_length": 1}}}
    return {"bool": {"should": [prefix, near], "minimum_should_match": 1}}


def _order(texts: Sequence[str], typed: str, limit: int) -> list[str]:
    return [texts[place] for place in Completion(texts).find(typed, limit)]
