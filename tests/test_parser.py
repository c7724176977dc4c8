import hashlib
import random
import re
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bench.parse import FORMATS, parse_page, read_pairs, score_page
from indexer.article.arrange import arrange
from indexer.article.faults import NotAnArticleError
from indexer.article.parser import parse_article
from indexer.explain import explain
from indexer.markup.blocks import plain_text
from indexer.markup.pages import read_page

ROOT = Path(__file__).parent.parent
SEED = ROOT / "../shared/seeds/000_8b2bd45049b9721a.txt"
PAIRS = list(read_pairs())
LETTERS = re.compile(r"[^\W\d_]+")
PIECES = (
    "<h1>Dry mouth</h1>",
    "<h2>Causes</h2>",
    "<h3>Treatment</h3>",
    "<p>Stress dries it.[1]</p>",
    "<ul><li>cold air</li>",
    "<p><b>Symptoms:</b> thirst.</p>",
    "<div class='share'>Share this</div>",
    "<h2>References</h2>",
    "</div>",
    "<br>",
    "<ol><li>Reed A. Dry. 2011.</li></ol>",
    "<p>Written by Ada Reed. Updated May 2, 2019.</p>",
    "<nav><a href='/'>Home</a></nav>",
    "<sup>1</sup>",
    "<aside><h2>See also</h2><p>Other pages</p></aside>",
    "Short-term steps include:",
    "<h2>Comments</h2>",
    "<table><tr><th>Causes</th><td>noise",
    "<details><summary>Self-care</summary>rest",
    "<button>Menu</button>",
)


def words(text):
    return Counter(LETTERS.findall(plain_text(text).casefold()))


def taken(article, arrangement):
    """Count the words of everything an article says, leaves out, or read its byline from."""
    texts = [article.title, *(entry.text for entry in article.dropped), *(entry.raw for entry in article.references)]
    for section in article.sections:
        texts += [section.heading, section.text]
    texts += [placed.line.text for placed in arrangement.placed if placed.role == "byline"]
    texts.append(arrangement.reference_heading or "")
    return sum((words(text) for text in texts), Counter())


@pytest.mark.parametrize(("path", "expected"), PAIRS, ids=[path.stem for path, _ in PAIRS])
def test_golden_pages_are_parsed_right(path, expected):
    article = parse_page(path)
    score = score_page(path.stem, article, expected)
    assert score.boilerplate == ()
    assert score.worst >= 0.99
    assert (score.marks, score.title, score.references, score.byline) == (1.0, 1.0, 1.0, 1.0)
    if expected["warnings"] is not None:
        assert [warning.code for warning in article.warnings] == expected["warnings"]


def test_shipped_articles_parse_without_a_doubt_and_lose_nothing():
    for path in sorted((ROOT / "corpus").glob("*.html")):
        article = parse_article(path.read_text(encoding="utf-8"), path.name, format="html")
        assert (article.layout, article.warnings, article.dropped) == ("declared", (), ()), path.name
        assert article.updated and article.authors


@pytest.mark.skipif(not SEED.exists(), reason="the seed article is not beside this checkout")
def test_the_seed_article_is_parsed_completely_right():
    article = parse_article(SEED.read_text(encoding="utf-8"), SEED.name, format="text")
    assert [section.anchor for section in article.sections] == ["description", "causes", "remedies"]
    assert hashlib.sha256(article.title.encode()).hexdigest()[:12] == "c7d811cd736d"
    assert [len(section.blocks) for section in article.sections] == [9, 7, 10]
    assert [(mark.numbers, mark.section, mark.block) for mark in article.marks] == [((1, 2, 3), "causes", 0)]
    assert [(entry.year, entry.month, entry.day) for entry in article.references] == [
        (1999, 7, None),
        (2012, 9, 6),
        (2017, 2, None),
    ]
    assert [entry.pmid or entry.doi or entry.pmcid for entry in article.references] == [
        "10431284", "10.1186/1471-2474-13-166", "PMC5546756",
    ]  # fmt: skip
    assert (article.authors, article.updated) == (("Jim Folk", "Marilyn Folk"), "2018-10-09")
    assert article.updated_from == "updated"
    assert (article.body_areas, article.layout) == (("back",), "authors at the end")
    assert [warning.code for warning in article.warnings] == ["lost-list", "lost-list"]
    assert article.dropped[0].reason == "before the title" and article.dropped[1].reason == "doubled title"
    assert sum(entry.text == "Learn More" for entry in article.dropped) == 9
    assert article.dropped[-1].text.startswith("anxietycentre.com")
    assert article.slug.startswith("back-pain-stiffness")


@pytest.mark.parametrize(("path", "expected"), PAIRS, ids=[path.stem for path, _ in PAIRS])
def test_no_word_of_a_golden_page_is_lost(path, expected):
    del expected
    page = read_page(path.read_text(encoding="utf-8"), FORMATS[path.suffix])
    missing = sum((words(line.text) for line in page.lines), Counter()) - taken(parse_page(path), arrange(page))
    assert not missing


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(PIECES) | st.text(alphabet="abc .<>&[]1\n", max_size=12), max_size=25))
def test_no_word_is_lost_whatever_a_page_is_made_of(pieces):
    text = "".join(pieces)
    page = read_page(text, "html")
    try:
        article = parse_article(text, "page.html", format="html")
    except NotAnArticleError:
        return
    assert not sum((words(line.text) for line in page.lines), Counter()) - taken(article, arrange(page))


def test_damaged_golden_pages_never_break_the_parser():
    chance = random.Random(5)
    for path, _ in PAIRS:
        text = path.read_text(encoding="utf-8")
        for _ in range(3):
            start, size = chance.randrange(len(text)), chance.randrange(400)
            damaged = (
                text[:start] + chance.choice(["", "<", "</div>", "\x00", "]]>", "&#x;", "<b>"]) + text[start + size :]
            )
            try:
                article = parse_article(damaged, path.name, format=FORMATS[path.suffix])
            except NotAnArticleError:
                continue
            anchors = {section.anchor: section for section in article.sections}
            for mark in article.marks:
                block = anchors[mark.section].blocks[mark.block]
                assert 0 <= mark.offset <= len(block.text) and mark.sentence in block.text


@pytest.mark.parametrize(("text", "said"), [("", "empty"), (" \n\x00", "empty"), ("<script>x</script>", "no text")])
def test_what_is_no_article_is_said_so(text, said):
    with pytest.raises(NotAnArticleError, match=said):
        parse_article(text, "page.html", format="html")


@pytest.mark.parametrize(
    "text",
    ["word " * 3_000_000, "<p>x</p>" * 100_000, "<p>" + "word " * 200_000, "<b>" * 100_000 + "x" + "<p>" * 70_000],
)
def test_what_is_too_long_to_be_an_article_is_refused_by_name(text):
    with pytest.raises(NotAnArticleError, match="more than"):
        parse_article(text, "page.html", format="html")


@pytest.mark.parametrize("format", ["markdown", "text", "html"])
def test_a_text_of_more_lines_than_an_article_has_is_refused_before_it_is_read(format):
    with pytest.raises(NotAnArticleError, match="100,000 lines, more than"):
        parse_article("#\n" * 100_000, "page.md", format=format)


@pytest.mark.parametrize("sign", ["[", "*a ", "_", "`a"])
def test_markdown_of_more_signs_than_an_article_has_is_refused_before_it_is_read(sign):
    with pytest.raises(NotAnArticleError, match="signs of Markdown, more than"):
        parse_article(sign * 70_000, "page.md", format="markdown")


@pytest.mark.parametrize("bait", [".", "[", "[1]", "(1) ", "[ . ", "A. ", "1. ", "- ", "by ", "¹", "“"])
def test_long_runs_of_signs_are_read_to_the_end(bait):
    article = parse_article(f"<h1>T</h1><p>{bait * 20_000}</p><p>the end</p>", "page.html", format="html")
    assert article.sections[-1].text.endswith("the end") or article.dropped


def test_a_list_of_five_thousand_references_is_kept_whole():
    entries = "".join(f"<li>Reed A. Entry {number}. J Long. 2011;4:1.</li>" for number in range(5000))
    article = parse_article(
        f"<h1>T</h1><h2>Causes</h2><p>So.[7]</p><h2>References</h2><ol>{entries}</ol>", "x", format="html"
    )
    assert len(article.references) == 5000 and article.references[6].cited
    assert article.references[4999].raw.startswith("Reed A. Entry 4999")
    assert "references-many" in {warning.code for warning in article.warnings}


def test_nested_headings_stay_in_their_section_and_named_ones_leave_it():
    page = "<h1>T</h1><h2>Relief</h2><p>a</p><h3>When to see a doctor</h3><p>b</p><h2>Outlook</h2><p>c</p>"
    sections = parse_article(page, "t.html", format="html").sections
    assert [(section.kind, len(section.blocks)) for section in sections] == [("remedies", 3), ("other", 1)]


def test_a_page_without_headings_is_a_description_with_a_warning():
    article = parse_article(
        "<p>It hurts when I laugh, and it stops when I rest for a while on my side.</p>",
        "side-pain.html",
        format="html",
    )
    assert [section.kind for section in article.sections] == ["description"]
    assert "no-headings" in {warning.code for warning in article.warnings}
    assert article.slug == "side-pain"


@pytest.mark.parametrize(
    ("path", "slug"),
    [
        ("dry-mouth.html", "dry-mouth"),
        ("000_8b2bd45049b9721a.txt", "sore-jaw"),
        ("a/page.html", "sore-jaw"),
        ("123.html", "sore-jaw"),
    ],
)
def test_a_slug_is_the_name_of_the_file_when_it_is_made_of_words(path, slug):
    assert parse_article("<h1>Sore jaw</h1><p>It aches.</p>", path, format="html").slug == slug


def test_marks_and_references_that_do_not_fit_are_told():
    page = "<h1>T</h1><h2>Causes</h2><p>So.[3]</p><h2>References</h2><ol><li>Reed A. One. 2011.</li></ol>"
    codes = {warning.code for warning in parse_article(page, "t.html", format="html").warnings}
    assert codes >= {"mark-without-reference", "reference-never-cited"}


def test_the_account_of_a_page_names_every_line_and_rule():
    account = explain("<h1>T</h1><h2>Causes</h2><p>So.</p><p>Share this article</p>", "t.html", "html")
    assert all(said in account for said in ("TITLE", "causes: <h2>, causes", "DROPPED", "share links", "no warnings"))


def test_a_page_whose_first_level_headings_are_sections_is_titled_by_the_line_above_them():
    sections = "# What causes it?\n\nStress.\n\n# May I drive?\n\nYes.\n\n# How is it treated?\n\nSip.\n"
    article = parse_article("**Dry mouth**\n\nIt is dry.\n\n" + sections, "page.md", format="markdown")
    assert article.title == "Dry mouth"
    assert [section.heading for section in article.sections][-3:] == [
        "What causes it?",
        "May I drive?",
        "How is it treated?",
    ]


def test_the_head_of_a_faq_gives_title_people_and_date_and_its_other_fields_are_left_out():
    rule = "=" * 70
    questions = (("What causes it?", "Stress."), ("Can it do any harm?", "No."), ("How is it treated?", "Sip water."))
    asked = "".join(f"{rule}\nQ: {question}\n{rule}\n\nA: {answer}\n\n" for question, answer in questions)
    head = "=============\nDry mouth FAQ\n=============\n\nMaintained by: Jane Roe and John O'Neill\n"
    fields = "Last-modified: 2014-06-23\nVersion: 2.14\nPosting-frequency: monthly\n\n"
    lead = "It is dry all day.\n\n[Back to the top of the FAQ]\n\n"
    article = parse_article(head + fields + lead + asked, "faq.txt", format="text")
    assert (article.title, article.authors, article.updated) == (
        "Dry mouth FAQ",
        ("Jane Roe", "John O'Neill"),
        "2014-06-23",
    )
    assert [section.text for section in article.sections] == [
        "It is dry all day.",
        "A: Stress.",
        "A: No.",
        "A: Sip water.",
    ]
