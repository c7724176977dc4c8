"""Runs of short lines that are no sentences: menus, tools and footers that a page prints as plain lines of text.

What no rule knows in such a run is furniture when rules know the lines around it, or when it stands between the
title and the first paragraph.
"""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence

from indexer.article.arrangement import NEUTRAL
from indexer.article.boilerplate import find_reason
from indexer.article.byline_lines import may_be_byline
from indexer.article.entries import looks_like_entry, may_be_entry
from indexer.article.headings import find_drop_heading, read_heading
from indexer.article.site_talk import speaks_of_site
from indexer.bylines.byline import parse_byline
from indexer.markup.blocks import CELL, COLUMN, HEADED_CELL, PLAIN_RANK, Line, count_words, normal_words, plain_text

LONGEST = 9  # words of such a line
LONGEST_LINE = 120  # characters of one
LINKED = 0.9  # share of linked characters from which a line is nothing but a link
LEAST = 2  # lines of a run that rules know
SHARE = 2  # unknown lines of a run for each of them at most
SHARE_AT_END = 4  # of a run that ends the text
OPENING = 3  # lines below the title that make a run without any
TABULAR = (COLUMN, CELL, HEADED_CELL)
KNOWN, UNKNOWN, BESIDE = "known", "unknown", "beside"


def find_runs(lines: Sequence[Line], title: int | None) -> Mapping[int, str]:
    """Give the places of the lines that only the lines around them show to be furniture, and what shows it."""
    headings = {normal_words(line.text) for line in lines if 0 < line.rank < PLAIN_RANK and not line.zone}
    found: dict[int, str] = {}
    opening = True  # between the title and the first line of another sort
    start = title if title is not None else -1
    for run in _cut_runs(lines, title, headings):
        opening = opening and run[0][0] <= start + 1
        places = [place for place, sort in run if sort != BESIDE]
        known = sum(sort == KNOWN or (opening and lines[place].linked >= LINKED) for place, sort in run)
        unknown = len(places) - known
        closing = run[-1][0] == len(lines) - 1 or _begins_references(lines[run[-1][0] + 1])
        if known >= LEAST and unknown <= (SHARE_AT_END if closing else SHARE) * known:
            found.update(dict.fromkeys(places, "stands among lines of the page's furniture"))
        elif opening and len(places) >= (LEAST if known else OPENING) and (known or _is_menu(lines, places)):
            found.update(dict.fromkeys(places, "one of several short lines between the title and the text"))
    return found


def _cut_runs(lines: Sequence[Line], title: int | None, headings: Collection[str]) -> Iterator[list[tuple[int, str]]]:
    """Give the runs of short lines, each with its place and sort, without those that something leads up to."""
    sorts: list[str | None] = []
    for place, line in enumerate(lines):
        beside = bool(sorts) and sorts[-1] == KNOWN and line.kind != "item"
        sorts.append(None if place == title else _sort(line, headings, beside=beside))
    lists = _find_lists(lines, sorts)
    run: list[tuple[int, str]] = []
    kept = 0  # the list that is text
    led = False  # whether a heading or a colon leads up to a line, if need be over others
    for place, (line, sort) in enumerate(zip(lines, sorts, strict=True)):
        begins = not run and place > 0 and place - 1 != title
        if line.kind == "item" and line.group not in lists and (begins or _is_tools(run, title)):
            kept = line.group or kept
        led = sort == UNKNOWN and begins and (led or _leads(lines[place - 1]))
        heads = sort == UNKNOWN and line.rank and _has_text(lines, sorts, place)
        if sort and not led and not heads and not (line.kind == "item" and line.group == kept):
            run.append((place, sort))
        elif run:
            yield run
            run = []
    if run:
        yield run


def _is_tools(run: Sequence[tuple[int, str]], title: int | None) -> bool:
    """Tell whether a run is nothing but known lines right below the title: a list below them is judged by itself."""
    return bool(run) and title is not None and run[0][0] == title + 1 and all(sort == KNOWN for _, sort in run[-LEAST:])


def _find_lists(lines: Sequence[Line], sorts: Sequence[str | None]) -> frozenset[int]:
    """Give the lists that rules know most of, whatever stands above them."""
    sizes: Counter[int] = Counter()
    known: Counter[int] = Counter()  # by their words
    linked: Counter[int] = Counter()
    for line, sort in zip(lines, sorts, strict=True):
        if line.kind == "item" and line.group:
            sizes[line.group] += 1
            known[line.group] += sort == KNOWN
            linked[line.group] += sort != KNOWN and line.linked >= LINKED
    return frozenset(
        group for group, size in sizes.items() if known[group] >= LEAST and (known[group] + linked[group]) * 2 >= size
    )


def _sort(line: Line, headings: Collection[str], *, beside: bool) -> str | None:
    """Give whether rules know a line as furniture or a heading prints it again; ``None`` for sentences and headings.

    For one `beside` a known line less is enough.
    """
    if line.zone:
        return BESIDE
    text = plain_text(line.text)
    talks = not line.rank and speaks_of_site(line.text, beside=beside) and not looks_like_entry(text, signs=2)
    if not talks and (0 < line.rank < PLAIN_RANK or len(text) > LONGEST_LINE or "\n" in text):
        return None
    if may_be_byline(text, inside=False) and parse_byline(text):
        return BESIDE
    reason = find_reason(text) if talks or count_words(text) <= LONGEST else None
    if reason and reason[0] == NEUTRAL:
        return BESIDE
    return KNOWN if talks or reason else _sort_short(line, text, headings)


def _sort_short(line: Line, text: str, headings: Collection[str]) -> str | None:
    if count_words(text) > LONGEST:
        return None
    if (line.linked >= LINKED and line.kind != "item") or find_drop_heading(text) or normal_words(text) in headings:
        return KNOWN
    if line.rule in TABULAR:
        return None  # a table is text whatever stands beside it
    return None if text[-1] in ".:;," or (text[0].islower() and line.kind == "item") or may_be_entry(text) else UNKNOWN


def _begins_references(line: Line) -> bool:
    meaning = read_heading(line.text) if line.kind == "heading" and not line.zone else None
    return meaning is not None and meaning.kind == "references"


def _leads(before: Line) -> bool:
    """Tell whether a line leads up to what stands below it."""
    return before.kind == "heading" or (before.text[-1:] == ":" and not find_drop_heading(before.text))


def _has_text(lines: Sequence[Line], sorts: Sequence[str | None], place: int) -> bool:
    """Tell whether a sentence stands right below a line."""
    after = lines[place + 1] if place + 1 < len(lines) else None
    return after is not None and not after.rank and not after.zone and sorts[place + 1] is None


def _is_menu(lines: Sequence[Line], places: Sequence[int]) -> bool:
    """Tell whether lines are paragraphs of their own that begin with a capital, no list and no headings."""
    return all(lines[place].kind == "paragraph" and not lines[place].rank for place in places)
