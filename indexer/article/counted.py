"""Numbered headings behind one that announces them, or below a title that does, belong to the kind it names."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from indexer.article.headings import Meaning, normal_heading, read_heading
from indexer.article.sections import COUNTED, MAIN, STEP, section_kind
from indexer.article.titles import Title
from indexer.markup.blocks import Line, count_words
from indexer.model import SectionKind

_NOUNS = """reason cause trigger culprit explanation factor sign symptom way tip remedy treatment step strategy
technique trick method exercise solution habit measure"""
NOUN = rf"(?:{'|'.join(_NOUNS.split())}|remedie|strategie)"
LISTING = re.compile(rf"\b{NOUN}s\b")  # "7 reasons why", "what causes it"
SMALL = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
TALLY = re.compile(rf"\b(?:(\d{{1,2}})|({'|'.join(SMALL[1:])}) )\s?(?:[\w/-]+ ){{0,4}}?{NOUN}s\b")  # "12 early signs"
NUMBER = re.compile(
    rf"\W{{0,2}}(?:(?:{NOUN}|no\.?|number)\s)?[#(\[]{{0,2}}(\d{{1,3}})(?:\s?[.):\]|–—-]{{1,2}})?\s+(?=\S)",
    re.IGNORECASE,
)  # "1. ", "1) ", "1 ", "#1 ", "Reason 1: "
LEAST = 2  # headings of a list
LEAD_IN = 60  # words between a heading that announces a list and its first heading
FOREIGN = 3  # one heading of so many may have the words of another kind


@dataclass(frozen=True, slots=True)
class _Run:
    """The places of headings that count on from 1, and of the heading before them."""

    places: Sequence[int]
    before: int | None
    words: int  # between the two


def mark_counted(lines: Sequence[Line], title: Title) -> tuple[list[Line], Mapping[int, SectionKind]]:
    """Give the lines with announced headings below what announces them, and the kinds of lists that the title does."""
    marked = list(lines)
    opened: dict[int, SectionKind] = {}
    for run in _find_runs(lines, title):
        heading = lines[run.before] if run.before is not None else None
        places = _announced(lines, run, heading.text, run.words) if heading else ()
        if not places and not opened and (places := _titled(lines, run, title.text, heading)):
            kind = section_kind(read_heading(title.text))
            opened[places[0]] = kind
        for place in places:
            marked[place] = replace(lines[place], rank=lines[place].rank + STEP, rule=COUNTED)
    return marked, opened


def _find_runs(lines: Sequence[Line], title: Title) -> Iterator[_Run]:
    """Give the runs of headings of one rank that count from 1; lower headings between them do not part them."""
    places: list[int] = []
    before: int | None = None
    words = between = 0
    for place, line in enumerate(lines):
        if line.zone or place == title.place:
            continue
        if line.kind != "heading":
            words += count_words(line.text)
            continue
        if places and line.rank > lines[places[0]].rank:
            continue
        number = read_number(line.text)
        if places and number == len(places) + 1 and line.rank == lines[places[0]].rank:
            places.append(place)
            continue
        if len(places) >= LEAST:
            yield _Run(places, before, between)
        if number == 1:
            before = before if before is not None and lines[before].rank <= line.rank else None
            places, between = [place], words
        else:
            places, before = [], place
        words = 0
    if len(places) >= LEAST:
        yield _Run(places, before, between)


def read_number(text: str) -> int:
    """Give the number that a heading begins with, 0 for none: ``"Reason 2: Noise"`` → ``2``."""
    found = NUMBER.match(text)
    return int(found[1]) if found else 0


def _announced(lines: Sequence[Line], run: _Run, heading: str, words: int) -> Sequence[int]:
    """Give the places of the headings that the one before them announces."""
    meaning = read_heading(heading)
    if meaning is None or meaning.kind not in MAIN:
        return ()
    names = LISTING.search(normal_heading(heading)) is not None
    if not (names or (meaning.exact and words <= LEAD_IN)):
        return ()
    places = _cut(lines, run.places, meaning.kind, read_tally(heading))
    return places if FOREIGN * _count_foreign(lines, places, meaning.kind) <= len(places) else ()


def _titled(lines: Sequence[Line], run: _Run, title: str, heading: Line | None) -> Sequence[int]:
    """Give the places of the headings that the title announces."""
    meaning, tally = read_heading(title), read_tally(title)
    if not tally or meaning is None or meaning.kind not in MAIN:
        return ()
    places = _cut(lines, run.places, meaning.kind, tally)
    foreign = _count_foreign(lines, places, meaning.kind)
    if len(places) == tally:
        return places if FOREIGN * foreign <= len(places) else ()
    own = heading is None or not _is_foreign(read_heading(heading.text), meaning.kind)
    return places if own and not foreign else ()


def read_tally(text: str) -> int:
    """Give how many things a heading says it lists, 0 for none: ``"7 early signs of a cold"`` → ``7``."""
    found = TALLY.search(" ".join(re.findall(r"[\w/-]+", text.casefold())))
    return 0 if not found else int(found[1]) if found[1] else SMALL.index(found[2]) + 1


def _cut(lines: Sequence[Line], places: Sequence[int], kind: str, tally: int) -> Sequence[int]:
    """Give as many places as are announced, else those up to the last heading that is not of another kind."""
    if LEAST <= tally <= len(places):
        return places[:tally]
    end = len(places)
    while end and _is_foreign(read_heading(lines[places[end - 1]].text), kind):
        end -= 1
    return places[:end] if end >= LEAST else ()


def _count_foreign(lines: Sequence[Line], places: Sequence[int], kind: str) -> int:
    return sum(_is_foreign(read_heading(lines[place].text), kind) for place in places)


def _is_foreign(meaning: Meaning | None, kind: str) -> bool:
    return meaning is not None and meaning.kind != kind and (meaning.exact or meaning.plain)
