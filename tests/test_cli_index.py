"""`kb index`, `kb parse`, `kb stats` and the settings, from the command line."""

import errno
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from indexer.disk.storage import DurableStorage
from kb.config import ConfigError, read_config
from kb.resources import ResourceMissing, find_folder
from tests.test_generations import hold


def test_help_works_without_an_index(runner, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for command in ([], ["index"], ["parse"], ["stats"]):
        result = runner(*command, "--help")
        assert result.exit_code == 0
        assert "Usage" in result.stdout


def test_indexing_prints_one_line_and_nothing_else(runner, articles, tmp_path):
    result = runner("index", articles, "--index", tmp_path / "index")
    assert result.exit_code == 0
    assert result.stdout.startswith("5 added, 0 updated, 0 removed, 0 unchanged, 0 failed; generation 1 in ")
    assert result.stdout.count("\n") == 1
    assert result.stderr == ""


def test_failures_are_listed_and_end_with_1(runner, articles, tmp_path):
    (articles / "empty.md").write_text("")
    result = runner("index", articles, "--index", tmp_path / "index")
    assert result.exit_code == 1
    assert result.stderr.startswith(f"{articles / 'empty.md'}: It is empty.")
    assert "1 failed" in result.stdout


def test_json_is_one_object_with_the_names_of_the_contract(runner, articles, tmp_path):
    (articles / "empty.md").write_text("")
    result = runner("index", articles, "--index", tmp_path / "index", "--json")
    assert result.exit_code == 1
    assert result.stderr == ""
    report = json.loads(result.stdout)
    assert list(report) == ["added", "updated", "removed", "unchanged", "failed", "generation", "seconds"]
    assert [list(failure) for failure in report["failed"]] == [["path", "error"]]


def test_one_path_can_be_forgotten_and_only_alone(runner, articles, tmp_path):
    index = ("--index", tmp_path / "index")
    runner("index", articles, *index)
    assert "2 removed" in runner("index", "--forget", articles / "more.jsonl", *index).stdout
    assert runner("index", "--forget", articles, "--rebuild", *index).exit_code == 2


def test_the_index_folder_is_the_option_else_the_variable(runner, articles, tmp_path, monkeypatch):
    runner("index", articles, "--index", tmp_path / "index")
    monkeypatch.setenv("KB_INDEX", str(tmp_path / "index"))
    done = subprocess.run(
        [sys.executable, "-c", "from kb.cli import main; main()", "stats", "--json"], capture_output=True, check=True
    )
    stats = json.loads(done.stdout)
    assert (stats["articles"], stats["works"], stats["paths"]) == (5, 2, [str(articles)])


def test_parsing_prints_one_article_a_line_and_names_what_is_none(runner, articles):
    (articles / "empty.md").write_text("")
    result = runner("parse", articles, "--json")
    rows = [json.loads(line) for line in result.stdout.splitlines()]
    assert [row["slug"] for row in rows] == [
        "heavy-arms",
        "humming-in-the-ears",
        "cold-feet",
        "dry-lips",
        "tight-headache",
    ]
    assert result.exit_code == 1
    assert "empty.md" in result.stderr


def test_parsing_for_people_and_its_explanation(runner, articles):
    assert "heavy-arms: Heavy arms" in runner("parse", articles).stdout
    assert "TITLE" in runner("parse", articles / "heavy-arms.md", "--explain").stdout
    assert runner("parse", articles, "--explain", "--json").exit_code == 2


def one_sentence(result):
    """Give the error of a command that ended with 2, no traceback and nothing on stdout."""
    assert result.exit_code == 2, result.output
    assert result.stdout == ""
    assert result.stderr.startswith("Error: ")
    assert result.stderr.count("\n") == 1
    return result.stderr


def test_a_missing_index_says_how_to_make_one(runner, tmp_path):
    assert "Make one with: kb index" in one_sentence(runner("stats", "--index", tmp_path / "none"))


def test_an_outdated_index_names_the_command_that_rebuilds_it(runner, articles, tmp_path):
    index = tmp_path / "index"
    runner("index", articles, "--index", index)
    (index / "data-000001" / "base.json").write_text('{"base": 0, "version": 0}')
    for command in (["index", articles], ["stats"]):
        assert f"kb index --rebuild --index {index}" in one_sentence(runner(*command, "--index", index))
    assert runner("index", "--rebuild", "--index", index).exit_code == 0
    assert runner("stats", "--index", index).exit_code == 0


def test_a_folder_that_cannot_be_written_is_one_sentence(runner, articles, tmp_path):
    (tmp_path / "file").write_text("")
    assert "--index" in one_sentence(runner("index", articles, "--index", tmp_path / "file"))


def test_a_full_disk_is_one_sentence_and_the_old_index_stays(runner, articles, tmp_path, monkeypatch):
    index = ("--index", tmp_path / "index")
    runner("index", articles, *index)
    (articles / "more.jsonl").unlink()

    def full(*_arguments, **_options):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as patch:
        patch.setattr(DurableStorage, "sync", full)
        assert "full" in one_sentence(runner("index", articles, *index))
    assert json.loads(runner("stats", *index, "--json").stdout)["articles"] == 5
    assert "2 removed" in runner("index", articles, *index).stdout


def test_two_writers_at_once_are_told_apart(runner, articles, tmp_path, monkeypatch):
    monkeypatch.setattr("indexer.disk.generations.LOCK_SECONDS", 0.2)
    process = hold(tmp_path / "index")
    try:
        assert f"process {process.pid}" in one_sentence(runner("index", articles, "--index", tmp_path / "index"))
    finally:
        process.kill()
        process.wait()


def test_settings_are_defaults_then_the_file_then_variables(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert read_config({}).port == 8000
    assert read_config({}).articles == (find_folder("corpus"),)
    Path("kb.toml").write_text('port = 9000\nindex = "here"\narticles = ["a", "b"]\n')
    assert read_config({}).port == 9000
    assert read_config({}).articles == (Path("a"), Path("b"))
    assert read_config({"KB_PORT": "9001", "KB_INDEX": "/there"}).port == 9001
    assert read_config({"KB_ARTICLES": f"x{os.pathsep}y"}).articles == (Path("x"), Path("y"))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("port = 70000", "port in kb.toml is 70000; it should be a whole number from 0 to 65535."),
        ("prot = 1", "'prot' that does not exist. There are: index, articles, "),
        ("articles = 'a'", "a list of paths"),
        ("host = 1", "host in kb.toml is 1; it should be text."),
        ("port = ", "kb.toml cannot be read"),
    ],
)
def test_a_wrong_setting_is_named(tmp_path, monkeypatch, runner, text, words):
    monkeypatch.chdir(tmp_path)
    Path("kb.toml").write_text(text)
    assert words in one_sentence(runner("stats"))


def test_a_wrong_variable_and_a_missing_file_are_named():
    with pytest.raises(ConfigError, match="KB_WORKERS is 'many'"):
        read_config({"KB_WORKERS": "many"})
    with pytest.raises(ConfigError, match="not there"):
        read_config({"KB_CONFIG": "/nowhere/kb.toml"})


def test_a_folder_that_is_not_shipped_is_named():
    with pytest.raises(ResourceMissing, match="Install it again"):
        find_folder("nothing")
