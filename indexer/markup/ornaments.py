"""Signs that plain text is decorated with: rules across the page, and headings between ornaments."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from indexer.markup.blocks import BOLD_RANK, NESTED, Line

RULE = re.compile(r"([=\-~*_#+.—–^\"'`:])\1{2,}|(?:[*\-_=~+] ){2,}[*\-_=~+]")  # "=====", "* * *"
DECORATED = re.compile(  # "~ ~ ~ Causes ~ ~ ~", "*** CAUSES ***"
    r"(?P<sign>[~*=_+•·–—-])(?: ?(?P=sign)){1,40} *(?P<words>[^\W\d_][^\n]{1,100}?) *(?P=sign)(?: ?(?P=sign)){1,40}"
)
ORNAMENTS = "ornaments "  # the rule of such a heading, followed by its sign
RULED = "rule across the page"


def read_ornaments(text: str) -> Line | None:
    """Give the rule or the heading that a decorated line is."""
    if RULE.fullmatch(text):
        return Line(text, rule=RULED, look="text")
    found = DECORATED.fullmatch(text)
    if found is None:
        return None
    rank = BOLD_RANK if found["words"].isupper() else BOLD_RANK + NESTED
    return Line(found["words"], "heading", rank, ORNAMENTS + found["sign"], look="text")


def is_ornate(text: str, sign: str) -> bool:
    """Tell whether a line is a heading between ornaments of this sign."""
    return bool(sign) and text.startswith(sign) and text.endswith(sign) and DECORATED.fullmatch(text) is not None


def set_boxes(lines: Sequence[Line]) -> Iterator[Line]:
    """Give lines without the rules; those from a heading in ornaments to a rule of the same sign are in one box."""
    end = count = 0
    for place, line in enumerate(lines):
        if line.rule.startswith(ORNAMENTS):
            end = _find_end(lines, place)
            count += 1
        if line.rule != RULED:
            yield replace(line, box=count) if place < end else line


def _find_end(lines: Sequence[Line], start: int) -> int:
    """Give the place of the rule that ends a box, 0 when another heading or the end of the text comes first."""
    for place in range(start + 1, len(lines)):
        if lines[place].kind == "heading":
            return 0
        if lines[place].rule == RULED and lines[place].text[0] == lines[start].rule[-1]:
            return place
    return 0
