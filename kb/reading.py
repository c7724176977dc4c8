"""An article as its page shows it: sentences with their marks, references with what cites them, evidence by section."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from indexer.model import Article, Attribute, Block, Mark, Reference, Section
from indexer.text.sentences import find_sentences
from kb.linkouts import LinkOut, find_link_outs

STALE_DAYS = 3 * 365 + 1  # older articles carry a badge
ATTRIBUTE_LABELS = {
    "course": "How it comes and goes",
    "intensity": "How strong",
    "onset": "How it starts",
    "timing": "When",
    "spread": "Where it goes",
}


@dataclass(frozen=True, slots=True)
class CiteLink:
    """A printed mark: the reference number, the id of this place, and the entry's anchor (``None``: no such entry)."""

    number: int
    id: str
    anchor: str | None


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text and the marks right behind it."""

    text: str
    marks: tuple[CiteLink, ...] = ()


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence in pieces; `cited` when a mark stands in it or right behind it."""

    pieces: tuple[Piece, ...]
    cited: bool


@dataclass(frozen=True, slots=True)
class Passage:
    """A nested heading, a paragraph, or all items of one list (each a tuple of sentences)."""

    kind: str
    items: tuple[tuple[Sentence, ...], ...]


@dataclass(frozen=True, slots=True)
class Part:
    """A section as shown, with which of its sentences cite a source, in order."""

    section: Section
    passages: tuple[Passage, ...]
    sentences: tuple[bool, ...]

    @property
    def cited(self) -> int:
        """Give the number of sentences that cite a source."""
        return sum(self.sentences)


@dataclass(frozen=True, slots=True)
class Entry:
    """A reference as shown: its anchor, the work it is, its link-outs, and the places that cite it."""

    reference: Reference
    anchor: str
    work: str | None
    links: tuple[LinkOut, ...]
    places: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Reading:
    """Everything the article page shows of an article."""

    article: Article
    parts: tuple[Part, ...]
    entries: tuple[Entry, ...]
    attributes: tuple[tuple[str, tuple[Attribute, ...]], ...]
    years_old: int | None

    @property
    def sentences(self) -> int:
        """Give the number of sentences in all sections."""
        return sum(len(part.sentences) for part in self.parts)

    @property
    def cited(self) -> int:
        """Give the number of sentences that cite a source, in all sections."""
        return sum(part.cited for part in self.parts)


class _Places:
    """Hands out the ids of citing places and remembers them by reference."""

    def __init__(self, references: Sequence[Reference]) -> None:
        self.anchors = {ref.number: f"ref-{ref.number}" for ref in references if ref.number is not None}
        self.found: defaultdict[int, list[tuple[str, str]]] = defaultdict(list)

    def link(self, number: int, heading: str) -> CiteLink:
        known = number in self.anchors
        id_ = f"cite-{number}-{len(self.found[number]) + 1}"
        self.found[number].append((id_, heading))
        return CiteLink(number, id_, self.anchors[number] if known else None)


def build_reading(article: Article, works: Sequence[str], today: date) -> Reading:
    """Give what the page of `article` shows; `works` are the ids of the works of its references, in order."""
    places = _Places(article.references)
    parts = tuple(_build_part(section, article.marks, places) for section in article.sections)
    ids = [*works, *[""] * len(article.references)]
    entries = tuple(
        _build_entry(reference, position, work or None, places)
        for position, (reference, work) in enumerate(zip(article.references, ids, strict=False), 1)
    )
    values = ((label, getattr(article.attributes, name)) for name, label in ATTRIBUTE_LABELS.items())
    attributes = tuple((label, found) for label, found in values if found)
    return Reading(article, parts, entries, attributes, years_old(article.updated, today))


def years_old(updated: str | None, today: date) -> int | None:
    """Give the whole years since an ISO date when they are three or more, else ``None``."""
    if updated is None:
        return None
    try:
        days = (today - date.fromisoformat(updated)).days
    except ValueError:
        return None
    return int(days / 365.25) if days >= STALE_DAYS else None


def _build_entry(reference: Reference, position: int, work: str | None, places: _Places) -> Entry:
    number = reference.number
    anchor = f"ref-{number if number is not None else f'{position}-unnumbered'}"
    found = tuple(places.found.get(number, ())) if number is not None else ()
    return Entry(reference, anchor, work, find_link_outs(reference), found)


def _build_part(section: Section, marks: Sequence[Mark], places: _Places) -> Part:
    passages: list[Passage] = []
    flags: list[bool] = []
    for kind, group in groupby(enumerate(section.blocks), key=lambda numbered: numbered[1].kind):
        items = []
        for number, block in group:
            own = [mark for mark in marks if mark.section == section.anchor and mark.block == number]
            own.sort(key=lambda mark: mark.offset)
            items.append(_build_sentences(block, own, section.heading, places))
        if kind != "heading":
            flags += [sentence.cited for item in items for sentence in item]
        if kind == "item":
            passages.append(Passage("list", tuple(items)))
        else:
            passages += [Passage(kind, (item,)) for item in items]
    return Part(section, tuple(passages), tuple(flags))


def _build_sentences(block: Block, marks: Sequence[Mark], heading: str, places: _Places) -> tuple[Sentence, ...]:
    """Give the sentences of a block; a mark belongs to the last sentence that begins before it."""
    spans = find_sentences(block.text) or [(0, len(block.text))]
    owners: defaultdict[int, list[Mark]] = defaultdict(list)
    for mark in marks:
        owners[max((i for i, (start, _) in enumerate(spans) if start < mark.offset), default=0)].append(mark)
    return tuple(
        Sentence(_build_pieces(block.text, span, owners[i], heading, places), bool(owners[i]))
        for i, span in enumerate(spans)
    )


def _build_pieces(
    text: str, span: tuple[int, int], marks: Sequence[Mark], heading: str, places: _Places
) -> tuple[Piece, ...]:
    start, end = span
    pieces = []
    for mark in marks:
        cut = min(max(mark.offset, start), end)
        links = tuple(places.link(number, heading) for number in mark.numbers)
        pieces.append(Piece(text[start:cut], links))
        start = cut
    if start < end or not pieces:
        pieces.append(Piece(text[start:end]))
    return tuple(pieces)
