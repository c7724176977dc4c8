"""The peers: SQLite FTS5 with facets by join and by bitmaps, and tantivy, each used as its documentation suggests."""

import sqlite3
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import numpy as np
import tantivy

from bench.engines import FACETS, join_text
from bench.synthetic import BenchQuery
from indexer.model import Article

BATCH_BYTES = 128_000_000
SCHEMA = """
    pragma journal_mode=wal; pragma synchronous=normal; pragma cache_size=-64000;
    create table doc(id integer primary key, title text, body text);
    create virtual table fts using fts5(title, body, content='doc', content_rowid='id', tokenize='porter unicode61');
    create table value(id integer primary key, facet text, name text, unique(facet, name));
    create table doc_value(doc int, value int, primary key(doc, value)) without rowid;
"""


def facet_values(article: Article) -> dict[str, tuple[str, ...]]:
    """Give the values of the three facets of an article."""
    return {"area": article.body_areas, "symptom": article.symptoms, "author": article.authors}


class Fts5:
    """SQLite FTS5; facets are counted by a join over all matches."""

    def build(self, folder: Path, articles: Iterable[Article]) -> None:
        """Write a database."""
        folder.mkdir(parents=True, exist_ok=True)
        connection = sqlite3.connect(folder / "fts5.db")
        connection.executescript(SCHEMA)
        ids: dict[tuple[str, str], int] = {}
        for number, article in enumerate(articles, 1):
            row = (number, article.title, join_text(article))
            connection.execute("insert into doc values(?, ?, ?)", row)
            connection.execute("insert into fts(rowid, title, body) values(?, ?, ?)", row)
            pairs = {(facet, name) for facet, names in facet_values(article).items() for name in names}
            rows = [(number, ids.setdefault(pair, len(ids) + 1)) for pair in pairs]
            connection.executemany("insert into doc_value values(?, ?)", rows)
        rows_of_values = [(number, *pair) for pair, number in ids.items()]
        connection.executemany("insert into value values(?, ?, ?)", rows_of_values)
        connection.execute("create index value_doc on doc_value(value, doc)")
        connection.execute("insert into fts(fts) values('optimize')")
        connection.commit()
        connection.execute("analyze")
        connection.commit()
        connection.execute("pragma wal_checkpoint(truncate)")
        connection.close()

    def open(self, folder: Path) -> None:
        """Open the database with a generous cache."""
        self.connection = sqlite3.connect(folder / "fts5.db")
        for pragma in ("cache_size=-64000", "mmap_size=2000000000", "temp_store=memory"):
            self.connection.execute(f"pragma {pragma}")
        rows = self.connection.execute("select id, facet, name from value")
        self.ids = {(facet, name): number for number, facet, name in rows}

    def ask(self, query: BenchQuery, mode: str) -> Any:
        """Answer one query; FTS5 has no fuzzy words."""
        if query.kind == "fuzzy":
            raise NotImplementedError
        extra = ", highlight(fts, 0, '<b>', '</b>'), snippet(fts, 1, '<b>', '</b>', '…', 30)" if mode == "full" else ""
        top = self._top(query, extra)
        return top if mode == "top" else (top, self.count(query))

    def _top(self, query: BenchQuery, extra: str) -> Any:
        order = "rank" if not query.area else "bm25(fts)"
        wanted = f"fts match ?{self.filter(query)} order by {order} limit 10"
        statement = f"select rowid, {order}{extra} from fts where {wanted}"
        return self.connection.execute(statement, (match_text(query),)).fetchall()

    def filter(self, query: BenchQuery) -> str:
        """Give the condition for the query's area."""
        if not query.area:
            return ""
        return f" and fts.rowid in (select doc from doc_value where value = {self.ids.get(('area', query.area), -1)})"

    def count(self, query: BenchQuery) -> Any:
        """Count the values of all matches."""
        statement = (
            f"with hit as materialized (select rowid as doc from fts where fts match ?{self.filter(query)}) "
            "select value, count(*) from hit cross join doc_value on doc_value.doc = hit.doc group by value"
        )
        return self.connection.execute(statement, (match_text(query),)).fetchall()


class Fts5Bitmaps(Fts5):
    """SQLite FTS5; facets are counted by bitmaps in memory."""

    def open(self, folder: Path) -> None:
        """Open the database and read the bitmaps."""
        super().open(folder)
        (documents,) = self.connection.execute("select max(id) + 1 from doc").fetchone()
        width = -(-documents // 64) * 64
        mask = np.zeros((len(self.ids) + 1, width), np.uint8)
        pairs = np.array(self.connection.execute("select value, doc from doc_value").fetchall())
        mask[pairs[:, 0], pairs[:, 1]] = 1
        self.width, self.bitmaps = width, np.packbits(mask, axis=1).view(np.uint64)

    def count(self, query: BenchQuery) -> Any:
        """Count the values of all matches."""
        rows = self.connection.execute("select rowid from fts where fts match ?", (match_text(query),))
        mask = np.zeros(self.width, np.uint8)
        mask[np.fromiter((row[0] for row in rows), np.int64)] = 1
        matching = np.packbits(mask).view(np.uint64)
        if query.area:
            matching = matching & self.bitmaps[self.ids[("area", query.area)]]
        return np.bitwise_count(self.bitmaps & matching).sum(axis=1)


def match_text(query: BenchQuery) -> str:
    """Give a query in the language of FTS5."""
    if query.kind == "phrase":
        return f'body : "{" ".join(query.terms)}"'
    if query.kind == "prefix":
        return f'body : "{query.terms[0]}" *'
    joint = " OR " if query.kind == "or" else " AND "
    quoted = [f'"{term}"' for term in query.terms]
    return f"body : ({joint.join(quoted)})"


class Tantivy:
    """tantivy through its Python package; one thread writes, facets by aggregations."""

    def _schema(self) -> Any:
        builder = tantivy.SchemaBuilder()
        builder.add_text_field("title", stored=True, tokenizer_name="en_stem")
        builder.add_text_field("body", stored=True, tokenizer_name="en_stem")
        for facet in FACETS:
            builder.add_text_field(facet, stored=True, tokenizer_name="raw", index_option="basic", fast=True)
        return builder.build()

    def build(self, folder: Path, articles: Iterable[Article]) -> None:
        """Write an index."""
        folder.mkdir(parents=True, exist_ok=True)
        writer = tantivy.Index(self._schema(), path=str(folder)).writer(heap_size=BATCH_BYTES, num_threads=1)
        for article in articles:
            values = {name: list(found) for name, found in facet_values(article).items()}
            writer.add_document(tantivy.Document(title=[article.title], body=[join_text(article)], **values))
        writer.commit()
        writer.wait_merging_threads()

    def open(self, folder: Path) -> None:
        """Open the index."""
        self.schema = self._schema()
        self.index = tantivy.Index(self.schema, path=str(folder))
        self.index.reload()
        self.searcher = self.index.searcher()
        self.wanted = {name: {"terms": {"field": name, "size": 100}} for name in FACETS}

    def _query(self, query: BenchQuery) -> Any:
        make, first = tantivy.Query, query.terms[0]
        if query.kind == "prefix":
            return make.regex_query(self.schema, "body", f"{first}.*")
        if query.kind == "fuzzy":
            return make.fuzzy_term_query(self.schema, "body", first, distance=1, transposition_cost_one=True)
        if query.kind == "phrase":
            return self.index.parse_query(f'"{" ".join(query.terms)}"', ["body"])
        parsed = self.index.parse_query((" OR " if query.kind == "or" else " AND ").join(query.terms), ["body"])
        if not query.area:
            return parsed
        must = tantivy.Occur.Must
        area = make.term_query(self.schema, "area", query.area, index_option="basic")
        return make.boolean_query([(must, parsed), (must, make.const_score_query(area, 0.0))])

    def ask(self, query: BenchQuery, mode: str) -> Any:
        """Answer one query."""
        wanted = self._query(query)
        hits = self.searcher.search(wanted, 10, count=False).hits
        if mode == "top":
            return hits
        counts = self.searcher.aggregate(wanted, self.wanted)
        if mode == "facets":
            return hits, counts
        snippets = tantivy.SnippetGenerator.create(self.searcher, wanted, self.schema, "body")
        documents = [self.searcher.doc(address) for _, address in hits]
        return [(found["title"][0], snippets.snippet_from_doc(found).to_html()) for found in documents], counts
