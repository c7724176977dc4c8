"""Menus, tools and footers that a page prints as plain lines are told by the lines around them."""

import pytest

from indexer.article.parser import parse_article

LONG = "Stress makes the mouth dry, and a dry mouth makes some people worry about their health even more than before."
REFERENCES = "<h2>References</h2><ol><li>Roe J. Dry mouth. J Rest. 2011;4(2):1-9.</li></ol>"


def lines(*texts):
    return "".join(f"<p>{text}</p>" for text in texts)


def parse(above="", within="", behind=""):
    page = f"<h1>Dry mouth</h1>{above}<p>{LONG}</p><h2>Causes</h2><p>{LONG}</p>{within}<p>It passes.</p>{behind}"
    article = parse_article(page + REFERENCES, "page.html", format="html")
    return "\n".join(f"{section.heading}\n{section.text}" for section in article.sections), article


def test_unknown_lines_among_known_ones_are_furniture():
    shown, article = parse(behind=lines("Print this page", "Meet the Gardeners", "Share this article", "Leave a reply"))
    assert "Gardeners" not in shown
    assert ("page furniture", "Meet the Gardeners") in {(entry.reason, entry.text) for entry in article.dropped}


@pytest.mark.parametrize("tag", ["p", "div", "li"])
def test_a_menu_between_the_title_and_the_text_is_furniture_with_or_without_links(tag):
    menu = "".join(f"<{tag}>{word}</{tag}>" for word in ("Gardens", "Search", "Rivers &amp; Lakes", "My account"))
    shown, _ = parse(above=f"<ul>{menu}</ul>" if tag == "li" else menu)
    assert "Gardens" not in shown and "Rivers" not in shown


def test_three_short_lines_between_the_title_and_the_text_need_no_known_one_among_them():
    assert "Rivers" not in parse(above=lines("Gardens", "Rivers and Lakes", "Hills"))[0]
    assert "An everyday trouble" in parse(above=lines("An everyday trouble"))[0]


def test_contents_without_links_are_furniture():
    page = f"<h1>Dry mouth</h1><p>Causes</p><p>Care at home</p><p>{LONG}</p><h2>Causes</h2><p>{LONG}</p>"
    page += f"<h2>Care at home</h2><p>{LONG}</p>"
    article = parse_article(page, "page.html", format="html")
    assert [section.heading for section in article.sections] == ["", "Causes", "Care at home"]


@pytest.mark.parametrize(
    "within",
    [
        "<ul><li>Cold water</li><li>A pear</li></ul><p>Print this page</p><p>Share this article</p>",
        "<p>These help:</p><p>Cold water</p><p>A pear</p><p>Print this page</p><p>Share this article</p>",
        "<h3>At night</h3><p>Cold water</p><p>A pear</p><p>Print this page</p><p>Share this article</p>",
        "<p>Advertisement</p><p>Cold water</p><p>A pear</p><p>Advertisement</p><p>It may help.</p>",
    ],
)
def test_what_a_sentence_or_heading_leads_up_to_is_text(within):
    shown, _ = parse(within=within)
    assert "Cold water\nA pear" in shown and "Print" not in shown


def test_a_heading_below_the_references_without_text_begins_no_section():
    page = f"<h1>Dry mouth</h1><h2>Causes</h2><p>{LONG}</p>{REFERENCES}<h3>Managing stress at work</h3>"
    page += '<ul><li><a href="/a">Managing worry at work</a></li><li><a href="/b">Sleep and work</a></li></ul>'
    article = parse_article(page, "page.html", format="html")
    assert [section.heading for section in article.sections] == ["Causes"]
    assert "Managing stress at work" in {entry.text for entry in article.dropped}


def test_a_heading_whose_whole_part_is_furniture_goes_with_it():
    box = '<h4>Picked for you</h4><p><a href="/desk">How to sit at a desk</a></p><h3>At night</h3><p>Sip.</p>'
    shown, article = parse(behind=f"<h3>In the morning</h3><p>It is worst then.</p>{box}")
    assert "Picked" not in shown and "At night" in shown
    assert "Picked for you" in {entry.text for entry in article.dropped}


def test_a_lead_below_the_tools_of_a_page_is_text():
    page = "<h1>Dry mouth</h1><h2>Actions for this page</h2><ul><li>Listen</li><li>Print</li></ul>"
    page += "<p>A dry mouth feels sticky and makes swallowing hard.</p>"
    article = parse_article(page, "page.html", format="html")
    assert [section.text for section in article.sections] == ["A dry mouth feels sticky and makes swallowing hard."]


def test_a_heading_that_speaks_of_the_site_begins_a_part_about_it():
    part = "<h2>How can we improve this page?</h2><p>Say what you were doing.</p>"
    shown, article = parse(behind=part)
    assert "improve" not in shown and "doing" not in shown
    assert [section.heading for section in article.sections] == ["", "Causes"]


def test_in_a_list_behind_the_references_bylines_and_tools_are_no_entries():
    tools = "<ul><li>Page last reviewed: 12 March 2021</li><li>Tell us what you think of our website</li></ul>"
    page = f"<h1>Dry mouth</h1><h2>Causes</h2><p>{LONG}</p>{REFERENCES}{tools}"
    article = parse_article(page, "page.html", format="html")
    assert [entry.year for entry in article.references] == [2011]
    assert (article.updated, article.updated_from) == ("2021-03-12", "reviewed")


TOOLS = "<p><a href='f.pdf'>Download this fact sheet (PDF, 320 KB)</a> | <a href='p'>Print this fact sheet</a></p>"
TOOL_LINES = "<p><a href='f.pdf'>Download this fact sheet (PDF, 320 KB)</a></p><p><a href='p'>Print this page</a></p>"
SIGNS = ("Worn out most of the day", "Sore places inside the cheeks", "Trouble with eating", "A bad taste")
CELLS = "".join(f"<tr><td>{sign}</td><td>Nine in ten</td></tr>" for sign in SIGNS)
HEADS = "<thead><tr><th>What people notice</th><th>How often</th></tr></thead>"


@pytest.mark.parametrize("tools", [TOOLS, TOOL_LINES])
@pytest.mark.parametrize(
    "table",
    [
        f"<table>{CELLS}</table>",
        f"<table>{HEADS}<tbody>{CELLS}</tbody></table>",
        "<ul>" + "".join(f"<li>{sign}</li>" for sign in SIGNS) + "</ul>",
    ],
)
def test_a_table_or_a_list_below_a_line_of_tools_is_text(tools, table):
    page = f"<h1>Mouth ulcers: the facts</h1>{tools}{table}<h2>What causes mouth ulcers?</h2><p>{LONG}</p>"
    article = parse_article(page, "page.html", format="html")
    shown = "\n".join(section.text for section in article.sections)
    assert all(sign in shown for sign in SIGNS) and "Print" not in shown
    assert article.sections[0].kind == "description"


def test_one_row_of_words_below_a_line_of_tools_is_a_menu():
    row = "<table><tr>" + "".join(f"<td>{word}</td>" for word in ("Gardens", "Rivers", "Hills")) + "</tr></table>"
    assert "Rivers" not in parse(above=TOOLS + row)[0]
