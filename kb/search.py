"""A question goes in, a closed result page comes out; nothing of an engine leaves this module."""

from collections.abc import Iterator, Sequence

from indexer.documents import ArticleDocument, WorkDocument, load_article, load_work
from indexer.text.spelling import read_spelling_rules
from indexer.vocabulary import read_vocabulary
from kb.care import read_cards
from kb.index import Index
from kb.model import Hit, Question, ResultPage
from kb.query.english import read_english
from kb.query.ranking import SITE, Ranking
from kb.query.synonyms import read_synonyms
from kb.wanted import PER_PAGE_LIMIT, WHOLE, Wanted

__all__ = [
    "PER_PAGE_LIMIT",
    "WHOLE",
    "Wanted",
    "find_work",
    "prepare",
    "read_article",
    "read_articles",
    "read_work",
    "read_works",
    "search",
    "similar",
    "similar_works",
]


def prepare() -> None:
    """Read the tables that answers need (vocabulary, cards, synonyms, English), so that the first does not wait."""
    read_cards()
    read_vocabulary()
    read_synonyms()
    read_spelling_rules()
    read_english()


def search(index: Index, question: Question, ranking: Ranking = SITE, wanted: Wanted = WHOLE) -> ResultPage:
    """Give the page of results for a question; any text and any filters have an answer."""
    return index.search(question, ranking, wanted)


def read_article(index: Index, slug: str) -> ArticleDocument | None:
    """Give an article with its evidence and works, or None when there is none with this slug."""
    return next(read_articles(index, [slug]), None)


def read_articles(index: Index, slugs: Sequence[str]) -> Iterator[ArticleDocument]:
    """Give the articles with these slugs in order, read at once; those that there are not are left out."""
    keys = [f"article:{slug}" for slug in slugs]
    found = index.read_documents(keys)
    return (load_article(found[key]) for key in keys if key in found)


def read_work(index: Index, work_id: str) -> WorkDocument | None:
    """Give a work with every place that cites it, or None when there is none with this id."""
    return next(read_works(index, [work_id]), None)


def read_works(index: Index, ids: Sequence[str]) -> Iterator[WorkDocument]:
    """Give the works with these ids in order, read at once; those that there are not are left out."""
    keys = [f"work:{work_id}" for work_id in ids]
    found = index.read_documents(keys)
    return (load_work(found[key]) for key in keys if key in found)


def find_work(index: Index, scheme: str, identifier: str) -> str | None:
    """Give the id of the work with a DOI, PMID or PMCID (`scheme` in lower case), or None when there is none."""
    return index.find_work(f"{scheme}:{identifier}")


def similar(index: Index, slug: str, limit: int = 5) -> tuple[Hit, ...]:
    """Give the articles most like the one with this slug."""
    return index.find_similar("article", slug, limit)


def similar_works(index: Index, work_id: str, limit: int = 5) -> tuple[Hit, ...]:
    """Give the works most like the one with this id."""
    return index.find_similar("work", work_id, limit)
