"""A closing list of numbered citations is that of the references, whatever its heading says: ``Evidence base``."""

from collections.abc import Sequence
from dataclasses import replace

from indexer.article.entries import is_numbered, looks_like_entry
from indexer.article.headings import find_drop_heading, read_heading, read_plain_heading
from indexer.markup.blocks import Line, plain_text
from indexer.references.reference import split_references

LISTED = "references"  # what the heading of such a list is declared to begin
FEWEST = 2  # entries
FEWEST_UNCOUNTED = 3  # of a list without numbers


def mark_closing_list(lines: Sequence[Line]) -> Sequence[Line]:
    """Give the lines with the heading of a closing list declared, when no other heading begins the references."""
    if any(line.declared or names_references(line) for line in lines):
        return lines
    end = len(lines)
    for place in reversed(range(len(lines))):
        line = lines[place]
        if line.kind != "heading" or line.zone:
            continue
        meaning = read_heading(line.text)
        if meaning and meaning.exact:
            return lines
        if not find_drop_heading(line.text) and _is_list(lines[place + 1 : end]):
            return [*lines[:place], replace(line, declared=LISTED), *lines[place + 1 :]]
        end = place
    return lines


def names_references(line: Line) -> bool:
    """Tell whether a line says that the references begin, as a heading or as a line of its own."""
    read = read_heading if line.kind == "heading" else read_plain_heading
    meaning = read(line.text.partition("\n")[0]) if not line.zone and line.kind != "item" else None
    return meaning is not None and meaning.kind == LISTED


def _is_list(lines: Sequence[Line]) -> bool:
    """Tell whether lines are entries, most of them with several signs of a citation, counted from 1 on or several."""
    free = [line for line in lines if not line.zone]
    entries = split_references([_counted(line) for line in free])
    if len(free) >= FEWEST_UNCOUNTED and not any(entry.number for entry in entries):
        signed = [looks_like_entry(line.text, signs=2) for line in free if looks_like_entry(line.text)]
        return len(signed) == len(free) and sum(signed) * 3 >= len(signed) * 2
    return (
        len(entries) >= FEWEST
        and [entry.number for entry in entries] == [*range(1, len(entries) + 1)]
        and all(looks_like_entry(entry.raw) for entry in entries)
        and sum(looks_like_entry(entry.raw, signs=2) for entry in entries) * 3 >= len(entries) * 2
    )


def _counted(line: Line) -> str:
    """Give the text of a line behind the number that its list gives it."""
    text = plain_text(line.text)
    return f"{line.number}. {text}" if line.number is not None and not is_numbered(text) else text
