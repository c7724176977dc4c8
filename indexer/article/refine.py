"""Lines of a page are looked at once more: headings that only their words or their looks give away are told apart."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from indexer.article.entries import may_be_entry
from indexer.article.headings import LONGEST_PLAIN, Meaning, read_heading, read_plain_heading
from indexer.article.listing import counts_on, is_number, read_numbered, with_number
from indexer.article.loose_bylines import read_loose
from indexer.article.openers import mark_openers
from indexer.bylines.byline import parse_byline
from indexer.markup.blocks import BOLD_RANK, COLUMN, NESTED, PLAIN_RANK, STYLED_RANK, Line, join_lines, join_wrapped
from indexer.markup.plain import BULLET, NUMBER, follows_text

BARE_LOOKS = frozenset(
    ("p", "div", "td", "li", "text", "body", "section", "article", "span", "center", "th", "dd", "dt", "pre", "main")
)
SHORT = 45  # characters; a longer line without a question mark or colon may be wrapped
LEAD_END = ":.?–—-"
PARTS = ("description", "causes", "remedies")


def refine_lines(lines: Sequence[Line]) -> list[Line]:
    """Give the lines with paragraphs split where a heading stands in them, and with every heading marked as one."""
    lines = mark_openers([*_split_opening(lines[:1]), *lines[1:]])
    split: list[Line] = []
    listing = False  # between the heading of the references and the next heading: lines stay as printed
    for line in lines:
        boxed = listing and bool(split) and is_number(split[-1]) and line.kind != "heading" and not line.zone
        whole = with_number(line, split.pop()) if boxed else line
        for part in _split_line(whole, listing=listing):
            split.append(part)
            if part.kind == "heading":
                meaning = read_heading(part.text)
                listing = meaning is not None and meaning.kind == "references"
    return _lift_styled(_mark_alike(split))


def _split_opening(lines: Sequence[Line]) -> Iterator[Line]:
    """Give the first line of a text as title and the rest, when a name or a date stands right below the title."""
    for line in lines:
        title, _, rest = line.text.partition("\n")
        below = " ".join(rest.split("\n")[0].split())
        named = bool(rest) and line.look == "text" and (parse_byline(below) or read_loose(below))
        yield from [replace(line, text=title), replace(line, text=rest)] if named else [line]


def _split_line(line: Line, *, listing: bool) -> Iterator[Line]:
    """Give the headings and paragraphs that one line holds."""
    if line.zone or line.kind == "heading" or line.linked > 0.9:
        wrapped = line.kind == "heading" and "\n" in line.text
        yield replace(line, text=" ".join(line.text.split("\n"))) if wrapped else line
        return
    physical = line.text.split("\n")
    meaning = _own_meaning(line, physical) if line.kind == "paragraph" else None
    if meaning:
        yield _as_heading(line, physical[0], meaning)
        physical = physical[1:]
        line = replace(line, ids=(), lead=0)
        listing = meaning.kind == "references"
        if not physical:
            return
    elif line.lead and not listing:
        head, rest = line.text[: line.lead].strip(), line.text[line.lead :].strip()
        if _is_run_in(head, rest):
            yield replace(
                line, text=head.rstrip(":.–—- "), kind="heading", rank=BOLD_RANK, rule="bold beginning", hrefs=()
            )
            yield replace(line, text=rest.lstrip(":–—- "), ids=(), lead=0)
            return
    if listing and line.kind == "paragraph" and (entries := [*read_numbered(line, physical)]):
        yield from entries
        return
    if listing and line.kind == "item" and not counts_on(physical):
        physical = [join_lines(physical)]  # a wrapped entry
    if listing or (len(physical) == 1 and not (line.kind == "paragraph" and BULLET.match(line.text))):
        yield from [line] if physical == [line.text] else (replace(line, text=text) for text in physical)
        return
    yield from _split_physical(line, physical)


def _split_physical(line: Line, physical: list[str]) -> Iterator[Line]:
    """Give the paragraphs, items and headings of lines that <br> or line ends divide."""
    waiting: list[str] = []
    for place, text in enumerate(physical):
        free = (
            line.kind == "paragraph"
            and line.rule != COLUMN
            and (not place or physical[place - 1][-1] in ".?!:")
            and _ends_here(physical[place : place + 2])
        )
        meaning = read_plain_heading(text) if free else None
        bullet = BULLET.match(text) or NUMBER.match(text)
        bullet = None if bullet and follows_text(bullet, waiting) else bullet
        if not meaning and not bullet:
            waiting.append(text)
            continue
        yield from (replace(line, text=part) for part in join_wrapped(waiting))
        waiting = []
        if meaning:
            yield _as_heading(line, text, meaning)
        elif bullet:
            digits = next((group for group in bullet.groups() if group), None)
            yield replace(line, text=text[bullet.end() :], kind="item", number=int(digits) if digits else None)
    yield from (replace(line, text=part) for part in join_wrapped(waiting))


def _ends_here(physical: Sequence[str]) -> bool:
    """Tell whether a line is not wrapped: what follows begins anew."""
    return len(physical) == 1 or (
        not physical[1][:1].islower() and (physical[0][-1] in "?:" or len(physical[0]) < SHORT)
    )


def _own_meaning(line: Line, physical: Sequence[str]) -> Meaning | None:
    text = physical[0]
    if line.rule == COLUMN or not _ends_here(physical[:2]):
        return None
    if line.rule in ("dt", "th"):
        meaning = read_heading(text)
        return meaning if meaning and (meaning.exact or meaning.plain) and text.count(" ") < 10 else None
    return read_plain_heading(text)


def _as_heading(line: Line, text: str, meaning: Meaning) -> Line:
    look = f"{line.look}:" if line.look == "text" and text.endswith(":") else line.look
    rank = line.rank or PLAIN_RANK  # a <dt> has a rank already
    return replace(
        line, text=text, kind="heading", rank=rank, rule=f"words: {meaning.rule}", hrefs=(), number=None, look=look
    )


def _is_run_in(head: str, rest: str) -> bool:
    """Tell whether a paragraph's bold beginning is its heading: ``**Causes:** Stress …``."""
    if not rest or not head or len(head) > 90 or not (head[-1] in LEAD_END or rest[0] in ":–—-\n"):
        return False
    meaning = read_heading(head)
    return meaning is not None and (meaning.exact or meaning.plain) and head.count(" ") < 10


def _mark_alike(lines: list[Line]) -> list[Line]:
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
            and line.rule != COLUMN
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


def _lift_styled(lines: list[Line]) -> list[Line]:
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
    return [
        replace(line, rank=1 + NESTED)
        if line.kind == "heading" and line.rank >= STYLED_RANK and line.look in lifted
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
