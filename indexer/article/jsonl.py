"""One line of a .jsonl file, an article with its sections already named, becomes an Article."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from indexer.article.arrangement import Arrangement
from indexer.article.faults import NotAnArticleError
from indexer.article.headings import read_heading
from indexer.article.parser import build_article, check_size, check_text
from indexer.article.refine import refine_lines
from indexer.article.sections import Draft, section_kind
from indexer.article.titles import Title
from indexer.bylines.byline import Byline, parse_byline
from indexer.markup.blocks import Line, Page, clean_text
from indexer.markup.plain import read_text
from indexer.model import Article

KINDS = ("description", "causes", "remedies", "other")


def parse_line(line: str, path: str) -> Article:
    """Give the article that one line holds; `path` names the file and the line: ``"topics.jsonl#12"``."""
    check_text(line, path)
    check_size(len(line), line.count("\\n") + line.count("\\r"), path)
    data = _read_object(line, path)
    title = _text(data.get("title"))
    drafts = [draft for section in _list(data.get("sections")) if (draft := _build_draft(section))]
    references = [
        Line(text, "item", number=number)
        for number, text in enumerate(map(_text, _list(data.get("references"))), start=1)
        if text
    ]
    if not title and not drafts:
        raise NotAnArticleError(path, "the line has neither a title nor a section with text")
    arrangement = Arrangement(
        Title(title, None, "title field"),
        drafts,
        references,
        "references" if references else None,
        byline=_read_byline(data),
    )
    return build_article(Page((), _read_metas(data)), arrangement, path, "jsonl")


def _read_object(line: str, path: str) -> Mapping[str, Any]:
    try:
        data = json.loads(line)
    except (ValueError, RecursionError) as fault:
        raise NotAnArticleError(path, f"the line is not JSON ({fault})") from fault
    if not isinstance(data, dict):
        raise NotAnArticleError(path, "the line is JSON, but no object with a title and sections")
    return data


def _list(value: Any) -> Sequence[Any]:
    if isinstance(value, str):
        return [value]
    return value if isinstance(value, list) else []


def _text(value: Any) -> str:
    """Give a field as text; objects and lists are no text."""
    return (
        clean_text(str(value)).strip() if isinstance(value, (str, int, float)) and not isinstance(value, bool) else ""
    )


def _build_draft(section: Any) -> Draft | None:
    """Give the section of one entry of ``sections``; its kind is declared, else read from its heading."""
    if isinstance(section, str):
        section = {"text": section}
    if not isinstance(section, dict):
        return None
    heading, text = _text(section.get("heading")), _text(section.get("text"))
    if not text and not heading:
        return None
    meaning = read_heading(heading) if heading else None
    declared = section.get("kind")
    kind = declared if declared in KINDS else section_kind(meaning)
    if not heading and declared not in KINDS:
        kind = "description"
    lines = [line for line in refine_lines(read_text(text).lines) if line.text]
    return Draft(kind, heading, 2, "named section", meaning is not None or bool(heading), lines)


def _read_metas(data: Mapping[str, Any]) -> dict[str, str]:
    metas = {}
    for name in ("slug", "source_url", "url", "symptoms", "body_areas", "body-areas"):
        value = data.get(name)
        text = ", ".join(filter(None, map(_text, value))) if isinstance(value, list) else _text(value)
        if text:
            metas[name] = text
    return metas


def _read_byline(data: Mapping[str, Any]) -> Byline:
    """Give the byline of the fields ``authors``, ``reviewers`` and ``updated``, reviewed or published dates."""
    byline = Byline()
    for label, name in (("Written by", "authors"), ("Reviewed by", "reviewers")):
        for person in _list(data.get(name)):
            found = parse_byline(f"{label} {_text(person)}") if _text(person) else None
            names = (found.authors or found.reviewers) if found else (_text(person),)
            old = byline.authors if name == "authors" else byline.reviewers
            people = tuple(dict.fromkeys(name for name in (*old, *names) if name))
            byline = byline.merged(Byline()) if not people else _with_people(byline, name, people)
    for label, name in (("Updated", "updated"), ("Reviewed", "reviewed"), ("Published", "published")):
        value = _text(data.get(name))
        found = parse_byline(f"{label}: {value}") if value else None
        if found:
            byline = byline.merged(found)
    return byline


def _with_people(byline: Byline, name: str, people: tuple[str, ...]) -> Byline:
    other = Byline(authors=people) if name == "authors" else Byline(reviewers=people)
    return other.merged(byline)
