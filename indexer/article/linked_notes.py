"""Notes that marks of the text link to and that link back to these marks: entries of a list, whatever stands above."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from indexer.article.closing_list import names_references
from indexer.markup.blocks import MARK, MARK_OPEN, Line, count_words, join_lines, plain_text

GROUP = -2  # the list that such notes make
FARTHEST = 3  # lines of one note
ZONES = (None, "aside", "sidebar", "footer", "article footer")  # where notes may stand
CITING = 3  # words of a line that cites; one with less is a table of contents


def join_linked_notes(lines: Sequence[Line]) -> Sequence[Line]:
    """Give the lines with each linked note as one item of a numbered list."""
    starts = _find_notes(lines)
    if any(_has_sign(lines[start]) for start in starts) and any(names_references(line) for line in lines):
        starts = [start for start in starts if not _has_sign(lines[start])]  # beside a list they only remark on a word
    if not starts:
        return lines
    joined: list[Line] = []
    end = 0
    for start, following in zip(starts, [*starts[1:], len(lines)], strict=True):
        joined += lines[end:start]
        end = _find_end(lines, start, following)
        note = _join_note(lines[start:end])
        joined += [note] if note.text else lines[start:end]
    return [*joined, *lines[end:]]


def _find_notes(lines: Sequence[Line]) -> list[int]:
    """Give the places where notes begin: those that lead back, near one that is linked with a mark before it."""
    leading = {
        place: backs
        for place, line in enumerate(lines)
        if line.ids and (backs := _backs(line)) and line.ids != lines[place - 1].ids
    }
    linked = _find_linked(lines, leading) if leading else set()
    starts = sorted(leading)
    for before, after in (*pairwise(starts), *pairwise(reversed(starts))):
        if before in linked and abs(before - after) <= FARTHEST:
            linked.add(after)
    return sorted(linked)


def _find_linked(lines: Sequence[Line], leading: Mapping[int, Sequence[str]]) -> set[int]:
    """Give the places of those lines that a mark before them links to and that lead back to this mark."""
    homes: dict[str, int] = {}  # the block that has an id
    citing: dict[str, set[int]] = {}  # the blocks that cite a target
    linked: set[int] = set()
    block = 0
    for place, line in enumerate(lines):
        if place in leading:
            blocks = {homes[back] for back in leading[place] if back in homes}
            if any(not blocks.isdisjoint(citing.get(own, ())) for own in line.ids):
                linked.add(place)
                continue
        if not line.ids:
            continue
        if not place or line.ids != lines[place - 1].ids:
            block = place
            homes.update(dict.fromkeys(line.ids, block))
        if MARK_OPEN in line.text and count_words(MARK.sub("", line.text)) >= CITING:
            for mark in MARK.finditer(line.text):
                for target in mark[2].split():
                    citing.setdefault(target, set()).add(block)
    return linked


def _backs(line: Line) -> Sequence[str]:
    """Give where a paragraph leads back to: by links that say so, or by the number it begins with."""
    if line.kind != "paragraph" or line.zone not in ZONES:
        return ()
    opening = MARK.match(line.text)
    return (*line.backs, *opening[2].split()) if opening else line.backs


def _has_sign(line: Line) -> bool:
    """Tell whether a note begins with a sign or a letter and not with a number."""
    opening = MARK.match(line.text)
    return opening is not None and not any(map(str.isdigit, opening[1]))


def _find_end(lines: Sequence[Line], start: int, following: int) -> int:
    """Give where the note ends: before the next one, if near, else with its line, or the one behind its number."""
    near = following < len(lines) and following - start <= FARTHEST
    end = following if near else start + 1 + (not MARK.sub("", lines[start].text).strip(" .:"))
    stop = next((at for at in range(start + 1, end) if at >= len(lines) or not _goes_on(lines[start], lines[at])), end)
    return min(stop, end)


def _goes_on(first: Line, line: Line) -> bool:
    return line.kind != "heading" and line.zone == first.zone


def _join_note(lines: Sequence[Line]) -> Line:
    """Give the lines of a note as an item under the number it begins with."""
    first = lines[0]
    opening = MARK.match(first.text)
    digits = "".join(filter(str.isdigit, opening[1])) if opening else ""
    own = first.text[opening.end() :].lstrip(" .:)") if opening else first.text
    texts = [text for line in (replace(first, text=own), *lines[1:]) if (text := plain_text(line.text).strip())]
    return replace(
        first,
        text=join_lines([part for text in texts for part in text.split("\n")]),
        kind="item",
        rank=0,
        rule="linked note",
        zone=None,
        group=GROUP,
        number=int(digits) if digits else None,
        ids=tuple(name for line in lines for name in line.ids),
        hrefs=tuple(address for line in lines for address in line.hrefs),
        lead=0,
    )
