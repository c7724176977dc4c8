"""Numbers for people in need stay in an article; what a site asks for itself by the same means does not."""

import pytest

from indexer.article.helplines import is_helpline
from indexer.article.parser import parse_article

LONG = "Stress makes the mouth dry, and a dry mouth makes some people worry about their health even more than before."
NEEDED = """
If you are in crisis call 0800 555 0199, free from any phone.
If you are in crisis call the number below, or our website's listeners on 1-800-555-0199.
Text HOME to 741741 from anywhere in the country.
You can also text "SHOUT" to 85258.
Call 988.
Call 1-800-273-TALK to speak to someone at any hour.
Childline: 0800 1111, free and confidential, or send an e-mail through its website.
Listening line: 0800 555 0199 (free from all phones)
For an emergency outside opening hours phone the clinic on 01234 555 0199.
"""
OWN = """
Text CALM to 70000 to give five pounds.
Text NEWS to 70000 for offers from our shop.
Call 555-010-4477 to request an appointment with our team
"""


def parse(text, format="markdown"):
    return parse_article(text, f"page.{format}", format=format)


def texts(article):
    return "\n".join(section.text for section in article.sections)


@pytest.mark.parametrize("line", NEEDED.strip().splitlines())
def test_a_number_for_people_in_need_stays_in_the_text(line):
    assert line.replace('"', "") in texts(parse(f"# Low mood\n\n## Causes\n\n{LONG}\n\n{line}\n\n{LONG}")).replace(
        '"', ""
    )


@pytest.mark.parametrize("line", OWN.strip().splitlines())
def test_a_number_that_the_site_asks_for_itself_by_is_furniture(line):
    assert not is_helpline(line)
    article = parse(f"# Low mood\n\n## Causes\n\n{LONG}\n\n{line}\n\n{LONG}")
    assert line in [entry.text for entry in article.dropped]


ROWS = "Crisis listening line, any hour|0800 555 0199, free from any phone"


@pytest.mark.parametrize(
    "page",
    [
        "# Low mood\n\n## Causes\n\n{0}\n\n| Who to ring | Number |\n| --- | --- |\n| {1} | {2} |\n\n{0}",
        "# Low mood\n\n## Causes\n\n{0}\n\n| Number | Who to ring |\n| --- | --- |\n| {2} | {1} |\n\n{0}",
        "# Low mood\n\n## Causes\n\n{0}\n\n{1}\n\n{2}\n\n{0}",
        "# Low mood\n\n## Causes\n\n{0}\n\n## In a crisis\n\nPlease ring us.\n\nPhone {2}\n\n{0}",
    ],
)
def test_a_number_stays_when_the_cell_the_line_or_the_heading_beside_it_speaks_of_need(page):
    row = ROWS.split("|")
    assert row[1] in texts(parse(page.format(LONG, *row)))


def test_the_same_words_in_a_footer_are_furniture():
    page = f"<h1>Low mood</h1><h2>Causes</h2><p>{LONG}</p><footer><p>Crisis line: 0800 555 0199</p></footer>"
    assert "0800" not in texts(parse(page, "html"))


def test_a_heading_that_names_a_helpline_heads_its_text():
    article = parse(f"# Low mood\n\n## Causes\n\n{LONG}\n\n## Need help now? Call 988\n\nIt is free.\n")
    assert [(section.heading, section.text) for section in article.sections][1:] == [
        ("Need help now? Call 988", "It is free.")
    ]
