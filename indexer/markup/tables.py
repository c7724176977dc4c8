"""Tables of data are told from those that only lay a page out: their cells are words, not passages or headings."""

from itertools import islice
from typing import Any

from indexer.markup.blocks import CELL, HEADED_CELL

LONGEST_CELL = 120  # characters of a cell that is no passage
LEAST = 2  # cells of a row of data
MOST_HEADS = 9  # cells of a row that are looked at
MOST_INSIDE = 8  # elements inside one
SENTENCE_ENDS = (".", "!", ":")


def name_cells(row: Any) -> str:
    """Give what the cells of a row are: a row of data has several short ones, none a sentence, and is not the only."""
    cells = [cell for cell in islice(row, MOST_HEADS) if cell.tag in ("td", "th")]
    if len(cells) < LEAST or not all(map(_is_short, cells)):
        return ""
    if _is_headed(row):
        return HEADED_CELL
    return CELL if row.getnext() is not None or row.getprevious() is not None else ""


def name_heads(row: Any) -> tuple[bool, bool]:
    """Tell whether the head in a row is that of the row, and whether it is that of a column."""
    cells = [cell.tag for cell in islice(row, MOST_HEADS)] if row is not None else []
    return cells == ["th", "td"], cells.count("th") > 1


def _is_headed(row: Any) -> bool:
    """Tell whether a row stands below a row of its table that holds nothing but heads of columns."""
    body = row.getparent()
    if body is None:
        return False
    part = body.getprevious() if body.tag == "tbody" else None
    rows = part if part is not None and part.tag == "thead" else body
    first = next(iter(rows), row)
    heads = [] if first is row else [cell.tag for cell in islice(first, MOST_HEADS)]
    return len(heads) >= LEAST and set(heads) == {"th"}


def _is_short(cell: Any) -> bool:
    inside = list(islice(cell.iter(), MOST_INSIDE + 1))
    if len(inside) > MOST_INSIDE or any(element.tag in ("table", "p", "li", "br") for element in inside[1:]):
        return False
    text = "".join(cell.itertext()).strip()
    return len(text) <= LONGEST_CELL and not text.endswith(SENTENCE_ENDS)
