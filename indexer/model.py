"""The values every layer passes on: frozen, made of tuples, ``None`` where something is not known."""

from dataclasses import dataclass
from typing import Literal

SectionKind = Literal["description", "causes", "remedies", "other"]
BlockKind = Literal["heading", "paragraph", "item"]

SECTION_KINDS: tuple[SectionKind, ...] = ("description", "causes", "remedies", "other")


@dataclass(frozen=True, slots=True)
class Block:
    """One visual unit of a section: a nested heading, a paragraph or a list item, without its marks."""

    kind: BlockKind
    text: str


@dataclass(frozen=True, slots=True)
class Section:
    """A titled part of an article; `anchor` is unique in the article.

    The first description, causes and remedies section have their kind as anchor, so links to them never change.
    """

    kind: SectionKind
    heading: str
    anchor: str
    blocks: tuple[Block, ...]

    @property
    def text(self) -> str:
        """Give the text of all blocks, one a line."""
        return "\n".join(block.text for block in self.blocks)


@dataclass(frozen=True, slots=True)
class Mark:
    """A citation mark such as ``[1][2]``: the reference numbers, and the sentence and place it stands at.

    `section` is the anchor of its section; `block` and `offset` (characters) place it in that section's blocks.
    """

    numbers: tuple[int, ...]
    section: str
    sentence: str
    block: int
    offset: int


@dataclass(frozen=True, slots=True)
class Reference:
    """One entry of a reference list, as printed (`raw`) and as parsed; `accessed` is an ISO date."""

    number: int | None
    raw: str
    authors: tuple[str, ...] = ()
    et_al: bool = False
    title: str | None = None
    container: str | None = None
    publisher: str | None = None
    year: int | None = None
    month: int | None = None
    day: int | None = None
    volume: str | None = None
    issue: str | None = None
    pages: str | None = None
    doi: str | None = None
    pmid: str | None = None
    pmcid: str | None = None
    url: str | None = None
    accessed: str | None = None
    cited: bool = False


@dataclass(frozen=True, slots=True)
class Attribute:
    """A value read from the description ("comes and goes") and the sentence that says so."""

    value: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Attributes:
    """What the description says of a symptom's course, intensity, onset, timing and spread."""

    course: tuple[Attribute, ...] = ()
    intensity: tuple[Attribute, ...] = ()
    onset: tuple[Attribute, ...] = ()
    timing: tuple[Attribute, ...] = ()
    spread: tuple[Attribute, ...] = ()


@dataclass(frozen=True, slots=True)
class Dropped:
    """Text of the page that is no part of the article, and why it was left out."""

    reason: str
    text: str


@dataclass(frozen=True, slots=True)
class Warning:
    """A doubt about one article that a reader should know: a stable `code` and a sentence."""

    code: str
    text: str


@dataclass(frozen=True, slots=True)
class Article:
    """One symptom article with all its fields, the marks tied to sentences, and what was left out or doubted."""

    slug: str
    title: str
    path: str
    layout: str
    symptoms: tuple[str, ...] = ()
    body_areas: tuple[str, ...] = ()
    attributes: Attributes = Attributes()
    sections: tuple[Section, ...] = ()
    references: tuple[Reference, ...] = ()
    marks: tuple[Mark, ...] = ()
    authors: tuple[str, ...] = ()
    reviewers: tuple[str, ...] = ()
    updated: str | None = None
    updated_from: Literal["updated", "reviewed", "published"] | None = None
    source_url: str | None = None
    dropped: tuple[Dropped, ...] = ()
    warnings: tuple[Warning, ...] = ()


@dataclass(frozen=True, slots=True)
class Citation:
    """One place where an article cites a work: the sentence, its section, and the number printed there.

    A reference that no mark points to is a citation with no sentence.
    """

    article: str
    article_title: str
    anchor: str | None
    heading: str | None
    kind: SectionKind | None
    number: int | None
    sentence: str | None


@dataclass(frozen=True, slots=True)
class Work:
    """A published work, merged from every reference to it; `host` is the web host of its address."""

    id: str
    authors: tuple[str, ...] = ()
    et_al: bool = False
    title: str | None = None
    container: str | None = None
    publisher: str | None = None
    year: int | None = None
    month: int | None = None
    day: int | None = None
    volume: str | None = None
    issue: str | None = None
    pages: str | None = None
    doi: str | None = None
    pmid: str | None = None
    pmcid: str | None = None
    url: str | None = None
    host: str | None = None
    raw: str = ""
    citations: tuple[Citation, ...] = ()
