"""Notes and the marks that link to them and back show a list of references, whatever stands above it."""

import pytest

from indexer.article.parser import parse_article

ENTRIES = (
    "Roe J. Dry mouth and worry. Journal of Rest. 2011;4(2):1-9.",
    "Doe A. Stress and thirst. Oral Health. 2015;7:20-4.",
)
SHAPES = {  # what prints a mark, and what prints an entry
    "a letter's": (
        '<a id="footnote-anchor-{0}" href="#footnote-{0}">{0}</a>',
        '<div><a id="footnote-{0}" href="#footnote-anchor-{0}">{0}</a><div><p>{1}</p></div></div>',
    ),
    "a word processor's": (
        '<a href="#_ftn{0}" name="_ftnref{0}"><span><![if !supportFootnotes]>[{0}]<![endif]></span></a>',
        '<div id=ftn{0}><p><a href="#_ftnref{0}" name="_ftn{0}"><span>[{0}]</span></a> {1}</p></div>',
    ),
    "another one's": (
        '<a name="n{0}anc" href="#n{0}sym"><sup>{0}</sup></a>',
        '<div id="n{0}"><p><a name="n{0}sym" href="#n{0}anc">{0}</a> {1}</p></div>',
    ),
    "a weblog's": (
        '<sup id="fnref{0}"><a href="#fn{0}">{0}</a></sup>',
        '<p id="fn{0}"><sup>{0}</sup> {1} <a href="#fnref{0}">↩</a></p>',
    ),
    "a table's": (
        '<sup id="m{0}"><a href="#e{0}">{0}</a></sup>',
        '<table><tr><td><a id="e{0}" href="#m{0}">{0}</a></td><td>{1}</td></tr></table>',
    ),
}


def parse(body):
    return parse_article(f"<h1>Dry mouth</h1><h2>Causes</h2>{body}", "page.html", format="html")


def build_page(mark, entry, between=""):
    body = (
        f"<p>Stress dries the mouth.{mark.format(1)} So does thirst.{mark.format(2)}</p><h2>Treatment</h2><p>Sip.</p>"
    )
    return body + between + "".join(entry.format(number, text) for number, text in enumerate(ENTRIES, start=1))


@pytest.mark.parametrize("between", ["", "<hr>", "<h2>Small print</h2>"])
@pytest.mark.parametrize("shape", SHAPES)
def test_notes_that_link_back_to_their_marks_are_references_without_a_heading(shape, between):
    article = parse(build_page(*SHAPES[shape], between))
    assert [(entry.number, entry.raw, entry.cited) for entry in article.references] == [
        (1, ENTRIES[0], True),
        (2, ENTRIES[1], True),
    ]
    assert [mark.numbers for mark in article.marks] == [(1,), (2,)]
    assert [section.text for section in article.sections] == ["Stress dries the mouth. So does thirst.", "Sip."]
    assert not article.warnings


@pytest.mark.parametrize("box", ["<footer>{}</footer>", "<aside>{}</aside>", '<div class="footnotes">{}</div>'])
def test_notes_stand_beside_the_text_or_below_it(box):
    mark, entry = SHAPES["a weblog's"]
    notes = "".join(entry.format(number, text) for number, text in enumerate(ENTRIES, start=1))
    article = parse(build_page(mark, "") + box.format(notes))
    assert [entry.raw for entry in article.references] == [*ENTRIES]


def test_a_note_of_two_paragraphs_is_one_entry():
    mark, entry = SHAPES["a letter's"]
    longer = entry.replace("<p>{1}</p>", "<p>{1}</p><p>See also the second part.</p>")
    article = parse(build_page(mark, longer))
    assert article.references[0].raw == f"{ENTRIES[0]} See also the second part."
    assert len(article.references) == 2


def test_a_note_of_two_lines_is_one_entry():
    mark, entry = SHAPES["a weblog's"]
    article = parse(build_page(mark, entry.replace(" {1}", " {1}<br>Free to read.")))
    assert [entry.raw for entry in article.references] == [f"{text} Free to read." for text in ENTRIES]


@pytest.mark.parametrize("labels", [("i", "ii"), ("*", "†"), ("a", "b")])
def test_notes_are_counted_where_their_labels_are_no_numbers(labels):
    mark = '<a href="#_edn{0}" name="_ednref{0}"><sup>[LABEL]</sup></a>'
    entry = '<div id=edn{0}><p><a href="#_ednref{0}" name="_edn{0}"><sup>[LABEL]</sup></a> {1}</p></div>'
    page = build_page(mark, entry)
    for label in (*labels, *labels):
        page = page.replace("LABEL", label, 1)
    article = parse(page)
    assert [(entry.number, entry.raw) for entry in article.references] == [*enumerate(ENTRIES, start=1)]
    assert [mark.numbers for mark in article.marks] == [(1,), (2,)]
    assert article.sections[0].text == "Stress dries the mouth. So does thirst."


def test_a_remark_under_a_sign_beside_a_list_of_references_is_none_of_them():
    text = '<p>Stress[1] dries the mouth.<a id="m" href="#n">†</a></p><p id="n"><a href="#m">†</a> And the eyes.</p>'
    article = parse(f"{text}<h2>References</h2><ol><li>{ENTRIES[0]}</li></ol>")
    assert [entry.raw for entry in article.references] == [ENTRIES[0]]
    assert "And the eyes." in article.sections[0].text


def test_an_empty_note_breaks_nothing():
    mark, entry = SHAPES["a letter's"]
    article = parse(build_page(mark, entry.replace("<p>{1}</p>", "")) + "<h2>Outlook</h2><p>It passes.</p>")
    assert article.sections[-1].text == "It passes."


def test_a_note_that_no_mark_links_to_belongs_to_the_list_it_stands_in():
    article = parse(build_page(*SHAPES["a word processor's"]).replace(SHAPES["a word processor's"][0].format(1), ""))
    assert [(entry.number, entry.cited) for entry in article.references] == [(1, False), (2, True)]


@pytest.mark.parametrize(
    "body",
    [
        '<p><a href="#q1" id="t1">1</a></p><p id="q1">Stress dries the mouth. <a href="#t1">↑</a></p>',  # contents
        '<p>Thirst dries it.<sup><a href="#q1">1</a></sup></p><p id="q1">Stress does. <a href="#top">↑</a></p>',
    ],
)
def test_what_no_sentence_cites_and_what_leads_elsewhere_is_text(body):
    article = parse(body)
    assert not article.references
    assert "Stress" in article.sections[0].text
