"""The tree of Whoosh's query classes for one expression: what must match, what may, and what lifts a hit."""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any

from indexer.engine import query
from kb.query.grammar import Clause, Expression
from kb.query.leaves import VALUE_FIELDS, LeafBuilder, any_of
from kb.query.ranking import Ranking
from kb.query.synonyms import find_meanings

PRESENT = 1.0  # added to every hit so that the optional words of a strict question stay optional
ALL_WORDS = 1000.0  # added to the score of a hit that has both words of a short question; more than any score of words
MANY_WORDS = 2.0  # the same for longer questions: one that has every word by chance is not yet about them
SHORT = 2  # words of a short question
NEIGHBOURS = 0.15  # what two words of the question side by side count, beside the words themselves
JOINED = 0.3  # for each of two words of the question, what both written as one count
AREA = 1.5  # for a word of the question that names a part of the body, in articles about that part
PAIRS = 12  # neighbouring words of a question that are looked at


class TreeBuilder:
    """Builds the tree of one expression, and remembers what to mark and what no document has."""

    def __init__(self, leaves: LeafBuilder, ranking: Ranking, stopped: bool) -> None:
        self._leaves = leaves
        self._ranking = ranking
        self._stopped = stopped
        self._joined: set[str] = set()  # stems of words that documents have only, or also, as one with a neighbour
        self.missing: list[str] = []
        self.corrections: dict[str, str] = {}
        self.stems: list[str] = []
        self.words: list[str] = []
        self.phrases: list[tuple[str, ...]] = []

    def build(self, expression: Expression) -> Any:
        """Give the tree of the whole expression."""
        meanings = self._find_meanings(expression)
        required: list[Any] = []
        optional: list[Any] = []
        about: list[Any] = []
        for group in expression.groups:
            asked = [(clause, node) for clause in group if (node := self._clause(clause, meanings)) is not None]
            about += [lift for clause, node in asked if (lift := self._about(clause, node)) is not None]
            if asked:
                nodes = [node for _, node in asked]
                strict = all(clause.strict for clause in group)
                (required if strict else optional).append(any_of(nodes))
        near = self._neighbours(expression) if self._ranking.proximity else []
        tree = self._combine(required, optional, [*near, *about])
        excluded = [node for clause in expression.excluded if (node := self._unmarked(clause)) is not None]
        found = tree if tree is not None else query.Every()
        return query.And([found, query.Not(query.Or(excluded))]) if excluded else found

    def _combine(self, required: list[Any], optional: list[Any], lifting: list[Any]) -> Any:
        wanted = [node for node in optional if node != query.NullQuery]
        ranked = [*wanted, *lifting]
        if self._ranking.all_words_first and len(wanted) > 1:
            lift = ALL_WORDS if len(wanted) <= SHORT else MANY_WORDS
            ranked.append(query.ConstantScoreQuery(query.And(wanted), lift))
        words = any_of(ranked)
        if not required:
            return words if wanted or not optional else query.NullQuery
        strict = required[0] if len(required) == 1 else query.And(required)
        if words is None:
            return strict
        # not AndMaybe and not AndNot: those of Whoosh 2.7.4 lose optional scores and let excluded documents pass
        return query.And([strict, query.Or([words, query.ConstantScoreQuery(strict, PRESENT)])])

    def _find_meanings(self, expression: Expression) -> dict[str, list[Any]]:
        """Give for each plain word that has synonyms, alone or with its neighbours, the nodes of their meanings."""
        if not self._ranking.synonyms or self._stopped:
            return {}
        stems = [stem for clause in expression.clauses if is_plain(clause) for stem in clause.stems]
        unwanted = {stem for clause in expression.excluded for stem in clause.stems}
        found: dict[str, list[Any]] = {}
        for first, end, meanings in find_meanings(stems):
            for meaning in meanings:
                if not unwanted.isdisjoint(meaning.stems):
                    continue
                node = self._leaves.build_words(meaning.stems, weight=meaning.weight / (end - first))
                if node != query.NullQuery:
                    self.stems.extend(meaning.stems)
                    for stem in stems[first:end]:
                        found.setdefault(stem, []).append(node)
        for pair, node in self._find_joined(expression):
            for stem in pair:
                found.setdefault(stem, []).append(node)
                self._joined.add(stem)
        return found

    def _find_joined(self, expression: Expression) -> Iterator[tuple[tuple[str, ...], Any]]:
        """Give the stems of neighbouring words that documents have as one (heart burn), and the node for that one."""
        words = [clause.words[0] for clause in expression.clauses if is_plain(clause) and clause.stems]
        for pair in pairwise(words):
            joined = Clause("word", ("".join(pair),)).stems
            node = self._leaves.build_words(joined, weight=JOINED)
            if node != query.NullQuery:
                self.stems.extend(joined)
                yield Clause("word", pair).stems, node

    def _neighbours(self, expression: Expression) -> list[Any]:
        """Give the nodes that lift hits in which neighbouring plain words of the question stand side by side."""
        plain = [group[0].stems for group in expression.groups if len(group) == 1 and is_plain(group[0])]
        words = [stems[0] for stems in plain if len(stems) == 1]
        pairs = dict.fromkeys(pair for pair in pairwise(words) if pair[0] != pair[1])
        return [node for pair in list(pairs)[:PAIRS] for node in self._leaves.build_neighbours(*pair, NEIGHBOURS)]

    def _about(self, clause: Clause, node: Any) -> Any:
        """Give the node that lifts what a plain word finds in articles about the part of the body it names, or None."""
        if not self._ranking.areas or not is_plain(clause) or node == query.NullQuery:
            return None
        area = self._leaves.build_area(clause.words[0])
        return None if area is None else query.ConstantScoreQuery(query.And([node, area]), AREA)

    def _clause(self, clause: Clause, meanings: dict[str, list[Any]]) -> Any:
        """Give the node of one clause, or None for stop words beside other words."""
        if clause.field in VALUE_FIELDS:
            return self._leaves.build_value(clause)
        if clause.kind in ("prefix", "fuzzy"):
            return self._widened(clause)
        terms = self._terms(clause)
        if not terms:
            return None
        node = self._exact(clause, terms)
        missing = node == query.NullQuery
        also = meanings.get(terms[0], []) if is_plain(clause) else []
        if missing and not also and is_plain(clause):
            node, missing = self._mended(clause.words[0])
        elif also:
            node = any_of([*([] if missing else [node]), *also])
            missing = missing and terms[0] not in self._joined
        self._remember(clause, terms, missing)
        return node

    def _terms(self, clause: Clause) -> Sequence[str]:
        return clause.words if self._stopped else clause.stems

    def _exact(self, clause: Clause, terms: Sequence[str]) -> Any:
        if len(terms) > 1:
            return self._leaves.build_phrase(terms, clause.field)
        return self._leaves.build_words(terms, clause.field)

    def _unmarked(self, clause: Clause) -> Any:
        """Give the node of a clause that must be absent: nothing is marked, nothing is missing, nothing is guessed."""
        if clause.field in VALUE_FIELDS:
            return self._leaves.build_value(clause)
        if clause.kind in ("prefix", "fuzzy"):
            return self._leaves.build_spelled(self._leaves.find_words(clause), clause.field)
        terms = self._terms(clause)
        return self._exact(clause, terms) if terms else None

    def _widened(self, clause: Clause) -> Any:
        words = self._leaves.find_words(clause)
        self.words.extend(name for name, _ in words)
        node = self._leaves.build_spelled(words, clause.field)
        if node == query.NullQuery:
            self.missing.append(str(clause))
        return node

    def _mended(self, word: str) -> tuple[Any, bool]:
        """Give the node for what somebody meant by a word that no document has, and whether it is missing for all that.

        It may be unfinished, two words in one, misspelled, or a word of whose root documents have others.
        """
        continued = self._leaves.find_continued(word)
        if continued:
            return self._spelled(continued), False
        parts = self._leaves.split_compound(word)
        if parts:
            self.corrections[word] = " ".join(parts)
            self.stems.extend(Clause("word", parts).stems)
            return self._leaves.build_words(Clause("word", parts).stems), True
        near = self._leaves.find_corrections(word)
        if near:
            self.corrections[word] = near[0][0]
        return self._spelled(near or self._leaves.find_relatives(word)), True

    def _spelled(self, words: Sequence[tuple[str, float]]) -> Any:
        self.words.extend(name for name, _ in words)
        return self._leaves.build_spelled(words, None)

    def _remember(self, clause: Clause, terms: Sequence[str], missing: bool) -> None:
        if missing:
            self.missing.append(" ".join(clause.words))
        elif self._stopped:
            self.words.extend(terms)
        elif len(terms) > 1:
            self.phrases.append(tuple(terms))
        else:
            self.stems.append(terms[0])


def is_plain(clause: Clause) -> bool:
    """Say whether a clause is a plain word: optional, looked for everywhere."""
    return clause.kind == "word" and clause.field is None
