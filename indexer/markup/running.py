"""Lines that a program printed on every page of a document, such as its name and the page's number, are lifted out."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

NUMBER = re.compile(r"\d+")
PAGE = re.compile(r"(?:page )?#(?: ?(?:of|/) ?#)?|[-–—] # [-–—]", re.IGNORECASE)  # "Page 2 of 4", "- 3 -"
LONGEST = 14  # words of such a line
LEAST = 2  # pages it stands on
END = (".", "?", "!", ":")


def lift_running(text: str) -> tuple[str, tuple[str, ...]]:
    """Give `text` without the lines that stand at several page breaks, and these lines; wrapped sentences close up."""
    lines = text.split("\n")
    keys = [" ".join(NUMBER.sub("#", line.replace("\f", " ")).split()) for line in lines]
    counts = Counter(keys)
    edges = {keys[place] for place in _find_edges(lines, keys)}
    running = {key for key in edges if counts[key] >= LEAST and key.count(" ") < LONGEST}
    if not running:
        return text, ()
    lifted = [place for place, key in enumerate(keys) if key in running]
    gone = set(lifted)
    kept = [line for place, line in _close_up(lines, gone) if place not in gone]
    return "\n".join(kept), tuple(" ".join(lines[place].split()) for place in lifted)


def _find_edges(lines: Sequence[str], keys: Sequence[str]) -> Iterator[int]:
    """Give the places of the printed lines next to a page break, told by a form feed or by a page's number."""
    printed = [place for place, key in enumerate(keys) if key]
    for at, place in enumerate(printed):
        before = printed[at - 1] if at else place
        if any("\f" in line for line in lines[before + 1 : place + 1]) and at:
            yield from (before, place)
        if PAGE.fullmatch(keys[place]):
            yield from (place, *printed[at + 1 : at + 2], *printed[max(0, at - 1) : at])


def _close_up(lines: Sequence[str], gone: set[int]) -> Iterator[tuple[int, str]]:
    """Give lines with their places, without the blank ones around lifted lines inside a sentence."""
    waiting: list[tuple[int, str]] = []
    last = ""
    for place, line in enumerate(lines):
        if place in gone or not line.strip():
            waiting.append((place, line))
            continue
        inside = last.strip() and not last.rstrip().endswith(END) and line.strip()[0].islower()
        if not (inside and any(at in gone for at, _ in waiting)):
            yield from waiting
        waiting = []
        yield place, line.replace("\f", "")
        last = line
    yield from waiting
