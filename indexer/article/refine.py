"""Lines of a page are looked at once more: headings that only their words or their looks give away are told apart."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from indexer.article.boilerplate import find_reason
from indexer.article.cited_lists import LISTED
from indexer.article.closing_list import mark_closing_list
from indexer.article.headings import Meaning, read_heading, read_plain_heading
from indexer.article.linked_notes import join_linked_notes
from indexer.article.listing import counts_on, is_number, read_numbered, with_number
from indexer.article.looks import lift_styled, mark_alike
from indexer.article.loose_bylines import read_loose
from indexer.article.openers import mark_openers
from indexer.article.site_talk import speaks_of_site
from indexer.bylines.byline import parse_byline
from indexer.markup.blocks import BOLD_RANK, COLUMN, HEADED_CELL, PLAIN_RANK, Line, join_lines, join_wrapped
from indexer.markup.plain import BULLET, NUMBER, follows_text

SHORT = 45  # characters; a longer line without a question mark or colon may be wrapped
LONGEST_CAPTION = 400  # characters of a caption with its credit
LONGEST_CREDIT = 110
CREDIT = re.compile(  # "The mouth feels dry. Image: Agency / J. Roe"
    r"(?<=[.!?…])\s+(?=[(\[]?(?:(?:images?|photo(?:graph)?s?|pictures?|illustrations?|credits?)\b\s?(?:credit|by|courtesy|:)"
    r"|(?:[\w./]+ ){0,5}(?:getty images|shutterstock|istock|unsplash|adobe stock|pexels|alamy)\b)[^?!]{0,60}\Z)",
    re.IGNORECASE,
)
LEAD_END = ":.?–—-"


def refine_lines(lines: Sequence[Line]) -> list[Line]:
    """Give the lines with paragraphs split where a heading stands in them, and with every heading marked as one."""
    lines = mark_closing_list(mark_openers(join_linked_notes([*_split_opening(lines[:1]), *lines[1:]])))
    split: list[Line] = []
    listing = False  # between the heading of the references and the next heading: lines stay as printed
    for line in _split_credits(lines):
        boxed = listing and bool(split) and is_number(split[-1]) and line.kind != "heading" and not line.zone
        whole = with_number(line, split.pop()) if boxed else line
        for part in _split_line(whole, listing=listing):
            split.append(part)
            if part.kind == "heading":
                meaning = read_heading(part.text)
                listing = part.declared == LISTED or (meaning is not None and meaning.kind == "references")
    return lift_styled(mark_alike(split))


def _split_opening(lines: Sequence[Line]) -> Iterator[Line]:
    """Give the first line of a text as title and the rest, when a name or a date stands right below the title."""
    for line in lines:
        title, _, rest = line.text.partition("\n")
        below = " ".join(rest.split("\n")[0].split())
        named = bool(rest) and line.look == "text" and (parse_byline(below) or read_loose(below))
        yield from [replace(line, text=title), replace(line, text=rest)] if named else [line]


def _split_credits(lines: Sequence[Line]) -> Iterator[Line]:
    """Give the lines with the credit behind a picture's caption as a line of its own."""
    for line in lines:
        size = len(line.text)
        short = line.kind == "paragraph" and size <= LONGEST_CAPTION
        found = CREDIT.search(line.text, max(0, size - LONGEST_CREDIT)) if short else None
        credit = line.text[found.end() :].strip("()[]") if found else ""
        if found and find_reason(credit):
            yield replace(line, text=line.text[: found.start()])
            yield replace(line, text=credit, ids=(), lead=0)
        else:
            yield line


def _split_line(line: Line, *, listing: bool) -> Iterator[Line]:
    """Give the headings and paragraphs that one line holds."""
    if line.zone or line.kind == "heading" or line.linked > 0.9:
        wrapped = line.kind == "heading" and "\n" in line.text
        yield replace(line, text=" ".join(line.text.split("\n"))) if wrapped else line
        return
    physical = line.text.split("\n")
    meaning = _own_meaning(line, physical) if line.kind == "paragraph" else None
    if meaning:
        yield _as_heading(line, physical[0], meaning)
        physical = physical[1:]
        line = replace(line, ids=(), lead=0)
        listing = meaning.kind == "references"
        if not physical:
            return
    elif line.lead and not listing:
        head, rest = line.text[: line.lead].strip(), line.text[line.lead :].strip()
        if _is_run_in(head, rest):
            yield replace(
                line, text=head.rstrip(":.–—- "), kind="heading", rank=BOLD_RANK, rule="bold beginning", hrefs=()
            )
            yield replace(line, text=rest.lstrip(":–—- "), ids=(), lead=0)
            return
    if listing and line.kind == "paragraph" and (entries := [*read_numbered(line, physical)]):
        yield from entries
        return
    if listing and line.kind == "item" and not counts_on(physical):
        physical = [join_lines(physical)]  # a wrapped entry
    if listing or (len(physical) == 1 and not (line.kind == "paragraph" and BULLET.match(line.text))):
        yield from [line] if physical == [line.text] else (replace(line, text=text) for text in physical)
        return
    yield from _split_physical(line, physical)


def _split_physical(line: Line, physical: list[str]) -> Iterator[Line]:
    """Give the paragraphs, items and headings of lines that <br> or line ends divide."""
    waiting: list[str] = []
    for place, text in enumerate(physical):
        free = (
            line.kind == "paragraph"
            and line.rule not in (COLUMN, HEADED_CELL)
            and (not place or physical[place - 1][-1] in ".?!:")
            and _ends_here(physical[place : place + 2])
        )
        meaning = read_plain_heading(text) if free else None
        bullet = BULLET.match(text) or NUMBER.match(text)
        bullet = None if bullet and follows_text(bullet, waiting) else bullet
        if not meaning and not bullet:
            waiting.append(text)
            continue
        yield from (replace(line, text=part) for part in join_wrapped(waiting))
        waiting = []
        if meaning:
            yield _as_heading(line, text, meaning)
        elif bullet:
            digits = next((group for group in bullet.groups() if group), None)
            yield replace(line, text=text[bullet.end() :], kind="item", number=int(digits) if digits else None)
    yield from (replace(line, text=part) for part in join_wrapped(waiting))


def _ends_here(physical: Sequence[str]) -> bool:
    """Tell whether a line is not wrapped: what follows begins anew."""
    return len(physical) == 1 or (
        not physical[1][:1].islower() and (physical[0][-1] in "?:" or len(physical[0]) < SHORT)
    )


def _own_meaning(line: Line, physical: Sequence[str]) -> Meaning | None:
    text = physical[0]
    if line.rule in (COLUMN, HEADED_CELL) or not _ends_here(physical[:2]):
        return None
    if line.rule in ("dt", "th"):
        meaning = read_heading(text)
        return meaning if meaning and (meaning.exact or meaning.plain) and text.count(" ") < 10 else None
    meaning = read_plain_heading(text)
    talks = meaning is not None and meaning.kind != "references" and (find_reason(text) or speaks_of_site(text))
    return None if talks else meaning


def _as_heading(line: Line, text: str, meaning: Meaning) -> Line:
    look = f"{line.look}:" if line.look == "text" and text.endswith(":") else line.look
    rank = line.rank or PLAIN_RANK  # a <dt> has a rank already
    return replace(
        line, text=text, kind="heading", rank=rank, rule=f"words: {meaning.rule}", hrefs=(), number=None, look=look
    )


def _is_run_in(head: str, rest: str) -> bool:
    """Tell whether a paragraph's bold beginning is its heading: ``**Causes:** Stress …``."""
    if not rest or not head or len(head) > 90 or not (head[-1] in LEAD_END or rest[0] in ":–—-\n"):
        return False
    meaning = read_heading(head)
    return meaning is not None and (meaning.exact or meaning.plain) and head.count(" ") < 10
