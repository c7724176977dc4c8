"""A fact sheet sent by mail: what stands around its text is furniture as blocks."""

import pytest

from indexer.article.boilerplate import find_reason
from indexer.article.parser import parse_article

LONG = "Stress makes the mouth dry, and a dry mouth makes some people worry about their health even more than before."
MAIL = f"""{{opening}}

*****************************************************
THE STEADY PULSE                         Issue no. 41
Your free monthly fact sheet
*****************************************************

DRY MOUTH: THE FACTS

By Jane Roe
Last revised: 16 Feb 2018

{LONG}

--- Causes ---

Stress.

{{box}}

--- Treatment ---

Sip water.
"""


def parse(opening="View this e-mail in your browser: http://pulse.org/41", box=""):
    return parse_article(MAIL.format(opening=opening, box=box), "mail.txt", format="text")


@pytest.mark.parametrize(
    "opening",
    [
        "View this e-mail in your browser: http://pulse.org/41",
        "Trouble reading this? https://pulse.org/41",
        "The Steady Pulse, www.pulse.org",
    ],
)
def test_a_line_with_an_address_is_no_title(opening):
    article = parse(opening)
    assert article.title == "DRY MOUTH: THE FACTS"
    assert [(section.kind, section.text) for section in article.sections] == [
        ("description", LONG),
        ("causes", "Stress."),
        ("remedies", "Sip water."),
    ]


@pytest.mark.parametrize("heading", ["SPONSOR", "Our sponsor", "NEWS FROM OUR SHOP"])
@pytest.mark.parametrize("sign", ["+", "*", "=", "~"])
def test_what_a_site_says_of_itself_between_ornaments_goes_as_a_block(sign, heading):
    box = f"{sign * 3} {heading} {sign * 3}\nTry herbal teas from the farm: http://farm.org/tea\n{sign * 15}"
    assert [section.text for section in parse(box=box).sections] == [LONG, "Stress.", "Sip water."]


def test_the_motto_of_a_periodical_is_no_title_without_a_byline_either():
    text = MAIL.format(opening="", box="").replace("By Jane Roe\n", "").replace("Last revised: 16 Feb 2018\n", "")
    assert parse_article(text, "mail.txt", format="text").title == "DRY MOUTH: THE FACTS"


def test_a_heading_in_capitals_between_ornaments_is_printed_without_them():
    article = parse_article(f"Dry mouth\n\n*** CAUSES ***\n\n{LONG}\n", "mail.txt", format="text")
    assert [(section.kind, section.heading) for section in article.sections] == [("causes", "CAUSES")]


def test_the_address_behind_a_label_of_furniture_goes_with_it():
    assert find_reason("View this e-mail in your browser: http://pulse.org/41")
    assert not find_reason("Dizziness: http://pulse.org/41")
