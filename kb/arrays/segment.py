"""One segment of the index, opened once and shared by all threads and by every generation that has it."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from indexer.disk.posting_arrays import PostingArrays
from indexer.engine import reading
from kb.arrays.postings import WORD_BITS, Bits, pack_mask
from kb.kept import Kept

LISTS = 20_000  # posting lists whose place is remembered; some hundred bytes each
UNREAD = object()

Lexicon = tuple[list[str], NDArray[np.int64]]


class SegmentFiles(Kept):
    """The unchanging part of a segment: posting lists, lengths, columns, documents; what is read often is kept."""

    def __init__(self, storage: Any, schema: Any, segment: Any) -> None:
        super().__init__()
        self._reader = reading.SegmentReader(storage, schema, segment)
        self._schema = schema
        self.id: str = segment.segment_id()
        self.size: int = segment.doc_count_all()
        self.width: int = -(-self.size // WORD_BITS) * WORD_BITS
        self._lists: dict[tuple[str, str], Any] = {}

    def postings(self, field: str, term: str) -> PostingArrays | None:
        """Give the posting list of a term, or None when no document has it."""
        key = field, term
        found = self._lists.get(key, UNREAD)
        if found is UNREAD:
            if len(self._lists) >= LISTS:
                self._lists.clear()
            self._lists[key] = found = self._reader._terms.read_postings(field, term.encode())
        return found  # type: ignore[no-any-return]  # Whoosh is untyped

    def document_frequency(self, field: str, term: str) -> int:
        """Give how many documents have a term, deleted ones too."""
        postings = self.postings(field, term)
        return len(postings.ids) if postings is not None else 0

    def lengths(self, field: str) -> NDArray[np.uint8]:
        """Give the length byte of a field for every document."""
        lengths: NDArray[np.uint8] = self.keep(
            ("lengths", field), lambda: self._reader._perdoc.read_length_bytes(field)
        )
        return lengths

    def field_length(self, field: str) -> int:
        """Give the number of words in a field of all documents, deleted ones too."""
        return int(self._reader.field_length(field))

    def scored(self, field: str) -> bool:
        """Say whether a field's terms are scored by BM25F (words) or not (whole values)."""
        return field in self._schema and bool(self._schema[field].scorable)

    def lexicon(self, field: str) -> Lexicon:
        """Give the terms of a field in order, and how many documents have each."""
        return self.keep(("lexicon", field), lambda: self._read_lexicon(field))  # type: ignore[no-any-return]

    def _read_lexicon(self, field: str) -> Lexicon:
        terms, counts = [], []
        for (name, term), info in self._reader._terms.items_from(field, b""):
            if name != field:
                break
            terms.append(term.decode())
            counts.append(info.doc_frequency())
        return terms, np.array(counts, np.int64)

    def column(self, name: str) -> Any:
        """Give a column that is indexed by document number."""
        return self.keep(("column", name), lambda: self._reader.column_reader(name))

    def stored(self, number: int) -> dict[str, Any]:
        """Give the stored fields of a document."""
        return dict(self._reader._perdoc.stored_fields(number))


@dataclass(frozen=True, slots=True)
class Segment:
    """A segment as one generation has it: its files and which of its documents are live (None: all)."""

    files: SegmentFiles
    base: int
    live: Bits | None

    def is_live(self, number: int) -> bool:
        """Say whether a document has not been deleted."""
        return self.live is None or bool(int(self.live[number // WORD_BITS]) >> (number % WORD_BITS) & 1)


def build_live_bits(size: int, width: int, deleted: frozenset[int]) -> Bits | None:
    """Give the bitmap of documents that are not deleted, or None when none is."""
    if not deleted:
        return None
    mask = np.zeros(width, np.bool_)
    mask[:size] = True
    mask[list(deleted)] = False
    return pack_mask(mask)
