"""Lines that begin a part of a page without looking like headings: numbered ones, and links that open a list."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from indexer.article.entries import looks_like_entry
from indexer.article.headings import LONGEST_PLAIN, read_heading
from indexer.markup.blocks import PLAIN_RANK, Line

LINKED = 0.9  # share of linked characters from which a line is nothing but a link


def mark_openers(lines: Sequence[Line]) -> list[Line]:
    """Give the lines with those made headings that open a part."""
    return _mark_links([*lines[:1], *_mark_numbered(lines[1:])])


def _mark_numbered(lines: Sequence[Line]) -> Sequence[Line]:
    """Give the lines of plain text with numbered ones made headings when they part the page: ``2. Causes``."""
    sizes = Counter(line.group for line in lines if line.kind == "item")
    alone = [
        line
        for line in lines
        if line.look == "text"
        and line.number is not None
        and sizes[line.group] == 1
        and line.text.count(" ") < LONGEST_PLAIN
        and line.text[-1] not in ".,;"
    ]
    if sum(1 for line in alone if _is_exact(line.text)) < 2:
        return lines
    headings = set(map(id, alone))
    return [
        replace(line, kind="heading", rank=PLAIN_RANK, rule="words: numbered parts", look="text:")
        if id(line) in headings
        else line
        for line in lines
    ]


def _is_exact(text: str) -> bool:
    meaning = read_heading(text)
    return meaning is not None and meaning.exact


def _mark_links(lines: list[Line]) -> list[Line]:
    """Give the lines with a link that opens the list of references made its heading: ``Show references``."""
    return [
        replace(line, kind="heading", rank=PLAIN_RANK, rule="words: references", linked=0.0, hrefs=())
        if line.kind == "paragraph"
        and line.linked > LINKED
        and not line.zone
        and not after.zone
        and (meaning := read_heading(line.text))
        and meaning.kind == "references"
        and looks_like_entry(after.text, signs=2)
        else line
        for line, after in zip(lines, [*lines[1:], Line("")], strict=False)
    ]
