"""What is spelled as in English is no typing error, and what is not may be one."""

import pytest

from kb.query.english import is_english


@pytest.mark.parametrize("word", ["queue", "whine", "mole", "concrete", "colour", "oesophagus", "dysphagia", "a"])
def test_words_of_both_sides_of_the_atlantic_are_english(word: str) -> None:
    assert is_english(word)


@pytest.mark.parametrize("word", ["hedache", "palpitatons", "dizzyness", "", "zzzzzz", "ärger", "insom"])
def test_other_strings_are_not(word: str) -> None:
    assert not is_english(word)
