"""Articles and Works become index documents: the words, the facet values, the facts and the JSON of each.

Text fields have their terms: a list in the order of the text where positions are kept, else a Counter.

`facts` is what result lists and sync read without opening the whole document:
an article's ``kind slug title path hash updated areas symptoms authors source_url source references sentences cited
warnings``, a work's ``kind id title authors et_al year container host doi pmid pmcid citations articles``.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain
from typing import Any

from indexer.documents import ArticleDocument, Evidence, WorkDocument, dump_document
from indexer.model import SECTION_KINDS, Article, Work
from indexer.text.analyzer import EXACT, STEMS, find_words, stem_text
from indexer.text.keywords import pack_counts
from indexer.text.sentences import split_sentences
from indexer.vocabulary import read_vocabulary
from indexer.works import IDENTIFIERS, all_areas, identity_keys, normalise, url_host

OWN_SOURCE = "this collection"
"""Value of the source facet for an article without source address."""

Entry = dict[str, Any]


def build_evidence(article: Article) -> tuple[Evidence, ...]:
    """Give for each section how many sentences it has and how many of them carry a citation mark."""
    marked: dict[str, set[tuple[int, str]]] = {}
    for mark in article.marks:
        marked.setdefault(mark.section, set()).add((mark.block, mark.sentence))
    evidence = []
    for section in article.sections:
        sentences = sum(len(split_sentences(block.text)) for block in section.blocks if block.kind != "heading")
        evidence.append(Evidence(section.anchor, sentences, min(sentences, len(marked.get(section.anchor, ())))))
    return tuple(evidence)


def build_article_entry(document: ArticleDocument, content_hash: str, work_years: Mapping[str, int | None]) -> Entry:
    """Give the index document of an article, with the hash of its source and the years of its works by id."""
    article = document.article
    source = url_host(article.source_url) or OWN_SOURCE
    title, names = find_words(article.title), find_words(_symptom_names(article))
    words = [(section.kind, find_words(f"{section.heading}\n{section.text}")) for section in article.sections]
    terms = [(kind, _stem(found)) for kind, found in words]
    body = Counter(chain(_stem(title), *(found for _, found in terms)))
    entry: Entry = {
        "kind": "article",
        "key": f"article:{article.slug}",
        "path": article.path,
        "title": _stem(title),
        "names": _stem(names),
        "body": body,
        "spelling": Counter(_fold(chain(title, names, *(found for _, found in words)))),
        "area": all_areas(article.body_areas),
        "symptom": article.symptoms,
        "author": article.authors,
        "source": source,
        "year": article.updated[:4] if article.updated else None,
        "cited": "yes" if article.references else "no",
        "cites": document.works,
        "work_year": {str(year) for work in document.works if (year := work_years.get(work))},
        "unsourced": _unsourced_kinds(article, document.evidence),
        "facts": _article_facts(document, content_hash, source),
        "document": dump_document(document),
        "keywords": pack_counts(body),
        "order_title": normalise(article.title).encode(),
        "order_date": int(article.updated.replace("-", "")) if article.updated else 0,
        "order_cited": len(set(document.works)),
    }
    for kind in SECTION_KINDS:
        entry[kind] = [term for of, found in terms if of == kind for term in found]
    return _without_nothing(entry)


def build_work_entry(document: WorkDocument) -> Entry:
    """Give the index document of a work."""
    work = document.work
    title, authors = work.title or work.raw, " ".join(work.authors)
    sentences = dict.fromkeys(citation.sentence for citation in work.citations if citation.sentence)
    words = find_words("\n".join((title, authors, work.container or "", *sentences)))
    terms = Counter(_stem(words))
    keys = dict.fromkeys(key for member in document.members for key in identity_keys(member.reference))
    articles = list(dict.fromkeys(member.article for member in document.members))
    return _without_nothing(
        {
            "kind": "work",
            "key": f"work:{work.id}",
            "identity": list(keys),
            "work_title": stem_text(title),
            "work_author": stem_text(authors),
            "work_container": stem_text(work.container or ""),
            "work_text": terms,
            "work_spelling": Counter(_fold(words)),
            "year": str(work.year) if work.year else None,
            "container": work.container,
            "host": work.host,
            "id_type": [name for name in IDENTIFIERS if getattr(work, name)] or "none",
            "article": articles,
            "area": list(dict.fromkeys(area for member in document.members for area in member.areas)),
            "facts": {
                "kind": "work",
                **{name: getattr(work, name) for name in ("id", "title", "authors", "et_al", "year", "container")},
                **{name: getattr(work, name) for name in ("host", *IDENTIFIERS)},
                "citations": sum(citation.sentence is not None for citation in work.citations),
                "articles": len(articles),
            },
            "document": dump_document(document),
            "keywords": pack_counts(terms),
            "order_title": normalise(work.title or work.raw).encode(),
            "order_date": _work_date(work),
            "order_cited": len(articles),
        }
    )


def _work_date(work: Work) -> int:
    """Give 20150630, with zeros for a month or day that is not known and 0 for no year."""
    return (work.year or 0) * 10_000 + (work.month or 0) * 100 + (work.day or 0) if work.year else 0


def _without_nothing(entry: Entry) -> Entry:
    return {name: value for name, value in entry.items() if value or value == 0}


def _stem(words: Iterable[str]) -> list[str]:
    return list(filter(None, map(STEMS.__getitem__, words)))


def _fold(words: Iterable[str]) -> list[str]:
    return list(filter(None, map(EXACT.__getitem__, words)))


def _symptom_names(article: Article) -> str:
    known = read_vocabulary().symptoms
    names = [known[slug].wordings if slug in known else (slug.replace("-", " "),) for slug in article.symptoms]
    return "\n".join(name for group in names for name in group)


def _unsourced_kinds(article: Article, evidence: Sequence[Evidence]) -> list[str]:
    cited = {part.anchor: part.cited for part in evidence}
    sections = article.sections
    return [
        kind
        for kind in SECTION_KINDS
        if any(s.kind == kind for s in sections) and not any(cited.get(s.anchor) for s in sections if s.kind == kind)
    ]


def _article_facts(document: ArticleDocument, content_hash: str, source: str) -> Entry:
    article = document.article
    return {
        "kind": "article",
        "slug": article.slug,
        "title": article.title,
        "path": article.path,
        "hash": content_hash,
        "updated": article.updated,
        "areas": article.body_areas,
        "symptoms": article.symptoms,
        "authors": article.authors,
        "source_url": article.source_url,
        "source": source,
        "references": len(article.references),
        "sentences": sum(part.sentences for part in document.evidence),
        "cited": sum(part.cited for part in document.evidence),
        "warnings": len(article.warnings),
    }
