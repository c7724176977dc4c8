"""The engines that are asked the same: a folder, and real clusters of one node and of three that start when needed.

What asks a cluster is marked so, and runs with ``make test-opensearch`` alone.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path

import pytest

from indexer.opensearch.place import ClusterPlace, Place
from indexer.sync import SyncOptions, sync
from kb.index import Index, open_index
from kb.resources import find_folder
from tests.opensearch.articles import write_articles
from tests.opensearch.cluster import Cluster
from tests.opensearch.distribution import NoServer
from tests.opensearch.operations import order

NODES = ("one-node", "three-nodes")
SHARDS = 3
PATIENT = 60.0  # seconds for an answer, where a test is not about time
NUMBERS = count(1)
ALONE = SyncOptions(workers=1)


@dataclass(frozen=True)
class Engine:
    """One engine, with room for any number of indexes."""

    folder: Path
    addresses: tuple[str, ...] = ()
    shards: int = SHARDS

    def new_place(self, seconds: float = PATIENT) -> Place:
        """Give the place of an index that is not there yet."""
        name = f"kb-{next(NUMBERS)}"
        if not self.addresses:
            return self.folder / name
        return ClusterPlace(self.folder / name, self.addresses, name, shards=self.shards, seconds=seconds)

    def build(self, path: Path) -> Index:
        """Index the articles at and under a path in a place of its own."""
        place = self.new_place()
        report = sync(place, [path], ALONE)
        assert not report.failed
        return open_index(place)


@contextmanager
def running(nodes: int) -> Iterator[Cluster]:
    """Give running nodes, or skip the test where there can be none."""
    try:
        started = Cluster(nodes)
    except NoServer as problem:
        pytest.skip(str(problem))
    with started:
        yield started


@pytest.fixture(scope="session")
def cluster() -> Iterator[Cluster]:
    """Give three running nodes."""
    with running(3) as started:
        yield started


@pytest.fixture(scope="session", params=["folder", *(pytest.param(n, marks=pytest.mark.cluster) for n in NODES)])
def engine(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """Give each engine in turn."""
    folder = tmp_path_factory.mktemp(request.param)
    if request.param == "folder":
        yield Engine(folder)
    elif request.param == "one-node":
        with running(1) as alone:
            yield Engine(folder, alone.addresses, shards=1)
    else:
        yield Engine(folder, request.getfixturevalue("cluster").addresses)


@pytest.fixture(scope="session")
def collection(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the file of the numbered articles."""
    return write_articles(tmp_path_factory.mktemp("numbered") / "numbered.jsonl")


@pytest.fixture(scope="session")
def numbered(engine: Engine, collection: Path) -> Index:
    """Give the index of the numbered articles; for reading only."""
    return engine.build(collection)


@pytest.fixture(scope="session")
def shipped(engine: Engine) -> Index:
    """Give the index of the shipped articles; for reading only."""
    return engine.build(find_folder("corpus"))


@pytest.fixture
def place(cluster: Cluster, tmp_path: Path) -> ClusterPlace:
    """Give the place of a new index on the cluster with the waits of the site; both engines have theirs by modules."""
    name = f"kb-{next(NUMBERS)}"
    return ClusterPlace(tmp_path / name, cluster.addresses, name, shards=SHARDS)


@pytest.fixture
def whole(cluster: Cluster) -> Iterator[None]:
    """Have every node running again when a test is over."""
    yield
    for node in cluster.nodes:
        if node.process is None:
            cluster.start(node)
        cluster.resume(node)
    cluster.wait(len(cluster.nodes))
    # a cluster tries five times to bring a copy back, which a node that hangs may outlast
    order(cluster, "POST", "/_cluster/reroute?retry_failed=true&metric=none")
    cluster.wait(len(cluster.nodes), "green")
