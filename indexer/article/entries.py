"""The lines below the heading of the references become references, each found again by its id in the page."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from indexer.article.letters import number_letters
from indexer.markup.blocks import MARK, Line, plain_text
from indexer.model import Reference, Warning
from indexer.references.reference import Entry, check_numbering, parse_reference, split_references

PRINTED = re.compile(r"\s*(?:\[(\d{1,4})\]:?|\((\d{1,4})\)|(\d{1,4})[.)])\s+")  # "[1] ", "(1) ", "1. "
LABEL_ALONE = re.compile(r"\s*(?:\[\d{1,4}\]|\(\d{1,4}\)|\d{1,4}[.)]?)\s*")  # "1." in a cell of its own
BACK_LINKS = re.compile(  # "^ Jump up to: a b Roe J.": what leads back from an entry to its marks
    r"\s*[\^↑]\s*(?:jump (?:up|back)(?: to)?:?\s*)?(?-i:[a-z]{1,2}\s+|\d{1,2}\.\d{1,2}\s+)*",
    re.IGNORECASE,
)
ID_NUMBER = re.compile(r"(\d{1,4})$")  # "cite_note-3"
MOST_PARSED = 800  # entries of one article; the rest is kept as printed
LONGEST_ENTRY = 3000  # characters; longer ones are kept as printed
MANY = "The list has {} references; only the first {} were read, the rest is kept as printed."
SIGNS = (  # what entries have and ordinary sentences do not
    re.compile(r"\b(?:19|20)\d\d\b"),
    re.compile(r"https?://|www\.|doi\b|\bPMI?D\b|\bPMC\d|\b10\.\d{4,}/|\.(?:gov|org|com|edu|net|int|uk)\b", re.I),
    re.compile(
        r"\bet al\b|\b\d+\s?\(\d+\)\s?:|\bpp?\.\s?\d|\bvol\."
        r"|;\s?\d+[(:]|\baccessed\b|\bretrieved\b|\bISBN\b|\bed(?:s|n)?\.",
        re.I,
    ),
    re.compile(r"^[A-Z][\w’'-]+,? (?:[A-Z]\.?\s?){1,3}[,.(&]|^[A-Z][\w’'-]+, [A-Z][\w.]+"),
    re.compile(r"[“\"][^”\"]{15,}[.?!,]?[”\"]"),
)


@dataclass(frozen=True, slots=True)
class Listing:
    """The references of a page, the numbers of their ids, the doubts, and whether ``(1)`` or ``a`` counts them."""

    references: tuple[Reference, ...] = ()
    targets: tuple[tuple[str, int], ...] = ()
    warnings: tuple[Warning, ...] = ()
    parens: bool = False
    lettered: bool = False


def looks_like_entry(text: str, *, signs: int = 1) -> bool:
    """Tell whether `text` looks like an entry of a reference list."""
    return sum(1 for sign in SIGNS if sign.search(text[:1000])) >= signs


def may_be_entry(text: str) -> bool:
    """Tell whether `text` may be an entry wherever it stands: it has an address or several signs of one."""
    return SIGNS[1].search(text[:1000]) is not None or looks_like_entry(text, signs=2)


def is_numbered(text: str) -> bool:
    """Tell whether a number is printed before an entry, or alone in front of one."""
    return PRINTED.match(text) is not None or is_label(text)


def is_label(text: str) -> bool:
    """Tell whether `text` is nothing but the number of an entry."""
    return LABEL_ALONE.fullmatch(text) is not None


def build_references(lines: Sequence[Line]) -> Listing:
    """Give the references printed in `lines`."""
    lines, lettered = number_letters(join_labels(lines))
    texts = [_unnumbered(line) for line in lines]
    printed = [_printed_number(line) for line in lines]
    if all(line.kind == "item" for line in lines):
        parts = count_restarts(printed)
        entries = [Entry(number, text, part) for number, text, part in zip(printed, texts, parts, strict=True)]
        placed = list(range(len(lines)))
    else:
        joined = [
            f"{number}. {text}" if line.kind == "item" and number else plain_text(line.text)
            for line, text, number in zip(lines, texts, printed, strict=True)
        ]
        entries = list(split_references(joined))
        placed = _places(entries, joined)
    references, targets = [], []
    for position, (place, entry) in enumerate(zip(placed, entries, strict=True), start=1):
        line = lines[place] if place >= 0 else None
        number = entry.number if entry.number is not None else _id_number(line, position)
        links = line.hrefs if line else ()
        whole = position <= MOST_PARSED and len(entry.raw) <= LONGEST_ENTRY
        references.append(parse_reference(entry.raw, number, links) if whole else Reference(number, entry.raw))
        if line and number is not None:
            targets += [(identifier, number) for identifier in line.ids]
    warnings = (
        [] if len(entries) <= MOST_PARSED else [Warning("references-many", MANY.format(len(entries), MOST_PARSED))]
    )
    numbered = tuple(
        replace(entry, number=reference.number) for entry, reference in zip(entries, references, strict=True)
    )
    parens = any(re.match(r"\s*\(\d{1,3}\)", plain_text(line.text)) for line in lines)
    return Listing(tuple(references), tuple(targets), (*warnings, *check_numbering(numbered)), parens, lettered)


def count_restarts(numbers: Sequence[int | None]) -> list[int]:
    """Give for each number how often the numbering has started again at 1 up to it."""
    parts, part, last = [], 0, None
    for number in numbers:
        part += number == 1 and last is not None
        last = number if number is not None else last
        parts.append(part)
    return parts


def join_labels(lines: Sequence[Line]) -> list[Line]:
    """Give `lines` with each number that stands alone, in a cell or a ``<dt>``, before the entry that follows it."""
    joined: list[Line] = []
    label: Line | None = None
    for line in lines:
        if label is not None:
            number = plain_text(label.text).strip()
            number = number if number[-1] in ".])" else f"{number}."
            joined.append(replace(line, text=f"{number} {line.text}", ids=(*label.ids, *line.ids)))
            label = None
        elif is_label(plain_text(line.text)):
            label = line
        else:
            joined.append(line)
    return [*joined, label] if label is not None else joined


def _unnumbered(line: Line) -> str:
    """Give the text of a line; an item's printed number is taken off, since the item carries it."""
    text = plain_text(line.text)
    back = BACK_LINKS.match(text)
    text = text[back.end() :] if back else text
    found = PRINTED.match(text) if line.kind == "item" else None
    return text[found.end() :] if found else text


def _printed_number(line: Line) -> int | None:
    """Give the number printed before an entry, else its place in a numbered list."""
    found = PRINTED.match(plain_text(line.text))
    if found:
        return int(next(group for group in found.groups() if group))
    return line.number


def _id_number(line: Line | None, position: int) -> int | None:
    """Give the number an unnumbered entry has by its id in the page, when marks can link to it."""
    if line is None:
        return None
    for identifier in line.ids:
        found = ID_NUMBER.search(identifier)
        if found:
            return int(found[1])
    return position if line.ids else None


def _places(entries: Sequence[Entry], joined: Sequence[str]) -> list[int]:
    """Give for each entry the line it begins in, or -1."""
    places, start = [], 0
    for entry in entries:
        head = entry.raw[:40].strip()
        place = next((at for at in range(start, min(start + 60, len(joined))) if head and head in joined[at]), -1)
        places.append(place)
        start = place + 1 if place >= 0 else start
    return places


def find_notes(lines: Sequence[Line]) -> set[int]:
    """Give the numbers of the lists whose items the citation marks of a page link to."""
    targets = {target for line in lines for match in MARK.finditer(line.text) for target in match[2].split()}
    return {line.group for line in lines if line.kind == "item" and line.group and targets.intersection(line.ids)}
