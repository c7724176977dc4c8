"""The application: what every page keeps to, and what happens when something is wrong."""

import re
import socket
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path

import pytest
from click.testing import Result
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from indexer.build import build_index
from kb.app import create_app
from kb.markup import build_snippet, safe_link
from tests.hostile import build_hostile_article

MOST_BYTES = 60_000
PAGES = [
    "/",
    "/?q=back+pain",
    "/?q=pain&area=back&area=heart&section=causes&sort=title&page=2",
    "/?kind=work",
    "/?kind=work&q=anxiety&sort=cited",
    "/?q=pain&area=hair&symptom=tinnitus",
    "/?q=xyzzyq",
    "/articles/back-pain",
    "/areas",
    "/areas/back",
    "/symptoms",
    "/symptoms/muscle-cramps",
    "/evidence",
    "/evidence?area=torso&since=2015&unsourced=description",
    "/nowhere",
    "/?page=0",
]


@pytest.fixture(scope="module")
def client(index: Path) -> FlaskClient:
    return create_app(index, {"TESTING": True}).test_client()


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    folder = tmp_path_factory.mktemp("hostile") / "index"
    build_index(folder, [build_hostile_article()])
    return create_app(folder, {"TESTING": True}).test_client()


class Tags(HTMLParser):
    """Collects the tags of a page with their attributes."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))


@pytest.mark.parametrize("address", PAGES)
def test_every_page_is_light_and_keeps_to_a_strict_policy(client: FlaskClient, address: str) -> None:
    answer = client.get(address)
    assert answer.status_code == {"/nowhere": 404, "/?page=0": 400}.get(address, 200)
    assert len(answer.data) < MOST_BYTES
    tags = Tags(answer.text).tags
    assert [tag for tag, _ in tags].count("h1") == 1
    assert not [names for _, names in tags if any(name.startswith("on") or name == "style" for name in names)]
    assert "style" not in {tag for tag, _ in tags}
    for tag, names in tags:
        if tag == "script":
            assert names.get("src", "").startswith("/static/") or names["type"] == "application/ld+json"
        if tag in {"script", "link", "img"} and names.get("rel") != "canonical":
            assert not (names.get("src") or names.get("href") or "").startswith(("http:", "https:", "//"))


@pytest.mark.parametrize("address", PAGES)
def test_ids_are_unique_and_every_link_within_a_page_leads_somewhere(client: FlaskClient, address: str) -> None:
    tags = Tags(client.get(address).text).tags
    ids = [names["id"] for _, names in tags if "id" in names]
    assert len(ids) == len(set(ids))
    inner = {names["href"] for tag, names in tags if tag == "a" and (names.get("href") or "").startswith("#")}
    assert {f"#{name}" for name in ids} >= inner
    named = {name for _, names in tags for name in (names.get("aria-labelledby") or "").split()}
    assert set(ids) >= named
    labelled = {names.get("for") for tag, names in tags if tag == "label"} - {None}
    assert set(ids) >= labelled


def test_links_on_the_pages_lead_to_pages(client: FlaskClient) -> None:
    seen: set[str] = set()
    for address in PAGES[:13]:
        for tag, names in Tags(client.get(address).text).tags:
            link = (names.get("href") or "").split("#")[0]
            if tag == "a" and link.startswith("/") and not link.startswith("/?"):
                seen.add(link)
    assert len(seen) > 100
    assert [link for link in sorted(seen)[::7] if client.get(link).status_code != 200] == []


def test_filtered_pages_stay_out_of_search_engines_and_plain_ones_do_not(client: FlaskClient) -> None:
    assert 'content="noindex, nofollow"' in client.get("/?q=pain").text
    assert 'content="noindex, nofollow"' in client.get("/?kind=work&year=2012").text
    assert "noindex" not in client.get("/?kind=work").text
    assert "noindex" not in client.get("/").text
    links = [
        n for t, n in Tags(client.get("/?q=pain&area=back").text).tags if t == "a" and "area=" in (n.get("href") or "")
    ]
    assert links
    assert all(names.get("rel") == "nofollow" for names in links)


def test_a_missing_index_is_a_page_that_names_the_command_and_needs_no_restart(tmp_path: Path) -> None:
    client = create_app(tmp_path / "index", {"TESTING": True}).test_client()
    answer = client.get("/?q=pain")
    assert answer.status_code == 503
    assert answer.headers["Retry-After"]
    assert "kb index" in answer.text
    assert 'href="/?q=pain"' in answer.text
    build_index(tmp_path / "index", [build_hostile_article()])
    assert client.get("/?q=claim").status_code == 200


def test_an_error_inside_is_a_page_without_details(index: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise RuntimeError("secret detail")

    monkeypatch.setattr("kb.pages.search.search", fail)
    answer = create_app(index).test_client().get("/?q=pain")
    assert answer.status_code == 500
    assert "secret" not in answer.text
    assert "Something went wrong" in answer.text


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("/?page=0", "“page” is a number"),
        ("/?page=x", "“page” is a number"),
        ("/?page=99999999999999999999", "“page” is a number"),
        ("/?kind=book", "“kind” can be article, work"),
        ("/?sort=best", "“sort” can be"),
        ("/?q=" + "a" * 401, "longer than 400"),
        ("/?" + "&".join(f"area=a{n}" for n in range(41)), "More than 40 filters"),
        ("/?area=" + "a" * 201, "longer than 200"),
        ("/evidence?since=abc", "“since” is a number"),
        ("/evidence?area=moon", "no such body area"),
        ("/evidence?unsourced=all", "“unsourced” can be"),
    ],
)
def test_an_impossible_address_is_told_what_to_change(client: FlaskClient, address: str, words: str) -> None:
    answer = client.get(address)
    assert answer.status_code == 400
    assert words in answer.text


@pytest.mark.parametrize(
    "address", ["/", "/?q=claim", "/?kind=work", "/?q=claim&author=%3Cscript%3E", "/articles/hostile"]
)
def test_hostile_content_is_shown_as_harmless_text(hostile: FlaskClient, address: str) -> None:
    check_harmless(hostile.get(address).text)


def test_hostile_works_are_shown_as_harmless_text(hostile: FlaskClient) -> None:
    links = {
        n["href"]
        for t, n in Tags(hostile.get("/?kind=work").text).tags
        if t == "a" and "/works/" in (n.get("href") or "")
    }
    assert len(links) == 2
    for link in links:
        check_harmless(hostile.get(str(link)).text)


def check_harmless(text: str) -> None:
    for tag, names in Tags(text).tags:
        assert tag != "img"
        assert not any(name.startswith("on") for name in names)
        assert not re.match(r"(?i)\s*(?:javascript|data|vbscript):", names.get("href") or "")
        if tag == "script":
            assert names.get("src", "").startswith("/static/") or names["type"] == "application/ld+json"
    assert "<script>alert" not in text


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.dictionaries(
        st.sampled_from(
            ["q", "kind", "area", "symptom", "year", "section", "sort", "page", "cites", "since", "unsourced"]
        ),
        st.text(max_size=30),
        max_size=5,
    )
)
def test_no_parameter_breaks_a_page_or_comes_back_as_markup(client: FlaskClient, parameters: dict[str, str]) -> None:
    for path in ("/", "/evidence"):
        answer = client.get(path, query_string=parameters | {"q": parameters.get("q", "") + "<b>'\"&"})
        assert answer.status_code in {200, 400}
        assert "<b>'" not in answer.text


@given(st.text(alphabet="<>/mark&;ltg\"' ab", max_size=40))
def test_a_snippet_has_no_tag_but_balanced_marks(text: str) -> None:
    tags = re.findall(r"<[^>]*>?", str(build_snippet(text)))
    assert set(tags) <= {"<mark>", "</mark>"}
    assert tags == ["<mark>", "</mark>"] * (len(tags) // 2)


@pytest.mark.parametrize(
    "address",
    [
        None,
        "",
        "javascript:alert(1)",
        " javascript:alert(1)",
        "data:text/html,x",
        "//evil.example",
        "http://a b",
        "ftp://x",
    ],
)
def test_only_web_addresses_are_links(address: str | None) -> None:
    assert safe_link(address) is None


def test_robots_and_the_search_description_are_there(client: FlaskClient) -> None:
    assert "Disallow: /*?" in client.get("/robots.txt").text
    answer = client.get("/opensearch.xml")
    assert answer.mimetype == "application/opensearchdescription+xml"
    assert "?q={searchTerms}" in answer.text


def test_a_busy_port_is_one_sentence(runner: Callable[..., Result], index: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        result = runner("serve", "--index", index, "--port", port)
    assert result.exit_code == 1
    assert result.output.strip() == f"Error: Port {port} is in use: choose another with --port (make run PORT=…)."
