"""Links that are no text of the article: lists of its own headings, columns of links, and what leads up to them."""

import pytest

from indexer.article.parser import parse_article

STRESS = "Stress makes the mouth dry, and a dry mouth makes some people worry about their health."


def parse(top, below="Sip water."):
    page = f"<h1>Dry mouth</h1>{top}<h2>Causes</h2><p>{STRESS}</p><h2>Treatment</h2><p>{below}</p>"
    return parse_article(page, "page.html", format="html")


def links(*texts, parted="<li>{}</li>"):
    return "".join(parted.format(f"<a href='#{place}'>{text}</a>") for place, text in enumerate(texts))


@pytest.mark.parametrize(
    "before", ["", "<p>Written by Ann Roe and Bo Poe</p>", "<p>It is a common trouble of many.</p>"]
)
def test_a_list_of_the_pages_own_headings_is_its_table_of_contents(before):
    article = parse(f"{before}<ul>{links('Overview', 'Causes', 'Treatment')}</ul>")
    assert "Overview" not in " ".join(section.text for section in article.sections)
    assert [entry.text for entry in article.dropped] == ["Overview", "Causes", "Treatment"]


def test_a_column_of_links_beside_the_text_is_no_text():
    column = links("Home", "What is new", "Sign my book", parted="{}<br>")
    article = parse(f"<table><tr><td>{column}</td><td><p>{STRESS}</p></td></tr></table>")
    assert [section.text for section in article.sections] == [STRESS, STRESS, "Sip water."]


def test_a_column_of_links_below_its_heading_or_a_colon_is_text():
    column = links("Stress", "Thirst", "Heat", parted="{}<br>")
    article = parse(f"<h2>Common causes</h2><p>{column}</p>", below=f"Try one of these:</p><p>{column}")
    assert "Heat" in article.sections[0].text and "Heat" in article.sections[-1].text


def test_a_column_of_links_behind_a_sentence_is_text_and_above_the_text_is_none():
    column = links("Stress", "Thirst", "Heat", parted="{}<br>")
    article = parse(f"<p>{column}</p>", below=f"{STRESS}</p><p>{column}</p><h2>Who gets it</h2><p>{STRESS}")
    assert [entry.text for entry in article.dropped] == ["Stress\nThirst\nHeat"]
    assert "Heat" in article.sections[1].text


def test_a_cell_of_links_beside_its_label_is_text():
    table = f"<table><tr><td>Common</td><td>{links('Stress', 'Thirst', 'Heat', parted='{}<br>')}</td></tr></table>"
    assert "Heat" in parse("", below=f"{STRESS}</p>{table}<p>It passes.").sections[-1].text


def test_other_links_that_a_sentence_leads_up_to_are_text():
    told = f"<h2>Symptoms</h2><p>The mouth is moist again after these.</p><ul>{links('Sips', 'Rest')}</ul>"
    assert "Sips" in parse(told).sections[0].text


@pytest.mark.parametrize("label", ["<span>SUGGESTED</span> ", "Recommended for you ", "<b>Up next</b> ", "Read next: "])
def test_a_link_behind_the_label_of_a_link_is_no_text(label):
    article = parse(
        "", f'Sip water.</p><div>{label}<a href="/b">What Your Stomach Tells You of Stress</a></div><p>Rest.'
    )
    assert article.sections[-1].text == "Sip water.\nRest."
    assert article.dropped[-1].reason == "related links"


@pytest.mark.parametrize(
    "text",
    [
        'Stress and <a href="/b">Dry Mouth of Older People</a>',
        'Call <a href="/b">Your Doctor or a Nurse</a>',
        'See also <a href="/b">the part on stress</a>, which tells more.',
    ],
)
def test_a_link_behind_other_words_is_text(text):
    assert parse("", f"Sip water.</p><p>{text}</p><p>Rest.").sections[-1].text.count("\n") == 2
