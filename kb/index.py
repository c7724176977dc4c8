"""The index that questions are put to, whichever engine keeps it: the seam between a folder and a cluster."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Protocol

from indexer.opensearch.place import ClusterPlace, Place
from kb.completion import Candidates
from kb.folder.engine import FolderEngine
from kb.model import DocumentKind, Hit, Question, ResultPage
from kb.query.ranking import Ranking
from kb.wanted import Wanted


class Generation(Protocol):
    """One state of the index; `identity` tells it from that of any other index or time."""

    generation: int

    @property
    def identity(self) -> str:
        """Give the identity."""

    def keep(self, key: Any, compute: Callable[[], Any]) -> Any:
        """Give what `compute` gives, computed once for this generation."""


class Index(Protocol):
    """An index that is being read by any number of threads; every method may raise IndexProblem."""

    def snapshot(self) -> Generation:
        """Give the newest generation."""

    def read_written(self) -> float:
        """Give when the current generation was written, in seconds since 1970."""

    def pin(self) -> "Index":
        """Give the same index held at one generation, for answers whose parts must agree."""

    def search(self, question: Question, ranking: Ranking, wanted: Wanted) -> ResultPage:
        """Give the page of results for a question; any text and any filters have an answer."""

    def read_documents(self, keys: Sequence[str]) -> dict[str, bytes]:
        """Give the JSON of the documents ``article:<slug>`` and ``work:<id>`` by key, of those that there are."""

    def find_work(self, identity: str) -> str | None:
        """Give the id of the work with an identifier such as ``pmid:10431284``, or None when there is none."""

    def find_similar(self, kind: DocumentKind, name: str, limit: int) -> tuple[Hit, ...]:
        """Give the documents most like the article with this slug or the work with this id; none when there is none."""

    def complete(self, typed: str, limit: int) -> Candidates:
        """Give the titles and journals that may be being typed, and what counts the documents with a facet value."""

    def sum_sentences(self, filters: Mapping[str, tuple[str, ...]]) -> tuple[int, int]:
        """Give how many sentences the articles that filters find have, and how many of them cite a source."""

    def count_cited_twice(self, filters: Mapping[str, tuple[str, ...]]) -> int:
        """Give how many of the works that filters find two or more articles cite."""


def open_index(place: Place) -> Index:
    """Open an index for reading; IndexMissing, IndexOutdated and IndexDamaged say what to do."""
    if isinstance(place, ClusterPlace):
        from kb.opensearch.engine import ClusterEngine  # noqa: PLC0415 - its library is loaded only where it is used

        return ClusterEngine(place)
    return FolderEngine(place)
