"""A part of a page that a heading of furniture begins, such as comments, and which lines still belong to it."""

from dataclasses import dataclass

from indexer.article.arrangement import LINKS
from indexer.article.boilerplate import find_reason, is_helpline
from indexer.article.headings import Meaning
from indexer.markup.blocks import Line, count_words

SHORT_PARTS = ("newsletter", "share links", "advertisement", "call to action", "page tools", "cookie notice")
PROSE = 35  # words of a paragraph that ends such a part where no heading does
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
        return not (
            self.reason in SHORT_PARTS
            and line.kind == "paragraph"
            and count_words(line.text) >= PROSE
            and not find_reason(line.text)
        )
