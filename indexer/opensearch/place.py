"""Where an index on OpenSearch is: the cluster's addresses, the name of the index there, and the limits of every wait.

User and password come from the environment alone (`KB_OPENSEARCH_USER`, `KB_OPENSEARCH_PASSWORD`), never from a file
of settings, a command line or an address.
"""

from dataclasses import dataclass
from pathlib import Path

from indexer.disk.generations import IndexMissing, IndexOutdated, IndexProblem
from indexer.schema import VERSION

USER = "KB_OPENSEARCH_USER"
PASSWORD = "KB_OPENSEARCH_PASSWORD"


class ClusterAway(IndexProblem):
    """No node of the cluster answers in time."""


class ClusterRefused(IndexProblem):
    """The cluster answers and says no: credentials, a read-only block, too much at once, a request it cannot take."""


class Unsupported(IndexProblem):
    """This cannot be done on OpenSearch."""


@dataclass(frozen=True, slots=True)
class ClusterPlace:
    """An index on OpenSearch: `name` is its alias, `folder` keeps on this machine which paths it gave to the index."""

    folder: Path
    addresses: tuple[str, ...]
    name: str = "kb"
    authority: str = ""  # file of the certificates that are trusted instead of the system's
    shards: int = 1
    seconds: float = 5.0  # that one answer may take

    def __str__(self) -> str:
        """Give it as it is shown to people."""
        return f"{self.name} on {', '.join(self.addresses)}"


Place = Path | ClusterPlace
"""A folder of the embedded engine, or an index on OpenSearch."""


def away(place: ClusterPlace, reason: str) -> ClusterAway:
    """Give the error for a cluster that cannot answer now."""
    message = f"The search cluster does not answer ({reason}). Nothing is lost; try again in a moment."
    return ClusterAway(place.folder, message)


def missing(place: ClusterPlace) -> IndexMissing:
    """Give the error for a cluster on which nothing was indexed yet."""
    return IndexMissing(place.folder, f"There is no index {place} yet. Make one with: kb index FOLDER_OF_ARTICLES")


def outdated(place: ClusterPlace, version: object) -> IndexOutdated:
    """Give the error for an index of another schema VERSION."""
    message = (
        f"The index {place} has format {version}, this program reads format {VERSION}. "
        "Rebuild it with: kb index --rebuild"
    )
    return IndexOutdated(place.folder, message)
