"""Finding article files and reading them as text."""

import os
import stat
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.files.decoding import decode
from indexer.files.reader import FILE_LIMIT, Failure, Source, UnreadableFile, find_files, read_sources


def names(found):
    return [Path(path).name for path in found.files]


def only_failure(path):
    (failure,) = read_sources(str(path))
    assert isinstance(failure, Failure)
    assert failure.path == str(path)
    return failure.error


def test_articles_are_found_in_folders_below_and_other_files_are_left_out(tmp_path):
    for name in [
        "b.html",
        "a.HTM",
        "c.md",
        "d.txt",
        "e.jsonl",
        "f.png",
        "README.md",
        "LICENSE-x.txt",
        ".h.md",
        "_i.md",
    ]:
        (tmp_path / name).write_text("x")
    (tmp_path / "deep" / "er").mkdir(parents=True)
    (tmp_path / "deep" / "er" / "g.txt").write_text("x")
    (tmp_path / ".git").mkdir()
    (tmp_path / ".git" / "j.txt").write_text("x")
    assert names(find_files([tmp_path])) == ["a.HTM", "b.html", "c.md", "d.txt", "g.txt", "e.jsonl"]


def test_what_the_shell_makes_of_a_star_gives_the_same_files(tmp_path):
    for name in ["a.md", "README.md", "_draft.md"]:
        (tmp_path / name).write_text("x")
    assert find_files(tmp_path.iterdir()) == find_files([tmp_path])


def test_a_file_of_another_kind_that_was_named_is_a_failure(tmp_path):
    (tmp_path / "a.pdf").write_text("x")
    found = find_files([tmp_path / "a.pdf"])
    assert "rename" in found.failures[0].error


def test_a_file_reached_twice_is_read_once(tmp_path):
    (tmp_path / "a.md").write_text("x")
    (tmp_path / "0-link.md").symlink_to("a.md")
    assert names(find_files([tmp_path, tmp_path / "a.md", tmp_path])) == ["a.md"]


def test_links_that_lead_in_a_circle_end(tmp_path):
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "up").symlink_to(tmp_path)
    (tmp_path / "self").symlink_to("self")
    (tmp_path / "round.md").symlink_to("round.md")
    (tmp_path / "a.md").write_text("x")
    found = find_files([tmp_path])
    assert names(found) == ["a.md"]
    assert [Path(failure.path).name for failure in found.failures] == ["round.md"]


def test_a_path_that_is_not_there_and_a_dangling_link_are_failures(tmp_path):
    (tmp_path / "a.md").symlink_to("gone.md")
    found = find_files([tmp_path, tmp_path / "nowhere"])
    assert [failure.path for failure in found.failures] == [str(tmp_path / "a.md"), str(tmp_path / "nowhere")]


def test_a_name_that_is_not_utf8_is_a_failure(tmp_path):
    path = os.fsencode(tmp_path) + b"/caf\xe9.md"
    Path(os.fsdecode(path)).write_text("x")
    (failure,) = find_files([tmp_path]).failures
    assert "UTF-8" in failure.error
    assert failure.path.isprintable()


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_an_unreadable_file_says_so(tmp_path):
    path = tmp_path / "a.md"
    path.write_text("x")
    path.chmod(0)
    assert "chmod" in only_failure(path)


def test_a_pipe_is_no_article_and_does_not_block(tmp_path):
    os.mkfifo(tmp_path / "a.md")
    assert stat.S_ISFIFO((tmp_path / "a.md").stat().st_mode)
    assert "regular file" in only_failure(tmp_path / "a.md")


def test_a_file_of_50_mb_is_refused_without_reading_it(tmp_path):
    path = tmp_path / "a.html"
    with path.open("wb") as stream:
        stream.truncate(50 * 2**20)
    assert "50 MB" in only_failure(path)


def test_each_line_of_a_jsonl_file_is_an_article_and_blank_lines_count(tmp_path):
    path = tmp_path / "a.jsonl"
    path.write_bytes(b'{"title": "A"}\n\n  \r\n{"title": "B"}')
    assert [source.path for source in read_sources(str(path))] == [f"{path}#1", f"{path}#4"]


def test_a_line_that_is_too_long_is_a_failure_and_the_next_one_is_read(tmp_path):
    path = tmp_path / "a.jsonl"
    with path.open("wb") as stream:
        stream.write(b'"' + b"x" * (2 * FILE_LIMIT + 5) + b'"\n{"title": "B"}\n')
    failure, source = read_sources(str(path))
    assert failure.path == f"{path}#1"
    assert source.path == f"{path}#2"


@pytest.mark.parametrize("name", ["a.jsonl", "a.md"])
def test_an_empty_file_is_a_failure(tmp_path, name):
    path = tmp_path / name
    path.write_bytes(b"\n  \n")
    result = next(iter(read_sources(str(path))))
    if isinstance(result, Source):
        with pytest.raises(UnreadableFile, match="empty"):
            result.text()
    else:
        assert "empty" in result.error


def text_of(data, kind="html"):
    text, doubts = Source("x", kind, data).text()
    return text, [doubt.code for doubt in doubts]


@pytest.mark.parametrize("data", [b"%PDF-1.7 text", b"\x89PNG\r\n", bytes(range(256)) * 40, b"\0\1\2\3" * 999])
def test_binary_content_is_refused(data):
    with pytest.raises(UnreadableFile, match="binary"):
        Source("x", "html", data).text()


@pytest.mark.parametrize("charset", ["utf-8-sig", "utf-16", "utf-32", "utf-16-le", "utf-16-be", "utf-8"])
def test_unicode_with_and_without_marks_is_read(charset):
    text = "Prickling – in café chairs, over and over"
    assert text_of(text.encode(charset), "text") == (text, [])


@pytest.mark.parametrize(
    ("declaration", "charset"),
    [
        ('<meta charset="{}">', "windows-1252"),
        ("<meta http-equiv='Content-Type' content='text/html; charset={}'>", "iso-8859-1"),
        ("<?xml version='1.0' encoding='{}'?>", "iso-8859-2"),
        ("<meta charset={}>", "koi8-r"),
    ],
)
def test_a_declared_charset_is_used(declaration, charset):
    letters = {"koi8-r": "боль", "iso-8859-2": "ból"}.get(charset, "déjà vu")
    page = f"<html>{declaration.format(charset)}<p>{letters}</p></html>"
    assert text_of(page.encode(charset)) == (page, [])


def test_windows_quotes_in_a_page_that_claims_latin_1_are_read_as_browsers_do():
    text, codes = text_of(b"<meta charset=iso-8859-1><p>\x93tight\x94</p>")
    assert "“tight”" in text
    assert codes == []


def test_a_declaration_that_utf8_content_contradicts_is_a_doubt():
    text, codes = text_of("<meta charset=iso-8859-1><p>café</p>".encode())
    assert "café" in text
    assert codes == ["wrong-charset"]


def test_an_undeclared_charset_is_detected():
    text, _ = text_of("Größere Schmerzen über Nacht, täglich für Stunden, häufig müde.".encode("cp1252"), "text")
    assert "Größere" in text


def test_a_few_foreign_bytes_in_utf8_are_mended_with_a_doubt():
    data = ("naïve café déjà – " * 5).encode() + b"it\x92s"
    text, codes = text_of(data, "text")
    assert text.endswith("it’s")
    assert codes == ["mixed-encoding"]


def test_bytes_that_fit_no_charset_are_replaced_with_a_doubt():
    _, codes = text_of("\ufeffcafé".encode("utf-8") + b"\xff\xfe\xfa")
    assert codes == ["replaced-characters"]


def test_null_characters_are_left_out_with_a_doubt():
    assert text_of(b"a" * 500 + b"\0", "text") == ("a" * 500, ["null-characters"])


@pytest.mark.parametrize("end", ["<a href='htt", "</di", "<!-- a comment"])
def test_a_page_that_ends_inside_a_tag_is_a_doubt(end):
    assert text_of(f"<p>text</p>{end}".encode())[1] == ["cut-off"]


def test_a_page_that_begins_and_does_not_end_is_a_doubt():
    assert text_of(b"<!doctype html><html><body><p>The back aches.</p><p>It")[1] == ["cut-off"]
    assert text_of(b"<!doctype html><html><body><p>The back aches.</p></BODY ></html>")[1] == []
    assert text_of(b"<h1>Back pain</h1><p>A piece of a page.</p>")[1] == []


def test_a_less_than_sign_at_the_end_is_no_tag():
    assert text_of(b"<p>text</p> 3 < 4")[1] == []


def test_the_hash_of_a_content_tells_it_from_another():
    assert Source("a", "html", b"x").content_hash == Source("b", "html", b"x").content_hash
    assert Source("a", "html", b"x").content_hash != Source("a", "html", b"y").content_hash


@given(st.binary(max_size=400), st.sampled_from(["html", "text", "jsonl"]))
def test_any_bytes_are_text_or_refused(data, kind):
    decoded = decode(data, kind)
    if decoded is not None:
        assert "\0" not in decoded[0]


@given(st.text(max_size=200).filter(lambda text: "\0" not in text and text.isprintable()))
def test_utf8_text_is_read_unchanged(text):
    data = text.encode("utf-8")
    decoded = decode(data, "text")
    assert decoded is not None
    assert decoded[0] == text.removeprefix("\ufeff")
