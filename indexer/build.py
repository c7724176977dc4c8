"""A new index from Articles that are already values: for what has no files to sync with (measurements, tests)."""

from collections.abc import Iterable
from contextlib import ExitStack

from indexer.documents import ArticleDocument
from indexer.index_entries import build_evidence
from indexer.model import Article
from indexer.opensearch.place import Place
from indexer.store import open_store
from indexer.update import Update


def build_index(place: Place, articles: Iterable[Article]) -> int:
    """Write an index of these articles, in place of what is there, and give its generation."""
    store = open_store(place)
    with store.writing(), ExitStack() as stack:
        catalog, known, is_new = store.open(stack, True, 0)
        update = stack.enter_context(Update(catalog, known, store.folder))
        for article in articles:
            update.put(ArticleDocument(article, build_evidence(article)), "", None)
        generation, _ = store.commit(catalog, update, is_new, lambda items, _count, _label: items)
    return generation
