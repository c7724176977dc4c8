"""The API answers what the pages show, says what went wrong as problem details, and says when nothing changed."""

import json
from pathlib import Path

import bibtexparser
import pytest
import rispy
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openapi_schema_validator import OAS31Validator

from indexer.build import build_index
from indexer.model import Article, Block, Mark, Reference, Section
from indexer.sync import sync
from kb.api.exports import MOST_WORKS
from kb.api.openapi import build_document
from kb.api.routes import EXAMPLES
from kb.app import create_app

SCRIPT = "<script>alert('x')</script>"
HOSTILE = Article(
    slug="sore-thumb",
    title=f"Sore thumb {SCRIPT}",
    path="/home/somebody/articles/sore-thumb.html",
    layout="plain",
    symptoms=("sore-thumb",),
    body_areas=("hands",),
    sections=(
        Section(
            "causes",
            "Causes",
            "causes",
            (Block("paragraph", f"Thumbs ache {SCRIPT} after long typing. So do wrists."),),
        ),
    ),
    references=(
        Reference(
            number=1,
            raw='Adler, Q. "Thumbs {& more}".',
            authors=("Adler, Q",),
            et_al=True,
            title=f"Thumbs {{& more}} 100% {SCRIPT}",
            container="Typing\nToday",
            year=2011,
            url="javascript:alert(1)",
            cited=True,
        ),
        Reference(number=2, raw="A line nobody could read"),
    ),
    marks=(Mark((1,), "causes", f"Thumbs ache {SCRIPT} after long typing.", 0, 20),),
)


@pytest.fixture(scope="module")
def client(index):
    return create_app(index).test_client()


@pytest.fixture(scope="module")
def hostile(tmp_path_factory):
    folder = tmp_path_factory.mktemp("hostile") / "index"
    build_index(folder, [HOSTILE])
    return create_app(folder).test_client()


def first_slug(client):
    return client.get("/api/search?q=back+pain").json["hits"][0]["slug"]


def first_work(client):
    return client.get("/api/search?kind=work").json["hits"][0]["work"]


def schema_errors(name, value):
    document = build_document()
    schema = {"$ref": f"#/components/schemas/{name}", "components": document["components"]}
    return [error.message for error in OAS31Validator(schema).iter_errors(value)]


@pytest.mark.parametrize(
    ("address", "schema"),
    [
        ("/api/search", "Results"),
        ("/api/search?q=back+pain&area=torso&sort=title&page=2", "Results"),
        ("/api/search?q=xqzzy", "Results"),
        ("/api/search?q=i+want+to+die", "Results"),
        ("/api/search?kind=work&q=pain&sort=cited", "Results"),
        ("/api/suggest?q=ba", "Suggestions"),
        ("/api/suggest", "Suggestions"),
        ("/api/areas", "Areas"),
        ("/api/symptoms", "Symptoms"),
        ("/api/evidence", "Overview"),
        ("/api/evidence?area=head&unsourced=remedies&since=2000", "Overview"),
        ("/works.json?q=pain", "CslItems"),
        ("/api/search?kind=pain", "Problem"),
        ("/api/articles/none", "Problem"),
        ("/api/none", "Problem"),
    ],
)
def test_answers_are_what_the_document_says(client, hostile, address, schema):
    for site in (client, hostile):
        assert schema_errors(schema, site.get(address).json) == []


def test_every_article_and_work_is_what_the_document_says(client, hostile):
    for site in (client, hostile):
        for page in range(1, site.get("/api/search").json["pages"] + 1):
            for hit in site.get(f"/api/search?page={page}").json["hits"]:
                assert schema_errors("Article", site.get(f"/api/articles/{hit['slug']}").json) == []
        for hit in site.get("/api/search?kind=work").json["hits"]:
            assert schema_errors("Work", site.get(f"/api/works/{hit['work']}").json) == []


def test_an_article_carries_its_evidence_works_and_references(client):
    found = client.get(f"/api/articles/{first_slug(client)}").json
    assert len(found["works"]) == len(found["references"]) > 0
    assert {part["anchor"] for part in found["evidence"]} == {section["anchor"] for section in found["sections"]}
    work = client.get(f"/api/works/{found['works'][0]}").json
    assert found["slug"] in {citation["article"] for citation in work["citations"]}


def test_an_article_never_says_where_its_file_lies(hostile):
    assert hostile.get("/api/articles/sore-thumb").json["path"] == "sore-thumb.html"


def test_the_search_page_and_the_api_find_the_same(client):
    found = client.get("/api/search?q=dizzy&area=head").json
    page = client.get("/?q=dizzy&area=head").text
    assert found["total"] > 0
    assert all(f"/articles/{hit['slug']}" in page for hit in found["hits"])


@pytest.mark.parametrize(
    ("arguments", "address"),
    [
        (["back pain", "--area", "torso"], "/api/search?q=back+pain&area=torso"),
        (["pain", "--kind", "work", "--sort", "cited"], "/api/search?q=pain&kind=work&sort=cited"),
        (["zzqx"], "/api/search?q=zzqx"),
    ],
)
def test_the_command_line_and_the_api_answer_the_same_object(client, index, runner, arguments, address):
    printed = json.loads(runner("search", *arguments, "--index", index, "--json").stdout)
    answered = client.get(address).json
    for row in (printed, answered):
        row.pop("took_ms")
    assert printed == answered


def test_counts_of_areas_are_those_of_the_facet(client):
    facet = {value["value"]: value["count"] for value in client.get("/api/search").json["facets"]["area"]}
    areas = client.get("/api/areas").json
    assert {area["slug"]: area["articles"] for area in areas} == facet
    seen = [None]
    for area in areas:
        assert area["parent"] in seen
        seen.append(area["slug"])


@pytest.mark.parametrize(
    "query",
    ["page=0", "page=x", "page=99999999999", "kind=book", "sort=cost", "q=" + "a" * 401, "area=" + "a" * 201],
)
@pytest.mark.parametrize("path", ["/api/search", "/works.bib"])
def test_parameters_that_cannot_be_understood_are_named(client, path, query):
    answer = client.get(f"{path}?{query}")
    if path == "/works.bib" and query == "kind=book":
        assert answer.status_code == 200  # exports are always of works
        return
    assert answer.status_code == 400
    assert answer.mimetype == "application/problem+json"
    assert answer.json["status"] == 400
    assert answer.json["detail"]


@pytest.mark.parametrize(
    "text", ["(((", 'a"b', "-", "title:", "*", "~", "OR OR", "a AND", "\\", "%00", "  ", "<b>", "\U0001f600"]
)
def test_odd_text_is_never_an_error(client, text):
    answer = client.get("/api/search", query_string={"q": text})
    assert answer.status_code == 200
    assert schema_errors("Results", answer.json) == []


def test_a_wrong_method_names_the_right_one(client):
    for path in ("/api/search", "/works.bib", "/api/articles/x"):
        answer = client.post(path)
        assert (answer.status_code, answer.mimetype) == (405, "application/problem+json")
        assert "GET" in answer.headers["Allow"]


def test_without_an_index_the_api_says_when_to_come_back(tmp_path):
    site = create_app(tmp_path / "nowhere").test_client()
    for path in ("/api/search", "/api/areas", "/api/articles/x", "/works.ris", "/works/x.bib"):
        answer = site.get(path)
        assert (answer.status_code, answer.mimetype) == (503, "application/problem+json")
        assert int(answer.headers["Retry-After"]) > 0
        assert "kb index" in answer.json["detail"]
    assert site.get("/api/openapi.json").status_code == 200
    assert site.get("/api").status_code == 200


def test_an_answer_that_did_not_change_is_not_sent_again(tmp_path):
    build_index(tmp_path / "index", [HOSTILE])
    site = create_app(tmp_path / "index").test_client()
    for path in ("/api/search?q=thumb", "/api/articles/sore-thumb", "/works.bib"):
        tag = site.get(path).headers["ETag"]
        again = site.get(path, headers={"If-None-Match": tag})
        assert (again.status_code, again.data, again.headers["ETag"]) == (304, b"", tag)
        other = site.get(path, headers={"If-None-Match": 'W/"1-999-00000000"'})
        assert other.status_code == 200
    tag = site.get("/api/search").headers["ETag"]
    assert site.get("/api/search?q=thumb", headers={"If-None-Match": tag}).status_code == 200


def test_a_new_generation_changes_the_tag(tmp_path, articles):
    sync(tmp_path / "index", [articles])
    site = create_app(tmp_path / "index").test_client()
    before = site.get("/api/search").headers["ETag"]
    (articles / "new.txt").write_text("Dry elbows\n\nDescription\n\nThe elbows feel like paper.\n", encoding="utf-8")
    sync(tmp_path / "index", [articles])
    after = site.get("/api/search", headers={"If-None-Match": before})
    assert after.status_code == 200
    assert after.headers["ETag"] != before


def test_errors_carry_no_tag(client):
    assert "ETag" not in client.get("/api/articles/none").headers


def test_head_is_answered_like_get_without_a_body(client):
    answer = client.head("/api/search")
    assert (answer.status_code, answer.data) == (200, b"")


@pytest.mark.parametrize("query", ["", "?q=pain", "?year=2012", "?id_type=doi&sort=year", "?q=xqzzy"])
def test_exports_hold_exactly_the_works_that_the_list_finds(client, query):
    total = client.get("/api/search", query_string=query.lstrip("?") + "&kind=work").json["total"]
    items = client.get(f"/works.json{query}").json
    assert len(items) == total == len({item["id"] for item in items})
    library = bibtexparser.parse_string(client.get(f"/works.bib{query}").text)
    assert not library.failed_blocks
    assert [entry.key for entry in library.entries] == [item["id"] for item in items]
    records = rispy.loads(client.get(f"/works.ris{query}").text)
    assert [record["id"] for record in records] == [item["id"] for item in items]
    assert [record.get("title") for record in records] == [item.get("title") for item in items]


@pytest.mark.parametrize(
    ("suffix", "kind"),
    [
        ("bib", "application/x-bibtex"),
        ("ris", "application/x-research-info-systems"),
        ("json", "application/vnd.citationstyles.csl+json"),
    ],
)
def test_one_work_comes_as_a_file_with_its_name(client, suffix, kind):
    work = first_work(client)
    answer = client.get(f"/works/{work}.{suffix}")
    assert (answer.status_code, answer.mimetype) == (200, kind)
    assert answer.headers["Content-Disposition"] == f"attachment; filename={work}.{suffix}"
    assert work in answer.text
    assert client.get(f"/works/none.{suffix}").status_code == 404


def test_too_many_works_are_refused_and_not_cut_off(client, monkeypatch):
    monkeypatch.setattr("kb.api.exports.MOST_WORKS", 3)
    answer = client.get("/works.bib")
    assert answer.status_code == 400
    assert "more than 3" in answer.json["detail"]
    assert MOST_WORKS == 10_000


def test_hostile_text_is_text_in_every_answer(hostile):
    answer = hostile.get("/api/search?q=thumb")
    assert answer.mimetype == "application/json"
    snippets = " ".join(snippet["html"] for hit in answer.json["hits"] for snippet in hit["snippets"])
    assert "<script" not in snippets
    items = hostile.get("/works.json").json
    assert {item.get("title") for item in items} == {f"Thumbs {{& more}} 100% {SCRIPT}", None}
    assert hostile.get("/works.ris").text.count("TY  - ") == 2


def test_the_page_about_the_api_names_every_address(client):
    page = client.get("/api").text
    for path, methods in build_document()["paths"].items():
        assert f"<code>{path}</code>" in page
        assert f'id="op-{methods["get"]["operationId"]}"' in page
    assert len(page.encode()) < 60_000


def test_the_examples_on_the_page_find_something(client):
    for address, _ in EXAMPLES:
        answer = client.get(address)
        assert answer.status_code == 200
        assert answer.data


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.dictionaries(
        st.sampled_from(["q", "area", "year", "container", "article", "sort", "page"]), st.text(max_size=30)
    )
)
def test_exports_of_any_question_are_files_or_problems(client, query):
    for suffix in ("bib", "ris", "json"):
        answer = client.get(f"/works.{suffix}", query_string=query)
        assert answer.status_code in (200, 400)
        assert answer.status_code == 200 or answer.mimetype == "application/problem+json"


def test_results_are_one_line_of_json(client):
    text = client.get("/api/search?q=schwindel+éè").text
    assert text.count("\n") == 1
    assert json.loads(text)["kind"] == "article"


def test_nothing_the_api_answers_names_the_index_folder_when_all_is_well(client, index):
    for path in ("/api/search", "/api/areas", f"/api/articles/{first_slug(client)}"):
        assert str(Path(index)) not in client.get(path).text
