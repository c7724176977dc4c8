"""A cluster that is not there: told in plain words, in bounded time, and never as an answer without results."""

import logging
import socket
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from indexer.opensearch.client import Client
from indexer.opensearch.place import ClusterAway, ClusterPlace
from indexer.sync import sync
from kb.app import create_app
from kb.cli import main
from kb.index import open_index

ADDRESSES = ("/", "/?q=pain", "/articles/back-pain", "/areas/back", "/symptoms", "/evidence", "/works/some-work")
DATA = ("/api/search?q=pain", "/api/articles/back-pain", "/api/suggest?q=pa", "/works.bib?year=2015")
COMMANDS = (["search", "pain"], ["article", "back-pain"], ["works"], ["stats"], ["index"], ["check"])


@pytest.fixture
def place(tmp_path: Path) -> ClusterPlace:
    """Give the place of an index on a port that nobody listens on."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    return ClusterPlace(tmp_path / "index", (f"http://127.0.0.1:{port}",), seconds=1.0)


@pytest.fixture
def silent(tmp_path: Path) -> Iterator[ClusterPlace]:
    """Give the place of an index where connections are taken and nothing is ever said."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        ended, taken = threading.Event(), []

        def take() -> None:
            while not ended.is_set():
                try:
                    taken.append(listener.accept()[0])
                except TimeoutError:
                    continue

        listener.settimeout(0.1)
        thread = threading.Thread(target=take)
        thread.start()
        yield ClusterPlace(tmp_path / "index", (f"http://127.0.0.1:{listener.getsockname()[1]}",), seconds=1.0)
        ended.set()
        thread.join()
        for connection in taken:
            connection.close()


@pytest.mark.parametrize("address", ADDRESSES)
def test_every_page_says_that_the_search_does_not_answer(place: ClusterPlace, address: str) -> None:
    answer = create_app(place).test_client().get(address)
    assert answer.status_code == 503
    assert int(answer.headers["Retry-After"]) > 0
    assert "does not answer at the moment" in answer.text
    assert "0 results" not in answer.text
    assert place.addresses[0] not in answer.text


def test_when_to_get_help_is_said_without_the_search(place: ClusterPlace, tmp_path: Path) -> None:
    for app in (create_app(place), create_app(tmp_path / "no-index")):
        answer = app.test_client().get("/", query_string={"q": "crushing chest pain into the left arm"})
        assert answer.status_code == 503
        assert "Emergency" in answer.text


@pytest.mark.parametrize("address", DATA)
def test_the_api_and_the_exports_answer_503_as_a_problem(place: ClusterPlace, address: str) -> None:
    answer = create_app(place).test_client().get(address)
    assert answer.status_code == 503
    assert int(answer.headers["Retry-After"]) > 0
    assert answer.mimetype == "application/problem+json"
    assert "try again" in answer.get_json(force=True)["detail"]
    assert "127.0.0.1" not in answer.text


def test_whoever_watches_the_service_is_told_what_is_wrong(place: ClusterPlace) -> None:
    answer = create_app(place).test_client().get("/healthz")
    assert (answer.status_code, answer.get_json()["problem"]) == (503, "ClusterAway")


@pytest.mark.parametrize("arguments", COMMANDS, ids=lambda arguments: arguments[0])
def test_a_command_ends_with_a_sentence_that_names_the_cluster(place: ClusterPlace, arguments: list[str]) -> None:
    environment = {"KB_OPENSEARCH": place.addresses[0], "KB_OPENSEARCH_SECONDS": "1", "KB_CONFIG": None}
    environment["KB_INDEX"] = str(place.folder)
    found = CliRunner(env=environment).invoke(main, arguments)
    assert found.exit_code == 2
    assert f"The search cluster does not answer ({place.addresses[0]}: Connection refused)." in found.stderr
    assert found.stdout == ""


def test_a_cluster_that_takes_connections_and_says_nothing_is_waited_for_once(silent: ClusterPlace) -> None:
    with pytest.raises(ClusterAway, match="no answer within 1 s"):
        open_index(silent)


def test_a_sync_that_finds_no_cluster_writes_nothing_and_says_so(place: ClusterPlace, articles: Path) -> None:
    with pytest.raises(ClusterAway, match="Nothing is lost"):
        sync(place, [articles])
    assert not any(path.is_file() for path in place.folder.rglob("*"))


def test_what_is_asked_stands_in_no_log(place: ClusterPlace, caplog: pytest.LogCaptureFixture) -> None:
    client = Client(place)
    caplog.set_level(logging.DEBUG)
    with pytest.raises(ClusterAway):
        client.ask("POST", "/kb/_search", {"query": "a private pain"})
    assert "private pain" not in caplog.text
