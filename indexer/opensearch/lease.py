"""The right to write an index on OpenSearch: held by one process of all machines, renewed while it works, and counted.

Every holder gets a higher term than all before it. The term is the external version of whatever it writes, so the
cluster itself turns away what a holder that lost its right (a paused machine, a cut network) still sends.
A lease belongs to nobody when its record has not changed for `LEASE_SECONDS` by the watch of whoever waits for it, so
no two clocks are ever compared.
"""

import os
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from threading import Event, Thread

from indexer.disk.generations import LOCK_SECONDS, IndexLocked, IndexProblem
from indexer.opensearch.client import Client, Conflict, NotThere, Row

LEASE_SECONDS = 30.0
RENEW_SECONDS = 5.0
LOOK_SECONDS = 0.5  # between two tries to get the lease
PATIENCE_SECONDS = 120.0  # that a run waits while it cannot be known whether the right is still its own
RECORD_SECONDS = 5.0  # that reading or writing a record may take, whatever a search may
SETTINGS = {
    "settings": {"number_of_shards": 1, "auto_expand_replicas": "0-all"},
    "mappings": {"dynamic": "strict", "properties": {name: {"type": "object", "enabled": False} for name in ("row",)}},
}


class Lease:
    """A held right to write, with its term."""

    def __init__(self, client: Client, row: Row, version: tuple[int, int]) -> None:
        self._client = client
        self._row = row
        self._version = version
        self._ended = Event()
        self._is_lost = False
        self._renewed = time.monotonic()
        self.term = int(row["term"])
        self._thread = Thread(target=self._renew, name="lease", daemon=True)
        self._thread.start()

    def check(self) -> None:
        """Raise IndexLocked when somebody else has the right to write; wait while the cluster cannot tell."""
        started = time.monotonic()
        while self._is_lost or time.monotonic() - self._renewed > LEASE_SECONDS - RECORD_SECONDS:
            if self._is_lost or time.monotonic() - started > PATIENCE_SECONDS:
                message = (
                    f"The right to write {self._client.place} was lost: this run was held up too long. Run it again."
                )
                raise IndexLocked(self._client.place.folder, message)
            time.sleep(LOOK_SECONDS)  # the next renewal shows that nobody else has taken it

    def release(self) -> None:
        """Give the right back; who waits gets it at once."""
        self._ended.set()
        self._thread.join()
        with suppress(IndexProblem, Conflict, NotThere):  # who could not be told waits until the lease is over
            self._write({**self._row, "holder": ""})

    def _renew(self) -> None:
        while not self._ended.wait(RENEW_SECONDS):
            begun = time.monotonic()
            try:
                self._write({**self._row, "beat": self._row["beat"] + 1})
                self._renewed = begun
            except Conflict:
                with suppress(Exception):  # tried again with the next renewal
                    self._look_whose()
            except Exception:  # noqa: BLE001 - tried again; `check` waits until it works
                continue

    def _look_whose(self) -> None:
        """Tell a write of this holder, whose answer was lost, from one of somebody else."""
        row, version = read_record(self._client, "lease")
        if row.get("term") == self.term:
            self._row, self._version = row, version
        else:
            self._is_lost = True

    def _write(self, row: Row) -> None:
        self._version = write_record(self._client, "lease", row, self._version)
        self._row = row


@contextmanager
def holding(client: Client) -> Iterator[Lease]:
    """Hold the right to write; raises IndexLocked when another process that is at work keeps it."""
    lease = _acquire(client)
    try:
        yield lease
    finally:
        lease.release()


def _acquire(client: Client) -> Lease:
    _create(client)
    started = time.monotonic()
    row, version = read_record(client, "lease")
    first, seen = version, time.monotonic()
    while True:
        if not row.get("holder") or time.monotonic() - seen > LEASE_SECONDS:
            holder = f"process {os.getpid()} on {socket.gethostname()}"
            since = datetime.now(UTC).isoformat(timespec="seconds")
            wanted = {"holder": holder, "since": since, "term": int(row.get("term", 0)) + 1, "beat": 0}
            with suppress(Conflict):  # somebody was quicker
                return Lease(client, wanted, write_record(client, "lease", wanted, version))
        # a holder that has not been seen at work may have died: it is waited for until that is certain
        patience = LOCK_SECONDS if version != first else LOCK_SECONDS + LEASE_SECONDS
        if time.monotonic() - started > patience:
            message = (
                f"The index {client.place} is being written by {row.get('holder') or 'others'} since "
                f"{row.get('since', 'now')}. Wait until it is done, or end it, and run again."
            )
            raise IndexLocked(client.place.folder, message)
        time.sleep(LOOK_SECONDS)
        row, latest = read_record(client, "lease")
        if latest != version:
            version, seen = latest, time.monotonic()


def records(client: Client) -> str:
    """Give the name of the index that keeps what writers have to know of each other."""
    return f"{client.place.name}-writer"


def read_record(client: Client, name: str) -> tuple[Row, tuple[int, int]]:
    """Give a record and its version; empty and no version when there is none."""
    try:
        found = client.ask("GET", f"/{records(client)}/_doc/{name}", seconds=RECORD_SECONDS)
    except NotThere:
        return {}, (-1, -1)
    return found["_source"]["row"], (found["_seq_no"], found["_primary_term"])


def write_record(client: Client, name: str, row: Row, version: tuple[int, int]) -> tuple[int, int]:
    """Write a record over the version it was read in, and give its new version; raises Conflict."""
    path = f"/{records(client)}/_create/{name}" if version[0] < 0 else f"/{records(client)}/_doc/{name}"
    params = {} if version[0] < 0 else {"if_seq_no": version[0], "if_primary_term": version[1]}
    found = client.ask("PUT", path, {"row": row}, params, RECORD_SECONDS)
    return found["_seq_no"], found["_primary_term"]


def _create(client: Client) -> None:
    try:
        is_there = client.ask("HEAD", f"/{records(client)}")
    except NotThere:
        is_there = False
    if not is_there:
        _make(client)


def _make(client: Client) -> None:
    try:
        client.ask("PUT", f"/{records(client)}", SETTINGS, seconds=60)
    except IndexProblem as problem:
        if "resource_already_exists" not in str(problem):
            raise
