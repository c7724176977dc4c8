"""The fields of the index, shared by what writes it and what reads it.

Articles and works are documents of one index, so that one commit is one generation of both. They use
different text fields, so that neither changes the word statistics of the other.
"""

from indexer.engine import columns, fields
from indexer.text.analyzer import exact_text, ranked_text, stemmed_text

VERSION = 1
"""Raise it with any change to fields or analysis: older indexes are then refused by name."""

SECTION_FIELDS = ("description", "causes", "remedies", "other")
"""Stemmed words with positions, one field a section kind: phrases, `field:` queries, the section facet."""

ARTICLE_FACET_FIELDS = ("area", "symptom", "author", "source", "year", "cited", "cites", "work_year", "unsourced")
WORK_FACET_FIELDS = ("year", "container", "host", "id_type", "article", "area")


def keyword() -> fields.KEYWORD:
    """Give a field of whole values: many a document, compared exactly, no statistics of length."""
    return fields.ID(stored=False)


def build_schema() -> fields.Schema:
    """Give the schema of `VERSION`."""
    schema = fields.Schema(
        kind=keyword(),  # "article" or "work"
        key=fields.ID(unique=True),  # "article:<slug>" or "work:<id>"
        path=keyword(),  # an article's source: its file, with "#<line>" in a .jsonl
        identity=keyword(),  # a work's "doi:…", "pmid:…", "pmcid:…", "title:…"
        # articles: `body` holds title, headings and all sections for ranking; `names` what else the symptom is called
        title=stemmed_text(),
        names=stemmed_text(),
        body=ranked_text(),
        spelling=exact_text(),  # every word unstemmed: prefix*, ~fuzzy, did-you-mean
        # works: `work_text` holds title, authors, container and the citing sentences for ranking
        work_title=stemmed_text(),
        work_author=stemmed_text(),
        work_container=stemmed_text(),
        work_text=ranked_text(),
        work_spelling=exact_text(),
        # what result lists and sync need, as a small dict (see indexer/documents.py: `Facts`)
        facts=fields.STORED(),
        # the whole article or work as JSON, read for the page and the snippets only (indexer/documents.py reads it)
        document=fields.COLUMN(columns.VarBytesColumn()),
        # its most frequent words by `indexer.text.keywords.pack_keywords(text)`: feedback, similar articles and works
        keywords=fields.COLUMN(columns.VarBytesColumn()),
        # what sorts a result list: folded title; date of update or publication as 20181009 (0: unknown, 20180000: a
        # year); how many works an article cites, or how many articles cite a work
        order_title=fields.COLUMN(columns.VarBytesColumn()),
        order_date=fields.COLUMN(columns.NumericColumn("i")),
        order_cited=fields.COLUMN(columns.NumericColumn("i")),
    )
    for name in SECTION_FIELDS:
        schema.add(name, stemmed_text())
    for name in dict.fromkeys(ARTICLE_FACET_FIELDS + WORK_FACET_FIELDS):
        schema.add(name, keyword())
    return schema
