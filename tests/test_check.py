"""Articles, index and works are compared, and mended from the articles."""

import json
import shutil
from dataclasses import replace

import pytest

from indexer import index_entries
from indexer.check import CheckReport, check, file_of, repair
from indexer.disk.catalog import Catalog
from indexer.disk.generations import IndexMissing, read_current
from indexer.disk.writer import GenerationWriter
from indexer.documents import WorkDocument
from indexer.index_entries import build_article_entry, build_work_entry
from indexer.sync import sync


@pytest.fixture
def folder(tmp_path, articles):
    """Give the index of the five articles."""
    sync(tmp_path / "index", [articles])
    return tmp_path / "index"


def findings(folder, paths=()):
    return [(finding.kind, finding.name.rpartition("/")[2]) for finding in check(folder, paths).findings]


def mend(folder):
    """Repair, and give what is still wrong."""
    repair(folder, check(folder), ())
    return findings(folder)


def rewrite(folder, kind, name, change):
    """Write one document anew as `change` makes it; None removes it."""
    with Catalog(read_current(folder)) as catalog, GenerationWriter(catalog) as writer:
        number = catalog.find(kind, name)
        document = catalog.load_article(number) if kind == "article" else catalog.load_work(number)
        changed = change(document)
        if changed is not None:
            years = {facts["id"]: facts["year"] for _, facts in catalog.all_facts("work")}
            is_work = isinstance(changed, WorkDocument)
            content_hash = catalog.facts(number).get("hash")
            writer.add(build_work_entry(changed) if is_work else build_article_entry(changed, content_hash, years))
        writer.delete(number)
        writer.commit()


def first_work(folder):
    with Catalog(read_current(folder)) as catalog:
        return next(facts["id"] for _, facts in catalog.all_facts("work") if facts["articles"] == 2)


def test_nothing_is_wrong_with_what_sync_made(folder, articles):
    assert check(folder) == CheckReport(1, 5, 2)
    (articles / "heavy-arms.md").write_text("# Heavy arms\n\n## Description\n\nThe arms hang.\n")
    (articles / "more.jsonl").unlink()
    sync(folder, [articles])
    assert check(folder) == CheckReport(2, 3, 2)


def test_nothing_is_wrong_with_the_shipped_articles(index):
    report = check(index)
    assert not report.findings
    assert report.articles > 60


def test_new_changed_and_gone_files_are_missing_stale_and_orphaned(folder, articles):
    (articles / "new.md").write_text("# Itchy scalp\n\n## Description\n\nThe scalp itches.\n")
    (articles / "heavy-arms.md").write_text("# Heavy arms\n\n## Description\n\nThe arms hang.\n")
    (articles / "humming-in-the-ears.txt").unlink()
    (articles / "more.jsonl").write_text((articles / "more.jsonl").read_text().splitlines(keepends=True)[0])
    assert findings(folder) == [
        ("stale", "heavy-arms.md"),
        ("missing", "new.md"),
        ("orphaned", "humming-in-the-ears.txt"),
        ("orphaned", "more.jsonl#2"),
    ]
    assert findings(folder, [articles / "new.md"]) == [("missing", "new.md")]
    assert mend(folder) == []


def test_a_file_that_fails_is_told_and_stays_told(folder, articles):
    (articles / "empty.md").write_text("")
    (articles / "heavy-arms.md").write_bytes(b"\x00\x01\x02\xff" * 50)
    sync(folder, [articles])
    report = check(folder)
    assert [finding.kind for finding in report.findings] == ["failed", "failed"]
    assert "The index keeps what the file said before." in report.findings[1].text
    assert mend(folder) == [("failed", "empty.md"), ("failed", "heavy-arms.md")]


def test_articles_of_a_folder_that_is_gone_are_one_finding_and_are_kept(folder, articles):
    shutil.rmtree(articles)
    report = check(folder)
    assert [finding.kind for finding in report.findings] == ["orphaned"]
    assert f"kb index --forget {articles}" in report.findings[0].text
    assert mend(folder) == [("orphaned", "articles")]
    assert check(folder).articles == 5


def test_a_lost_list_of_paths_is_found_and_made_again(folder, articles):
    (folder / "sources.json").unlink()
    (articles / "humming-in-the-ears.txt").unlink()
    assert sorted(findings(folder)) == [
        ("damaged", "heavy-arms.md"),
        ("damaged", "more.jsonl#1"),
        ("damaged", "more.jsonl#2"),
        ("damaged", "tight-headache.html"),
        ("orphaned", "humming-in-the-ears.txt"),
    ]
    assert mend(folder) == []
    assert check(folder).articles == 4


@pytest.mark.parametrize(
    ("kind", "change", "words"),
    [
        ("article", lambda document: replace(document, evidence=()), "counts"),
        ("article", lambda document: replace(document, works=()), "0 works"),
        (
            "article",
            lambda document: replace(document, works=("w1", *document.works[1:])),
            "leads to the work w1 instead",
        ),
        ("work", lambda _document: None, "leads to no work"),
        ("work", lambda document: replace(document, members=document.members[:1]), "leads to no work"),
        ("work", lambda document: replace(document, work=replace(document.work, year=1900)), "not what its references"),
        (
            "work",
            lambda document: replace(document, members=(*document.members, replace(document.members[0], position=7))),
            "has no such reference",
        ),
        (
            "work",
            lambda document: replace(
                document, members=(replace(document.members[0], citations=()), document.members[1])
            ),
            "not those of the article",
        ),
    ],
)
def test_documents_that_contradict_each_other_are_damaged_and_rebuilt(folder, kind, change, words):
    rewrite(folder, kind, "tight-headache" if kind == "article" else first_work(folder), change)
    report = check(folder)
    assert report.has("damaged")
    assert words in " ".join(finding.text for finding in report.findings)
    assert mend(folder) == []


def test_a_work_parted_in_two_is_damaged(folder):
    work = first_work(folder)

    def part(document):
        return replace(document, members=document.members[:1])

    with Catalog(read_current(folder)) as catalog:
        whole = catalog.load_work(catalog.find("work", work))
    rewrite(folder, "work", work, part)
    other = WorkDocument(replace(whole.work, id="other", citations=whole.members[1].citations), whole.members[1:])
    with Catalog(read_current(folder)) as catalog, GenerationWriter(catalog) as writer:
        writer.add(build_work_entry(other))
        writer.commit()
    assert any("same work" in finding.text or "instead" in finding.text for finding in check(folder).findings)


@pytest.mark.parametrize("place", [0.05, 0.3, 0.5, 0.7, 0.95])
def test_bytes_that_were_changed_on_disk_are_found_and_mended(folder, place):
    """One segment file is overwritten in a stretch: whatever it hits, something is reported, and nothing raises."""
    (segment,) = (path for path in read_current(folder).path.iterdir() if path.suffix == ".seg")
    data = bytearray(segment.read_bytes())
    start = int(len(data) * place)
    data[start : start + 400] = bytes(byte ^ 0x5A for byte in data[start : start + 400])
    segment.write_bytes(data)
    assert check(folder).has("damaged")
    assert mend(folder) == []


def test_a_word_that_is_not_the_articles_is_found(folder, monkeypatch):
    rewrite(folder, "article", "heavy-arms", lambda document: document)
    assert not check(folder).findings

    def forge(document, content_hash, years):
        entry = index_entries.build_article_entry(document, content_hash, years)
        entry["body"]["forged"] = 3
        return entry

    monkeypatch.setattr(f"{__name__}.build_article_entry", forge)
    rewrite(folder, "article", "heavy-arms", lambda document: document)
    told = [finding.text for finding in check(folder).findings]
    assert any("length of body" in text for text in told)
    assert "Its words in the index are not its own (body)." in told


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")  # Whoosh leaves a damaged file open
@pytest.mark.parametrize("name", ["CURRENT", "data-000001/base.json", "data-000001/_MAIN_1.toc"])
@pytest.mark.parametrize("content", [b"", b"\x00\xff\x00"])
def test_a_damaged_file_of_the_index_is_a_finding_and_a_repair_rebuilds(folder, name, content):
    (folder / name).write_bytes(content)
    assert check(folder).has("damaged")
    assert mend(folder) == []
    assert check(folder).articles == 5


def test_no_index_is_no_finding_but_the_usual_error(tmp_path):
    with pytest.raises(IndexMissing):
        check(tmp_path)


def test_the_command_tells_and_mends(runner, folder, articles, tmp_path, monkeypatch):
    option = ("--index", folder)
    assert runner("check", *option).stdout == "5 articles and 2 works in generation 1: nothing is wrong\n"
    (articles / "humming-in-the-ears.txt").unlink()
    result = runner("check", *option)
    assert result.exit_code == 1
    assert result.stdout.endswith("5 articles and 2 works in generation 1: 1 orphaned\n")
    result = runner("check", "--repair", "--json", *option)
    assert result.exit_code == 0
    row = json.loads(result.stdout)
    assert list(row) == ["generation", "articles", "works", "findings", "repaired", "doubts"]
    assert [finding["kind"] for finding in row["repaired"]] == ["orphaned"]
    monkeypatch.setenv("KB_ARTICLES", str(articles))
    assert runner("check", "--index", tmp_path / "other").exit_code == 2
    assert "4 articles" in runner("check", "--repair", "--index", tmp_path / "other").stdout


def test_for_a_path_the_doubts_about_its_articles_are_told(runner, folder, articles):
    (articles / "heavy-arms.md").write_text(
        "# Heavy arms\n\n## Description\n\nSigns include:\n\n"
        "## Causes\n\nStrain [7].\n\n## References\n\n1. A book. 1999.\n"
    )
    sync(folder, [articles])
    result = runner("check", articles / "heavy-arms.md", "--index", folder)
    assert result.exit_code == 0
    assert "No reference has the number 7. (mark-without-reference)" in result.stdout


def test_the_file_of_a_line_is_told_from_a_name_with_a_number_sign():
    assert file_of("/a/b.jsonl#12") == "/a/b.jsonl"
    assert file_of("/a/b#1.md") == "/a/b#1.md"
