"""One text becomes one Article: its lines are arranged, its sections, marks and references tied together."""

import re
from collections.abc import Mapping, Sequence
from pathlib import PurePath

from indexer.article.arrange import arrange
from indexer.article.arrangement import Arrangement
from indexer.article.attributes import find_attributes
from indexer.article.body_areas import find_body_areas, find_symptoms
from indexer.article.doubts import find_doubts
from indexer.article.entries import Listing, build_references
from indexer.article.faults import NotAnArticleError
from indexer.article.fill import fill_sections
from indexer.article.layouts import name_layout
from indexer.article.sections import build_slug
from indexer.bylines.byline import Byline, parse_byline, parse_meta
from indexer.markup.blocks import Page, bare_text
from indexer.markup.pages import Format, TooMuchMarkupError, is_html, read_page
from indexer.model import Article, Attributes, Section
from indexer.text.sentences import split_sentences

LONGEST_FILE = 8_000_000  # characters with markup; with more, or with the limits below, a page would take over 2 s
LONGEST_TEXT = 500_000  # characters without markup: a book of 80,000 words
MOST_LINES = 20_000
ADDRESSES = ("source_url", "source-url", "source url", "url", "canonical", "og:url", "dc.identifier")
PEOPLE_FIELDS = (  # front matter, and the words a byline would say it with
    (("authors", "written_by", "written-by", "by"), "Written by"),
    (("reviewed_by", "reviewed-by", "reviewer", "reviewers", "medically_reviewed_by"), "Reviewed by"),
)
NAMELESS = re.compile(r"[0-9a-f]{8,}|\d+|index|page|article|untitled|document|default|file|copy|new|test", re.I)


def parse_article(text: str, path: str, *, format: Format) -> Article:
    """Give the article written in `text`; `path` is kept and gives the slug when its file name is made of words."""
    check_text(text, path)
    page = read_checked(text, path, format)
    return build_article(page, arrange(page), path, format)


def check_text(text: str, path: str) -> None:
    """Raise when `text` cannot be an article: empty, or too long to be one."""
    if not text.strip("\x00 \t\r\n\ufeff"):
        raise NotAnArticleError(path, "the file is empty")
    if len(text) > LONGEST_FILE:
        raise NotAnArticleError(path, f"it has {len(text):,} characters, more than the {LONGEST_FILE:,} that are read")


def check_size(characters: int, lines: int, path: str) -> None:
    """Raise when a text without markup is longer than an article."""
    for count, most, name in ((characters, LONGEST_TEXT, "characters"), (lines, MOST_LINES, "lines")):
        if count > most:
            raise NotAnArticleError(path, f"it has {count:,} {name}, more than the {most:,} that are read")


def read_checked(text: str, path: str, format: Format) -> Page:
    """Give the page written in `text`; raise when it is too long to be read in good time."""
    if not is_html(text, format):
        check_size(len(text), len(text.splitlines()), path)
    try:
        page = read_page(text, format)
    except TooMuchMarkupError as error:
        raise NotAnArticleError(path, str(error)) from error
    size = sum(len(line.text) for line in page.lines)
    if size > LONGEST_TEXT or len(page.lines) > MOST_LINES:
        raise NotAnArticleError(
            path, f"its text has {size:,} characters in {len(page.lines):,} lines, more than one article"
        )
    return page


def build_article(page: Page, arrangement: Arrangement, path: str, format: Format) -> Article:
    """Give the article that the arranged lines of a page make."""
    listing = build_references(arrangement.references)
    sections, marks, references = fill_sections(arrangement.sections, listing)
    title = " ".join(bare_text(arrangement.title.text).split())
    if not title and not sections and not references:
        raise NotAnArticleError(path, "there is no text of an article in it")
    byline = (
        arrangement.byline.merged(read_people(page.metas))
        .merged(parse_meta(page.metas, list(page.json_ld), page.times))
        .merged(arrangement.loose)
    )
    date = byline.date
    symptoms, areas, attributes = read_fields(page, title, sections)
    return Article(
        slug=build_article_slug(page.metas.get("slug"), path, title),
        title=title or PurePath(path).stem,
        path=path,
        layout=name_layout(arrangement, format),
        symptoms=symptoms,
        body_areas=areas,
        attributes=attributes,
        sections=sections,
        references=references,
        marks=marks,
        authors=byline.authors,
        reviewers=byline.reviewers,
        updated=date[0] if date else None,
        updated_from=date[1] if date else None,
        source_url=next((page.metas[name] for name in ADDRESSES if name in page.metas), None) or page.canonical,
        dropped=tuple(arrangement.dropped),
        warnings=find_doubts(arrangement, sections, marks, _listing(listing, references), byline),
    )


def read_people(metas: Mapping[str, str]) -> Byline:
    """Give the authors and reviewers that front matter names."""
    byline = Byline()
    for names, label in PEOPLE_FIELDS:
        value = next((metas[name] for name in names if metas.get(name)), None)
        found = parse_byline(f"{label} {value}") if value else None
        byline = byline.merged(found) if found else byline
    return byline


def _listing(listing: Listing, references: Sequence[object]) -> Listing:
    return Listing(tuple(references), listing.targets, listing.warnings)  # type: ignore[arg-type]


def read_fields(
    page: Page, title: str, sections: Sequence[Section]
) -> tuple[tuple[str, ...], tuple[str, ...], Attributes]:
    """Give symptoms, body areas and attributes: what the page declares wins over what its words suggest."""
    description = "\n".join(section.text for section in sections if section.kind == "description")
    headings = [section.heading for section in sections]
    symptoms = read_list(page.metas.get("symptoms")) or find_symptoms(title)
    areas = next(
        (found for name in ("body-areas", "body_areas", "body areas") if (found := read_list(page.metas.get(name)))), ()
    )
    return (
        symptoms,
        areas or find_body_areas(title, headings, description),
        find_attributes(split_sentences(description)),
    )


def read_list(value: str | None) -> tuple[str, ...]:
    """Give the slugs in a declared list: ``"head, upper-back"`` → ``("head", "upper-back")``."""
    parts = re.split(r"[,;\s]+" if value and "," not in value and ";" not in value else r"[,;]", value or "")
    return tuple(dict.fromkeys(slug for part in parts if (slug := build_slug(part))))


def build_article_slug(declared: str | None, path: str, title: str) -> str:
    """Give the declared slug, else the file's name when it is made of words, else the title's."""
    if declared and build_slug(declared):
        return build_slug(declared)
    stem = PurePath(path.partition("#")[0]).stem
    words = [word for word in re.split(r"[\W_]+", stem) if word]
    wordy = words and not any(
        NAMELESS.fullmatch(word) or (any(map(str.isdigit, word)) and len(word) > 3) for word in words
    )
    return (
        (build_slug(stem.replace("_", "-")) if wordy and "#" not in path else "")
        or build_slug(title)
        or build_slug(stem)
        or "article"
    )
