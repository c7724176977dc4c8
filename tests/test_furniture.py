"""Furniture in and around the text is told by its structure: boxes with buttons, running headers, rows of details."""

import pytest

from indexer.article.parser import parse_article
from indexer.bylines.byline import parse_byline
from indexer.bylines.people import parse_people
from indexer.markup.plain import read_text

LONG = "Stress makes the mouth dry, and a dry mouth makes some people worry about their health even more than before."


def parse(text, format="html"):
    return parse_article(text, f"page.{format}", format=format)


def body(article):
    return "\n".join(f"{section.heading}\n{section.text}" for section in article.sections)


def page(box):
    return f"<h1>Dry mouth</h1><h2>Causes</h2><p>{LONG}</p>{box}<p>It passes.</p><h2>Treatment</h2><p>Sip water.</p>"


def test_a_short_box_that_ends_with_a_button_is_a_call_to_action():
    box = '<div class="callout"><h3>Did you know?</h3><p>Ask us by app.</p><a class="btn" href="/a">Get it</a></div>'
    article = parse(page(box))
    assert [section.text for section in article.sections] == [f"{LONG}\nIt passes.", "Sip water."]
    assert {entry.reason for entry in article.dropped} == {"call to action"}


@pytest.mark.parametrize(
    "box",
    [
        f'<div><p>{LONG} {LONG} {LONG}</p><a class="btn" href="/a">Get the app</a></div>',  # says something of its own
        '<div><a class="btn" href="/a">Get the app</a><p>Sip water slowly.</p></div>',  # the text stands behind it
        '<div><p>Sip water slowly.</p><a class="btn" href="/a">Read more</a></div>',  # leads on in the article
        '<div><button aria-expanded="false">Why?</button><div>Sip water slowly.</div></div>',  # opens a panel
    ],
)
def test_other_boxes_with_a_button_stay(box):
    shown = body(parse(page(box)))
    assert "Sip water slowly." in shown or shown.count(LONG) == 4


def test_a_heading_in_a_box_beside_the_text_ends_with_its_box():
    box = '<aside class="note"><h2>Key facts</h2><p>It is common.</p></aside>'
    article = parse(page(box))
    assert [(section.heading, section.text) for section in article.sections] == [
        ("Causes", f"{LONG}\nIt passes."),
        ("Key facts", "It is common."),
        ("Treatment", "Sip water."),
    ]


def test_a_heading_alone_in_a_box_still_begins_its_section():
    article = parse('<h1>Dry mouth</h1><div class="note"><h2>Causes</h2></div><p>Stress.</p>')
    assert [(section.kind, section.text) for section in article.sections] == [("causes", "Stress.")]


def test_a_box_of_facts_without_sentences_is_furniture():
    box = '<aside class="portable-infobox"><h2>Quick facts</h2><div><h3>ICD-10</h3><div>R68</div></div></aside>'
    article = parse(f"<h1>Dry mouth</h1>{box}<p>{LONG}</p>")
    assert [(section.kind, section.heading, section.text) for section in article.sections] == [
        ("description", "", LONG)
    ]


def test_a_row_of_links_is_no_heading_whatever_its_class_says():
    row = '<div class="page-header"><a href="/e">Edit this page</a> <a href="/h">See its history</a></div>'
    article = parse(f"<h1>Dry mouth</h1>{row}<p>{LONG}</p>")
    assert [(section.heading, section.text) for section in article.sections] == [("", LONG)]


def test_rows_among_those_of_persons_and_dates_are_details_of_the_page():
    rows = "".join(
        f"<tr><th>{label}</th><td>{value}</td></tr>"
        for label, value in (("Status", "Ready"), ("Author", "Ann Roe"), ("Last edited", "9 May 2019"))
    )
    article = parse(f"<h1>Dry mouth</h1><table>{rows}</table><h2>Causes</h2><p>{LONG}</p>")
    assert (article.authors, article.updated) == (("Ann Roe",), "2019-05-09")
    assert [entry.text for entry in article.dropped] == ["Status", "Ready"]
    assert [section.kind for section in article.sections] == ["causes"]


def test_a_table_of_the_article_keeps_its_rows():
    table = "<table><tr><th>Mild</th><td>It comes and goes</td></tr><tr><th>Severe</th><td>It stays</td></tr></table>"
    assert "It comes and goes" in body(parse(page(table)))


def test_a_label_alone_belongs_to_the_name_below_it():
    article = parse("<h1>Dry mouth</h1><div>Written by</div><div>Ann Roe, BSc, PhD</div><h2>Causes</h2><p>Stress.</p>")
    assert (article.authors, len(article.sections)) == (("Ann Roe",), 1)


def test_a_date_in_a_cell_behind_the_references_is_no_entry():
    article = parse(
        "<h1>Dry mouth</h1><h2>Causes</h2><p>Stress.</p><h2>References</h2><p>1) Roe J. Dry. Rest. 2011;4:1.</p>"
        "<table><tr><th>Date of last review:</th><td>16 November 2017</td></tr>"
        "<tr><th>Next review due:</th><td>June 2031</td></tr></table>"
    )
    assert (article.updated, article.updated_from, len(article.references)) == ("2017-11-16", "reviewed", 1)


def test_a_styled_title_above_the_first_real_heading_is_the_title():
    article = parse(
        "<title>Why do I have a dry mouth?</title><p><b>Why do I have a dry mouth?</b></p><p>It is common.</p>"
        "<h1>How it feels</h1><p>Sticky.</p><h1>A word on spit</h1><p>It helps.</p>"
    )
    assert article.title == "Why do I have a dry mouth?"
    assert [section.heading for section in article.sections] == ["", "How it feels", "A word on spit"]


@pytest.mark.parametrize("credential", ["MSc Physio", "BSc (Hons)", "PhD Candidate", "Physiotherapist", "Bsc"])
def test_what_begins_with_a_credential_behind_a_name_is_no_person(credential):
    people = parse_people(f"Ann Roe, {credential}")
    assert people and (people.names, people.rest) == (("Ann Roe",), "")


def test_who_updated_an_article_is_no_author_and_the_date_is_kept():
    byline = parse_byline("Last updated by Ann Roe on 3 May 2019")
    assert byline and (byline.authors, byline.editors, byline.updated) == ((), ("Ann Roe",), "2019-05-03")


def test_lines_that_stand_on_every_page_are_lifted_out_and_sentences_close_up():
    pages = ("Dry mouth\n\nIt is\n\n  Page 1 of 2\n", "common.\n\n  Page 2 of 2\n")
    shown = read_text("\f".join(f"Pain Network   Leaflet\n\n{page}" for page in pages)).lines
    assert [line.text for line in shown if line.zone is None] == ["Dry mouth", "It is\ncommon."]
    assert {line.text for line in shown if line.zone} == {"Pain Network Leaflet", "Page 1 of 2", "Page 2 of 2"}


def test_a_line_printed_twice_within_a_page_stays():
    text = "Dry mouth\n\nDry mouth\n\nPage 1\n\nIt is common.\n"
    assert [line.text for line in read_text(text).lines if line.text == "Dry mouth"] == ["Dry mouth", "Dry mouth"]


def test_a_sponsor_between_ornaments_ends_at_the_next_rule():
    text = (
        f"Dry mouth\n\nCAUSES\n\n~ ~ ~ A word from our sponsor ~ ~ ~\nSoft soles for you.\n~ ~ ~\n\nStress.\n\n{LONG}\n"
    )
    article = parse(text, "text")
    assert [(section.kind, section.text) for section in article.sections] == [("causes", f"Stress.\n{LONG}")]


def test_a_subject_line_alone_begins_a_part():
    text = "Dry mouth\n=========\n\n-----\n\nSubject: Causes\n\nStress.\n\n-----\n\nSubject: Treatment\n\nSip water.\n"
    assert [section.kind for section in parse(text, "text").sections] == ["causes", "remedies"]


def test_a_mark_at_the_start_of_a_wrapped_line_cites_the_sentence_before():
    text = "Dry mouth\n\nCAUSES\n\nThe mouth is dry because of stress and of little else.\n[1] [2] It passes.\n\n"
    entries = "REFERENCES\n\n[1] Roe J. Dry. Rest. 2011;4:1.\n\n[2] Poe K. Dry. Rest. 2012;4:1.\n"
    (mark,) = parse(text + entries, "text").marks
    assert (mark.numbers, mark.sentence) == ((1, 2), "The mouth is dry because of stress and of little else.")


def test_notes_buttons_and_shortcodes_of_markdown_programs():
    text = (
        '# Dry mouth\n\n[TOC]\n\n## Causes\n\nStress. {{< toc >}}\n\n!!! info "Get the app"\n    It is free: '
        "[install it](https://app.org){ .md-button }\n\n"
        "::: warning Take care\nNever stop a medicine.\n:::\n\nIt passes.\n"
    )
    (causes,) = parse(text, "markdown").sections
    assert [block.text for block in causes.blocks] == ["Stress.", "Take care", "Never stop a medicine.", "It passes."]


def test_wrapped_footnotes_of_markdown_are_whole():
    notes = "[^1]: Roe J. Dry mouth and\nworry. Rest 13 (4):\n653. 2011.\n[^2]: Poe K. Thirst.\n"
    assert [
        entry.raw for entry in parse(f"# Dry mouth\n\n## Causes\n\nStress.[^1]\n\n{notes}", "markdown").references
    ] == [
        "Roe J. Dry mouth and worry. Rest 13 (4): 653. 2011.",
        "Poe K. Thirst.",
    ]


@pytest.mark.parametrize(
    ("text", "references"),
    [
        ("Dry.<sup>a</sup> Sticky.<sup>a,b</sup>", '<ol type="a"><li>{}</li><li>{}</li></ol>'),
        ("Dry.ᵃ Sticky.ᵃ,ᵇ", "<p>a. {}<br>b. {}</p>"),
        ("Dry [a]. Sticky [a, b].", "<p>[a] {}</p><p>[b] {}</p>"),
    ],
)
def test_letters_cite_where_the_list_is_counted_by_letters(text, references):
    entries = references.format("Roe J. Dry. Rest. 2011;4:1.", "Poe K. Dry. Rest. 2012;4:1.")
    article = parse(f"<h1>Dry</h1><h2>Causes</h2><p>{text}</p><h2>References</h2>{entries}")
    assert [mark.numbers for mark in article.marks] == [(1,), (1, 2)]
    assert [(entry.number, entry.year) for entry in article.references] == [(1, 2011), (2, 2012)]


def test_letters_are_text_where_the_list_has_numbers():
    article = parse(
        "<h1>Dry</h1><h2>Causes</h2><p>Dry<sup>a</sup> (1).</p><h2>References</h2><ol><li>Roe J. Dry. 2011.</li></ol>"
    )
    assert (article.sections[0].text, [mark.numbers for mark in article.marks]) == ("Drya.", [(1,)])


def test_do_and_dont_belong_to_the_section_they_stand_in():
    advice = "<h3>Do</h3><ul><li>sip water</li></ul><h3>Don't</h3><ul><li>smoke</li></ul>"
    article = parse(f"<h1>Dry mouth</h1><h2>How to prevent a dry mouth</h2>{advice}<h2>Do</h2><p>Rest.</p>")
    assert [(section.kind, section.heading) for section in article.sections] == [
        ("other", "How to prevent a dry mouth"),
        ("remedies", "Do"),
    ]


def test_heads_of_columns_begin_no_section():
    table = "<table><tr><th>Symptoms</th><th>Possible cause</th></tr><tr><td>dry</td><td>stress</td></tr></table>"
    article = parse(f"<h1>Dry mouth</h1><h2>Overview</h2><p>{LONG}</p>{table}<h3>In children</h3><p>It passes.</p>")
    assert [section.heading for section in article.sections] == ["Overview"]


@pytest.mark.parametrize("lead", ["", f"<p>{LONG}</p>"])
@pytest.mark.parametrize("parts", ["<thead>{}</thead><tbody>{}</tbody>", "{}{}", "<tbody>{}{}</tbody>"])
def test_a_cell_below_the_head_of_a_column_begins_no_section(lead, parts):
    head = "<tr><th>What people notice</th><th>How often</th></tr>"
    rows = "<tr><td>Feeling worn out most of the day</td><td>Nine in ten</td></tr><tr><td>Thirst</td><td>Half</td></tr>"
    article = parse(f"<h1>Dry mouth</h1>{lead}<table>{parts.format(head, rows)}</table><h2>Causes</h2><p>{LONG}</p>")
    assert [section.heading for section in article.sections] == ["", "Causes"]
    assert "Feeling worn out most of the day\nNine in ten" in body(article)


def test_a_cell_beside_a_passage_may_be_a_heading():
    rows = f"<tr><td>Symptoms</td><td>{LONG}</td></tr><tr><td>Causes</td><td>{LONG}</td></tr>"
    article = parse(f"<h1>Dry mouth</h1><table><tr><th>Part</th><th>Text</th></tr>{rows}</table>")
    assert [section.heading for section in article.sections][-2:] == ["Symptoms", "Causes"]


@pytest.mark.parametrize(
    "line",
    [
        "👉 Download our free guide here",
        "Jump to: Causes | Treatment",
        "Video player is loading.",
        "★★★★☆ 4.5 (120 votes)",
    ],
)
def test_lines_that_are_furniture_by_their_words(line):
    assert line not in body(parse(page(f"<p>{line}</p>")))


def test_a_time_below_the_title_without_a_label_is_that_of_publication():
    for printed in ("6 May", "3 years ago"):
        article = parse(
            page("").replace("</h1>", f'</h1><p><time datetime="2020-05-06T10:00Z">{printed}</time> · 4 min read</p>')
        )
        assert (article.updated, article.updated_from, len(article.sections)) == ("2020-05-06", "published", 2)


def test_people_of_front_matter_may_be_a_list_of_entries():
    text = "---\nauthors:\n  - name: Jane Roe\n  - name: John Doe\nlast_reviewed: 2020-01-02\n---\n\nDry.\n"
    article = parse(text, "markdown")
    assert (article.authors, article.updated, article.updated_from) == (
        ("Jane Roe", "John Doe"),
        "2020-01-02",
        "reviewed",
    )


def test_a_name_that_is_all_the_rest_of_a_dated_byline_wrote_the_article():
    byline = parse_byline("Last updated May 5, 2020 | Jane Roe")
    assert byline and (byline.authors, byline.updated, byline.rest) == (("Jane Roe",), "2020-05-05", None)
    assert (parse_byline("Updated May 5, 2020 | New York") or byline).authors == ()


@pytest.mark.parametrize(
    "text", ['Dry.<span class="ref">1</span> Sticky.<sup>1,2</sup>', "Dry [ref 1]. Sticky (refs. 1, 2)."]
)
def test_marks_with_a_class_or_a_word_of_their_own_cite(text):
    references = "<h2>References</h2><ol><li>Roe J. Dry. 2011.</li><li>Poe K. Thirst. 2012.</li></ol>"
    article = parse(f"<h1>Dry</h1><h2>Causes</h2><p>{text}</p>{references}")
    assert [mark.numbers for mark in article.marks] == [(1,), (1, 2)]
    assert article.sections[0].text == "Dry. Sticky."


def test_lines_are_underlined_by_other_signs_and_banners_are_not():
    text = "Dry mouth\n*********\n\nCauses\n^^^^^^\n\nStress.\n"
    assert [line.kind for line in read_text(text).lines] == ["heading", "heading", "paragraph"]
    banner = f"{'*' * 40}\nThe weekly letter\n{'*' * 40}\n"
    assert [line.kind for line in read_text(banner).lines] == ["paragraph"]


def test_a_heading_no_rule_knows_opens_the_references_where_entries_follow():
    entries = "<li>Roe J. Dry mouth. J Rest. 2011;4(2):1-9.</li><li>Poe K, Doe A. Thirst. Rest. 2012;5(1):2.</li>"
    article = parse(f"<h1>Dry</h1><h2>Causes</h2><p>Stress [1].</p><h2>What I read</h2><ol>{entries}</ol>")
    assert ([entry.year for entry in article.references], len(article.marks)) == ([2011, 2012], 1)
    prose = "<p>In 2011 Roe et al. found that stress dries the mouth.</p><p>In 2012 Poe et al. found more of it.</p>"
    article = parse(f"<h1>Dry</h1><h2>Causes</h2><p>Stress.</p><h2>What I read</h2>{prose}")
    assert [section.heading for section in article.sections] == ["Causes", "What I read"]


def test_the_name_of_a_hospital_above_the_title_is_a_letterhead():
    text = "Fenland Hospitals NHS Trust\n\nDRY MOUTH\n\nInformation for patients and carers\n\nCAUSES\n\nStress.\n"
    article = parse(text, "text")
    assert (article.title, [section.kind for section in article.sections]) == ("DRY MOUTH", ["causes"])


def test_links_in_brackets_of_their_own_are_marks():
    references = "1. <a name='ref-1'></a>Roe J. Dry. 2011.\n2. <a name='ref-2'></a>Poe K. Thirst. 2012.\n"
    text = f"# Dry\n\n## Causes\n\nStress.[[1]](#ref-1)[[2]](#ref-2)\n\n## References\n\n{references}"
    assert [mark.numbers for mark in parse(text, "markdown").marks] == [(1, 2)]


def test_what_stands_behind_the_author_in_a_row_of_details_is_no_part_of_the_name():
    byline = parse_byline("Posted on 9 May 2019 by Ann Roe / Physical symptoms / 3 Comments")
    assert byline and (byline.authors, byline.published) == (("Ann Roe",), "2019-05-09")


def test_a_cell_of_links_alone_is_no_text():
    cell = (
        '<table><tr><td><a href="/a">Home</a><br><a href="/b">My links</a><br><a href="/c">Guests</a></td></tr></table>'
    )
    assert "Guests" not in body(parse(page(cell)))


def test_a_button_that_says_only_open_is_no_heading():
    button = '<div><button type="button" aria-expanded="false"><span>Expand Section</span></button></div>'
    entries = (
        "<p>Roe J. Dizziness and stress. J Balance. 2010;4(2):1-9.</p><p>Doe A. Vertigo. J Balance. 2012;6(2):11-9.</p>"
    )
    text = f"<h1>Dizziness</h1><h2>Causes</h2>{button}<p>Stress.</p><h2>References</h2>{button}<div>{entries}</div>"
    article = parse_article(text, "page.html", format="html")
    assert [section.text for section in article.sections] == ["Stress."]
    assert len(article.references) == 2


def test_a_tab_whose_panel_is_the_whole_article_heads_no_section():
    parts = "".join(f"<h2>{heading}</h2><p>{LONG}</p>" for heading in ("Symptoms", "Causes", "Treatment"))
    tabs = '<div role="tablist"><a role="tab" id="t1">For patients</a><a role="tab" id="t2">For doctors</a></div>'
    page = f'<h1>Dry mouth</h1>{tabs}<div role="tabpanel" aria-labelledby="t1"><p>{LONG}</p>{parts}</div>'
    article = parse(page)
    assert [section.heading for section in article.sections] == ["", "Symptoms", "Causes", "Treatment"]


def test_a_helpline_in_a_box_beside_the_text_is_kept():
    box = "<aside>In an emergency, call 112.</aside><aside>Try our other pages.</aside>"
    assert "call 112" in body(parse(page(box))) and "other pages" not in body(parse(page(box)))


def test_a_publisher_printed_above_the_title_like_it_is_not_the_title():
    head = "GREEN VALLEY PARTNERSHIP\nLeaflet No. 114\n\nMANAGING A DRY MOUTH\n\nPrepared by: Ann Roe\n\n"
    assert parse(f"{head}{LONG}\n\nCAUSES\n\n{LONG}\n", "text").title.casefold() == "managing a dry mouth"


@pytest.mark.parametrize(
    ("line", "updated", "source"),
    [
        ("Version 3. Date of issue: 10 Apr 2021. Last revised: 15 May 2022.", "2022-05-15", "updated"),
        ("Last edited time: May 24, 2018 4:02 PM", "2018-05-24", "updated"),
        ("Created time: April 19, 2017 4:02 PM", "2017-04-19", "published"),
    ],
)
def test_dates_by_the_names_that_programs_give_them(line, updated, source):
    assert parse_byline(line).date == (updated, source)


def test_who_checked_a_leaflet_is_its_reviewer_and_a_topic_behind_a_sign_is_nobody():
    assert parse_byline("Checked by: Ann Roe, Consultant Physician").reviewers == ("Ann Roe",)
    assert parse_byline("By Jane Roe · Sleep · 3 Comments").authors == ("Jane Roe",)
    assert parse_byline("By Jane Roe | Tom Doe").authors == ("Jane Roe", "Tom Doe")


def test_people_who_are_in_no_field_are_listed_as_dropped():
    article = parse(page("<p>Written by Ann Roe</p><p>Fact checked by Bob Doe</p><p>Written by Cara Poe</p>"))
    assert article.authors == ("Ann Roe",)
    assert [entry.text for entry in article.dropped] == ["Bob Doe", "Cara Poe"]


def test_a_line_that_tells_who_a_person_of_the_byline_is_is_no_text():
    bio = "<p>Ann Roe, MD, is a writer who lives in Ohio.</p><p>Ann Roe first felt it at night, she says.</p>"
    article = parse(f"<h1>Dry mouth</h1><p>By Ann Roe</p><h2>Causes</h2><p>{LONG}</p>{bio}")
    assert "Ohio" not in body(article) and "at night" in body(article)
    assert "author box" in {entry.reason for entry in article.dropped}


def test_a_sentence_with_its_mark_in_round_brackets_is_no_heading():
    assert "Call 911 right away." in body(parse(f"Dry mouth\n\nCAUSES\n\n{LONG}\nCall 911 right away.(1)\n", "text"))


@pytest.mark.parametrize(
    "who",
    [
        "<b>Answered by Jane Roe and Ann Doe</b><br><small>Registered nurse</small>",
        "<span>Reply by Jane Roe and Ann Doe</span>",
        "<h3>Expert answer by Jane Roe and Ann Doe</h3>",
    ],
)
def test_who_answers_a_question_is_its_author_and_no_heading(who):
    article = parse(f"<h1>Why is my mouth dry?</h1><div>{who}</div><p>{LONG}</p><h2>Causes</h2><p>Stress.</p>")
    assert article.authors == ("Jane Roe", "Ann Doe")
    assert [(section.heading, section.text) for section in article.sections] == [("", LONG), ("Causes", "Stress.")]


@pytest.mark.parametrize(
    "credit",
    [
        "Image: Unsplash / J. Roe",
        "(Photo: J. Roe)",
        "Photo by Jane Roe",
        "Picture courtesy of the museum",
        "J. Roe / Alamy",
    ],
)
def test_a_caption_stays_without_the_credit_behind_it(credit):
    box = f"<figure><img><figcaption>The body speaks first. {credit}</figcaption></figure>"
    article = parse(page(box))
    assert [section.text for section in article.sections] == [
        f"{LONG}\nThe body speaks first.\nIt passes.",
        "Sip water.",
    ]
    assert [entry.reason for entry in article.dropped] == ["page tools"]


def test_a_sentence_about_a_picture_is_no_credit():
    sentence = "The mouth is dry. Photos by the bed help some people to sleep."
    assert sentence in body(parse(page(f"<p>{sentence}</p>")))


@pytest.mark.parametrize(
    "row",
    [
        "Viewed 18,204 times · Follow this question",
        "▲ 31 people found this helpful",
        "Verified expert · Member since 2011",
        "3 answers",
        "Printed from https://www.lake.example/topics/body on 3 March 2025",
        "Questions? Talk to a nurse any time at (555) 555-0188",
    ],
)
def test_what_a_page_says_of_its_questions_and_its_print_is_furniture(row):
    assert row not in body(parse(page(f"<p>{row}</p>")))


@pytest.mark.parametrize("row", ["Heat · Cold · Rest", "3 answers · worry and sleep", "Two questions help to tell."])
def test_rows_with_a_word_of_the_article_stay(row):
    assert row in body(parse(page(f"<p>{row}</p>")))


def test_similar_questions_are_related_links():
    box = '<h4>Similar questions</h4><ul><li><a href="/1">Why do my hands tingle?</a> <span>3 answers</span></li></ul>'
    article = parse(f"<h1>Dry mouth</h1><h2>Causes</h2><p>{LONG}</p>{box}")
    assert [section.text for section in article.sections] == [LONG]


def test_a_button_that_says_yes_to_an_offer_ends_a_prompt():
    box = '<div><p><b>Grab my workbook!</b></p><p>Pop it in.</p><a class="button" href="/a">Yes, send it</a></div>'
    assert [section.text for section in parse(page(box)).sections] == [f"{LONG}\nIt passes.", "Sip water."]
