"""Entries of a reference list that a page breaks into lines, or whose numbers stand in boxes of their own."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from indexer.markup.blocks import Line, join_lines, plain_text
from indexer.markup.plain import NUMBER
from indexer.text.dates import parse_date

ALONE = re.compile(r"\W{0,3}(\d{1,3})\W{0,3}")  # "1", "[1]", "1."
LONGEST_DATE = 40  # characters of a line that is nothing but a date and no entry: "16 November 2017"
ENTRY = re.compile(  # "1 Roe J", "[1] Roe J", ".. [1] Roe J"
    r"(?:\.\. )?(?:\[(\d{1,3})\]|\((\d{1,3})\)|(\d{1,3})[.)]"
    r"|(\d{1,3})(?=\s(?:[^\W\d_a-z][\w’'.]|[“\"]|(?:van|von|de|del|della|den|der|di|da|du|la|le|al|el)\s)))\s+(?=\S)"
)


def is_number(line: Line) -> bool:
    """Tell whether a line is nothing but the number of the entry below it."""
    return not line.zone and line.kind != "heading" and ALONE.fullmatch(plain_text(line.text)) is not None


def with_number(line: Line, number: Line) -> Line:
    """Give an entry with the number, and the ids, that stood in a box of their own before it."""
    digits = int(re.sub(r"\D", "", plain_text(number.text)))
    return replace(line, kind="item", number=digits, ids=(*number.ids, *line.ids), group=line.group or -1)


def read_numbered(line: Line, physical: Sequence[str]) -> Iterator[Line]:
    """Give the entries of wrapped lines that begin with a number; nothing when the first one does not."""
    entries: list[tuple[int, list[str]]] = []
    if len(physical[0]) <= LONGEST_DATE and (date := parse_date(physical[0])) and date.text == physical[0].strip(" ."):
        return
    for text in physical:
        start = ENTRY.match(text)
        number = int(next(filter(None, start.groups()))) if start else 0
        if start and (not entries or number == entries[-1][0] + 1):
            entries.append((number, [text[start.end() :]]))
        elif not entries:
            return
        else:
            entries[-1][1].append(text)
    for number, texts in entries:
        yield replace(line, text=join_lines(texts), kind="item", number=number, group=line.group or -1)


def counts_on(physical: Sequence[str]) -> bool:
    """Tell whether lines go on counting, as entries do that only <br> parts."""
    starts = [NUMBER.match(text) for text in physical]
    numbers = [int(next(filter(None, start.groups()))) for start in starts if start]
    return any(after == before + 1 for before, after in pairwise(numbers))
