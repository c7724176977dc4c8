"""Phrases are found as whole words, the longest first."""

from hypothesis import given
from hypothesis import strategies as st

from indexer.text.phrases import PhraseTable, PhraseTables, split_words

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
    assert (match.start, match.end) == (1, 3)


def test_phrases_of_several_tables_may_overlap_and_those_of_one_may_not() -> None:
    tables = PhraseTables([[("back pain", "A"), ("pain relief", "A again")], [("pain relief", "B")]])
    assert [match.value for match in tables.find(split_words("back pain relief"))] == ["A", "B"]


@given(st.text())
def test_any_text_is_searched_without_error(text: str) -> None:
    words = split_words(text)
    for match in TABLE.find(words):
        assert 0 <= match.start < match.end <= len(words)
