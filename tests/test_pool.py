"""Parsing in worker processes."""

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from indexer.documents import ArticleDocument
from indexer.files import pool
from indexer.files.pool import FEW_SOURCES, TOO_SLOW, parse_all
from indexer.files.reader import Failure, Source
from indexer.model import Article

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="workers are forked with this module's functions")


def parse(source):
    """Do what the source's bytes say, and give an article that tells the process."""
    if source.data == b"hang":
        time.sleep(60)
    if source.data == b"wait":
        time.sleep(0.6)
    while source.data == b"spin":
        pass
    if source.data == b"die":
        os.kill(os.getpid(), signal.SIGKILL)
    return ArticleDocument(Article(str(os.getpid()), "", source.path, "own"))


def sources(*data, count=0):
    return [Source(str(number), "text", part) for number, part in enumerate([*data, *[b"x"] * count])]


def test_a_few_sources_are_parsed_in_this_process():
    results = [result for _, result in parse_all(sources(b"x", b"y"), parse=parse)]
    assert {result.article.slug for result in results} == {str(os.getpid())}


def test_many_sources_are_parsed_by_others_and_come_in_order():
    found = list(parse_all(iter(sources(count=500)), workers=3, parse=parse))
    assert [source.path for source, _ in found] == [str(number) for number in range(500)]
    assert all(result.article.path == source.path for source, result in found)
    assert str(os.getpid()) not in {result.article.slug for _, result in found}


def test_a_source_that_failed_before_is_parsed_apart():
    results = dict(parse_all(sources(b"x", b"die"), suspects={"1"}, parse=parse))
    assert {source.path: isinstance(result, Failure) for source, result in results.items()} == {"0": False, "1": True}


FEW_AND_MANY = pytest.mark.parametrize("few", [True, False], ids=["in this process", "in others"])


@FEW_AND_MANY
@pytest.mark.parametrize(("kind", "limit"), [(b"spin", "SECONDS_A_FILE"), (b"hang", "WAIT_SECONDS")])
def test_one_that_hangs_fails_by_name_and_the_others_are_parsed(monkeypatch, few, kind, limit):
    monkeypatch.setattr(pool, limit, 0.3)
    many = sources(b"x", kind, b"x", count=0 if few else 2 * FEW_SOURCES)
    results = [(source.path, result) for source, result in parse_all(many, workers=2, parse=parse)]
    assert [(path, result.error) for path, result in results if isinstance(result, Failure)] == [("1", TOO_SLOW)]
    assert len(results) == len(many)
    assert results[1][1].path == "1"


@FEW_AND_MANY
def test_a_busy_machine_is_no_failure_of_a_file(monkeypatch, few):
    monkeypatch.setattr(pool, "SECONDS_A_FILE", 0.3)
    many = sources(b"x", b"wait", count=0 if few else 2 * FEW_SOURCES)
    assert [result for _, result in parse_all(many, workers=2, parse=parse) if isinstance(result, Failure)] == []


def test_workers_that_crash_are_replaced():
    many = sources(b"die", b"x", b"die", b"die", count=3 * FEW_SOURCES)
    results = list(parse_all(many, workers=2, parse=parse))
    assert [source.path for source, result in results if isinstance(result, Failure)] == ["0", "2", "3"]
    assert len(results) == len(many)


def test_outside_the_main_thread_sources_are_parsed_too():
    found = []
    thread = threading.Thread(target=lambda: found.extend(parse_all(sources(b"x"), parse=parse)))
    thread.start()
    thread.join()
    assert len(found) == 1


def test_sources_are_not_read_far_ahead_of_what_is_taken():
    taken = 0

    def endless():
        nonlocal taken
        while True:
            taken += 1
            yield Source(str(taken), "text", b"x")

    results = parse_all(endless(), workers=2, parse=parse)
    for _ in range(10):
        next(results)
    assert taken < 1000
    results.close()


KILLED = """
import os, sys, time
from indexer.files.pool import parse_all
from indexer.files.reader import Source
def parse(source):
    os.write(1, str(os.getpid()).encode() + os.linesep.encode())
    time.sleep(60)
sources = [Source(str(n), "text", b"x") for n in range(99)]
list(parse_all(sources, workers=2, parse=parse))
"""


def is_running(pid):
    status = Path(f"/proc/{pid}/stat")
    try:
        return status.read_text().rpartition(")")[2].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False


def test_workers_end_when_their_parent_is_killed():
    process = subprocess.Popen([sys.executable, "-c", KILLED], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    workers = [int(process.stdout.readline()) for _ in range(2)]
    assert all(map(is_running, workers))
    process.kill()
    process.wait()
    process.stdout.close()
    for _ in range(200):
        if not any(map(is_running, workers)):
            break
        time.sleep(0.01)
    assert not any(map(is_running, workers))


def test_a_word_without_end_is_parsed_within_the_time_of_a_file():
    page = b"<h1>Long</h1><p>The start.</p><p>" + b"x" * 400_000 + b"</p>"
    ((_, result),) = parse_all([Source("long.html", "html", page)])
    assert isinstance(result, ArticleDocument)
