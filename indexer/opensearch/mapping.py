"""The mapping of an index on OpenSearch: the fields of `indexer.schema`, and entries as documents of it.

Words are analysed here, by the analysis of the embedded engine, and sent as terms: the server parts them at blanks.
So both engines have the same terms whatever release of Snowball a server carries. What was only searched is not kept
in `_source`: a document is always written whole, never updated in part.
"""

from collections import Counter
from collections.abc import Mapping
from typing import Any

from indexer.index_entries import Entry
from indexer.schema import ARTICLE_FACET_FIELDS, SECTION_FIELDS, VERSION, WORK_FACET_FIELDS
from indexer.text.analyzer import split_text

Row = dict[str, Any]

PLACED = ("title", "names", *SECTION_FIELDS, "work_title", "work_author", "work_container")  # words with positions
COUNTED = ("body", "spelling", "work_text", "work_spelling")  # words with their counts
TYPED = {"article": ("title", "title_typed"), "work": ("container", "container_typed")}  # completed while typing
VOCABULARIES = {"spelling": "vocabulary", "work_spelling": "work_vocabulary"}  # every word once, for prefix*
FACETS = tuple(dict.fromkeys(ARTICLE_FACET_FIELDS + WORK_FACET_FIELDS))
NUMBERS = ("order_date", "order_cited", "sentences", "sentences_cited")
KEPT = ("facts", "document", "keywords")
SIMILARITY = {"type": "BM25", "k1": 1.6, "b": 0.75}  # kb.query.ranking.SITE
GC_DELETES = "1h"  # how long a deletion is remembered, so that a late write of an older run cannot undo it


def build_settings(shards: int) -> Row:
    """Give the settings of a new index; a copy of every shard is kept wherever there is a second node."""
    return {
        "number_of_shards": shards,
        "auto_expand_replicas": "0-1",
        "refresh_interval": "-1",  # what is written is seen when a run is complete
        "gc_deletes": GC_DELETES,
        "similarity": {"default": SIMILARITY},
    }


def build_mapping(meta: Mapping[str, Any]) -> Row:
    """Give the strict mapping of `VERSION`."""
    keyword = {"type": "keyword"}
    unread = {"type": "keyword", "index": False, "doc_values": False}
    fields: dict[str, Row] = dict.fromkeys(("kind", "key", "path", "identity", *FACETS), keyword)
    fields |= {name: {"type": "text", "analyzer": "whitespace"} for name in PLACED}
    fields |= {name: {"type": "text", "analyzer": "whitespace", "index_options": "freqs"} for name in COUNTED}
    fields |= {name: {"type": "text", "analyzer": "whitespace", "norms": False} for _, name in TYPED.values()}
    fields |= {name: {"type": "keyword", "index": False} for name in VOCABULARIES.values()}
    fields |= {"facts": {"type": "object", "enabled": False}, "document": unread, "keywords": unread}
    fields |= {"order_title": keyword}
    fields |= {name: {"type": "integer"} for name in NUMBERS}
    return {
        "dynamic": "strict",
        "_source": {"includes": list(KEPT)},
        "_meta": {"version": VERSION, **meta},
        "properties": fields,
    }


def build_document(entry: Entry) -> Row:
    """Give an entry as the document that the cluster indexes."""
    row: Row = {name: _build_value(value) for name, value in entry.items()}
    facts: Mapping[str, Any] = entry["facts"]
    source, target = TYPED[entry["kind"]]
    row[target] = " ".join(split_text(facts.get(source) or ""))
    if entry["kind"] == "article":
        row |= {"sentences": facts["sentences"], "sentences_cited": facts["cited"]}
    for spelling, vocabulary in VOCABULARIES.items():
        if spelling in entry:
            row[vocabulary] = list(entry[spelling])
    for name in (*PLACED, *COUNTED):
        if isinstance(row.get(name), list):
            row[name] = " ".join(row[name])
    return row


def _build_value(value: Any) -> Any:
    if isinstance(value, Counter):
        return " ".join(value.elements())
    if isinstance(value, bytes):
        return value.decode()
    return sorted(value) if isinstance(value, (set, frozenset)) else value
