"""The passages of a document that match, cut to size, escaped, the matching words marked.

Words are found by the beginning of their stem and then analysed, so that only what the search matches is marked. Of a
phrase only the whole phrase is marked.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from html import escape

from indexer.analyzer import EXACT, STEMS, WORD
from indexer.spelling import read_spelling_rules
from kb.hits import Passage
from kb.model import Snippet
from kb.query import Marks

PASSAGES = 2  # snippets of one hit
LENGTH = 220  # characters of a snippet, about
LEAD = 60  # characters shown before the first marked word
OPENING = 160  # characters of a snippet in which nothing is marked
NEEDLE_LENGTH = 3  # letters of a stem that are looked for at least
CUT = 2  # letters at the end of a stem that its words may have differently: "anxieti" → "anxie", "color" → "col"

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A passage with the places to mark; the more different words, the better."""

    passage: Passage
    spans: tuple[Span, ...]
    different: int


def build_snippets(passages: Sequence[Passage], marks: Marks) -> tuple[Snippet, ...]:
    """Give the best passages with marks, in the order of the text; the opening words where nothing is to be marked."""
    found = [candidate for passage in passages if (candidate := _find(passage, marks)) is not None]
    if not found:
        opening = [Snippet(passage.place, _cut(passage.text, (), 0, OPENING)) for passage in passages[:1]]
        return tuple(opening)
    best = sorted(range(len(found)), key=lambda place: (-found[place].different, -len(found[place].spans), place))
    return tuple(_build(found[place]) for place in sorted(best[:PASSAGES]))


def _find(passage: Passage, marks: Marks) -> _Candidate | None:
    lower = _lower(passage.text)
    spans: dict[Span, str] = {}
    for start, end, word in _words_at(lower, _needles(marks.stems, marks.words)):
        if STEMS[word] in marks.stems or EXACT[word] in marks.words:
            spans[start, end] = STEMS[word] or word
    for phrase in marks.phrases:
        for span in _phrase_spans(lower, phrase):
            spans[span] = " ".join(phrase)
    if not spans:
        return None
    return _Candidate(passage, _join(sorted(spans)), len(set(spans.values())))


def _lower(text: str) -> str:
    """Give a text in lower case, letter for letter at the same place."""
    lower = text.lower()
    if len(lower) == len(text):
        return lower
    return "".join(small if len(small := letter.lower()) == 1 else letter for letter in text)


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


def _words_at(lower: str, needles: Sequence[str]) -> Iterator[tuple[int, int, str]]:
    """Give the words that begin with a needle, with their place."""
    for needle in needles:
        place = lower.find(needle)
        while place >= 0:
            if place == 0 or not lower[place - 1].isalnum():
                word = WORD.match(lower, place)
                if word is not None:
                    yield word.start(), word.end(), word[0]
            place = lower.find(needle, place + len(needle))


def _phrase_spans(lower: str, phrase: Sequence[str]) -> Iterator[Span]:
    """Give where the words of a phrase of stems follow one another; stop words between them do not count."""
    for start, _, word in _words_at(lower, _needles(frozenset(phrase[:1]), frozenset())):
        if STEMS[word] != phrase[0]:
            continue
        place = 0
        for follower in WORD.finditer(lower, start):
            stem = STEMS[follower[0]]
            if stem is None:
                continue
            if stem != phrase[place]:
                break
            place += 1
            if place == len(phrase):
                yield start, follower.end()
                break


def _join(spans: Sequence[Span]) -> tuple[Span, ...]:
    """Give ascending spans without overlap."""
    joined: list[Span] = []
    for start, end in spans:
        if joined and start < joined[-1][1]:
            joined[-1] = joined[-1][0], max(end, joined[-1][1])
        else:
            joined.append((start, end))
    return tuple(joined)


def _build(candidate: _Candidate) -> Snippet:
    """Give the part of a passage with the most marks."""
    spans, text = candidate.spans, candidate.passage.text
    counts = [sum(start <= other[0] and other[1] <= start + LENGTH for other in spans) for start, _ in spans]
    first = spans[counts.index(max(counts))][0]
    begin = max(0, min(first - LEAD, len(text) - LENGTH))
    return Snippet(candidate.passage.place, _cut(text, spans, begin, begin + LENGTH))


def _cut(text: str, spans: Sequence[Span], begin: int, end: int) -> str:
    """Give text between two places, moved to whole words, as HTML with marks and with … where it is cut."""
    if begin > 0:
        begin = max(text.find(" ", begin), 0) + 1
    if end < len(text):
        blank = text.rfind(" ", begin, end)
        end = blank if blank > begin else end
    pieces = ["… " if begin > 0 else ""]
    place = begin
    for start, stop in spans:
        if start >= place and stop <= end:
            pieces += [escape(text[place:start]), "<mark>", escape(text[start:stop]), "</mark>"]
            place = stop
    pieces += [escape(text[place:end]), " …" if end < len(text) else ""]
    return "".join(pieces)
