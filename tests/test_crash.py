"""An indexing process is killed, or its disk fails, at any moment: the last generation stays, nothing is lost."""

import errno
import os
import random
import subprocess
import sys
import time

import pytest

from indexer.disk import storage
from indexer.disk.catalog import Catalog
from indexer.disk.generations import IndexProblem, read_current
from indexer.engine import structfile
from indexer.sync import SyncOptions, sync
from tests.segments import dump_index

COMMAND = "from kb.cli import main; main()"
KILLS = 8


def write_version(folder, version):
    """Write twelve articles that all say which version they are of; three come and go."""
    for number in range(12):
        path = folder / f"article-{number}.md"
        if (number + version) % 4 == 0:
            path.unlink(missing_ok=True)
            continue
        path.write_text(f"# Sore spot {number}\n\n## Description\n\nThis is version {version}. It aches.\n")


def read_version(folder):
    """Give the version of the articles in the index; all must be of one."""
    with Catalog(read_current(folder)) as catalog:
        found = [catalog.load_article(number).article for number, _ in catalog.all_facts("article")]
    texts = {article.sections[0].text for article in found}
    assert len(texts) == 1
    assert len(found) == 9
    return int(texts.pop().split()[3].rstrip("."))


@pytest.mark.parametrize("rebuild", [False, True])
def test_a_process_killed_at_any_moment_leaves_one_whole_generation(tmp_path, rebuild):
    folder, articles = tmp_path / "index", tmp_path / "articles"
    articles.mkdir()
    write_version(articles, 0)
    started = time.monotonic()
    command = [sys.executable, "-c", COMMAND, "index", str(articles), "--index", str(folder)]
    command += ["--rebuild"] if rebuild else []
    subprocess.run(command, check=True, capture_output=True)
    seconds = time.monotonic() - started
    chance = random.Random(7)
    last, generation = 0, 1
    for version in range(1, KILLS + 1):
        write_version(articles, version)
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(chance.uniform(0.4, 1.1) * seconds)
        process.kill()
        process.wait()
        assert read_version(folder) in (last, version)
        assert read_current(folder).generation >= generation
        last, generation = read_version(folder), read_current(folder).generation
    subprocess.run(command, check=True, capture_output=True)
    assert read_version(folder) == KILLS
    assert sorted(path.name.split("_")[0].split("-")[0] for path in folder.iterdir()) == [
        "CURRENT",
        "data",
        "sources.json",
        "writer.lock",
    ]


class Fault:
    """Lets so many calls through and fails from then on, until it is mended."""

    def __init__(self, passes, error):
        self.passes, self.error, self.failed = passes, error, False

    def __call__(self, function):
        def call(*arguments, **options):
            self.passes -= 1
            if self.passes < 0:
                self.failed = True
                raise self.error
            return function(*arguments, **options)

        return call


FAULTS = {
    "fsync": (os, "fsync"),
    "rename": (os, "rename"),
    "write": (structfile.StructFile, "write"),
    "open": (storage.DurableStorage, "create_file"),
}


@pytest.mark.parametrize("rebuild", [False, True])
@pytest.mark.parametrize("name", FAULTS)
def test_a_disk_that_fails_at_any_call_leaves_one_whole_generation(tmp_path, monkeypatch, name, rebuild):
    folder, articles = tmp_path / "index", tmp_path / "articles"
    articles.mkdir()
    write_version(articles, 0)
    sync(folder, [articles])
    write_version(articles, 1)
    passes = 0
    while True:
        fault = Fault(passes, OSError(errno.ENOSPC, os.strerror(errno.ENOSPC)))
        with monkeypatch.context() as patch:
            owner, attribute = FAULTS[name]
            patch.setattr(owner, attribute, fault(getattr(owner, attribute)))
            try:
                sync(folder, [articles], SyncOptions(rebuild=rebuild))
            except IndexProblem as problem:
                assert "full" in str(problem)
        version = read_version(folder)
        if not fault.failed:
            break
        if version == 1:  # it failed after the commit: start again from the old state
            write_version(articles, 0)
            sync(folder, [articles])
            write_version(articles, 1)
        passes = passes + 1 if passes < 12 else int(passes * 1.5)
    assert version == 1
    assert passes > 0


def test_an_interrupt_while_writing_leaves_the_last_generation(tmp_path, articles, monkeypatch):
    folder = tmp_path / "index"
    sync(folder, [articles])
    before = dump_index(read_current(folder))
    (articles / "more.jsonl").unlink()

    def interrupt(*_arguments):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("indexer.update.Update.write", interrupt)
        with pytest.raises(KeyboardInterrupt):
            sync(folder, [articles])
    assert dump_index(read_current(folder)) == before
    assert sync(folder, [articles]).removed == 2
