"""Everything that is asked of an index, answered from its folder: each answer whole from one generation."""

from collections.abc import Mapping, Sequence

from kb.arrays.index import FolderIndex, Snapshot
from kb.completion import Candidates
from kb.folder import lookup
from kb.folder.search import search
from kb.folder.similar import find_similar
from kb.folder.suggest import complete
from kb.model import DocumentKind, Hit, Question, ResultPage
from kb.query.ranking import Ranking
from kb.wanted import Wanted


class FolderEngine(FolderIndex):
    """An index folder that answers; what each method gives is said in `kb.index.Index`."""

    def pin(self) -> "PinnedFolder":
        return PinnedFolder(self)

    def search(self, question: Question, ranking: Ranking, wanted: Wanted) -> ResultPage:
        return search(self.snapshot(), question, ranking, wanted)

    def read_documents(self, keys: Sequence[str]) -> dict[str, bytes]:
        return lookup.read_documents(self.snapshot(), keys)

    def find_work(self, identity: str) -> str | None:
        return lookup.find_work(self.snapshot(), identity)

    def find_similar(self, kind: DocumentKind, name: str, limit: int) -> tuple[Hit, ...]:
        return find_similar(self.snapshot(), kind, name, limit)

    def complete(self, typed: str, limit: int) -> Candidates:
        return complete(self.snapshot(), typed, limit)

    def sum_sentences(self, filters: Mapping[str, tuple[str, ...]]) -> tuple[int, int]:
        return lookup.sum_sentences(self.snapshot(), filters)

    def count_cited_twice(self, filters: Mapping[str, tuple[str, ...]]) -> int:
        return lookup.count_cited_twice(self.snapshot(), filters)


class PinnedFolder(FolderEngine):
    """An index that stays at one generation: all parts of one answer agree, and nothing is looked up twice."""

    def __init__(self, index: FolderEngine) -> None:
        """Take the newest generation of an index."""
        self.folder = index.folder
        self._pinned = index.snapshot()

    def snapshot(self) -> Snapshot:
        """Give the generation."""
        return self._pinned
