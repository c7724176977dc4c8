"""Attributes are read from sentences, each with its proof."""

from hypothesis import given
from hypothesis import strategies as st

from indexer.article.attributes import NAMES, find_attributes
from indexer.model import Attribute


def test_each_value_carries_the_first_sentence_that_says_so() -> None:
    sentences = ["It comes and goes.", "At night it can be severe.", "Many wake with severe pain that comes and goes."]
    attributes = find_attributes(sentences)
    assert attributes.course == (Attribute("comes and goes", sentences[0]),)
    assert attributes.intensity == (Attribute("severe", sentences[1]),)
    assert attributes.timing == (Attribute("at night", sentences[1]),)


def test_a_negated_value_is_not_taken() -> None:
    assert find_attributes(["The ache is not constant.", "It is never severe."]) == find_attributes([])


def test_a_mere_mention_gives_no_value() -> None:
    sentences = ["It is worse after a short night.", "Some feel run down.", "It is more tiresome than severe."]
    assert find_attributes(sentences) == find_attributes([])


def test_one_sentence_may_give_several_values() -> None:
    attributes = find_attributes(["It ranges from slight to moderate to severe, and comes in waves."])
    assert [a.value for a in attributes.intensity] == ["mild", "moderate", "severe", "in waves"]


@given(st.lists(st.text(max_size=80), max_size=8))
def test_every_proof_is_one_of_the_sentences(sentences: list[str]) -> None:
    attributes = find_attributes(sentences)
    for name in NAMES:
        assert all(attribute.sentence in sentences for attribute in getattr(attributes, name))
