"""What a facet value is called where people read it."""

from collections.abc import Callable
from functools import lru_cache

from indexer.vocabulary import read_vocabulary
from kb.arrays.index import Snapshot

LABELS = {
    "cited": {"yes": "Cites sources", "no": "Cites no source"},
    "id_type": {"doi": "DOI", "pmid": "PubMed", "pmcid": "PubMed Central", "none": "No identifier"},
}

NAMES = 4_096  # labels of areas and symptoms that are remembered


def open_labels(snapshot: Snapshot, facet: str) -> Callable[[str], str]:
    """Give what names the values of a facet; values that have no better name are their own."""
    if facet in ("area", "symptom"):
        return _name_entry
    if facet == "article":
        return lambda slug: find_title(snapshot, slug) or slug
    names = LABELS.get(facet)
    return str if names is None else lambda value: names.get(value, value)


@lru_cache(maxsize=NAMES)
def _name_entry(slug: str) -> str:
    return read_vocabulary().label(slug)


def find_title(snapshot: Snapshot, slug: str) -> str | None:
    """Give the title of an article, or None when there is none with this slug."""
    title: str | None = snapshot.keep(("title", slug), lambda: _read_title(snapshot, slug))
    return title


def _read_title(snapshot: Snapshot, slug: str) -> str | None:
    place = snapshot.find_document(f"article:{slug}")
    if place is None:
        return None
    files, number = place
    title: str | None = files.stored(number).get("facts", {}).get("title")
    return title
