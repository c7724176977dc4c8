"""A readable account of how one file was parsed: every line, what became of it, and the rule that decided."""

from collections.abc import Iterator

from indexer.article.arrange import arrange
from indexer.article.arrangement import Arrangement
from indexer.article.jsonl import parse_line
from indexer.article.parser import build_article, check_text, read_checked
from indexer.files.reader import Source
from indexer.markup.blocks import plain_text
from indexer.markup.pages import Format
from indexer.model import Article

WIDTH = 96  # characters shown of a line
ROLES = {
    "title": "TITLE",
    "heading": "HEADING",
    "body": "",
    "reference": "REF",
    "byline": "BYLINE",
    "dropped": "DROPPED",
}


def explain(text: str, path: str, format: Format) -> str:
    """Give the account of parsing `text` as an article from `path`."""
    check_text(text, path)
    page = read_checked(text, path, format)
    arrangement = arrange(page)
    article = build_article(page, arrangement, path, format)
    return "\n".join((*_head(article), "", *_lines(arrangement), "", *_end(article))) + "\n"


def explain_source(source: Source) -> str:
    """Give the account of one source; a line of a .jsonl file has its sections named, so only its end is told."""
    text, doubts = source.text()
    if source.format == "jsonl":
        article = parse_line(text, source.path)
        account = "\n".join((*_head(article), "", *_end(article))) + "\n"
    else:
        account = explain(text, source.path, source.format)
    return account + "".join(f"warning {doubt.code}: {doubt.text}\n" for doubt in doubts)


def _head(article: Article) -> Iterator[str]:
    yield f"{article.path}: {article.title}"
    yield f"  slug {article.slug}, layout {article.layout}"
    yield f"  symptoms {', '.join(article.symptoms) or 'none'}; body areas {', '.join(article.body_areas) or 'none'}"
    yield f"  authors {', '.join(article.authors) or 'none'}; reviewers {', '.join(article.reviewers) or 'none'}"
    yield f"  updated {article.updated or 'not said'}" + (f" ({article.updated_from})" if article.updated_from else "")


def _lines(arrangement: Arrangement) -> Iterator[str]:
    for placed in arrangement.placed:
        text = " ".join(plain_text(placed.line.text).split())
        shown = text if len(text) <= WIDTH else text[: WIDTH - 1] + "…"
        yield f"{ROLES[placed.role]:8}{placed.line.kind[:4]:5}{shown}"
        yield f"{'':13}^ {placed.rule}"


def _end(article: Article) -> Iterator[str]:
    for section in article.sections:
        heading = section.heading or "without a heading"
        yield f"section {section.anchor} ({section.kind}): {heading}, {len(section.blocks)} blocks"
    yield f"{len(article.references)} references, {len(article.marks)} marks, {len(article.dropped)} lines dropped"
    for warning in article.warnings:
        yield f"warning {warning.code}: {warning.text}"
    if not article.warnings:
        yield "no warnings"
