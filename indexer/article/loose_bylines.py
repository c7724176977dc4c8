"""Names and dates printed without a label around the title: told by where they stand and what stands beside them."""

import re
from collections.abc import Mapping, Sequence

from indexer.article.headings import find_drop_heading, read_heading
from indexer.bylines.byline import Byline, parse_byline
from indexer.bylines.labels import BEFORE_DATE, CLOCK
from indexer.bylines.people import parse_people
from indexer.bylines.rows import read_row
from indexer.markup.blocks import Line, bare_text, count_words, normal_words
from indexer.text.dates import NAMES, parse_date

LONGEST = 120  # characters of such a line
BEFORE = 6  # lines before the title that are looked at
AFTER = 12  # lines behind it
PROSE = 14  # words from which a line is the body, where nobody is named any more
SIGNED = 3  # lines at the end of the text that may be signed
NEAR = 2  # lines between a name and the date or label that makes it a byline
DAY_FORM = r"[0-3]?\d(?:st|nd|rd|th)?"
NOISE = re.compile(  # what such lines also say: "4 min read", "1.2K views"
    r"\b\d+(?:\s*[-–]\s*\d+)?\s*-?\s*min(?:ute)?s?\b(?:\s*(?:read|reading time))?|\bfollow\b|[|·•»›—–]"
    r"|\bversion\s\d[\d.]{0,8},?"
    r"|(?<!\w)\d[\d.,]*\s?[km]?\s?(?:views?|comments?|shares?|likes?|claps?|followers?|replies|reads)\b",
    re.IGNORECASE,
)
COUNT = re.compile(r"\d{1,3}(?:[.,]\d{1,3})?\s?[kKmM]?")  # "1.2K"
AGO = re.compile(  # dates that only a <time> element tells in full: "3 years ago", "6 May"
    r"(?:\d{1,2}|an?|one|two|three)\s(?:minute|hour|day|week|month|year)s?\sago|yesterday"
    rf"|{DAY_FORM}\s(?:{NAMES})\.?|(?:{NAMES})\.?\s{DAY_FORM}",
    re.IGNORECASE,
)
PERSON_LOOK = re.compile(r"author|byline|credit|user-?name|writer|contributor|creator", re.IGNORECASE)
DATE_LOOK = re.compile(r"date|time|posted|publish|stamp", re.IGNORECASE)
WEEKDAY = re.compile(r"(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\.?\Z", re.IGNORECASE)
EDGES = " \t\n,;:|·•»›—–-()."


def find_loose_bylines(lines: Sequence[Line], title: int | None) -> Mapping[int, Byline]:
    """Give the places of lines around the title that are nothing but a name, a date or a count, and what they say."""
    start = title if title is not None else -1
    own = normal_words(lines[title].text) if title is not None else ""
    read: dict[int, Byline] = {}
    above: dict[int, Byline] = {}
    anchors: list[int] = []
    for place in range(max(0, start - BEFORE), min(len(lines), start + 1 + AFTER)):
        line = lines[place]
        text = " ".join(bare_text(line.text).split())  # "Jane Roe¹": the mark leads to an affiliation
        if place == title or line.zone or not text or normal_words(text) == own:
            continue
        if place > start and _is_body(line, text):
            break
        if len(text) > LONGEST or find_drop_heading(text):
            continue
        if parse_byline(text):
            anchors.append(place)
            continue
        found = read_loose(text)
        if found is None:
            continue
        if place < start and not _is_dated_name(found) and not _looks_so(found, line):
            above[place] = found
            continue
        read[place] = found
        if not found.authors or PERSON_LOOK.search(line.look):
            anchors.append(place)
    pairs = _find_pairs(above)
    read |= pairs
    anchors += pairs
    return _find_signature(lines) | {
        place: byline
        for place, byline in read.items()
        if not byline.authors or byline.published or any(abs(place - anchor) <= NEAR for anchor in anchors)
    }


def _find_pairs(above: Mapping[int, Byline]) -> dict[int, Byline]:
    """Give those above the title where a name and a date stand side by side."""
    return {
        place: byline
        for place, byline in above.items()
        if any(near in above and bool(above[near].authors) != bool(byline.authors) for near in (place - 1, place + 1))
    }


def _find_signature(lines: Sequence[Line]) -> dict[int, Byline]:
    """Give the line below an article's text that is nothing but a name and a date, as letters are signed."""
    end = next((place for place, line in enumerate(lines) if _begins_references(line)), len(lines))
    for place in range(end - 1, max(0, end - 1 - SIGNED), -1):
        line = lines[place]
        if not line.zone and line.kind == "paragraph" and len(line.text) <= LONGEST:
            found = read_loose(" ".join(bare_text(line.text).split()))
            if found and (_is_dated_name(found) or (found.published and _stands_by_byline(lines, place))):
                return {place: found}
    return {}


def _stands_by_byline(lines: Sequence[Line], place: int) -> bool:
    """Tell whether a date below the text stands near a byline or in an element whose classes speak of one."""
    near = lines[max(0, place - NEAR) : place]
    return DATE_LOOK.search(lines[place].look) is not None or any(parse_byline(line.text) for line in near)


def _begins_references(line: Line) -> bool:
    meaning = read_heading(line.text) if line.kind == "heading" else None
    return meaning is not None and meaning.kind == "references"


def read_loose(text: str) -> Byline | None:
    """Give what a line says that is only a name, a date or a count: ``"Jane Roe » Tue Dec 04, 2018 8:10 pm"``."""
    row = read_row(text)
    if row:
        return Byline(row.authors, published=row.published, updated=row.updated)
    date = parse_date(text)
    if date and (date.iso is None or len(date.iso) < 10):
        return None
    head, tail = (text[: date.start], text[date.end :]) if date else (text, "")
    clock = CLOCK.match(tail)
    tail = NOISE.sub("", tail[clock.end() :] if clock else tail).strip(EDGES)
    if tail and WEEKDAY.sub("", NOISE.sub("", head)).strip(EDGES):
        return None
    head = tail or head  # "9 May 2019 Jane Roe"
    head = re.sub(r"(?i)\Aby\s", "", WEEKDAY.sub("", NOISE.sub(" ", head).strip(EDGES)).strip(EDGES))
    published = date.iso if date else None
    if not head or COUNT.fullmatch(head) or AGO.fullmatch(head) or BEFORE_DATE.fullmatch(head):
        return Byline(published=published)
    people = parse_people(head)
    if people is None or people.rest or count_words(head) > PROSE or not all(" " in name for name in people.names):
        return None
    return Byline(authors=people.names, published=published)


def _is_dated_name(found: Byline) -> bool:
    return bool(found.authors and found.published)


def _looks_so(found: Byline, line: Line) -> bool:
    """Tell whether the classes of a line's element speak of what was found in it."""
    return (PERSON_LOOK if found.authors else DATE_LOOK).search(line.look) is not None


def _is_body(line: Line, text: str) -> bool:
    """Tell whether a line behind the title begins the article itself."""
    if line.kind == "heading":
        return read_heading(text) is not None
    return count_words(text) >= PROSE and text[-1:] in ".!?:" and parse_byline(text) is None
