"""Answers as JSON: the one place where results, articles and works become the objects of the command line and the API.

Unknown is ``null`` and lists are there even when empty, so that every object of a kind has the same names.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, fields
from pathlib import Path
from typing import Any

from indexer.documents import ArticleDocument
from indexer.model import Article, Attributes, Citation, Section, Work
from indexer.vocabulary import read_vocabulary
from kb.care import find_red_flags
from kb.export.styles import STYLES, format_work, plain_text
from kb.model import CareCard, Hit, ResultPage

Row = dict[str, Any]

HIT_FACTS: Mapping[str, tuple[str, ...]] = {
    "article": (
        *("updated", "areas", "symptoms", "authors", "source", "source_url"),
        *("references", "sentences", "cited", "warnings"),
    ),
    "work": ("authors", "et_al", "year", "container", "host", "doi", "pmid", "pmcid", "citations", "articles"),
}
LIST_FACTS = frozenset({"areas", "symptoms", "authors"})


def dump_json(value: object) -> str:
    """Give a value as compact JSON on one line; half surrogates, which UTF-8 cannot hold, become question marks."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return text.encode(errors="replace").decode()


def build_results(page: ResultPage) -> Row:
    """Give a result page as the object that ``kb search --json`` prints and ``/api/search`` answers."""
    return {
        "kind": page.question.kind,
        "total": page.total,
        "page": page.page,
        "pages": page.pages,
        "took_ms": round(page.took_ms, 3),
        "generation": page.generation,
        "understood": page.understood,
        "suggestion": page.suggestion,
        "missing": list(page.missing),
        "notes": list(page.notes),
        "care": [_build_card(card) for card in page.care],
        "hits": [_build_hit(hit) for hit in page.hits],
        "facets": {name: [value._asdict() for value in values] for name, values in page.facets.items()},
    }


def build_article(document: ArticleDocument) -> Row:
    """Give an article with its evidence by section, the works its references are, in order, and its red flags.

    `path` is the file name alone: where the files lie is no matter for the web.
    """
    parsed = build_parsed(document.article)
    return parsed | {
        "path": Path(parsed["path"]).name,
        "evidence": [asdict(part) for part in document.evidence],
        "works": list(document.works),
        "care": [_build_card(card) for card in find_red_flags(document.article.body_areas)],
    }


def build_parsed(article: Article) -> Row:
    """Give an article as the object that ``kb parse --json`` prints."""
    row = {
        "slug": article.slug,
        "title": article.title,
        "path": article.path,
        "layout": article.layout,
        "symptoms": list(article.symptoms),
        "body_areas": list(article.body_areas),
        "attributes": _build_attributes(article.attributes),
        "sections": [_build_section(section) for section in article.sections],
        "references": [asdict(reference) for reference in article.references],
        "marks": [
            {"numbers": list(mark.numbers), "section": mark.section, "sentence": mark.sentence}
            for mark in article.marks
        ],
    }
    for name in ("authors", "reviewers"):
        row[name] = list(getattr(article, name))
    row |= {name: getattr(article, name) for name in ("updated", "updated_from", "source_url")}
    return row | {name: [asdict(part) for part in getattr(article, name)] for name in ("dropped", "warnings")}


def build_work(work: Work) -> Row:
    """Give a work with its formatted references and every sentence that cites it."""
    own = (field.name for field in fields(Work) if field.name != "citations")
    row = {name: getattr(work, name) for name in own}
    return row | {
        "authors": list(work.authors),
        "formatted": {style: plain_text(format_work(work, style)) for style in STYLES},
        "citations": [_build_citation(citation) for citation in work.citations],
    }


def build_areas(counts: Mapping[str, int]) -> list[Row]:
    """Give every body area, each after the one above it, with how many articles it and its parts have."""
    return list(_branch(None, counts))


def build_symptoms(counts: Mapping[str, int]) -> list[Row]:
    """Give every symptom known here, then those only the articles know, with how many articles each has."""
    known = read_vocabulary().symptoms
    rows = [
        {
            "slug": symptom.slug,
            "label": symptom.label,
            "clinical": symptom.clinical,
            "names": list(symptom.all_names),
            "areas": list(symptom.areas),
            "articles": counts.get(symptom.slug, 0),
        }
        for symptom in known.values()
    ]
    own = ({"slug": slug, "label": slug.replace("-", " ")} for slug in sorted(counts) if slug not in known)
    return rows + [row | {"clinical": None, "names": [], "areas": [], "articles": counts[row["slug"]]} for row in own]


def _branch(parent: str | None, counts: Mapping[str, int]) -> Iterator[Row]:
    for area in read_vocabulary().children(parent):
        row = {"slug": area.slug, "label": area.label, "parent": area.parent}
        yield row | {"names": list(area.terms), "articles": counts.get(area.slug, 0)}
        yield from _branch(area.slug, counts)


def _build_hit(hit: Hit) -> Row:
    row: Row = {("slug" if hit.kind == "article" else "work"): hit.id, "title": hit.title, "score": round(hit.score, 6)}
    row["snippets"] = [snippet._asdict() for snippet in hit.snippets]
    for name in HIT_FACTS[hit.kind]:
        value = hit.facts.get(name)
        row[name] = list(value or ()) if name in LIST_FACTS else value
    return row


def _build_card(card: CareCard) -> Row:
    return asdict(card) | {"signs": list(card.signs)}


def _build_attributes(attributes: Attributes) -> Row:
    names = (field.name for field in fields(attributes))
    return {name: [asdict(found) for found in getattr(attributes, name)] for name in names}


def _build_section(section: Section) -> Row:
    return {"kind": section.kind, "heading": section.heading, "anchor": section.anchor, "text": section.text}


def _build_citation(citation: Citation) -> Row:
    return asdict(citation)
