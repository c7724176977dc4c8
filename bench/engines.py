"""The engines that are measured on the same articles and queries: ours, stock Whoosh, SQLite FTS5, tantivy.

Each builds an index of articles in a folder, opens it, and answers a query in three ways: `top` (the best ten),
`facets` (the same with three facets counted over all matches) and `full` (the same with titles and snippets).
"""

from collections.abc import Iterable
from pathlib import Path
from typing import Any, Protocol

from bench.synthetic import BenchQuery
from indexer.model import Article
from kb.index import Index, open_index
from kb.model import Question
from kb.query.ranking import PLAIN, SITE, Ranking
from kb.search import Wanted, prepare, search

MODES = ("top", "facets", "full")
FACETS = ("area", "symptom", "author")
OURS = {
    "top": Wanted(facets=(), snippets=False),
    "facets": Wanted(facets=FACETS, snippets=False),
    "full": Wanted(facets=FACETS, snippets=True),
}


class Engine(Protocol):
    """What is measured."""

    def build(self, folder: Path, articles: Iterable[Article]) -> None:
        """Write an index of the articles."""

    def open(self, folder: Path) -> None:
        """Open the index for queries."""

    def ask(self, query: BenchQuery, mode: str) -> Any:
        """Answer one query."""


def write_text(query: BenchQuery) -> str:
    """Give a query in our own grammar; `and` as words in quotes, which are required."""
    first = query.terms[0]
    if query.kind in ("and", "filter"):
        return " ".join(f'"{term}"' for term in query.terms)
    return {
        "term": first,
        "or": " OR ".join(query.terms),
        "phrase": f'"{" ".join(query.terms)}"',
        "prefix": f"{first}*",
        "fuzzy": f"~{first}",
    }[query.kind]


def join_text(article: Article) -> str:
    """Give the text that every engine indexes as the body of an article."""
    return "\n".join((article.title, *(section.text for section in article.sections)))


class Ours:
    """The site's own search, plain or with everything that is on by default.

    The site's queries are plain words, as people type them; the plain ones are the same as every engine's.
    """

    def __init__(self, ranking: Ranking) -> None:
        """Take the ranking that is measured."""
        self._ranking = ranking
        self._index: Index | None = None
        prepare()  # as the server does before it listens

    def build(self, folder: Path, articles: Iterable[Article]) -> None:
        """Write the index as `kb index` does."""
        from indexer.build import build_index  # noqa: PLC0415 - who asks has no use for it in memory

        build_index(folder, articles)

    def open(self, folder: Path) -> None:
        """Open the index as the site does."""
        self._index = open_index(folder)

    def ask(self, query: BenchQuery, mode: str) -> Any:
        """Answer by the function that the site calls."""
        assert self._index is not None
        filters = {"area": (query.area,)} if query.area else {}
        return search(self._index, Question(write_text(query), filters=filters), self._ranking, OURS[mode])


def ours() -> Engine:
    """Give our search as plain BM25F over one field."""
    return Ours(PLAIN)


def ours_site() -> Engine:
    """Give our search as the site uses it."""
    return Ours(SITE)
