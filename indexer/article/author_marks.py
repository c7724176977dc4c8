"""Citations by author and year, such as "(Roe et al., 2012; Mind, 2017)", tied to the one reference they can mean."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial

from indexer.model import Reference

YEAR = r"(?P<year>(?:1[89]|20)\d\d)(?P<letter>[a-h]?)"
BRACKETED = re.compile(r"\((?P<inside>[^()\n]{0,300}?(?:1[89]|20)\d\d[a-h]?[^()\n]{0,80})\)")  # "(see Roe & Doe, 2012)"
DATED = re.compile(rf"\A(?P<names>.{{2,120}}?),?\s{YEAR}(?:,\s?\d{{4}}[a-h]?|,?\s?(?:pp?\.\s?)[\d–-]{{1,12}})*\Z")
TOLD = re.compile(rf"(?<=\s)\({YEAR}(?:,\s?pp?\.\s?[\d–-]{{1,12}})?\)")  # "Roe (2012) found …"
LEAD_IN = re.compile(r"\A(?:see|e\.g\.|cf\.|also|for example|reviewed in|adapted from|[\s,:])+", re.I)
OTHERS = re.compile(
    r"(?:[,\s]\s?(?:et\s+al\b\.?|and\s+(?:colleagues|others)|(?:and|&)\s+[^\W\d_][\w’'.-]{1,30}(?:\s[^\W\d_][\w’'.-]{1,30})?"
    r"|[^\W\d_][\w’'-]{1,30}(?=,|\s(?:and|&)\s)))*,?\s*\Z"
)  # what may stand between the first name and the year
REACH = 90  # characters before "(2012)" in which its names begin

Index = Mapping[str, Sequence[tuple[str, str, int]]]  # year → (family name, entry as printed, number)


def index_authors(references: Sequence[Reference]) -> Index:
    """Give for each year the first authors of a list with their numbers, or places counted from 1 where it has none."""
    index = defaultdict(list)
    numbered = any(reference.number is not None for reference in references)
    for place, reference in enumerate(references, start=1):
        if reference.authors and reference.year:
            family = reference.authors[0].partition(",")[0]
            number = reference.number if numbered else place
            if number is not None:
                index[str(reference.year)].append((family, reference.raw, number))
    return index


def find_author_marks(text: str, index: Index) -> tuple[tuple[int, tuple[int, ...]], ...]:
    """Give the offset behind each citation by author and year in `text`, and the numbers of the references it names."""
    found: dict[int, tuple[int, ...]] = {}
    for match in BRACKETED.finditer(text):
        numbers = tuple(dict.fromkeys(_numbers(match["inside"], index)))
        if numbers:
            found[match.end()] = numbers
    for match in TOLD.finditer(text):
        before = text[max(0, match.start() - REACH) : match.start()].rstrip()
        numbers = tuple(_choose(match, partial(_ends_with, before), index))
        if numbers:
            found.setdefault(match.end(), numbers)
    return tuple(sorted(found.items()))


def _numbers(inside: str, index: Index) -> Iterator[int]:
    for part in inside.split(";"):
        dated = DATED.match(LEAD_IN.sub("", part.strip()))
        if dated:
            yield from _choose(dated, partial(_begins_with, dated["names"]), index)


def _choose(match: re.Match[str], is_named: Callable[[str], bool], index: Index) -> Iterator[int]:
    """Give the number of the reference of that year whose first author is named; nothing when two could be meant."""
    entries = [entry for entry in index.get(match["year"], ()) if is_named(entry[0])]
    if match["letter"]:
        entries = [entry for entry in entries if f"{match['year']}{match['letter']}" in entry[1]]
    if len(entries) == 1:
        yield entries[0][2]


def _begins_with(names: str, family: str) -> bool:
    if not names.casefold().startswith(family.casefold()):
        return False
    return OTHERS.fullmatch(names, len(family)) is not None


def _ends_with(before: str, family: str) -> bool:
    start = before.casefold().rfind(family.casefold())
    if start < 0 or (start and before[start - 1].isalnum()):
        return False
    return OTHERS.fullmatch(before, start + len(family)) is not None
