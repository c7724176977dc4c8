"""The index written by a process of its own: one at a time, its progress told, its end known however it ended."""

import json
import time

import pytest

from indexer.disk import generations
from indexer.files.reader import Failure
from indexer.sources import Sources
from kb.admin import write_index
from kb.admin.job import AGAIN, ENDED, Job, read_job, start_job, write_job
from kb.admin.listing import find_roots
from kb.admin.private import open_private
from kb.admin.write_index import Progress
from kb.config import Config
from kb.resources import find_folder
from tests.administration import PATIENCE, Administrator, build_site


@pytest.fixture
def folder(tmp_path):
    return open_private(tmp_path / "index")


@pytest.fixture
def run(monkeypatch, tmp_path, folder):
    """Give a function that writes the index as the process does, and gives what it told."""

    def write(*paths, kind="sync"):
        monkeypatch.setenv("KB_INDEX", str(tmp_path / "index"))
        monkeypatch.setenv("KB_WORKERS", "1")
        write_index.main(folder, kind, [str(path) for path in paths])
        return read_job(folder)

    return write


def test_a_run_tells_what_it_did(run, articles):
    job = run(articles)
    assert (job.state, job.label) == ("done", "Writing")
    assert job.result.startswith("5 added, 0 updated, 0 removed, 0 unchanged, 0 failed. Generation 1")
    assert job.started <= job.ended
    (articles / "heavy-arms.md").unlink()
    (articles / "broken.html").write_bytes(b"%PDF-1.7")
    assert run(articles).result.startswith("0 added, 0 updated, 1 removed, 4 unchanged, 1 failed. Generation 2")
    assert run(kind="rebuild").result.startswith("0 added, 0 updated, 0 removed, 4 unchanged, 1 failed. Generation 3")


def test_a_busy_writer_is_named(run, articles, tmp_path, monkeypatch):
    monkeypatch.setattr(generations, "LOCK_SECONDS", 0.1)
    with generations.writing(tmp_path / "index"):
        job = run(articles)
    assert job.state == "failed"
    assert "is being written by process" in job.result
    assert run(articles).state == "done"


def test_an_error_of_the_program_is_told_without_its_words(run, articles, monkeypatch, folder):
    def fail(*_arguments):
        raise RuntimeError("what was in the article")

    monkeypatch.setattr(write_index, "sync", fail)
    with pytest.raises(RuntimeError):
        run(articles)
    job = read_job(folder)
    assert job.state == "failed"
    assert "RuntimeError" in job.result
    assert "what was in the article" not in job.result


def test_progress_is_told_as_it_goes(folder):
    progress = Progress(folder)
    told = [json.loads((folder / "job.json").read_text()) for _ in progress.track(range(3), 2, "Reading")]
    assert {(row["label"], row["total"]) for row in told} == {("Reading", 2)}
    assert all(row["done"] <= row["total"] for row in told), "an estimate may be too low"


def test_a_run_that_was_killed_has_failed(folder):
    assert read_job(folder) is None
    write_job(folder, Job(started="2026-01-01T00:00:00+00:00"))
    assert read_job(folder).state == "failed"
    assert read_job(folder).result == ENDED
    (folder / "job.json").write_text("{")
    assert read_job(folder) is None


def test_one_process_at_a_time_writes_and_another_process_sees_it_run(folder, articles, tmp_path):
    config = Config(tmp_path / "index", (articles,), workers=1)
    assert start_job(folder, config, tmp_path / "index", "sync", [str(articles)])
    assert not start_job(folder, config, tmp_path / "index", "sync", [str(articles)])
    assert read_job(folder).state == "running"
    deadline = time.monotonic() + 2 * PATIENCE
    while read_job(folder).state == "running" and time.monotonic() < deadline:
        time.sleep(0.1)
    assert read_job(folder).state == "done"
    assert "5 added" in read_job(folder).result
    assert start_job(folder, config, tmp_path / "index", "rebuild", [str(articles)]), "the next may begin at once"
    while read_job(folder).state == "running" and time.monotonic() < deadline:
        time.sleep(0.1)
    assert "5 unchanged" in read_job(folder).result


def test_what_is_saved_while_a_run_is_on_is_indexed_by_that_run(run, folder, articles, monkeypatch):
    sync = write_index.sync

    def change_after(*arguments):
        report = sync(*arguments)
        if not (articles / "late.md").exists():
            (articles / "late.md").write_text("# Stiff jaw\n\n## Description\n\nThe jaw is hard to open.\n")
            (folder / AGAIN).touch()
        return report

    monkeypatch.setattr(write_index, "sync", change_after)
    job = run(articles)
    assert job.result.startswith("6 added, 0 updated, 0 removed, 5 unchanged, 0 failed. Generation 2")
    assert not (folder / AGAIN).exists()


def test_the_page_looks_again_by_itself_until_the_run_has_ended(tmp_path, articles):
    admin = Administrator(build_site(tmp_path, articles))
    admin.sign_in()
    assert admin.get("/admin/index").headers["Location"] == "/admin"
    assert admin.post("/admin/index").headers["Location"] == "/admin/index"
    page = admin.get("/admin/index").text
    assert '<noscript><meta http-equiv="refresh"' in page
    assert "<progress" in page
    page = admin.wait_for_index().text
    assert "http-equiv" not in page
    assert "5 added" in page


def test_what_is_indexed_and_what_is_configured_is_kept_up_to_date(tmp_path):
    corpus, own, before = str(find_folder("corpus")), str(tmp_path / "own"), str(tmp_path / "before")

    def roots(configured, remembered):
        config = Config(tmp_path, tuple(map(type(tmp_path), configured)))
        return find_roots(config, Sources(tuple(remembered), (Failure("x", "y"),), 1))

    assert roots([corpus], []) == [corpus]
    assert roots([corpus], [before]) == [before], "the shipped articles do not come among somebody's own"
    assert roots([corpus, own], [before, corpus]) == [before, corpus, own]
    assert roots([own], [own]) == [own]
