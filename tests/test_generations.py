"""The index folder: what is current, who writes, what is left behind."""

import errno
import os
import pickle
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from indexer.disk.catalog import Catalog
from indexer.disk.generations import (
    IndexDamaged,
    IndexLocked,
    IndexMissing,
    IndexUnwritable,
    announce,
    create_data_folder,
    read_current,
    rebuild_command,
    remove_unfinished,
    writing,
)
from indexer.disk.storage import DurableStorage, replace_text
from indexer.sync import sync

HOLD = """
import sys, time
from pathlib import Path
from indexer.disk.generations import writing
with writing(Path(sys.argv[1])):
    print("held", flush=True)
    time.sleep(60)
"""


def hold(folder):
    """Start a process that holds the index folder for writing."""
    process = subprocess.Popen([sys.executable, "-c", HOLD, str(folder)], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    assert process.stdout.readline() == "held\n"
    process.stdout.close()
    return process


def test_a_folder_without_index_says_how_to_make_one(tmp_path):
    with pytest.raises(IndexMissing, match="kb index --index"):
        read_current(tmp_path)


def test_a_problem_is_told_by_another_process_as_it_is(tmp_path):
    told = pickle.loads(pickle.dumps(IndexLocked(tmp_path, "Somebody writes.")))
    assert (type(told), told.folder, str(told)) == (IndexLocked, tmp_path, "Somebody writes.")


def test_a_folder_with_blanks_in_its_name_is_quoted_in_the_command(tmp_path):
    with pytest.raises(IndexMissing, match=r"kb index --index '[^']*two words' "):
        read_current(tmp_path / "two words")
    assert shlex.split(rebuild_command(tmp_path / "two words"))[-1] == str(tmp_path / "two words")


def test_a_pointer_that_names_nothing_is_damage(tmp_path):
    (tmp_path / "CURRENT").write_text("../elsewhere\n")
    with pytest.raises(IndexDamaged, match="--rebuild"):
        read_current(tmp_path)
    (tmp_path / "CURRENT").write_text("data-000001\n")
    with pytest.raises(IndexDamaged, match="gone"):
        read_current(tmp_path)


def test_announcing_a_data_folder_removes_the_others(tmp_path):
    first = create_data_folder(tmp_path, 0)
    announce(tmp_path, first)
    second = create_data_folder(tmp_path, 7)
    assert read_current(tmp_path) == first
    announce(tmp_path, second)
    assert read_current(tmp_path) == second
    assert second.generation == 7
    assert not first.path.exists()


def test_a_second_writer_is_told_who_holds_the_index_and_a_killed_one_holds_nothing(tmp_path):
    process = hold(tmp_path)
    try:
        with pytest.raises(IndexLocked, match=f"process {process.pid} since 20"), writing(tmp_path, 0.2):
            pass
    finally:
        process.kill()
        process.wait()
    with writing(tmp_path, 1):
        pass


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (errno.ENOSPC, "full"),
        (errno.EROFS, "cannot be written"),
        (errno.EACCES, "--index"),
        (errno.EIO, "reports an error"),
        (errno.ENOENT, "No such file or directory"),
        (errno.EMFILE, "Too many open files"),
    ],
)
def test_what_the_disk_refuses_is_one_sentence_and_the_lock_is_free(tmp_path, number, words):
    with pytest.raises(IndexUnwritable, match=words), writing(tmp_path):
        raise OSError(number, os.strerror(number))
    with writing(tmp_path, 1):
        pass


def test_a_file_in_place_of_the_folder_is_one_sentence(tmp_path):
    (tmp_path / "index").write_text("")
    with pytest.raises(IndexUnwritable, match="--index"), writing(tmp_path / "index"):
        pass


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_an_unwritable_folder_is_one_sentence(tmp_path):
    tmp_path.chmod(0o500)
    with pytest.raises(IndexUnwritable, match="--index"), writing(tmp_path / "index"):
        pass


def test_what_a_killed_writer_left_is_removed_and_what_is_listed_stays(tmp_path, articles):
    sync(tmp_path / "index", [articles])
    data = read_current(tmp_path / "index")
    with Catalog(data) as catalog:
        segments = catalog.segment_names()
    listed = sorted(path.name for path in data.path.iterdir())
    for name in ("MAIN_zzzz.trm", "_MAIN_2.toc.171717.5", "base.json.99.tmp"):
        (data.path / name).write_text("left")
    (data.path / "MAIN.tmp").mkdir()
    remove_unfinished(data.path, segments)
    assert sorted(path.name for path in data.path.iterdir()) == listed


def test_files_are_on_disk_before_the_commit_is_visible_and_the_folder_after(tmp_path, monkeypatch):
    events = []
    monkeypatch.setattr(os, "fsync", lambda number: events.append(Path(f"/proc/self/fd/{number}").resolve().name))
    rename = os.rename
    monkeypatch.setattr(os, "rename", lambda a, b: (events.append(f"rename {Path(b).name}"), rename(a, b))[1])
    storage = DurableStorage(tmp_path / "data").create()
    for name in ("segment", "contents.draft"):
        with storage.create_file(name) as file:
            file.write(b"x")
    storage.rename_file("contents.draft", "contents")
    assert events == ["contents.draft", "segment", "data", "rename contents", "data"]


def test_replacing_a_text_leaves_the_old_one_when_the_disk_is_full(tmp_path, monkeypatch):
    replace_text(tmp_path / "a", "old")

    def full(_number):
        raise OSError(errno.ENOSPC, "full")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="full"):
        replace_text(tmp_path / "a", "new")
    assert (tmp_path / "a").read_text() == "old"
    assert [path.name for path in tmp_path.iterdir()] == ["a"]
