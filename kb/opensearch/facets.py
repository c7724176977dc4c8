"""Facets on OpenSearch: each counted as if nothing were chosen in it, by filtered aggregations beside a post filter."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from indexer.opensearch.client import Row
from indexer.schema import SECTION_FIELDS
from indexer.vocabulary import read_vocabulary
from kb.facets import build_values
from kb.labels import LABELS
from kb.model import FacetValue
from kb.opensearch.index import ClusterSnapshot
from kb.opensearch.query import build_filter, section_filter
from kb.query.build import Marks

SIZES = {"area": 1_000, "year": 1_000}  # facets that are shown whole
SHARD_SIZE = 10_000  # values that a shard counts exactly before it leaves any out


@dataclass(frozen=True, slots=True)
class Chosen:
    """The filters of a question, and what it marks (the section facet is about the words asked for)."""

    filters: Mapping[str, tuple[str, ...]]
    marks: Marks

    def build(self, but: str | None = None) -> list[Row]:
        """Give the filters as DSL, the one of facet `but` aside."""
        return [build_filter(name, values, self.marks) for name, values in self.filters.items() if name != but]


def build_aggregations(names: Sequence[str], chosen: Chosen, limit: int) -> Row:
    """Give what counts these facets."""
    return {
        name: {"filter": {"bool": {"filter": chosen.build(but=name)}}, "aggs": _build_counts(name, chosen, limit)}
        for name in names
    }


def _build_counts(name: str, chosen: Chosen, limit: int) -> Row:
    if name == "section":
        kinds = {kind: section_filter(kind, chosen.marks) for kind in SECTION_FIELDS}
        return {"values": {"filters": {"filters": kinds}}}
    order = [{"_count": "desc"}, {"_key": "asc"}]
    terms = {"field": name, "size": SIZES.get(name, limit), "shard_size": SHARD_SIZE, "order": order}
    counts: Row = {"values": {"terms": terms}}
    if selected := list(chosen.filters.get(name, ())):
        # a filter each: what is chosen is counted exactly, also where it is not among the most frequent
        counts["chosen"] = {"filters": {"filters": {value: {"term": {name: value}} for value in selected}}}
    return counts


def read_facets(
    snapshot: ClusterSnapshot, answer: Row, names: Sequence[str], chosen: Chosen, limit: int
) -> tuple[dict[str, tuple[FacetValue, ...]], list[str]]:
    """Give the counted facets, and a note for each whose counts are not exact."""
    facets, notes = {}, []
    for name in names:
        found = answer["aggregations"][name]
        selected = chosen.filters.get(name, ())
        counts = read_counts(found["values"])
        counts |= {value: row["doc_count"] for value, row in found.get("chosen", {}).get("buckets", {}).items()}
        counts = {value: count for value, count in counts.items() if count}
        facets[name] = build_values(name, counts, selected, open_labels(snapshot, name, [*counts, *selected]), limit)
        if found["values"].get("doc_count_error_upper_bound"):
            notes.append(f"The counts of “{name}” are close, not exact: it has very many values.")
    return facets, notes


def read_counts(values: Row) -> dict[str, int]:
    """Give the counts of an aggregation by value."""
    buckets = values["buckets"]
    if isinstance(buckets, dict):
        return {value: row["doc_count"] for value, row in buckets.items()}
    return {row["key"]: row["doc_count"] for row in buckets}


def open_labels(snapshot: ClusterSnapshot, facet: str, values: Sequence[str]) -> Callable[[str], str]:
    """Give what names the values of a facet; values that have no better name are their own."""
    if facet in ("area", "symptom"):
        return read_vocabulary().label
    if facet == "article":
        titles = _read_titles(snapshot, values)
        return lambda slug: titles.get(slug, slug)
    names = LABELS.get(facet, {})
    return lambda value: names.get(value, value)


def _read_titles(snapshot: ClusterSnapshot, slugs: Sequence[str]) -> dict[str, str]:
    known: dict[str, str] = snapshot.keep(("titles",), dict)
    wanted = [slug for slug in slugs if slug not in known]
    if wanted:
        rows = snapshot.read_many([f"article:{slug}" for slug in wanted], "facts.title")
        known.update((key.partition(":")[2], row["facts"]["title"]) for key, row in rows.items())
    return known
