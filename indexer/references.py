"""A printed reference becomes a Reference: authors, title, where and when it appeared, and its identifiers."""

import re
from collections.abc import Sequence

from indexer.model import Reference
from indexer.reference_lists import Entry, check_numbering, split_references

__all__ = ["Entry", "check_numbering", "parse_reference", "parse_references", "split_references"]

YEAR = re.compile(r"\b(1[5-9]\d\d|20\d\d)\b")  # "2012"


def parse_reference(raw: str, number: int | None = None) -> Reference:
    """Give what one printed reference says; what it does not plainly say stays ``None``, and `raw` is kept as given."""
    year = YEAR.search(raw)
    return Reference(number=number, raw=raw, year=int(year[1]) if year else None)


def parse_references(lines: Sequence[str]) -> tuple[Reference, ...]:
    """Give the references of a list printed as `lines`, numbered as printed."""
    return tuple(parse_reference(entry.raw, entry.number) for entry in split_references(lines))
