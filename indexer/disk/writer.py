"""Index documents go to disk: one commit is one generation, and any exception leaves the last one as it was."""

import gc
from contextlib import suppress
from types import TracebackType
from typing import Any

from indexer.disk.catalog import Catalog
from indexer.disk.segment_writer import SegmentWriter
from indexer.engine import reading
from indexer.index_entries import Entry

SEGMENTS_A_TIER = 6  # segments of about one size that stand side by side
TIERS = (100, 2_000, 40_000)  # documents; below the first number is the first tier, above the last no more merging
LOCK_SECONDS = 5.0


class GenerationWriter:
    """Deletes and adds documents; nothing is seen before `commit`, and leaving without it changes nothing.

    The caller holds the index folder (`generations.writing`), so that `catalog` is the newest commit.
    """

    def __init__(self, catalog: Catalog) -> None:
        """Start the next commit after the state in `catalog`."""
        self._data = catalog.data
        self._writer = SegmentWriter(catalog.index, LOCK_SECONDS)
        self._committed = False
        self._collecting = gc.isenabled()

    def __enter__(self) -> "GenerationWriter":
        """Give itself, and leave garbage for later: a batch makes many values and no cycles."""
        gc.disable()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Cancel what was not committed."""
        if self._collecting:
            gc.enable()
        if not self._committed:
            # closing half-written files may fail again (a full disk); the next writer removes what is left of them
            with suppress(Exception):
                self._writer.cancel()
            self._writer.release()

    def delete(self, number: int) -> None:
        """Remove the document with this number in the catalog."""
        self._writer.delete_document(number)

    def add(self, entry: Entry) -> None:
        """Add a document."""
        self._writer.add_entry(entry)

    def commit(self) -> int:
        """Write everything to disk, make it visible, and give the new generation."""
        self._writer.commit(mergetype=merge_small)
        self._committed = True
        return self._data.base + int(self._writer.generation)


def merge_small(writer: Any, segments: list[Any]) -> list[Any]:
    """Give the segments to keep; merge a tier that is full, or a segment mostly deleted, into the one being written.

    Passed to Whoosh as its merge policy. One-document commits then merge a few small segments now and then, and the
    number of segments stays below `SEGMENTS_A_TIER` for each tier.
    """
    kept: list[Any] = []
    merged: list[Any] = []
    lower = 0
    for limit in (*TIERS, None):
        tier = [s for s in segments if s.doc_count_all() >= lower and (limit is None or s.doc_count_all() < limit)]
        full = limit is not None and len(tier) >= SEGMENTS_A_TIER
        for segment in tier:
            (merged if full or segment.deleted_count() * 2 > segment.doc_count_all() else kept).append(segment)
        lower = limit or lower
    for segment in merged:
        if segment.doc_count():
            reader = reading.SegmentReader(writer.storage, writer.schema, segment)
            writer.add_reader(reader)
            reader.close()
    return kept
