"""What became of a page's lines, and which of its sections are kept."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from indexer.article.sections import CODED, Draft
from indexer.article.titles import Title
from indexer.bylines.byline import Byline
from indexer.markup.blocks import STYLED_RANK, Line, Placed, plain_text
from indexer.model import Dropped

NEUTRAL = "advertisement"  # stands between paragraphs of the text too: it tells nothing of what is beside it
LINKS = 0.8  # share of linked characters from which a section is a list of links


@dataclass(slots=True)
class Arrangement:
    """What became of a page's lines."""

    title: Title
    sections: list[Draft] = field(default_factory=list)
    references: list[Line] = field(default_factory=list)
    reference_heading: str | None = None
    headings: int = 0
    byline: Byline = field(default_factory=Byline)
    loose: Byline = field(default_factory=Byline)
    byline_lines: list[tuple[int, str]] = field(default_factory=list)
    dropped: list[Dropped] = field(default_factory=list)
    placed: list[Placed] = field(default_factory=list)


def keep_sections(drafts: list[Draft], result: Arrangement) -> list[Draft]:
    """Give the sections but those that are empty or nothing but links; a known one may be empty before others."""
    kept: list[Draft] = []
    emptied = _find_emptied(result.placed)
    last = max((place for place, draft in enumerate(drafts) if draft.lines), default=-1)
    for place, draft in enumerate(drafts):
        linked = bool(draft.lines) and all(line.linked > LINKS for line in draft.lines)
        while draft.lines and draft.lines[-1].kind == "heading":
            result.dropped.append(Dropped("heading without text", plain_text(draft.lines.pop().text)))
        for line in [line for line in draft.lines if id(line) in emptied]:
            draft.lines.remove(line)
            result.dropped.append(Dropped("heading without text", plain_text(line.text)))
        if draft.rule != CODED and linked and (not draft.known or draft.kind == "other"):
            texts = [draft.heading, *(line.text for line in draft.lines)]
            result.dropped += [Dropped("list of links", plain_text(text)) for text in texts if text]
        elif draft.lines or (draft.known and place < last):
            kept.append(draft)
        elif kept and draft.rank >= STYLED_RANK:
            kept[-1].lines.append(Line(draft.heading, "heading", draft.rank))
        elif draft.heading:
            result.dropped.append(Dropped("heading without text", draft.heading))
    return kept


def _find_emptied(placed: Sequence[Placed]) -> frozenset[int]:
    """Give the identities of the headings below which nothing but furniture stood, up to the next heading."""
    found: set[int] = set()
    heading: Line | None = None
    dropped = False
    for entry in placed:
        if entry.role == "heading":
            if heading is not None and dropped:
                found.add(id(heading))
            heading, dropped = entry.line, False
        elif entry.role == "dropped":
            dropped = dropped or not entry.rule.startswith(NEUTRAL)
        else:
            heading = None
    return frozenset(found)
