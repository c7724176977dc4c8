"""A question's expression becomes a tree of Whoosh's query classes, over the fields of articles or of works."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from indexer.text.analyzer import EXACT, WORD
from kb.arrays.lexicon import Statistics
from kb.model import DocumentKind
from kb.query.grammar import Expression, parse_question
from kb.query.leaves import VALUE_FIELDS, LeafBuilder
from kb.query.ranking import FIELDS, Ranking
from kb.query.tree import TreeBuilder


@dataclass(frozen=True, slots=True)
class Marks:
    """What to mark in a snippet: stemmed words, words as they are spelled, and phrases of stems."""

    stems: frozenset[str] = frozenset()
    words: frozenset[str] = frozenset()
    phrases: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Query:
    """A question ready to be evaluated: its tree, what to mark, and what to say about it."""

    tree: Any
    marks: Marks
    understood: str
    missing: tuple[str, ...]
    suggestion: str | None
    notes: tuple[str, ...]


def build_query(snapshot: Statistics, text: str, kind: DocumentKind, ranking: Ranking) -> Query:
    """Give the query for a user's text."""
    expression = parse_question(text, frozenset(FIELDS[kind].named) | frozenset(VALUE_FIELDS))
    stopped = _is_stopped(expression)
    builder = TreeBuilder(LeafBuilder(snapshot, kind, ranking, stopped), ranking, stopped)
    tree = builder.build(expression)
    missing = tuple(dict.fromkeys(builder.missing))
    marks = Marks(frozenset(builder.stems), frozenset(builder.words), tuple(builder.phrases))
    suggestion = _suggest(text, builder.corrections)
    return Query(tree, marks, str(expression), missing, suggestion, expression.notes)


def _is_stopped(expression: Expression) -> bool:
    """Say whether nothing is asked for but stop words: then these are looked for as they are written."""
    return not any(clause.stems or clause.kind in ("prefix", "fuzzy") for clause in expression.clauses)


def _suggest(text: str, corrections: Mapping[str, str]) -> str | None:
    """Give the user's text with misspelled words corrected, or None when none is."""
    if not corrections:
        return None

    def correct(word: re.Match[str]) -> str:
        return corrections.get(EXACT[word[0].lower()] or "", word[0])

    suggestion = WORD.sub(correct, text)
    return suggestion if suggestion != text else None
