"""A numbered list of citations that closes the text, and whose numbers the text cites, needs no heading."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from indexer.article.entries import is_numbered, looks_like_entry
from indexer.article.headings import find_drop_heading, read_heading
from indexer.article.listing import is_number, read_numbered, with_number
from indexer.article.marks import build_style, lift_marks
from indexer.markup.blocks import MARK, MARK_OPEN, PLAIN_RANK, Line, count_words, plain_text

FIRST = re.compile(rf"[\[({MARK_OPEN}]{{0,3}}1(?!\d)")  # "1. ", "[1] ", or a mark that leads back
WRITINGS = re.compile(  # "Papers I used in writing:" leads up to references, "Do this:" does not
    r"\b(?:research|stud(?:y|ies)|papers?|sources?|references?|articles|books|literature|evidence|reading|links|works)\b",
    re.I,
)
ADDRESS = re.compile(r"<?(?:https?://|www\.)\S+")
ZONES = (None, "aside", "footer", "article footer")  # where such a list may stand
LISTED = "references"  # what the lines of such a list are declared to be
GROUP = -3  # the list that they make
FEWEST = 3  # entries
LONGEST = 120  # words of one
SURE = 2 / 3  # share of the entries that have several signs of a citation
LIKELY = 0.8  # share of those that have one
FEWEST_CITED = 2  # numbers that the text cites, where the entries leave a doubt
STRAY = 0.2  # share of the cited numbers that the list may lack


def mark_cited_list(lines: Sequence[Line]) -> Sequence[Line]:
    """Give the lines with the entries of a closing list declared whose numbers the text before it cites.

    A heading right above it is declared too, unless it names another part of the page.
    """
    starts = [place for place, line in enumerate(lines) if _begins(line)]
    for start in reversed(starts):
        above = lines[start - 1] if start else None
        if above is not None and _leads_elsewhere(above):
            continue
        end, entries = _read_entries(lines, start)
        if not _are_citations(entries):
            continue
        if not (_closes(lines, start, end) and _is_cited(entries, lines[:start])):
            break  # what stands before another list of citations closes nothing
        heads = above is not None and not above.zone and (above.kind == "heading" or above.text[-1:] == ":")
        before = [*lines[: start - 1], _declare_heading(above)] if above and heads else lines[:start]
        return [*before, *(_declare(entry) for entry in entries), *lines[end:]]
    return lines


def are_likely(texts: Sequence[str]) -> bool:
    """Tell whether texts are citations by their signs: nearly all have one, most of them several."""
    one = sum(looks_like_entry(text) for text in texts)
    return one >= LIKELY * len(texts) and sum(looks_like_entry(text, signs=2) for text in texts) >= SURE * len(texts)


def _begins(line: Line) -> bool:
    """Tell whether a line is the first of a numbered list, or the box with its number."""
    may_begin = line.number == 1 or FIRST.match(line.text) is not None
    return may_begin and next((entry.number == 1 for entry in _split(line)), False)


def _read_entries(lines: Sequence[Line], start: int) -> tuple[int, list[Line]]:
    """Give the entries that count on from a line, and the place behind the last of them."""
    entries: list[Line] = []
    place = start
    while place < len(lines):
        line = lines[place]
        boxed = _is_box(line) and place + 1 < len(lines) and lines[place + 1].kind != "heading"
        found = [with_number(lines[place + 1], line)] if boxed else [*_split(line)]
        if [entry.number for entry in found] != [*range(len(entries) + 1, len(entries) + 1 + len(found))] or not found:
            break
        entries += found
        place += 1 + boxed
    return place, entries


def _split(line: Line) -> Iterator[Line]:
    """Give the numbered entries that a line holds, or the number alone; nothing when it begins with none."""
    if line.zone not in ZONES or line.kind == "heading":
        return
    text = plain_text(line.text)
    if line.kind == "item" and line.number is not None and not is_numbered(text):
        yield line
    elif _is_box(line):
        yield with_number(line, line)
    else:
        yield from read_numbered(line, text.split("\n"))


def _is_box(line: Line) -> bool:
    return line.zone in ZONES and is_number(replace(line, zone=None))


def _leads_elsewhere(above: Line) -> bool:
    """Tell whether a line leads up to a list of something else than writings, or is known to begin the references."""
    if above.kind == "heading":
        meaning = read_heading(above.text)
        return (meaning is not None and meaning.exact) or find_drop_heading(above.text) is not None
    return above.text[-1:] == ":" and WRITINGS.search(above.text) is None


def _are_citations(entries: Sequence[Line]) -> bool:
    texts = [entry.text for entry in entries]
    fit = not any(MARK.search(text) or count_words(text) > LONGEST for text in texts)
    likely = are_likely(texts) or all(ADDRESS.fullmatch(text) for text in texts)
    alike = len({entry.zone for entry in entries}) == 1
    return len(entries) >= FEWEST and fit and alike and likely


def _closes(lines: Sequence[Line], start: int, end: int) -> bool:
    """Tell whether no section stands behind a list, and less text than before it."""
    behind = [line for line in lines[end:] if not line.zone]
    if any(line.kind == "heading" and read_heading(line.text) for line in behind):
        return False
    before = [line for line in lines[:start] if not line.zone]
    return _count_text(behind) < _count_text(before)


def _count_text(lines: Sequence[Line]) -> int:
    return sum(count_words(line.text) for line in lines if line.kind != "heading")


def _is_cited(entries: Sequence[Line], lines: Sequence[Line]) -> bool:
    """Tell whether marks of the lines have numbers of the entries and hardly any other.

    Where every entry has several signs of a citation, one such mark is enough.
    """
    numbers = range(1, len(entries) + 1)
    texts = [line.text for line in lines if not line.zone and line.kind != "heading"]
    style = build_style(texts, numbers, {}, parens=False)
    cited = {number for text in texts for _, found in lift_marks(text, style).marks for number in found}
    known = cited.intersection(numbers)
    fewest = 1 if all(looks_like_entry(entry.text, signs=2) for entry in entries) else FEWEST_CITED
    return len(known) >= fewest and len(cited) - len(known) <= STRAY * len(cited)


def _declare(entry: Line) -> Line:
    return replace(entry, kind="item", rank=0, zone=None, declared=LISTED, group=GROUP, lead=0)


def _declare_heading(line: Line) -> Line:
    return replace(line, kind="heading", rank=line.rank or PLAIN_RANK, declared=LISTED)
