"""The tree of an HTML page, built in bounded time however deep the page nests its elements."""

import re
from typing import Any

from lxml import etree

MOST_TAGS = 60_000  # opening and closing ones, or signs of Markdown; a long page has 5,000
KEPT = ("h1", "h2", "h3", "p", "br", "li", "td")  # what still parts a page that was flattened
GAP = "\ue003"
GAPS = re.compile(rf"{GAP}[{GAP}\s]*")
FEW_TAGS = 3000  # a page with fewer cannot nest them too deep for the parser
TOO_DEEP = 250  # open elements; the C parser would lose what is deeper than 2048, and no page made by people is
TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)\b[^<>]*>")
VOID = frozenset(
    [
        "br",
        "hr",
        "img",
        "input",
        "meta",
        "link",
        "area",
        "base",
        "col",
        "embed",
        "source",
        "track",
        "wbr",
        "p",
        "li",
        "td",
        "tr",
        "th",
        "dt",
        "dd",
        "option",
    ]
)


class TooMuchMarkupError(ValueError):
    """A page has more elements than are read; the message says how many."""

    def __init__(self, count: int, name: str = "tags") -> None:
        """Keep the number of tags, or of what else the name says."""
        super().__init__(f"it has {count:,} {name}, more than the {MOST_TAGS:,} that are read")
        self.count = count


def parse_tree(text: str) -> Any:
    """Give the root of the tree, or ``None`` for nothing; markup nested without end is flattened first."""
    if _depth(text) > TOO_DEEP:
        text = GAPS.sub(" <br><br> ", TAG.sub(lambda tag: tag[0] if tag[2].lower() in KEPT else GAP, text))
    if (count := text.count("<")) > MOST_TAGS:
        raise TooMuchMarkupError(count)
    parser = etree.HTMLParser(huge_tree=True, remove_comments=True, remove_pis=True, encoding="utf-8")
    try:
        return etree.fromstring(text.encode("utf-8", "replace"), parser)
    except (etree.ParserError, etree.XMLSyntaxError):
        return None


def _depth(text: str) -> int:
    """Give how many elements are open at once at most, counted without a parser."""
    if text.count("<") < FEW_TAGS:
        return 0
    depth = deepest = 0
    for closing, name in TAG.findall(text):
        if name.lower() in VOID:
            continue
        depth += -1 if closing else 1
        deepest = max(deepest, depth)
    return deepest
