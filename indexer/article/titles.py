"""Which words of a page are its title."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from indexer.article.headings import find_drop_heading, has_subject, is_counted, read_heading
from indexer.article.loose_bylines import read_loose
from indexer.article.mastheads import is_letterhead, is_masthead, is_motto
from indexer.article.menus import ADDRESS, find_below_menu, is_titular
from indexer.bylines.byline import parse_byline
from indexer.markup.blocks import SYMBOLS, Line, Page, count_words, normal_words, plain_text

SITE = re.compile(r"\s+[|–—»:·•-]+\s+|\s*[|»]\s*")  # "Dry mouth | Health pages"
TITLE_PARTS = re.compile(r"\s+[|–—»:·•-]+\s+|\s*[|»]\s*|:\s+")  # "My pages: Dry mouth"
LINKED = 0.9  # share of linked characters from which a heading is a link
LONGEST_TITLE = 30  # words
SOUGHT = 12  # lines of plain text among which the title stands
APART = 3  # lines between a title and its double
GENERIC = re.compile(  # what programs call a page nobody named
    r"(?:document|untitled|new|web)?[\s_-]?(?:document|page|\d{1,3})?|home(?: ?page)?|index|print(?:able)?(?: version)?"
    r"|microsoft word.{0,80}|.{1,80}\.(?:docx?|html?|pdf|rtf|odt|txt)",
    re.IGNORECASE,
)
OPENING = re.compile(r"(?:understanding|about|introducing|what (?:is|are|you should know)|(?:a|your) guide)\s", re.I)
PARTS = ("description", "causes", "remedies")
LABEL = re.compile(r"title\s*:\s*(?=\S)", re.IGNORECASE)  # "Title: Dry mouth"


@dataclass(frozen=True, slots=True)
class Title:
    """The title's text, the line it stands in (``None`` when only the page's head has it) and the rule."""

    text: str
    place: int | None
    rule: str


def find_title(page: Page) -> Title:
    """Give the title of a page; empty text when nothing on it can be one."""
    hints = [
        hint
        for hint in (page.metas.get("og:title"), page.title, _headline(page))
        if hint and not GENERIC.fullmatch(hint.strip())
    ]
    declared = "title" in page.metas and page.title == page.metas["title"]  # in front matter
    return (
        _below_masthead(page.lines)
        or _title_heading(page.lines, hints, declared=declared)
        or _hinted_line(page.lines, hints, whole_only=declared)
        or _head_title(page, hints)
        or _below_menu(page.lines)
        or _first_line(page.lines)
        or Title("", None, "no title")
    )


def find_start(lines: Sequence[Line], title: Title) -> int:
    """Give the place of the title, or 0 when sections begin before it."""
    place = title.place or 0
    for line in lines[:place]:
        meaning = read_heading(line.text) if line.kind == "heading" and not line.zone else None
        if meaning and meaning.exact:
            return 0
    return place


def split_site(title: str) -> str:
    """Give a <title> without the name of the site behind or before it."""
    parts = [part for part in SITE.split(title) if part and part.strip()]
    return max(parts[:1] or [title], key=len).strip() if len(parts) > 1 else title.strip()


def _headline(page: Page) -> str | None:
    for data in page.json_ld:
        for node in data if isinstance(data, list) else [data]:
            if isinstance(node, dict) and isinstance(node.get("headline"), str):
                return str(node["headline"])
    return None


def _title_heading(lines: tuple[Line, ...], hints: list[str], *, declared: bool) -> Title | None:
    """Give the <h1> that is most like what the head says; a linked one may name the site, then a heading below it."""
    first = [
        place for place, line in enumerate(lines) if line.rank == 1 and line.kind == "heading" and not _furniture(line)
    ]
    if not first:
        return None
    wanted = [set(normal_words(hint).split()) for hint in hints]

    def likeness(place: int) -> float:
        words = set(normal_words(lines[place].text).split())
        return max((len(words & hint) / len(words | hint) for hint in wanted if hint), default=0.0)

    if all(lines[place].linked > 0.9 for place in first):
        site = {word for place in first for word in normal_words(lines[place].text).split()}
        below = [place for place, line in enumerate(lines) if 1 < line.rank <= 3 and not line.zone]
        first = [place for place in below if _is_named(lines[place].text, hints, site)] or first
    if len(first) > 1 and wanted and (declared or all(read_heading(lines[place].text) for place in first)):
        parts = {normal_words(part) for hint in hints for part in SITE.split(hint) if part}
        first = [place for place in first if likeness(place) == 1.0 or normal_words(lines[place].text) in parts]
        if not first:
            return None  # every section has an <h1>
    named = [place for place in first if read_heading(lines[place].text) is None or likeness(place) > 0.3] or first
    kinds = [meaning.kind for place in first if (meaning := read_heading(lines[place].text)) and meaning.exact]
    if not wanted and named[0] != first[0] and sum(kind in PARTS for kind in kinds) > 1:
        return _first_of_all(lines, first)  # they begin sections
    best = max(named, key=lambda place: (round(likeness(place), 2), -place))
    if likeness(best) < 1.0 and _is_titled_above(lines[: first[0]], hints):
        return None  # "<p class=title>" stands above the <h1> of its first section
    return Title(SYMBOLS.sub("", plain_text(lines[best].text)).strip(), best, lines[best].rule)


def _first_of_all(lines: tuple[Line, ...], places: Sequence[int]) -> Title | None:
    """Give the first of headings that are all alike, when nothing is above it and no section begins with it."""
    meaning = read_heading(lines[places[0]].text)
    if any(not line.zone for line in lines[: places[0]]) or (meaning and meaning.kind in PARTS):
        return None
    return Title(plain_text(lines[places[0]].text), places[0], lines[places[0]].rule)


def _is_titled_above(lines: tuple[Line, ...], hints: list[str]) -> bool:
    """Tell whether a styled line above the first <h1> says all that the page's head gives as its title."""
    whole = {words for hint in hints for words in (normal_words(hint), normal_words(split_site(hint)))}
    return any(line.rank and not line.zone and normal_words(line.text) in whole for line in lines)


def _is_named(text: str, hints: list[str], site: set[str]) -> bool:
    """Tell whether the page's head has all words of a heading, and not only as the site's name.

    One that a section may have must be all that the head says before the site's name.
    """
    words = set(normal_words(text).split())
    if read_heading(text) is not None:
        return any(normal_words(text) in (normal_words(hint), normal_words(split_site(hint))) for hint in hints)
    return bool(words - site) and any(words <= set(normal_words(hint).split()) for hint in hints)


def _furniture(line: Line) -> bool:
    return line.zone not in (None, "article footer", "site header") or find_drop_heading(line.text) is not None


def _hinted_line(lines: tuple[Line, ...], hints: list[str], *, whole_only: bool) -> Title | None:
    """Give the first line that says what the page's head gives as its title."""
    for hint in hints:
        whole = {normal_words(hint), normal_words(split_site(hint))}
        parts = {normal_words(part) for part in TITLE_PARTS.split(hint) if part}
        found: list[int] = []
        for place, line in enumerate(lines[:200]):
            words = normal_words(line.text) if len(line.text) < 300 and not line.zone else ""
            if words and (
                words in whole
                or (line.rank and words in parts and not whole_only)
                or (
                    line.rank
                    and not whole_only
                    and count_words(words) > 1
                    and normal_words(hint).startswith(words + " ")
                )
            ):
                found.append(place)
        if found:
            place = _choose_named(lines, found)
            return Title(plain_text(lines[place].text), place, "a line like the <title>")
    return None


def _choose_named(lines: tuple[Line, ...], found: list[int]) -> int:
    """Give which of the lines that the <title> speaks of is the title: a site's name is linked and stands on top."""
    free = next((place for place in found if lines[place].linked <= LINKED), None)
    if free is not None:
        return free
    last = normal_words(lines[found[-1]].text)
    return next(place for place in found if normal_words(lines[place].text) == last)


def _head_title(page: Page, hints: list[str]) -> Title | None:
    if page.metas.get("title"):
        return Title(page.metas["title"], None, "front matter")
    shown = next((line for line in page.lines if not line.zone and line.rank and not read_heading(line.text)), None)
    if hints and not (shown and not page.title):
        return Title(split_site(hints[0]), None, "<title>")
    return None


def _below_menu(lines: tuple[Line, ...]) -> Title | None:
    """Give the title of a page that begins with its menu."""
    place = find_below_menu(lines)
    return None if place is None else Title(_unlabelled(plain_text(lines[place].text)), place, "below the menu")


def _first_line(lines: tuple[Line, ...]) -> Title | None:
    """Give the first heading or short line of a page without any other hint; one printed twice comes first."""
    sought = [
        (place, " ".join(line.text.split("\n")[0].split()))
        for place, line in enumerate(lines[:SOUGHT])
        if not line.zone and line.kind != "item" and not is_masthead(line.text)
    ]
    seen: dict[str, int] = {}
    for place, text in sought:
        words = normal_words(text)
        if (
            words in seen
            and place - seen[words] <= APART
            and 0 < count_words(text) <= LONGEST_TITLE
            and "\n" not in lines[place].text
            and text[-1] not in ".:;,"
        ):
            return Title(_unlabelled(lines[seen[words]].text), seen[words], "printed twice")
        seen.setdefault(words, place)
    for place, text in sought:
        line = lines[place]
        if line.kind == "heading" and read_heading(text) is None and not find_drop_heading(text):
            return Title(_unlabelled(plain_text(line.text)), place, line.rule)
        if is_letterhead(text, lines[place + 1 : place + 2]) or is_motto(lines, place):
            continue
        if is_titular(text) and "\n" not in line.text and _is_own(text, lines[place + 1 :]):
            return Title(_unlabelled(plain_text(text)), place, "first line")
        if count_words(text) > LONGEST_TITLE and text[0] not in "“\"'‘":
            return None
    return None


def _below_masthead(lines: tuple[Line, ...]) -> Title | None:
    """Give the line right above the byline of a text that begins with the name of a periodical or of a publisher.

    The name of a publisher is a heading like the title's below it.
    """
    if not lines or lines[0].look != "text":
        return None
    lines_above = (line for line in lines[:SOUGHT] if not ADDRESS.search(line.text))
    masthead = is_masthead(next(lines_above, lines[0]).text)
    for line, (place, after) in zip(lines, enumerate(lines[1:SOUGHT]), strict=False):
        twin = lines[0].kind == line.kind == "heading" and lines[0].rank == line.rank
        byline = parse_byline(after.text) if masthead or twin else None
        if byline and byline.authors and place and is_titular(line.text):
            return Title(plain_text(line.text), place, "above the byline")
    return None


def _is_own(text: str, after: tuple[Line, ...]) -> bool:
    """Tell whether a line names the article and not its first section: then a heading of that kind is still to come."""
    meaning = read_heading(text)
    if meaning is None:
        return parse_byline(text) is None
    if is_counted(text) or not (meaning.exact or meaning.plain or meaning.kind == "description"):
        return True
    if after and not read_heading(after[0].text) and (parse_byline(after[0].text) or read_loose(after[0].text)):
        return True
    if OPENING.match(text) or has_subject(text):
        return any(read_heading(line.text) is not None for line in after if line.kind == "heading")
    later = (read_heading(line.text) for line in after if line.kind == "heading")
    return any(other is not None and other.kind == meaning.kind for other in later)


def _unlabelled(text: str) -> str:
    return LABEL.sub("", text, count=1) if LABEL.match(text) else text
