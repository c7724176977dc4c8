"""Administration from upload to search: previews in another process, saving, deleting, the index that follows."""

import gzip
import io
import json
import os
import pickle
import re
import time
import zipfile

import pytest

from indexer.sync import sync
from kb.admin import preview
from kb.admin.private import open_private
from kb.admin.problem import AdminProblem
from kb.admin.processes import build_environment
from kb.admin.read_upload import read_upload
from kb.admin.staging import EXPIRY_SECONDS, MOST_UPLOADS, Staging
from kb.resources import find_folder
from tests.administration import TOKEN, Administrator, build_site
from tests.conftest import HEADACHE
from tests.test_security import MARKUP, STORED, Attributes, has_inline

TOE = "# Sore toe\n\n## Description\n\nThe toe hurts in tight shoes.\n"


@pytest.fixture
def admin(tmp_path, articles):
    administrator = Administrator(build_site(tmp_path, articles))
    administrator.sign_in()
    return administrator


def zipped(content: bytes) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("page.html", content)
    return stream.getvalue()


def test_an_article_is_uploaded_seen_saved_found_deleted_and_gone(admin, articles):
    address = admin.upload(TOE, "Sore Toe.MD").headers["Location"]
    assert not (articles / "sore-toe.md").exists()
    assert "The toe hurts in tight shoes." in admin.get(address).text
    assert admin.post(address, do="index").headers["Location"] == "/admin/index"
    assert "5 added" not in admin.get("/admin").text
    assert "6 added, 0 updated, 0 removed, 0 unchanged, 0 failed" in admin.wait_for_index().text
    assert (articles / "sore-toe.md").read_text() == TOE
    assert admin.client.get("/api/search?q=toe").get_json()["hits"][0]["slug"] == "sore-toe"
    assert "The toe hurts" in admin.get("/articles/sore-toe").text
    confirm = admin.get("/admin/delete?file=sore-toe.md")
    assert 'href="/articles/sore-toe"' in confirm.text
    assert admin.post("/admin/delete", file="sore-toe.md", do="index").headers["Location"] == "/admin/index"
    assert "1 removed" in admin.wait_for_index().text
    assert "sore-toe" not in admin.client.get("/api/search?q=toe").text
    assert admin.get("/articles/sore-toe").status_code == 404
    assert not (articles / "sore-toe.md").exists()


def test_the_preview_tells_what_was_understood_doubted_and_left_out(admin):
    page = HEADACHE.replace("<h1>", "<nav><a href='/x'>Home</a> <a href='/y'>All symptoms</a></nav><h1>").replace(
        "<p>Short", "<p>Short-term solutions include:</p><p>Short"
    )
    text = re.sub(r"<[^>]+>|\s+", " ", admin.get(admin.stage(page, "tight.html")).text)
    text = re.sub(r"\s+", " ", text)
    for words in (
        "/articles/tight",
        "Head",
        "Nora Feld",
        "March 4, 2021 (updated)",
        "What does a tight headache feel like?",
        "Causes, 1 of 2 sentences cite a source",
        "comes and goes",
        "2 references, 2 marks in the text",
        "Neck muscles under strain",
        "DOI 10.5555/quiet.2011.10",
        "PMID 90000001",
        "A list seems to be lost after",
        "Left out",
    ):
        assert words in text, words


def test_each_line_of_a_jsonl_file_is_shown_and_those_that_fail_are_named(admin, articles):
    good = json.dumps({"title": "Cold nose", "sections": [{"heading": "Description", "text": "The nose is cold."}]})
    address = admin.upload("\n".join([good, "{broken", *[good] * 30]), "Noses.jsonl").headers["Location"]
    answer = admin.get(address)
    assert answer.text.count("<h2 id") >= 19
    assert "Line 2:" in answer.text
    assert "12 further lines were not looked at" in answer.text
    admin.post(address, do="save")
    assert (articles / "noses.jsonl").exists()


HARMFUL = {
    "pickle": pickle.dumps({"a": 1}) * 40,
    "zip": zipped(b"<h1>x</h1>"),
    "zip bomb": zipped(b"\0" * 20_000_000),
    "gzip bomb": gzip.compress(b"<p>x</p>" * 2_000_000),
    "pdf": b"%PDF-1.7 " + b"x" * 1_000,
    "elf": b"\x7fELF" + b"\0" * 1_000,
    "empty": b"   \n",
    "nulls": b"\0" * 100_000,
}


@pytest.mark.parametrize("kind", HARMFUL)
def test_what_is_no_text_is_never_saved(admin, articles, kind):
    before = sorted(articles.iterdir())
    address = admin.stage(HARMFUL[kind], "page.html")
    page = admin.get(address)
    assert "It gave no article" in page.text
    assert "Save only" not in page.text
    assert admin.post(address, do="save").status_code == 422
    assert sorted(articles.iterdir()) == before


BOMBS = {
    "entities": '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">'
    + "".join(f'<!ENTITY a{n} "{"&a;" * 10 if n == 0 else f"&a{n - 1};" * 10}">' for n in range(12))
    + "]><h1>Sore toe</h1><h2>Description</h2><p>&a11; The toe hurts.</p>",
    "external": '<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]>'
    "<h1>Sore toe</h1><h2>Description</h2><p>&f; It hurts.</p>",
    "deep": "<h1>Sore toe</h1>" + "<div>" * 100_000 + "The toe hurts.",
}


@pytest.mark.parametrize("kind", BOMBS)
def test_a_bomb_among_the_articles_ends_as_a_short_article_or_in_words(tmp_path, kind):
    path = tmp_path / "bomb.html"
    path.write_text(BOMBS[kind])
    *lines, left = read_upload(str(path))
    assert left == '{"left":0}'
    assert len(lines) == 1
    assert "root:x:0:0" not in lines[0]
    assert len(lines[0]) < 200_000


def test_an_upload_is_read_in_a_process_that_knows_no_token_and_has_little_memory(admin):
    answer = admin.get(admin.upload(BOMBS["entities"], "bomb.html").headers["Location"])
    assert answer.status_code == 200
    assert len(answer.text) < 200_000
    environment = build_environment(admin.desk.config, admin.desk.index_folder)
    assert TOKEN not in "".join(environment.values())
    assert "KB_ADMIN_TOKEN" not in environment


def test_reading_that_takes_too_long_is_ended_and_nothing_is_kept(admin, monkeypatch, tmp_path):
    monkeypatch.setattr(preview, "SECONDS", 0.01)
    answer = admin.upload(TOE, "toe.md")
    assert answer.status_code == 422
    assert "took too long" in answer.text
    assert list((tmp_path / "index" / "admin" / "staging").iterdir()) == []


def test_one_upload_is_read_at_a_time(admin, monkeypatch, tmp_path):
    monkeypatch.setattr(preview, "PATIENCE", 0.01)
    assert preview._turn.acquire(timeout=1)
    try:
        answer = admin.upload(TOE, "toe.md")
    finally:
        preview._turn.release()
    assert answer.status_code == 503
    assert "being read just now" in answer.text
    assert list((tmp_path / "index" / "admin" / "staging").iterdir()) == []


def test_markup_in_an_upload_never_becomes_markup_of_its_preview(admin):
    line = {"title": f"Cold {MARKUP}", "sections": [{"heading": MARKUP, "text": f"The feet {MARKUP} stay cold [1]."}]}
    line |= {"source_url": "javascript:alert(1)", "authors": [MARKUP], "references": [f"{MARKUP} javascript:alert(1)"]}
    for content, name in ((STORED, "sore-toe.html"), (json.dumps(line), "more.jsonl"), (f"{{{MARKUP}", "bad.jsonl")):
        address = admin.stage(content, name)
        for path in (address, "/admin"):
            page = admin.get(path).text
            assert "<kbxss" not in page.lower()
            assert not has_inline(page)
            assert not [link for link in Attributes(page).links if "javascript:" in link.lower()]
            assert "<script>alert" not in page
            assert "shoes 49" not in page


def test_a_file_over_the_limit_is_refused_with_the_setting_to_change(tmp_path, articles):
    admin = Administrator(build_site(tmp_path, articles, body_limit=100_000))
    admin.sign_in()
    answer = admin.upload(b"x" * 200_000, "long.md")
    assert answer.status_code == 413
    assert "body_limit" in answer.text
    assert list((tmp_path / "index" / "admin" / "staging").iterdir()) == []


@pytest.mark.parametrize("path", ["/admin/sign-in", "/admin/delete"])
def test_a_form_without_a_file_is_short(admin, path):
    assert admin.post(path, file="x" * 20_000).status_code == 413


@pytest.mark.parametrize(
    "name",
    [
        "../../evil.html",
        "/etc/cron.d/evil.txt",
        "..\\evil.html",
        "_MAIN_1.toc",
        "page.html.php",
        "README.md",
        "kb.toml",
    ],
)
def test_an_upload_with_a_name_that_leads_elsewhere_is_refused(admin, tmp_path, name):
    before = sorted(path for path in tmp_path.rglob("*") if "sessions" not in path.parts)
    answer = admin.upload(TOE, "fine.md", name=name)
    assert answer.status_code == 400
    assert "Location" not in answer.headers
    if "\\" not in name:  # what browsers of old put before a name is left out by Werkzeug
        assert admin.upload(TOE, name).status_code == 400
    assert sorted(path for path in tmp_path.rglob("*") if "sessions" not in path.parts) == before


def test_no_line_of_a_name_gets_into_a_header(admin):
    for name in ("a.md\r\nX-Injected: yes", "a\nSet-Cookie: b=c.md", "a%0d%0aX-Injected: yes.md"):
        answer = admin.upload(TOE, "fine.md", name=name)
        assert "X-Injected" not in answer.headers
        assert "Set-Cookie" not in answer.headers


def test_no_file_is_told(admin):
    assert "Choose a file" in admin.post("/admin/uploads").text


def test_a_file_of_that_name_is_shown_and_replaced_only_by_choice(admin, articles):
    before = (articles / "heavy-arms.md").read_text()
    address = admin.stage(TOE, "heavy-arms.md")
    assert "There is a file of that name already" in admin.get(address).text
    refused = admin.post(address, do="save")
    assert refused.status_code == 409
    assert (articles / "heavy-arms.md").read_text() == before
    assert admin.post(address, do="save", replace="yes").status_code == 303
    assert (articles / "heavy-arms.md").read_text() == TOE


def test_what_was_shown_is_what_is_saved_whatever_the_form_says(admin, articles):
    address = admin.stage(TOE, "toe.md")
    admin.post(address, do="save", name="../evil.md", shelf="/etc", content="evil", file="evil")
    assert (articles / "toe.md").read_text() == TOE
    assert len(list(articles.iterdir())) == 5
    again = admin.post(address, do="save")
    assert again.status_code == 404
    assert "Upload the file again" in again.text


def test_an_address_that_another_article_has_is_told_before(admin, articles, tmp_path):
    sync(tmp_path / "index", [articles])
    words = "The index has an article of this address already, from"
    other = admin.get(admin.stage(HEADACHE, "index.html")).text
    assert f"{words} {articles / 'tight-headache.html'}" in other
    assert words not in admin.get(admin.stage(HEADACHE, "tight-headache.html")).text
    assert words not in admin.get(admin.stage(TOE, "toe.md")).text


def test_an_upload_is_discarded(admin, articles):
    address = admin.stage(TOE, "toe.md")
    assert "toe.md" in admin.get("/admin").text
    assert admin.post(address, do="discard").headers["Location"] == "/admin"
    assert admin.get(address).status_code == 404
    assert not (articles / "toe.md").exists()


@pytest.mark.parametrize("given", ["..", "../sessions", "x" * 32, "0" * 31, "0" * 33, "%2e%2e", "0" * 32])
def test_an_upload_is_found_by_its_id_alone(admin, given):
    assert admin.get(f"/admin/uploads/{given}").status_code == 404


@pytest.mark.parametrize("shelf", ["/etc", "..", "/", "{}/..", "{}/", "../articles"])
def test_only_a_configured_folder_is_written(admin, articles, shelf):
    shelf = shelf.format(articles)
    assert admin.upload(TOE, "toe.md", shelf=shelf).status_code == 404
    assert admin.post("/admin/delete", shelf=shelf, file="heavy-arms.md").status_code == 404
    assert (articles / "heavy-arms.md").exists()


def test_of_several_folders_one_is_chosen(tmp_path, articles):
    (tmp_path / "second").mkdir()
    admin = Administrator(build_site(tmp_path, articles, tmp_path / "second"))
    admin.sign_in()
    assert f"<option>{tmp_path / 'second'}</option>" in admin.get("/admin").text
    address = admin.upload(TOE, "toe.md", shelf=str(tmp_path / "second")).headers["Location"]
    admin.post(address, do="save")
    assert (tmp_path / "second" / "toe.md").exists()
    assert not (articles / "toe.md").exists()


@pytest.mark.parametrize(
    "file",
    ["", "..", "../secret.md", "/etc/passwd", "no-such.md", "up/secret.md", "link.md", "tight-headache.html/x", "\0"],
)
def test_nothing_but_an_article_file_of_the_folder_is_deleted(admin, articles, tmp_path, file):
    (tmp_path / "secret.md").write_text("secret")
    (articles / "link.md").symlink_to(tmp_path / "secret.md")
    (articles / "up").symlink_to(tmp_path)
    assert admin.post("/admin/delete", file=file).status_code in (404, 409)
    assert admin.get(f"/admin/delete?file={file}").status_code in (200, 404)
    assert (tmp_path / "secret.md").read_text() == "secret"
    assert len(list(articles.iterdir())) == 6


def test_a_name_in_an_address_never_becomes_markup(admin, articles):
    (articles / f"{MARKUP.replace('/', '')}.md").write_text(TOE)
    for path in ("/admin", f"/admin/delete?file={MARKUP}.md"):
        page = admin.get(path)
        assert page.status_code == 200
        assert "<kbxss" not in page.text.lower()


def test_the_shipped_articles_stay_and_it_is_said_what_to_configure(tmp_path):
    corpus = find_folder("corpus")
    before = sorted(path.name for path in corpus.iterdir())
    admin = Administrator(build_site(tmp_path, corpus))
    admin.sign_in()
    page = admin.get("/admin")
    assert "KB_ARTICLES" in page.text
    assert "Look at it" not in page.text
    assert "/admin/delete" not in page.text
    assert admin.upload(TOE, "toe.md").status_code == 409
    assert admin.post("/admin/delete", file="back-pain.html").status_code == 409
    assert sorted(path.name for path in corpus.iterdir()) == before


def test_uploads_that_wait_expire_and_are_few(tmp_path):
    staging = Staging(open_private(tmp_path) / "staging")
    ids = [staging.complete(staging.begin(f"a{n}.md", b"x"), tmp_path, b"") for n in range(MOST_UPLOADS + 3)]
    assert len(staging.all()) == MOST_UPLOADS
    old = next(tmp_path.rglob(ids[-1]))
    os.utime(old, (time.time() - EXPIRY_SECONDS - 1,) * 2)
    with pytest.raises(AdminProblem, match="waited for too long"):
        staging.find(ids[-1])
    assert ids[-1] not in {staged.id for staged in staging.all()}
    assert not old.exists()


def test_files_are_listed_with_how_they_stand_with_the_index(admin, articles, tmp_path):
    (articles / "broken.html").write_bytes(b"%PDF-1.7")
    sync(tmp_path / "index", [articles])
    with (articles / "heavy-arms.md").open("a") as stream:
        stream.write("\nThey tingle.\n")
    (articles / "toe.md").write_text(TOE)
    (articles / "humming-in-the-ears.txt").unlink()
    page = admin.get("/admin").text
    rows = re.findall(r'class="file-name">([^<]+)<.*?class="state state-(\w+)"', page, re.DOTALL)
    assert dict(rows) == {
        "broken.html": "failed",
        "heavy-arms.md": "changed",
        "humming-in-the-ears.txt": "gone",
        "more.jsonl": "indexed",
        "tight-headache.html": "indexed",
        "toe.md": "new",
    }
    assert "1 file is not in the index yet. 1 file is gone and still in it." in page
    assert "It is not text (binary content)" in page
    assert TOKEN not in page


def test_many_files_are_listed_by_the_page(admin, articles):
    for number in range(120):
        (articles / f"toe-{number:03}.md").write_text(TOE)
    for page, status in (("1", "page 1 of 3"), ("3", "page 3 of 3"), ("99", "page 3 of 3"), ("x", "page 1 of 3")):
        text = admin.get(f"/admin?page={page}").text
        assert status in text
        assert text.count('class="file-name"') <= 50
