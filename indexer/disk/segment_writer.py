"""Whoosh's writer of segments, taking documents whose terms are found already and posting lists as arrays.

Stock Whoosh makes a tuple of every posting, sorts them all and walks them again; this one has numbers in arrays.
What it writes is what the stock writer with the same codec writes.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import suppress
from itertools import groupby
from operator import itemgetter
from typing import Any

import numpy as np
from numpy.typing import NDArray

from indexer.disk.codec import ArrayCodec
from indexer.disk.list_writer import length_bounds, write_lists
from indexer.disk.posting_arrays import PostingArrays
from indexer.disk.posting_pool import BLOCK_POSTINGS, LOW_BITS, Lists, PostingPool
from indexer.engine import writing
from indexer.text.analyzer import Positions, WordField

CHECK_EVERY = 256  # documents between two looks at the pool's size


class SegmentWriter(writing.SegmentWriter):  # type: ignore[misc]  # Whoosh is untyped
    """Writes one segment; `add_entry` takes the place of `add_document`."""

    def __init__(self, index: Any, timeout: float) -> None:
        """Begin a segment behind the newest commit of a Whoosh index."""
        self.storage = index.storage
        self.writelock = None
        try:
            super().__init__(index, timeout=timeout, codec=ArrayCodec())
        except BaseException:
            self.release()
            raise
        self.pool = PostingPool(self._tempstorage.folder)

    def release(self) -> None:
        """Close the files and free the lock, whatever state they are in."""
        self.storage.close_files()
        if self.writelock is not None:
            with suppress(Exception):  # Whoosh raises a plain Exception when it has let go of it before
                self.writelock.release()
            self.writelock = None

    def add_entry(self, entry: dict[str, Any]) -> None:
        """Add a document: terms of text fields (see `Entry`), keywords as a string or many, columns, stored values."""
        writer, number = self.perdocwriter, self.docnum
        writer.start_doc(number)
        for name, value in entry.items():
            field = self.schema[name]
            if isinstance(field, WordField):
                if isinstance(value, Counter):
                    self.pool.add_counts(name, value, number)
                    writer.add_field(name, field, None, value.total())
                else:
                    self.pool.add_positions(name, value, number)
                    writer.add_field(name, field, None, len(value))
            elif field.indexed:
                self.pool.add_values(name, [value] if isinstance(value, str) else value, number)
            elif field.column_type:
                writer.add_column_value(name, field.column_type, field.to_column_value(value))
            else:
                writer.add_field(name, field, value, 0)
        writer.finish_doc()
        self._added = True
        self.docnum += 1
        if not self.docnum % CHECK_EVERY:
            self.pool.save_if_large()

    def add_postings_to_pool(self, reader: Any, startdoc: int, docmap: dict[int, int] | None) -> None:
        """Take over the postings of a segment that is merged into this one; Whoosh calls it from `add_reader`."""
        numbers = np.arange(startdoc, startdoc + reader.doc_count_all())
        if docmap is not None:
            numbers[:] = -1
            numbers[list(docmap)] = list(docmap.values())
        for name, terms in groupby(reader.all_terms(), key=itemgetter(0)):
            if name in self.schema:
                for lists in _move_lists(reader._terms, name, (term for _, term in terms), numbers):
                    self.pool.add_lists(name, lists)
                    self.pool.save_if_large()

    def _flush_segment(self) -> None:
        self.perdocwriter.close()
        lengths = self.per_document_reader()
        for name, blocks in self.pool.lists():
            field = self.schema[name]
            self.fieldwriter.start_field(name, field)
            write_lists(self.fieldwriter, isinstance(field.format, Positions), length_bounds(lengths, name), blocks)
            self.fieldwriter.finish_field()
        self.fieldwriter.close()
        lengths.close()


def _move_lists(source: Any, name: str, terms: Iterable[bytes], numbers: NDArray[np.int64]) -> Iterator[Lists]:
    """Give the lists of a field with the numbers that its documents get (-1: deleted), in blocks."""
    found: dict[str, NDArray[np.uint64]] = {}
    size = 0
    for term in terms:
        postings = _moved_postings(source.read_postings(name, term), numbers)
        if len(postings):
            found[term.decode()] = postings
            size += len(postings)
        if size > BLOCK_POSTINGS:
            yield _join(found)
            found, size = {}, 0
    if found:
        yield _join(found)


def _join(found: dict[str, NDArray[np.uint64]]) -> Lists:
    ends = np.cumsum([len(postings) for postings in found.values()])
    return Lists(list(found), ends, np.concatenate(list(found.values())))


def _moved_postings(found: PostingArrays, numbers: NDArray[np.int64]) -> NDArray[np.uint64]:
    ids = numbers[found.ids]
    lows = found.counts.astype(np.uint64)
    if found.positions is not None:
        ids, lows = np.repeat(ids, lows.astype(np.int64)), found.positions.astype(np.uint64)
    kept = ids >= 0
    return (ids[kept].astype(np.uint64) << np.uint64(LOW_BITS)) + lows[kept]
