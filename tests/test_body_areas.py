"""Areas and symptoms come from where words stand, not from mere mention."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.article.body_areas import find_body_areas, find_symptoms


@pytest.mark.parametrize(
    ("title", "symptoms", "areas"),
    [
        ("Back Pain, Stiffness, Spasms - anxiety symptoms", ("back-pain",), ("back",)),
        ("Heart Palpitations Anxiety Symptoms", ("palpitations",), ("heart",)),
        ("Left Arm Tingling", ("pins-and-needles",), ("arms",)),
        ("Racing heart (tachycardia)", ("racing-heart",), ("heart",)),
        ("Chronic Sore Elbow", ("sore-elbow",), ("arms",)),
    ],
)
def test_a_title_names_symptom_and_area(title: str, symptoms: tuple[str, ...], areas: tuple[str, ...]) -> None:
    assert find_symptoms(title) == symptoms
    assert find_body_areas(title, [], "") == areas


def test_a_passing_mention_makes_no_area() -> None:
    assert find_body_areas("Dizziness", ["What it feels like"], "Some hold their head. One man felt his knee.") == (
        "balance",
    )


def test_without_a_telling_title_the_description_decides() -> None:
    text = "The skin burns. The skin itches at night, and the skin of one arm may peel."
    assert find_body_areas("What we know", [], text) == ("skin",)


def test_nothing_said_of_the_body_gives_no_area() -> None:
    assert find_body_areas("About us", ["Contact"], "We write things.") == ()


@given(st.text(), st.lists(st.text()), st.text())
def test_any_text_gives_areas_of_the_tree(title: str, headings: list[str], description: str) -> None:
    areas = find_body_areas(title, headings, description)
    assert len(set(areas)) == len(areas)
