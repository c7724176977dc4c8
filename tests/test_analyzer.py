"""Words become the same terms however they are written."""

import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.text.analyzer import (
    LAST_POSITION,
    Positions,
    WordAnalyzer,
    exact_text,
    ranked_text,
    split_text,
    stem_text,
    stemmed_text,
)


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("pins and needles", "pins & needles"),
        ("pins-and-needles", "pins and needles"),
        ("can’t breathe", "cant breathe"),
        ("the doctor's advice", "the doctor advice"),
        ("tumours of the oesophagus", "tumor of esophagus"),
        ("diarrhoea", "diarrhea"),
        ("haemorrhage", "hemorrhages"),
        ("organise", "organized"),
        ("behavioural", "behavioral"),
        ("naïve café", "naive cafe"),
        ("1,000 steps", "1000 steps"),
        ("TNF-α", "tnf alpha"),
        ("Headaches", "headache"),
    ],
)
def test_two_spellings_of_the_same_give_the_same_terms(left: str, right: str) -> None:
    assert stem_text(left) == stem_text(right)


@pytest.mark.parametrize(("left", "right"), [("four", "for"), ("b12", "b6"), ("hepatitis c", "hepatitis b")])
def test_words_that_differ_stay_different(left: str, right: str) -> None:
    assert split_text(left) != split_text(right)
    assert stem_text(left) != stem_text(right)


def test_stop_words_have_no_stem_but_are_kept_as_they_are_written() -> None:
    assert stem_text("to be or that") == []
    assert split_text("to be or not") == ["to", "be", "or", "not"]


def test_positions_do_not_count_stop_words() -> None:
    found = stemmed_text().index("pins & the needles")
    values = {term: Positions().decode_positions(value) for term, _, _, value in found}
    assert values == {b"pin": [0], b"needl": [1]}


def test_words_beyond_the_last_position_share_it() -> None:
    found = {term: value for term, _, _, value in stemmed_text().index("word " * (LAST_POSITION + 5))}
    assert Positions().decode_positions(found[b"word"])[-1] == LAST_POSITION


def test_counts_are_the_weights_of_a_ranked_field() -> None:
    assert set(ranked_text().index("pain and more pain in the neck")) == {
        (b"pain", 2, 2.0, b""),
        (b"neck", 1, 1.0, b""),
    }


def test_field_types_can_be_pickled_with_the_schema() -> None:
    for field in (stemmed_text(), ranked_text(), exact_text()):
        assert list(pickle.loads(pickle.dumps(field)).index("aching backs")) == list(field.index("aching backs"))


def test_whoosh_gets_tokens_with_places() -> None:
    assert [(token.text, token.pos) for token in WordAnalyzer()("aching in the back")] == [("ach", 0), ("back", 1)]


@given(st.text(max_size=200))
def test_any_text_has_terms_that_are_short_and_not_empty(text: str) -> None:
    for term in (*stem_text(text), *split_text(text)):
        assert 0 < len(term) <= 80


@given(st.text(max_size=100))
def test_positions_survive_packing(text: str) -> None:
    terms = stem_text(text)
    for term, count, _, value in stemmed_text().index(text):
        places = [place for place, other in enumerate(terms) if other.encode() == term]
        assert Positions().decode_positions(value) == places
        assert Positions().decode_frequency(value) == count
