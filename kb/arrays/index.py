"""The index folder as readers see it: immutable snapshots of one generation, replaced when a newer one is there.

A snapshot is shared by any number of threads. Nothing of Whoosh that keeps a position or a searcher is in it.
"""

import time
from collections.abc import Iterator
from pathlib import Path
from threading import Lock
from typing import Any

import numpy as np
from numpy.typing import NDArray

from indexer.disk.generations import CURRENT, DataFolder, IndexDamaged, read_current, rebuild_command
from indexer.engine import DAMAGE, filestore, index
from kb.arrays.cache import ByteCache
from kb.arrays.lexicon import Lexicon
from kb.arrays.segment import Segment, SegmentFiles, build_live_bits
from kb.kept import Kept

OPEN_ATTEMPTS = 20  # tries while a writer removes files between two reads
IMPACT_BYTES = 48 << 20  # kept impacts of posting lists
BITMAP_BYTES = 16 << 20  # kept bitmaps of posting lists
DOCUMENT_COUNT = 1_000  # kept documents, as they are needed for hits

CLOCK_NANOSECONDS = 20_000_000  # file times are no finer than some milliseconds
FREQUENCIES = 100_000  # document frequencies remembered in one generation
INDEX_NAME = "MAIN"  # what Whoosh calls an index by default: _MAIN_12.toc

Signature = tuple[float, ...]


class Caches:
    """What is kept across generations, by segment."""

    def __init__(self) -> None:
        self.impacts: ByteCache[NDArray[np.float64]] = ByteCache(IMPACT_BYTES, lambda array: array.nbytes)
        self.bitmaps: ByteCache[NDArray[Any]] = ByteCache(BITMAP_BYTES, lambda array: array.nbytes)
        self.documents: ByteCache[Any] = ByteCache(DOCUMENT_COUNT * 1_000, lambda _document: 800)

    def forget_but(self, snapshot: "Snapshot") -> None:
        """Let go what no question to this generation or a later one needs: keys begin with the id of a segment."""
        ids = {segment.files.id for segment in snapshot.segments}
        self.bitmaps.forget(lambda key: key[0] not in ids)
        self.documents.forget(lambda key: key[0] not in ids)
        # impacts hold for one average length of their field, which nearly every commit changes
        self.impacts.forget(lambda key: key[0] not in ids or key[3] != snapshot.average_length(key[1]))


class Snapshot(Kept):
    """One generation: its segments, the statistics that BM25F needs, and what was derived from them."""

    def __init__(self, generation: int, segments: tuple[Segment, ...], caches: Caches) -> None:
        super().__init__()
        self.generation = generation
        self.segments = segments
        self.caches = caches
        self.documents = sum(segment.files.size for segment in segments)
        self._frequencies: dict[tuple[str, str], int] = {}

    def document_frequency(self, field: str, term: str) -> int:
        """Give how many documents have a term, as Whoosh counts them: deleted ones too until they are merged away."""
        key = field, term
        found = self._frequencies.get(key)
        if found is None:
            if len(self._frequencies) >= FREQUENCIES:
                self._frequencies.clear()
            found = sum(segment.files.document_frequency(field, term) for segment in self.segments)
            self._frequencies[key] = found
        return found

    def average_length(self, field: str) -> float:
        """Give the average number of words of a field, over all documents as Whoosh does."""
        average: float = self.keep(("average", field), lambda: self._average_length(field))
        return average

    def _average_length(self, field: str) -> float:
        total = sum(segment.files.field_length(field) for segment in self.segments)
        return total / (self.documents or 1) or 1.0

    def share_of(self, kind: str) -> float:
        """Give how large a part of all documents is of one kind, by Whoosh's counts; 1 when there is none."""
        return self.document_frequency("kind", kind) / (self.documents or 1) or 1.0

    @property
    def identity(self) -> str:
        """Give what tells this state from that of any other index or time."""
        return ",".join(segment.files.id for segment in self.segments)

    def lexicon(self, field: str) -> Lexicon:
        """Give the words of a spelling field, gathered on first use."""
        lexicon: Lexicon = self.keep(
            ("lexicon", field), lambda: Lexicon([segment.files.lexicon(field) for segment in self.segments])
        )
        return lexicon

    def find_document(self, key: str) -> tuple[SegmentFiles, int] | None:
        """Give the segment and number of the live document with a key, or None."""
        return next(self.find_documents("key", key), None)

    def find_documents(self, field: str, value: str) -> Iterator[tuple[SegmentFiles, int]]:
        """Give the segment and number of every live document that has a value in a field of whole values."""
        for segment in self.segments:
            postings = segment.files.postings(field, value)
            for number in postings.ids.tolist() if postings is not None else ():
                if segment.is_live(number):
                    yield segment.files, number


class FolderIndex:
    """An index folder that is being read; ask `snapshot()` once for each question."""

    def __init__(self, folder: Path) -> None:
        """Open the newest generation; raises what `indexer.disk.generations.read_current` raises, and IndexDamaged."""
        self.folder = folder
        self._current = folder / CURRENT
        self._caches = Caches()
        self._files: dict[str, SegmentFiles] = {}
        self._lock = Lock()
        self._data = folder
        self._signature: Signature = ()
        self._snapshot: Snapshot | None = None
        self._snapshot = self._open_newest()

    def read_written(self) -> float:
        """Give when the current generation was written, in seconds since 1970; raises IndexProblem."""
        data = read_current(self.folder)
        try:
            return max(path.stat().st_mtime for path in data.path.glob("*.toc"))
        except (OSError, ValueError):  # a newer commit has just taken its place
            return time.time()

    def snapshot(self) -> Snapshot:
        """Give the newest generation.

        The thread that first notices a newer one opens it; the others go on with the one they have meanwhile.
        """
        if self._signature != _read_signature(self._current, self._data) and self._lock.acquire(blocking=False):
            try:
                self._snapshot = self._open_newest()
            finally:
                self._lock.release()
        assert self._snapshot is not None
        return self._snapshot

    def _open_newest(self) -> Snapshot:
        for attempt in range(OPEN_ATTEMPTS):
            data = read_current(self.folder)
            signature = _read_signature(self._current, data.path)
            try:
                generation = data.generation
                if self._snapshot is None or (generation, data.path) != (self._snapshot.generation, self._data):
                    snapshot = self._open(data, generation)
                else:
                    snapshot = self._snapshot
            except FileNotFoundError as error:  # the writer has gone on: what is newest now is complete
                if attempt == OPEN_ATTEMPTS - 1:
                    raise _damaged(self.folder, error) from error
                continue
            except (OSError, *DAMAGE) as error:
                raise _damaged(self.folder, error) from error
            self._data, self._signature = data.path, signature
            return snapshot
        raise AssertionError("unreachable")

    def _open(self, data: DataFolder, generation: int) -> Snapshot:
        storage = filestore.FileStorage(str(data.path))
        contents = _read_contents(data.path, generation - data.base)
        files: dict[str, SegmentFiles] = {}
        segments, base = [], 0
        for entry in contents.segments:
            name = f"{data.path.name}/{entry.segment_id()}"
            files[name] = opened = self._files.get(name) or SegmentFiles(storage, contents.schema, entry)
            live = build_live_bits(opened.size, opened.width, frozenset(entry.deleted_docs()))
            segments.append(Segment(opened, base, live))
            base += opened.size
        self._files = files
        snapshot = Snapshot(generation, tuple(segments), self._caches)
        self._caches.forget_but(snapshot)
        return snapshot


def _damaged(folder: Path, error: Exception) -> IndexDamaged:
    message = f"The index in {folder} is damaged ({error}). Rebuild it with: {rebuild_command(folder)}"
    return IndexDamaged(folder, message)


def _read_contents(data: Path, number: int) -> Any:
    """Give a table of contents, read from memory: Whoosh leaves a damaged file open."""
    name = index.TOC._filename(INDEX_NAME, number)
    memory = filestore.RamStorage()
    memory.files[name] = (data / name).read_bytes()
    return index.TOC.read(memory, INDEX_NAME, gen=number)


def _read_signature(current: Path, data: Path) -> Signature:
    """Give what changes with every generation, for the price of two file statuses.

    A change just now may be followed by another that the clock cannot tell apart: then it equals no other.
    """
    try:
        pointer, contents = current.stat(), data.stat()
    except OSError:
        return (float("nan"),)
    newest = max(pointer.st_mtime_ns, contents.st_mtime_ns)
    settled = abs(time.time_ns() - newest) > CLOCK_NANOSECONDS
    return pointer.st_mtime_ns, pointer.st_ino, contents.st_mtime_ns, 0.0 if settled else float("nan")
