from pathlib import Path
from statistics import fmean

import pytest

from bench.layout_pages import read_layouts
from bench.layout_scores import MEASURES, measure_layouts
from bench.layouts import main
from indexer.article.parser import parse_article
from indexer.bylines.byline import parse_byline
from indexer.bylines.people import parse_people
from indexer.markup.html import read_html
from indexer.markup.markdown import read_front_matter
from indexer.markup.plain import read_text
from indexer.text.dates import parse_date

SHARED = Path(__file__).parent.parent / "../shared"
FLOORS = {"sections": 0.97, "clean": 0.97, "title": 0.97, "authors": 0.97, "updated": 0.97, "marks": 0.97}
REFERENCE = "<h2>References</h2><ol><li>Roe J. Dry mouth and worry. Journal of Rest. 2011;4(2):1-9.</li></ol>"


@pytest.fixture(scope="module")
def outcomes():
    if not (SHARED / "data/medquad/docs.jsonl").is_file():
        pytest.skip("needs the health text in ../shared/data")
    return list(measure_layouts(read_layouts(), SHARED, 2))


@pytest.mark.parametrize("measure", MEASURES)
def test_real_text_is_read_right_in_every_layout_together(outcomes, measure):
    assert fmean(outcome.scores[measure] for outcome in outcomes) >= FLOORS.get(measure, 0.98)


def test_no_layout_falls_behind(outcomes):
    for layout in {outcome.layout for outcome in outcomes}:
        rows = [outcome.scores for outcome in outcomes if outcome.layout == layout]
        assert fmean(row["sections"] for row in rows) >= 0.9, layout


def test_without_the_text_the_bench_says_what_to_name(capsys, tmp_path):
    assert main(["--shared", str(tmp_path / "none")]) == 1
    assert "--shared" in capsys.readouterr().err


def test_styled_headings_that_name_the_sections_stand_above_real_ones_inside_them():
    panel = (
        '<div><div class="tab-title">{}</div><p>It comes and goes.</p><h3>Medicines and drugs</h3><p>More.</p></div>'
    )
    page = "<h1>Hiccups</h1>" + "".join(map(panel.format, ("Symptoms", "Causes", "Treatment", "Diagnosis")))
    article = parse_article(page, "page.html", format="html")
    assert [section.kind for section in article.sections] == ["description", "causes", "remedies", "other"]


@pytest.mark.parametrize(
    "section", ['<b><font size="3">{}</font></b><br><br>', '<font size="3"><b>{}</b></font><br><br>']
)
def test_bold_lines_in_a_larger_font_than_the_text_stand_above_those_in_its_own(section):
    part = f"{section}It comes and goes.<br><br><b>Night Sweats</b><br><br>More.<br><br>"
    page = (
        "<h1>Flu</h1><font size=2><center>It is common.</center>"
        + "".join(map(part.format, ("Symptoms", "Causes")))
        + "</font>"
    )
    article = parse_article(page, "page.html", format="html")
    assert [section.heading for section in article.sections] == ["", "Symptoms", "Causes"]


def test_larger_bold_lines_stand_above_plain_bold_ones():
    big = '<b><span style="font-size: large;">{}</span></b><br>A sentence.<br><br><b>Night Sweats</b><br>More.<br>'
    page = "<h1>Flu</h1><div>" + "".join(map(big.format, ("Symptoms", "Causes"))) + "</div>"
    article = parse_article(page, "page.html", format="html")
    assert [section.heading for section in article.sections] == ["Symptoms", "Causes"]


def test_boxes_that_only_style_sets_apart_are_told_apart():
    lines = read_html(
        "<div><time>9 May 2019</time><a>Jane Roe</a></div><p>vitamin <span>B</span><span>12</span></p>"
    ).lines
    assert [line.text for line in lines] == ["9 May 2019\nJane Roe", "vitamin B12"]


def test_a_name_and_a_date_above_the_title_or_below_the_text_sign_an_article():
    body = "<h2>Causes</h2><p>Stress dries the mouth.</p>"
    for page in (
        f"<div><span>Ann Roe</span><span>May 9, 2019</span></div><h1>Dry mouth</h1>{body}{REFERENCE}",
        f"<h1>Dry mouth</h1>{body}<p><i>Ann Roe, 9 May 2019</i></p>{REFERENCE}",
    ):
        article = parse_article(page, "page.html", format="html")
        assert (article.authors, article.updated, article.updated_from) == (("Ann Roe",), "2019-05-09", "published")


def test_what_a_person_is_and_where_goes_with_the_byline():
    page = f"""<h1>Dry mouth</h1><p>By Ann Roe</p><p>Health correspondent</p>
    <p>1 Department of Medicine, University Hospital, Utrecht</p><h2>Causes</h2><p>Stress dries it.</p>{REFERENCE}"""
    article = parse_article(page, "page.html", format="html")
    assert article.authors == ("Ann Roe",)
    assert [section.kind for section in article.sections] == ["causes"]
    assert {entry.reason for entry in article.dropped} == {"rest of a byline", "affiliation"}


@pytest.mark.parametrize(
    "text",
    [
        "<p>1</p><p>Roe J. Dry mouth and worry. Rest. 2011;4:1.</p><p>2</p><p>Doe A. Thirst. Rest. 2012;5:2.</p>",
        "<p>1 Roe J. Dry mouth and worry. Rest. 2011;4:1.<br>2 Doe A. Thirst.<br>Rest. 2012;5:2.</p>",
        "<ul><li>[1] Roe J. Dry mouth and<br>worry. Rest. 2011;4:1.</li>"
        "<li>[2] Doe A. Thirst. Rest.<br>2012;5:2.</li></ul>",
    ],
)
def test_numbers_in_boxes_and_wrapped_entries_still_make_one_list(text):
    article = parse_article(
        f"<h1>Dry</h1><h2>Causes</h2><p>Stress.</p><h2>References</h2>{text}", "p.html", format="html"
    )
    assert [(entry.number, entry.year) for entry in article.references] == [(1, 2011), (2, 2012)]
    assert article.references[1].title == "Thirst"


def test_a_wiki_list_below_its_heading_is_counted():
    lines = read_text("== References ==\n# Roe J. Dry. 2011.\n# Doe A. Thirst. 2012.\n").lines
    assert [(line.kind, line.number) for line in lines] == [("heading", None), ("item", 1), ("item", 2)]


@pytest.mark.parametrize(
    "text",
    [
        '+++\ntitle = "Dry mouth"\nauthor = "Ann Roe"\ndate = 2019-05-09\n+++\nText.',
        "% Dry mouth\n% Ann Roe\n% 2019-05-09\n\nText.",
        "---\ntitle: Dry mouth\nauthor: Ann Roe\ndate: 2019-05-09\n---\nText.",
    ],
)
def test_front_matter_is_read_in_every_dialect(text):
    fields, body = read_front_matter(text)
    assert (fields, body.strip()) == ({"title": "Dry mouth", "author": "Ann Roe", "date": "2019-05-09"}, "Text.")


def test_the_title_of_front_matter_counts_where_every_section_has_a_top_heading():
    front = "---\ntitle: 'Dry mouth: symptoms and causes'\n---\n"
    text = f"{front}# Dry mouth symptoms\n\nIt burns.\n\n# Where it begins\n\nIn the glands."
    assert parse_article(text, "dry.md", format="markdown").title == "Dry mouth: symptoms and causes"


def test_names_dates_and_clocks_of_bylines_are_read():
    assert parse_people("Noor al-Sayed, MD").names == ("Noor al-Sayed",)
    assert parse_date("27-Dec-10").iso == "2010-12-27"
    assert parse_byline("Posted by Ann Roe at 10:12 AM").authors == ("Ann Roe",)


def test_a_word_inside_another_makes_no_heading():
    article = parse_article(
        "<h1>Gut</h1><h2>How is intestinal pain treated?</h2><p>With rest.</p>", "p.html", format="html"
    )
    assert article.sections[0].kind == "remedies"


def test_headings_are_known_behind_pictures_and_before_their_own_link():
    page = '<h1>✨ Hiccups</h1><h2>🔹 2. Causes <a href="#h2">#</a></h2><p>A full stomach.</p>'
    article = parse_article(page, "page.html", format="html")
    assert article.title == "Hiccups"
    assert [section.kind for section in article.sections] == ["causes"]


def test_list_items_that_hold_a_bold_line_and_paragraphs_are_sections():
    item = "<li><strong>{}</strong><p>It comes and goes.</p></li>"
    page = "<h1>Hiccups</h1><ol>" + "".join(map(item.format, ("Symptoms", "Causes", "Treatment"))) + "</ol>"
    article = parse_article(page, "page.html", format="html")
    assert [section.kind for section in article.sections] == ["description", "causes", "remedies"]


def test_brackets_around_linked_numbers_belong_to_the_mark():
    page = """<h1>Dry mouth</h1><h2>Causes</h2><p>Stress dries the mouth. [<a href="#r1">1</a>] It passes.</p>
    <h2>References</h2><p id="r1">[1] Roe J. Dry mouth and worry. Journal of Rest. 2011;4(2):1-9.</p>"""
    article = parse_article(page, "page.html", format="html")
    assert [(mark.numbers, mark.sentence) for mark in article.marks] == [((1,), "Stress dries the mouth.")]
    assert "[" not in article.sections[0].text


def test_an_outline_of_stars_is_read_with_its_fields():
    fields = "#+TITLE: Dry mouth\n#+AUTHOR: Ann Roe\n\n"
    text = "* Causes\n\nStress.\n\n** When to see a doctor\n\nSoon.\n\n* Treatment\n\nWater."
    article = parse_article(fields + text, "dry.txt", format="text")
    assert (article.title, article.authors) == ("Dry mouth", ("Ann Roe",))
    assert [section.heading for section in article.sections] == ["Causes", "Treatment"]


def test_a_line_without_a_colon_leads_up_to_a_list_of_links_too():
    items = "".join(f"<li><a href='/{name}'>{name}</a></li>" for name in ("Coeliac disease", "Bowel cancer"))
    page = f"""<h1>Diarrhoea</h1><h2>Causes</h2><p>Often an infection.</p><p>Conditions that can cause diarrhoea</p>
    <ul>{items}</ul><h2>How you can reduce the risk of diarrhoea</h2><p>Wash your hands.</p>"""
    article = parse_article(page, "page.html", format="html")
    assert "Bowel cancer" in article.sections[0].text
    assert article.sections[1].kind == "other"


def test_the_body_that_publishes_a_leaflet_stands_above_its_title():
    text = "Fenland Hospitals NHS Trust\n\nDRY MOUTH\n\nIt burns.\n\nWHAT CAUSES IT?\n\nStress dries the mouth.\n"
    article = parse_article(text, "leaflet.txt", format="text")
    assert article.title == "DRY MOUTH"
    assert [section.kind for section in article.sections] == ["description", "causes"]


def test_a_title_that_could_be_the_name_of_a_body_stays_one_above_the_first_section():
    text = "Panic in the Department\n\nWHAT CAUSES IT?\n\nStress.\n\nTREATMENT\n\nRest.\n"
    assert parse_article(text, "panic.txt", format="text").title == "Panic in the Department"


def test_bold_lines_in_a_large_font_stand_above_plain_bold_ones():
    big = '<span style="font-size:22px"><strong>{}</strong></span><br><br>A sentence.<br><br>'
    part = f"{big}<strong>Night Sweats</strong><br><br>More.<br><br>"
    article = parse_article("<h1>Flu</h1>" + "".join(map(part.format, ("Symptoms", "Causes"))), "p.html", format="html")
    assert [section.heading for section in article.sections] == ["Symptoms", "Causes"]
