"""The title of a page that was copied with its menu: the lines above it are no title, however like one they look."""

import re
from collections.abc import Sequence

from indexer.article.boilerplate import FUNCTION_WORDS, find_reason
from indexer.article.headings import find_drop_heading, read_heading
from indexer.bylines.byline import parse_byline
from indexer.markup.blocks import Line, count_words, normal_words

SOUGHT = 40  # lines among which menu and title stand
LEAST = 2  # lines above the title that rules know as furniture
LONGEST_TITLE = 16  # words
SENTENCE = 9  # words from which a line with a stop is text
PROSE = 3  # paragraphs whose words tell the title
SHARED = 0.5  # share of a title's words that the text has at least
ADDRESS = re.compile(r"https?://|\bwww\.", re.IGNORECASE)  # what no title has


def find_below_menu(lines: Sequence[Line]) -> int | None:
    """Give the place of the title below a menu: the line above the byline, else the last whose words the text has."""
    end = next((place for place, line in enumerate(lines[:SOUGHT]) if _is_text(line.text)), None)
    if end is None:
        return None
    top = lines[:end]
    reasons = [find_reason(line.text) for line in top]
    known = [place for place, line in enumerate(top) if reasons[place] or find_drop_heading(line.text)]
    if len(known) < LEAST or known[0] >= LEAST:
        return None
    places = [place for place in range(known[0] + 1, end) if not top[place].zone and is_titular(top[place].text)]
    signed = [place for place in places if place > known[LEAST - 1] and _is_signed(top, place)]
    path = [line.text for line, reason in zip(top, reasons, strict=True) if reason and reason[0] == "navigation"]
    below = [line.text for line in lines[end:] if _is_text(line.text)][:PROSE]
    told = {word for text in (*path, *below) for word in normal_words(text).split()}
    shared = [place for place in places if not _names_part(top[place].text) and _share(top[place].text, told) >= SHARED]
    return next(iter((*signed[:1], *reversed(shared))), None)


def _is_signed(top: Sequence[Line], place: int) -> bool:
    return place + 1 < len(top) and parse_byline(top[place + 1].text) is not None


def _names_part(text: str) -> bool:
    """Tell whether a line is the heading of a section or a byline."""
    meaning = read_heading(text)
    return (meaning is not None and meaning.exact) or parse_byline(text) is not None


def is_titular(text: str) -> bool:
    """Tell whether a line may be a title by its length, its end and its words."""
    return (
        count_words(text) <= LONGEST_TITLE
        and text[-1] not in ".,;:!"
        and ADDRESS.search(text) is None
        and find_reason(text) is None
        and not find_drop_heading(text)
    )


def _is_text(text: str) -> bool:
    return count_words(text) > (SENTENCE if text[-1] == "." else 2 * LONGEST_TITLE) and not parse_byline(text)


def _share(text: str, told: set[str]) -> float:
    """Give how many of the words that say something in a line are among those of the text."""
    words = [word for word in normal_words(text).split() if word not in FUNCTION_WORDS]
    return sum(word in told for word in words) / len(words) if words else 0.0
