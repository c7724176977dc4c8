"""Article files are watched, and the index follows."""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from urllib.request import urlopen

import pytest

from indexer.disk.catalog import Catalog
from indexer.disk.generations import IndexLocked, IndexProblem, read_current
from indexer.files.mounts import find_kind, is_on_network
from indexer.sync import SyncReport
from indexer.watch import WatchOptions, watch
from tests.test_generations import hold

PATIENCE = 20.0  # seconds a test waits for what should come at once
# a shell lets what it runs in the background ignore interrupts, and so this suite and what it starts
HEED = "import signal; signal.signal(signal.SIGINT, signal.default_int_handler); "
KB = [sys.executable, "-c", HEED + "from kb.cli import main; main()"]
ITCHY = "# Itchy scalp\n\n## Description\n\nThe scalp itches {}.\n"


class Watching:
    """A watch whose outcomes are taken one by one while files change."""

    def __init__(self, folder, paths, options=None):
        self.folder = folder
        self.outcomes = watch(folder, paths, options or WatchOptions())

    def next(self):
        return next(self.outcomes)

    def until(self, slugs):
        """Take outcomes until the index has these articles."""
        end = time.monotonic() + PATIENCE
        while read_slugs(self.folder) != sorted(slugs):
            assert time.monotonic() < end, read_slugs(self.folder)
            self.next()


def read_slugs(folder):
    try:
        with Catalog(read_current(folder)) as catalog:
            return sorted(facts["slug"] for _, facts in catalog.all_facts("article"))
    except IndexProblem:
        return []


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "index"


@pytest.fixture
def small(tmp_path):
    """Give a folder of two articles and a hidden one."""
    root = tmp_path / "articles"
    (root / ".git").mkdir(parents=True)
    for name in ("one.md", "two.md", ".git/three.md"):
        (root / name).write_text(ITCHY.format(name))
    return root


FIRST = ["itchy-scalp", "two"]


@pytest.mark.parametrize("polling", [False, True])
def test_the_index_follows_what_is_added_edited_moved_and_removed(folder, small, polling):
    watching = Watching(folder, [small], WatchOptions(polling=polling))
    assert watching.next().added == 2
    (small / "three.md").write_text(ITCHY.format("at night"))
    watching.until(["one", "three", "two"])
    (small / "three.md").write_text(ITCHY.format("all day and all night"))
    assert watching.next().updated == 1
    (small / "three.md").rename(small / "four.md")
    watching.until(["four", "one", "two"])
    (small / "four.md").unlink()
    watching.until(["one", "two"])


def test_one_edited_file_is_synced_by_its_name(folder, small):
    watching = Watching(folder, [small])
    watching.next()
    (small / "one.md").write_text(ITCHY.format("anew"))
    report = watching.next()
    assert (report.updated, report.unchanged) == (1, 0)


def test_folders_come_and_go_with_their_articles(folder, small):
    watching = Watching(folder, [small])
    watching.next()
    (small.parent / "more").mkdir()
    (small.parent / "more" / "five.md").write_text(ITCHY.format("x"))
    (small.parent / "more").rename(small / "more")
    watching.until(["five", "one", "two"])
    (small / "more" / "six.md").write_text(ITCHY.format("x"))
    watching.until(["five", "one", "six", "two"])
    shutil.rmtree(small / "more")
    watching.until(["one", "two"])


def test_a_watched_folder_that_is_deleted_keeps_its_articles_and_is_found_again(folder, small):
    watching = Watching(folder, [small])
    watching.next()
    kept = small.with_name("kept")
    small.rename(kept)
    report = watching.next()
    assert [failure.path for failure in report.failed] == [str(small)]
    assert read_slugs(folder) == ["one", "two"]
    kept.rename(small)
    (small / "seven.md").write_text(ITCHY.format("x"))
    watching.until(["one", "seven", "two"])
    (small / "eight.md").write_text(ITCHY.format("x"))
    watching.until(["eight", "one", "seven", "two"])


def test_a_file_named_by_itself_is_followed_through_replacements(folder, small):
    watching = Watching(folder, [small / "one.md"])
    watching.next()
    for words in ("first", "second"):
        (small / "draft").write_text(ITCHY.format(words))
        (small / "draft").rename(small / "one.md")
        assert watching.next().updated == 1


def test_a_failing_file_is_reported_and_indexed_when_it_is_mended(folder, small):
    watching = Watching(folder, [small])
    watching.next()
    (small / "bad.md").write_text("")
    assert [failure.path for failure in watching.next().failed] == [str(small / "bad.md")]
    (small / "bad.md").write_text(ITCHY.format("x"))
    watching.until(["bad", "one", "two"])


def test_links_lead_to_one_article_as_in_a_whole_sync(folder, small):
    watching = Watching(folder, [small])
    watching.next()
    (small / "alias.md").symlink_to(small / "one.md")
    (small / "ten.md").write_text(ITCHY.format("x"))
    watching.until(["one", "ten", "two"])


def test_a_second_writer_is_waited_for(folder, small, monkeypatch):
    monkeypatch.setattr("indexer.disk.generations.LOCK_SECONDS", 0.1)
    monkeypatch.setattr("indexer.disk.generations.writing.__wrapped__.__defaults__", (0.1,))
    monkeypatch.setattr("indexer.watch.RETRY_SECONDS", 0.1)
    process = hold(folder)
    try:
        watching = Watching(folder, [small])
        assert isinstance(watching.next(), IndexLocked)
    finally:
        process.kill()
        process.wait()
    watching.until(["one", "two"])


def test_a_full_disk_is_tried_again(folder, small, monkeypatch):
    monkeypatch.setattr("indexer.watch.RETRY_SECONDS", 0.1)
    watching = Watching(folder, [small])
    with monkeypatch.context() as patch:
        patch.setattr("indexer.watch.sync", lambda *_: (_ for _ in ()).throw(OSError(28, "No space left")))
        assert isinstance(watching.next(), OSError)
    assert isinstance(watching.next(), SyncReport)


def test_network_file_systems_are_told_from_others_by_the_mounts():
    table = (
        "22 1 8:1 / / rw - ext4 /dev/sda1 rw\n"
        "40 22 0:40 / /srv/my\\040share rw shared:2 - nfs4 host:/x rw\n"
        "41 40 0:41 / /srv/my\\040share/local rw - tmpfs tmpfs rw\n"
        "broken line\n"
    )
    assert find_kind("/srv/my share/articles", table) == "nfs4"
    assert find_kind("/srv/my share/local/a", table) == "tmpfs"
    assert find_kind("/srv/my shares", table) == "ext4"
    assert not is_on_network(str(Path.cwd()))


def start(*arguments, **options):
    return subprocess.Popen(
        [*KB, *map(str, arguments)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, **options
    )


def end(process, number):
    """End a process with a signal, and give its exit code and what it said on stderr."""
    process.send_signal(number)
    _, told = process.communicate(timeout=PATIENCE)
    return process.returncode, told


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_it_ends_cleanly_when_told_to(folder, small, number):
    process = start("watch", small, "--index", folder, "--json")
    assert json.loads(process.stdout.readline())["added"] == 2
    assert end(process, number) == (0, "Ended.\n")
    assert read_slugs(folder) == ["one", "two"]


def test_a_running_server_shows_an_edit(folder, small):
    watcher = start("watch", small, "--index", folder)
    server = start("serve", "--index", folder, "--port", 0, env={**os.environ, "KB_LOG": "off"})
    try:
        assert " 2 added, 0 updated, 0 removed, 0 failed; generation 1 in " in watcher.stdout.readline()
        address = server.stdout.readline().split()[0]
        assert "ants" not in read(f"{address}/articles/one")
        (small / "one.md").write_text(ITCHY.format("as if ants were walking there"))
        assert " 1 updated" in watcher.stdout.readline()
        assert "as if ants were walking there" in read(f"{address}/articles/one")
        assert json.loads(read(f"{address}/api/search?q=ants"))["generation"] == 2
    finally:
        for process in (watcher, server):
            end(process, signal.SIGINT)


def read(address):
    with urlopen(address, timeout=PATIENCE) as answer:
        return answer.read().decode()
