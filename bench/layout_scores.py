"""How far an article is what its sheet says, by measure: sections, boilerplate, title, byline, marks, references."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from statistics import fmean
from typing import Any

from bench.layout_pages import Layout, Page, set_sheet
from bench.layout_sheets import Sheet, build_sheets, list_reasons, order_references
from bench.parse import KINDS, WORD, overlap
from bench.references import is_right
from indexer.article.parser import parse_article
from indexer.model import Article

EXTENSIONS = {"html": ".html", "markdown": ".md", "text": ".txt"}
MEASURES = (
    "sections", "clean", "title", "authors", "updated", "marks", "refs", "ref_author", "ref_title", "ref_year",
    "ref_ids",
)  # fmt: skip
IDS = ("doi", "pmid", "pmcid")


@dataclass(frozen=True, slots=True)
class Outcome:
    """A page of a layout, what was read from it, and its score by measure (0 to 1)."""

    layout: str
    format: str
    sheet: Sheet
    page: Page
    article: Article
    scores: dict[str, float]


def measure_layouts(layouts: Iterable[Layout], shared: Path, pages: int) -> Iterator[Outcome]:
    """Give the outcome of some pages in each layout; the same pages every time."""
    for layout in layouts:
        sheets = build_sheets(shared, layout.name, nested=bool(layout.nested), words=layout.words, house=layout.house)
        for drawn in islice(sheets, pages):
            sheet = order_references(drawn) if layout.cited else list_reasons(drawn, layout.reasons)
            page = set_sheet(layout, sheet)
            article = parse_article(page.text, f"page{EXTENSIONS[layout.format]}", format=layout.format)
            yield Outcome(layout.name, layout.format, sheet, page, article, score(layout, sheet, page, article))


def score(layout: Layout, sheet: Sheet, page: Page, article: Article) -> dict[str, float]:
    """Give how far the article is what the sheet says, by measure."""
    shown = " ".join(f"{section.heading} {section.text}" for section in article.sections)
    shown = " ".join(shown.split())
    people = sheet.authors if "{author" in layout.page else ()
    dated = (sheet.day.isoformat(), layout.dated) if layout.dated else (None, None)
    kinds = {section.anchor: section.kind for section in article.sections}
    wanted = Counter(
        (number, part.kind, tail(piece.sentences[at]))
        for part in sheet.parts for piece in part.pieces for at, numbers in piece.marks for number in numbers
    )  # fmt: skip
    found = Counter(
        (n, kinds.get(mark.section, ""), tail(without(mark.sentence, page.either)))
        for mark in article.marks
        for n in mark.numbers
    )
    return {
        "sections": fmean(
            overlap(tokens(sheet_text(sheet, kind)), tokens(article_text(article, kind, page.kept + page.either)))
            for kind in KINDS
        ),
        "clean": float(
            not any(stands_in(line, shown) for line in page.junk if len(line) > 3)
            and all(stands_in(line, shown) for line in page.kept)
        ),
        "title": float(article.title.casefold() == sheet.title.casefold()),
        "authors": float(list(article.authors) == list(people)),
        "updated": float((article.updated, article.updated_from) == dated),
        "marks": overlap(wanted, found),
        "refs": overlap(
            Counter(bare(e.raw) for e in sheet.references), Counter(bare(e.raw) for e in article.references)
        ),
    } | score_references(sheet, article)


def stands_in(line: str, text: str) -> bool:
    """Tell whether a line stands in a text, and not only as a part of a longer word."""
    return re.search(rf"(?<!\w){re.escape(line)}(?!\w)", text) is not None


def score_references(sheet: Sheet, article: Article) -> dict[str, float]:
    """Give the share of references whose author, title, year and identifiers were read as printed."""
    read: dict[int | None, Any] = {}
    for place, reference in enumerate(article.references, 1):
        read.setdefault(reference.number or place, reference)

    def share(names: tuple[str, ...]) -> float:
        return fmean(
            float(
                entry.number in read
                and all(
                    is_right(name, entry.fields[name], read[entry.number]) for name in names if name in entry.fields
                )
            )
            for entry in sheet.references
        )

    return {
        "ref_author": share(("first_author",)),
        "ref_title": share(("title",)),
        "ref_year": share(("year",)),
        "ref_ids": share(IDS),
    }


def sheet_text(sheet: Sheet, kind: str) -> str:
    """Give the text of a kind's sections as it should be read, with their headings."""
    return "\n".join(
        f"{part.heading}\n" + "\n".join(piece.text for piece in part.pieces)
        for part in sheet.parts if part.kind == kind
    )  # fmt: skip


def article_text(article: Article, kind: str, besides: Iterable[str]) -> str:
    """Give the text of a kind's sections as it was read, without the lines `besides` it that no sheet has."""
    text = "\n".join(f"{section.heading}\n{section.text}" for section in article.sections if section.kind == kind)
    return without(text, besides)


def without(text: str, lines: Iterable[str]) -> str:
    """Give a text without some lines, each taken out once."""
    for line in lines:
        text = text.replace(line, "", 1)
    return text


def tokens(text: str) -> Counter[Any]:
    """Give the words of a text and how often each stands there."""
    return Counter(WORD.findall(text.lower()))


def bare(raw: str) -> str:
    """Give an entry without the angle brackets around an address, which Markdown takes for markup."""
    return " ".join(raw.replace("<", "").replace(">", "").split())


def tail(sentence: str) -> str:
    """Give the last four words of a sentence, by which it is known again."""
    return " ".join(re.findall(r"\w+", sentence)[-4:])
