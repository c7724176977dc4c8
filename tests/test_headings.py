import tomllib
from pathlib import Path

import pytest

from indexer.article.headings import find_drop_heading, read_heading, read_plain_heading
from indexer.article.parser import parse_article
from indexer.wordforms import build_word_sets, fill, inflect

WORDED = tomllib.loads(Path(__file__).with_name("headings.toml").read_text(encoding="utf-8"))
FAMILIES = [(kind, family) for kind, families in WORDED.items() for family in families]
FLOOR = 0.95
SOME = {
    kind: [heading for family in families.values() for heading in family[:2]]
    for kind, families in WORDED.items()
    if kind != "other"
}
PREFIXES = (
    "1 ", "1. ", "2) ", "(b) ", "[2] ", "#3 ", "#1. ", "A. ", "ii) ", "IV. ", "02 — ", "2.3.1 ", "Q1 ",
    "Q1. ", "Q1: ", "Q.3 ", "Question 2: ", "Question 3 – ", "Q: ", "Part 2 – ", "Part One: ",
    "Part II: ", "Step 1: ", "Chapter Two: ", "Section 4 | ", "Lesson 3: ", "No. 2: ", "Appendix A: ",
    "🔍 ", "→ ", "» ", "§2 ", "✅ ",
)  # fmt: skip


def read_kind(heading):
    """Give the kind of section a heading begins; one that no rule knows, or of furniture, begins another part."""
    meaning = read_heading(heading)
    return meaning.kind if meaning else "other"


@pytest.mark.parametrize(("kind", "family"), FAMILIES)
def test_headings_of_one_family_are_of_one_kind(kind, family):
    headings = WORDED[kind][family]
    missed = [(heading, found) for heading in headings if (found := read_kind(heading)) != kind]
    assert len(missed) <= (1 - FLOOR) * len(headings), missed


@pytest.mark.parametrize("prefix", PREFIXES)
def test_numbers_labels_and_pictures_before_a_heading_change_nothing(prefix):
    wrong = [
        prefix + heading
        for kind, headings in SOME.items()
        for heading in headings
        if not heading[0].isdigit() and read_kind(prefix + heading) != kind
    ]
    assert wrong == []


@pytest.mark.parametrize(
    ("heading", "kind"),
    [
        ("Hiccups: the symptoms", "description"),
        ("Hiccups – causes", "causes"),
        ("Hiccups | Treatment", "remedies"),
        ("Hiccups: when to get help", "other"),
        ("Causes: why it happens", "causes"),
        ("When to see a doctor: symptoms to watch for", "other"),
    ],
)
def test_the_first_part_of_a_heading_that_says_something_decides(heading, kind):
    assert read_kind(heading) == kind


@pytest.mark.parametrize(
    "line",
    [
        "So why do you notice yours?",
        "So why the contradiction? How can it be harmless for most and a clear trigger in some?",
        "Treatment: ibuprofen",
        "What if five minutes were enough?",
    ],
)
def test_a_question_or_a_labelled_word_in_running_text_is_no_heading(line):
    assert read_plain_heading(line) is None


@pytest.mark.parametrize("heading", ["Don’t take painkillers", "Vital signs", "Sign up for more", "The trigger finger"])
def test_a_word_of_a_rule_is_not_enough(heading):
    assert read_heading(heading) is None


def test_counted_headings_of_furniture_are_known():
    assert find_drop_heading("6 Related articles") == "related links"


@pytest.mark.parametrize(
    ("verb", "forms"),
    [
        ("ease", "ease eases easing eased"),
        ("stop", "stop stops stopping stopped"),
        ("remedy", "remedy remedies remedying remedied"),
        ("soothe", "soothe soothes soothing soothed"),
        ("relax", "relax relaxes relaxing relaxed"),
        ("overcome", "overcome overcomes overcoming overcome"),
    ],
)
def test_a_verb_has_four_forms(verb, forms):
    assert " ".join(inflect(verb)) == forms


def test_the_first_word_of_a_phrase_bends():
    assert inflect("get rid of") == ("get rid of", "gets rid of", "getting rid of", "got rid of")


def test_a_name_in_a_pattern_stands_for_its_words_and_a_wrong_one_is_an_error():
    sets = build_word_sets({"way": "ways?|tips"}, {"ease": "ease, calm"})
    assert fill("{way} .{1,9} {easing}", sets) == "(?:ways?|tips) .{1,9} (?:easing|calming)"
    with pytest.raises(KeyError, match="wey"):
        fill("{wey}", sets)


@pytest.mark.parametrize(
    ("line", "kind"),
    [("Q2. Why it happens", "causes"), ("Part 2 – Causes", "causes"), ("👂 Symptoms of vertigo", "description")],
)
def test_a_label_or_a_picture_hides_no_heading_in_plain_lines(line, kind):
    meaning = read_plain_heading(line)
    assert meaning is not None and meaning.kind == kind


@pytest.mark.parametrize("heading", ["2 Q2. Why it happens", "🔹 3. Q2. Why it happens", "Part 2: 1. Why it happens"])
def test_a_heading_may_be_numbered_twice(heading):
    assert read_kind(heading) == "causes"


PROSE = "It comes and goes for most people, and nobody needs to be afraid of it at night."


@pytest.mark.parametrize(
    ("title", "below"),
    [
        ("5 signs of stress", PROSE),
        ("How to steady yourself", PROSE),
        ("Hiccups: what helps", PROSE),
        ("Why do I have hiccups?", f"By Ann Roe | October 21, 2019\n\n{PROSE}"),
        ("Living with hiccups", f"Ann Roe (22 February 2017)\n\n{PROSE}"),
    ],
)
def test_a_title_that_could_head_a_section_stays_the_title_of_a_text(title, below):
    article = parse_article(f"{title}\n\n{below}\n\nTriggers\n\n{PROSE}\n", "page.txt", format="text")
    assert article.title == title
    assert title not in [section.heading for section in article.sections]


def test_a_title_is_known_among_top_headings_by_the_name_of_the_page_behind_the_site():
    page = f"""<title>Health Space : Hiccups: signs to know</title><h1>Hiccups: signs to know</h1><p>{PROSE}</p>
    <h1>Causes</h1><p>{PROSE}</p><h1>Treatment</h1><p>{PROSE}</p>"""
    assert parse_article(page, "page.html", format="html").title == "Hiccups: signs to know"


def test_bold_lines_of_two_sizes_keep_their_order_below_a_title_that_could_head_a_section():
    large = "<b><span style='font-size: large'>{}</span></b><br>{}<br><br>"
    small = "<b>{}</b><br>{}<br><br>"
    body = "".join(
        form.format(heading, PROSE)
        for form, heading in [(large, "Symptoms"), (small, "At night"), (large, "Causes"), (large, "Diagnosis")]
    )
    title = "How to get rid of hiccups"
    page = f"<title>{title}</title><h3>{title}</h3><div><p>{PROSE}</p><div>{body}</div></div>"
    article = parse_article(page, "page.html", format="html")
    assert [section.heading for section in article.sections] == ["", "Symptoms", "Causes", "Diagnosis"]
