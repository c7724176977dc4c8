"""A part of a page that a heading of furniture begins, such as comments, and which lines still belong to it."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import takewhile

from indexer.article.arrangement import LINKS
from indexer.article.boilerplate import find_reason
from indexer.article.headings import Meaning
from indexer.article.helplines import is_helpline
from indexer.article.site_talk import speaks_of_site
from indexer.markup.blocks import Line, count_words

SHORT_PARTS = (
    "newsletter",
    "share links",
    "advertisement",
    "call to action",
    "page tools",
    "cookie notice",
    "about the site",
)
TOOLS = ("share links", "page tools")  # a sentence of the article ends them
PROSE = 35  # words of a paragraph that ends such a part where no heading does
SENTENCE = 9  # words of one that ends a part of tools
LEAST = 3  # words of a line that makes the heading above it one of the article
SHORT = 9  # words of a line that may be one of a table of contents


@dataclass(frozen=True, slots=True)
class Part:
    """Why the part is left out, the rank of its heading and the box it stands in."""

    reason: str
    rank: float
    box: int = 0

    def ends_before(self, line: Line) -> bool:
        """Tell whether the box of the part is past."""
        return self.box not in (0, line.box)

    def holds_heading(self, line: Line, meaning: Meaning | None) -> bool:
        """Tell whether a heading stands inside the part."""
        named = meaning is not None and meaning.exact and line.linked < LINKS
        return not named and (line.rank > self.rank or self.reason == "comments")

    def holds_text(self, line: Line) -> bool:
        """Tell whether a paragraph or an item stands inside the part."""
        if self.reason == "table of contents":
            return line.kind == "item" or line.linked > 0.5 or count_words(line.text) < SHORT
        if self.reason in SHORT_PARTS and is_helpline(line.text):
            return False
        tools = self.reason in TOOLS and line.text[-1] == "."
        return not (
            self.reason in SHORT_PARTS
            and line.kind == "paragraph"
            and count_words(line.text) >= (SENTENCE if tools else PROSE)
            and not (find_reason(line.text) or speaks_of_site(line.text, beside=True))
        )


def is_bare(lines: Sequence[Line], place: int) -> bool:
    """Tell whether no text but links and furniture stands below the heading at `place`, up to the next one."""
    below = takewhile(lambda line: line.kind != "heading" or line.zone is not None, lines[place + 1 :])
    return not any(
        line.zone is None
        and line.linked < LINKS
        and count_words(line.text) >= LEAST
        and not (find_reason(line.text) or speaks_of_site(line.text))
        for line in below
    )
