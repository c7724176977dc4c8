"""The passages of a document that match, cut to size, escaped, the matching words marked.

Words are found by the beginning of their stem and then analysed, so that only what the search matches is marked; of a
phrase only the whole phrase is. Passages are analysed in the order of how many such beginnings stand in them, until
none that is left can have more different words.
"""

from bisect import insort
from collections.abc import Mapping, Sequence
from functools import reduce
from html import escape
from itertools import chain
from operator import and_

import numpy as np
from numpy.typing import NDArray

from indexer.text.analyzer import EXACT, STEMS, WORD
from indexer.text.spelling import read_spelling_rules
from kb.beginnings import Passages
from kb.hits import Found, Passage
from kb.model import Snippet
from kb.query.build import Marks

PASSAGES = 2  # snippets of one hit
LENGTH = 220  # characters of a snippet, about
LEAD = 60  # characters shown before the first marked word
OPENING = 160  # characters of a snippet in which nothing is marked
NEEDLE_LENGTH = 3  # letters of a stem that are looked for at least
CUT = 2  # letters at the end of a stem that its words may have differently: "anxieti" → "anxie", "color" → "col"

Span = tuple[int, int]
Spans = list[Span]


class Marker:
    """Finds what one question marks; it is made for the question, and used for all its hits."""

    def __init__(self, marks: Marks) -> None:
        """Take what is to be marked."""
        self._marked = _Marked(marks)
        self._words = _group(_build_needles(marks))
        self._phrases = tuple((phrase, Marker(Marks(frozenset(phrase[:1])))) for phrase in marks.phrases)

    def count(self, passages: Passages) -> NDArray[np.int64]:
        """Give for each passage how many different words and phrases it has at most, by how its words begin."""
        counts = np.zeros(passages.count, np.int64)
        for word in self._words:
            counts += passages.having(word)
        for phrase, _ in self._phrases:  # it can only stand where every word of it begins
            words = _group(_build_needles(Marks(frozenset(phrase))))
            counts += reduce(and_, map(passages.having, words))
        return counts

    def find(self, lower: str) -> list[Spans]:
        """Give the places of each word and each phrase that stands in a text in lower case."""
        found: list[Spans] = []
        marked, find, match = self._marked, lower.find, WORD.match
        for word in self._words:
            spans: Spans = []
            for needle in word:
                place = find(needle)
                while place >= 0:
                    if place == 0 or not lower[place - 1].isalnum():
                        whole = match(lower, place)
                        if whole is not None and marked[whole[0]]:
                            spans.append(whole.span())
                    place = find(needle, place + len(needle))
            if spans:
                found.append(sorted(spans) if len(word) > 1 else spans)
        for phrase, first in self._phrases:
            if spans := first._find_phrase(phrase, lower):
                found.append(spans)
        return found

    def _find_phrase(self, phrase: Sequence[str], lower: str) -> Spans:
        """Give where this first word and the others of a phrase of stems follow one another, stop words aside."""
        starts = chain.from_iterable(self.find(lower))
        return [(start, last) for start, end in starts if (last := _follow(phrase[1:], lower, end)) is not None]


def _follow(stems: Sequence[str], lower: str, end: int) -> int | None:
    """Give where words of these stems end that follow one another after `end`, stop words aside; None for others."""
    for stem in stems:
        word = WORD.search(lower, end)
        while word is not None and STEMS[word[0]] is None:
            word = WORD.search(lower, word.end())
        if word is None or STEMS[word[0]] != stem:
            return None
        end = word.end()
    return end


class _Marked(dict[str, bool]):
    """Whether a word, in lower case, is to be marked."""

    def __init__(self, marks: Marks) -> None:
        super().__init__()
        self._marks = marks

    def __missing__(self, word: str) -> bool:
        marked = self[word] = STEMS[word] in self._marks.stems or EXACT[word] in self._marks.words
        return marked


def _build_needles(marks: Marks) -> dict[str, str]:
    """Give the beginnings that words to be marked have, in both spellings, each with what it is the beginning of.

    None begins with another.
    """
    fragments = read_spelling_rules()["fragments"]
    beginnings = {word: word for word in marks.words}
    for stem in marks.stems:
        british = {stem.replace(american, fragment) for fragment, american in fragments.items() if american in stem}
        beginnings |= {form[: max(NEEDLE_LENGTH, len(form) - CUT)]: stem for form in {stem, *british}}
    kept: dict[str, str] = {}
    last: str | None = None
    for needle in sorted(beginnings):
        if last is None or not needle.startswith(last):
            kept[needle] = beginnings[needle]
            last = needle
    return kept


def _group(needles: Mapping[str, str]) -> list[list[str]]:
    """Give the beginnings of each word together."""
    words: dict[str, list[str]] = {}
    for needle, word in needles.items():
        words.setdefault(word, []).append(needle)
    return list(words.values())


def build_snippets(documents: Sequence[Found], marker: Marker) -> list[tuple[Snippet, ...]]:
    """Give the best passages of each document with marks, in the order of the text.

    Where nothing is to be marked it is the opening words.
    """
    if not documents:
        return []
    passages = Passages([found.beginnings for found in documents])
    counts = passages.part(marker.count(passages).tolist())
    return [_build_best(found, most, marker) for found, most in zip(documents, counts, strict=True)]


def _build_best(found: Found, most: Sequence[int], marker: Marker) -> tuple[Snippet, ...]:
    """Give the snippets of a document whose passages have so many words and phrases at most."""
    best: list[tuple[int, int, list[Spans]]] = []  # minus how many different words and phrases, the place, where
    for place in sorted(range(len(most)), key=most.__getitem__, reverse=True):
        if not most[place] or (len(best) >= PASSAGES and best[PASSAGES - 1] < (-most[place], place)):
            break
        spans = marker.find(found.passages[place].lower)
        if spans:
            insort(best, (-len(spans), place, spans))
    if best:
        return tuple([_build(found.passages[place], spans) for _, place, spans in sorted(best[:PASSAGES], key=_place)])
    return tuple([Snippet(passage.place, _cut(passage, (0, OPENING), [])) for passage in found.passages[:1]])


def _place(entry: tuple[int, int, list[Spans]]) -> int:
    return entry[1]


def _build(passage: Passage, found: Sequence[Spans]) -> Snippet:
    """Give the part of a passage that shows most of what was found in it."""
    if len(found) == 1:
        spans, start = found[0], found[0][0][0]
    else:
        spans, start = _join(list(chain.from_iterable(found))), _find_start([spans[0][0] for spans in found])
    begin = max(0, min(start - LEAD, len(passage.text) - LENGTH))
    return Snippet(passage.place, _cut(passage, (begin, begin + LENGTH), spans))


def _find_start(places: Sequence[int]) -> int:
    """Give the first of the places from which on most of them are shown."""
    start = min(places)
    if max(places) < start + LENGTH - LEAD:
        return start
    return max(sorted(places), key=lambda start: sum(start <= other < start + LENGTH - LEAD for other in places))


def _join(spans: Spans) -> Spans:
    """Give spans in order and without overlap."""
    joined: Spans = []
    for start, end in sorted(spans):
        if joined and start < joined[-1][1]:
            joined[-1] = joined[-1][0], max(end, joined[-1][1])
        else:
            joined.append((start, end))
    return joined


def _cut(passage: Passage, window: Span, spans: Spans) -> str:
    """Give the text of a window, moved to whole words, as HTML with marks and with … where it is cut."""
    text, (begin, end) = passage.text, window
    if begin > 0:
        begin = text.find(" ", begin, end) + 1 or begin
    if end < len(text):
        blank = text.rfind(" ", begin, end)
        end = blank if blank > begin else end
    quote = escape if has_special(text) else str
    html, place = "… " if begin > 0 else "", begin
    for start, stop in spans:
        if begin <= start and stop <= end:
            html += f"{quote(text[place:start])}<mark>{quote(text[start:stop])}</mark>"
            place = stop
    return f"{html}{quote(text[place:end])}{' …' if end < len(text) else ''}"


def has_special(text: str) -> bool:
    """Say whether a text has to be escaped to be HTML."""
    return "'" in text or '"' in text or "&" in text or "<" in text or ">" in text
