"""How words begin is known for many passages at once, and none is missed."""

from hypothesis import given
from hypothesis import strategies as st

from indexer.text.analyzer import WORD
from kb.beginnings import Passages, read_beginnings
from kb.hits import lower_text


def having(beginning: str, *documents: list[str]) -> list[bool]:
    passages = Passages([read_beginnings(texts) for texts in documents])
    return [bool(found) for found in passages.having([beginning])]


def test_passages_are_found_by_how_their_words_begin() -> None:
    assert having("pain", ["no", "a pain", "(painful"], ["spain", "pai"]) == [False, True, True, False, False]
    assert having("pa", ["pa"], ["spa"]) == [True, False]


def test_letters_of_other_alphabets_are_found() -> None:
    assert having("café", ["un café", "a cafe"]) == [True, False]
    assert having("жд", ["я жду", "(ждать)", "pain"]) == [True, True, False]


@given(st.lists(st.text(max_size=60), max_size=5))
def test_the_passage_of_every_word_is_found(texts: list[str]) -> None:
    lowered = [lower_text(text) for text in texts]
    for place, text in enumerate(lowered):
        for word in WORD.findall(text):
            for beginning in {word, word[:3]}:
                assert having(beginning, lowered)[place], (beginning, text)
