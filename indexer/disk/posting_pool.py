"""Postings wait in memory as numbers and are sorted a field at a time; what is too much goes to disk as sorted runs.

While it is sorted, a posting is one unsigned 64-bit number: 24 bits for the place of its term among the field's sorted
terms, 24 for its document, and 16 for its position, or for its count in a field without positions. On disk and in
`Lists` the term's bits are zero.
"""

import marshal
import tempfile
from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import IO

import numpy as np
from numpy.typing import NDArray

LOW_BITS = 16
TERM_SHIFT = 40  # bits below those of the term
HIGHEST = 0xFFFF  # position or count; what is beyond counts as this
DOCUMENT_LIMIT = 1 << 24  # documents of one segment
TERM_LIMIT = 1 << 24  # terms of one field
LIMIT_BYTES = 320 * 1024 * 1024  # kept in memory before a run is written
POSTING_BYTES = 6  # while it waits: the number of its term, and position or count
TERM_BYTES = 180  # what a term costs beside its postings: its text, a place in a table
BLOCK_POSTINGS = 2_000_000  # given at once
POSITIONS = array("H", range(HIGHEST + 1))

Packed = NDArray[np.uint64]


class PostingLimitError(OverflowError):
    """A segment has more documents, or a field more terms, than a posting has bits for."""


@dataclass(frozen=True, slots=True)
class Lists:
    """Posting lists of one field: sorted terms, where each one's postings end, and the postings of all, joined."""

    terms: Sequence[str]
    ends: NDArray[np.int64]
    postings: Packed

    def load(self) -> "Lists":
        """Give itself."""
        return self

    def take(self, start: int, end: int) -> Packed:
        """Give the postings of these places."""
        return self.postings[start:end]


@dataclass(frozen=True, slots=True)
class SavedLists:
    """Posting lists that `save_lists` wrote, at a place of a file."""

    file: IO[bytes]
    place: int

    def load(self) -> "LoadedLists":
        """Give the terms, and what reads the postings."""
        self.file.seek(self.place)
        terms, ends = marshal.load(self.file)  # written by `save_lists`, in a file nobody else can name
        return LoadedLists(terms, np.frombuffer(ends, np.int64), self.file, self.file.tell())


@dataclass(frozen=True, slots=True)
class LoadedLists:
    """Posting lists whose postings are still on disk."""

    terms: Sequence[str]
    ends: NDArray[np.int64]
    file: IO[bytes]
    place: int

    def take(self, start: int, end: int) -> Packed:
        """Read the postings of these places."""
        self.file.seek(self.place + 8 * start)
        return np.frombuffer(self.file.read(8 * (end - start)), np.uint64)


def save_lists(lists: Lists, file: IO[bytes]) -> SavedLists:
    """Write posting lists at the end of a file."""
    place = file.seek(0, 2)
    marshal.dump((list(lists.terms), lists.ends.tobytes()), file)
    file.write(lists.postings.data)
    return SavedLists(file, place)


class TermNumbers(dict[str, int]):
    """Terms with numbers in the order they came."""

    def __missing__(self, term: str) -> int:
        """Give the next number to a new term."""
        number = self[term] = len(self)
        return number


class WaitingField:
    """The postings of one field in the order they came."""

    def __init__(self) -> None:
        self.numbers = TermNumbers()
        self._terms = array("I")  # a number for each posting, all documents joined
        self._lows = array("H")  # its position or count
        self._documents = array("I")
        self._sizes = array("I")  # postings of each document

    def add(self, document: int, terms: Iterable[str], lows: Iterable[int]) -> int:
        """Add the postings of one document, and give how many they are."""
        before = len(self._terms)
        self._terms.extend(map(self.numbers.__getitem__, terms))
        self._lows.extend(lows)
        size = len(self._terms) - before
        self._documents.append(document)
        self._sizes.append(size)
        return size

    def sort(self) -> Lists:
        """Give the posting lists; there must be at least one posting."""
        terms = sorted(self.numbers)
        if len(terms) > TERM_LIMIT or self._documents[-1] >= DOCUMENT_LIMIT:
            raise PostingLimitError(f"{len(terms)} terms, {self._documents[-1] + 1} documents in one segment")
        ranks = np.empty(len(terms), np.uint64)
        ranks[[self.numbers[term] for term in terms]] = np.arange(len(terms), dtype=np.uint64) << TERM_SHIFT
        keys = ranks[np.frombuffer(self._terms, np.uint32)]
        documents = np.frombuffer(self._documents, np.uint32).astype(np.uint64) << LOW_BITS
        keys |= np.repeat(documents, np.frombuffer(self._sizes, np.uint32))
        keys |= np.frombuffer(self._lows, np.uint16)
        keys.sort()
        return split_keys(terms, keys)


def split_keys(terms: Sequence[str], keys: Packed) -> Lists:
    """Give sorted numbers, with the places of their terms in the highest bits, as posting lists."""
    ends = np.searchsorted(keys, np.arange(1, len(terms) + 1, dtype=np.uint64) << TERM_SHIFT)
    keys &= np.uint64((1 << TERM_SHIFT) - 1)
    return Lists(terms, ends, keys)


class PostingPool:
    """Collects the postings of one segment, documents in ascending order."""

    def __init__(self, folder: str) -> None:
        """Take the folder for runs."""
        self._folder = folder
        self._waiting: defaultdict[str, WaitingField] = defaultdict(WaitingField)
        self._sorted: defaultdict[str, list[Lists | SavedLists]] = defaultdict(list)
        self._postings = 0
        self._sorted_bytes = 0
        self._files: list[IO[bytes]] = []

    def add_positions(self, field: str, terms: Sequence[str], document: int) -> None:
        """Add the terms of a field in their order."""
        lows = POSITIONS[: len(terms)]
        if len(terms) > len(lows):
            lows.extend([HIGHEST] * (len(terms) - len(lows)))
        self._postings += self._waiting[field].add(document, terms, lows)

    def add_counts(self, field: str, counts: Mapping[str, int], document: int) -> None:
        """Add how often each term stands in a field."""
        lows: Iterable[int] = counts.values()
        if max(lows, default=0) > HIGHEST:
            lows = [min(count, HIGHEST) for count in lows]
        self._postings += self._waiting[field].add(document, counts, lows)

    def add_values(self, field: str, values: Iterable[str], document: int) -> None:
        """Add the whole values of a keyword field, each once."""
        once = dict.fromkeys(values, 1)
        self._postings += self._waiting[field].add(document, once, once.values())

    def add_lists(self, field: str, lists: Lists) -> None:
        """Add whole lists of documents that are not here yet."""
        self._sorted[field].append(lists)
        self._sorted_bytes += lists.postings.nbytes + TERM_BYTES * len(lists.terms)

    def save_if_large(self) -> None:
        """Write what is in memory to disk when it is too much."""
        terms = sum(len(waiting.numbers) for waiting in self._waiting.values())
        if self._postings * POSTING_BYTES + terms * TERM_BYTES + self._sorted_bytes > LIMIT_BYTES:
            self.save()

    def save(self) -> None:
        """Write what is in memory to disk."""
        file = tempfile.TemporaryFile(dir=self._folder)  # noqa: SIM115 - closed by `cleanup`
        self._files.append(file)
        for field in self._waiting.keys() | self._sorted.keys():
            self._sort(field)
            found = self._sorted[field]
            found[:] = [save_lists(lists, file) if isinstance(lists, Lists) else lists for lists in found]
        self._postings = self._sorted_bytes = 0

    def lists(self) -> Iterator[tuple[str, Iterator[Lists]]]:
        """Give each field, sorted, with its posting lists in blocks, and forget them."""
        for field in sorted(self._waiting.keys() | self._sorted.keys()):
            self._sort(field)
            if found := self._sorted.pop(field, None):
                yield field, merge_lists(found)
        self._postings = self._sorted_bytes = 0

    def cleanup(self) -> None:
        """Remove the runs."""
        for file in self._files:
            file.close()
        self._files.clear()
        self._waiting.clear()
        self._sorted.clear()

    def _sort(self, field: str) -> None:
        waiting = self._waiting.pop(field, None)
        if waiting is not None and waiting.numbers:
            self._sorted[field].append(waiting.sort())


def merge_lists(found: Sequence[Lists | SavedLists]) -> Iterator[Lists]:
    """Give the lists of one field in blocks of about `BLOCK_POSTINGS`, terms ascending, each term once."""
    loaded = [lists.load() for lists in found]
    terms = sorted(set().union(*(lists.terms for lists in loaded)))
    places = {term: place for place, term in enumerate(terms)} if len(loaded) > 1 else {}
    if len(terms) > TERM_LIMIT:
        raise PostingLimitError(f"{len(terms)} terms in one field")
    ranks = [np.array([places[term] for term in lists.terms] if places else range(len(terms))) for lists in loaded]
    sizes = np.zeros(len(terms), np.int64)
    for lists, rank in zip(loaded, ranks, strict=True):
        sizes[rank] += np.diff(lists.ends, prepend=0)
    first, totals = 0, np.cumsum(sizes)
    while first < len(terms):
        reached = totals[first - 1] if first else 0
        last = max(first + 1, int(np.searchsorted(totals, reached + BLOCK_POSTINGS, "right")))
        keys = [_keys(lists, rank, first, last) for lists, rank in zip(loaded, ranks, strict=True)]
        together = np.concatenate(keys)
        if len(keys) > 1:
            together.sort()
        yield split_keys(terms[first:last], together)
        first = last


def _keys(lists: Lists | LoadedLists, ranks: NDArray[np.int64], first: int, last: int) -> Packed:
    """Give the postings of the terms with these ranks, with the ranks (from `first` on) in their highest bits."""
    low, high = np.searchsorted(ranks, [first, last])
    if low == high:
        return np.zeros(0, np.uint64)
    start = int(lists.ends[low - 1]) if low else 0
    sizes = np.diff(lists.ends[low:high], prepend=start)
    terms = (ranks[low:high] - first).astype(np.uint64) << TERM_SHIFT
    keys: Packed = lists.take(start, int(lists.ends[high - 1])) | np.repeat(terms, sizes)
    return keys
