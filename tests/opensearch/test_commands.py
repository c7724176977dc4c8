"""The commands, the pages and the API say the same whichever engine the settings name."""

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from flask.testing import FlaskClient

from indexer.check import check, repair
from indexer.opensearch.place import ClusterPlace, Place
from indexer.sync import SyncReport, sync
from indexer.watch import WatchOptions, watch
from kb.app import create_app
from kb.cli import main
from kb.config import Config, find_place
from kb.index import open_index
from kb.model import Question
from kb.search import search
from tests.opensearch.conftest import ALONE, Engine

Run = Callable[..., Result]


@pytest.fixture
def place(engine: Engine) -> Place:
    return engine.new_place()


@pytest.fixture
def kb(place: Place) -> Run:
    """Give a function that runs `kb` with the settings that lead to the place."""
    environment = {"KB_CONFIG": None, "KB_OPENSEARCH": None, "KB_WORKERS": "1"}
    if isinstance(place, ClusterPlace):
        environment |= {"KB_INDEX": str(place.folder), "KB_OPENSEARCH": ",".join(place.addresses)}
        environment |= {"KB_OPENSEARCH_INDEX": place.name, "KB_OPENSEARCH_SECONDS": "60"}
    else:
        environment |= {"KB_INDEX": str(place)}

    def run(*arguments: object) -> Result:
        return CliRunner(env=environment).invoke(main, [str(part) for part in arguments])

    return run


def rows(result: Result) -> dict[str, Any]:
    assert result.exit_code == 0, result.output
    found: dict[str, Any] = json.loads(result.stdout)
    return found


def test_articles_are_indexed_found_shown_and_forgotten_from_the_command_line(kb: Run, articles: Path) -> None:
    assert rows(kb("index", articles, "--json"))["added"] == 5
    found = rows(kb("search", "sand", "--json"))
    assert [(hit["slug"], found["total"]) for hit in found["hits"]] == [("heavy-arms", 1)]
    assert rows(kb("search", "neck", "--cited", "yes", "--sort", "title", "--json"))["total"] == 1
    assert rows(kb("article", "heavy-arms", "--json"))["title"] == "Heavy arms"
    assert kb("article", "light-arms").exit_code == 1
    works = rows(kb("works", "--sort", "cited", "--json"))
    assert works["total"] == 2
    assert "Strained muscles tire early" in kb("works", works["hits"][0]["work"]).stdout
    stats = rows(kb("stats", "--json"))
    assert (stats["articles"], stats["works"], stats["generation"], stats["paths"]) == (5, 2, 1, [str(articles)])
    assert stats["bytes"] > 0
    assert "5 unchanged" in kb("index", articles, "--rebuild").stdout
    assert rows(kb("index", "--forget", articles, "--json"))["removed"] == 5
    assert rows(kb("search", "sand", "--json"))["total"] == 0


def test_a_file_that_fails_is_named_and_the_command_ends_with_1(kb: Run, articles: Path) -> None:
    (articles / "empty.md").write_bytes(b"")
    result = kb("index", articles)
    assert result.exit_code == 1
    assert "empty.md" in result.stderr
    assert "5 added" in result.stdout


def test_files_and_index_are_compared_and_brought_together_again(place: Place, articles: Path) -> None:
    sync(place, [articles], ALONE)
    assert check(place).findings == ()
    (articles / "heavy-arms.md").write_text("# Heavy arms\n\n## Description\n\nThey hang.\n")
    (articles / "humming-in-the-ears.txt").unlink()
    (articles / "new.md").write_text("# Itchy scalp\n\n## Description\n\nIt itches.\n")
    report = check(place)
    assert sorted((finding.kind, Path(finding.name).name) for finding in report.findings) == [
        ("missing", "new.md"),
        ("orphaned", "humming-in-the-ears.txt"),
        ("stale", "heavy-arms.md"),
    ]
    repair(place, report, (), 1)
    assert check(place).findings == ()


def test_a_watched_folder_is_followed(place: Place, articles: Path) -> None:
    outcomes = watch(place, [articles], WatchOptions(sync=ALONE))
    first = next(outcomes)
    assert isinstance(first, SyncReport)
    assert first.added == 5
    (articles / "humming-in-the-ears.txt").unlink()
    second = next(outcomes)
    assert isinstance(second, SyncReport)
    assert (second.removed, second.generation) == (1, 2)
    assert search(open_index(place), Question()).total == 4


def test_the_settings_lead_to_the_cluster_and_the_folder_stays_beside_it(tmp_path: Path) -> None:
    config = Config(tmp_path, (), opensearch=("http://127.0.0.1:1",), opensearch_shards=4)
    assert find_place(config) == ClusterPlace(tmp_path, ("http://127.0.0.1:1",), shards=4)
    assert find_place(replace(config, opensearch=())) == tmp_path


@pytest.fixture(scope="module")
def client(engine: Engine, collection: Path) -> FlaskClient:
    place = engine.new_place()
    sync(place, [collection], ALONE)
    return create_app(place, {"TESTING": True}).test_client()


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("/?q=crimson", ["40 results", "/articles/ache-000", "<mark>crimson</mark>", "Nora Feld"]),
        ("/?q=crimson&author=Nora+Feld&sort=title&page=2", ["Ache 00030"]),
        ("/?q=zzyzx", ["zzyzx"]),
        ("/?kind=work&q=lantern", ["6 results", "Study 4 of the lantern"]),
        ("/articles/ache-00015", ["Ménière", "Study 6 of the lantern"]),
        ("/areas/feet", ["Ache 00002"]),
        ("/symptoms", ["Headache"]),
        ("/symptoms/headache", ["Ache 00000"]),
        ("/evidence?area=feet", ["Ache 00002"]),
        ("/healthz", ['"articles":120', '"works":6', '"generation":1']),
        ("/api/search?q=crimson&sort=title", ['"total":40', "ache-00000"]),
        ("/api/articles/ache-00015", ["Ménière"]),
        ("/works.bib?container=Annals+of+Slow+Motion", ["10.5555/lantern.1", "10.5555/lantern.7"]),
        ("/works.ris?year=2004", ["10.5555/lantern.4"]),
    ],
)
def test_a_page_shows_what_the_index_has(client: FlaskClient, address: str, words: list[str]) -> None:
    answer = client.get(address)
    assert answer.status_code == 200
    missing = [word for word in words if word not in answer.text.replace('": ', '":')]
    assert missing == []


def test_a_work_is_reached_by_its_identifier_and_unknown_names_are_not_found(client: FlaskClient) -> None:
    answer = client.get("/works/doi/10.5555/lantern.4")
    assert answer.status_code in {301, 302, 308}
    assert "Study 4 of the lantern" in client.get(answer.headers["Location"]).text
    assert client.get("/articles/not-there").status_code == 404
    assert client.get("/works/not-there").status_code == 404
    assert client.get("/api/articles/not-there").status_code == 404
