"""A question's expression becomes a tree of Whoosh's query classes, over the fields of articles or of works."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from indexer.analyzer import EXACT, WORD
from indexer.engine import query
from indexer.vocabulary import read_vocabulary
from kb.grammar import Clause, Expression, parse_question
from kb.index import Snapshot
from kb.lexicon import open_lexicon
from kb.model import DocumentKind
from kb.ranking import FIELDS, Fields, Ranking

EXPANSIONS = 48  # words that one prefix or fuzzy word may stand for
FUZZY_FACTOR = 0.5  # what a word spelled a little differently counts, for each letter of distance
PRESENT = 1.0  # added to every hit so that the optional words of a strict question stay optional
NEAREST = 3  # words that a misspelled one may stand for
CORRECTED_LENGTH = 4  # letters of a word that may be misspelled
ALL_WORDS = 1000.0  # added to the score of a hit that has every word; more than any score of words
VALUE_FIELDS = {"area": "area", "symptom": "symptom", "year": "year"}  # whole values that a colon may ask for


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


def build_query(snapshot: Snapshot, text: str, kind: DocumentKind, ranking: Ranking) -> Query:
    """Give the query for a user's text."""
    fields = FIELDS[kind]
    expression = parse_question(text, frozenset(fields.named) | frozenset(VALUE_FIELDS))
    builder = _Builder(snapshot, fields, ranking, stopped=_is_stopped(expression))
    tree = builder.build(expression)
    missing = tuple(dict.fromkeys(builder.missing))
    marks = Marks(frozenset(builder.stems), frozenset(builder.words), tuple(builder.phrases))
    suggestion = _suggest(text, builder.corrections)
    return Query(tree, marks, str(expression), missing, suggestion, expression.notes)


def _is_stopped(expression: Expression) -> bool:
    """Say whether nothing is asked for but stop words: then these are looked for as they are written."""
    return not any(clause.stems or clause.kind in ("prefix", "fuzzy") for clause in expression.clauses)


class _Builder:
    """Builds the tree of one expression, and remembers what to mark and what no document has."""

    def __init__(self, snapshot: Snapshot, fields: Fields, ranking: Ranking, stopped: bool) -> None:
        self._snapshot = snapshot
        self._fields = fields
        self._ranking = ranking
        self._stopped = stopped
        self.missing: list[str] = []
        self.corrections: dict[str, str] = {}
        self.stems: list[str] = []
        self.words: list[str] = []
        self.phrases: list[tuple[str, ...]] = []

    def build(self, expression: Expression) -> Any:
        """Give the tree of the whole expression."""
        required: list[Any] = []
        optional: list[Any] = []
        for group in expression.groups:
            nodes = [node for clause in group if (node := self._clause(clause)) is not None]
            if not nodes:
                continue
            strict = all(clause.strict for clause in group)
            (required if strict else optional).append(nodes[0] if len(nodes) == 1 else query.Or(nodes))
        tree = self._combine(required, optional)
        excluded = [node for clause in expression.excluded if (node := self._clause(clause, marked=False)) is not None]
        found = tree if tree is not None else query.Every()
        return query.And([found, query.Not(query.Or(excluded))]) if excluded else found

    def _combine(self, required: list[Any], optional: list[Any]) -> Any:
        wanted = [node for node in optional if node != query.NullQuery]
        ranked = list(wanted)
        if self._ranking.all_words_first and len(wanted) > 1:
            ranked.append(query.ConstantScoreQuery(query.And(wanted), ALL_WORDS))
        words = _any(ranked)
        if not required:
            return words if wanted or not optional else query.NullQuery
        strict = required[0] if len(required) == 1 else query.And(required)
        if words is None:
            return strict
        # not AndMaybe and not AndNot: those of Whoosh 2.7.4 lose optional scores and let excluded documents pass
        return query.And([strict, query.Or([words, query.ConstantScoreQuery(strict, PRESENT)])])

    def _clause(self, clause: Clause, marked: bool = True) -> Any:
        """Give the node of one clause, or None for stop words beside other words."""
        if clause.field in VALUE_FIELDS:
            return self._value(clause)
        if clause.kind in ("prefix", "fuzzy"):
            return self._widened(clause, marked)
        terms = clause.words if self._stopped else clause.stems
        if not terms:
            return None
        node = self._phrase(clause, terms) if len(terms) > 1 else self._word(clause, terms[0])
        if node == query.NullQuery and marked and clause.kind == "word" and clause.field is None:
            node = self._misspelled(clause.words[0])
        if marked:
            self._remember(clause, terms, node)
        return node

    def _remember(self, clause: Clause, terms: Sequence[str], node: Any) -> None:
        if node == query.NullQuery or clause.words[0] in self.corrections:
            self.missing.append(" ".join(clause.words))
        elif self._stopped:
            self.words.extend(terms)
        elif len(terms) > 1:
            self.phrases.append(tuple(terms))
        else:
            self.stems.append(terms[0])

    def _misspelled(self, word: str) -> Any:
        """Give the node of the words nearest to one that no document has, and note the best of them."""
        near = open_lexicon(self._snapshot, self._fields.spelling).close_to(word, NEAREST)
        if not near or len(word) < CORRECTED_LENGTH:
            return query.NullQuery
        self.corrections[word] = near[0][0]
        self.words.extend(name for name, _ in near)
        return self._terms([(self._fields.spelling, name, FUZZY_FACTOR**distance) for name, distance in near])

    def _value(self, clause: Clause) -> Any:
        text = " ".join(clause.words)
        vocabulary = read_vocabulary()
        found = {"area": vocabulary.find_area, "symptom": vocabulary.find_symptom}.get(clause.field or "")
        value = (found(text) if found else None) or text.replace(" ", "-")
        return query.ConstantScoreQuery(query.Term(VALUE_FIELDS[clause.field or ""], value), 1.0)

    def _places(self, clause: Clause) -> dict[str, float]:
        """Give the fields that a clause is looked for in, with their weights."""
        if clause.field is not None:
            return dict.fromkeys(self._fields.named[clause.field], 1.0)
        if self._stopped:
            return {self._fields.spelling: 1.0}
        return {self._fields.text: 1.0} | (dict(self._fields.boosted) if self._ranking.fields else {})

    def _word(self, clause: Clause, term: str) -> Any:
        return self._terms([(name, term, boost) for name, boost in self._places(clause).items()])

    def _terms(self, wanted: Iterable[tuple[str, str, float]]) -> Any:
        nodes = [
            query.Term(name, term, boost=boost)
            for name, term, boost in wanted
            if self._snapshot.document_frequency(name, term)
        ]
        return _any(nodes) or query.NullQuery

    def _phrase(self, clause: Clause, terms: Sequence[str]) -> Any:
        if self._stopped:
            nodes = [self._word(clause, term) for term in terms]
            return query.NullQuery if query.NullQuery in nodes else query.And(nodes)
        names = self._fields.phrases if clause.field is None else self._fields.named[clause.field]
        nodes = [
            query.Phrase(name, list(terms))
            for name in names
            if all(self._snapshot.document_frequency(name, term) for term in terms)
        ]
        return _any(nodes) or query.NullQuery

    def _widened(self, clause: Clause, marked: bool) -> Any:
        lexicon, word = open_lexicon(self._snapshot, self._fields.spelling), clause.words[0]
        if clause.kind == "prefix":
            found = [(name, 1.0) for name in lexicon.starting_with(word, EXPANSIONS)]
        else:
            near = lexicon.close_to(word, EXPANSIONS)
            found = [(word, 1.0), *((name, FUZZY_FACTOR**distance) for name, distance in near)]
        if marked:
            self.words.extend(name for name, _ in found)
        node = self._terms([(self._fields.spelling, name, boost) for name, boost in found])
        if marked and node == query.NullQuery:
            self.missing.append(str(clause))
        return node if clause.field is None else self._within(clause, [name for name, _ in found])

    def _within(self, clause: Clause, words: Sequence[str]) -> Any:
        """Give the node of widened words in a stemmed field."""
        stems = dict.fromkeys(stem for word in words for stem in Clause("word", (word,)).stems)
        names = self._fields.named[clause.field or ""]
        return self._terms([(name, stem, 1.0) for name in names for stem in stems])


def _suggest(text: str, corrections: Mapping[str, str]) -> str | None:
    """Give the user's text with misspelled words corrected, or None when none is."""
    if not corrections:
        return None

    def correct(word: re.Match[str]) -> str:
        return corrections.get(EXACT[word[0].lower()] or "", word[0])

    suggestion = WORD.sub(correct, text)
    return suggestion if suggestion != text else None


def _any(nodes: Sequence[Any]) -> Any:
    """Give the node that matches what any of `nodes` matches, or None for no nodes."""
    if not nodes:
        return None
    return nodes[0] if len(nodes) == 1 else query.Or(list(nodes))
