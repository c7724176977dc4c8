"""A query tree as OpenSearch's query DSL: what matches is the same, what it scores is the cluster's BM25."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from indexer.engine import query
from indexer.opensearch.client import Row
from indexer.schema import SECTION_FIELDS
from kb.facets import stems_of_marks
from kb.query.build import Marks

ROUNDS = 8  # of learning words before a query is taken as it is; a word that no document has needs up to six


class UnknownQuery(TypeError):
    """The tree has a node that has no counterpart here."""


def build_dsl(node: Any) -> Row:
    """Give the DSL of a tree of Term, Or, And (with Not inside), Phrase, ConstantScoreQuery, Every and NullQuery."""
    build = RULES.get(type(node))
    if build is None:
        raise UnknownQuery(f"{type(node).__name__} cannot be asked of OpenSearch")
    return build(node)


def _term(node: Any) -> Row:
    return {"term": {node.fieldname: {"value": node.text, "boost": node.boost}}}


def _or(node: Any) -> Row:
    return {"bool": {"should": [build_dsl(part) for part in node.subqueries], "minimum_should_match": 1}}


def _and(node: Any) -> Row:
    wanted = [build_dsl(part) for part in node.subqueries if type(part) is not query.Not]
    barred = [build_dsl(part.query) for part in node.subqueries if type(part) is query.Not]
    return {"bool": {"must": wanted, "must_not": barred}}


def _phrase(node: Any) -> Row:
    return {"match_phrase": {node.fieldname: {"query": " ".join(node.words), "boost": node.boost}}}


def _constant(node: Any) -> Row:
    return {"constant_score": {"filter": build_dsl(node.child), "boost": node.score}}


def _every(_node: Any) -> Row:
    return {"match_all": {}}


def _nothing(_node: Any) -> Row:
    return {"match_none": {}}


RULES: Mapping[type, Callable[[Any], Row]] = {
    query.Term: _term,
    query.Or: _or,
    query.And: _and,
    query.Phrase: _phrase,
    query.ConstantScoreQuery: _constant,
    query.Every: _every,
    type(query.NullQuery): _nothing,
}


def build_filter(facet: str, values: Sequence[str], marks: Marks) -> Row:
    """Give the filter for documents that have any of the chosen values of a facet."""
    if facet != "section":
        return {"terms": {facet: list(values)}}
    return {"bool": {"should": [section_filter(kind, marks) for kind in values], "minimum_should_match": 1}}


def section_filter(kind: str, marks: Marks) -> Row:
    """Give the filter for documents in which a word asked for stands in a section of `kind`; any word for none."""
    if kind not in SECTION_FIELDS:
        return {"match_none": {}}
    stems = sorted(stems_of_marks(marks))
    return {"terms": {kind: stems}} if stems else {"exists": {"field": kind}}
