"""The passages of a document that match, cut to size, escaped, the matching words marked.

Words are found by the beginning of their stem and then analysed, so that only what the search matches is marked. Of a
phrase only the whole phrase is marked. A few places of every word are enough to choose passages by; what is shown is
then marked completely.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import lru_cache
from html import escape
from itertools import islice

from indexer.text.analyzer import EXACT, STEMS, WORD
from indexer.text.spelling import read_spelling_rules
from kb.hits import Found
from kb.model import Snippet
from kb.query.build import Marks

PASSAGES = 2  # snippets of one hit
PLACES = 6  # places of one word that are looked at to choose passages
LENGTH = 220  # characters of a snippet, about
LEAD = 60  # characters shown before the first marked word
OPENING = 160  # characters of a snippet in which nothing is marked
NEEDLE_LENGTH = 3  # letters of a stem that are looked for at least
CUT = 2  # letters at the end of a stem that its words may have differently: "anxieti" → "anxie", "color" → "col"

SPECIAL = re.compile("[&<>\"']")

Span = tuple[int, int]


def build_snippets(found: Found, marks: Marks) -> tuple[Snippet, ...]:
    """Give the best passages with marks, in the order of the text; the opening words where nothing is to be marked."""
    if not found.starts:
        return ()
    spots: dict[int, dict[str, int]] = {}  # passage → what was found in it → its first place
    for name, start in _find_spots(found.lower, marks):
        spots.setdefault(bisect_right(found.starts, start) - 1, {}).setdefault(name, start)
    if not spots:
        return (Snippet(found.places[0], _cut(found, 0, (0, OPENING), marks)),)
    best = sorted(spots, key=lambda passage: (-len(spots[passage]), passage))[:PASSAGES]
    return tuple(_build(found, passage, sorted(spots[passage].values()), marks) for passage in sorted(best))


def _find_spots(lower: str, marks: Marks) -> Iterator[tuple[str, int]]:
    """Give a few places of every word and phrase to be marked, by its name."""
    for needle in _needles(marks.stems, marks.words):
        for start, _, name in _find_marked(lower, needle, marks, PLACES):
            yield name, start
    for phrase in marks.phrases:
        for start, _ in islice(_phrase_spans(lower, phrase), PLACES):
            yield " ".join(phrase), start


def _build(found: Found, passage: int, places: Sequence[int], marks: Marks) -> Snippet:
    """Give the part of a passage that shows most of the places found in it."""
    first, end = found.bounds(passage)
    start = places[0]
    if places[-1] >= start + LENGTH - LEAD:  # not all of them can be shown
        shown = [sum(start <= other < start + LENGTH - LEAD for other in places) for start in places]
        start = places[shown.index(max(shown))]
    begin = max(first, min(start - LEAD, end - LENGTH))
    return Snippet(found.places[passage], _cut(found, passage, (begin, begin + LENGTH), marks))


def _cut(found: Found, passage: int, window: Span, marks: Marks) -> str:
    """Give the text of a window, moved to whole words, as HTML with marks and with … where it is cut."""
    first, last = found.bounds(passage)
    begin, end = window[0], min(window[1], last)
    if begin > first:
        begin = found.text.find(" ", begin, end) + 1 or begin
    if end < last:
        blank = found.text.rfind(" ", begin, end)
        end = blank if blank > begin else end
    text, lower = found.text[begin:end], found.lower[begin:end]
    pieces = ["… " if begin > first else ""]
    place = 0
    for start, stop in _find_spans(lower, marks):
        pieces += [escape_text(text[place:start]), "<mark>", escape_text(text[start:stop]), "</mark>"]
        place = stop
    pieces += [escape_text(text[place:]), " …" if end < last else ""]
    return "".join(pieces)


def escape_text(text: str) -> str:
    """Give a text as HTML; most pieces of prose have nothing to escape."""
    return escape(text) if SPECIAL.search(text) else text


def _find_spans(lower: str, marks: Marks) -> list[Span]:
    """Give everything to mark in a short text, in order and without overlap."""
    found = (_find_marked(lower, needle, marks, len(lower)) for needle in _needles(marks.stems, marks.words))
    spans = [(start, end) for words in found for start, end, _ in words]
    for phrase in marks.phrases:
        spans += _phrase_spans(lower, phrase)
    if len(spans) < 2:
        return spans
    joined: list[Span] = []
    for start, end in sorted(spans):
        if joined and start < joined[-1][1]:
            joined[-1] = joined[-1][0], max(end, joined[-1][1])
        else:
            joined.append((start, end))
    return joined


@lru_cache(maxsize=512)
def _needles(stems: frozenset[str], words: frozenset[str]) -> tuple[str, ...]:
    """Give the beginnings that words of these stems have, in both spellings; none begins with another."""
    fragments = read_spelling_rules()["fragments"]
    beginnings = set(words)
    for stem in stems:
        british = {stem.replace(american, fragment) for fragment, american in fragments.items() if american in stem}
        beginnings |= {form[: max(NEEDLE_LENGTH, len(form) - CUT)] for form in {stem, *british}}
    kept: list[str] = []
    for needle in sorted(beginnings):
        if not kept or not needle.startswith(kept[-1]):
            kept.append(needle)
    return tuple(kept)


def _find_marked(lower: str, needle: str, marks: Marks, limit: int) -> list[tuple[int, int, str]]:
    """Give the first words to be marked that begin with a needle, with their places and their term."""
    found: list[tuple[int, int, str]] = []
    place = lower.find(needle)
    while place >= 0 and len(found) < limit:
        if place == 0 or not lower[place - 1].isalnum():
            match = WORD.match(lower, place)
            if match is not None:
                word = match[0]
                stem = STEMS[word]
                if stem in marks.stems or EXACT[word] in marks.words:
                    found.append((place, match.end(), stem or word))
        place = lower.find(needle, place + len(needle))
    return found


def _phrase_spans(lower: str, phrase: Sequence[str]) -> Iterator[Span]:
    """Give where the words of a phrase of stems follow one another; stop words between them do not count."""
    begins = Marks(frozenset(phrase[:1]))
    for needle in _needles(begins.stems, begins.words):
        for first, end, _ in _find_marked(lower, needle, begins, len(lower)):
            place = 1
            for follower in WORD.finditer(lower, end):
                stem = STEMS[follower[0]]
                if stem is None:
                    continue
                if stem != phrase[place]:
                    break
                place += 1
                if place == len(phrase):
                    yield first, follower.end()
                    break
