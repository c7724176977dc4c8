import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.article.headings import find_drop_heading, read_heading, read_plain_heading
from indexer.article.sections import build_anchors, build_slug

HEADINGS = {
    "description": "Symptoms of dry mouth|What does it feel like?|Signs and symptoms|Common descriptions include:|"
    "Chronic Dizziness symptom description:|Dizziness common descriptions:|Common Anxiety Itching Symptom Descriptions|"
    "Check if you have hives|How people describe it|Overview",
    "causes": "Why does it happen?|What brings dizziness on?|Causes and triggers|How does anxiety cause itching?|"
    "How can anxiety cause itching?|What causes the itching anxiety symptoms?|What causes worry that won't stop?|"
    "Causes and risk factors|The science behind it|How stress tightens the muscles",
    "remedies": "Treatment|Managing palpitations|Self-care|What you can do|How to get rid of itching?|"
    "Diagnosis & treatment|"
    "Home remedies|Things you can do yourself|How is it treated?|2. Relief for headache",
    "other": "When to see a doctor|Diagnosis|Outlook|Complications|Prevention|Risk factors|Other medical causes|"
    "How common is it?|See a GP if:|Living with eczema",
    "references": "Sources|Bibliography|Works cited|Citations|References|REFERENCES:|Article sources",
}


@pytest.mark.parametrize(
    ("kind", "heading"), [(kind, heading) for kind, row in HEADINGS.items() for heading in row.split("|")]
)
def test_a_heading_begins_the_section_it_names(kind, heading):
    meaning = read_heading(heading)
    assert meaning is not None and meaning.kind == kind


@pytest.mark.parametrize("heading", ["The turning point", "You are not broken", "A lesson from the trial"])
def test_a_heading_that_no_rule_knows_has_no_meaning(heading):
    assert read_heading(heading) is None


@pytest.mark.parametrize(
    "line",
    [
        "Short-term solutions include:",
        "Symptoms are common.",
        "Relief is near",
        "• Treatment",
        "To help with the symptoms:",
    ],
)
def test_a_line_of_prose_is_no_heading_by_its_words(line):
    assert read_plain_heading(line) is None


@pytest.mark.parametrize(
    ("heading", "reason"),
    [("Related articles", "related links"), ("3 Comments", "comments"), ("On this page", "table of contents")],
)
def test_headings_of_furniture_are_known(heading, reason):
    assert find_drop_heading(heading) == reason


def test_anchors_are_kinds_first_and_never_the_same_twice():
    kinds = [
        ("causes", "Causes"),
        ("causes", "Triggers"),
        ("other", "Outlook"),
        ("other", "Outlook"),
        ("other", "Causes"),
    ]
    assert build_anchors(kinds) == ["causes", "causes-2", "outlook", "outlook-2", "causes-section"]


@given(
    st.lists(
        st.tuples(st.sampled_from(["description", "causes", "remedies", "other"]), st.text(max_size=20)), max_size=30
    )
)
def test_anchors_are_unique_whatever_the_headings(kinds):
    anchors = build_anchors(kinds)
    assert len(set(anchors)) == len(anchors) and all(anchors)


def test_a_slug_is_small_letters_and_hyphens():
    assert build_slug("What’s “it” like?") == "whats-it-like"
