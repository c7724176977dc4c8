"""The stream of lines that every kind of page becomes, and how a citation mark is kept inside a line's text."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

LineKind = Literal["heading", "paragraph", "item"]

MARK_OPEN, MARK_TARGET, MARK_CLOSE = "\ue000", "\ue001", "\ue002"  # "hurts.\ue000[1]\ue001ref-1\ue002"
MARK = re.compile(f"{MARK_OPEN}([^{MARK_CLOSE}]*){MARK_TARGET}([^{MARK_CLOSE}]*){MARK_CLOSE}")
_ANY = f"{MARK_OPEN}[^{MARK_CLOSE}]*{MARK_CLOSE}"
BRACKETED = re.compile(rf"[\[(]\s?({_ANY}(?:\s?[,;–-]?\s?{_ANY}){{0,20}})\s?[\])]")  # "[<a href=#r1>1</a>]"
UNWANTED = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f\u00ad\u200b\u200e\u200f\u2060\ufeff\ue000-\ue002]")
SYMBOLS = re.compile(
    "[\u2190-\u21ff\u2460-\u27bf\u2b00-\u2bff\U0001f000-\U0001faff\ufe0f\u200d]+"
)  # pictures between words
WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")

COLUMN, CELL = "head of a column", "cell of a table"  # the rules of such lines
HEADED_CELL = "cell below the head of a column"
STYLED_RANK = 7  # classes and font sizes that act as headings stand below <h6>
BOLD_RANK = 8  # then bold lines, bold italics, underlined lines
PLAIN_RANK = 9  # then lines that are headings by their words alone
NESTED = 0.5  # what a heading stands lower that only looks less than others of its sort


@dataclass(frozen=True, slots=True)
class Line:
    """One visual unit of a page before anything is decided about it.

    `rank` is 1 to 6 for real headings, more for lines only styled so, 0 for the rest; `rule` says what made it a
    heading; `zone` is the kind of page furniture it stands in; `linked` the share of its characters inside links;
    `declared` the kind of section the page itself names; `group` counts the lists; `look` is how its
    element is styled; `lead` the length of a bold beginning; `hrefs` the addresses it links to; `box` counts the boxes
    beside the text, 0 is none; `backs` are the ids on the page that it leads back to.
    """

    text: str
    kind: LineKind = "paragraph"
    rank: float = 0
    rule: str = ""
    zone: str | None = None
    linked: float = 0.0
    declared: str | None = None
    ids: tuple[str, ...] = ()
    group: int = 0
    number: int | None = None
    look: str = ""
    lead: int = 0
    hrefs: tuple[str, ...] = ()
    box: int = 0
    backs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Page:
    """A page as read: its lines, and what its head says (`metas` by lower-case name, `json_ld` as objects)."""

    lines: tuple[Line, ...]
    metas: Mapping[str, str] = field(default_factory=dict)
    json_ld: tuple[Any, ...] = ()
    times: Mapping[str, str] = field(default_factory=dict)
    title: str | None = None
    canonical: str | None = None


@dataclass(frozen=True, slots=True)
class Placed:
    """A line, what became of it (title, heading, body, reference, byline, dropped) and the rule that decided."""

    line: Line
    role: str
    rule: str


def clean_text(text: str) -> str:
    """Give `text` without control characters, soft hyphens, direction marks and our own mark characters."""
    return UNWANTED.sub("", text) if UNWANTED.search(text) else text


def plain_text(text: str) -> str:
    """Give the text of a line with its marks as they were printed."""
    return MARK.sub(r"\1", text) if MARK_OPEN in text else text


def bare_text(text: str) -> str:
    """Give the text of a line without the marks that markup made certain."""
    return MARK.sub("", text) if MARK_OPEN in text else text


def count_words(text: str) -> int:
    """Give the number of blank-separated words."""
    return len(text.split())


def normal_words(text: str) -> str:
    """Give the words of `text` in lower case with single blanks between them: equal for equal titles."""
    return " ".join(WORD.findall(text.casefold()))


def join_wrapped(lines: Iterable[str]) -> list[str]:
    """Give `lines` with those joined that a narrow page wrapped: the next one goes on in the middle of a sentence."""
    joined: list[list[str]] = []
    for line in lines:
        if joined and _goes_on(joined[-1][-1], line):
            joined[-1].append(line)
        else:
            joined.append([line])
    return [join_lines(part) for part in joined]


BROKEN = re.compile(r"\w-$|[\w/]/$")  # a line that ends so was broken in a word: "Maciejewska-", "https://x.org/"
JOINED = re.compile(r"(?!and\b|or\b|to\b)\w")  # "short- / and long-term" was not


def join_lines(lines: Iterable[str]) -> str:
    """Give wrapped lines as one, names and addresses that were broken at a hyphen or slash whole again."""
    text = ""
    for line in lines:
        whole = BROKEN.search(text[-3:]) and JOINED.match(line)
        text += line if whole or not text else f" {line}"
    return text


NEW_LINE = re.compile(
    r"(?:[-*•·–—▪◦]|\[?\(?\d{1,3}[.)\]])\s|[A-Z][\w ]{0,30}:(?:\s|$)"
)  # "• ", "3. ", "[3] ", "Updated: "
LATER_MARK = re.compile(r"\[(?!1\])\d{1,3}\]")  # "[2]" begins no list, so it is a mark of the line before
WRAPPED = 45  # characters; a line that long and without a full stop was wrapped, a shorter one is a line of its own


def is_mark_behind(before: str, line: str) -> bool:
    """Tell whether the mark a line begins with belongs to the sentence before it: ``"… is painful. / [1] It is …"``."""
    if LATER_MARK.match(line):
        return True
    return line.startswith("[1]") and len(before) > WRAPPED and before[-1] != ":"


def _goes_on(before: str, line: str) -> bool:
    """Tell whether `line` is the rest of a sentence that `before` began."""
    if before.rfind("[") > before.rfind("]"):  # "[1, / 2]"
        return True
    if is_mark_behind(before, line):
        return True
    if NEW_LINE.match(line):
        return False
    if line[:1].islower():
        return True
    return len(before) > WRAPPED and before[-1] not in '.?!:”"'
