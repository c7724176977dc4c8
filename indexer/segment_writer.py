"""Whoosh's writer of segments, taking documents whose terms are found already and posting lists as arrays.

Stock Whoosh makes a tuple of every posting, sorts them all and walks them again; this one appends numbers to arrays.
What it writes is what the stock writer with the same codec writes.
"""

from array import array
from collections import Counter
from contextlib import suppress
from itertools import groupby
from operator import itemgetter
from typing import Any

import numpy as np

from indexer.analyzer import Positions, WordField
from indexer.codec import ArrayCodec
from indexer.engine import writing
from indexer.list_writer import length_bounds, write_lists
from indexer.posting_pool import LOW_BITS, PostingPool

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
        for place, (name, term) in enumerate(reader.all_terms()):
            if name in self.schema:
                self.pool.add_list(name, term.decode(), _moved_postings(reader, name, term, startdoc, docmap))
            if not place % (64 * CHECK_EVERY):
                self.pool.save_if_large()

    def _flush_segment(self) -> None:
        self.perdocwriter.close()
        lengths = self.per_document_reader()
        for name, lists in groupby(self.pool.lists(), key=itemgetter(0)):
            field = self.schema[name]
            self.fieldwriter.start_field(name, field)
            write_lists(self.fieldwriter, isinstance(field.format, Positions), length_bounds(lengths, name), lists)
            self.fieldwriter.finish_field()
        self.fieldwriter.close()
        lengths.close()


def _moved_postings(reader: Any, name: str, term: bytes, start: int, moved: dict[int, int] | None) -> "array[int]":
    """Give the list of a term with the numbers that its documents get, deleted ones left out."""
    postings = array("Q")
    found = reader._terms.read_postings(name, term)
    lows = found.positions if found.positions is not None else found.counts
    ids = np.repeat(found.ids, found.counts) if found.positions is not None else found.ids
    numbers = np.asarray(ids, np.uint64)
    if moved is None:
        numbers = numbers + np.uint64(start)
    else:
        kept = [number in moved for number in numbers.tolist()]
        numbers = np.array([moved[number] for number in numbers[kept].tolist()], np.uint64)
        lows = lows[kept]
    postings.frombytes(((numbers << np.uint64(LOW_BITS)) + np.asarray(lows, np.uint64)).tobytes())
    return postings
