"""Citation marks: found in a text, taken out of it, and tied to the sentence they stand in."""

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

from indexer.article.letters import find_letter_marks
from indexer.markup.blocks import MARK, MARK_CLOSE, MARK_OPEN, MARK_TARGET, plain_text

PLACE = r",?\s?pp?\.?\s?\d{1,4}(?:\s?[–-]\s?\d{1,4})?"  # ", p. 12", " pp. 12–14": where in the work cited
CITED = rf"\d{{1,3}}(?:{PLACE})?"
BRACKETED = (  # "[1]", "[1, 2]", "[1–3]", "[refs. 1, 2]", "[1, p. 12]"
    rf"\[\s*(?:[Rr]efs?\.?\s?)?{CITED}(?:\s*[,;–—-]\s*{CITED})*\s*\]"
)
REFERRED = r"\((?:see\s)?[Rr]efs?\.?\s?\d{1,3}(?:\s*[,;–—-]\s*\d{1,3})*\)"  # "(ref. 2)"
BRACKETS = re.compile(rf"\s*{REFERRED}|\s*(?:{BRACKETED})(?:\s*[,–-]?\s*{BRACKETED})*")
PARENS = re.compile(r"\s*\(\s*\d{1,3}(?:\s*[,;–—-]\s*\d{1,3})*\s*\)(?:\s*\(\d{1,3}\))*")  # "(1)", "(2, 3)"
SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹"
RAISED = re.compile(
    rf"\s?\[?[{SUPERSCRIPTS}]{{1,3}}(?:[,⁻˒’·–-]\s?[{SUPERSCRIPTS}]{{1,3}}|\s[{SUPERSCRIPTS}]{{1,3}})*\]?"
)  # "pain.¹,²"
STUCK = re.compile(
    r"(?<=[A-Za-z\)”\"][.,;?!])\d{1,3}(?:[,–-]\d{1,3})*(?=\s+[A-Z“\"(]|\s*$|(?<=[,;]\d)\s)"
)  # "worse.3 Then": a lost superscript
UNIT = re.compile(r"(?:^|[\s\d/(])(?:m|cm|mm|km|ft|in|kg/m|s|x|\d|10)$")  # "kg/m²"
PLACES = re.compile(PLACE)
NUMBER = re.compile(r"\d{1,3}")
CERTAIN = re.compile(f"{MARK_OPEN}[^{MARK_TARGET}]*(?:\\d[^{MARK_TARGET}]*{MARK_TARGET}|{MARK_TARGET}[^{MARK_CLOSE}])")
RANGE = re.compile(r"(\d{1,3})\s*\]?\s*[–—-]\s*\[?\s*(\d{1,3})")
WIDEST_RANGE = 40  # references; a wider range is no list of citations
COUNTED = re.compile(r"\((\d{1,2})\)\s*[a-z]")
LISTED_NEXT = re.compile(r"\s*[a-z]")  # "(1) stress, (2) sleep" counts, it does not cite


@dataclass(frozen=True, slots=True)
class Lifted:
    """A text without its marks, and for each mark its offset in that text and its reference numbers."""

    text: str
    marks: tuple[tuple[int, tuple[int, ...]], ...]


@dataclass(frozen=True, slots=True)
class Style:
    """How a page prints its marks: which references there are, and which of the unsure forms and letters cite here."""

    numbers: frozenset[int]
    targets: Mapping[str, int]
    brackets: bool = True
    parens: bool = False
    stuck: bool = False
    letters: bool = False


def build_style(texts: Collection[str], numbers: Collection[int], targets: Mapping[str, int], *, parens: bool) -> Style:
    """Give the style of marks in `texts`; `parens` says that the list itself is numbered ``(1)``."""
    known = frozenset(numbers)
    sure = any(
        CERTAIN.search(text)
        or (("[" in text or "(" in text) and BRACKETS.search(text))
        or (_has_raised(text) and RAISED.search(text))
        for text in texts
    )
    if sure or not known:
        return Style(known, targets, parens=parens)
    cites = parens or any(_cites(match, text, known) for text in texts for match in PARENS.finditer(text))
    stuck = not cites and any(_known(match[0], known) for text in texts for match in STUCK.finditer(text))
    return Style(known, targets, parens=cites, stuck=stuck)


def build_counted_style(texts: Collection[str], length: int, targets: Mapping[str, int]) -> Style:
    """Give the style of marks of a list of `length` entries without numbers: unsure forms must count from 1 on."""
    known = range(1, length + 1)
    style = build_style(texts, known, targets, parens=False)
    if not (style.parens or style.stuck):
        return style
    cited = {number for text in texts for _, numbers in lift_marks(text, style).marks for number in numbers}
    counts = cited == set(range(1, len(cited) + 1)) and len(cited) > min(1, length - 1)
    return style if counts else replace(style, parens=False, stuck=False)


def lift_marks(text: str, style: Style) -> Lifted:
    """Give `text` without its marks, and the marks; neighbours such as ``[1][2]`` make one."""
    if (
        not any(sign in text for sign in (MARK_OPEN, "[", "("))
        and not (style.stuck or style.letters)
        and not _has_raised(text)
    ):
        return Lifted(text, ())
    spans: list[tuple[int, int, tuple[int, ...]]] = []
    for find in _finders(style):
        spans += find(text)
    spans.sort()
    parts: list[str] = []
    found: list[tuple[int, tuple[int, ...]]] = []
    end = length = 0
    for start, stop, numbers in spans:
        if start < end:
            continue
        between = _part_words(text, end) + plain_text(text[end:start])
        parts.append(between)
        length += len(between)
        if (found and found[-1][0] == length) or (found and not between.strip(" ,;–-")):
            joined = _fill(found[-1][1], numbers) if between.strip() in ("–", "-") else (*found[-1][1], *numbers)
            found[-1] = (found[-1][0], tuple(dict.fromkeys(joined)))
            if between:
                parts.pop()
                length -= len(between)
        else:
            found.append((length, numbers))
        end = stop
    parts.append(_part_words(text, end) + plain_text(text[end:]))
    return _tidy("".join(parts), found)


def _part_words(text: str, end: int) -> str:
    """Give the blank that a mark ending at `end` stood for: ``"worse.[1]Then"``."""
    return " " if end and text[end : end + 1].isalpha() else ""


def _fill(before: tuple[int, ...], after: tuple[int, ...]) -> tuple[int, ...]:
    """Give the numbers of a range whose ends are marks of their own: ``[1]–[3]``."""
    low, high = before[-1], after[0]
    middle = range(low + 1, high) if 0 < high - low <= WIDEST_RANGE else range(0)
    return (*before, *middle, *after)


def _tidy(text: str, marks: list[tuple[int, tuple[int, ...]]]) -> Lifted:
    """Give the text without blanks around it, and the offsets moved with it."""
    start = len(text) - len(text.lstrip())
    clean = text.strip()
    return Lifted(clean, tuple((max(0, min(offset - start, len(clean))), numbers) for offset, numbers in marks))


def _finders(style: Style) -> list[Callable[[str], list[tuple[int, int, tuple[int, ...]]]]]:
    finders: list[Callable[[str], list[tuple[int, int, tuple[int, ...]]]]] = [
        lambda text: _find_certain(text, style),
        lambda text: [(m.start(), m.end(), read_numbers(m[0])) for m in BRACKETS.finditer(text)],
        lambda text: _find_raised(text, style),
    ]
    if style.letters:
        finders.append(lambda text: [span for span in find_letter_marks(text) if style.numbers.issuperset(span[2])])
    if style.parens:
        finders.append(
            lambda text: [
                (m.start(), m.end(), read_numbers(m[0]))
                for m in PARENS.finditer(text)
                if _cites(m, text, style.numbers)
            ]
        )
    if style.stuck:
        finders.append(
            lambda text: [
                (m.start(), m.end(), read_numbers(m[0])) for m in STUCK.finditer(text) if _known(m[0], style.numbers)
            ]
        )
    return finders


def _find_certain(text: str, style: Style) -> list[tuple[int, int, tuple[int, ...]]]:
    """Give the marks that markup made: superscripts and links inside the page."""
    found = []
    for match in MARK.finditer(text):
        targets = [style.targets[target] for target in match[2].split() if target in style.targets]
        printed = read_numbers(match[1])
        numbers = tuple(targets) if targets and len(targets) >= len(printed) else printed or tuple(targets)
        before = text[: match.start()]
        if numbers and (match[2] or not UNIT.search(before[-8:]) or (before[-4:].isdecimal() and len(before) > 4)):
            start = len(before.rstrip())
            found.append((start, match.end(), numbers))
        else:
            found.append((match.start(), match.start(), ()))
    return [span for span in found if span[2]]


def _find_raised(text: str, style: Style) -> list[tuple[int, int, tuple[int, ...]]]:
    if not _has_raised(text):
        return []
    found = []
    for match in RAISED.finditer(text):
        digits = "".join(str(SUPERSCRIPTS.index(sign)) if sign in SUPERSCRIPTS else sign for sign in match[0]).replace(
            "⁻", "-"
        )
        numbers = read_numbers(re.sub(r"[·’˒]", ",", digits))
        if numbers and style.numbers.intersection(numbers) and not UNIT.search(text[: match.start()][-8:]):
            found.append((match.start(), match.end(), numbers))
    return found


def _has_raised(text: str) -> bool:
    return not text.isascii() and any(sign in text for sign in SUPERSCRIPTS)


def _cites(match: re.Match[str], text: str, known: frozenset[int]) -> bool:
    """Tell whether ``(1)`` cites a reference rather than counts the items of a sentence."""
    before = text[max(0, match.start() - 40) : match.start()].rstrip()
    if not before or before[-1] in ":,;" or before.endswith((" and", " or")):
        return False
    return _known(match[0], known) and not (LISTED_NEXT.match(text, match.end()) and _counts(text))


@lru_cache(maxsize=1)
def _counts(text: str) -> bool:
    """Tell whether numbers in round brackets count what a text lists: they begin at 1, each before a word."""
    counted = [int(found[1]) for found in COUNTED.finditer(text)]
    return len(counted) > 1 and counted == list(range(1, len(counted) + 1))


def _known(printed: str, known: frozenset[int]) -> bool:
    numbers = read_numbers(printed)
    return bool(numbers) and known.issuperset(numbers)


def read_numbers(printed: str) -> tuple[int, ...]:
    """Give the reference numbers of a printed mark, ranges filled: ``[1–3, 5]`` → ``(1, 2, 3, 5)``."""
    printed = PLACES.sub("", printed) if "p" in printed else printed
    filled = RANGE.sub(lambda found: _spell(int(found[1]), int(found[2])), printed)
    return tuple(dict.fromkeys(int(number) for number in NUMBER.findall(filled)))


def _spell(low: int, high: int) -> str:
    if 0 < high - low <= WIDEST_RANGE:
        return ",".join(map(str, range(low, high + 1)))
    return f"{low},{high}"


def find_sentence(spans: Collection[tuple[int, int]], offset: int) -> tuple[int, int]:
    """Give the sentence a mark at `offset` belongs to: the one that it ends or stands in."""
    chosen = (0, 0)
    for start, end in spans:
        if start < offset or chosen == (0, 0):
            chosen = (start, end)
    return chosen
