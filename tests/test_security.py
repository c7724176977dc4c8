"""The attack list of SECURITY.md, tried: each test is one attack on the pages, and what becomes of it."""

import json
import re
from html.parser import HTMLParser
from io import BytesIO
from pathlib import Path

import pytest

from indexer.sync import sync
from kb.app import create_app
from kb.config import Config
from kb.serving.host_names import HostNames

HTML = ("/", "/?q=pain", "/articles/back-pain", "/areas", "/symptoms", "/evidence", "/api", "/no-such-page", "/?page=x")
OTHERS = (
    "/api/search",
    "/api/articles/nothing",
    "/works.bib",
    "/robots.txt",
    "/opensearch.xml",
    "/static/site.css",
    "/healthz",
)
SCRIPT = re.compile(r"<script\b([^>]*)>", re.IGNORECASE)
MARKUP = "<kbxss onload=alert(1)>"


class Attributes(HTMLParser):
    """Collects the names of all attributes of a page, and where its links lead."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.names: set[str] = set()
        self.links: list[str] = []
        self.feed(page)

    def handle_starttag(self, _tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.names |= {name for name, _ in attrs}
        self.links += [value or "" for name, value in attrs if name in ("href", "src", "action", "formaction")]


def has_inline(page: str) -> bool:
    return any(name == "style" or name.startswith("on") for name in Attributes(page).names)


@pytest.fixture(scope="module")
def client(index):
    return create_app(index).test_client()


@pytest.mark.parametrize("path", HTML + OTHERS)
def test_every_answer_says_what_a_browser_may_do_with_it(client, path):
    headers = client.get(path, buffered=True).headers
    policy = headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "base-uri 'none'" in policy
    assert "form-action 'self'" in policy
    assert "unsafe" not in policy
    assert "http:" not in policy
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert headers["Cross-Origin-Opener-Policy"] == headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "geolocation=()" in headers["Permissions-Policy"]
    assert "Server" not in headers
    assert "Set-Cookie" not in headers


@pytest.mark.parametrize("path", HTML)
def test_nothing_is_inline_but_what_carries_the_nonce(client, path):
    answer = client.get(path)
    nonce = re.search(r"'nonce-([^']+)'", answer.headers["Content-Security-Policy"])
    for attributes in SCRIPT.findall(answer.text):
        assert "src=" in attributes or (nonce is not None and f'nonce="{nonce[1]}"' in attributes)
    assert not has_inline(answer.text)
    assert "<style" not in answer.text
    assert "http-equiv" not in answer.text


def test_each_answer_has_a_nonce_of_its_own_and_an_unchanged_one_has_no_policy(client):
    first, second = client.get("/articles/back-pain"), client.get("/articles/back-pain")
    assert "nonce-" in first.headers["Content-Security-Policy"]
    assert first.headers["Content-Security-Policy"] != second.headers["Content-Security-Policy"]
    unchanged = client.get("/articles/back-pain", headers={"If-None-Match": first.headers["ETag"]})
    assert unchanged.status_code == 304
    assert "Content-Security-Policy" not in unchanged.headers  # or the page kept would lose its nonce


@pytest.mark.parametrize(
    "name", ["q", "area", "symptom", "author", "source", "year", "sort", "kind", "page", "cites", "since"]
)
@pytest.mark.parametrize("path", ["/", "/evidence", "/works.bib"])
def test_what_is_asked_never_becomes_markup(client, path, name):
    for value in (f"\"'>{MARKUP}", f"</title></script>{MARKUP}"):
        answer = client.get(path, query_string={name: value})
        assert answer.status_code in (200, 400)
        assert "html" not in answer.mimetype or "<kbxss" not in answer.text.lower()


@pytest.mark.parametrize("path", [f"/{MARKUP}", f"/articles/{MARKUP}", f"/symptoms/{MARKUP}", f"/works/doi/{MARKUP}"])
def test_an_address_never_becomes_markup(client, path):
    assert "<kbxss" not in client.get(path).text.lower()


STORED = f"""<!doctype html><html><head><title>Sore &lt;kbxss&gt; toe</title></head><body>
<h1>Sore {MARKUP.replace("<", "&lt;")} toe</h1>
<h2>Description &lt;/h2&gt;{MARKUP.replace("<", "&lt;")}</h2>
<p>The toe hurts &lt;/script&gt;{MARKUP.replace("<", "&lt;")} [1].
<script>alert(2)</script><img src=x onerror=alert(3)></p>
<h2>Causes</h2><p>Tight &lt;kbxss&gt; shoes {{{{7*7}}}} [1].</p>
<h2>References</h2><ol><li>Marlow, Ada. "Toes &lt;/script&gt;&lt;kbxss&gt;." Journal &lt;kbxss&gt;, vol. 1, 2011.
<a href="javascript:alert(4)">link</a> javascript:alert(5) https://example.org/&quot;onmouseover=&quot;alert(6)</li></ol>
<p>Written by &lt;kbxss&gt; Feld. Updated: March 4, 2021.</p></body></html>"""


def test_markup_in_an_article_never_becomes_markup_of_a_page(tmp_path):
    (tmp_path / "articles").mkdir()
    (tmp_path / "articles" / "sore-toe.html").write_text(STORED, encoding="utf-8")
    line = {"title": f"Cold {MARKUP}", "sections": [{"heading": MARKUP, "text": f"The feet {MARKUP} stay cold."}]}
    line |= {"source_url": "javascript:alert(1)", "authors": [MARKUP], "references": [f"{MARKUP} javascript:alert(1)"]}
    (tmp_path / "articles" / "more.jsonl").write_text(json.dumps(line) + "\n", encoding="utf-8")
    assert sync(tmp_path / "index", [tmp_path / "articles"]).added == 2
    client = create_app(tmp_path / "index").test_client()
    slugs = [hit["slug"] for hit in client.get("/api/search").get_json()["hits"]]
    works = [hit["work"] for hit in client.get("/api/search?kind=work").get_json()["hits"]]
    paths = ["/", "/?q=toe", "/?q=feet", "/?kind=work", "/?kind=work&q=toes", "/evidence", "/symptoms"]
    paths += [f"/articles/{slug}" for slug in slugs] + [f"/works/{work}" for work in works]
    for path in paths:
        page = client.get(path).text
        assert "<kbxss" not in page.lower(), path
        assert not [link for link in Attributes(page).links if "javascript:" in link.lower()], path
        assert not has_inline(page), path
        assert "alert(2)</script>" not in page, path
        assert "Tight 49" not in page and "shoes 49" not in page, path


@pytest.mark.parametrize(
    ("host", "is_known"),
    [
        ("localhost", True),
        ("localhost:8000", True),
        ("LOCALHOST", True),
        ("localhost.", True),
        ("127.0.0.1:8000", True),
        ("192.168.1.20", True),
        ("[::1]:8000", True),
        ("kb.example.org", True),
        ("alias.example.org:443", True),
        ("", True),
        ("evil.example", False),
        ("localhost.evil.example", False),
        ("evil.example:80@localhost", False),
        ("localhost@evil.example", False),
        ("localhost/evil", False),
        ("localhost#evil", False),
        ("localhost?evil", False),
        ("localhost:x", False),
        ("localhost:99999", False),
        ("localhost, evil.example", False),
        ("[::1", False),
        ("a b", False),
        ("x" * 300, False),
        ("127.0.0.1.evil.example", False),
    ],
)
def test_a_host_is_one_of_ours_or_refused(host, is_known):
    names = HostNames(Config(Path("i"), (), public_address="https://kb.example.org", hosts=("alias.example.org",)))
    assert names.is_known(host) is is_known


@pytest.mark.parametrize("path", ["/", "/articles/back-pain", "/opensearch.xml", "/api/search"])
def test_a_foreign_host_is_refused_and_never_repeated(client, path):
    answer = client.get(path, headers={"Host": "evil.example"})
    assert answer.status_code == 400
    assert "evil.example" not in answer.text
    assert "hosts" in answer.text
    assert answer.headers["Cache-Control"] == "no-store"


def test_links_are_built_from_the_public_address_alone(index):
    config = Config(index, (), public_address="https://kb.example.org", proxies=1, log="off")
    client = create_app(index, config=config).test_client()
    headers = {"Host": "127.0.0.1:8000", "X-Forwarded-Host": "evil.example", "X-Forwarded-Prefix": "/evil"}
    page = client.get("/articles/back-pain", headers=headers)
    assert '<link rel="canonical" href="https://kb.example.org/articles/back-pain">' in page.text
    assert "https://kb.example.org/?q=" in client.get("/opensearch.xml", headers=headers).text
    assert "evil" not in page.text
    assert page.headers["Strict-Transport-Security"].startswith("max-age=")


@pytest.mark.parametrize(
    "header",
    ["X-Forwarded-Host", "X-Forwarded-Proto", "X-Forwarded-Prefix", "X-Original-URL", "X-Rewrite-URL", "Forwarded"],
)
def test_headers_that_no_cache_key_has_change_nothing(client, header):
    plain = client.get("/articles/back-pain")
    poisoned = client.get("/articles/back-pain", headers={header: "evil.example"})
    nonce = re.compile(r"nonce=\"[^\"]+\"")
    assert nonce.sub("", poisoned.text) == nonce.sub("", plain.text)
    assert poisoned.headers["ETag"] == plain.headers["ETag"]


def test_another_method_cannot_be_smuggled_in_a_header_or_a_parameter(client):
    assert client.post("/?_method=GET", headers={"X-HTTP-Method-Override": "GET"}).status_code == 405


@pytest.mark.parametrize(
    "value", ["\r\nX-Injected: yes", "\nSet-Cookie: a=b", "%0d%0aX-Injected: yes", "x\0y", "\u010a\u010d"]
)
@pytest.mark.parametrize("path", ["/works/doi/{}", "/works/{}.bib", "/articles/{}", "/?q={}", "/works.bib?q={}"])
def test_no_line_break_gets_into_a_header(client, path, value):
    answer = client.get(path.replace("{}", value.replace("\r", "%0d").replace("\n", "%0a").replace("\0", "%00")))
    assert answer.status_code in (200, 302, 400, 404)
    assert "X-Injected" not in answer.headers
    assert "Set-Cookie" not in answer.headers
    assert all("\n" not in text and "\r" not in text for _, text in answer.headers)


@pytest.mark.parametrize(
    "target", ["//evil.example", "https://evil.example", "/\\evil.example", "\\\\evil.example", "javascript:alert(1)"]
)
def test_an_identifier_never_leads_elsewhere(client, target):
    answer = client.get(f"/works/doi/{target}")
    assert answer.status_code in (400, 404)
    assert "Location" not in answer.headers


def test_the_one_kind_of_redirect_leads_to_a_page_of_this_site(client):
    hits = client.get("/api/search?kind=work&id_type=doi").get_json()["hits"]
    work = client.get(f"/api/works/{hits[0]['work']}").get_json()
    answer = client.get(f"/works/doi/{work['doi']}?next=//evil.example", headers={"X-Forwarded-Host": "evil.example"})
    assert answer.status_code == 302
    assert answer.headers["Location"] == f"/works/{work['id']}"


@pytest.mark.parametrize(
    "path",
    [
        "/static/../app.py",
        "/static/..%2f..%2fwsgi.py",
        "/static/%2e%2e/app.py",
        "/static//etc/passwd",
        "/static/\\..\\app.py",
    ],
)
def test_static_files_are_those_of_one_folder(client, path):
    assert client.get(path).status_code == 404


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
def test_without_administration_no_request_changes_anything(client, method):
    rules = [rule for rule in client.application.url_map.iter_rules() if not rule.arguments]
    assert {client.open(rule.rule, method=method, data=b"x").status_code for rule in rules} == {405}


def test_an_index_cannot_be_uploaded(client):
    for path in ("/", "/api", "/admin", "/index", "/upload"):
        assert client.post(path, data={"file": (BytesIO(b"cos"), "_MAIN_1.toc")}).status_code in (404, 405)


def test_entities_of_a_page_are_neither_multiplied_nor_fetched(tmp_path):
    bomb = '<!DOCTYPE z [<!ENTITY a "aaaaaaaaaa">' + "".join(
        f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9)
    )
    secret = tmp_path / "secret.txt.keep"
    secret.write_text("the-secret-of-this-machine")
    body = "<h1>Sore toe</h1><h2>Description</h2><p>The toe hurts &j; &x; here.</p>"
    folder = tmp_path / "articles"
    folder.mkdir()
    (folder / "bomb.html").write_text(f'{bomb}<!ENTITY x SYSTEM "{secret.as_uri()}">]>{body}', encoding="utf-8")
    sync(tmp_path / "index", [folder])
    text = json.dumps([client_json(tmp_path / "index", path) for path in ("/api/search?q=toe", "/api/articles/bomb")])
    assert len(text) < 20_000
    assert "the-secret" not in text


def client_json(index: Path, path: str) -> object:
    return create_app(index).test_client().get(path).get_json()
