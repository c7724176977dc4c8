"""Articles come, change and go, while others search and other machines write: the same on both engines."""

import json
import logging
import threading
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from indexer.disk.generations import IndexMissing, IndexProblem
from indexer.opensearch.place import Place
from indexer.sync import SyncOptions, SyncReport, forget, sync
from kb.index import Index, open_index
from kb.model import Question
from kb.search import find_work, read_article, read_work, search
from tests.opensearch.articles import write_articles
from tests.opensearch.conftest import ALONE, Engine

LOG = logging.getLogger(__name__)

REBUILD = SyncOptions(rebuild=True, workers=1)
STEPS = 4  # rebuilds under a search
SIZE = 40


def counts(report: SyncReport) -> tuple[int, int, int, int, int]:
    return report.added, report.updated, report.removed, report.unchanged, len(report.failed)


def slugs(index: Index, text: str = "") -> set[str]:
    return {hit.id for hit in search(index, Question(text, per_page=100)).hits}


@pytest.fixture
def place(engine: Engine) -> Place:
    return engine.new_place()


def test_before_the_first_sync_there_is_no_index_and_the_sentence_says_how_to_make_one(place: Place) -> None:
    with pytest.raises(IndexMissing, match="kb index"):
        open_index(place)


def test_added_edited_and_deleted_articles_are_exactly_that_and_seen_by_an_open_index(
    place: Place, articles: Path
) -> None:
    assert counts(sync(place, [articles], ALONE)) == (5, 0, 0, 0, 0)
    index = open_index(place)
    assert slugs(index, "sand") == {"heavy-arms"}
    (articles / "heavy-arms.md").write_text("# Heavy arms\n\n## Description\n\nThe arms hang.\n")
    (articles / "humming-in-the-ears.txt").unlink()
    (articles / "new.md").write_text("# Itchy scalp\n\n## Description\n\nThe scalp itches.\n")
    report = sync(place, [articles], ALONE)
    assert counts(report) == (1, 1, 1, 3, 0)
    assert report.generation == 2
    assert slugs(index, '"sand"') == slugs(index, '"hum"') == set()  # in quotes, for a word alone is corrected
    assert slugs(index, '"scalp itches"') == {"itchy-scalp"}
    assert slugs(index) == {"tight-headache", "heavy-arms", "cold-feet", "dry-lips", "itchy-scalp"}
    assert read_article(index, "humming-in-the-ears") is None
    assert search(index, Question()).generation == 2


def test_nothing_is_written_when_nothing_changed(place: Place, articles: Path) -> None:
    assert sync(place, [articles], ALONE).generation == 1
    report = sync(place, [articles], ALONE)
    assert (counts(report), report.generation) == ((0, 0, 0, 5, 0), 1)


def test_a_work_follows_the_articles_that_cite_it(place: Place, articles: Path) -> None:
    sync(place, [articles], ALONE)
    index = open_index(place)
    work_id = find_work(index, "doi", "10.5555/quiet.2011.10") or ""
    assert search(index, Question(kind="work", filters={"article": ("heavy-arms",)})).total == 1
    (articles / "heavy-arms.md").unlink()
    sync(place, [articles], ALONE)
    document = read_work(index, work_id)
    assert document is not None
    assert {citation.article for citation in document.work.citations} == {"tight-headache"}
    (articles / "tight-headache.html").unlink()
    sync(place, [articles], ALONE)
    assert find_work(index, "doi", "10.5555/quiet.2011.10") is None
    assert search(index, Question(kind="work")).total == 0


def test_articles_keep_their_names_when_the_lines_of_their_file_move(place: Place, tmp_path: Path) -> None:
    path = write_articles(tmp_path / "lines.jsonl", range(6))
    sync(place, [path], ALONE)
    index = open_index(place)
    for numbers in ([1, 2, 3, 4, 5], [9, 1, 2, 3, 4, 5], [5, 4, 3, 2, 1, 9]):
        write_articles(path, numbers)
        assert sync(place, [path], ALONE).failed == ()
        assert slugs(index) == {f"ache-{number:05d}" for number in numbers}
        assert slugs(index, "title:00005") == {"ache-00005"}


def test_other_roots_stay_and_one_can_be_forgotten(place: Place, articles: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    (other / "numb-toes.md").write_text("# Numb toes\n\n## Description\n\nThe toes sleep.\n")
    sync(place, [articles], ALONE)
    assert counts(sync(place, [other], ALONE)) == (1, 0, 0, 0, 0)
    assert counts(forget(place, articles)) == (0, 0, 5, 0, 0)
    assert slugs(open_index(place)) == {"numb-toes"}


def test_a_rebuild_keeps_what_a_file_said_that_fails_now(place: Place, articles: Path) -> None:
    sync(place, [articles], ALONE)
    (articles / "heavy-arms.md").write_bytes(b"")
    report = sync(place, [articles], REBUILD)
    assert counts(report) == (0, 0, 0, 4, 1)
    assert report.failed[0].path.endswith("heavy-arms.md")
    assert "heavy-arms" in slugs(open_index(place))


def write_round(path: Path, number: int) -> None:
    """Write the same articles as they are in one round: all of them have its word, and its year."""
    rows = [
        {
            "title": f"Ache {row:05d}",
            "sections": [{"heading": "Description", "text": f"A steady ache of round{number}."}],
            "authors": [f"Writer Round{number}"],
            "updated": f"{2000 + number}-01-02",
        }
        for row in range(SIZE)
    ]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")


def check_whole(index: Index) -> int:
    """Ask for everything; give the round that the answer is of, which all of its parts must share."""
    page = search(index, Question("steady", per_page=100))
    rounds = {hit.facts["updated"][:4] for hit in page.hits}
    years = [(value.value, value.count) for value in page.facets["year"] if value.count]
    passages = {snippet.html.rpartition("round")[2] for hit in page.hits for snippet in hit.snippets}
    assert page.total == len(page.hits) == SIZE
    assert len(rounds) == len(passages) == 1
    (year,) = rounds
    assert years == [(year, SIZE)]
    assert passages == {f"{int(year) - 2000}."}
    return int(year) - 2000


def test_every_answer_during_rebuilds_is_whole_and_of_one_generation(place: Place, tmp_path: Path) -> None:
    path = tmp_path / "rounds.jsonl"
    write_round(path, 0)
    sync(place, [path], ALONE)
    index, ended = open_index(place), threading.Event()

    def ask_on() -> list[int]:
        seen = []
        while not ended.is_set():
            seen.append(check_whole(index))
        return seen

    with ThreadPoolExecutor(2) as pool:
        asking = [pool.submit(ask_on) for _ in range(2)]
        try:
            for number in range(1, STEPS + 1):
                write_round(path, number)
                assert sync(place, [path], REBUILD).generation == number + 1
        finally:
            ended.set()
        answers = [future.result() for future in asking]
    LOG.info("%d answers over %d rebuilds, each whole", sum(map(len, answers)), STEPS)
    for seen in answers:
        assert seen == sorted(seen)
        assert len(seen) > STEPS
    assert check_whole(index) == STEPS


def in_turn(calls: list[Callable[[], SyncReport]]) -> list[SyncReport]:
    """Let all begin at once, each tried again while another one writes."""

    def insist(call: Callable[[], SyncReport]) -> SyncReport:
        for _ in range(20):
            try:
                return call()
            except IndexProblem as problem:
                last = problem
        raise last

    with ThreadPoolExecutor(len(calls)) as pool:
        return list(pool.map(insist, calls))


def test_several_machines_that_sync_at_once_lose_and_resurrect_nothing(engine: Engine, tmp_path: Path) -> None:
    """On a cluster each has a folder of its own for what it remembers, as machines do."""
    place = engine.new_place()
    machines = [_on_machine(place, tmp_path / f"machine-{number}") for number in range(3)]
    parts = [tmp_path / f"part-{number}" for number in range(3)]
    for number, part in enumerate(parts):
        part.mkdir()
        write_each(part, range(number * 20, number * 20 + 20))
    in_turn([_syncing(machine, part) for machine, part in zip(machines, parts, strict=True)])
    index = open_index(place)
    assert slugs(index) == {f"ache-{number:05d}" for number in range(60)}
    for number, part in enumerate(parts):  # each loses its first ten and gains five
        for gone in range(number * 20, number * 20 + 10):
            (part / f"{gone}.jsonl").unlink()
        write_each(part, range(100 + number * 5, 105 + number * 5))
    reports = in_turn([_syncing(machine, part) for machine, part in zip(machines, parts, strict=True)])
    assert max(report.generation for report in reports) == search(index, Question()).generation
    left = {f"ache-{number:05d}" for number in range(60) if number % 20 >= 10}
    assert slugs(index) == left | {f"ache-{number:05d}" for number in range(100, 115)}
    for hit in search(index, Question(kind="work", per_page=100)).hits:
        document = read_work(index, hit.id)
        assert document is not None
        assert {citation.article for citation in document.work.citations} <= slugs(index)


def test_a_rebuild_on_one_machine_keeps_what_others_have_indexed(engine: Engine, tmp_path: Path) -> None:
    place = engine.new_place()
    machines = [_on_machine(place, tmp_path / f"machine-{number}") for number in range(2)]
    parts = [write_articles(tmp_path / f"part-{n}.jsonl", range(n * 20, n * 20 + 20)) for n in range(2)]
    for machine, part in zip(machines, parts, strict=True):
        sync(machine, [part], ALONE)
    parts[0].write_text(parts[0].read_text().partition("\n")[0] + "\n")
    report = sync(machines[0], [parts[0]], REBUILD)
    assert counts(report) == (0, 0, 19, 21, 0)
    index = open_index(place)
    assert slugs(index) == {"ache-00000", *(f"ache-{number:05d}" for number in range(20, 40))}
    assert search(index, Question(kind="work")).total == 6
    assert counts(sync(machines[1], [parts[1]], ALONE)) == (0, 0, 0, 20, 0)


def write_each(folder: Path, numbers: Iterable[int]) -> None:
    """Write numbered articles, each as a file of its own."""
    for number in numbers:
        write_articles(folder / f"{number}.jsonl", [number])


def _on_machine(place: Place, folder: Path) -> Place:
    if isinstance(place, Path):
        return place
    return replace(place, folder=folder)


def _syncing(place: Place, path: Path) -> Callable[[], SyncReport]:
    return lambda: sync(place, [path], ALONE)
