"""Plain text becomes a stream of lines: blank lines part paragraphs; underlines and capitals make headings."""

import re
from collections.abc import Iterator

from indexer.markup.blocks import BOLD_RANK, NESTED, Line, Page, is_mark_behind, join_lines
from indexer.markup.mail import read_mail
from indexer.markup.ornaments import RULE, is_ornate, read_ornaments, set_boxes
from indexer.markup.running import lift_running

UNDERLINES = {"=": 1, "*": 1, "#": 1, "-": 2, "~": 3, "+": 3, "^": 4, '"': 5, "'": 5, "`": 5}
BANNERS = "*#+"  # across the page they part the text, under a line they are as long as it
NEAR = 2  # signs that such an underline may be longer or shorter
HASHES = re.compile(r"(#{1,6})\s+(.+?)\s*#*")  # "## Causes"
RAISED = re.compile(r"(?<=\[\d\])_(?!\w)|(?<=\[\d\d\])_(?!\w)")  # reStructuredText's "[1]_"
WIKI = re.compile(r"(={1,6})\s*([^=].*?)\s*\1")  # "== Causes =="
BULLET = re.compile(r"(?:[-*•·▪◦–●○‣⁃■□✓✔➢►]|[o+](?=\s[a-zA-Z]))\s+(?=\S)")  # "- rest", "o rest"
NUMBER = re.compile(
    r"(?:\[(\d{1,4})\]:?|\((\d{1,4})\)|(\d{1,4})[.)])\s+(?=\S)"
)  # "[1] ", "[1]: ", "(1) ", "1. ", "1) "
YEAR = re.compile(r"(?:19|20)\d\d\.")  # "2012. "
FAR = 50  # numbers from which one at a line's start is no next entry but a year: "and Jane Roe. / 2022. Title"
CUT_SHORT = re.compile(r"\b(?:pp?|vols?|nos?|ch|art|eds?)\.\Z", re.IGNORECASE)  # an entry whose line ends in "pp."
OPENING = 3000  # characters that the fields of an outline stand in
ORG_FIELD = re.compile(r"(?m)^#\+([A-Za-z]{1,20}):[ \t]*([^\n]{1,300})$")  # "#+TITLE: Dry mouth"
ORG_HEADING = re.compile(r"(?m)^(\*{1,6})(?=[ \t])")
SUBJECT = re.compile(r"Subject: +(\S.{1,120})")  # a digest's "Subject: (2) Causes"
EMPHASIS = re.compile(r"([*_/]{1,2})([^\W_][^*_]{1,120}?[\w?)])\1:?")  # "*Causes*", "_Causes_"
LONGEST_CAPITALS = 12  # words of a heading in capitals


def read_text(text: str) -> Page:
    """Give the page that plain `text` makes."""
    metas, text = _read_org(text)
    if not metas:
        metas, text = read_mail(text)
    text, running = lift_running(text)
    lines: list[Line] = []
    for group, chunk in enumerate(_chunks(RAISED.sub("", text)), start=1):
        lines += _read_chunk(chunk, group)
    furniture = (Line(line, zone="running header", look="text") for line in running)
    return Page((*furniture, *set_boxes(lines)), metas=metas, title=metas.get("title"))


def _read_org(text: str) -> tuple[dict[str, str], str]:
    """Give the fields and the text of an Org outline, whose starred headings become hashes; other text as it is."""
    fields = {name.lower(): value for name, value in ORG_FIELD.findall(text[:OPENING])}
    if "title" not in fields:
        return {}, text
    hashed = ORG_HEADING.sub(lambda match: "#" * min(len(match[1]) + 1, 6), text)
    return fields, ORG_FIELD.sub("", hashed)


def is_capitals(text: str) -> bool:
    """Tell whether `text` is a heading in capital letters, such as ``WHAT CAUSES IT?``."""
    if not text.isupper() or len(text.split()) > LONGEST_CAPITALS:
        return False
    letters = sum(map(str.isalpha, text))
    return letters >= 4 and letters > sum(map(str.isdigit, text))  # "10.1000/182] PMID 10431284" is none


def _chunks(text: str) -> Iterator[list[str]]:
    """Give the runs of lines between blank lines; a line that goes on with a numbered one is joined to it."""
    chunk: list[str] = []
    margin = -1  # the indentation of the numbered line that is open
    last: tuple[int, int] | None = None  # the indentation and the number of the last one
    for line in text.splitlines():
        stripped = " ".join(line.split())
        indent = len(line) - len(line.lstrip())
        number = NUMBER.match(stripped)
        hangs = 0 <= margin < indent and not BULLET.match(stripped)
        if stripped and (hangs or (number and last and _is_stray(indent, _digits(number), last, chunk[-1]))):
            chunk[-1] = join_lines((chunk[-1], stripped))
        elif stripped:
            chunk.append(stripped)
            margin = indent if number else -1
            last = (indent, _digits(number)) if number else last
        elif chunk:
            yield chunk
            chunk, margin, last = [], -1, None
    if chunk:
        yield chunk


def _is_stray(indent: int, number: int, last: tuple[int, int], before: str) -> bool:
    """Tell whether a number left of the last one goes on with the line before: `` 4. … over Age / 50. Journal``."""
    return indent < last[0] and number not in (1, last[1] + 1) and before[-1] not in ".?!)"


def _digits(start: re.Match[str]) -> int:
    return int(next(filter(None, start.groups())))


def _read_chunk(chunk: list[str], group: int) -> Iterator[Line]:
    """Give the headings, items and paragraphs of one run of lines."""
    waiting: list[str] = []
    item: tuple[int | None, list[str]] | None = None
    chunk = _number_hashes(chunk)
    for place, text in enumerate(chunk):
        heading = _read_heading(chunk, place)
        start = BULLET.match(text) or NUMBER.match(text)
        if start and (_is_wrapped(start, item) if item else follows_text(start, waiting)):
            start = None
        if heading is None and not start:
            (item[1] if item else waiting).append(text)
            continue
        yield from _close(waiting, item, group)
        waiting, item = [], None
        if heading:
            yield heading
        elif start:
            digits = next((found for found in start.groups() if found), None)
            item = (int(digits) if digits else None, [text[start.end() :]])
    yield from _close(waiting, item, group)


def _is_wrapped(start: re.Match[str], item: tuple[int | None, list[str]]) -> bool:
    """Tell whether a number at a line's start goes on with the entry before: ``over Age / 50. Journal``."""
    digits = next((found for found in start.groups() if found), None)
    if digits is None or item[0] is None or int(digits) in (1, item[0] + 1):
        return False
    return item[1][-1][-1] not in ".?!)" or int(digits) > item[0] + FAR or CUT_SHORT.search(item[1][-1]) is not None


def follows_text(start: re.Match[str], waiting: list[str]) -> bool:
    """Tell whether a number at a line's start belongs to the text before: a year (``Roe J., / 2012.``) or a mark."""
    if not waiting:
        return False
    return is_mark_behind(waiting[-1], start[0]) or (waiting[-1][-1] not in ".?!:" and YEAR.match(start[0]) is not None)


def _close(waiting: list[str], item: tuple[int | None, list[str]] | None, group: int) -> Iterator[Line]:
    if waiting:
        yield Line("\n".join(waiting), look="text")
    if item:
        yield Line(join_lines(item[1]), "item", group=group, number=item[0], look="text")


def _number_hashes(chunk: list[str]) -> list[str]:
    """Give the lines with those counted that begin with a hash one after another: a wiki's numbered list."""
    counted: list[str] = []
    number = 0
    for place, text in enumerate(chunk):
        beside = [*chunk[max(0, place - 1) : place], *chunk[place + 1 : place + 2]]
        number = number + 1 if text.startswith("# ") and any(line.startswith("# ") for line in beside) else 0
        counted.append(f"{number}. {text[2:]}" if number else text)
    return counted


def _read_heading(chunk: list[str], place: int) -> Line | None:
    """Give the heading that the line is by its hashes, its underline or its capitals."""
    text = chunk[place]
    hashes = HASHES.fullmatch(text) or WIKI.fullmatch(text)
    if hashes:
        return Line(hashes[2], "heading", len(hashes[1]), "hashes", look="text")
    emphasis = EMPHASIS.fullmatch(text) if not place and not RULE.fullmatch(text) else None
    if emphasis and len(emphasis[2].split()) <= LONGEST_CAPITALS:
        rank = BOLD_RANK if emphasis[1][0] == "*" else BOLD_RANK + NESTED
        return Line(emphasis[2], "heading", rank, "emphasis", look="text")
    below = chunk[place + 1] if place + 1 < len(chunk) else ""
    fits = below[:1] not in BANNERS or abs(len(below) - len(text)) <= NEAR
    fits = fits and not any(is_ornate(line, below[:1]) for line in chunk[:place])
    if fits and below[:1] in UNDERLINES and RULE.fullmatch(below) and len(text) < 120 and text[-1] != ".":
        return Line(text, "heading", UNDERLINES[below[0]], "underline", look="text")
    ornate = read_ornaments(text)
    if ornate is None and is_capitals(text) and text[-1] not in ".,;!" and not NUMBER.match(text):
        return Line(text, "heading", BOLD_RANK, "capitals", look="text")
    subject = SUBJECT.fullmatch(text) if len(chunk) == 1 else None
    return Line(subject[1], "heading", 2, "subject of a part", look="text") if subject else ornate
