"""Links that are no text: lists of them, what leads up to them, and paragraphs that are nothing but one."""

from collections.abc import Collection, Sequence

from indexer.article.boilerplate import find_reason
from indexer.article.headings import LEAD_IN, find_drop_heading, read_heading
from indexer.markup.blocks import Line, count_words

LINKED = 0.9  # share of linked characters from which a line is nothing but a link
LEADING = 4  # words of a line that leads up to a list: "Conditions that can cause it"


def find_links(line: Line, after: Line | None, link_lists: Collection[int]) -> tuple[str, str] | None:
    """Give why a line is no text but links, or what leads up to them; ``None`` when it is text."""
    if line.kind == "item" and line.group in link_lists:
        return "list of links", "all items are links"
    if after is not None and _leads_to_links(line, after):
        return "table of contents", "leads up to links"
    return ("related links", "nothing but a link") if _is_link(line) else None


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
        and not line.look.startswith(("td", "th", "dd"))
        and count_words(text) <= 14
        and text[0].isupper()
        and text[-1] not in ".:"
    )


def find_link_lists(lines: Sequence[Line]) -> set[int]:
    """Give the numbers of the lists that hold nothing but links and that no sentence or heading leads up to."""
    groups: dict[int, list[Line]] = {}
    opening: dict[int, tuple[int, Line | None]] = {}
    for place, line in enumerate(lines):
        if line.kind == "item" and line.group:
            if line.group not in groups:
                opening[line.group] = (place, lines[place - 1] if place else None)
            groups.setdefault(line.group, []).append(line)
    last = max((place for place, line in enumerate(lines) if _is_section(line)), default=0)
    return {
        group
        for group, items in groups.items()
        if len(items) > 1
        and all(item.linked >= LINKED for item in items)
        and not _is_led(opening[group][1], inside=opening[group][0] < last)
    }


def _is_section(line: Line) -> bool:
    return line.kind == "heading" and not line.zone and read_heading(line.text) is not None


def _is_led(before: Line | None, *, inside: bool) -> bool:
    """Tell whether the line before a list leads up to it; between two sections a sentence does so too."""
    if before is None or before.zone:
        return False
    if before.text.endswith(":") or LEAD_IN.search(before.text) or before.kind == "heading":
        return True
    told = inside and before.linked < 0.5 and count_words(before.text) >= LEADING
    return told and find_drop_heading(before.text) is None and find_reason(before.text) is None
