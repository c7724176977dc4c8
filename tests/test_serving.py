"""The site as strangers meet it: conditional answers, compression, odd methods and addresses, no trace of an error."""

import gzip
import json
import logging
from pathlib import Path

import pytest
from flask import Flask

from indexer.sync import sync
from kb.app import create_app
from kb.config import Config
from kb.serving.harden import PATH_LIMIT, QUERY_LIMIT
from kb.serving.request_log import LOGGER, JsonLines

PAGES = ("/", "/?q=back+pain", "/articles/back-pain", "/areas", "/symptoms", "/evidence", "/api/search?q=back")


@pytest.fixture(scope="module")
def app(index):
    return create_app(index)


@pytest.fixture
def client(app):
    return app.test_client()


@pytest.mark.parametrize("path", PAGES)
def test_who_has_the_answer_of_this_generation_is_told_that_nothing_changed(client, path):
    first = client.get(path)
    assert first.status_code == 200
    tag = first.headers["ETag"]
    again = client.get(path, headers={"If-None-Match": tag})
    assert again.status_code == 304
    assert not again.data
    assert again.headers["ETag"] == tag
    assert "no-cache" in again.headers["Cache-Control"]


def test_a_newer_generation_is_sent_in_full(articles, tmp_path):
    folder = tmp_path / "index"
    sync(folder, [articles])
    client = create_app(folder).test_client()
    tag = client.get("/symptoms").headers["ETag"]
    (articles / "stiff-jaw.md").write_text(
        "# Stiff jaw\n\n## Description\n\nThe jaw is hard to open.\n", encoding="utf-8"
    )
    sync(folder, [articles])
    assert client.get("/symptoms", headers={"If-None-Match": tag}).status_code == 200


def test_an_index_made_anew_has_other_tags_though_it_counts_from_one_again(articles, tmp_path):
    tags = set()
    for name in ("one", "two"):
        sync(tmp_path / name, [articles])
        tags.add(create_app(tmp_path / name).test_client().get("/").headers["ETag"])
    assert len(tags) == 2


def test_another_address_has_another_tag(client):
    tag = client.get("/?q=back").headers["ETag"]
    assert client.get("/?q=chest", headers={"If-None-Match": tag}).status_code == 200


def test_a_missing_page_is_a_404_and_has_no_tag(client):
    answer = client.get("/articles/no-such-article")
    assert answer.status_code == 404
    assert "ETag" not in answer.headers
    assert answer.headers["Cache-Control"] == "no-store"


def test_a_long_answer_is_compressed_for_who_takes_gzip_and_for_nobody_else(client):
    plain = client.get("/?q=back+pain", headers={"Accept-Encoding": "identity"})
    packed = client.get("/?q=back+pain", headers={"Accept-Encoding": "gzip, br"})
    refused = client.get("/?q=back+pain", headers={"Accept-Encoding": "gzip;q=0"})
    assert packed.headers["Content-Encoding"] == "gzip"
    assert int(packed.headers["Content-Length"]) == len(packed.data) < len(plain.data) / 2
    assert b"<h1" in gzip.decompress(packed.data)
    assert "Content-Encoding" not in plain.headers
    assert "Content-Encoding" not in refused.headers
    for answer in (plain, packed, refused):
        assert "Accept-Encoding" in answer.headers["Vary"]


def test_a_static_file_is_kept_for_good_only_under_the_address_of_its_content(client, app):
    with app.test_request_context():
        own = str(app.jinja_env.globals["asset"]("site.css"))
    kept, other, bare = (
        client.get(path, buffered=True) for path in (own, "/static/site.css?v=0000000000", "/static/site.css")
    )
    assert "immutable" in kept.headers["Cache-Control"]
    assert other.headers["Cache-Control"] == bare.headers["Cache-Control"] == "no-cache"


def test_a_compressed_static_file_is_the_file(client):
    answer = client.get("/static/site.css", headers={"Accept-Encoding": "gzip"})
    assert gzip.decompress(answer.data) == client.get("/static/site.css", buffered=True).data
    assert answer.headers["ETag"].startswith("W/")
    assert (
        client.get("/static/site.css", headers={"If-None-Match": answer.headers["ETag"]}, buffered=True).status_code
        == 304
    )


def test_a_part_of_a_static_file_is_sent_as_it_is(client):
    answer = client.get("/static/site.css", headers={"Accept-Encoding": "gzip", "Range": "bytes=0-9"}, buffered=True)
    assert answer.status_code == 206
    assert len(answer.data) == 10


def test_a_page_that_may_not_be_stored_is_not_compressed(index):
    app = create_app(index)
    app.add_url_rule("/secret", "secret", lambda: ("token " * 1_000, {"Cache-Control": "no-store"}))
    answer = app.test_client().get("/secret", headers={"Accept-Encoding": "gzip"})
    assert "Content-Encoding" not in answer.headers


@pytest.mark.parametrize("path", PAGES)
def test_head_tells_what_get_would_and_sends_nothing(client, path):
    head, get = client.head(path), client.get(path)
    assert head.status_code == get.status_code
    assert head.headers["ETag"] == get.headers["ETag"]
    assert not head.data


def test_options_names_the_methods_of_a_page(client):
    answer = client.options("/")
    assert answer.status_code == 200
    assert set(answer.headers["Allow"].split(", ")) == {"GET", "HEAD", "OPTIONS"}


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "TRACE", "PROPFIND", "X" * 50])
def test_other_methods_are_not_allowed(client, method):
    answer = client.open("/", method=method)
    assert answer.status_code == 405
    assert "GET" in answer.headers["Allow"]


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/%00", 404),
        ("/articles/%00", 404),
        ("/articles/..%2f..%2fetc%2fpasswd", 404),
        ("/static/..%2fapp.py", 404),
        ("/static/../app.py", 404),
        ("/..;/admin", 404),
        ("/%ff%fe", 404),
        ("/.git/config", 404),
        ("/" + "a/" * 400, 404),
        ("/" + "a" * (PATH_LIMIT + 1), 414),
        ("/?q=" + "a" * QUERY_LIMIT, 414),
        ("/?" + "&".join(f"area=a{number}" for number in range(60)), 400),
        ("/?page=99999999999999999999", 400),
    ],
)
def test_odd_addresses_are_refused_in_words(client, path, status):
    answer = client.get(path)
    assert answer.status_code == status
    assert b"<h1" in answer.data


@pytest.mark.parametrize(
    "path", ["//evil.example/", "//evil.example/articles/back-pain", "/\\evil.example", "/%2f%2fevil.example"]
)
def test_no_address_leads_away_from_the_site(app, path):
    status, headers = call(app, path)
    assert status in (400, 404)
    assert "Location" not in headers


def call(app: Flask, path: str, **environ: str) -> tuple[int, dict[str, str]]:
    """Call the application with a raw path, which the test client would take apart."""
    answer: list[tuple[str, list[tuple[str, str]]]] = []
    wanted = {
        "REQUEST_METHOD": "GET",
        "PATH_INFO": path,
        "QUERY_STRING": "",
        "SERVER_NAME": "localhost",
        "SERVER_PORT": "80",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "wsgi.url_scheme": "http",
        "wsgi.errors": None,
        "wsgi.input": None,
    }
    b"".join(app.wsgi_app(wanted | environ, lambda status, headers, *_: answer.append((status, headers))))
    status, headers = answer[-1]
    return int(status[:3]), dict(headers)


def test_a_body_over_the_limit_is_refused(index):
    client = create_app(index, config=Config(index, (), body_limit=2_048, log="off")).test_client()
    assert client.post("/", data=b"x" * 3_000).status_code == 413
    assert client.get("/", data=b"x" * 3_000).status_code == 413
    assert client.get("/", data=b"x" * 1_000).status_code == 200


@pytest.fixture
def broken_app(index):
    app = create_app(index)

    def fail() -> str:
        raise RuntimeError("the words somebody typed")

    app.add_url_rule("/fails", "fails", fail)
    app.add_url_rule("/api/fails", "api_fails", fail)
    return app


@pytest.mark.parametrize("path", ["/fails", "/api/fails"])
def test_an_error_shows_nothing_of_the_program(broken_app, path):
    answer = broken_app.test_client().get(path)
    assert answer.status_code == 500
    assert b"Traceback" not in answer.data
    assert b"typed" not in answer.data
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_even_when_the_page_for_errors_fails_one_sentence_is_sent(broken_app, monkeypatch):
    def fail(*_arguments: object, **_names: object) -> str:
        raise RuntimeError("no page")

    monkeypatch.setattr("kb.pages.errors.render_template", fail)
    answer = broken_app.test_client().get("/fails")
    assert answer.status_code == 500
    assert answer.text.startswith("Something went wrong")
    assert answer.headers["Content-Security-Policy"]


@pytest.fixture
def lines(capsys):
    """Give a function that reads the lines logged so far."""
    logging.getLogger(LOGGER).handlers[:] = []
    yield lambda: [json.loads(line) for line in capsys.readouterr().err.splitlines()]
    logging.getLogger(LOGGER).handlers[:] = []


def logged_app(index: Path, **settings: object) -> Flask:
    return create_app(index, config=Config(index, (), log="requests", **settings))  # type: ignore[arg-type]


def test_a_request_is_logged_without_what_was_asked_and_who_asked(index, lines):
    client = logged_app(index).test_client()
    client.get("/?q=secretword&area=back", environ_base={"REMOTE_ADDR": "203.0.113.9"})
    client.get("/articles/back-pain")
    rows = lines()
    assert [row["route"] for row in rows] == ["/", "/articles/<slug>"]
    assert rows[0]["status"] == 200
    text = json.dumps(rows)
    assert "secretword" not in text
    assert "back-pain" not in text
    assert "203.0.113.9" not in text


def test_queries_and_addresses_are_logged_where_the_settings_say_so(index, lines):
    client = logged_app(index, log_addresses=True, log_queries=True).test_client()
    client.get("/?q=secretword", environ_base={"REMOTE_ADDR": "203.0.113.9"})
    row = lines()[0]
    assert row["address"] == "203.0.113.9"
    assert row["path"] == "/?q=secretword"


def test_an_error_is_logged_with_its_places_and_without_its_message(broken_app, lines):
    logging.getLogger(LOGGER).addHandler(JsonLines())
    broken_app.test_client().get("/fails?q=secretword")
    row = lines()[0]
    assert row["event"] == "error"
    assert row["error"] == "RuntimeError"
    assert any("test_serving.py" in place for place in row["places"])
    assert "typed" not in json.dumps(row)
    assert "secretword" not in json.dumps(row)


def test_all_parts_of_one_answer_are_of_one_generation(articles, tmp_path):
    folder = tmp_path / "index"
    sync(folder, [articles])
    app = create_app(folder)

    def compare() -> str:
        from kb.site import current_index  # noqa: PLC0415 - within the request

        first = current_index().snapshot()
        (articles / "new.md").write_text("# Sore heel\n\n## Description\n\nThe heel hurts.\n", encoding="utf-8")
        sync(folder, [articles])
        return str(current_index().snapshot() is first)

    app.add_url_rule("/compare", "compare", compare)
    client = app.test_client()
    assert client.get("/compare").text == "True"
    assert client.get("/healthz").get_json()["generation"] == 2
