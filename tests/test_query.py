"""A question's tree asks the right fields, and what is marked is what was asked."""

from pathlib import Path

import pytest

from indexer.engine import query
from kb.arrays.index import Snapshot
from kb.query.build import build_query
from kb.query.ranking import PLAIN, SITE
from kb.query.synonyms import build_table, find_meanings
from tests.search_corpus import build_random_index


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    folder: Path = tmp_path_factory.mktemp("query")
    return build_random_index(folder).snapshot()


def test_a_plain_word_is_one_term_without_features(snapshot: Snapshot) -> None:
    built = build_query(snapshot, "aching", "article", PLAIN)
    assert isinstance(built.tree, query.Term)
    assert (built.tree.fieldname, built.tree.text) == ("body", "ach")


def test_works_have_fields_of_their_own(snapshot: Snapshot) -> None:
    tree = build_query(snapshot, "study", "work", SITE).tree
    assert {leaf.fieldname for leaf in tree.leaves()} <= {"work_text", "work_title", "work_author"}


def test_no_words_ask_for_everything(snapshot: Snapshot) -> None:
    assert isinstance(build_query(snapshot, "", "article", SITE).tree, query.Every)


def test_words_phrases_and_widened_words_are_marked_but_not_excluded_ones(snapshot: Snapshot) -> None:
    marks = build_query(snapshot, 'aching "left arm" che* -pain', "article", SITE).marks
    assert "ach" in marks.stems
    assert marks.phrases == (("left", "arm"),)
    assert "chest" in marks.words
    assert "pain" not in marks.stems


def test_the_question_is_told_as_understood(snapshot: Snapshot) -> None:
    built = build_query(snapshot, '"left arm" back OR neck -pain title:head', "article", SITE)
    assert built.understood == "“left arm” back OR neck title:head -pain"


def test_a_value_field_takes_any_name_of_an_area(snapshot: Snapshot) -> None:
    tree = build_query(snapshot, "area:SKULL", "article", SITE).tree
    assert tree.child.text == "head"


def test_synonyms_go_one_way_unless_said_otherwise() -> None:
    table = build_table([{"say": ["charley horse"], "mean": ["muscle cramp"], "weight": 0.5}])
    assert list(table) == [("charley", "hors")]
    assert table["charley", "hors"][0].weight == 0.5
    assert len(build_table([{"say": ["hot flush"], "mean": ["hot flashes"], "both": True}])) == 2


def test_the_longest_synonym_at_a_place_counts() -> None:
    places = [(first, end) for first, end, _ in find_meanings(["i", "out", "breath", "queasi"])]
    assert (3, 4) in places
