"""Pages follow one another without gap or repeat, in every order and at any depth, on both engines."""

from pathlib import Path

import pytest

from kb.index import Index
from kb.model import SORTS, Question
from kb.search import search
from tests.opensearch.articles import COUNT
from tests.opensearch.conftest import Engine

MANY = 10_300  # more than the engine skips by number


@pytest.mark.parametrize("sort", SORTS["article"])
def test_all_pages_together_are_all_articles_each_once(numbered: Index, sort: str) -> None:
    pages = [search(numbered, Question("steady", sort=sort, page=page, per_page=7)) for page in range(1, 19)]
    ids = [hit.id for page in pages for hit in page.hits]
    assert len(ids) == len(set(ids)) == pages[0].total == COUNT


@pytest.mark.parametrize("sort", SORTS["work"])
def test_all_pages_of_works_are_all_works_each_once(shipped: Index, sort: str) -> None:
    first = search(shipped, Question(kind="work", sort=sort, per_page=50))
    pages = [search(shipped, Question(kind="work", sort=sort, page=page, per_page=50)) for page in range(1, 6)]
    ids = [hit.id for page in pages for hit in page.hits]
    assert len(ids) == len(set(ids)) == first.total > 200


def test_orders_are_what_they_say(numbered: Index) -> None:
    titles = [hit.title for hit in search(numbered, Question(sort="title", per_page=100)).hits]
    dates = [hit.facts["updated"] for hit in search(numbered, Question(sort="updated", per_page=100)).hits]
    works = search(numbered, Question(kind="work", sort="cited", per_page=100)).hits
    assert titles == [f"Ache {number:05d}" for number in range(100)]
    assert dates == sorted(dates, reverse=True)
    assert [hit.facts["articles"] for hit in works] == sorted((hit.facts["articles"] for hit in works), reverse=True)


@pytest.mark.parametrize("asked", [0, -3, 99])
def test_a_page_that_is_not_there_is_the_nearest_one_and_says_so(numbered: Index, asked: int) -> None:
    page = search(numbered, Question("steady", page=asked, per_page=50))
    assert page.page == (3 if asked > 0 else 1)
    assert page.hits
    assert page.notes == (f"There is no page {asked}; this is page {page.page} of 3.",)


@pytest.mark.cluster  # for its size: both engines
def test_a_list_is_walked_past_ten_thousand_from_either_end(engine: Engine, tmp_path: Path) -> None:
    path = tmp_path / "many.jsonl"
    with path.open("w", encoding="utf-8") as file:
        for number in range(MANY):
            file.write(f'{{"title": "Ache {number:05d}", "sections": ["It is {number % 7} dull."]}}\n')
    index = engine.build(path)
    for page in (1, 100, 101, 102, 103):
        found = search(index, Question("dull", sort="title", page=page, per_page=100))
        assert (found.total, found.pages) == (MANY, 103)
        assert [hit.title for hit in found.hits] == [f"Ache {(page - 1) * 100 + row:05d}" for row in range(100)]
    last = search(index, Question("dull", sort="title", page=1_000_000))
    assert (last.page, last.hits[-1].title) == (1_030, f"Ache {MANY - 1:05d}")
    byrank = [search(index, Question("dull", page=page, per_page=100)).hits for page in (101, 102, 103)]
    assert len({hit.id for hits in byrank for hit in hits}) == 300
