"""Which section a heading begins, and which headings only stand inside one."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from indexer.article.headings import Meaning, read_heading
from indexer.markup.blocks import Line, bare_text
from indexer.model import SectionKind

MAIN: tuple[SectionKind, ...] = ("description", "causes", "remedies")
CODED = "declared"  # the rule of a section whose kind the page itself names
COUNTED = "counted by the heading that announces it"  # the rule of a numbered heading
STEP = 0.01  # what such a heading stands lower than the one that announces it
CODED_RANK = 6  # the rank of one without a heading
NO_RANK = 99  # the rank of text before any heading: every heading ends it
LOOSE_RULES = (
    "overview",
    "symptoms first",
    "causes and symptoms",
    "diagnosis and treatment",
)  # these often wrap the real sections
WORDS = re.compile(r"[a-z0-9]+")


@dataclass(slots=True)
class Draft:
    """A section being filled: its kind, heading and rank, the rule that made it, its lines, the box it stands in."""

    kind: SectionKind
    heading: str
    rank: float
    rule: str
    known: bool
    lines: list[Line] = field(default_factory=list)
    box: int = 0


class Outline:
    """Fills sections line by line; knows from the start which kinds of section the page's headings announce."""

    def __init__(self, lines: Iterable[Line]) -> None:
        self.sections: list[Draft] = []
        self.current: Draft | None = None
        self._around: Draft | None = None  # the section that a box stands in
        self.present: list[tuple[float, str]] = []
        for line in lines:
            if line.kind == "heading" and not line.zone:
                meaning = read_heading(line.text)
                if meaning and meaning.exact:
                    self.present.append((line.rank, meaning.kind))

    def add_heading(self, line: Line, meaning: Meaning | None) -> str:
        """Take a heading: it begins a section or stays inside the present one; give what was decided, and why."""
        self._leave_box(line)
        draft = self.current
        if draft and self._is_nested(draft, line, meaning):
            draft.lines.append(line)
            return f"nested: {line.rule}"
        kind = section_kind(meaning)
        rule = f"{line.rule}, {meaning.rule}" if meaning else f"{line.rule}, no rule knows it"
        self._begin(Draft(kind, bare_text(line.text).strip(), line.rank, rule, meaning is not None, box=line.box))
        return f"{kind}: {rule}"

    def take_declared(self, line: Line) -> tuple[str, str]:
        """Take a line of a section whose kind the page itself names; give its role and the rule."""
        kind: SectionKind = line.declared  # type: ignore[assignment]  # one of SECTION_NAMES
        heads = line.kind == "heading"
        draft = self.current
        if draft and draft.rule == CODED and draft.kind == kind and (not heads or line.rank > draft.rank):
            draft.lines.append(line)
            return "body", CODED
        heading, rank = (bare_text(line.text).strip(), line.rank) if heads else ("", CODED_RANK)
        self._begin(Draft(kind, heading, rank, CODED, True, [] if heads else [line]))
        return ("heading", f"{kind}: {CODED}") if heads else ("body", CODED)

    def open_list(self, kind: SectionKind, rank: float) -> None:
        """Begin a section without a heading for the counted headings that the title announces."""
        self._begin(Draft(kind, "", rank - STEP, "counted by the title", True))

    def add_line(self, line: Line) -> None:
        """Take a paragraph or an item; text before any heading makes a description without one."""
        self._leave_box(line)
        if self.current is None:
            self._begin(Draft("description", "", NO_RANK, "text before the first heading", False))
        assert self.current is not None
        self.current.lines.append(line)

    def _begin(self, draft: Draft) -> None:
        if draft.box and not (self.current and self.current.box == draft.box):
            self._around = self.current
        self.sections.append(draft)
        self.current = draft

    def _leave_box(self, line: Line) -> None:
        """Go back to the section around a box when its last line is past; one that holds only a heading is no box."""
        if self.current and self.current.box and line.box != self.current.box and self.current.lines:
            self.current = self._around

    def _is_nested(self, draft: Draft, line: Line, meaning: Meaning | None) -> bool:
        if line.rank <= draft.rank:
            return False
        if line.rule == COUNTED:
            return True
        if meaning is None or not meaning.exact or meaning.kind not in MAIN or meaning.kind == draft.kind:
            return not (meaning and meaning.kind == "references")
        if not draft.known or (draft.kind == "other" and not draft.lines) or draft.rule.split(", ")[-1] in LOOSE_RULES:
            return False
        if not any(entry.kind != "heading" for entry in draft.lines):
            return False
        return any(kind == meaning.kind and rank <= draft.rank for rank, kind in self.present)


def section_kind(meaning: Meaning | None) -> SectionKind:
    """Give the kind of section that a heading of this meaning begins."""
    if meaning is None:
        return "other"
    return next((kind for kind in MAIN if kind == meaning.kind), "other")


def build_anchors(sections: Sequence[tuple[SectionKind, str]]) -> list[str]:
    """Give an anchor for each (kind, heading): ``causes``, ``causes-2``, else the heading in small letters."""
    taken: set[str] = {"references"}
    counts: dict[str, int] = {}
    anchors = []
    for kind, heading in sections:
        stem = kind if kind in MAIN else build_slug(heading) or "section"
        if kind == "other" and stem in MAIN:
            stem += "-section"
        anchor = stem
        while anchor in taken:
            counts[stem] = counts.get(stem, 1) + 1
            anchor = f"{stem}-{counts[stem]}"
        taken.add(anchor)
        anchors.append(anchor)
    return anchors


def build_slug(text: str) -> str:
    """Give `text` in small letters, digits and hyphens, at most 80 characters."""
    folded = text.casefold().replace("’", "").replace("'", "")
    return "-".join(WORDS.findall(folded))[:80].strip("-")
