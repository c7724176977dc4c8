"""Facet values come in an order people expect, with their labels."""

from pathlib import Path

import pytest

from kb.facets import VALUE_LIMIT, build_values, find_value, open_table
from kb.index import Index
from kb.model import Question
from kb.search import search
from tests.search_corpus import build_random_index


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Index:
    folder: Path = tmp_path_factory.mktemp("facets")
    return build_random_index(folder)


def test_the_whole_tree_of_areas_is_given_with_parents(index: Index) -> None:
    areas = {value.value: value for value in search(index, Question("pain")).facets["area"]}
    assert areas["head"].parent == "head-and-neck"
    assert areas["head-and-neck"].label == "Head and neck"
    assert areas["head-and-neck"].count >= areas["head"].count


def test_a_chosen_value_stays_when_nothing_has_it(index: Index) -> None:
    page = search(index, Question("pain", filters={"author": ("Nobody",)}))
    assert page.total == 0
    (chosen,) = [value for value in page.facets["author"] if value.selected]
    assert (chosen.value, chosen.count) == ("Nobody", 0)
    assert any(value.count for value in page.facets["author"])


def test_years_come_newest_first_and_others_by_count() -> None:
    counts = {"2010": 1, "2015": 9, "2012": 4}
    assert [value.value for value in build_values("year", counts, (), str)] == ["2015", "2012", "2010"]
    assert [value.count for value in build_values("author", counts, (), str)] == [9, 4, 1]


def test_long_facets_are_cut_but_chosen_values_stay() -> None:
    counts = {f"name {number:04d}": 2000 - number for number in range(1000)}
    values = build_values("author", counts, ("name 0999",), str)
    assert len(values) == VALUE_LIMIT + 1
    assert values[-1].selected


def test_names_of_values_are_understood() -> None:
    assert find_value("area", "SKULL") == "head"
    assert find_value("section", "Causes") == "causes"
    assert find_value("author", "Jane Roe") == "Jane Roe"


def test_rare_and_frequent_values_are_counted_alike(index: Index) -> None:
    for segment in index.snapshot().segments:
        table = open_table(segment.files, "author")
        every = search(index, Question()).facets["author"]
        assert set(table.values) <= {value.value for value in every} | {""}


def test_the_section_facet_counts_where_the_words_stand(index: Index) -> None:
    counts = {value.value: value.count for value in search(index, Question("causes:pain")).facets["section"]}
    assert counts["causes"] == search(index, Question("causes:pain")).total
    assert counts["other"] == 0
