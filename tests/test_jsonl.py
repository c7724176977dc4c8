import json

import pytest

from indexer.article.faults import NotAnArticleError
from indexer.article.jsonl import parse_line

LINE = {
    "title": "Dry mouth",
    "sections": [
        {
            "heading": "What does it feel like?",
            "text": "The mouth is dry. [1]\n\nIt may come with:\n- thirst\n- a rough tongue",
        },
        {"heading": "Treatment", "text": "Sip water."},
        {"heading": "Outlook", "text": "It passes."},
    ],
    "references": ["Reed A. Dry mouths. J Spit. 2011;4:1-9."],
    "authors": ["Ada Reed, MD"],
    "updated": "2018-10-09",
    "source_url": "https://dry.example/mouth",
}


def test_a_line_with_named_sections_becomes_an_article():
    article = parse_line(json.dumps(LINE), "topics.jsonl#1")
    assert [(section.kind, section.anchor) for section in article.sections] == [
        ("description", "description"),
        ("remedies", "remedies"),
        ("other", "outlook"),
    ]
    assert [block.kind for block in article.sections[0].blocks] == ["paragraph", "paragraph", "item", "item"]
    assert article.marks[0].sentence == "The mouth is dry."
    assert article.references[0].year == 2011 and article.references[0].cited
    assert (article.slug, article.authors, article.updated) == ("dry-mouth", ("Ada Reed",), "2018-10-09")
    assert article.source_url == "https://dry.example/mouth"
    assert article.layout == "named sections"


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("", "empty"),
        ("{", "not JSON"),
        ("[1]", "no object"),
        ("{}", "neither a title"),
        ('{"sections": [3, null]}', "neither"),
    ],
)
def test_what_is_no_article_is_said_so(line, said):
    with pytest.raises(NotAnArticleError, match=said):
        parse_line(line, "topics.jsonl#2")


def test_odd_values_never_break_the_line():
    odd = {
        "title": ["x"],
        "sections": [{"heading": None, "text": 5}, "Plain text."],
        "authors": {"a": 1},
        "references": 3,
    }
    article = parse_line(json.dumps(odd), "topics.jsonl#3")
    assert [section.text for section in article.sections] == ["5", "Plain text."]


def test_a_line_of_more_lines_than_an_article_has_is_refused_before_it_is_read():
    text = json.dumps(LINE | {"sections": [{"text": "#\n" * 50_000}]})
    with pytest.raises(NotAnArticleError, match="lines, more than"):
        parse_line(text, "topics.jsonl#4")
