"""The index that the running application answers from, opened when it is first asked for."""

from pathlib import Path
from threading import Lock

from flask import current_app

from kb.index import Index, open_index


class Site:
    """Keeps the index of one application; a missing index is tried again with every request."""

    def __init__(self, folder: Path) -> None:
        """Take the index folder; nothing is opened yet."""
        self.folder = folder
        self._index: Index | None = None
        self._lock = Lock()

    def index(self) -> Index:
        """Give the open index; raises IndexProblem when there is none that can be read."""
        if self._index is None:
            with self._lock:
                if self._index is None:
                    self._index = open_index(self.folder)
        return self._index


def current_index() -> Index:
    """Give the index of the running application; raises IndexProblem when there is none that can be read."""
    site: Site = current_app.extensions["site"]
    return site.index()
