"""Stock Whoosh as everybody uses it: its own codec, stemming analyzer, query parser, `groupedby` and highlighter."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from bench.engines import FACETS, join_text
from bench.peers import facet_values
from bench.synthetic import BenchQuery
from indexer.engine import analysis, fields, index, qparser, query, sorting
from indexer.model import Article

TOP = 10  # `groupedby` sets the limit aside and gives all hits; marking the words of all would take many seconds


class StockWhoosh:
    """Whoosh by its manual."""

    def build(self, folder: Path, articles: Iterable[Article]) -> None:
        """Write an index with the default codec."""
        folder.mkdir(parents=True, exist_ok=True)
        keywords = {name: fields.KEYWORD(stored=True, commas=True) for name in FACETS}
        text = fields.TEXT(stored=True, analyzer=analysis.StemmingAnalyzer())
        schema = fields.Schema(title=fields.TEXT(stored=True), body=text, **keywords)
        writer = index.create_in(str(folder), schema).writer(limitmb=512)
        for article in articles:
            values = {name: ",".join(found) for name, found in facet_values(article).items()}
            writer.add_document(title=article.title, body=join_text(article), **values)
        writer.commit()

    def open(self, folder: Path) -> None:
        """Open the index and one searcher."""
        self.searcher = index.open_dir(str(folder)).searcher()
        self.parser = qparser.QueryParser("body", self.searcher.schema)

    def ask(self, wanted: BenchQuery, mode: str) -> Any:
        """Answer one query; a fuzzy one walks the whole vocabulary for many seconds, and is left out."""
        if wanted.kind == "fuzzy":
            raise NotImplementedError
        parsed, area = self._parse(wanted), query.Term("area", wanted.area) if wanted.area else None
        if mode == "top":
            return [hit.docnum for hit in self.searcher.search(parsed, limit=TOP, filter=area)]
        grouped = sorting.Facets()
        for name in FACETS:
            grouped.add_field(name, allow_overlap=True)
        results = self.searcher.search(parsed, limit=TOP, filter=area, groupedby=grouped, maptype=sorting.Count)
        counts = {name: results.groups(name) for name in FACETS}
        if mode == "facets":
            return [hit.docnum for hit in results[:TOP]], counts
        return [(hit["title"], hit.highlights("body")) for hit in results[:TOP]], counts

    def _parse(self, wanted: BenchQuery) -> Any:
        first = wanted.terms[0]
        texts = {"or": " OR ".join(wanted.terms), "phrase": f'"{" ".join(wanted.terms)}"', "prefix": f"{first}*"}
        return self.parser.parse(texts.get(wanted.kind, " AND ".join(wanted.terms)))
