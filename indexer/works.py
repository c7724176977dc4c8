"""References of many articles become Works: the same paper, whoever cites it and however it is printed.

References are one work when they share a DOI, PMID or PMCID, transitively; else when title, year and first author are
the same. No work ever has two different identifiers of one type: such a link is not followed, and a reference
without identifiers that could belong to two works belongs to neither. The result depends on nothing but the
set of references.
"""

import re
import tomllib
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache, lru_cache
from pathlib import Path
from typing import TypeVar
from urllib.parse import urlsplit

from indexer.documents import Member
from indexer.model import Article, Citation, Mark, Reference, Section, Work
from indexer.vocabulary import read_vocabulary

HOSTS = Path(__file__).parent / "rules" / "hosts.toml"
IDENTIFIERS = ("doi", "pmid", "pmcid")
WORK_FIELDS = ("publisher", "year", "month", "day", "volume", "issue", "pages", *IDENTIFIERS)
NO_WORD = re.compile(r"[\W_]+")
Value = TypeVar("Value", str, int, tuple[str, ...])
SCHEME = re.compile(r"[a-z][a-z0-9+.-]*://", re.IGNORECASE)  # https://


def build_members(article: Article) -> list[Member]:
    """Give each reference of an article with the places where it is cited; one place without sentence when nowhere."""
    places: defaultdict[int, list[Mark]] = defaultdict(list)
    positions = _positions_by_number(article.references)
    for mark in article.marks:
        for number in dict.fromkeys(mark.numbers):
            if number in positions:
                places[positions[number]].append(mark)
    areas = tuple(all_areas(article.body_areas))
    sections = {section.anchor: section for section in article.sections}
    return [
        Member(
            article.slug, areas, position, reference, tuple(_citations(article, reference, places[position], sections))
        )
        for position, reference in enumerate(article.references)
    ]


def all_areas(slugs: Iterable[str]) -> list[str]:
    """Give body areas and every area above them, each once."""
    ancestors = read_vocabulary().ancestors
    return list(dict.fromkeys(area for slug in slugs for area in ancestors(slug)))


def _positions_by_number(references: Sequence[Reference]) -> dict[int, int]:
    """Give where each printed number stands; the first of equal numbers, the order where none is printed."""
    if all(reference.number is None for reference in references):
        return {position + 1: position for position in range(len(references))}
    numbers: dict[int, int] = {}
    for position, reference in enumerate(references):
        if reference.number is not None:
            numbers.setdefault(reference.number, position)
    return numbers


def _citations(
    article: Article, reference: Reference, marks: Sequence[Mark], sections: Mapping[str, Section]
) -> Iterator[Citation]:
    for mark in marks:
        section = sections.get(mark.section)
        heading, kind = (section.heading, section.kind) if section else (None, None)
        yield Citation(article.slug, article.title, mark.section, heading, kind, reference.number, mark.sentence)
    if not marks:
        yield Citation(article.slug, article.title, None, None, None, reference.number, None)


@lru_cache(maxsize=50_000)
def normalise(text: str) -> str:
    """Give the words of a text in lower case without accents and punctuation, joined by blanks."""
    plain = unicodedata.normalize("NFKD", text)
    plain = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return NO_WORD.sub(" ", plain.casefold()).strip()


def identity_keys(reference: Reference) -> tuple[str, ...]:
    """Give what a reference is recognised by, identifiers first: ``doi:…``, ``pmid:…``, ``pmcid:…``, ``title:…``."""
    keys = [f"{name}:{value.lower()}" for name in IDENTIFIERS if (value := getattr(reference, name))]
    return (*keys, _title_key(reference))


def _title_key(reference: Reference) -> str:
    if not reference.title:
        return f"title:{normalise(reference.raw)}"
    family = normalise(reference.authors[0].split(",")[0]) if reference.authors else ""
    key = f"title:{normalise(reference.title)}|{reference.year or ''}|{family}"
    if reference.year and family:
        return key
    # "Back pain" of no year and no author is many pages: where it was printed tells them apart
    return f"{key}|{normalise(reference.container or reference.publisher or reference.url or '')}"


def unify(references: Sequence[tuple[str, ...]]) -> list[list[int]]:
    """Give the indexes of references (by their identity keys) that are one work, sorted within and by the first."""
    groups = _Groups(references)
    by_key: defaultdict[str, list[int]] = defaultdict(list)
    for index, keys in enumerate(references):
        for key in keys:
            by_key[key].append(index)
    # equal sets of keys first, then identifiers by type, so that the order of arrival never decides
    for indexes in _same_keys(references):
        groups.join(indexes)
    for name in IDENTIFIERS:
        for key in sorted(key for key in by_key if key.startswith(f"{name}:")):
            for index in sorted(by_key[key], key=references.__getitem__):
                groups.join([min(by_key[key], key=references.__getitem__), index])
    for key in sorted(key for key in by_key if key.startswith("title:")):
        groups.join_by_title(by_key[key])
    found: defaultdict[int, list[int]] = defaultdict(list)
    for index in range(len(references)):
        found[groups.find(index)].append(index)
    return list(found.values())


def _same_keys(references: Sequence[tuple[str, ...]]) -> Iterable[list[int]]:
    same: defaultdict[tuple[str, ...], list[int]] = defaultdict(list)
    for index, keys in enumerate(references):
        same[keys].append(index)
    return same.values()


class _Groups:
    """Disjoint sets of references that know their identifiers and refuse to hold two of one type."""

    def __init__(self, references: Sequence[tuple[str, ...]]) -> None:
        self._parent = list(range(len(references)))
        self._identifiers = [frozenset(key for key in keys if not key.startswith("title:")) for keys in references]

    def find(self, index: int) -> int:
        while self._parent[index] != index:
            self._parent[index] = self._parent[self._parent[index]]
            index = self._parent[index]
        return index

    def join(self, indexes: Sequence[int]) -> None:
        """Join references one after the other, each unless its identifiers contradict."""
        for index in indexes[1:]:
            first, other = self.find(indexes[0]), self.find(index)
            together = self._identifiers[first] | self._identifiers[other]
            if first != other and _agree(together):
                self._parent[other] = first
                self._identifiers[first] = together

    def join_by_title(self, indexes: Sequence[int]) -> None:
        """Join references of one title: all when no identifier contradicts, else only those without identifiers."""
        roots = list(dict.fromkeys(self.find(index) for index in indexes))
        if not _agree(frozenset().union(*(self._identifiers[root] for root in roots))):
            roots = [root for root in roots if not self._identifiers[root]]
        self.join(roots)


def _agree(identifiers: frozenset[str]) -> bool:
    return len({key.partition(":")[0] for key in identifiers}) == len(identifiers)


def build_work(work_id: str, members: Sequence[Member]) -> Work:
    """Give the work of its members (sorted by article and position): each field as most of them have it."""
    references = [member.reference for member in members]
    url = _best(reference.url for reference in references)
    values = {name: _best(getattr(reference, name) for reference in references) for name in WORK_FIELDS}
    authors = _best(reference.authors for reference in references) or ()
    return Work(
        id=work_id,
        authors=authors,
        et_al=any(reference.et_al for reference in references if reference.authors == authors),
        title=_best(reference.title for reference in references),
        container=_best(r.container for r in references if r.container and not aggregator_host(r.container)),
        url=url,
        host=url_host(url) or _best(aggregator_host(r.container) for r in references if r.container),
        raw=max((reference.raw for reference in references), key=lambda raw: (len(raw), raw)),
        citations=tuple(citation for member in members for citation in member.citations),
        **values,
    )


def _best(values: Iterable[Value | None]) -> Value | None:
    votes = Counter(value for value in values if value)
    return max(votes, key=lambda value: (votes[value], len(str(value)), str(value)), default=None)


def url_host(url: str | None) -> str | None:
    """Give the host of an address with or without scheme, without ``www.``; None when it has none."""
    if not url:
        return None
    try:
        host = urlsplit(url if SCHEME.match(url) else f"//{url}").hostname
    except ValueError:
        return None
    return host.removeprefix("www.") if host and "." in host else None


def aggregator_host(container: str | None) -> str | None:
    """Give the host that a printed name such as "NCBI PubMed" or "www.jstor.org" stands for; None for a journal."""
    if not container:
        return None
    known = _aggregators()
    host = url_host(container) if "." in container and " " not in container else None
    return host if host in known.values() else known.get(normalise(container))


@cache
def _aggregators() -> Mapping[str, str]:
    with HOSTS.open("rb") as file:
        rows = tomllib.load(file)["host"]
    return {normalise(name): row["host"] for row in rows for name in row["names"]}
