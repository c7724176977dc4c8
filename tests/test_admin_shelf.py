"""Article files put in and taken out: in one step, inside the folder, and never by way of a link."""

import os
import time
from pathlib import Path

import pytest

from kb.admin.problem import AdminProblem
from kb.admin.shelf import DRAFT, delete_article, find_entry, find_obstacle, find_shelves, is_shipped, save_article
from kb.config import Config
from kb.resources import PACKAGE, find_folder

ELSEWHERE = [
    "../secret.md",
    "sub/../../secret.md",
    "/etc/hostname",
    "..",
    ".",
    "",
    "sub/..",
    "a\0b.md",
    "./../secret.md",
]


@pytest.fixture
def shelf(tmp_path):
    (tmp_path / "secret.md").write_text("secret")
    folder = tmp_path / "articles"
    (folder / "sub").mkdir(parents=True)
    (folder / "old.md").write_text("old")
    (folder / "sub" / "deep.md").write_text("deep")
    return folder


def names(folder: Path) -> set[str]:
    return {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}


def test_an_article_is_saved_whole_and_leaves_no_draft(shelf):
    save_article(shelf, "new.md", b"new", replaces=False)
    assert (shelf / "new.md").read_bytes() == b"new"
    assert names(shelf) == {"new.md", "old.md", "sub/deep.md"}
    assert (shelf / "new.md").stat().st_mode & 0o022 == 0


def test_a_file_is_replaced_only_by_choice(shelf):
    with pytest.raises(AdminProblem, match="already") as caught:
        save_article(shelf, "old.md", b"new", replaces=False)
    assert caught.value.status == 409
    assert (shelf / "old.md").read_text() == "old"
    save_article(shelf, "old.md", b"new", replaces=True)
    assert (shelf / "old.md").read_text() == "new"
    save_article(shelf, "none.md", b"new", replaces=True)
    assert (shelf / "none.md").read_text() == "new"
    assert names(shelf) == {"old.md", "none.md", "sub/deep.md"}


@pytest.mark.parametrize("replaces", [False, True])
def test_a_link_in_the_folder_is_not_written_through(shelf, tmp_path, replaces):
    (shelf / "link.md").symlink_to(tmp_path / "secret.md")
    (shelf / "dangling.md").symlink_to(tmp_path / "made.md")
    for name in ("link.md", "dangling.md"):
        with pytest.raises(AdminProblem):
            save_article(shelf, name, b"evil", replaces=replaces)
        assert (shelf / name).is_symlink()
    assert (tmp_path / "secret.md").read_text() == "secret"
    assert not (tmp_path / "made.md").exists()


def test_a_folder_is_not_replaced_by_an_article(shelf):
    with pytest.raises(AdminProblem, match="stays as it is"):
        save_article(shelf, "sub", b"evil", replaces=True)
    assert (shelf / "sub" / "deep.md").exists()


def test_what_cannot_be_written_changes_nothing_and_is_told(shelf):
    with pytest.raises(AdminProblem, match="Nothing was changed") as caught:
        save_article(shelf, "x" * 300 + ".md", b"new", replaces=False)
    assert caught.value.status == 503
    assert names(shelf) == {"old.md", "sub/deep.md"}


def test_a_draft_that_a_crash_left_is_removed_later_and_a_fresh_one_stays(shelf):
    for name, age in (("old", 7_200), ("fresh", 10)):
        draft = shelf / f".{name}{DRAFT}"
        draft.write_text("part")
        os.utime(draft, (time.time() - age,) * 2)
    save_article(shelf, "new.md", b"new", replaces=False)
    assert names(shelf) == {"new.md", "old.md", "sub/deep.md", f".fresh{DRAFT}"}


def test_articles_are_deleted_from_the_folder_and_those_inside_it(shelf):
    delete_article(shelf, "old.md")
    delete_article(shelf, "sub/deep.md")
    assert names(shelf) == set()


@pytest.mark.parametrize("name", ELSEWHERE)
def test_nothing_outside_is_deleted_or_looked_at(shelf, tmp_path, name):
    for use in (delete_article, find_entry):
        with pytest.raises(AdminProblem):
            use(shelf, name)
    assert (tmp_path / "secret.md").exists()


def test_only_article_files_are_deleted(shelf):
    others = ["kb.toml", ".env.md", "README.md", "notes.bak", "_drafts/a.md", ".git/a.md"]
    for name in others:
        (shelf / name).parent.mkdir(exist_ok=True)
        (shelf / name).write_text("kept")
        for use in (delete_article, find_entry):
            with pytest.raises(AdminProblem):
                use(shelf, name)
    assert names(shelf) == {"old.md", "sub/deep.md", *others}


def test_nothing_is_deleted_by_way_of_a_link(shelf, tmp_path):
    (shelf / "link.md").symlink_to(tmp_path / "secret.md")
    (shelf / "up").symlink_to(tmp_path)
    for name in ("link.md", "up/secret.md", "up", "sub", "none.md", "none/none.md", "old.md/x"):
        with pytest.raises(AdminProblem):
            delete_article(shelf, name)
    assert (tmp_path / "secret.md").read_text() == "secret"
    assert (shelf / "link.md").is_symlink()
    assert (shelf / "up").is_symlink()


def test_the_shipped_articles_and_the_program_itself_are_never_written(tmp_path):
    corpus = find_folder("corpus")
    (tmp_path / "link").symlink_to(corpus)
    before = names(corpus)
    for folder in (corpus, tmp_path / "link", PACKAGE / "static", corpus / ".." / corpus.name):
        assert is_shipped(folder)
        assert "KB_ARTICLES" in find_obstacle(folder)
        with pytest.raises(AdminProblem, match="stay as they are"):
            save_article(folder, "evil.html", b"evil", replaces=True)
        with pytest.raises(AdminProblem, match="stay as they are"):
            delete_article(folder, "back-pain.html")
    assert names(corpus) == before


def test_only_folders_that_can_be_written_are_offered_and_else_it_is_said_why(shelf, tmp_path):
    config = Config(tmp_path / "index", (find_folder("corpus"), shelf, tmp_path / "none", shelf / "old.md"))
    assert find_shelves(config) == ((shelf,), "")
    shelves, obstacle = find_shelves(Config(tmp_path / "index", (tmp_path / "none",)))
    assert shelves == ()
    assert "is not a folder" in obstacle
    assert "KB_ARTICLES" in find_shelves(Config(tmp_path / "index", ()))[1]


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="the administrator may write everywhere")
def test_a_folder_that_may_not_be_written_is_named(shelf):
    shelf.chmod(0o555)
    try:
        assert "may not write" in find_obstacle(shelf)
    finally:
        shelf.chmod(0o755)
