import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.article.parser import parse_article
from indexer.markup.blocks import join_lines, plain_text
from indexer.markup.markdown import read_front_matter
from indexer.markup.pages import read_page


def shown(text, format="html"):
    return [(line.kind, plain_text(line.text)) for line in read_page(text, format).lines]


def test_unclosed_tags_still_part_the_page():
    assert shown("<h2>Causes<p>Stress.<p>Cold.<ul><li>one<li>two") == [
        ("heading", "Causes"),
        ("paragraph", "Stress."),
        ("paragraph", "Cold."),
        ("item", "one"),
        ("item", "two"),
    ]


def test_two_breaks_end_a_paragraph_and_a_bold_line_is_a_heading():
    assert shown("<td><b>Causes</b><br><br>Stress is one.<br><br>Cold is another.</td>") == [
        ("heading", "Causes"),
        ("paragraph", "Stress is one."),
        ("paragraph", "Cold is another."),
    ]


def test_panels_have_their_button_or_summary_as_heading_and_keep_their_hidden_text():
    page = '<button aria-expanded="false">Causes</button><div style="display:none"><p>Stress.</p></div>'
    assert [line.text for line in read_page(page, "html").lines if not line.zone] == ["Causes", "Stress."]
    assert shown("<details><summary>Causes</summary><p>Stress.</p></details>")[0] == ("heading", "Causes")


def test_scripts_styles_and_drawings_show_no_text():
    page = "<script>var a='x';</script><style>p{}</style><svg><text>x</text></svg><math><mi>x</mi></math><p>Text.</p>"
    assert shown(page) == [("paragraph", "Text.")]


@pytest.mark.parametrize(
    "name", ["site-footer", "cookie-notice", "relatedposts", "newsletter-box", "breadcrumb", "ad-slot"]
)
def test_class_names_of_furniture_are_recognised(name):
    assert read_page(f'<div class="{name}"><p>Words</p></div>', "html").lines[0].zone


@pytest.mark.parametrize(
    "name", ["elementor-widget-text-editor", "has-sidebar", "category-social-anxiety", "entry-content"]
)
def test_class_names_that_only_sound_so_are_not(name):
    assert read_page(f'<div class="{name}"><p>Words</p></div>', "html").lines[0].zone is None


def test_nested_elements_without_end_lose_no_text():
    page = "<h1>Title</h1>" + "<div>" * 100_000 + "hello <p>world</p>" + "</div>" * 100_000 + "<p>after</p>"
    text = " ".join(line.text for line in read_page(page, "html").lines)
    assert all(word in text for word in ("Title", "hello", "world", "after"))


def test_plain_text_has_headings_by_underline_capitals_and_signs():
    text = (
        "Causes\n------\n\nSTRESS AND SLEEP\n\n== Outlook ==\n\n- one\n- two\n\n1. A long entry\n   that was wrapped."
    )
    assert shown(text, "text") == [
        ("heading", "Causes"),
        ("heading", "STRESS AND SLEEP"),
        ("heading", "Outlook"),
        ("item", "one"),
        ("item", "two"),
        ("item", "A long entry that was wrapped."),
    ]


def test_a_wrapped_line_that_begins_with_a_year_or_an_identifier_is_no_item_and_no_heading():
    entry = "2 Roe, J., Doe, A. B. and Poe, E.,\n2012. Hiccups in winter. [doi:\n10.1000/182.2012.5] PMID 10431284"
    assert shown(entry, "text") == [("paragraph", entry)]
    assert shown("It comes and goes.\n[2] Then it stops.", "text") == [
        ("paragraph", "It comes and goes.\n[2] Then it stops.")
    ]


def test_words_broken_at_the_end_of_a_line_are_whole_again():
    assert join_lines(["Maciejewska-", "Szaniec at https://x.org/", "a"]) == "Maciejewska-Szaniec at https://x.org/a"
    assert join_lines(["short-", "and long-term"]) == "short- and long-term"


def test_front_matter_is_read_and_taken_off():
    metas, body = read_front_matter(
        '---\ntitle: "Dry mouth"\nauthors:\n  - Ada Reed\n  - Bo Lund\ntags: [a, b]\n---\nText'
    )
    assert metas == {"title": "Dry mouth", "authors": "Ada Reed, Bo Lund", "tags": "a, b"}
    assert body == "Text"


def test_markdown_footnotes_become_marks_and_a_numbered_list():
    lines = read_page("It hurts.[^a]\n\n[^a]: Reed A. Sore. 2011.\n", "markdown").lines
    assert lines[0].text != plain_text(lines[0].text)
    assert (lines[1].kind, lines[1].number, lines[1].text) == ("item", 1, "Reed A. Sore. 2011.")


@given(st.text(max_size=400), st.sampled_from(["html", "markdown", "text"]))
def test_any_text_makes_a_page(text, format):
    for line in read_page(text, format).lines:
        assert line.text.strip()


def test_a_bare_button_with_nothing_but_long_text_after_it_is_the_heading_of_a_panel():
    text = "<p>The calf hardens within a second, and the toes are pulled down.</p>" * 4
    assert shown(f"<h1>Cramp</h1><div><div><button>Causes</button><div>{text}</div></div></div>")[1] == (
        "heading",
        "Causes",
    )


def test_what_only_some_markdown_programs_write_is_no_text():
    text = "# Causes {#sec-2 .wide}\n\n[Sleep](#sleep){data-track=link} helps.\n\n- one\n- two\n{.list--check}\n\n"
    text += "Ask a GP, not {curly} words.\n\n*[GP]: general practitioner\n"
    assert shown(text, "markdown") == [
        ("heading", "Causes"),
        ("paragraph", "Sleep helps."),
        ("item", "one"),
        ("item", "two"),
        ("paragraph", "Ask a GP, not {curly} words."),
    ]


def test_the_title_style_and_the_bookmarks_of_a_word_processor_are_read():
    page = '::: {custom-style="Title"}\nDizzy spells\n:::\n\nThey pass within a few hours at most.\n\n'
    page += "# []{#_Toc1 .anchor}What will I notice? {#s1}\n\nThe room turns.\n\n"
    page += "# []{#_Toc2 .anchor}What is the cause? {#s2}\n\nThe inner ear is upset by a cold.\n"
    article = parse_article(page, "page.md", format="markdown")
    assert article.title == "Dizzy spells"
    assert [section.heading for section in article.sections] == ["", "What will I notice?", "What is the cause?"]


def test_fenced_divs_show_no_fences_and_their_word_styles_are_headings_or_text():
    page = (
        '::: {custom-style="Title"}\nDry mouth\n:::\n\n::: {custom-style="Quote"}\nIt crept up on me.\n:::\n\nText.\n'
    )
    assert shown(page, "markdown") == [
        ("heading", "Dry mouth"),
        ("paragraph", "It crept up on me."),
        ("paragraph", "Text."),
    ]


def test_fenced_divs_in_one_another_show_no_fences_and_keep_their_ids():
    page = "::::: {#refs .references .hanging-indent}\n::: {#ref-roe12 .csl-entry}\nRoe J. 2012.\n:::\n:::::\n\nText.\n"
    assert shown(page, "markdown") == [("paragraph", "Roe J. 2012."), ("paragraph", "Text.")]
    assert "ref-roe12" in read_page(page, "markdown").lines[0].ids


def test_spans_of_pandoc_keep_their_text_and_empty_ones_vanish():
    page = "# []{#_Toc70412 .anchor}What is it? {#s1 .unnumbered}\n\n[Not for resale]{.underline}, [a]{.x} \\[1\\]\n"
    assert shown(page, "markdown") == [("heading", "What is it?"), ("paragraph", "Not for resale, a [1]")]
