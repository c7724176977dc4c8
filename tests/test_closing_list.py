import pytest

from indexer.article.parser import parse_article

ENTRIES = (
    "Roe J, Doe A. Dry mouth and worry. Journal of Rest. 2011;4(2):1-9.",
    "Rest Clinic. Thirst. 2014. https://rest.example/thirst (accessed 3 March 2025).",
)


def build_page(heading, entries=ENTRIES, after=""):
    """Give a page whose last section is a numbered list below `heading`."""
    items = "".join(f"<li>{entry}</li>" for entry in entries)
    causes = "<h2>Causes</h2><p>Stress dries the mouth.[1] It passes.[2]</p>"
    return f"<h1>Dry mouth</h1>{causes}<h2>{heading}</h2><ol>{items}</ol>{after}"


def read(page, format="html"):
    return parse_article(page, f"page.{format}", format=format)


@pytest.mark.parametrize(
    "heading", ["Evidence base", "Sources of information", "Sources of worry", "Papers on my desk"]
)
def test_a_closing_list_of_numbered_citations_is_that_of_the_references_whatever_its_heading_says(heading):
    article = read(build_page(heading))
    assert [entry.year for entry in article.references] == [2011, 2014]
    assert [mark.numbers for mark in article.marks] == [(1,), (2,)]
    assert [section.kind for section in article.sections] == ["causes"]


def test_it_is_found_in_plain_text_too_above_the_footer():
    text = (
        f"DRY MOUTH\n\nCAUSES\n\nStress dries the mouth [1].\n\nEVIDENCE BASE\n\n1  {ENTRIES[0]}\n2  {ENTRIES[1]}\n\n"
    )
    article = read(f"{text}Ask us for this leaflet in large print.\n", "text")
    assert [entry.number for entry in article.references] == [1, 2]
    assert "large print" not in article.references[1].raw


@pytest.mark.parametrize(
    "page",
    [
        build_page("Steps for the night", ("Drink at 10 pm.", "See www.rest.example for more.")),
        build_page("Milestones", ("In 2011 the clinic opened.", "In 2014 it moved.")),
        build_page("Evidence base", after="<h2>Treatment</h2><p>Water.</p>"),
        build_page("Evidence base", after=f"<h2>References</h2><ol><li>{ENTRIES[0]}</li></ol>"),
        build_page("Treatment"),
    ],
)
def test_other_numbered_lists_stay_sections(page):
    assert len(read(page).sections) >= 2


def test_a_number_behind_an_abbreviation_is_a_page_and_no_next_entry():
    text = f"References\n\n(1) Roe J. Dry mouth. Rest 2011; 4: pp.\n14. doi:10.1000/182.\n(2) {ENTRIES[0]}\n"
    article = read(f"DRY MOUTH\n\nCAUSES\n\nStress dries the mouth.\n\n{text}", "text")
    assert [entry.number for entry in article.references] == [1, 2]
    assert article.references[0].doi == "10.1000/182"


def test_a_closing_list_without_numbers_is_that_of_the_references_where_it_has_several_entries():
    entries = (*ENTRIES, "Doe A. Thirst at night. Journal of Rest. 2015;6(1):10-19.")
    page = build_page("Papers on my desk", entries).replace("ol>", "ul>")
    assert [entry.year for entry in read(page).references] == [2011, 2014, 2015]
    assert not read(build_page("Papers on my desk").replace("ol>", "ul>")).references


def test_what_leads_back_from_an_entry_to_its_marks_is_no_part_of_it():
    entries = [f"^ Jump up to: a b {ENTRIES[0]}", f"\u2191 {ENTRIES[1]}"]
    assert [entry.raw for entry in read(build_page("References", entries)).references] == list(ENTRIES)
