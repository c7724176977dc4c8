"""Lines that say who wrote an article and when, alone or together with the line below them."""

import re
from dataclasses import dataclass

from indexer.bylines.byline import Byline, parse_byline
from indexer.bylines.labels import is_label_alone
from indexer.markup.blocks import Line, count_words, plain_text
from indexer.model import Dropped

LONGEST = 500  # characters of a byline
LONGEST_VALUE = 12  # words of one in a line of its own
_WORDS = """
by author writ review updat modif revis edit publi post check date last creat submit words text contribut current
answer reply respon
"""
WORDS = tuple(_WORDS.split())  # one of them stands in every byline
YEAR = re.compile(r"\d{4}")
DATED = 60  # characters of a line that may be nothing but a date
HINTED = 60  # characters at the beginning of a line within a section, where such a word must stand
TELLING = re.compile(  # behind a name: "Jane Roe, MD, is a writer", "Jane Roe has written for papers"
    r"(?:,[^.?!]{1,80}?,|,? [A-Z][\w.-]{1,8})?,? (?:is|was|has|writes|lives|works|holds|covers|joined|studied|trained"
    r"|graduated|earned|received|loves|enjoys|specializes|specialises|practi[cs]es|teaches|runs|founded)\b"
)
SUBMITTED = re.compile(r"^(?:submitted|contributed|created|added) by\b", re.I)
FILED = re.compile(r"\s+(?:labels|tags|filed under|categories|topics)\s*:.*$", re.I)


@dataclass(frozen=True, slots=True)
class BylineLine:
    """A byline, its words, what of them is dropped, and whether the line below is part of it."""

    byline: Byline
    text: str
    dropped: tuple[Dropped, ...] = ()
    with_next: bool = False


def may_be_byline(text: str, *, inside: bool) -> bool:
    """Tell whether `text` may be a byline, `inside` a section or elsewhere: far cheaper than reading it."""
    lower = (text[:HINTED] if inside else text).casefold()
    return any(word in lower for word in WORDS) or (len(lower) < DATED and YEAR.search(lower) is not None)


def read_byline_line(line: Line, after: Line | None) -> BylineLine | None:
    """Give the byline that a line is, if need be with the value in the line below; ``None`` when it is none."""
    text = " ".join(plain_text(line.text).split())
    labelled = text.endswith(":") or line.rule in ("th", "dt") or is_label_alone(text)
    if after and labelled and after.kind != "heading" and count_words(after.text) <= LONGEST_VALUE:
        both = f"{text.rstrip(':')}: {plain_text(after.text).lstrip('@')}"
        if byline := parse_byline(both):
            return BylineLine(byline, both, _rest(byline), with_next=True)
    words = FILED.sub("", SUBMITTED.sub("Posted by", text, count=1))
    byline = parse_byline(words) or ("\n" in line.text and parse_byline(plain_text(line.text))) or None
    if byline is None:
        return None
    filed = len(words) < len(text) and words in text
    keywords = (Dropped("keywords", text[len(words) :].strip()),) if filed else ()
    return BylineLine(byline, text, (*_rest(byline), *keywords))


def tell_author_box(text: str, *people: Byline) -> tuple[str, str] | None:
    """Give why a line is no text but tells who somebody of the byline is: ``Jane Roe lives in Ohio``."""
    names = [
        name for byline in people for name in (*byline.authors, *byline.reviewers, *byline.editors, *byline.checkers)
    ]
    told = any(text.startswith(name) and TELLING.match(text, len(name)) for name in names)
    return ("author box", "tells who a person of the byline is") if told else None


def list_left_out(before: Byline, byline: Byline) -> tuple[Dropped, ...]:
    """Give the people of a further byline who are in no field: those named `before` stay authors and reviewers."""
    shown = {*(before.authors or byline.authors), *(before.reviewers or byline.reviewers)}
    people = (*byline.authors, *byline.reviewers, *byline.editors, *byline.checkers)
    names = ", ".join(dict.fromkeys(name for name in people if name not in shown))
    return (Dropped("rest of a byline", names),) if names else ()


def _rest(byline: Byline) -> tuple[Dropped, ...]:
    return (Dropped("rest of a byline", byline.rest),) if byline.rest else ()
