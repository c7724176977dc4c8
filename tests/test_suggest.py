"""Suggestions come while typing, with small typos too."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from kb.arrays.lexicon import Lexicon
from kb.completion import Completion
from kb.index import Index
from kb.suggest import suggest
from tests.search_corpus import build_random_index

WORD = st.text("abcdé", min_size=1, max_size=6)
TITLES = ("Back pain", "Lower back pain at night", "Pins and needles", "Shortness of breath", "Backache")


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Index:
    folder: Path = tmp_path_factory.mktemp("suggest")
    return build_random_index(folder)


def complete(typed: str) -> list[str]:
    return [TITLES[place] for place in Completion(TITLES).find(typed, 5)]


def test_texts_that_begin_as_typed_come_first_short_before_long() -> None:
    assert complete("back") == ["Backache", "Back pain", "Lower back pain at night"]


def test_words_may_come_in_any_order_and_be_unfinished() -> None:
    assert complete("pain low") == ["Lower back pain at night"]


def test_a_typo_is_forgiven() -> None:
    assert complete("shrotness") == ["Shortness of breath"]
    assert complete("neddles") == ["Pins and needles"]


def test_nothing_typed_suggests_nothing() -> None:
    assert complete("") == complete("  ") == complete("zzzzzz") == []


@given(st.text(max_size=40))
def test_anything_typed_is_answered(typed: str) -> None:
    assert len(complete(typed)) <= 5


def test_symptoms_areas_titles_and_journals_are_suggested(index: Index) -> None:
    def notes(typed: str) -> set[str]:
        return {found["note"] for found in suggest(index, typed)["suggestions"]}

    assert "Symptom" in notes("headac")
    assert "Body area" in notes("chest")
    assert "Article" in notes("pain and")
    assert "Journal" in notes("journal")


def test_a_lay_name_leads_to_the_symptom(index: Index) -> None:
    labels = [found["label"] for found in suggest(index, "cephalal")["suggestions"]]
    assert any(label.endswith("→ Headache") for label in labels)


def test_no_value_is_suggested_twice(index: Index) -> None:
    values = [found["value"].lower() for found in suggest(index, "pain")["suggestions"]]
    assert len(values) == len(set(values))


def test_near_words_are_found_nearest_first(index: Index) -> None:
    lexicon = index.snapshot().lexicon("spelling")
    assert lexicon.close_to("stomahc", 3)[0] == ("stomach", 1)
    assert lexicon.starting_with("shou", 5) == ["shoulder"]


@given(st.sets(WORD, min_size=1, max_size=30), WORD)
def test_close_words_are_those_that_comparing_all_finds(words: set[str], word: str) -> None:
    names = sorted(words)
    lexicon = Lexicon([(names, np.ones(len(names), np.int64))])
    allowed = 1 if len(word) <= 4 else 2
    expected = {name for name in names if 0 < OSA.distance(word, name) <= allowed}
    assert {name for name, _ in lexicon.close_to(word, 100)} == expected
