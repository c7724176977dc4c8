"""Facets: how many of the matching documents have each value, by bitmaps, and the filters chosen from them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import compress, repeat

import numpy as np
from numpy.typing import NDArray

from indexer.schema import SECTION_FIELDS
from indexer.text.analyzer import STEMS
from indexer.vocabulary import read_vocabulary
from kb.arrays.evaluation import read_bits
from kb.arrays.index import Snapshot
from kb.arrays.postings import Bits, unpack_bits
from kb.arrays.segment import SegmentFiles
from kb.model import FacetValue
from kb.query.build import Marks

VALUE_LIMIT = 100  # values given of one facet, the most frequent first; chosen ones and the area tree are always given
RARE_SHARE = 256  # a value that fewer than one in so many documents have is counted by its list, not by a bitmap
SECTION_LABELS = {"description": "Description", "causes": "Causes", "remedies": "Remedies", "other": "Other sections"}


@dataclass(frozen=True, slots=True)
class FacetTable:
    """The values of one facet in one segment: bitmaps of the frequent ones, joined document lists of the rare ones."""

    values: tuple[str, ...]
    frequent: NDArray[np.int64]  # places in `values`
    bitmaps: NDArray[np.uint64]  # one row for each frequent value
    rare: NDArray[np.int64]
    documents: NDArray[np.uint32]  # of all rare values, one after the other
    starts: NDArray[np.int64]

    def count(self, matching: Bits) -> NDArray[np.int64]:
        """Give for each value how many documents of the bitmap `matching` have it."""
        frequent: NDArray[np.int64] = np.bitwise_count(self.bitmaps & matching).sum(axis=1, dtype=np.int64)
        if not len(self.rare):
            return frequent
        counts = np.zeros(len(self.values), np.int64)
        counts[self.frequent] = frequent
        counts[self.rare] = np.add.reduceat(unpack_bits(matching)[self.documents], self.starts, dtype=np.int64)
        return counts


def open_table(files: SegmentFiles, facet: str) -> FacetTable:
    """Give the table of a facet, built on first use and kept as long as the segment."""
    table: FacetTable = files.keep(("facet", facet), lambda: _build_table(files, facet))
    return table


def _build_table(files: SegmentFiles, facet: str) -> FacetTable:
    values, counts = files.lexicon(facet)
    frequent = np.flatnonzero(counts * RARE_SHARE >= files.size)
    rare = np.flatnonzero(counts * RARE_SHARE < files.size)
    bitmaps = np.zeros((len(frequent), files.width // 64), np.uint64)
    for row, place in enumerate(frequent.tolist()):
        bitmaps[row] = _value_bits(files, facet, values[place])
    lists = [postings.ids for place in rare.tolist() if (postings := files.postings(facet, values[place])) is not None]
    starts = np.cumsum([0, *map(len, lists)])[:-1]
    documents = np.concatenate(lists) if lists else np.zeros(0, np.uint32)
    return FacetTable(tuple(values), frequent, bitmaps, rare, documents, starts)


def _value_bits(files: SegmentFiles, facet: str, value: str) -> Bits:
    mask = np.zeros(files.width, np.bool_)
    postings = files.postings(facet, value)
    if postings is not None:
        mask[postings.ids] = True
    return np.packbits(mask, bitorder="little").view(np.uint64)


def find_value(facet: str, text: str) -> str:
    """Give the value meant by a filter: for areas and symptoms a slug, label or synonym in any case will do."""
    vocabulary = read_vocabulary()
    if facet == "area":
        return vocabulary.find_area(text) or text
    if facet == "symptom":
        return vocabulary.find_symptom(text) or text
    return text.lower() if facet in ("section", "cited", "id_type") else text


def filter_bits(snapshot: Snapshot, files: SegmentFiles, facet: str, values: Sequence[str], marks: Marks) -> Bits:
    """Give the documents of a segment that have any of the chosen values."""
    bits = np.zeros(files.width // 64, np.uint64)
    for value in values:
        if facet == "section":
            bits |= section_bits(snapshot, files, value, marks)
        else:
            found = read_bits(snapshot, files, facet, value)
            bits = bits if found is None else bits | found
    return bits


def section_bits(snapshot: Snapshot, files: SegmentFiles, kind: str, marks: Marks) -> Bits:
    """Give the documents in which a word asked for stands in a section of `kind`; any word where none is asked for."""
    if kind not in SECTION_FIELDS:
        return np.zeros(files.width // 64, np.uint64)
    stems = stems_of_marks(marks)
    if not stems:
        return _written_bits(files, kind)
    bits = np.zeros(files.width // 64, np.uint64)
    for stem in stems:
        found = read_bits(snapshot, files, kind, stem)
        bits = bits if found is None else bits | found
    return bits


def stems_of_marks(marks: Marks) -> frozenset[str]:
    """Give the stems of everything that is marked."""
    spelled = {stem for word in marks.words if (stem := STEMS[word]) is not None}
    return marks.stems | {stem for phrase in marks.phrases for stem in phrase} | spelled


def _written_bits(files: SegmentFiles, kind: str) -> Bits:
    def build() -> Bits:
        mask = np.zeros(files.width, np.bool_)
        mask[: files.size] = files.lengths(kind) > 0
        return np.packbits(mask, bitorder="little").view(np.uint64)

    bits: Bits = files.keep(("written", kind), build)
    return bits


def count_values(snapshot: Snapshot, files: SegmentFiles, facet: str, matching: Bits, marks: Marks) -> dict[str, int]:
    """Give how many documents of `matching` have each value of a facet in one segment, without those that none has."""
    if facet == "section":
        kinds = {kind: section_bits(snapshot, files, kind, marks) & matching for kind in SECTION_FIELDS}
        return {kind: int(np.bitwise_count(bits).sum()) for kind, bits in kinds.items()}
    table = open_table(files, facet)
    counts = table.count(matching).tolist()
    return dict(compress(zip(table.values, counts, strict=True), counts))


@cache
def _area_parents() -> Mapping[str, str | None]:
    return {slug: area.parent for slug, area in read_vocabulary().areas.items()}


def build_values(
    facet: str,
    counts: Mapping[str, int],
    selected: Sequence[str],
    label: Callable[[str], str],
    limit: int = VALUE_LIMIT,
) -> tuple[FacetValue, ...]:
    """Give the values of a facet as they are shown.

    Areas come in the order of their tree and sections in theirs, all of them; years newest first; others by count.
    """
    names = _order_names(facet, counts, selected, limit)
    labels = map(SECTION_LABELS.__getitem__ if facet == "section" else label, names)
    parents = map(_area_parents().get, names) if facet == "area" else repeat(None)
    chosen = map(selected.__contains__, names)
    rows = zip(names, labels, map(counts.get, names, repeat(0)), chosen, parents, strict=False)
    return tuple(map(tuple.__new__, repeat(FacetValue), rows))  # FacetValue(…) a hundred times takes twice as long


def _order_names(facet: str, counts: Mapping[str, int], selected: Sequence[str], limit: int) -> Sequence[str]:
    if facet == "area":
        parents = _area_parents()
        return [*parents, *(value for value in counts if value not in parents)]
    if facet == "section":
        return tuple(SECTION_FIELDS)
    chosen = [value for value in selected if value not in counts]
    if facet == "year":
        names = sorted([*counts, *chosen], reverse=True)
    else:
        names = [*sorted(sorted(counts), key=counts.__getitem__, reverse=True), *chosen]
    return names[:limit] + [value for value in names[limit:] if value in selected]
