"""Where the sentences of a printed reference end, and which of them name a periodical, a site or a publisher."""

import re

from indexer.references.words import ABBREVIATIONS, JOURNAL_ABBREVIATIONS, PLACES, PUBLISHERS, WORDS
from indexer.text.names import UPPER

BOUNDARY = re.compile(
    rf"(?P<stop>[.?!…]['\"”’»)\]]{{0,3}}|\x00)\s+(?=[\"“„«'‘(\[¿]?[{UPPER}\d]|[a-z]{{1,3}}[{UPPER}])"
)  # between two sentences
INITIAL = re.compile(rf"(?:\A|[\s(.])[{UPPER}]\.\Z")  # "… J."
IMPRINT = re.compile(
    rf"(?:\A|"
    rf"(?<=[.,?!;)\]”\"\x00]))\s*(?P<place>[{UPPER}][^.:;?!\"“”()]{{1,60}}(?:\([A-Z][A-Za-z]{{1,20}}\))?)\s?:\s?(?P<publisher>[^:?!]{{2,120}})\Z"
)  # "Cambridge, MA: MIT Press"
PAREN_IMPRINT = re.compile(
    r"\s\((?P<place>[^():]{2,60})\s?:\s?(?P<publisher>[^():]{2,120}?)(?:,\s?(?P<year>(?:1[5-9]|20)\d\d))?"
    r"(?:\)?|\),\s?(?P<pages>\d{1,4}))[\s.]*\Z"
)  # "(New York: Penguin, 2008), 14"
CITY = re.compile(rf",\s(?=[{UPPER}][^,.:;]{{1,40}}(?:,\s[A-Z]{{2}})?\s?:\s[^:]{{2,80}}\Z)")  # ", New York: Penguin"
PERIODICAL = re.compile(
    r"(?:(?:In\s)?Proc(?:eedings|\.)|Journal\b|Annals\b|Advances\sin|Handbook\sof|Lecture\sNotes|Transactions|"
    r"Bulletin\b|Encyclop)"
)
SUBTITLE = re.compile(
    r"(?i:An?\s(?:[\w-]+\s){0,4}(?:review|overview|analysis|meta-analysis|study|trial|survey|report|update|guide|primer|series)"
    r"\b|(?:Results|Findings|Evidence|Insights|Implications)\s(?:from|of|for)\b|Fact\s?sheet\b)"
)  # a sentence that goes on with a title: "Worry? A systematic review"
EDITION = re.compile(
    r"[\s.,]{0,3}[\[(]?\b(?:\d{1,2}(?:st|nd|rd|th|\.?(?:º|ª|e|er|ème)?)|[Rr]ev(?:ised|\.)?|[Ss]econd|[Tt]hird|"
    r"[Ff]ourth|[Ff]ifth|[Ii]nt(?:ernational|'l)\.?)\s(?:[EeÉé]d(?:ition|n)?|[Aa]ufl(?:age)?)\b\.?[\])]?"
    r"|[.,]\s\d{1,2}\s[Vv]ols?\b\.?(?=\s|\Z)"
)
SMALL = frozenset(WORDS["small"].split())  # words that a name has in lower case


def sentence_ends(text: str) -> list[tuple[int, int]]:
    """Give where the sentences of `text` end and the next begin, sparing abbreviations and initials."""
    ends = []
    for match in BOUNDARY.finditer(text):
        before = text[: match.start() + 1][-24:]
        word = re.search(r"[\w'’.&-]*\.\Z", before)
        if match["stop"] == "." and word and is_abbreviation(word[0], before):
            continue
        ends.append((match.end("stop"), match.end()))
    return ends


def is_abbreviation(word: str, before: str) -> bool:
    """Say whether the stop behind `word` is that of an abbreviation or an initial; `before` is the text up to it."""
    if INITIAL.search(before) or word in ABBREVIATIONS:
        return True
    return word[0].isupper() and not word[1:-1].isupper() and word.lower() in JOURNAL_ABBREVIATIONS


def is_publisher(text: str) -> bool:
    """Say whether `text` is the name of a publisher and of nothing else."""
    return PUBLISHERS.search(text) is not None and len(text.split()) < 7 and not PERIODICAL.match(text)


def is_source(text: str) -> bool:
    """Say whether `text` reads as the name of a periodical, book, site or publisher rather than as a sentence."""
    words = re.findall(r"[^\W_][\w.'’-]*", text)
    if not 1 <= len(words) <= 24 or SUBTITLE.match(text):
        return False
    if PERIODICAL.match(text):
        return True
    if len(words) < 4 and words[0].isupper() and len(words[0]) > 1:
        return True  # "NHS inform"
    small = [word for word in words if word.islower() and word not in SMALL]
    return not small or (IMPRINT.search(text) is not None and len(small) < 4) or len(small) <= len(words) * 0.15


def find_city(text: str) -> re.Match[str] | None:
    """Give the comma behind which `text` ends in a place and its publisher ("…, New York: Penguin"), or ``None``."""
    return next((match for match in CITY.finditer(text) if is_city(text[match.end() :])), None)


def is_city(text: str) -> bool:
    """Say whether `text` begins with a place of publication that is no state's code: that stands behind its city."""
    return PLACES.match(text) is not None and re.match(r"[A-Z]{2}\b", text) is None
