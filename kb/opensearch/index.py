"""An index on OpenSearch as readers see it: one generation, and what was learned of its words.

A question is answered from the index that the alias leads to when it is asked. That index never changes its name: a
rebuild is another one, and when the old one is gone in the middle of a question, the question is asked anew.
"""

import json
import time
from collections.abc import Callable, Sequence
from threading import RLock
from typing import TypeVar

from indexer.opensearch.client import Client, NotThere, Passing, Row, find_lacking
from indexer.opensearch.place import ClusterPlace, away
from indexer.opensearch.store import require_current
from kb.kept import Kept
from kb.opensearch.words import Words

FRESH_SECONDS = 0.2  # that a look at the alias is good for
ATTEMPTS = 3  # while indices are swapped under a question
GONE = "index_not_found"

Answer = TypeVar("Answer")


class ClusterSnapshot(Kept):
    """One generation of one index on the cluster."""

    def __init__(self, client: Client, index: str, meta: Row) -> None:
        super().__init__()
        self._client = client
        self.place = client.place
        self.index = index
        self.generation = int(meta["generation"])
        self.written = float(meta["written"])
        self.identity = f"{index}:{self.written}"
        self.words = Words(self.ask_many)

    def search(self, body: Row) -> Row:
        """Give the whole answer of all shards to a search; an answer in parts is an error."""
        seconds = self._client.place.seconds
        whole = {"track_total_hits": True, "timeout": f"{int(seconds * 1000)}ms", **body}
        path = "/_search" if "pit" in body else f"/{self.index}/_search"
        params = {} if "pit" in body else {"allow_partial_search_results": "false"}
        return self._whole(self._client.ask("POST", path, whole, params))

    def ask_many(self, bodies: Sequence[Row]) -> list[Row]:
        """Give the answers to several searches in one round trip."""
        lines = "".join(f'{{"allow_partial_search_results":false}}\n{json.dumps(body)}\n' for body in bodies)
        answers = self._client.ask("POST", f"/{self.index}/_msearch", lines)["responses"]
        for answer in answers:
            if "error" in answer:
                if GONE in str(answer["error"]):
                    raise NotThere(GONE)
                raise self._client.passing(str(answer["error"])[:200])
        return [self._whole(answer) for answer in answers]

    def read_many(self, keys: Sequence[str], *fields: str) -> dict[str, Row]:
        """Give fields of the documents with these keys as searches see them, of those that there are."""
        params = {"_source": ",".join(fields), "realtime": "false"}
        found = self._client.ask("POST", f"/{self.index}/_mget", {"ids": list(keys)}, params)
        errors = [row["error"] for row in found["docs"] if "error" in row]
        if errors:
            raise NotThere(GONE) if GONE in str(errors[0]) else self._client.passing(str(errors[0])[:200])
        return {row["_id"]: row["_source"] for row in found["docs"] if row.get("found")}

    def open_point(self) -> str:
        """Give a point in time of the index, for searches that belong together; `close_point` ends it."""
        path = f"/{self.index}/_search/point_in_time"
        params = {"keep_alive": "1m", "allow_partial_pit_creation": "false"}
        point: str = self._client.ask("POST", path, None, params)["pit_id"]
        return point

    def close_point(self, point: str) -> None:
        """Let a point in time go."""
        self._client.ask("DELETE", "/_search/point_in_time", {"pit_id": [point]})

    def _whole(self, answer: Row) -> Row:
        lacking = find_lacking(answer)
        if lacking:
            raise self._client.away(lacking)
        return answer


class ClusterIndex:
    """An index on OpenSearch that is being read by any number of threads."""

    def __init__(self, place: ClusterPlace) -> None:
        """Open it; raises IndexMissing, IndexOutdated, ClusterAway, ClusterRefused."""
        self.place = place
        self._client = Client(place)
        self._lock = RLock()
        self._snapshot: ClusterSnapshot | None = None
        self._looked = 0.0
        self.snapshot()

    def snapshot(self, *, fresh: bool = False) -> ClusterSnapshot:
        """Give the newest generation."""
        if fresh or self._snapshot is None or time.monotonic() - self._looked > FRESH_SECONDS:
            name, meta = require_current(self._client)
            with self._lock:
                self._looked = time.monotonic()
                found = self._snapshot
                if found is None or (found.index, found.written) != (name, float(meta["written"])):
                    self._snapshot = ClusterSnapshot(self._client, name, meta)
        assert self._snapshot is not None
        return self._snapshot

    def answer(self, ask: Callable[[ClusterSnapshot], Answer]) -> Answer:
        """Give what `ask` makes of one generation; asked again when that one is swapped away meanwhile."""
        for attempt in range(ATTEMPTS):
            snapshot = self.snapshot(fresh=attempt > 0)
            try:
                return ask(snapshot)
            except NotThere as gone:
                problem: Exception = gone
            except Passing as failed:  # also what a search meets whose index is removed at that moment
                if self.snapshot(fresh=True).index == snapshot.index:
                    raise
                problem = failed
        raise away(self.place, f"the index is being replaced: {problem}")

    def read_written(self) -> float:
        """Give when the current generation was written, in seconds since 1970."""
        return self.snapshot().written
