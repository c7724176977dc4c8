"""The tree of an HTML page, built in bounded time however deep the page nests its elements."""

import re
from typing import Any

from lxml import etree

TOO_DEEP = 1000  # open elements; the C parser gives up at 2048 and would lose the rest of the page
TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)\b[^<>]*>")
VOID = frozenset(["br", "hr", "img", "input", "meta", "link", "area", "base", "col", "embed", "source", "track", "wbr", "p", "li", "td", "tr", "th", "dt", "dd", "option"])


def parse_tree(text: str) -> Any:
    """Give the root of the tree, or ``None`` for nothing; markup nested without end is flattened first."""
    if text.count("<") - text.count("</") > 0 and _depth(text) > TOO_DEEP:
        text = TAG.sub(lambda tag: tag[0] if tag[2].lower() in ("h1", "h2", "h3", "p", "br", "li") else " <br><br> ", text)
    parser = etree.HTMLParser(huge_tree=True, remove_comments=True, remove_pis=True, encoding="utf-8")
    try:
        return etree.fromstring(text.encode("utf-8", "replace"), parser)
    except (etree.ParserError, etree.XMLSyntaxError):
        return None


def _depth(text: str) -> int:
    """Give how many elements are open at once at most, counted without a parser."""
    if text.count("<") < 2 * TOO_DEEP:
        return 0
    depth = deepest = 0
    for closing, name in TAG.findall(text):
        if name.lower() in VOID:
            continue
        depth += -1 if closing else 1
        deepest = max(deepest, depth)
    return deepest
