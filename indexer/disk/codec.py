"""Posting lists as plain arrays on disk, through Whoosh's own extension point for codecs.

Write with it: ``index.writer(codec=ArrayCodec(), limitmb=512)``. Segments remember their codec, so reading, merging
and deleting need no argument. A segment is one compound file whose parts are read in place (`filestore`), its posting
lists as `posting_arrays` describes. The import names of the classes here are part of the index format.
"""

from collections.abc import Iterable, Sequence
from itertools import groupby
from operator import itemgetter
from typing import Any

import numpy as np
from numpy.typing import NDArray

from indexer.disk.array_matcher import ArrayMatcher
from indexer.disk.filestore import ViewFile, ViewStorage, assemble_aligned
from indexer.disk.posting_arrays import PostingArrays, pack_postings, read_postings
from indexer.engine import codec, numeric

Posting = tuple[str, bytes, int, float, bytes]  # field, term, document number, weight, packed positions
SPELLING_ONLY = -1  # the document number Whoosh gives to words that have no postings


class ArrayTermInfo(codec.W3TermInfo):  # type: ignore[misc]  # Whoosh is untyped
    """The statistics of one term, set at once from whole arrays."""

    @classmethod
    def of(cls, ids: Sequence[int], weights: Sequence[float], shortest: int, longest: int) -> "ArrayTermInfo":
        """Give the statistics of a list whose documents' fields have `shortest` to `longest` words."""
        info = cls()
        info._weight, info._df = float(sum(weights)), len(ids)
        info._minlength, info._maxlength, info._maxweight = shortest, longest, float(max(weights))
        info._minid, info._maxid = int(ids[0]), int(ids[-1])
        return info


class ArrayFieldWriter(codec.W3FieldWriter):  # type: ignore[misc]  # Whoosh is untyped
    """Writes whole posting lists at once instead of posting by posting."""

    def add_postings(self, schema: Any, lengths: Any, items: Iterable[Posting]) -> None:
        """Write the postings `items`, sorted by field, term and document; `lengths` knows the fields' lengths."""
        for field, postings in groupby(items, key=itemgetter(0)):
            self.start_field(field, schema[field])
            field_lengths = read_length_bytes(lengths, field)
            for term, group in groupby(postings, key=itemgetter(1)):
                _, _, ids, weights, values = zip(*group, strict=True)
                if ids[-1] != SPELLING_ONLY:
                    self._write_list(term, ids, weights, values, field_lengths)
            self.finish_field()

    def _write_list(self, term: bytes, ids: Any, weights: Any, values: Any, lengths: NDArray[np.uint8]) -> None:
        reached = lengths[np.array(ids)] if len(lengths) > ids[-1] else np.zeros(1, np.uint8)
        shortest, longest = (numeric.byte_to_length(int(end)) for end in (reached.min(), reached.max()))
        info = ArrayTermInfo.of(ids, weights, shortest, longest)
        data = pack_postings(ids, weights, values)
        info.set_extent(self._postfile.tell(), len(data))
        self._postfile.write(data)
        self._tindex.add(codec.pack_ushort(self._fieldid) + term, info.to_bytes())


class ArrayTermsReader(codec.W3TermsReader):  # type: ignore[misc]  # Whoosh is untyped
    """Finds terms; besides Whoosh's matchers it gives whole posting lists."""

    def read_postings(self, field: str, term: bytes) -> PostingArrays | None:
        """Give the list of `term` in `field` as views of the file, or None when no document has it."""
        try:
            info = self.term_info(field, term)
        except codec.TermNotFound:
            return None
        return read_postings(_view(self._postfile, info))


class ArrayPerDocReader(codec.W3PerDocReader):  # type: ignore[misc]  # Whoosh is untyped
    """Reads what is kept by document; besides Whoosh's columns it gives whole length columns."""

    def read_length_bytes(self, field: str) -> NDArray[np.uint8]:
        """Give the length byte of `field` for every document, 0 where it has none."""
        found = np.zeros(self.doc_count_all(), np.uint8)
        name = f"_{field}_len"
        if self.has_column(name):
            file, offset, length = self._get_column_file(name)
            column = np.frombuffer(bytes(file.get(offset, length)), np.uint8)[: len(found)]
            file.close()
            found[: len(column)] = column
        return found


class ArraySegment(codec.W3Segment):  # type: ignore[misc]  # Whoosh is untyped
    """A segment whose compound file is aligned when written and viewed when read."""

    def create_compound_file(self, storage: Any) -> None:
        """Join the segment's files into one."""
        names = self.list_files(storage)
        assemble_aligned(self.create_file(storage, self.COMPOUND_EXT), storage, names)
        for name in names:
            storage.delete_file(name)
        self.compound = True

    def open_compound_file(self, storage: Any) -> ViewStorage:
        """Open the joined file."""
        return ViewStorage(storage.open_file(self.make_filename(self.COMPOUND_EXT)))


class ArrayCodec(codec.W3Codec):  # type: ignore[misc]  # Whoosh is untyped
    """Whoosh's third codec with posting lists as arrays."""

    def field_writer(self, storage: Any, segment: Any) -> ArrayFieldWriter:
        """Give what writes the terms of a segment."""
        return ArrayFieldWriter(self, storage, segment)

    def terms_reader(self, storage: Any, segment: Any) -> ArrayTermsReader:
        """Open what reads the terms of a segment."""
        name = segment.make_filename(self.TERMS_EXT)
        terms, length = storage.open_file(name), storage.file_length(name)
        return ArrayTermsReader(self, terms, length, segment.open_file(storage, self.POSTS_EXT))

    def per_document_reader(self, storage: Any, segment: Any) -> ArrayPerDocReader:
        """Open what reads the columns and lengths of a segment."""
        return ArrayPerDocReader(storage, segment)

    def postings_reader(self, dbfile: Any, terminfo: Any, format_: Any, term: Any = None, scorer: Any = None) -> Any:
        """Give Whoosh's view of one posting list."""
        return ArrayMatcher(read_postings(_view(dbfile, terminfo)), terminfo, format_, term, scorer)

    def new_segment(self, _storage: Any, indexname: str) -> ArraySegment:
        """Give a segment to be written."""
        return ArraySegment(self, indexname)


def read_length_bytes(reader: Any, field: str) -> NDArray[np.uint8]:
    """Give the length bytes of `field` from a reader of one segment, none where there is no such reader."""
    return reader.read_length_bytes(field) if reader is not None else np.zeros(0, np.uint8)


def _view(file: Any, info: Any) -> memoryview:
    """Give the bytes of a term's list: in place from a compound segment, else read."""
    offset, length = info.extent()
    if isinstance(length, tuple):  # Whoosh 2.7.4 forgets to unpack it
        (length,) = length
    return file.view(offset, length) if isinstance(file, ViewFile) else memoryview(file.get(offset, length))
