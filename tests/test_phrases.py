"""Phrases are found as whole words, the longest first."""

from hypothesis import given
from hypothesis import strategies as st

from indexer.text.phrases import PhraseTable, split_words

TABLE = PhraseTable([("back pain", "back-pain"), ("back", "back"), ("legs", "legs"), ("can't sleep", "insomnia")])


def found(text: str) -> list[str]:
    return [match.value for match in TABLE.find(split_words(text))]


def test_the_longest_phrase_wins_and_is_not_counted_twice() -> None:
    assert found("My back pain comes from my back.") == ["back-pain", "back"]


def test_plural_possessive_and_apostrophes_do_not_matter() -> None:
    assert found("One leg's ache, both legs; I can’t sleep, can't sleep") == ["legs", "legs", "insomnia", "insomnia"]


def test_a_phrase_inside_a_longer_word_is_not_found() -> None:
    assert found("backpack and legume") == []


def test_a_match_says_where_it_stands() -> None:
    (match,) = TABLE.find(split_words("Severe back  pain."))
    assert "Severe back  pain."[match.start : match.end] == "back  pain"
    assert match.words == (1, 3)


@given(st.text())
def test_any_text_is_searched_without_error(text: str) -> None:
    for match in TABLE.find(split_words(text)):
        assert 0 <= match.start < match.end <= len(text)
