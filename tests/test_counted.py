"""Numbered headings belong to what announces them: a heading before them, or the title."""

import pytest

from indexer.article.counted import read_number, read_tally
from indexer.article.parser import parse_article

TEXT = "Nobody knows quite why it does so, but it does at times."
LEAD = "Headaches are common and usually pass within a few hours."
FORMS = ("<h2>{}. {}</h2>", "<h2>{} {}</h2>", "<h2>{}) {}</h2>", "<h2>#{} {}</h2>", "<h2>Reason {}: {}</h2>")
CAUSES = ("You slept badly", "Stress", "Your diet", "Medication", "Noise", "Dry air", "Bright light")
HELPS = f"<h2>What helps?</h2><p>{TEXT}</p>"


def parse(headings, *, title="Headache", above="", form=FORMS[0], below=HELPS):
    body = "".join(f"{form.format(at, text)}<p>{TEXT}</p>" for at, text in enumerate(headings, start=1))
    page = f"<h1>{title}</h1><p>{LEAD}</p>{above}{body}{below}"
    return parse_article(page, "page.html", format="html")


def outline(article):
    return [(section.kind, section.heading) for section in article.sections]


def headings_in(section):
    return [block.text for block in section.blocks if block.kind == "heading"]


@pytest.mark.parametrize("form", [*FORMS, "<p><strong>{}. {}</strong></p>"])
@pytest.mark.parametrize("above", ["7 reasons why you might have a headache", "What causes headaches?"])
def test_numbered_headings_belong_to_the_heading_that_announces_them(form, above):
    article = parse(CAUSES, form=form, above=f"<h2>{above}</h2>")
    assert outline(article) == [("description", ""), ("causes", above), ("remedies", "What helps?")]
    assert len(headings_in(article.sections[1])) == len(CAUSES)


@pytest.mark.parametrize("form", FORMS)
def test_numbered_headings_below_a_title_that_counts_them_are_of_its_kind(form):
    article = parse(CAUSES, form=form, title="7 causes of headache")
    assert outline(article) == [("description", ""), ("causes", ""), ("remedies", "What helps?")]
    assert len(headings_in(article.sections[1])) == len(CAUSES)


@pytest.mark.parametrize(
    ("title", "kind"),
    [("10 ways to ease a headache", "remedies"), ("12 signs of a headache", "description"), ("Ten facts", "other")],
)
def test_the_title_says_of_which_kind_its_list_is(title, kind):
    article = parse(("Cold water", "A dark room", "Fresh air"), title=title, below="")
    assert {section.kind for section in article.sections[1:]} == {kind}


@pytest.mark.parametrize("title", ["Headache", "4 causes of headache", "4 signs of headache"])
@pytest.mark.parametrize("above", ["", "<h2>What is a headache?</h2>", "<h2>Common symptoms</h2>"])
def test_numbered_headings_that_name_kinds_of_their_own_keep_them(title, above):
    article = parse(("Symptoms", "Causes", "Treatment", "Outlook"), title=title, above=above, below="")
    assert outline(article)[-4:] == [
        ("description", "1. Symptoms"),
        ("causes", "2. Causes"),
        ("remedies", "3. Treatment"),
        ("other", "4. Outlook"),
    ]


def test_headings_that_count_on_behind_what_was_announced_keep_their_kind():
    article = parse((*CAUSES, "Treatment"), above="<h2>7 reasons for headaches</h2>", below="")
    assert outline(article)[1:] == [("causes", "7 reasons for headaches"), ("remedies", "8. Treatment")]
    article = parse(("Stress", "Noise", "Dry air", "Treatment"), above="<h2>Reasons for headaches</h2>", below="")
    assert outline(article)[1:] == [("causes", "Reasons for headaches"), ("remedies", "4. Treatment")]


def test_a_heading_with_text_that_names_no_list_announces_none():
    above = f"<h2>How does a headache feel?</h2><p>{TEXT * 6}</p>"
    article = parse(("Cold water", "A dark room"), above=above, below="")
    assert outline(article)[1:] == [
        ("description", "How does a headache feel?"),
        ("other", "1. Cold water"),
        ("other", "2. A dark room"),
    ]


def test_lower_headings_do_not_part_a_list_and_one_without_a_number_ends_it():
    form = "<h2>{}. {}</h2><h3>How it works</h3>"
    article = parse(CAUSES[:3], form=form, above="<h2>Reasons for headaches</h2>", below="<h2>A word</h2><p>Rest.</p>")
    assert outline(article)[1:] == [("causes", "Reasons for headaches"), ("other", "A word")]
    assert len(headings_in(article.sections[1])) == 6


@pytest.mark.parametrize(
    ("text", "number"), [("1. Rest", 1), ("Tip #3 – Rest", 3), ("(2) Rest", 2), ("Rest 4 times", 0), ("7", 0)]
)
def test_the_number_of_a_heading_is_read_in_many_forms(text, number):
    assert read_number(text) == number


@pytest.mark.parametrize(
    ("text", "tally"),
    [("Headache: 7 common causes", 7), ("Twelve early signs", 12), ("Causes", 0), ("3 days without sleep", 0)],
)
def test_how_many_things_are_announced_is_read_from_digits_and_words(text, tally):
    assert read_tally(text) == tally
