"""What is done to a cluster under test: asked about itself, filled up, its writer killed."""

import json
import logging
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.request import Request, urlopen

from indexer.opensearch.place import ClusterPlace
from kb.index import Index
from kb.model import Question
from kb.search import search
from tests.opensearch.cluster import Cluster, Node

LOG = logging.getLogger(__name__)

RECOVERY_SECONDS = 240.0  # until a whole cluster has to be whole again
WATERMARKS = tuple(f"cluster.routing.allocation.disk.watermark.{name}" for name in ("low", "high", "flood_stage"))
WATCHED = {"cluster.routing.allocation.disk.threshold_enabled": True}


def order(cluster: Cluster, method: str, path: str, body: dict[str, Any] | None = None) -> Any:
    """Ask the cluster itself."""
    running = next(node for node in cluster.nodes if node.process is not None)
    data = json.dumps(body).encode() if body is not None else None
    request = Request(running.address + path, data, {"Content-Type": "application/json"}, method=method)
    with urlopen(request, timeout=60) as answer:
        return json.load(answer)


def manager_of(cluster: Cluster) -> Node:
    """Give the node that manages the cluster, whose loss costs most."""
    name = order(cluster, "GET", "/_cat/cluster_manager?format=json")[0]["node"]
    return next(node for node in cluster.nodes if node.name == name)


def total(index: Index) -> int:
    """Give how many articles there are."""
    return search(index, Question(per_page=1)).total


def wait_until(is_so: Callable[[], bool]) -> None:
    """Wait until something is so; a failure when that takes too long."""
    deadline = time.monotonic() + RECOVERY_SECONDS
    while not is_so():
        assert time.monotonic() < deadline
        time.sleep(0.1)


def stored(cluster: Cluster, place: ClusterPlace) -> int:
    """Give how many documents were written so far, whether searches see them or not."""
    found = order(cluster, "GET", f"/{place.name}/_stats/indexing")
    return int(found["_all"]["primaries"]["indexing"]["index_total"])


def ask_until(ended: threading.Event, cluster: Cluster, place: ClusterPlace) -> int:
    """Search without a pause until the event, and give how many searches the cluster has turned away."""
    refused = 0
    body = {"query": {"match_all": {}}, "aggs": {"areas": {"terms": {"field": "area", "size": 1_000}}}}
    while not ended.is_set():
        try:
            order(cluster, "POST", f"/{place.name}/_search", body)
        except HTTPError as error:
            refused += error.code == 429
    return refused


WRITER = """
from pathlib import Path
from indexer.opensearch.place import ClusterPlace
from indexer.sync import SyncOptions, sync
sync(ClusterPlace(Path({folder!r}), {addresses!r}, {name!r}), [{path!r}], SyncOptions(workers=1))
"""


def kill_halfway(cluster: Cluster, place: ClusterPlace, path: Path) -> None:
    """Let another process index a file, and kill it in the middle of writing."""
    before = stored(cluster, place)
    text = WRITER.format(folder=str(place.folder), addresses=place.addresses, name=place.name, path=str(path))
    writer = subprocess.Popen([sys.executable, "-c", text])
    wait_until(lambda: stored(cluster, place) > before + 500 or writer.poll() is not None)
    assert writer.poll() is None
    writer.kill()
    writer.wait()


@contextmanager
def full(cluster: Cluster, place: ClusterPlace) -> Iterator[None]:
    """Have the nodes find their disks too full: they want more space than there is, and block what is written."""
    begun = time.monotonic()
    order(cluster, "PUT", "/_cluster/settings", {"persistent": dict.fromkeys(WATERMARKS, "9pb") | WATCHED})
    wait_until(lambda: any(name.startswith(f"{place.name}-") for name in read_blocks(cluster).get("indices", {})))
    LOG.info("blocked by the cluster after %.1f s", time.monotonic() - begun)
    try:
        yield
    finally:
        begun = time.monotonic()
        order(cluster, "PUT", "/_cluster/settings", {"persistent": dict.fromkeys(WATERMARKS, "1b")})
        wait_until(lambda: not read_blocks(cluster))
        LOG.info("lifted by the cluster after %.1f s", time.monotonic() - begun)
        order(cluster, "PUT", "/_cluster/settings", {"persistent": dict.fromkeys([*WATERMARKS, *WATCHED])})


def read_blocks(cluster: Cluster) -> dict[str, Any]:
    """Give what the cluster takes no changes of: of indices by name, and of all together."""
    found: dict[str, Any] = order(cluster, "GET", "/_cluster/state/blocks").get("blocks", {})
    return found
