"""Which lines below the heading of the references are entries of the list."""

from collections.abc import Sequence

from indexer.article.arrangement import LINKS
from indexer.article.entries import is_label, is_numbered, looks_like_entry
from indexer.markup.blocks import MARK_OPEN, Line, count_words, plain_text


def is_entry(line: Line, before: Sequence[Line], *, linked: bool) -> bool:
    """Tell whether a line of the list is an entry; where those `before` are numbered, it needs more signs.

    `linked` says that marks link to a list elsewhere on the page.
    """
    if before and is_label(plain_text(before[-1].text)):
        return True
    if line.kind == "item" and before and before[-1].kind == "item" and before[-1].group != line.group:
        return looks_like_entry(line.text)
    if line.kind == "item" or _bears_number(line):
        return line.linked < LINKS or looks_like_entry(line.text)
    numbered = bool(before) and (before[0].kind == "item" or _bears_number(before[0]))
    return looks_like_entry(line.text, signs=2 if numbered else 1) or not (before or linked)


def resumes_list(line: Line, before: Sequence[Line]) -> bool:
    """Tell whether an entry follows those `before` after all, behind a line that was none."""
    alike = bool(before) and before[-1].kind == line.kind == "item" and before[-1].group == line.group
    return alike and not line.zone and looks_like_entry(line.text, signs=2)


def is_note(line: Line, after: Line | None) -> bool:
    """Tell whether a sentence below the heading only leads up to the entries, which look like entries."""
    return (
        count_words(line.text) > 5
        and line.text[-1] in ".:"
        and not looks_like_entry(line.text)
        and after is not None
        and after.kind != "heading"
        and looks_like_entry(after.text, signs=2)
    )


def _bears_number(line: Line) -> bool:
    """Tell whether an entry begins with its number, printed plainly or as a raised link back to its mark."""
    return line.text.startswith(MARK_OPEN) or is_numbered(line.text)
