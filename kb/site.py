"""The index that the running application answers from, opened when it is first asked for."""

from threading import Lock

from flask import current_app, g

from indexer.opensearch.place import Place
from kb.arrays.index import FolderIndex, Snapshot
from kb.index import Index, open_index
from kb.opensearch.index import ClusterIndex, PinnedCluster


class Site:
    """Keeps the index of one application; a missing index is tried again with every request."""

    def __init__(self, place: Place) -> None:
        """Take the place of the index; nothing is opened yet."""
        self.place = place
        self._index: Index | None = None
        self._lock = Lock()

    def index(self) -> Index:
        """Give the open index; raises IndexProblem when there is none that can be read."""
        if self._index is None:
            with self._lock:
                if self._index is None:
                    self._index = open_index(self.place)
        return self._index


class PinnedIndex(FolderIndex):
    """An index that stays at one generation: all parts of one answer agree, and nothing is looked up twice."""

    def __init__(self, index: FolderIndex) -> None:
        """Take the newest generation of an index."""
        self.folder = index.folder
        self._pinned = index.snapshot()

    def snapshot(self) -> Snapshot:
        """Give the generation."""
        return self._pinned


def current_index() -> Index:
    """Give the index as it was when this request first asked for it; raises IndexProblem when none can be read."""
    if "index" not in g:
        site: Site = current_app.extensions["site"]
        opened = site.index()
        g.index = PinnedCluster(opened) if isinstance(opened, ClusterIndex) else PinnedIndex(opened)
    index: Index = g.index
    return index
