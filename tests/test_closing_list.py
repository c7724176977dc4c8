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


STUDIES = (*ENTRIES, "Doe A. Thirst at night. Journal of Rest. 2015;6(1):10-19.")
LISTS = {  # a list of references: its rows, and what stands around them
    "paragraphs": ("<p><small>{0}. {1}</small></p>", "{}"),
    "brackets": ("<p>[{0}] {1}</p>", "{}"),
    "linked": ('<p id="note-{0}">{0}. {1}</p>', "{}"),
    "items": ("<li>{1}</li>", "<ol>{}</ol>"),
    "breaks": ("{0}. {1}<br>", "<p>{}</p>"),
    "divs": ("<div><span>{0}.</span> <span>{1}</span></div>", "{}"),
    "rows": ("<tr><td>{0}.</td><td>{1}</td></tr>", "<table>{}</table>"),
}
MARKED = {"linked": '<a href="#note-{0}">[{0}]</a>', "breaks": "<sup>{0}</sup>"}
TEXT = (
    "<h1>Dry mouth</h1><h2>Causes</h2><p>Stress dries it{}. So does thirst{}.</p><p>It passes with a sip of water.</p>"
)


def build_bare(shape, between="", after="", entries=STUDIES):
    """Give a page that ends in a list of `shape` without a heading, whose text cites the first two entries."""
    row, around = LISTS[shape]
    text = TEXT.format(*(MARKED.get(shape, "[{0}]").format(number) for number in (1, 2)))
    rows = "".join(row.format(number, entry) for number, entry in enumerate(entries, start=1))
    return text + between + around.format(rows) + after


@pytest.mark.parametrize(
    "box",
    [
        "{}",
        '<hr><div class="refs">{}</div>',
        "<h4>Research I like</h4>{}",
        "<p>Papers on my desk:</p>{}",
        "<aside>{}</aside>",
        "<footer>{}</footer>",
    ],
)
@pytest.mark.parametrize("shape", LISTS)
def test_a_closing_list_of_citations_whose_numbers_the_text_cites_needs_no_heading(shape, box):
    between, after = box.split("{}")
    after += "<p>Filed under: rest</p><h4>Similar questions</h4><p>Why do hands tingle? 3 answers</p>"
    article = read(build_bare(shape, between, after))
    assert [(entry.number, entry.year) for entry in article.references] == [(1, 2011), (2, 2014), (3, 2015)]
    assert [mark.numbers for mark in article.marks] == [(1,), (2,)]
    assert article.sections[-1].text == "Stress dries it. So does thirst.\nIt passes with a sip of water."


def test_addresses_alone_are_citations_too_where_the_text_cites_their_numbers():
    addresses = ("https://rest.example/thirst/", "www.mouth.example/dry", "https://doi.org/10.1000/182")
    assert [entry.raw for entry in read(build_bare("items", entries=addresses)).references] == [*addresses]


@pytest.mark.parametrize("format", ["text", "markdown"])
def test_it_needs_none_in_plain_text_and_markdown(format):
    listed = "\n".join(f"{number}. {entry}" for number, entry in enumerate(STUDIES, start=1))
    hashes = ("# ", "## ") if format == "markdown" else ("", "")
    text = f"{hashes[0]}Dry mouth\n\n{hashes[1]}Causes\n\nStress dries it [1]. So does thirst [2].\n\n---\n\n{listed}\n"
    article = read(text, format)
    assert [(entry.number, entry.cited) for entry in article.references] == [(1, True), (2, True), (3, False)]
    assert [section.text for section in article.sections] == ["Stress dries it. So does thirst."]


@pytest.mark.parametrize(
    "entries",
    [
        ("Sip water often.", "Chew gum without sugar.", "Breathe through the nose."),
        ("In 2011 we learned to sip.", "In 2014 gum came into use.", "By 2015 most people had a bottle with them."),
        ("Sip water often.", "See https://rest.example/thirst for more.", "Sleep on your side.", "Rest."),
        (
            "Sip (Roe et al. 2011).",
            "Chew gum, as https://rest.example said in 2014.",
            "Breathe, pp. 3–4 of Roe, J. (2015).",
        ),
        ("Say “I can wait until the kettle boils”.", "Count “one breath and then another”.", "Drink in 2025 too."),
    ],
)
def test_numbered_steps_are_none_even_where_marks_have_their_numbers(entries):
    article = read(build_bare("items", "<h2>Treatment</h2><p>Do this:</p>", entries=entries))
    assert not article.references
    assert entries[0] in article.sections[-1].text


@pytest.mark.parametrize(
    "page",
    [
        build_bare("paragraphs").replace("[1]", "").replace("[2]", ""),  # no mark cites it
        build_bare("paragraphs", after="<h2>Treatment</h2><p>Water helps.</p>"),  # the article goes on
        build_bare("paragraphs", "<h2>Treatment</h2>"),
        build_bare("paragraphs", after="<p>More words of the article follow. " * 30 + "</p>"),
    ],
)
def test_numbered_citations_that_do_not_close_the_text_or_that_nothing_cites_stay_text(page):
    assert not read(page).references


def test_a_heading_that_no_rule_knows_is_that_of_a_list_though_one_line_of_it_is_no_citation():
    entries = (*STUDIES, "Poe E. Sighs. Journal of Breath. 2011;3(1):4-9.", "Talks with my patients.")
    assert len(read(build_page("The evidence", entries)).references) == 5
    assert len(read(build_page("Where this comes from", entries).replace("ol>", "ul>")).references) == 5
    letter = "".join(f"<p>{entry}</p>" for entry in ("It can be weak for a long time.", *entries[:4]))
    assert not read(build_page("The evidence").partition("<ol>")[0] + letter).references
    assert not read(build_page("The evidence", ("It is weak.", "A study of 2011 found so.", "So did we."))).references


def test_an_entry_of_a_numbered_list_is_no_furniture():
    portal = "Patient.info: Can stress dry the mouth? http://patient.info/dry, 2023."
    for entries in ((portal, *ENTRIES), (ENTRIES[0], portal, ENTRIES[1])):
        lines = "<br>".join(f"{number}. {entry}" for number, entry in enumerate(entries, start=1))
        page = build_page("References").partition("<ol>")[0] + f"<p>{lines}</p>"
        assert [entry.raw for entry in read(page).references] == list(entries)


def test_a_number_at_the_margin_goes_on_with_an_entry_whose_number_is_indented():
    wrapped = " 1. Roe J. Dry mouth\nand worry among Adults over Age\n50. Int J Rest 32(2): 141-54.\n"
    text = f"{wrapped} 2. {ENTRIES[1]}\n 3. {STUDIES[2]}\n"
    article = read(f"DRY MOUTH\n\nCAUSES\n\nStress dries the mouth [1].\n\nREFERENCES\n\n{text}", "text")
    assert [entry.number for entry in article.references] == [1, 2, 3]
    assert article.references[0].raw.endswith("over Age 50. Int J Rest 32(2): 141-54.")
