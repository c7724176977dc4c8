"""What goes wrong while articles are written: a node or the writer killed, a disk full, a cluster that takes no more.

Nothing is lost, nothing comes back, and every report is exact. Every test leaves the cluster whole for the next one.
"""

import json
import logging
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from indexer.opensearch.place import ClusterAway, ClusterPlace, ClusterRefused
from indexer.opensearch.store import open_catalog
from indexer.sync import SyncOptions, SyncReport, sync
from kb.index import open_index
from kb.model import Question
from kb.search import search
from tests.opensearch.articles import write_articles
from tests.opensearch.cluster import Cluster
from tests.opensearch.conftest import ALONE
from tests.opensearch.operations import ask_until, full, kill_halfway, manager_of, order, stored, total, wait_until

LOG = logging.getLogger(__name__)

pytestmark = [pytest.mark.cluster, pytest.mark.usefixtures("whole")]

MANY = 2_000  # articles that take a while to index
CROWD = 6  # threads that ask at once
REBUILD = SyncOptions(rebuild=True, workers=1)


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


def test_what_a_killed_writer_left_half_done_is_not_seen_and_the_next_run_puts_it_right(
    cluster: Cluster, place: ClusterPlace, tmp_path: Path
) -> None:
    sync(place, [write_articles(tmp_path / "articles.jsonl", range(60))], ALONE)
    more = write_articles(tmp_path / "more.jsonl", range(1_000, 1_000 + MANY))
    kill_halfway(cluster, place, more)
    index = open_index(place)
    assert total(index) == 60
    more.write_text("".join(more.read_text().splitlines(keepends=True)[:10]))
    begun = time.monotonic()
    report = sync(place, [more], ALONE)  # waits until the right to write of the killed one is over
    waited = time.monotonic() - begun - report.seconds
    LOG.info("put right in %.1f s, after waiting %.1f s for the right to write", report.seconds, waited)
    assert report.failed == ()
    assert report.added + report.unchanged == 10
    assert total(index) == 70
    assert search(index, Question("lantern", "work", per_page=1)).total == 6


def test_articles_that_a_killed_writer_was_about_to_move_are_there_once_under_their_own_names(
    cluster: Cluster, place: ClusterPlace, tmp_path: Path
) -> None:
    """The lines of a file have moved up by one, so that the killed run has written half of them over others."""
    path = write_articles(tmp_path / "lines.jsonl", range(MANY))
    sync(place, [path], ALONE)
    write_articles(path, range(1, MANY))
    kill_halfway(cluster, place, path)
    report = sync(place, [path], ALONE)
    assert report.failed == ()
    index = open_index(place)
    assert total(index) == MANY - 1
    pages = [search(index, Question(sort="title", page=page, per_page=100)) for page in range(1, MANY // 100 + 1)]
    assert [hit.id for page in pages for hit in page.hits] == [f"ache-{number:05d}" for number in range(1, MANY)]


def test_a_run_waits_for_a_shard_that_is_lost_and_a_reader_is_told_at_once(
    cluster: Cluster, place: ClusterPlace, tmp_path: Path
) -> None:
    path = write_articles(tmp_path / "articles.jsonl")
    sync(place, [path], ALONE)
    order(
        cluster, "PUT", f"/{place.name}/_settings", {"index": {"auto_expand_replicas": False, "number_of_replicas": 0}}
    )
    cluster.wait(3, "green")
    opened, index = open_catalog(place), open_index(place)
    names = [f"ache-{number:05d}" for number in range(120)]
    write_articles(path, range(10, 130))
    holder = order(cluster, "GET", f"/_cat/shards/{place.name}?format=json")[0]["node"]
    lost = next(node for node in cluster.nodes if node.name == holder)
    cluster.kill(lost)
    cluster.wait(2, "red")
    wait_until(lambda: order(cluster, "GET", f"/_cluster/health/{place.name}")["status"] == "red")
    with ThreadPoolExecutor(1) as pool:
        run = pool.submit(sync, place, [path], ALONE)
        with pytest.raises(ClusterAway, match="parts of the index are not there"):
            open_catalog(place)
        # what cannot be read is not said to be missing
        with pytest.raises(ClusterAway):
            opened.prefetch("article", names)
        with pytest.raises(ClusterAway):
            total(index)
        with pytest.raises(ClusterAway):
            index.snapshot().open_point()
        assert not run.done()
        cluster.start(lost)
        report = run.result()
    LOG.info("the run took %.1f s, waiting for the node included", report.seconds)
    assert (report.failed, report.updated, report.added) == ((), 120, 0)
    assert total(index) == 120


def test_a_full_disk_stops_writing_with_a_sentence_and_searching_not(
    cluster: Cluster, place: ClusterPlace, tmp_path: Path
) -> None:
    path = write_articles(tmp_path / "articles.jsonl")
    sync(place, [path], ALONE)
    index = open_index(place)
    with full(cluster, place):
        write_articles(path, range(1, 130))
        for options in (ALONE, REBUILD):
            begun = time.monotonic()
            with pytest.raises(ClusterRefused, match=r"a disk is full.*Searches go on.*run again") as problem:
                sync(place, [path], options)
            LOG.info("refused after %.1f s: %s", time.monotonic() - begun, problem.value)
        assert total(index) == 120
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


def test_a_run_waits_where_a_busy_cluster_turns_its_questions_away(tmp_path: Path) -> None:
    settings = {"node.processors": 1, "thread_pool.search.size": 1, "thread_pool.search.queue_size": 1}
    with Cluster(1, settings) as small, ThreadPoolExecutor(CROWD) as pool:
        place = ClusterPlace(tmp_path / "index", small.addresses)
        sync(place, [write_articles(tmp_path / "articles.jsonl")], ALONE)
        ended = threading.Event()
        crowd = [pool.submit(ask_until, ended, small, place) for _ in range(CROWD)]
        try:
            report = sync(place, [write_articles(tmp_path / "articles.jsonl", range(10, 130))], ALONE)
        finally:
            ended.set()
        rejected = int(order(small, "GET", "/_cat/thread_pool/search?format=json&h=rejected")[0]["rejected"])
        LOG.info("%d questions turned away, the run took %.1f s", rejected, report.seconds)
        assert rejected > 0
        assert sum(asked.result() for asked in crowd) > 0
        assert (report.failed, report.updated) == ((), 120)  # every line has another article now
        assert total(open_index(place)) == 120
