"""The title of a page copied with its menu is the line above the byline, or the one that the text speaks of."""

import pytest

from indexer.article.parser import parse_article

LONG = "Stress makes the mouth dry, and a dry mouth makes some people worry about their health even more than before."
MENU = "Skip to main content\nMenu\nHome\nConditions A to Z\nFind a clinic\nPatient stories\nDonate today"


def parse(text):
    return parse_article(text, "page.txt", format="text")


@pytest.mark.parametrize(
    "above",
    [
        f"{MENU}\nSearch this site\n\nHome > Conditions A to Z\n\nThe thirsty tongue\n\nWritten by Jane Roe\n",
        f"{MENU}\n\nThe thirsty tongue\nBy Jane Roe\nLast updated: 3 March 2019\n\nListen to this page\nPrint page\n",
        "Home\nPatient stories\nContact us\nThe thirsty tongue\nBy Jane Roe\n",
    ],
)
def test_the_line_above_the_byline_is_the_title_and_no_line_of_the_menu(above):
    article = parse(f"{above}\n{LONG}\n\nCauses\n\n{LONG}\n\nTreatment\n\nSip water.\n")
    assert (article.title, article.authors) == ("The thirsty tongue", ("Jane Roe",))
    assert [(section.heading, section.text) for section in article.sections] == [
        ("", LONG),
        ("Causes", LONG),
        ("Treatment", "Sip water."),
    ]


@pytest.mark.parametrize(
    "above",
    [
        f"{MENU}\n\nDry mouth and worry\n\nListen to this page\nPrint page\n",
        "Skip to content\nDry mouth and worry\nPrint this page\nShare this page\nHear it\n",
        f"{MENU}\nHome > Conditions > Xerostomia\n\nXerostomia\n",
    ],
)
def test_without_a_byline_the_title_is_the_line_whose_words_the_text_or_the_path_has(above):
    article = parse(f"{above}\n{LONG}\n\nCauses\n\n{LONG}\n\nTreatment\n\nSip water.\n")
    assert article.title in ("Dry mouth and worry", "Xerostomia")


def test_a_page_that_begins_with_its_title_has_no_menu():
    assert parse(f"The thirsty tongue\n\nDry mouth\n\n{LONG}\n").title == "The thirsty tongue"
