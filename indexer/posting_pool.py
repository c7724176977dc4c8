"""Postings wait in memory as arrays, one a term, and go to disk as sorted runs when they are many.

A posting is one unsigned 64-bit number: the document's number times 65,536, plus a position, or plus a count in a
field without positions. Appending to an array is all that a word costs until the segment is written.
"""

import marshal
import tempfile
from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from heapq import merge
from itertools import groupby
from operator import itemgetter
from typing import IO, Any

LOW_BITS = 16
HIGHEST = 0xFFFF  # position or count; what is beyond counts as this
LIMIT_BYTES = 320 * 1024 * 1024  # kept in memory before a run is written
TERM_BYTES = 230  # what a term costs beside its postings: its text, an array, a place in a table

PostingList = tuple[str, str, "array[int]"]  # field, term, postings ascending
_new_array = partial(array, "Q")


class PostingPool:
    """Collects the postings of one segment, documents in ascending order."""

    def __init__(self, folder: str) -> None:
        """Take the folder for runs."""
        self._folder = folder
        self._fields: defaultdict[str, defaultdict[str, array[int]]] = defaultdict(lambda: defaultdict(_new_array))
        self._postings = 0
        self._runs: list[IO[bytes]] = []

    def add_positions(self, field: str, terms: Sequence[str], document: int) -> None:
        """Add the terms of a field in their order."""
        lists = self._fields[field]
        posting = document << LOW_BITS
        last = posting + HIGHEST
        for term in terms:
            lists[term].append(posting)
            if posting < last:
                posting += 1
        self._postings += len(terms)

    def add_counts(self, field: str, counts: Mapping[str, int], document: int) -> None:
        """Add how often each term stands in a field."""
        lists = self._fields[field]
        base = document << LOW_BITS
        if max(counts.values(), default=0) > HIGHEST:
            counts = {term: min(count, HIGHEST) for term, count in counts.items()}
        for term, count in counts.items():
            lists[term].append(base + count)
        self._postings += len(counts)

    def add_values(self, field: str, values: Iterable[str], document: int) -> None:
        """Add the whole values of a keyword field, each once."""
        lists = self._fields[field]
        posting = (document << LOW_BITS) + 1
        for value in dict.fromkeys(values):
            lists[value].append(posting)
            self._postings += 1

    def add_list(self, field: str, term: str, postings: "array[int]") -> None:
        """Add a whole list whose documents come after those the term has."""
        self._fields[field][term].extend(postings)
        self._postings += len(postings)

    def save_if_large(self) -> None:
        """Write what is in memory to disk when it is too much."""
        terms = sum(map(len, self._fields.values()))
        if self._postings * 9 + terms * TERM_BYTES > LIMIT_BYTES:
            run = tempfile.TemporaryFile(dir=self._folder)  # noqa: SIM115 - closed by `cleanup`
            for field, term, postings in self._sorted():
                marshal.dump((field, term, postings.tobytes()), run)
            self._runs.append(run)

    def lists(self) -> Iterator[PostingList]:
        """Give all postings by field and term, sorted, and forget them."""
        if not self._runs:
            yield from self._sorted()
            return
        runs: list[Iterable[PostingList]] = [*map(_read_run, self._runs), self._sorted()]
        for (field, term), group in groupby(merge(*runs, key=_name), key=_name):
            _, _, postings = next(group)
            for _, _, more in group:  # noqa: B031 - the rest of the same group
                postings.extend(more)
            yield field, term, postings

    def cleanup(self) -> None:
        """Remove the runs."""
        for run in self._runs:
            run.close()
        self._runs.clear()
        self._fields.clear()

    def _sorted(self) -> Iterator[PostingList]:
        for field in sorted(self._fields):
            lists = self._fields.pop(field)
            for term in sorted(lists):
                yield field, term, lists[term]
        self._postings = 0


_name: Any = itemgetter(0, 1)


def _read_run(run: IO[bytes]) -> Iterator[PostingList]:
    run.seek(0)
    while True:
        try:
            field, term, data = marshal.load(run)  # written by `save_if_large`, in a file nobody else can name
        except EOFError:
            return
        postings = _new_array()
        postings.frombytes(data)
        yield field, term, postings
