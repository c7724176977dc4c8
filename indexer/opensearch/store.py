"""An index on OpenSearch as sync writes it: generations are indices behind an alias that is moved in one call."""

import re
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from typing import Any

from indexer.disk.generations import IndexDamaged, IndexProblem
from indexer.files.reader import Failure
from indexer.opensearch.catalog import ClusterCatalog
from indexer.opensearch.client import Client, Conflict, NotThere, Row, insist
from indexer.opensearch.lease import Lease, holding, read_record, write_record
from indexer.opensearch.mapping import build_mapping, build_settings
from indexer.opensearch.place import ClusterPlace, missing, outdated
from indexer.opensearch.writer import ClusterWriter
from indexer.schema import VERSION
from indexer.update import Track, Update

SLOW_SECONDS = 60.0  # that making, moving or deleting an index may take
COPY_SECONDS = 30.0  # that is waited for the copies of a new index
JOURNAL = "journal"  # the record of slugs that a run is about to change


class ClusterStore:
    """The write side of one index on OpenSearch, for one run."""

    is_shared = True

    def __init__(self, place: ClusterPlace) -> None:
        """Take the place; nothing is sent yet."""
        self.folder = place.folder
        self._place = place
        self._client = Client(place)
        self._lease: Lease | None = None

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Hold the right to write, alone among all processes of all machines; raises IndexLocked."""
        self.folder.mkdir(parents=True, exist_ok=True)
        with holding(self._client) as lease:
            self._lease = lease
            try:
                yield
            finally:
                self._lease = None

    def open(self, _stack: ExitStack, rebuild: bool, remembered: int) -> tuple[ClusterCatalog, ClusterCatalog, bool]:
        """Give the state to be changed, the state known until now, and whether the first one is a new index."""
        self._remove_leftovers()
        current = read_current(self._client)
        if current is not None and not rebuild and current[1]["version"] != VERSION:
            raise outdated(self._place, current[1]["version"])
        if current is None or rebuild:
            generation = max(remembered, current[1]["generation"] if current else 0) + 1
            created = ClusterCatalog(self._client, self._create(generation), generation, patient=True)
            is_readable = current is not None and current[1]["version"] == VERSION
            known = (
                ClusterCatalog(self._client, *_opened(current), patient=True) if current and is_readable else created
            )
            return created, known, True
        journal, _ = read_record(self._client, JOURNAL)
        if journal.get("slugs"):  # a run ended in the middle: what it wrote is looked at, and put right
            self._client.refresh(current[0])
        catalog = ClusterCatalog(self._client, *_opened(current), journal.get("slugs", ()), patient=True)
        return catalog, catalog, False

    def commit(
        self, catalog: ClusterCatalog, update: Update, is_new: bool, track: Track
    ) -> tuple[int, tuple[Failure, ...]]:
        """Write what has changed, let it be searched, and give the generation and the documents that were refused."""
        if update.is_empty and not is_new:
            return catalog.generation, ()
        assert self._lease is not None
        if not is_new:
            self._note({"slugs": sorted({*update.prepare(), *catalog.unsettled})})
        writer = ClusterWriter(self._client, catalog.index, self._lease)
        update.write(writer, track)
        writer.finish()
        generation = catalog.generation if is_new else catalog.generation + 1
        meta = {"version": VERSION, "generation": generation, "written": time.time()}
        self._lease.check()
        path = f"/{catalog.index}/_mapping"
        insist(lambda: self._client.ask("PUT", path, {"_meta": meta}, seconds=SLOW_SECONDS))
        if is_new:
            self._announce(catalog.index)
        self._note({})
        return generation, tuple(writer.failures)

    def _announce(self, index: str) -> None:
        """Make a complete index the current one, in one step, then remove those before it."""
        assert self._lease is not None
        self._wait_for_copies(index)  # one that takes longer is made while the index is searched
        self._lease.check()
        old = read_current(self._client)
        actions: list[Row] = [{"add": {"index": index, "alias": self._place.name}}]
        actions += [{"remove": {"index": old[0], "alias": self._place.name}}] if old else []
        self._client.ask("POST", "/_aliases", {"actions": actions}, seconds=SLOW_SECONDS)
        self._remove_leftovers()

    def _create(self, generation: int) -> str:
        taken = [int(name.rpartition("-")[2]) for name in self._indices()]
        index = f"{self._place.name}-{max(taken, default=0) + 1:06d}"
        meta = {"generation": generation, "written": time.time()}
        body = {"settings": {"index": build_settings(self._place.shards)}, "mappings": build_mapping(meta)}
        self._client.ask("PUT", f"/{index}", body, {"wait_for_active_shards": 1}, SLOW_SECONDS)
        self._wait_for_copies(index)  # or what is written until then is lost with one node
        return index

    def _wait_for_copies(self, index: str) -> None:
        """Wait until every shard is where it belongs; where a node is missing, not for ever."""
        path = f"/_cluster/health/{index}?wait_for_status=green&timeout={int(COPY_SECONDS)}s"
        with suppress(IndexProblem, NotThere):
            self._client.ask("GET", path, seconds=SLOW_SECONDS)

    def _remove_leftovers(self) -> None:
        """Remove indices that are not current; the right to write must be held."""
        current = read_current(self._client)
        for name in self._indices():
            if current is None or name != current[0]:
                with suppress(NotThere):
                    self._client.ask("DELETE", f"/{name}", seconds=SLOW_SECONDS)

    def _indices(self) -> list[str]:
        own = re.compile(re.escape(self._place.name) + r"-\d{6,12}")  # kb-000003
        path = f"/_cat/indices/{self._place.name}-*"
        rows: list[Row] = self._client.ask("GET", path, None, {"format": "json", "h": "index"}, SLOW_SECONDS)
        return sorted(row["index"] for row in rows if own.fullmatch(row["index"]))

    def _note(self, row: Row) -> None:
        """Keep which articles are about to change, should this run not end; the next one then puts them right."""
        _, version = read_record(self._client, JOURNAL)
        with suppress(Conflict):  # another run has taken over, and `check` stops this one
            write_record(self._client, JOURNAL, row, version)


def read_current(client: Client) -> tuple[str, Row] | None:
    """Give the name of the current index and its `_meta`, or None when nothing was indexed yet.

    Raises IndexDamaged where the alias does not lead to one index of ours.
    """
    place = client.place
    try:
        # what the node asked knows itself, so that searches go on while a new manager of the cluster is elected
        params = {"filter_path": "*.mappings._meta", "local": "true"}
        found: dict[str, Any] = client.ask("GET", f"/{place.name}/_mapping", None, params)
    except NotThere:
        return None
    rows = {name: row.get("mappings", {}).get("_meta") for name, row in found.items()}
    if len(rows) != 1 or not all(rows.values()) or place.name in rows:
        message = (
            f"{place} is not an index of this program. Choose another name with opensearch_index, "
            "or remove what is there."
        )
        raise IndexDamaged(place.folder, message)
    return next(iter(rows.items()))


def require_current(client: Client) -> tuple[str, Row]:
    """Give the name of the current index and its `_meta`; raises IndexMissing, IndexOutdated."""
    current = read_current(client)
    if current is None:
        raise missing(client.place)
    if current[1]["version"] != VERSION:
        raise outdated(client.place, current[1]["version"])
    return current


def open_catalog(place: ClusterPlace) -> ClusterCatalog:
    """Give the current index on a cluster, open for reading; raises IndexProblem."""
    client = Client(place)
    name, meta = require_current(client)
    return ClusterCatalog(client, name, int(meta["generation"]))


def measure_cluster(place: ClusterPlace) -> tuple[int, int, int, int]:
    """Give the generation of an index, how many articles and works are in it, and its bytes; raises IndexProblem."""
    catalog = open_catalog(place)
    found = Client(place).ask("GET", f"/{catalog.index}/_stats/store", seconds=SLOW_SECONDS)
    size = int(found["_all"]["primaries"]["store"]["size_in_bytes"])
    return catalog.generation, catalog.count("article"), catalog.count("work"), size


def _opened(current: tuple[str, Row]) -> tuple[str, int]:
    return current[0], int(current[1]["generation"])
