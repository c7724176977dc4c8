"""A printed list of references becomes its entries: numbers read, wrapped lines joined."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

LABELS = {
    "square": re.compile(r"\s*\[(\d{1,4})\]\s*[.:]?\s*"),  # "[1] Roe J."
    "round": re.compile(r"\s*\((\d{1,4})\)\s*[.:]?\s*(?=[^\s\d])"),  # "(1) Roe J."
    "dot": re.compile(r"\s*\^?(\d{1,4})\.\s*(?=[^\s\d.])"),  # "1. Roe J."
    "bracket": re.compile(r"\s*\^?(\d{1,4})\)\s*(?=[^\s])"),  # "1) Roe J."
    "caret": re.compile(r"\s*\^\s?(\d{1,4})\s+(?=[^\W\d_])"),  # "^1 Roe J."
    "plain": re.compile(r"\s*(\d{1,4})\s+(?=[^\W\d_a-z]|[“\"])"),  # "1 Roe J."
    "glued": re.compile(r"\s*(\d{1,3})(?=[^\W\d_a-z]|[“\"])"),  # "1Roe J."
}
IN_ORDER = ("plain", "glued")  # numbers without a mark, which must go on one by one
BULLET = re.compile(r"\s*(?:[•·▪◦‣●○■□*†‡§¶‖–—-]{1,3}|\\-)\s+(?=\S)")
LETTER = re.compile(r"\s*(?:\[([a-z])\]|\(([a-z])\)|([a-z])[.)])\s+(?=[^\W\da-z]|[“\"])")  # "a. Roe J.", "[b] Doe A."
INLINE = {
    "square": re.compile(r"(?<=[\s.])\[(\d{1,4})\]\s*(?=[^\W\d_]|[“\"])"),
    "round": re.compile(r"(?<=[.>/\d]\s)\((\d{1,4})\)\s*(?=[^\W\d_]|[“\"])"),
    "dot": re.compile(r"(?<=[.>/\d)]\s)(\d{1,4})\.\s+(?=[^\W\d_]|[“\"])"),
    "bracket": re.compile(r"(?<=[.>/\d]\s)(\d{1,4})\)\s+(?=[^\W\d_]|[“\"])"),
}  # labels of further entries on the same line: "… 2004. 2. Doe A."
WORK = re.compile(
    r"(?:\A|(?<=[.;/\d]\s))\(?(?P<letter>[a-h])\)\s+(?=[^\W\da-z]|[“\"])"
)  # one of several works of one number
GOES_ON = re.compile(
    r"\s*(?:(?!(?:van|von|vom|de|den|der|del|della|di|da|dos|das|du|la|le|ten|ter|zu|al|el|d)['’\s-])[a-z(&]|https?:|"
    r"www\.|doi\b|DOI\b|PMID|PMCID|PMC\d|Available|Retrieved|Accessed|\[?cited|Epub|pp?\.|vol\.|\d{1,4}\s?[;:(,–-]|"
    r"(?:19|20)\d\d\b)"
)  # how a line begins that goes on with the entry before
BROKEN_ADDRESS = re.compile(
    r"(?:https?://|www\.|doi\.org/|doi:\s?10\.)\S{0,300}[/\-._=?&]\Z"
)  # "https://doi.org/10.1016/" at a line's end
GAP = 12  # entries that may be missing between two numbers of one list
WRAPPED = 60  # characters from which an unfinished line is taken to go on


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a reference list: its printed number, its text without the number, and which list it stands in.

    `part` counts the lists from 0; it grows where the numbering starts again. `letter` parts the works of one number.
    """

    number: int | None
    raw: str
    part: int = 0
    letter: str = ""


def split_references(lines: Sequence[str]) -> tuple[Entry, ...]:
    """Give the entries printed on `lines`; empty lines part the entries of a list without numbers and bullets."""
    lines = [line for text in lines for line in (text.splitlines() or [""])]
    printed = [line for line in lines if line.strip()]
    style = find_style(printed)
    if style:
        return split_numbered(printed, style)
    if (printed and sum(BULLET.match(line) is not None for line in printed) * 2 > len(printed)) or (
        printed and BULLET.match(printed[0])
    ):
        return split_bulleted(printed)
    if len(printed) > 1 and all(letter_of(line) == sign for line, sign in zip(printed[:2], "ab", strict=False)):
        return split_lettered(printed)
    return split_plain(lines)


def find_style(lines: Sequence[str]) -> str | None:
    """Give the way the first entry is numbered, or ``None``; numbers without a mark must go on in order."""
    for style, label in LABELS.items():
        match = label.match(lines[0]) if lines else None
        if match is None or (style != "square" and int(match[1]) > 500):
            continue
        if style in IN_ORDER:
            numbers = [int(found[1]) for line in lines if (found := label.match(line))]
            if len(numbers) < 2 or numbers != list(range(numbers[0], numbers[0] + len(numbers))):
                continue
        return style
    return None


def split_numbered(lines: Sequence[str], style: str) -> tuple[Entry, ...]:
    """Give the entries of a list whose first entry is numbered in `style`; other lines go on with the entry before."""
    entries: list[Entry] = []
    wrapped: list[str] = []  # the lines of the last entry behind its first
    for line in lines:
        label, last = LABELS[style].match(line), entries[-1] if entries else None
        if (label is None or not follows(int(label[1]), last, style)) and last:
            other = next(
                (
                    name
                    for name, form in LABELS.items()
                    if name not in {style, *IN_ORDER} and (found := form.match(line)) and int(found[1]) == 1
                ),
                None,
            )
            before = wrapped[-1] if wrapped else last.raw
            if other is None or not before.rstrip().endswith((".", "/", ">")):
                wrapped.append(line)
                continue
            style, label = other, LABELS[other].match(line)
        number = int(label[1]) if label else None
        restarts = (
            last is not None
            and number is not None
            and last.number is not None
            and number <= last.number
            and number == 1
        )
        part = (last.part if last else 0) + restarts
        text = line[label.end() :] if label else line
        if last and wrapped:
            entries[-1] = replace(last, raw=join_lines([last.raw, *wrapped]))
            wrapped = []
        entries += split_inline(Entry(number, " ".join(text.split()), part), style)
    if wrapped:
        entries[-1] = replace(entries[-1], raw=join_lines([entries[-1].raw, *wrapped]))
    return tuple(work for entry in entries for work in split_works(entry))


def split_works(entry: Entry) -> list[Entry]:
    """Give the works of one number that are told apart by letters ("a) Roe J. … b) Doe A. …"), else `entry` alone."""
    found: list[re.Match[str]] = []
    for match in WORK.finditer(entry.raw):
        if match["letter"] == chr(ord("a") + len(found)) and (found or match.start() == 0):
            found.append(match)
    if len(found) < 2:
        return [entry]
    ends = [*(match.start() for match in found[1:]), len(entry.raw)]
    return [
        replace(entry, raw=entry.raw[match.end() : end].strip(), letter=match["letter"])
        for match, end in zip(found, ends, strict=True)
    ]


def follows(number: int, last: Entry | None, style: str) -> bool:
    """Say whether `number` can be that of the next entry and is not a number at the beginning of a wrapped line."""
    if last is None or last.number is None or style == "square":
        return True
    return number == 1 or last.number <= number <= last.number + GAP


def split_inline(entry: Entry, style: str) -> list[Entry]:
    """Give the entries run together on one line, as long as their numbers go on one by one."""
    form = INLINE.get(style)
    if form is None or entry.number is None:
        return [entry]
    entries = []
    number, at = entry.number, 0
    for match in form.finditer(entry.raw):
        if int(match[1]) == number + 1:
            entries.append(Entry(number, entry.raw[at : match.start()].strip(), entry.part))
            number, at = number + 1, match.end()
    return [*entries, Entry(number, entry.raw[at:].strip(), entry.part)]


def split_bulleted(lines: Sequence[str]) -> tuple[Entry, ...]:
    """Give the entries of a list with bullets; a line without one goes on with the entry before."""
    entries: list[list[str]] = []
    for line in lines:
        bullet = BULLET.match(line)
        if bullet or not entries:
            entries.append([line[bullet.end() if bullet else 0 :]])
        else:
            entries[-1].append(line)
    return tuple(Entry(None, join_lines(parts)) for parts in entries)


def letter_of(line: str) -> str | None:
    """Give the letter that marks an entry at the beginning of a line, or ``None``."""
    found = LETTER.match(line)
    return next(filter(None, found.groups())) if found else None


def split_lettered(lines: Sequence[str]) -> tuple[Entry, ...]:
    """Give the entries of a list whose entries have the letters a, b, c; other lines go on with the entry before."""
    entries: list[list[str]] = []
    for line in lines:
        found = LETTER.match(line)
        if found and letter_of(line) == chr(ord("a") + len(entries)):
            entries.append([line[found.end() :]])
        elif entries:
            entries[-1].append(line)
    return tuple(Entry(None, join_lines(parts)) for parts in entries)


def split_plain(lines: Sequence[str]) -> tuple[Entry, ...]:
    """Give the entries of a list without numbers: parted by empty lines, else by lines that do not go on."""
    entries: list[list[str]] = []
    parted = any(not line.strip() for line in lines[1:-1])
    fresh = True
    hanging = any(line[:1].isspace() for line in lines) and not all(
        line[:1].isspace() for line in lines if line.strip()
    )
    for line in lines:
        if not line.strip():
            fresh = True
            continue
        indented = hanging and line[:1].isspace()
        if entries and (not fresh or GOES_ON.match(line)) and (parted or indented or goes_on(entries[-1], line)):
            entries[-1].append(line)
        else:
            entries.append([line])
        fresh = False
    return tuple(Entry(None, join_lines(parts)) for parts in entries)


def goes_on(entry: list[str], line: str) -> bool:
    """Say whether `line` goes on with an entry of lines: by its beginning, or because the entry is not finished."""
    if GOES_ON.match(line):
        return True
    before = " ".join(entry[-1][-1_000:].split())
    return len(before) >= WRAPPED and before[-1] not in '.)>]/"”' and re.search(r"https?://\S+\Z|\d\Z", before) is None


def join_lines(lines: Sequence[str]) -> str:
    """Give the lines of one entry as one; an address broken at the end of a line is mended."""
    parts: list[str] = []
    for line in lines:
        plain = " ".join(line.split())
        gap = "" if not parts or BROKEN_ADDRESS.search(parts[-1][-400:]) else " "
        parts.append(gap + plain)
    return "".join(parts)
