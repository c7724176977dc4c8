"""Looking into a data folder, for tests of what writes it."""

from indexer.catalog import Catalog
from indexer.writer import GenerationWriter


def add_article(data, entry):
    """Commit one document and give the generation."""
    with Catalog(data) as catalog, GenerationWriter(catalog) as writer:
        writer.add(entry)
        return writer.commit()


def segment_count(data):
    """Give how many segments the newest commit has."""
    with Catalog(data) as catalog:
        return len(catalog.segment_names())
