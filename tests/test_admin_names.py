"""File names of uploads: a slug with the ending of an article file, or a refusal."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.files.reader import FORMATS
from kb.admin.names import build_file_name
from kb.admin.problem import AdminProblem


@pytest.mark.parametrize(
    ("sent", "name"),
    [
        ("back-pain.html", "back-pain.html"),
        ("Back Pain.HTML", "back-pain.html"),
        ("  Tight   chest .md", "tight-chest.md"),
        ("shell.php.html", "shell-php.html"),
        ("page.html.txt", "page-html.txt"),
        ("a..b...htm", "a-b.htm"),
        ("$(id);`x`|y&.txt", "id-x-y.txt"),
        ("-rf --no.jsonl", "rf-no.jsonl"),
        ("_MAIN_1.txt", "main-1.txt"),
        (".hidden.md", "hidden.md"),
        ("Ménière’s.html", "menieres.html"),
    ],
)
def test_a_name_becomes_a_slug_with_its_ending(sent, name):
    assert build_file_name(sent) == name


@pytest.mark.parametrize(
    "sent",
    [
        "",
        " ",
        "..",
        "../evil.html",
        "..\\evil.html",
        "/etc/passwd.html",
        "C:\\x.html",
        "a/b.html",
        "a\0.html",
        "a.html\0.png",
        "a.html\r\nX-Injected: yes",
        "evil\u202elmth.html",
        "\ud800.html",
        "x" * 300 + ".html",
        "noending",
        "html",
        ".html",
        "_MAIN_1.toc",
        "MAIN_ab12.seg",
        "CURRENT",
        "base.json",
        "kb.toml",
        "page.html ",
        "page.html.",
        "page.xhtml",
        "page.svg",
        "page.html.exe",
        "頭痛.html",
        "README.md",
        "license-corpus.txt",
        "con.html",
        "LPT1.txt",
    ],
)
def test_a_name_that_leads_elsewhere_or_is_no_articles_is_refused_in_words(sent):
    with pytest.raises(AdminProblem) as caught:
        build_file_name(sent)
    assert str(caught.value).endswith(".")


@given(st.text())
def test_whatever_is_sent_the_name_is_safe(sent):
    for text in (sent, f"{sent}.html", f"a{sent}.md"):
        try:
            name = build_file_name(text)
        except AdminProblem:
            continue
        stem, _, ending = name.rpartition(".")
        assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", stem)
        assert len(stem) <= 80
        assert f".{ending}" in FORMATS
