"""Entries go to OpenSearch in bulks of bounded size; what the cluster turns away is tried again, then listed."""

import json
import time
from collections.abc import Iterator, Sequence

from indexer.disk.generations import IndexLocked
from indexer.files.reader import Failure
from indexer.index_entries import Entry
from indexer.opensearch.client import Client, Row, patiently, read_reason, refused
from indexer.opensearch.lease import Lease
from indexer.opensearch.mapping import build_document
from indexer.opensearch.place import ClusterAway

BULK_BYTES = 4 << 20  # of one request
BULK_DOCUMENTS = 500  # of one request
BULK_SECONDS = 20.0  # that one request may take; less than the right to write lasts
PASSING = frozenset({429, 500, 502, 503, 504})  # what may be over in a moment
GONE = 404  # of a deletion: done already

Action = tuple[str, str, bytes]  # key, who is told of a failure, the lines of the request


class ClusterWriter:
    """Writes one run: documents as they come, deletions at the end. Nothing is searched before it is complete."""

    def __init__(self, client: Client, index: str, lease: Lease) -> None:
        """Take the index that is written, and the right to do so."""
        self._client = client
        self._index = index
        self._lease = lease
        self._waiting: list[Action] = []
        self._bytes = 0
        self._added: set[str] = set()
        self._deleted: dict[str, None] = {}
        self.failures: list[Failure] = []
        self.retries = 0

    def add(self, entry: Entry) -> None:
        """Add a document, or put it in place of the one with the same key."""
        key: str = entry["key"]
        head = {"index": {"_id": key, "version": self._lease.term, "version_type": "external_gte"}}
        lines = f"{json.dumps(head)}\n{json.dumps(build_document(entry), ensure_ascii=False)}\n"
        self._added.add(key)
        self._put((key, entry.get("path") or key, lines.encode(errors="replace")))

    def delete(self, place: str) -> None:
        """Remove a document, unless this run adds it again."""
        self._deleted[place] = None

    def finish(self) -> None:
        """Send what is waiting, and make everything searchable."""
        for key in self._deleted:
            if key not in self._added:
                head = {"delete": {"_id": key, "version": self._lease.term, "version_type": "external_gte"}}
                self._put((key, key, f"{json.dumps(head)}\n".encode()))
        self._send()
        self._lease.check()
        self._client.refresh(self._index)

    def _put(self, action: Action) -> None:
        if self._waiting and (self._bytes + len(action[2]) > BULK_BYTES or len(self._waiting) >= BULK_DOCUMENTS):
            self._send()
        self._waiting.append(action)
        self._bytes += len(action[2])

    def _send(self) -> None:
        """Send what waits until the cluster has taken each part of it or refused it for good."""
        waiting, self._waiting, self._bytes = self._waiting, [], 0
        for pause in patiently():
            if not waiting:
                return
            waiting, problem = self._try(waiting)
            if waiting:
                self.retries += 1
                time.sleep(pause)
        if waiting:
            raise problem

    def _try(self, actions: Sequence[Action]) -> tuple[list[Action], Exception]:
        """Send actions once; give those to be tried again, with what to raise when there is no more time."""
        self._lease.check()
        body = b"".join(lines for _, _, lines in actions)
        try:
            answer = self._client.ask("POST", f"/{self._index}/_bulk", body, seconds=BULK_SECONDS)
        except ClusterAway as problem:
            return list(actions), problem
        again = list(self._read_answers(actions, answer["items"])) if answer.get("errors") else []
        return again, self._client.away("it takes no more at the moment")

    def _read_answers(self, actions: Sequence[Action], items: Sequence[Row]) -> Iterator[Action]:
        for action, item in zip(actions, items, strict=True):
            verb, row = next(iter(item.items()))
            status, reason = int(row["status"]), read_reason(row.get("error"))
            if status < 300 or (verb == "delete" and status == GONE):
                continue
            if status == 409:
                raise self._overtaken()
            if "cluster_block" in reason:
                raise refused(self._client.place, reason)
            if status in PASSING:
                yield action
            else:
                self.failures.append(Failure(action[1], f"The cluster refuses it: {reason}"))

    def _overtaken(self) -> Exception:
        message = f"Another process has written {self._client.place} meanwhile; run it again."
        return IndexLocked(self._client.place.folder, message)
