"""Everything that is asked of an index, answered by OpenSearch: each answer whole from one generation."""

from collections.abc import Mapping, Sequence

from kb.completion import Candidates
from kb.model import DocumentKind, Hit, Question, ResultPage
from kb.opensearch import lookup
from kb.opensearch.index import ClusterIndex, ClusterSnapshot
from kb.opensearch.search import search
from kb.opensearch.similar import find_similar
from kb.opensearch.suggest import complete
from kb.query.ranking import Ranking
from kb.wanted import Wanted


class ClusterEngine(ClusterIndex):
    """An index on a cluster that answers; what each method gives is said in `kb.index.Index`."""

    def pin(self) -> "PinnedCluster":
        return PinnedCluster(self)

    def search(self, question: Question, ranking: Ranking, wanted: Wanted) -> ResultPage:
        return self.answer(lambda snapshot: search(snapshot, question, ranking, wanted))

    def read_documents(self, keys: Sequence[str]) -> dict[str, bytes]:
        return self.answer(lambda snapshot: lookup.read_documents(snapshot, keys))

    def find_work(self, identity: str) -> str | None:
        return self.answer(lambda snapshot: lookup.find_work(snapshot, identity))

    def find_similar(self, kind: DocumentKind, name: str, limit: int) -> tuple[Hit, ...]:
        return self.answer(lambda snapshot: find_similar(snapshot, kind, name, limit))

    def complete(self, typed: str, limit: int) -> Candidates:
        return self.answer(lambda snapshot: complete(snapshot, typed, limit))

    def sum_sentences(self, filters: Mapping[str, tuple[str, ...]]) -> tuple[int, int]:
        return self.answer(lambda snapshot: lookup.sum_sentences(snapshot, filters))

    def count_cited_twice(self, filters: Mapping[str, tuple[str, ...]]) -> int:
        return self.answer(lambda snapshot: lookup.count_cited_twice(snapshot, filters))


class PinnedCluster(ClusterEngine):
    """An index that stays at one generation, until that one is swapped away: all parts of one answer agree."""

    def __init__(self, index: ClusterEngine) -> None:
        """Take the newest generation of an index."""
        self.place = index.place
        self._index = index
        self._pinned = index.snapshot()

    def snapshot(self, *, fresh: bool = False) -> ClusterSnapshot:
        """Give the generation."""
        if fresh:
            self._pinned = self._index.snapshot(fresh=True)
        return self._pinned
