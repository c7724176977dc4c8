"""A new index from Articles that are already values: for what has no files to sync with (measurements, tests)."""

from collections.abc import Iterable
from pathlib import Path

from indexer.disk.catalog import Catalog
from indexer.disk.generations import announce, create_data_folder, writing
from indexer.disk.writer import GenerationWriter
from indexer.documents import ArticleDocument
from indexer.index_entries import build_evidence
from indexer.model import Article
from indexer.update import Update


def build_index(folder: Path, articles: Iterable[Article]) -> int:
    """Write an index of these articles into an empty folder, and give its generation."""
    with writing(folder):
        data = create_data_folder(folder, 0)
        with (
            Catalog(data, create=True) as catalog,
            GenerationWriter(catalog) as writer,
            Update(catalog, None, folder) as update,
        ):
            for article in articles:
                update.put(ArticleDocument(article, build_evidence(article)), "", None)
            update.write(writer, lambda items, _count, _label: items)
            generation = writer.commit()
        announce(folder, data)
    return generation
