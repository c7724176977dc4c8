"""What a periodical or a publisher prints above the title: its name, its issue and its motto."""

import re
from collections.abc import Sequence

from indexer.article.headings import find_drop_heading, read_heading
from indexer.markup.blocks import Line, count_words
from indexer.text.names import is_body

LONGEST_MASTHEAD = 12  # words
MASTHEAD = re.compile(
    r"\b(?:issue|vol(?:ume)?|edition|number|no)\b\.?\s{0,2}#?\s?\d{1,4}\b", re.IGNORECASE
)  # "issue 214"


def is_letterhead(text: str, after: Sequence[Line]) -> bool:
    """Tell whether a line names the body that publishes a leaflet, whose title is the heading right below."""
    below = after[0] if after and after[0].kind == "heading" else None
    return below is not None and is_body(text) and not (read_heading(below.text) or find_drop_heading(below.text))


def is_motto(lines: Sequence[Line], place: int) -> bool:
    """Tell whether a line stands between the name of a periodical and a heading of the article."""
    after = lines[place + 1] if place + 1 < len(lines) else None
    heads = after is not None and after.kind == "heading" and read_heading(after.text) is None
    return heads and place > 0 and is_masthead(lines[place - 1].text)


def is_masthead(text: str) -> bool:
    """Tell whether a line names a periodical and its issue: ``The Body Letter ~ issue 214``."""
    return count_words(text) <= LONGEST_MASTHEAD and MASTHEAD.search(text) is not None
