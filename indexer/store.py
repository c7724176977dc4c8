"""The write side as sync sees it, whichever engine keeps the index: a catalog to compare with, a writer, a commit."""

from collections.abc import Iterable
from contextlib import AbstractContextManager, ExitStack
from pathlib import Path
from typing import Any, Protocol

from indexer.disk.catalog import Catalog
from indexer.disk.generations import (
    IndexMissing,
    IndexProblem,
    announce,
    create_data_folder,
    read_current,
    remove_leftovers,
    remove_unfinished,
    writing,
)
from indexer.disk.writer import GenerationWriter
from indexer.documents import Row
from indexer.files.reader import Failure
from indexer.opensearch.place import ClusterPlace, Place
from indexer.update import Track, Update


class Store(Protocol):
    """Where the index is kept; `folder` is on this machine and remembers which paths were given to the index."""

    folder: Path
    is_shared: bool  # other machines put articles into it that this one has no files of

    def writing(self) -> AbstractContextManager[None]:
        """Hold the index for writing, alone; raises IndexLocked."""

    def open(self, stack: ExitStack, rebuild: bool, remembered: int) -> tuple[Any, Any, bool]:
        """Give the state to be changed, the state known until now, and whether the first one is new and empty.

        `remembered` is the last generation this machine knows of.
        """

    def commit(self, catalog: Any, update: Update, is_new: bool, track: Track) -> tuple[int, tuple[Failure, ...]]:
        """Write what has changed; give the generation, and the documents that could not be written."""


class FolderStore:
    """The write side of the embedded engine."""

    is_shared = False

    def __init__(self, folder: Path) -> None:
        """Take the index folder, which may not be there yet."""
        self.folder = folder

    def writing(self) -> AbstractContextManager[None]:
        """Hold the folder, and remove what a killed run has left in it."""
        return writing(self.folder)

    def open(self, stack: ExitStack, rebuild: bool, remembered: int) -> tuple[Catalog, Catalog, bool]:
        """Give the state to be changed, the state known until now, and whether the first one is a new data folder."""
        remove_leftovers(self.folder)
        if rebuild:
            known, generation = _open_old(self.folder, stack)
            base = max(generation, remembered)
            catalog = stack.enter_context(Catalog(create_data_folder(self.folder, base), create=True))
            return catalog, known or catalog, True
        try:
            data = read_current(self.folder)
        except IndexMissing:
            data = create_data_folder(self.folder, remembered)
            catalog = stack.enter_context(Catalog(data, create=True))
            return catalog, catalog, True
        catalog = stack.enter_context(Catalog(data))
        remove_unfinished(data.path, catalog.segment_names())
        return catalog, catalog, False

    def commit(self, catalog: Catalog, update: Update, is_new: bool, track: Track) -> tuple[int, tuple[Failure, ...]]:
        """Write the next generation; no document is ever refused, a problem ends the run."""
        if update.is_empty and not is_new:
            return catalog.data.generation, ()
        with GenerationWriter(catalog) as writer:
            update.write(writer, track)
            generation = writer.commit()
        if is_new:
            announce(self.folder, catalog.data)
        return generation, ()


def folder_of(place: Place) -> Path:
    """Give the folder on this machine that belongs to an index."""
    return place.folder if isinstance(place, ClusterPlace) else place


def open_cluster(place: ClusterPlace) -> Any:
    """Give the catalog of the current index on a cluster; raises IndexProblem."""
    from indexer.opensearch.store import open_catalog  # noqa: PLC0415 - only where it is used

    return open_catalog(place)


def open_store(place: Place) -> Store:
    """Give the write side of an index."""
    if isinstance(place, ClusterPlace):
        from indexer.opensearch.store import ClusterStore  # noqa: PLC0415 - only where it is used

        return ClusterStore(place)
    return FolderStore(place)


def measure_index(place: Place) -> tuple[int, int, int, int]:
    """Give the generation of an index, how many articles and works are in it, and its bytes; raises IndexProblem."""
    if isinstance(place, ClusterPlace):
        from indexer.opensearch.store import measure_cluster  # noqa: PLC0415 - only where it is used

        return measure_cluster(place)
    data = read_current(place)
    size = sum(path.stat().st_size for path in data.path.iterdir())
    with Catalog(data) as catalog:
        return data.generation, catalog.count("article"), catalog.count("work"), size


def read_known(place: Place, roots: Iterable[str]) -> dict[str, Row]:
    """Give the facts of the indexed articles read from some files and folders, by path; raises IndexProblem."""
    if isinstance(place, ClusterPlace):
        cluster = open_cluster(place)
        return {facts["path"]: facts for root in roots for _, facts in cluster.under(root)}
    with Catalog(read_current(place)) as catalog:
        return {facts["path"]: facts for root in roots for _, facts in catalog.under(root)}


def _open_old(folder: Path, stack: ExitStack) -> tuple[Catalog | None, int]:
    """Give the index that a rebuild replaces, if it can be read, and its generation."""
    try:
        generation = read_current(folder, any_version=True).generation
    except (IndexProblem, OSError):
        return None, 0
    try:
        return stack.enter_context(Catalog(read_current(folder))), generation
    except IndexProblem:
        return None, generation
