"""A node that is killed or hangs while somebody searches: answers go on, each of them whole, and waits end.

Every test leaves the cluster whole for the next one.
"""

import logging
import threading
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import pytest

from indexer.opensearch.place import ClusterAway, ClusterPlace
from indexer.sync import sync
from kb.app import create_app
from kb.index import Index, open_index
from tests.opensearch.articles import write_articles
from tests.opensearch.cluster import Cluster, Node
from tests.opensearch.conftest import ALONE
from tests.opensearch.operations import manager_of, total, wait_until

LOG = logging.getLogger(__name__)

BUSY = {"node.processors": 1, "thread_pool.search.size": 1, "thread_pool.search.queue_size": 8}

pytestmark = [pytest.mark.cluster, pytest.mark.usefixtures("whole")]


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


def test_what_a_busy_cluster_does_not_take_is_told_and_the_rest_is_answered_whole(tmp_path: Path) -> None:
    with Cluster(1, BUSY) as small:
        place = ClusterPlace(tmp_path / "index", small.addresses)
        sync(place, [write_articles(tmp_path / "articles.jsonl")], ALONE)
        app = create_app(place)

        def ask(_number: int) -> tuple[int, bool]:
            answer = app.test_client().get("/api/search?q=steady")
            return answer.status_code, "total" not in answer.json or answer.json["total"] == 120

        assert ask(0) == (200, True)  # and the word is known: each of the others is one search
        with ThreadPoolExecutor(24) as pool:
            answers = list(pool.map(ask, range(300)))
        found = Counter(status for status, _ in answers)
        LOG.info("%d answers, %d told to come again", found[200], found[503])
        assert set(found) == {200, 503}
        assert all(is_whole for _, is_whole in answers)
        assert ask(0) == (200, True)


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
