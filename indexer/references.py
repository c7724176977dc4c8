"""A printed reference becomes a Reference: authors, title, where and when it appeared, and its identifiers."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from indexer.dates import MONTH, MONTH_NUMBER, SEASON, YEARS
from indexer.identifiers import find_identifiers
from indexer.model import Reference
from indexer.names import GIVEN_FIRST_FORM, VANCOUVER_FORM, is_body
from indexer.reference_authors import ENDING, Authors, find_authors, parse_authors, read_list
from indexer.reference_lists import Entry, check_numbering, split_references
from indexer.reference_notes import cut_notes
from indexer.reference_source import Source, read_labelled, read_source
from indexer.reference_titles import (
    CHAPTER,
    EDITED,
    EDITED_BY,
    EDITORS,
    GENRE,
    SERIAL_END,
    clean_title,
    find_quoted,
    is_publisher,
    is_source,
    sentence_ends,
    split_site,
    split_source,
    split_title,
)

__all__ = ["Entry", "check_numbering", "parse_reference", "parse_references", "split_references"]

LONGEST = 8_000  # characters of one reference that are read; no honest one is longer
LABEL = re.compile(r"\A\s*(?:\[\d{1,4}\]|\(\d{1,4}\)(?=\s?[^\d\s])|\d{1,3}[.)](?=\s))\s*")  # "[1] ", "1. "
BULLET = re.compile(r"\A\s*[•*·▪◦‣–—-]\s+")
YEAR = r"(?P<year>(?:1[5-9]|20)\d\d)[a-z]?"
FRONT_DATE = re.compile(
    rf"[\s.,]{{0,3}}[(\[]\s?(?:c(?:a|irca)?\.?\s?|(?i:{MONTH.replace('month', 'month3')})\s(?:(?P<day3>[0-3]?\d),?\s)?)?{YEAR}(?:/\d{{2,4}})?(?:[,;]?\s(?:{MONTH}(?:\s(?P<day>[0-3]?\d)(?:st|nd|rd|th)?)?"
    rf"|(?P<day2>[0-3]?\d)\s(?i:{MONTH.replace('month', 'month2')})|{SEASON}))?(?:\s?[–-]\s?\w{{1,9}}(?:\s\d{{1,2}})?)?[)\]]\s?[.,:;]?\s*",
    re.IGNORECASE,
)  # "(2019, March 3)."
PLAIN_DATE = re.compile(rf"(?:[.,]\s?|\s){YEAR}\s?[.,:;]?(?:\s+|\Z)")  # "Smith, J., 2009. "
UNDATED = re.compile(r"[\s.,(]{0,3}\x00[\s.,)]{0,3}")  # where "n.d." stood
BARE_LABEL = re.compile(r"\A\d{1,3}\s(?=[^\d\s])")  # "15 Siu, W. M. …"
FRONT_WINDOW = 3_000
SAME_AUTHOR = re.compile(r"\A(?:[—–―‒_-]\s?){2,12}[.,:]?\s*")  # "———. "
EMPTY = re.compile(
    r"[\[(<]\s*(?:doi\s?[:>]?)?[.;,]?\s*[\])>]|[\[(<]\s*(?:doi\s?[:>]?)?[.;,]?\s*\Z|(?<=\s)[\])>]"
)  # "[ ]"
REPEATED = re.compile(r"([.,;:])(?:\s[.,;:])+(?=\s|\Z)")  # ". . ,"


@dataclass(frozen=True, slots=True)
class Front:
    """What a reference begins with: its authors, the date behind them, and the text that follows."""

    authors: Authors | None
    date: dict[str, str]
    rest: str


def parse_reference(raw: str, number: int | None = None, links: Sequence[str] = ()) -> Reference:
    """Give what one printed reference says; what it does not plainly say stays ``None``, and `raw` is kept as given.

    `links` are addresses linked from the entry without being printed; they only serve where nothing is printed.
    """
    text = " ".join(raw[:LONGEST].replace("\x00", " ").split())
    text = text.replace("``", "“").replace("''", "”")
    text = BULLET.sub("", LABEL.sub("", BULLET.sub("", text, count=1), count=1), count=1)
    found, text = find_identifiers(text)
    linked, _ = find_identifiers(" ".join(links)[:LONGEST])
    notes = cut_notes(" ".join(text.split()))
    body = SAME_AUTHOR.sub("", clean_body(notes.rest))
    front = read_front(body)
    if front.authors is None and (unlabelled := BARE_LABEL.match(body)):
        renumbered = read_front(body[unlabelled.end() :])
        front = renumbered if renumbered.authors and "," in renumbered.authors.names[0] else front
    quoted = find_quoted(front.rest)
    if quoted and quoted[0] <= 3:
        title, rest = quoted[1], front.rest[quoted[2] :]
        source = read_source(rest, front.date.get("year"))
        rest = rest[: source.end]
        rest = read_labelled(rest, source)
    else:
        source = read_source(front.rest, front.date.get("year"))
        title, rest = split_unquoted(front.rest[: source.end], source)
        rest = read_labelled(rest, source)
    container, publisher = read_container(rest, source)
    if quoted and found.url and container and publisher is None and not source.is_serial:
        container, publisher = split_site(container)
    if (
        container
        and publisher is None
        and not quoted
        and not source.is_serial
        and not found.url
        and is_publisher(container)
    ):
        container, publisher = None, container
    parts = {**source.parts, **front.date} if front.date else source.parts
    year, month, day = read_date(parts, front.date)
    if year is None and notes.dated and not notes.undated:
        year, month, day = notes.dated.year, notes.dated.month, notes.dated.day
    if year is None and not notes.undated:
        year = read_lone_year(rest)
    return Reference(
        number=number,
        raw=raw,
        authors=front.authors.names if front.authors else (),
        et_al=front.authors.et_al if front.authors else False,
        title=clean_title(title),
        container=container,
        publisher=publisher,
        year=year,
        month=month,
        day=day,
        volume=parts.get("volume"),
        issue=parts.get("issue"),
        pages=read_pages(parts.get("pages")),
        doi=found.doi or linked.doi,
        pmid=found.pmid or linked.pmid,
        pmcid=found.pmcid or linked.pmcid,
        url=found.url or linked.url,
        accessed=notes.accessed,
    )


def clean_body(text: str) -> str:
    """Give what is left of a reference without the brackets and the repeated stops that cut-out parts leave."""
    text = EMPTY.sub(" ", " ".join(text.split()))
    return " ".join(REPEATED.sub(r"\1", text).split()).strip(" ,;-–")


def parse_references(lines: Sequence[str]) -> tuple[Reference, ...]:
    """Give the references of a list printed as `lines`, numbered as printed."""
    return tuple(parse_reference(entry.raw, entry.number) for entry in split_references(lines))


def read_front(body: str) -> Front:
    """Give the authors and the date in front of the title, by the first of: a quoted title, a date, the names' form."""
    for read in (read_quoted_front, read_dated_front, read_named_front, read_given_front, read_title_first):
        front = read(body)
        if front:
            return front
    return Front(None, {}, body)


def read_quoted_front(body: str) -> Front | None:
    """Give what stands before a quoted title, when that is authors and perhaps a date."""
    quoted = find_quoted(body)
    if quoted is None:
        return None
    region = body[: quoted[0]]
    date = {}
    match = next(
        (found for form in (FRONT_DATE, PLAIN_DATE) for found in form.finditer(region) if found.end() == len(region)),
        None,
    )
    if match:
        date = date_parts(match)
        region = region[: match.start()] + "." * match[0].startswith(".")
    region = UNDATED.sub(" ", region).strip(" ,:;")
    authors = parse_authors(region) if region else None
    named = find_authors(region + ". ") if region and not authors else None
    if not authors and region and (named is None or named.end < len(region)) and len(quoted[1].split()) < 4:
        return None
    return Front(authors or named, date, body[quoted[0] :])


def read_dated_front(body: str) -> Front | None:
    """Give the authors before the first date of `body`, when nothing but names stands there."""
    for form in (FRONT_DATE, UNDATED, PLAIN_DATE):
        match = form.search(body, 0, FRONT_WINDOW)
        if match is None or match.end() >= len(body):
            continue
        region = body[: match.start()].strip() + "." * match[0].startswith(".")
        rest = body[match.end() :]
        authors = parse_authors(region) if region else None
        lone = (
            authors is not None
            and not authors.et_al
            and len(authors.names) == 1
            and "," not in authors.names[0]
            and not is_body(region.rstrip("."))
        )
        if lone and (form is PLAIN_DATE or is_title(body[: match.start() + 1], rest)):
            authors = None
        if authors and re.search(r"\w{3}", rest):
            return Front(authors, date_parts(match), rest)
        if form is not PLAIN_DATE and is_title(body[: match.start() + 1], rest) and find_authors(body) is None:
            return Front(None, date_parts(match), f"{region.rstrip('.')}. {rest}")
    return None


def is_title(region: str, rest: str) -> bool:
    """Say whether `region` in front of a date is a title: only the name of a site or a publisher follows."""
    rest = rest.strip(" .")
    return (
        len(region) > 3
        and region.rstrip().endswith((".", "?", "!", '"', "”"))
        and not sentence_ends(rest)
        and is_source(rest)
        and len(rest.split()) < 12
    )


def read_named_front(body: str) -> Front | None:
    """Give the authors that `body` starts with by the form of their names, or a body such as "Mayo Clinic"."""
    authors = find_authors(body)
    if authors:
        rest = body[authors.end :].lstrip(" .,:;")
        match = FRONT_DATE.match(rest) or re.compile(rf"{YEAR}[.,:;]?\s+").match(rest)
        if match and match.end() < len(rest):
            return Front(authors, date_parts(match), rest[match.end() :])
        return Front(authors, {}, rest)
    ends = sentence_ends(body)
    if ends and is_body(body[: ends[0][0]].rstrip(".")) and re.search(r"\w{3}", body[ends[0][1] :]):
        stop, start = ends[0]
        return Front(Authors((body[:stop].rstrip("."),), False, stop), {}, body[start:])
    return None


def read_given_front(body: str) -> Front | None:
    """Give authors printed "Jane Roe and A. Doe." when a longer sentence and the place of a chapter or thesis follow."""
    ends = sentence_ends(body)
    if len(ends) < 2 or not (CHAPTER.search(body) or GENRE.search(body) or SERIAL_END.search(body)):
        return None
    (stop, start), (following, _) = ends[0], ends[1]
    authors = parse_authors(body[:stop]) if GIVEN_FIRST_FORM.match(body) and stop < 200 else None
    if authors is None or len(body[start:following].split()) < 4 or any("," not in name for name in authors.names):
        return None
    return Front(authors, {}, body[start:])


def read_title_first(body: str) -> Front | None:
    """Give authors that stand behind the title, as "Roe J, Doe AB.": the form of search results."""
    for stop, start in sentence_ends(body)[:3]:
        authors = read_list(body[start:], VANCOUVER_FORM, ENDING)
        if authors and len(body[:stop].split()) >= 3:
            return Front(authors, {}, f"{body[:stop]} {body[start + authors.end :].lstrip(' .,')}")
    return None


def date_parts(match: re.Match[str]) -> dict[str, str]:
    """Give the named parts of a date that matched, under "year", "month" and "day"."""
    return {name.rstrip("23"): value for name, value in match.groupdict().items() if value}


def split_unquoted(text: str, source: Source) -> tuple[str, str]:
    """Give title and rest of a text without quotes; "In:" begins the rest wherever it stands."""
    chapter = CHAPTER.search(text)
    if chapter and source.is_serial and ":" not in chapter[0] and not EDITED.search(text, chapter.end()):
        chapter = None  # a sentence of the title: "… sleep. In Search of Rest. J Foo"
    genre = GENRE.search(text)
    if genre and genre.start() > 2 and not (chapter and chapter.start() < genre.start()):
        return text[: genre.start()], text[genre.end() :]
    if chapter and chapter.start() > 2:
        return text[: chapter.start()], text[chapter.end() :]
    return split_title(text, serial=source.is_serial or "pages" in source.parts)


def read_container(rest: str, source: Source) -> tuple[str | None, str | None]:
    """Give the periodical, book or site and the publisher named in `rest`, without the editors of a book."""
    rest = rest.strip(" .,;:\x00")
    chapter = re.match(r"(?:In|in)\s?:?\s+(?=[^a-z])", rest)
    if chapter:
        rest = rest[chapter.end() :]
    rest = EDITED_BY.sub("", EDITORS.sub("", rest))
    return split_source(rest, serial=source.is_serial)


def read_date(parts: dict[str, str], front: dict[str, str]) -> tuple[int | None, int | None, int | None]:
    """Give year, month and day of the parts read; a month counts only with the year it was printed with."""
    if "year" not in parts or int(parts["year"]) not in YEARS:
        return None, None, None
    month = parts.get("month")
    number = None if month is None else int(month) if month.isdigit() else MONTH_NUMBER.get(month.lower().rstrip("."))
    if number is not None and not 1 <= number <= 12:
        number = None
    day = int(parts["day"]) if parts.get("day") and number else None
    return int(parts["year"]), number, day if day is None or 1 <= day <= 31 else None


def read_lone_year(rest: str) -> int | None:
    """Give the year printed behind the title when there is but one, wherever it stands; else ``None``."""
    years = set(re.findall(rf"(?<![\d.–-]){YEAR}(?![\d–-])", rest))
    return int(years.pop()) if len(years) == 1 else None


def read_pages(printed: str | None) -> str | None:
    """Give pages with a plain hyphen and no blanks: "245 – 55" → "245-55"."""
    return re.sub(r"\s?(?:-{1,2}|[–—‐‑−])\s?", "-", printed.rstrip(".")) if printed else None
