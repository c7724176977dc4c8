"""Rows of labels and values about the page itself: author, dates and what stands in the same table with them."""

from collections.abc import Sequence

from indexer.bylines.byline import parse_byline
from indexer.markup.blocks import Line, count_words, plain_text

LABELS = ("th", "dt")
VALUES = ("td", "dd")
LONGEST = 12  # words of such a value
LEAST = 2  # rows that name a person or a date


def find_details(lines: Sequence[Line]) -> frozenset[int]:
    """Give the places of the rows that are neither person nor date, in tables where other rows are."""
    found: set[int] = set()
    run: list[int] = []
    if not any(line.rule in LABELS for line in lines):
        return frozenset()
    for place in range(len(lines) + 1):
        if _is_row(lines[place : place + 2]):
            run.append(place)
        elif not (run and place == run[-1] + 1):
            bylines = {row for row in run if parse_byline(_join(lines, row))}
            if len(bylines) >= LEAST:
                found.update(at for row in run if row not in bylines for at in (row, row + 1))
            run = []
    return frozenset(found)


def _is_row(pair: Sequence[Line]) -> bool:
    return (
        len(pair) == 2
        and pair[0].rule in LABELS
        and not (pair[0].zone or pair[1].zone)
        and pair[1].look.startswith(VALUES)
        and count_words(pair[1].text) <= LONGEST
    )


def _join(lines: Sequence[Line], row: int) -> str:
    return f"{plain_text(lines[row].text).rstrip(':')}: {plain_text(lines[row + 1].text).lstrip('@')}"
