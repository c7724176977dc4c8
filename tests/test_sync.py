"""Article files and the index are brought together."""

import errno
import json
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from indexer.disk.catalog import Catalog
from indexer.disk.generations import IndexDamaged, IndexOutdated, read_current
from indexer.sources import outermost, read_sources_file
from indexer.sync import SyncOptions, forget, sync
from tests.segments import dump_index


def counts(report):
    return report.added, report.updated, report.removed, report.unchanged, len(report.failed)


def slugs(folder):
    with Catalog(read_current(folder)) as catalog:
        return sorted(facts["slug"] for _, facts in catalog.all_facts("article"))


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "index"


def test_a_folder_is_indexed_and_nothing_is_written_when_nothing_changed(folder, articles):
    assert counts(sync(folder, [articles])) == (5, 0, 0, 0, 0)
    before = sorted(path.name for path in folder.rglob("*"))
    report = sync(folder, [articles])
    assert counts(report) == (0, 0, 0, 5, 0)
    assert report.generation == 1
    assert sorted(path.name for path in folder.rglob("*")) == before


def test_one_edited_one_deleted_one_added_are_exactly_that(folder, articles):
    sync(folder, [articles])
    (articles / "heavy-arms.md").write_text("# Heavy arms\n\n## Description\n\nThe arms hang.\n")
    (articles / "humming-in-the-ears.txt").unlink()
    (articles / "new.md").write_text("# Itchy scalp\n\n## Description\n\nThe scalp itches.\n")
    report = sync(folder, [articles])
    assert counts(report) == (1, 1, 1, 3, 0)
    assert report.generation == 2
    assert "humming-in-the-ears" not in slugs(folder)


def test_articles_that_cite_the_same_paper_share_a_work_until_one_is_changed(folder, articles):
    sync(folder, [articles])
    with Catalog(read_current(folder)) as catalog:
        (number,) = catalog.works_of(["doi:10.5555/quiet.2011.10"])
        assert catalog.facts(number)["articles"] == 2
    (articles / "heavy-arms.md").unlink()
    sync(folder, [articles])
    with Catalog(read_current(folder)) as catalog:
        (number,) = catalog.works_of(["doi:10.5555/quiet.2011.10"])
        assert catalog.facts(number)["articles"] == 1


def test_other_roots_stay_and_one_can_be_forgotten(folder, articles, tmp_path):
    other = tmp_path / "other"
    other.mkdir()
    (other / "numb-toes.md").write_text("# Numb toes\n\n## Description\n\nThe toes sleep.\n")
    sync(folder, [articles])
    assert counts(sync(folder, [other])) == (1, 0, 0, 0, 0)
    assert counts(forget(folder, articles)) == (0, 0, 5, 0, 0)
    assert slugs(folder) == ["numb-toes"]
    assert read_sources_file(folder).paths == (str(other),)


def test_a_jsonl_file_loses_and_gains_lines(folder, articles):
    path = articles / "more.jsonl"
    sync(folder, [path])
    path.write_text(path.read_text().splitlines()[0] + "\nno json\n")
    report = sync(folder, [path])
    assert counts(report) == (0, 0, 0, 1, 1)  # the line that fails now keeps its article
    assert report.failed[0].path == f"{path}#2"
    path.write_text(path.read_text().splitlines()[0] + "\n")
    assert counts(sync(folder, [path])) == (0, 0, 1, 1, 0)
    path.unlink()
    assert counts(sync(folder, [path])) == (0, 0, 1, 0, 0)


def test_bad_files_are_listed_and_the_rest_is_indexed_and_they_are_tried_again(folder, articles):
    bad = {
        "empty.md": b"",
        "binary.txt": bytes(range(256)) * 9,
        "picture.html": b"\x89PNG\r\n\x1a\n",
        "line.jsonl": b'{"title": "Dry eyes", "sections": [{"text": "They burn."}]}\n{"title": \n',
    }
    for name, data in bad.items():
        (articles / name).write_bytes(data)
    (articles / "loop").symlink_to(articles)
    (articles / "gone.md").symlink_to("nowhere.md")
    report = sync(folder, [articles])
    assert (report.added, sorted(Path(f.path).name for f in report.failed)) == (
        6,
        ["binary.txt", "empty.md", "gone.md", "line.jsonl#2", "picture.html"],
    )
    assert sync(folder, [articles]).failed == report.failed
    (articles / "empty.md").write_text("# Sore eyes\n\n## Description\n\nThey burn.\n")
    assert counts(sync(folder, [articles])) == (1, 0, 0, 6, 4)
    assert len(read_sources_file(folder).failed) == 4


def test_a_file_that_fails_now_keeps_its_article_also_in_a_rebuild(folder, articles):
    sync(folder, [articles])
    (articles / "heavy-arms.md").write_bytes(b"")
    assert counts(sync(folder, [articles])) == (0, 0, 0, 4, 1)
    assert counts(sync(folder, [articles], SyncOptions(rebuild=True))) == (0, 0, 0, 4, 1)
    assert "heavy-arms" in slugs(folder)


def test_articles_of_a_folder_that_cannot_be_listed_stay(folder, articles, monkeypatch):
    inner = articles / "inner"
    inner.mkdir()
    (inner / "numb-toes.md").write_text("# Numb toes\n\n## Description\n\nThe toes sleep.\n")
    sync(folder, [articles])
    listing = Path.iterdir

    def refuse(path):
        if path == inner:
            raise PermissionError(errno.EACCES, "denied")
        return listing(path)

    monkeypatch.setattr(Path, "iterdir", refuse)
    report = sync(folder, [articles])
    assert counts(report) == (0, 0, 0, 5, 1)
    assert "numb-toes" in slugs(folder)


def test_a_folder_that_is_gone_keeps_its_articles_and_is_a_failure(folder, articles, tmp_path):
    sync(folder, [articles])
    articles.rename(tmp_path / "away")
    assert counts(sync(folder, [articles])) == (0, 0, 0, 0, 1)
    assert len(slugs(folder)) == 5


def test_equal_slugs_get_a_suffix_that_stays_when_the_other_leaves(folder, tmp_path):
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "numb-toes.md").write_text(f"# Numb toes\n\n## Description\n\nVersion {name}.\n")
    report = sync(folder, [tmp_path / "a", tmp_path / "b"])
    assert counts(report) == (2, 0, 0, 0, 0)
    first, second = slugs(folder)
    assert first == "numb-toes"
    assert second.startswith("numb-toes-")
    with Catalog(read_current(folder)) as catalog:
        article = catalog.load_article(catalog.find("article", second)).article
    assert article.warnings[-1].code == "slug-taken"
    (tmp_path / "a" / "numb-toes.md").unlink()
    (tmp_path / "b" / "numb-toes.md").write_text("# Numb toes\n\n## Description\n\nOther words.\n")
    sync(folder, [tmp_path / "a", tmp_path / "b"])
    assert slugs(folder) == [second]
    sync(folder, [], SyncOptions(rebuild=True))
    assert slugs(folder) == [second]


def test_a_rebuild_reads_all_earlier_paths_and_the_generation_grows(folder, articles):
    sync(folder, [articles])
    sync(folder, [articles / "more.jsonl"])
    data = read_current(folder)
    report = sync(folder, [], SyncOptions(rebuild=True))
    assert counts(report) == (0, 0, 0, 5, 0)
    assert report.generation == 2
    assert not data.path.exists()
    assert read_current(folder).generation == 2


def test_an_index_of_another_version_is_refused_with_the_command_that_rebuilds_it(folder, articles):
    sync(folder, [articles])
    base = read_current(folder).path / "base.json"
    base.write_text(json.dumps({"base": 0, "version": 0}))
    with pytest.raises(IndexOutdated, match=f"kb index --rebuild --index {folder}"):
        sync(folder, [articles])
    report = sync(folder, [articles], SyncOptions(rebuild=True))
    assert counts(report) == (5, 0, 0, 0, 0)
    assert report.generation == 2


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")  # Whoosh leaves a bad file open
@pytest.mark.parametrize("name", ["_MAIN_1.toc", "base.json"])
def test_a_damaged_index_is_refused_and_can_be_rebuilt(folder, articles, name):
    sync(folder, [articles])
    (read_current(folder).path / name).write_bytes(b"\0damaged")
    with pytest.raises(IndexDamaged, match="--rebuild"):
        sync(folder, [articles])
    assert counts(sync(folder, [], SyncOptions(rebuild=True))) == (5, 0, 0, 0, 0)


def test_paths_inside_others_are_remembered_once():
    assert outermost(["/a/b", "/a", "/c/d.md", "/ab", "/a"]) == ("/a", "/c/d.md", "/ab")


TITLES = ["Neck under strain", "Rest and motion", "Sleep in noise"]
references = st.fixed_dictionaries(
    {
        "title": st.sampled_from(TITLES),
        "doi": st.sampled_from(["", "10.5555/a", "10.5555/b"]),
        "pmid": st.sampled_from(["", "70001"]),
    }
)
contents = st.one_of(st.none(), st.lists(references, max_size=3))


def write_article(path, found):
    """Write, change or (for None) remove an article that has these references."""
    if found is None:
        path.unlink(missing_ok=True)
        return
    printed = []
    for part in found:
        identifiers = "".join(f" {name}{part[key]}" for key, name in (("doi", "doi:"), ("pmid", "PMID: ")) if part[key])
        printed.append(f"Marlow A. {part['title']}. Journal of Quiet Rooms. 2011;4(2):10-19.{identifiers}")
    row = {
        "title": "Same name" if path.name < "c" else path.stem,
        "sections": [{"heading": "Causes", "text": f"Strain tires [1]. {path.stem} has {len(found)} sources."}],
        "references": printed,
    }
    path.write_text(json.dumps(row))


@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(st.dictionaries(st.sampled_from("abcd"), contents, min_size=1), min_size=1, max_size=5))
def test_any_sequence_of_changes_gives_what_a_rebuild_gives(steps):
    with TemporaryDirectory() as name:
        root, folder, fresh = Path(name, "articles"), Path(name, "index"), Path(name, "fresh")
        root.mkdir()
        for step in steps:
            for stem, found in step.items():
                write_article(root / f"{stem}.jsonl", found)
            assert not sync(folder, [root]).failed
        changed = dump_index(read_current(folder))
        sync(folder, [root], SyncOptions(rebuild=True))
        assert dump_index(read_current(folder)) == changed
        sync(fresh, [root])
        assert works_by_members(fresh) == works_by_members(folder)


def works_by_members(folder):
    """Give what each work is made of, by paths: the same whatever ids and slugs history has given."""
    with Catalog(read_current(folder)) as catalog:
        paths = {facts["slug"]: facts["path"] for _, facts in catalog.all_facts("article")}
        return sorted(
            sorted((paths[member.article], member.position) for member in catalog.load_work(number).members)
            for number, _ in catalog.all_facts("work")
        )


def test_many_small_commits_give_what_one_large_one_gives(folder, tmp_path):
    root = tmp_path / "articles"
    root.mkdir()
    for number in range(30):
        found = [{"title": TITLES[number % 3], "doi": f"10.5555/{number % 5}", "pmid": ""}]
        write_article(root / f"x{number}.jsonl", found)
        sync(folder, [root / f"x{number}.jsonl"])
        if number % 4 == 0:
            write_article(root / "x0.jsonl", found * (number % 3))
            sync(folder, [root])
    changed = dump_index(read_current(folder))
    sync(folder, [], SyncOptions(rebuild=True))
    assert dump_index(read_current(folder)) == changed
