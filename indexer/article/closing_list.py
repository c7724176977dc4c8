"""A closing list of numbered citations is that of the references, whatever its heading says: ``Evidence base``."""

from collections.abc import Sequence
from dataclasses import replace

from indexer.article.cited_lists import LISTED, are_likely, mark_cited_list
from indexer.article.entries import is_numbered, looks_like_entry
from indexer.article.headings import find_drop_heading, read_heading, read_plain_heading
from indexer.markup.blocks import Line, plain_text
from indexer.references.reference import split_references

FEWEST = 2  # entries
FEWEST_UNCOUNTED = 3  # of a list without numbers


def mark_closing_list(lines: Sequence[Line]) -> Sequence[Line]:
    """Give the lines with the heading of a closing list declared, when no other heading begins the references.

    Without such a heading the list itself is declared, where the text cites its numbers.
    """
    if any(line.declared or names_references(line) for line in lines):
        return lines
    heading = _find_heading(lines)
    if heading is None:
        return mark_cited_list(lines)
    return [*lines[:heading], replace(lines[heading], declared=LISTED), *lines[heading + 1 :]]


def _find_heading(lines: Sequence[Line]) -> int | None:
    """Give the place of the heading of a closing list, which names no other part of an article."""
    end = len(lines)
    for place in reversed(range(len(lines))):
        line = lines[place]
        if line.kind != "heading" or line.zone:
            continue
        meaning = read_heading(line.text)
        if meaning and meaning.exact:
            return None
        if not find_drop_heading(line.text) and _is_list(lines[place + 1 : end]):
            return place
        end = place
    return None


def names_references(line: Line) -> bool:
    """Tell whether a line says that the references begin, as a heading or as a line of its own."""
    read = read_heading if line.kind == "heading" else read_plain_heading
    meaning = read(line.text.partition("\n")[0]) if not line.zone and line.kind != "item" else None
    return meaning is not None and meaning.kind == LISTED


def _is_list(lines: Sequence[Line]) -> bool:
    """Tell whether lines are entries, most with several signs of a citation, counted from 1 on or several."""
    free = [line for line in lines if not line.zone]
    entries = split_references([_counted(line) for line in free])
    if len(free) >= FEWEST_UNCOUNTED and not any(entry.number for entry in entries):
        alone = len({(line.kind, line.group) for line in free}) == 1 and free[0].group > 0
        return are_likely([line.text for line in free]) and (alone or all(looks_like_entry(line.text) for line in free))
    counted = [entry.number for entry in entries] == [*range(1, len(entries) + 1)]
    return len(entries) >= FEWEST and counted and are_likely([entry.raw for entry in entries])


def _counted(line: Line) -> str:
    """Give the text of a line behind the number that its list gives it."""
    text = plain_text(line.text)
    return f"{line.number}. {text}" if line.number is not None and not is_numbered(text) else text
