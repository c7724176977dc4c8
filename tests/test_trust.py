"""An index is read only when nobody else could have written it."""

import os
from pathlib import Path

import pytest

from indexer.disk.generations import IndexUntrusted, read_current
from indexer.disk.trust import closed_to_others, find_distrust
from indexer.sync import sync
from kb.app import create_app
from kb.index import open_index

grp = pytest.importorskip("grp", reason="no groups of users on this system")


@pytest.fixture
def folder(articles, tmp_path):
    sync(tmp_path / "index", [articles])
    return tmp_path / "index"


def data_of(folder: Path) -> Path:
    return read_current(folder).path


def test_our_own_index_is_trusted(folder):
    assert find_distrust(folder, data_of(folder)) is None


def some_file(folder: Path) -> Path:
    return next(data_of(folder).glob("*.toc"))


EACH_PLACE = pytest.mark.parametrize(
    "find", [lambda folder: folder, data_of, some_file], ids=["index folder", "data folder", "file"]
)
AS_ROOT = pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root may give files away")


@EACH_PLACE
def test_what_anybody_may_write_is_not_read(folder, find):
    path = find(folder)
    path.chmod(path.stat().st_mode | 0o002)
    with pytest.raises(IndexUntrusted, match="anybody may write") as caught:
        open_index(folder)
    assert "kb index --rebuild" in str(caught.value)


@AS_ROOT
@EACH_PLACE
def test_what_a_group_of_several_may_write_is_not_read(folder, find):
    path = find(folder)
    os.chown(path, -1, grp.getgrnam("users").gr_gid)
    path.chmod(path.stat().st_mode | 0o020)
    with pytest.raises(IndexUntrusted, match="everybody in the group users may write"):
        open_index(folder)


@AS_ROOT
@pytest.mark.parametrize("group", [0, os.getegid(), 54_321], ids=["root's", "the owner's alone", "nobody's"])
def test_what_a_group_without_other_members_may_write_is_read(folder, group):
    path = some_file(folder)
    os.chown(path, -1, group)
    path.chmod(path.stat().st_mode | 0o020)
    assert open_index(folder).snapshot().generation == 1


@AS_ROOT
@EACH_PLACE
def test_what_belongs_to_somebody_else_is_not_read(folder, find):
    os.chown(find(folder), 12_345, -1)
    with pytest.raises(IndexUntrusted, match="belongs to another user, number 12345"):
        open_index(folder)


def test_a_file_that_is_a_link_is_not_read(folder, tmp_path):
    path = some_file(folder)
    path.rename(tmp_path / "elsewhere")
    path.symlink_to(tmp_path / "elsewhere")
    with pytest.raises(IndexUntrusted, match="is a link"):
        open_index(folder)


def test_the_index_folder_may_be_reached_by_a_link(folder, tmp_path):
    (tmp_path / "shortcut").symlink_to(folder)
    assert open_index(tmp_path / "shortcut").snapshot().generation == 1


def test_nothing_of_an_untrusted_index_is_run(folder, tmp_path):
    path = some_file(folder)
    path.write_bytes(b"cos\nsystem\n(S'touch %s'\ntR." % os.fsencode(tmp_path / "proof"))
    path.chmod(0o666)
    answer = create_app(folder).test_client().get("/")
    assert answer.status_code == 503
    assert not (tmp_path / "proof").exists()


def test_the_writer_does_not_read_an_untrusted_index_either(folder, articles):
    some_file(folder).chmod(0o666)
    with pytest.raises(IndexUntrusted):
        sync(folder, [articles])


def test_an_index_made_without_any_umask_is_trusted_all_the_same(articles, tmp_path):
    before = os.umask(0)
    try:
        sync(tmp_path / "open", [articles])
        assert os.umask(0) == 0
    finally:
        os.umask(before)
    assert open_index(tmp_path / "open").snapshot().generation == 1
    assert {path.name for path in (tmp_path / "open").rglob("*") if path.stat().st_mode & 0o022} == set()


def test_the_umask_is_what_it_was_after_an_error():
    before = os.umask(0o027)
    try:
        with pytest.raises(KeyError), closed_to_others():
            raise KeyError
        assert os.umask(before) == 0o027
    finally:
        os.umask(before)
