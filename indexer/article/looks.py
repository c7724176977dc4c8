"""Lines that look like the headings their words gave away are headings too, and the looks have an order."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from indexer.article.entries import may_be_entry
from indexer.article.headings import LONGEST_PLAIN, read_heading
from indexer.markup.blocks import COLUMN, HEADED_CELL, NESTED, PLAIN_RANK, STYLED_RANK, Line

BARE_LOOKS = frozenset(
    ("p", "div", "td", "li", "text", "body", "section", "article", "span", "center", "th", "dd", "dt", "pre", "main")
)
LIFTED = 20  # a lifted heading stands between ranks 1 and 2, in the order of the ranks they had
PARTS = ("description", "causes", "remedies")


def mark_alike(lines: list[Line]) -> list[Line]:
    """Give the lines with those made headings that look like the ones whose words gave them away."""
    named = [line for line in lines if line.rule.startswith("words:") and not line.zone]
    if not named:
        return lines
    prose = _prose_looks(lines)
    leading = _leading_looks(named, prose)
    looks = Counter(line.look for line in named)
    styled = any(
        line.kind == "heading" and not line.rule.startswith("words:") and read_heading(line.text) for line in lines
    )
    first = lines.index(named[0])
    top = (
        1 + NESTED if _most_kinds(lines, leading, words=True) > _most_kinds(lines, leading, words=False) else PLAIN_RANK
    )
    marked = []
    for place, line in enumerate(lines):
        if (
            line.rank == PLAIN_RANK
            and line.rule.startswith("words:")
            and line.look not in leading
            and line.text[-1] != "?"
        ):
            marked.append(replace(line, rank=PLAIN_RANK + NESTED))
            continue
        asks = line.text[-1:] == "?" and f"{line.look}:" in leading
        if line.rank == PLAIN_RANK and line.rule.startswith("words:") and (line.look in leading or asks):
            marked.append(replace(line, rank=top))
            continue
        after = lines[place + 1] if place + 1 < len(lines) else None
        alike = (
            place > first
            and line.kind == "paragraph"
            and line.rule not in (COLUMN, HEADED_CELL)
            and looks[line.look]
            and not line.zone
            and _may_be_heading(line, after)
        )
        if alike and (
            (line.look not in BARE_LOOKS and line.look not in prose)
            or (line.look == "text" and looks["text"] > 1 and not styled and _is_short(line))
        ):
            same = line.look in leading and (line.look != "text" or read_heading(line.text) is not None)
            rank = top if same else PLAIN_RANK + NESTED
            marked.append(replace(line, kind="heading", rank=rank, rule="looks like the other headings"))
        else:
            marked.append(line)
    return marked


def _most_kinds(lines: Sequence[Line], leading: set[str], *, words: bool) -> int:
    """Give how many kinds of section the headings of one look name: those told by their words, or the real ones."""
    kinds: dict[str, set[str]] = {}
    for line in lines:
        meaning = read_heading(line.text) if line.kind == "heading" and not line.zone else None
        if meaning and meaning.exact and meaning.kind in PARTS and line.rule.startswith("words:") == words:
            kinds.setdefault(line.look if words else str(line.rank), set()).add(meaning.kind)
    return max((len(found) for look, found in kinds.items() if not words or look in leading), default=0)


def lift_styled(lines: list[Line]) -> list[Line]:
    """Give the lines with those styled headings above the real ones that name more of the page's sections."""
    styled: dict[str, set[str]] = {}
    real: dict[float, set[str]] = {}
    for line in lines:
        meaning = read_heading(line.text) if line.kind == "heading" and not line.zone else None
        if meaning and meaning.exact and meaning.kind in PARTS:
            if line.rank < STYLED_RANK:
                real.setdefault(line.rank, set()).add(meaning.kind)
            elif not line.rule.startswith("words:"):
                styled.setdefault(line.look, set()).add(meaning.kind)
    most = max(map(len, real.values()), default=0)
    lifted = {look for look, kinds in styled.items() if len(kinds) > max(most, 1)} if real else set()
    if not lifted:
        return lines
    least = min(line.rank for line in lines if line.rank >= STYLED_RANK and line.look in lifted)
    return [
        replace(line, rank=1 + line.rank / LIFTED)
        if line.kind == "heading" and line.rank >= STYLED_RANK and (line.look in lifted or line.rank <= least)
        else line
        for line in lines
    ]


def _prose_looks(lines: Sequence[Line]) -> set[str]:
    """Give the looks that many ordinary sentences have: no heading is told by one of them."""
    every: Counter[str] = Counter()
    long: Counter[str] = Counter()
    for line in lines:
        if not line.zone and (line.kind == "paragraph" or line.rule.startswith("words:")):
            every[line.look] += 1
            long[line.look] += line.text.count(" ") > 15 or line.text[-1] in ".!"
    return {look for look in every if long[look] > 0.25 * every[look]}


def _leading_looks(named: Sequence[Line], prose: set[str]) -> set[str]:
    """Give the looks of the headings that part the page: the ones most kinds of section are named in."""
    kinds: dict[str, set[str]] = {}
    for line in named:
        meaning = read_heading(line.text)
        if meaning and meaning.exact:
            kinds.setdefault(line.look, set()).add(meaning.kind)
    best = {look for look in kinds if look not in prose} or set(kinds)
    most = max((len(kinds[look]) for look in best), default=0)
    return {look for look in best if len(kinds[look]) == most or len(kinds[look]) > 2}


def _may_be_heading(line: Line, after: Line | None) -> bool:
    text = line.text
    return (
        after is not None
        and "\n" not in text
        and text.count(" ") < LONGEST_PLAIN
        and text[-1] not in '.,;!:…"”'
        and text[0].isupper()
        and after.kind != "heading"
        and not may_be_entry(text)
    )


def _is_short(line: Line) -> bool:
    return line.text.count(" ") < 7 and line.linked < 0.5
