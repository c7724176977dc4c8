"""A node killed, held up or out of space, a cluster that takes no more: nothing lost, waits that end, clear words.

Every test leaves the cluster whole for the next one.
"""

import json
import logging
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.request import Request, urlopen

import pytest

from indexer.opensearch.place import ClusterAway, ClusterPlace, ClusterRefused
from indexer.sync import SyncReport, sync
from kb.index import Index, open_index
from kb.model import Question
from kb.search import search
from tests.opensearch.articles import write_articles
from tests.opensearch.cluster import Cluster, Node
from tests.opensearch.conftest import ALONE, Engine

LOG = logging.getLogger(__name__)

pytestmark = pytest.mark.cluster

MANY = 2_000  # articles that take a while to index
RECOVERY_SECONDS = 240.0  # until a whole cluster has to be whole again
READ_ONLY = "index.blocks.read_only_allow_delete"


@pytest.fixture
def engine(cluster: Cluster, tmp_path: Path) -> Engine:
    return Engine(tmp_path, cluster.addresses)


@pytest.fixture
def place(engine: Engine) -> ClusterPlace:
    place = engine.new_place(seconds=5.0)
    assert isinstance(place, ClusterPlace)
    return place


@pytest.fixture(autouse=True)
def whole(cluster: Cluster) -> Iterator[None]:
    """Have every node running, before and after."""
    yield
    for node in cluster.nodes:
        if node.process is None:
            cluster.start(node)
        cluster.resume(node)
    cluster.wait(len(cluster.nodes), "green")


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
    return search(index, Question(per_page=1)).total


class Asking:
    """Somebody who searches without pause: answers, and the waits and words where there was none."""

    def __init__(self, index: Index, expected: int) -> None:
        self.index = index
        self.expected = expected
        self.answers = 0
        self.wrong: list[int] = []
        self.problems: list[str] = []
        self.longest = 0.0
        self.ended = threading.Event()

    def run(self) -> None:
        while not self.ended.is_set():
            begun = time.monotonic()
            try:
                found = total(self.index)
            except ClusterAway as problem:
                self.problems.append(str(problem))
            else:
                self.answers += 1
                if found != self.expected:
                    self.wrong.append(found)
            self.longest = max(self.longest, time.monotonic() - begun)


@contextmanager
def asking(place: ClusterPlace, expected: int) -> Iterator[Asking]:
    client = Asking(open_index(place), expected)
    with ThreadPoolExecutor(1) as pool:
        future = pool.submit(client.run)
        try:
            yield client
        finally:
            client.ended.set()
        future.result()


def wait_until(is_so: Callable[[], bool]) -> None:
    deadline = time.monotonic() + RECOVERY_SECONDS
    while not is_so():
        assert time.monotonic() < deadline
        time.sleep(0.1)


def test_searches_go_on_when_the_manager_is_killed_and_every_answer_is_whole(
    cluster: Cluster, place: ClusterPlace, tmp_path: Path
) -> None:
    sync(place, [write_articles(tmp_path / "articles.jsonl")], ALONE)
    cluster.wait(3, "green")
    with asking(place, 120) as client:
        wait_until(lambda: client.answers > 5)
        cluster.kill(manager_of(cluster))
        before = client.answers
        cluster.wait(2)
        wait_until(lambda: client.answers > before + 20)
    LOG.info("%d answers, %d refused, longest %.1f s", client.answers, len(client.problems), client.longest)
    assert client.wrong == []
    assert all("does not answer" in problem for problem in client.problems)


def test_no_article_is_lost_when_a_node_is_killed_while_indexing_and_the_report_is_exact(
    cluster: Cluster, place: ClusterPlace, tmp_path: Path
) -> None:
    sync(place, [write_articles(tmp_path / "first.jsonl")], ALONE)
    cluster.wait(3, "green")
    path = write_articles(tmp_path / "many.jsonl", range(1_000, 1_000 + MANY))
    with path.open("a", encoding="utf-8") as file:
        file.write("no article\n")
    with ThreadPoolExecutor(1) as pool:
        run = pool.submit(sync, place, [path], ALONE)
        wait_until(lambda: stored(cluster, place) > 120 + 500 or run.done())
        assert not run.done()  # in the middle of it
        cluster.kill(manager_of(cluster))
        report: SyncReport = run.result()
    LOG.info("%d added in %.1f s, %d failed", report.added, report.seconds, len(report.failed))
    # a busy machine may stop the parser at some articles: each is told, and none is lost that is not
    assert [failure.error for failure in report.failed if "cluster" in failure.error] == []
    assert f"{path}#{MANY + 1}" in [failure.path for failure in report.failed]
    assert report.added + len(report.failed) == MANY + 1
    index = open_index(place)
    assert total(index) == 120 + report.added
    assert search(index, Question("lantern", "work", per_page=1)).total == 6
    again = sync(place, [path], ALONE)
    assert (again.updated, again.removed, again.unchanged) == (0, 0, report.added)


def stored(cluster: Cluster, place: ClusterPlace) -> int:
    """Give how many documents were written so far, whether searches see them or not."""
    found = order(cluster, "GET", f"/{place.name}/_stats/indexing")
    return int(found["_all"]["primaries"]["indexing"]["index_total"])


WRITER = """
from pathlib import Path
from indexer.opensearch.place import ClusterPlace
from indexer.sync import SyncOptions, sync
sync(ClusterPlace(Path({folder!r}), {addresses!r}, {name!r}), [{path!r}], SyncOptions(workers=1))
"""


def test_what_a_killed_writer_left_half_done_is_not_seen_and_the_next_run_puts_it_right(
    cluster: Cluster, place: ClusterPlace, tmp_path: Path
) -> None:
    sync(place, [write_articles(tmp_path / "articles.jsonl", range(60))], ALONE)
    more = write_articles(tmp_path / "more.jsonl", range(1_000, 1_000 + MANY))
    text = WRITER.format(folder=str(place.folder), addresses=place.addresses, name=place.name, path=str(more))
    writer = subprocess.Popen([sys.executable, "-c", text])
    wait_until(lambda: stored(cluster, place) > 60 + 500 or writer.poll() is not None)
    assert writer.poll() is None  # in the middle of it
    writer.kill()
    writer.wait()
    index = open_index(place)
    assert total(index) == 60
    more.write_text("".join(more.read_text().splitlines(keepends=True)[:10]))
    report = sync(place, [more], ALONE)  # waits until the right to write of the killed one is over
    assert report.failed == ()
    assert report.added + report.unchanged == 10
    assert total(index) == 70
    assert search(index, Question("lantern", "work", per_page=1)).total == 6


@contextmanager
def held_up(cluster: Cluster, node: Node) -> Iterator[None]:
    cluster.pause(node)
    try:
        yield
    finally:
        cluster.resume(node)


def test_a_node_that_hangs_is_waited_for_with_an_end_and_searches_recover_by_themselves(
    cluster: Cluster, place: ClusterPlace, tmp_path: Path
) -> None:
    sync(place, [write_articles(tmp_path / "articles.jsonl")], ALONE)
    cluster.wait(3, "green")
    with asking(place, 120) as client:
        wait_until(lambda: client.answers > 5)
        with held_up(cluster, manager_of(cluster)):
            before = client.answers
            wait_until(lambda: client.answers > before + 20)
            recovered = client.answers
        wait_until(lambda: client.answers > recovered + 20)
    LOG.info("%d answers, %d refused, longest %.1f s", client.answers, len(client.problems), client.longest)
    assert client.wrong == []
    assert all("does not answer" in problem or "too slow" in problem for problem in client.problems)


def test_a_full_disk_stops_writing_with_a_sentence_and_searching_not(
    cluster: Cluster, place: ClusterPlace, tmp_path: Path
) -> None:
    path = write_articles(tmp_path / "articles.jsonl")
    sync(place, [path], ALONE)
    index = open_index(place)
    order(cluster, "PUT", f"/{place.name}/_settings", {READ_ONLY: True})  # what a node does whose disk is full
    write_articles(path, range(1, 130))
    with pytest.raises(ClusterRefused, match=r"a disk is full.*Searches go on.*run again"):
        sync(place, [path], ALONE)
    assert total(index) == 120
    order(cluster, "PUT", f"/{place.name}/_settings", {READ_ONLY: None})  # what it does when there is space again
    assert sync(place, [path], ALONE).failed == ()
    assert total(index) == 129


def test_a_document_that_the_cluster_refuses_is_listed_and_the_others_are_written(
    place: ClusterPlace, tmp_path: Path
) -> None:
    path = write_articles(tmp_path / "articles.jsonl", range(20))
    sync(place, [path], ALONE)
    long = {"title": "Long", "slug": "long-name", "sections": ["Steady."], "authors": ["x" * 40_000]}
    with path.open("a", encoding="utf-8") as file:
        file.write(json.dumps(long) + "\n")
        file.write('{"title": "Short", "slug": "short-name", "sections": ["Steady."]}\n')
    report = sync(place, [path], ALONE)
    assert (report.added, report.unchanged) == (1, 20)
    assert [failure.path for failure in report.failed] == [f"{path}#21"]
    assert "The cluster refuses it" in report.failed[0].error
    assert total(open_index(place)) == 21


def test_what_a_busy_cluster_turns_away_is_sent_again_until_it_is_taken(tmp_path: Path) -> None:
    with Cluster(1, {"node.processors": 1, "thread_pool.write.queue_size": 1}) as small:
        place = ClusterPlace(tmp_path / "index", small.addresses, shards=8)
        report = sync(place, [write_articles(tmp_path / "many.jsonl", range(MANY))], ALONE)
        rejected = int(order(small, "GET", "/_cat/thread_pool/write?format=json&h=rejected")[0]["rejected"])
        LOG.info("%d parts of bulks turned away, %d added in %.1f s", rejected, report.added, report.seconds)
        assert rejected > 0
        assert (report.added, report.failed) == (MANY, ())
        assert total(open_index(place)) == MANY
