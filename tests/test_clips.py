import pytest

from indexer.article.parser import parse_article
from indexer.markup.clips import read_clip

HEAD = (
    "Title: Dry mouth: causes\n\nURL Source: https://rest.example/dry\n\nPublished Time: 2019-05-09T08:00:00+00:00\n\n"
)


def test_the_labelled_head_of_a_clipped_page_is_read_as_its_fields():
    text = f"{HEAD}Markdown Content:\nDry mouth: causes\n=================\n\nIt burns.\n\nCauses\n------\n\nStress.\n"
    article = parse_article(text, "page.md", format="markdown")
    assert (article.title, article.source_url) == ("Dry mouth: causes", "https://rest.example/dry")
    assert (article.updated, article.updated_from) == ("2019-05-09", "published")
    assert [(section.kind, section.text) for section in article.sections] == [
        ("description", "It burns."),
        ("causes", "Stress."),
    ]


@pytest.mark.parametrize("text", ["Title: Dry mouth\n\nIt burns.", "Causes: stress\nTitle: Dry\nDate: 2019\n", ""])
def test_a_label_alone_is_no_head(text):
    assert read_clip(text) is None
