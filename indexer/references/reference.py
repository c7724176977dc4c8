"""A printed reference becomes a Reference: authors, title, where and when it appeared, and its identifiers."""

import re
from collections.abc import Sequence

from indexer.model import Reference
from indexer.references.containers import clean_publisher, split_online, split_site, split_source
from indexer.references.fronts import YEAR, date_parts, read_front
from indexer.references.identifiers import Identifiers, find_identifiers
from indexer.references.imprints import cut_imprint
from indexer.references.lists import Entry, split_references
from indexer.references.notes import cut_notes, name_access
from indexer.references.numbering import check_numbering
from indexer.references.regions import names_people
from indexer.references.remarks import cut_remark, space_out, strip_lead
from indexer.references.sentences import is_publisher, is_source
from indexer.references.sites import put_page_first
from indexer.references.source import PAGES, Source, read_labelled, read_source
from indexer.references.titles import (
    BRACKETED,
    CHAPTER,
    EDITED,
    EDITED_BEHIND,
    EDITED_BY,
    EDITORS,
    EDITORS_WITHIN,
    GENRE,
    GENRE_END,
    IN_BOOK,
    MIDDLE_DATE,
    THESIS_FIRST,
    clean_title,
    find_quoted,
    split_title,
)
from indexer.text.dates import MONTH, MONTH_NUMBER, YEARS

__all__ = ["Entry", "check_numbering", "parse_reference", "parse_references", "split_references"]

LONGEST = 8_000  # characters of one reference that are read; no honest one is longer
SAME_AUTHOR = re.compile(r"\A(?:[—–―‒_-]\s?){2,12}[.,:]?\s*")  # "———. "
CHAPTER_DATE = re.compile(rf"(?<=[.?!])\s{YEAR}(?:\s(?i:{MONTH})(?:\s\d{{1,2}})?)?\.?\Z")  # "Anxiety. 2023 Apr 24. In:"
TITLE_PAGES = re.compile(
    rf"[.,]\s(?:[Pp]{{1,2}}\.|[Pp]ages?)\s?(?P<pages>{PAGES})\.?\Z|[\w)?!],\s(?P<range>\d{{1,4}}[–-]\d{{1,4}})\.?\Z"
)  # "Anxiety, p. 12–34", "Anxiety, 12–34"
TITLE_VOLUME = re.compile(r"[.,]\s[Vv]ol(?:ume)?\.?\s(?P<volume>\d{1,3}|[IVX]{1,5})[.,\s]*\Z")
TITLE_END = 40  # characters in which a title ends in pages, a volume or a year
TITLE_YEAR = re.compile(rf"(?<=[\w)?!]),\s{YEAR}\.?\Z")
YEAR_SPAN = re.compile(r"(?:1[5-9]|20)\d\d[–-]\d{1,4}")  # "Anxiety in London, 1998–2004"
EMPTY = re.compile(
    r"[\[(<]\s*(?:doi\s?[:>]?)?[.;,]?\s*[\])>]|[\[(<]\s*(?:doi\s?[:>]?)?[.;,]?\s*\Z|(?<=\s)[\])>]"
)  # "[ ]"
LEADS_ON = re.compile(r"(?<=\d)\s(?:at|from|via|on|in)[\s.:]*\Z")  # "Hiccups 2018 at" before an address
REPEATED = re.compile(r"([.,;:])(?:\s[.,;:])+(?=\s|\Z)")  # ". . ,"


def parse_reference(raw: str, number: int | None = None, links: Sequence[str] = ()) -> Reference:
    """Give what one printed reference says; what it does not plainly say stays ``None``, and `raw` is kept as given.

    `links` are addresses linked from the entry without being printed; they only serve where nothing is printed.
    """
    text = " ".join(raw[:LONGEST].replace("\x00", " ").split())
    found, text = find_identifiers(name_access(strip_lead(text, labelled=number is not None)))
    linked = find_identifiers(" ".join(links)[:LONGEST])[0] if links else Identifiers()
    notes = cut_notes(put_page_first(space_out(" ".join(text.split()))))
    body = cut_remark(SAME_AUTHOR.sub("", clean_body(notes.rest)))
    front = read_front(body)
    quoted = find_quoted(front.rest)
    if quoted and quoted[0] <= 3:
        title, rest = quoted[1], front.rest[quoted[2] :]
        source = read_source(rest, front.date.get("year"))
        rest, imprint = cut_imprint(rest, source)
    else:
        source = read_source(front.rest, front.date.get("year"))
        unread, imprint = cut_imprint(front.rest, source)
        title, rest = split_unquoted(unread, source, book=imprint is not None)
    rest = read_labelled(rest, source)
    container, publisher = read_container(rest, source)
    publisher = imprint or publisher
    online = found.url is not None or bool({"day", "day3"} & (front.date or source.parts).keys())
    if container and publisher is None and not source.is_serial:
        container, publisher = tell_apart(container, quoted=quoted is not None, online=online)
    title = read_title_end(title, source, sourced=bool(container or found.url))
    if not quoted and container is None and not source.is_serial:
        title, container = split_online(title, online=found.url is not None)
    parts = {**source.parts, **front.date} if front.date else source.parts
    year, month, day = read_date(parts)
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
    text = LEADS_ON.sub("", " ".join(REPEATED.sub(r"\1", text).split()))
    return text.strip(" ,;-–*†‡§")


def parse_references(lines: Sequence[str]) -> tuple[Reference, ...]:
    """Give the references of a list printed as `lines`, numbered as printed."""
    return tuple(parse_reference(entry.raw, entry.number) for entry in split_references(lines))


def split_unquoted(text: str, source: Source, *, book: bool) -> tuple[str, str]:
    """Give title and rest of a text without quotes; "In:" begins the rest wherever it stands.

    `book`: an imprint stood behind it, so that all of it is the title of a book, or a chapter and its book.
    """
    chapter = CHAPTER.search(text)
    if chapter and source.is_serial and ":" not in chapter[0] and not EDITED.search(text, chapter.end()):
        chapter = None  # a sentence of the title: "… sleep. In Search of Rest. J Foo"
    text = GENRE_END.sub("", text)
    split = None if chapter else split_edited(text, source)
    if split:
        return split
    middle = None if source.is_serial else MIDDLE_DATE.search(text)
    if middle and middle.start() > 2 and source.parts.get("year", date_parts(middle)["year"]) in middle[0]:
        source.parts |= date_parts(middle)
        title, rest = text[: middle.start()], text[middle.end() :]
        return (title, rest) if is_source(rest) else split_title(title, serial=False)
    genre = GENRE.search(text) or BRACKETED.search(text)
    if genre and genre.start() > 2 and not (chapter and chapter.start() < genre.start()):
        return text[: genre.start()], text[genre.end() :]
    if chapter and chapter.start() > 2:
        if chapter["pages"]:
            source.parts.setdefault("pages", chapter["pages"])
        return CHAPTER_DATE.sub("", text[: chapter.start()]), text[chapter.end() :]
    if book:
        return text, ""
    return split_title(text, serial=source.is_serial or "pages" in source.parts)


def split_edited(text: str, source: Source) -> tuple[str, str] | None:
    """Give title and rest of a thesis or a book alone, or of a chapter before "Edited by"; ``None`` for others."""
    if THESIS_FIRST.match(text) or (IN_BOOK.match(text) and EDITED.search(text)):
        return "", text  # a style that prints no title
    edited = EDITED_BEHIND.search(text) if "pages" in source.parts and not source.is_serial else None
    if edited is None:
        return None
    title, book = split_title(text[: edited.start()].rstrip(" ."), serial=True)
    return title, f"{book}{text[edited.start() :]}"


def tell_apart(name: str, *, quoted: bool, online: bool) -> tuple[str | None, str | None]:
    """Give container and publisher of the one name behind a title that is no periodical's; `online`: it has an address.

    Behind a quoted title it is a site, perhaps with its publisher; behind a book's title a publisher.
    What is dated by the day is no book.
    """
    if quoted:
        return split_site(name, online=online)
    return (None, clean_publisher(name)) if not online and is_publisher(name) else (name, None)


def read_title_end(title: str, source: Source, *, sourced: bool) -> str:
    """Take the pages, the volume or the year a title ends with into `source`; give the title without them.

    `sourced`: it is known where the title appeared, so that a year behind its comma is a date ("Worry, 2017. NHS").
    """
    year = TITLE_YEAR.search(title, max(0, len(title) - TITLE_END))
    if year and sourced and "year" not in source.parts:
        source.parts["year"] = year["year"]
        title = title[: year.start()]
    pages = TITLE_PAGES.search(title, max(0, len(title) - TITLE_END))
    spanned = pages and pages["range"] and (not sourced or YEAR_SPAN.fullmatch(pages["range"]))
    if pages and not spanned and "pages" not in source.parts:
        source.parts["pages"] = pages["pages"] or pages["range"]
        title = title[: pages.start() + bool(pages["range"])]
    volume = TITLE_VOLUME.search(title, max(0, len(title) - TITLE_END))
    if volume and "volume" not in source.parts:
        source.parts["volume"] = volume["volume"]
        title = title[: volume.start()]
    return title


def read_container(rest: str, source: Source) -> tuple[str | None, str | None]:
    """Give the periodical, book or site and the publisher named in `rest`, without the editors of a book."""
    rest = rest.strip(" .,;:\x00")
    chapter = re.match(r"(?:In|in)\s?:?\s+(?=[^a-z])", rest)
    if chapter:
        rest = rest[chapter.end() :]
    rest = EDITORS_WITHIN.sub("", rest)
    editors = EDITORS.match(rest)
    if editors:
        rest = cut_editors(rest, editors)
    rest = EDITED_BY.sub(" ", rest)
    return split_source(rest, serial=source.is_serial)


def cut_editors(rest: str, editors: re.Match[str]) -> str:
    """Give `rest` without the names that `editors` found: before the book, or behind it ("Book, A. Roe, Eds., …")."""
    names = editors["names"]
    if editors["open"] in "([":
        return rest[editors.end() :]
    book, comma, people = names.partition(", ")
    if comma and " " in book and not names_people(book) and names_people(people):
        return f"{book}, {rest[editors.end() :]}"
    return rest[editors.end() :] if names_people(names) else rest


def read_date(parts: dict[str, str]) -> tuple[int | None, int | None, int | None]:
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
