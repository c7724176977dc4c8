"""What the pages of the administration work with: its folder, sessions, uploads, and the settings."""

from pathlib import Path

from flask import current_app

from indexer.opensearch.place import ClusterPlace, Place
from kb.admin.private import open_private, read_key
from kb.admin.sessions import Sessions
from kb.admin.staging import Staging
from kb.config import Config
from kb.serving.rate_limit import TokenBuckets

EXTENSION = "admin"
TRIES, TRY_SECONDS = 5, 30  # sign-ins of one address at once, and the time after which it has one more
ALL_TRIES, ALL_RATE = 100, 5.0  # sign-ins of all addresses at once, and how many more each second
EVERYBODY = "all"


class Desk:
    """One application's administration."""

    def __init__(self, config: Config, place: Place) -> None:
        """Take the settings and the place of the index; nothing is made on disk yet."""
        self.config = config
        self.place = place
        self.index_folder = place.folder if isinstance(place, ClusterPlace) else place
        self._tries = TokenBuckets(1 / TRY_SECONDS, TRIES)
        self._all_tries = TokenBuckets(ALL_RATE, ALL_TRIES)

    @property
    def folder(self) -> Path:
        """Give the administration's folder, made when it is absent; raises AdminProblem."""
        return open_private(self.index_folder)

    def sessions(self) -> Sessions:
        """Give the sessions; raises AdminProblem."""
        folder = self.folder
        return Sessions(folder / "sessions", read_key(folder), self.config.admin_token)

    def staging(self) -> Staging:
        """Give the uploads that wait; raises AdminProblem."""
        return Staging(self.folder / "staging")

    def take_try(self, address: str) -> float:
        """Give 0.0 when an address may try a token now, else the seconds after which it may."""
        return self._tries.take(address) or self._all_tries.take(EVERYBODY)


def current_desk() -> Desk:
    """Give the administration of the running application."""
    desk: Desk = current_app.extensions[EXTENSION]
    return desk
