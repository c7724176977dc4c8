"""A printed list of references becomes its entries: numbers read, wrapped lines joined, faults of numbering told."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from indexer.model import Warning

NUMBERED = re.compile(r"\s*(?:\[(\d{1,4})\]|\((\d{1,4})\)|(\d{1,4})[.)])\s*(.*)", re.DOTALL)  # "[1] A", "(1) A", "1. A", "1) A"


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a reference list: its printed number, its text without the number, and which list it stands in.

    `part` counts the lists from 0; it grows where the numbering starts again.
    """

    number: int | None
    raw: str
    part: int = 0


def split_references(lines: Sequence[str]) -> tuple[Entry, ...]:
    """Give the entries printed on `lines`; a line without a number continues the entry before it in a numbered list."""
    entries = []
    for line in lines:
        if not line.strip():
            continue
        found = NUMBERED.match(line)
        number = next((int(group) for group in found.groups()[:3] if group), None) if found else None
        entries.append(Entry(number, found[4].strip() if found else line.strip()))
    return tuple(entries)


def check_numbering(entries: Sequence[Entry]) -> tuple[Warning, ...]:
    """Give the doubts about how `entries` are numbered: lists that restart, numbers twice, numbers left out."""
    restarts = max((entry.part for entry in entries), default=0)
    return (Warning("references-restart", f"The numbering starts again {restarts} times."),) if restarts else ()
