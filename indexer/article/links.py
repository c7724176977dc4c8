"""Links that are no text: lists of them, what leads up to them, and paragraphs that are nothing but one."""

import re
from collections.abc import Collection, Sequence

from indexer.article.boilerplate import find_reason
from indexer.article.headings import LEAD_IN, find_drop_heading, read_heading
from indexer.bylines.byline import parse_byline
from indexer.markup.blocks import Line, count_words, normal_words

LINKED = 0.9  # share of linked characters from which a line is nothing but a link
CELLS = ("td", "th", "dt", "dd")
COLUMN_BREAKS = 2  # line breaks of a paragraph from which its links are a column
RELATED = "related links"
BLANK = re.compile(" ")
LEAST_LINKED = 0.5  # share of linked characters of a link behind its label
LONGEST_LABEL = 40  # characters
SLACK = 1  # characters of a label that may be counted wrongly: the blank behind it
LEADING = 4  # words of a line that leads up to a list: "Conditions that can cause it"


def find_links(line: Line, after: Line | None, *, listed: bool) -> tuple[str, str] | None:
    """Give why a line is no text but links, `listed` in a list of them, or leads up to them; ``None`` for text."""
    if listed:
        return "list of links", "all items are links"
    if after is not None and _leads_to_links(line, after):
        return "table of contents", "leads up to links"
    if _is_labelled_link(line):
        return RELATED, "a link behind the label of one"
    return (RELATED, "nothing but a link") if _is_link(line) else None


def _leads_to_links(line: Line, after: Line) -> bool:
    """Tell whether a line only announces the links of a table of contents: ``In this article``."""
    linked = after.linked >= LINKED or after.zone is not None
    return linked and find_drop_heading(line.text) == "table of contents"


def _is_link(line: Line) -> bool:
    """Tell whether a paragraph is nothing but a link and no part of a sentence."""
    text = line.text
    return (
        line.kind == "paragraph"
        and line.linked >= LINKED
        and not line.look.startswith(CELLS)
        and line.text.count("\n") < COLUMN_BREAKS
        and count_words(text) <= 14
        and text[0].isupper()
        and text[-1] not in ".:"
    )


def _is_labelled_link(line: Line) -> bool:
    """Tell whether a paragraph is a link behind words that lead on to other pages: ``SUGGESTED What Stress Does``."""
    text = line.text
    if line.kind != "paragraph" or not LEAST_LINKED < line.linked < 1 or text[-1] in ".:" or "\n" in text:
        return False
    free = round((len(text) - 1) * (1 - line.linked))  # characters outside the link
    for end in (found.start() for found in BLANK.finditer(text, 0, LONGEST_LABEL)):
        label = text[:end]
        if abs(len(label) - free) <= SLACK and text[end + 1].isupper():
            return find_drop_heading(label) == RELATED
    return False


def find_link_lists(lines: Sequence[Line], title: int | None) -> frozenset[int]:
    """Give the places of the lists that hold nothing but links and that no sentence or heading leads up to.

    For a list of the page's own headings, or a cell of links, no sentence does so, nor does the title, whose place is
    `title`.
    """
    sections = [place for place, line in enumerate(lines) if place != title and _is_section(line)]
    first, last = (sections[0], sections[-1]) if sections else (0, 0)
    headings = {normal_words(line.text) for line in lines if line.kind == "heading" and not line.zone}
    found: set[int] = set()
    for places in _find_lists(lines):
        items = [lines[place] for place in places]
        if not all(item.linked >= LINKED for item in items):
            continue
        start = places[0]
        cell = len(items) == 1 and items[0].look.startswith(CELLS)
        if cell and start > first and lines[start - 1].look.startswith(CELLS):
            continue  # the cell beside it says what these are
        own = cell or _are_contents(items, headings)
        below_title = own and start - 1 == title
        before = lines[start - 1] if start and not below_title else None
        if not _is_led(before, inside=start < last and not own):
            found.update(places)
    return frozenset(found)


def _find_lists(lines: Sequence[Line]) -> list[list[int]]:
    """Give the places of the items of each list, and of each paragraph that is many lines of links."""
    groups: dict[int, list[int]] = {}
    columns = []
    for place, line in enumerate(lines):
        if line.kind == "item" and line.group:
            groups.setdefault(line.group, []).append(place)
        elif line.kind == "paragraph" and line.text.count("\n") >= COLUMN_BREAKS and not line.zone:
            columns.append([place])
    return [*(places for places in groups.values() if len(places) > 1), *columns]


def _are_contents(items: Sequence[Line], headings: Collection[str]) -> bool:
    """Tell whether the items of a list are headings of the page, all but one such as "Overview": its contents."""
    return len(items) - sum(normal_words(item.text) in headings for item in items) < min(2, len(items) - 1)


def _is_section(line: Line) -> bool:
    return line.kind == "heading" and not line.zone and read_heading(line.text) is not None


def _is_led(before: Line | None, *, inside: bool) -> bool:
    """Tell whether the line before a list leads up to it; between two sections a sentence does so too."""
    if before is None or before.zone:
        return False
    if before.text.endswith(":") or LEAD_IN.search(before.text) or before.kind == "heading":
        return True
    told = inside and before.linked < 0.5 and count_words(before.text) >= LEADING
    return told and not (find_drop_heading(before.text) or find_reason(before.text) or parse_byline(before.text))
