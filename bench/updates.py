"""How long it takes from one changed article until a running reader answers with it."""

import shutil
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

from bench.synthetic import generate_articles
from indexer.disk.catalog import Catalog
from indexer.disk.generations import read_current, writing
from indexer.disk.writer import GenerationWriter
from indexer.documents import ArticleDocument
from indexer.index_entries import build_evidence
from indexer.update import Before, Update
from kb.index import open_index
from kb.model import Question
from kb.search import search


def measure_update(folder: Path) -> float:
    """Write one article again, in a copy of an index, and give the milliseconds until a search has seen it."""
    with TemporaryDirectory(dir=folder.parent) as scratch:
        return _measure(Path(shutil.copytree(folder, Path(scratch) / "index")))


def _measure(folder: Path) -> float:
    index = open_index(folder)
    search(index, Question("pain"))
    before = index.snapshot().generation
    article = next(iter(generate_articles(1, seed=99)))
    started = perf_counter()
    with (
        writing(folder),
        Catalog(read_current(folder)) as catalog,
        GenerationWriter(catalog) as writer,
        Update(catalog, None, folder) as update,
    ):
        known = catalog.find("article", article.slug)
        replaced = Before(article.slug, known, catalog.facts(known)["hash"]) if known is not None else None
        update.put(ArticleDocument(article, build_evidence(article)), "", replaced)
        update.write(writer, lambda items, _count, _label: items)
        writer.commit()
    while search(index, Question("pain")).generation == before:
        pass
    return round((perf_counter() - started) * 1000, 1)
