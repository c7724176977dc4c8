"""The index that the running application answers from, opened when it is first asked for."""

from threading import Lock

from flask import current_app, g

from indexer.opensearch.place import Place
from kb.index import Index, open_index


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


def current_index() -> Index:
    """Give the index as it was when this request first asked for it; raises IndexProblem when none can be read."""
    if "index" not in g:
        site: Site = current_app.extensions["site"]
        g.index = site.index().pin()
    index: Index = g.index
    return index
