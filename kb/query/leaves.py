"""The leaves of a query tree: where one word or phrase is looked for, and at what weight."""

from collections.abc import Iterable, Sequence
from math import log
from typing import Any

from indexer.engine import query
from indexer.text.analyzer import STEMS
from indexer.vocabulary import read_vocabulary
from kb.arrays.lexicon import Statistics
from kb.arrays.scoring import inverse_document_frequency
from kb.model import DocumentKind
from kb.query.english import is_english
from kb.query.grammar import Clause
from kb.query.ranking import FIELDS, Ranking

EXPANSIONS = 48  # words that one prefix or fuzzy word may stand for
FUZZY_FACTOR = 0.5  # what a word spelled a little differently counts, for each letter of distance
NEAREST = 3  # words that a misspelled one may stand for
CORRECTED_LENGTH = 4  # letters of a word that may be misspelled or unfinished
CONTINUED = 8  # words that an unfinished one may stand for
CONTINUED_FACTOR = 0.8
RELATED_LENGTH = 5  # letters that words of the same root share at least
ENDING = 2  # letters at the end of a word that another of its root may not have
PART_LENGTH = 3  # letters of the shorter part of two words written as one
NEIGHBOUR_LIMIT = 5_000  # documents that the rarer of two neighbouring words may stand in for their nearness to count
VALUE_FIELDS = {"area": "area", "symptom": "symptom", "year": "year"}  # whole values that a colon may ask for


class LeafBuilder:
    """Builds nodes for one kind of document; `stopped` questions look for stop words as they are written."""

    def __init__(self, snapshot: Statistics, kind: DocumentKind, ranking: Ranking, stopped: bool) -> None:
        self._snapshot = snapshot
        self._kind = kind
        self._fields = FIELDS[kind]
        self._stopped = stopped
        self._boosted = self._fields.boosted if ranking.fields else {}
        self._documents = max(snapshot.document_frequency("kind", kind), 1)

    def build_value(self, clause: Clause) -> Any:
        """Give the node of a clause that asks for a whole value, such as an area."""
        name, text = clause.field or "", " ".join(clause.words)
        vocabulary = read_vocabulary()
        found = {"area": vocabulary.find_area, "symptom": vocabulary.find_symptom}.get(name)
        value = (found(text) if found else None) or text.replace(" ", "-")
        return query.ConstantScoreQuery(query.Term(VALUE_FIELDS[name], value), 1.0)

    def build_area(self, word: str) -> Any:
        """Give the node for articles about the part of the body that a word names; None for any other word."""
        area = read_vocabulary().find_area(word) if self._kind == "article" else None
        return query.Term("area", area) if area and self._snapshot.document_frequency("area", area) else None

    def build_words(self, terms: Sequence[str], field: str | None = None, weight: float = 1.0) -> Any:
        """Give the node for documents that have every one of some terms, anywhere or in one of the user's fields."""
        places = self._places(field)
        nodes = [self._terms([(name, term, boost * weight) for name, boost in places.items()]) for term in terms]
        if query.NullQuery in nodes:
            return query.NullQuery
        return nodes[0] if len(nodes) == 1 else query.And(nodes)

    def build_phrase(self, terms: Sequence[str], field: str | None) -> Any:
        """Give the node for documents in which terms follow one another."""
        if self._stopped:
            return self.build_words(terms)
        names = self._fields.phrases if field is None else self._fields.named[field]
        return any_of(self._phrases(names, terms, 1.0)) or query.NullQuery

    def build_neighbours(self, left: str, right: str, weight: float) -> list[Any]:
        """Give the nodes for two terms side by side; none where both are too frequent to tell much."""
        rarer = min(self._snapshot.document_frequency(self._fields.text, term) for term in (left, right))
        return self._phrases(self._fields.near, (left, right), weight) if rarer <= NEIGHBOUR_LIMIT else []

    def find_words(self, clause: Clause) -> list[tuple[str, float]]:
        """Give the words that a prefix or fuzzy word stands for, with their weights."""
        lexicon, word = self._snapshot.lexicon(self._fields.spelling), clause.words[0]
        if clause.kind == "prefix":
            return [(name, 1.0) for name in lexicon.starting_with(word, EXPANSIONS)]
        near = lexicon.close_to(word, EXPANSIONS)
        return [(word, 1.0), *((name, FUZZY_FACTOR**distance) for name, distance in near)]

    def find_corrections(self, word: str) -> list[tuple[str, float]]:
        """Give the words nearest to a misspelled one that no document has, with their weights, the best first."""
        if len(word) < CORRECTED_LENGTH or is_english(word):
            return []
        near = self._snapshot.lexicon(self._fields.spelling).close_to(word, NEAREST)
        return [(name, FUZZY_FACTOR**distance) for name, distance in near]

    def find_continued(self, word: str) -> list[tuple[str, float]]:
        """Give the words that begin with one that no document has, as while it is being typed, with their weights."""
        if len(word) < CORRECTED_LENGTH:
            return []
        found = self._snapshot.lexicon(self._fields.spelling).starting_with(word, CONTINUED)
        return [(name, CONTINUED_FACTOR) for name in found]

    def find_relatives(self, word: str) -> list[tuple[str, float]]:
        """Give the words that differ from an English one, which no document has, in their ending: blurry, blurred."""
        beginning = word[: max(len(word) - ENDING, RELATED_LENGTH)]
        if len(word) < RELATED_LENGTH or not is_english(word):
            return []
        found = self._snapshot.lexicon(self._fields.spelling).starting_with(beginning, NEAREST)
        return [(name, FUZZY_FACTOR) for name in found]

    def split_compound(self, word: str) -> tuple[str, str] | None:
        """Give two words that documents have and that somebody wrote as one, the least rare; None for no such two."""
        if is_english(word):
            return None

        def frequency(part: str) -> int:
            stem = STEMS[part]
            return self._snapshot.document_frequency(self._fields.text, stem) if stem else 0

        parts = [(word[:place], word[place:]) for place in range(PART_LENGTH, len(word) - PART_LENGTH + 1)]
        known = [(min(map(frequency, pair)), pair) for pair in parts if all(map(is_english, pair))]
        count, best = max(known, default=(0, ("", "")))
        return best if count else None

    def build_spelled(self, words: Sequence[tuple[str, float]], field: str | None) -> Any:
        """Give the node for any of some unstemmed words with their weights."""
        if field is None:
            return self._terms([(self._fields.spelling, word, weight) for word, weight in words])
        stems = dict.fromkeys(stem for word, _ in words for stem in Clause("word", (word,)).stems)
        return self._terms([(name, stem, 1.0) for name in self._fields.named[field] for stem in stems])

    def _places(self, field: str | None) -> dict[str, float]:
        """Give the index fields that a word is looked for in, with their weights."""
        if field is not None:
            return dict.fromkeys(self._fields.named[field], 1.0)
        if self._stopped:
            return {self._fields.spelling: 1.0}
        return {self._fields.text: 1.0, **self._boosted}

    def _terms(self, wanted: Iterable[tuple[str, str, float]]) -> Any:
        nodes = []
        for name, term, boost in wanted:
            frequency = self._snapshot.document_frequency(name, term)
            if frequency:
                nodes.append(query.Term(name, term, boost=boost * self._rarity(frequency)))
        return any_of(nodes) or query.NullQuery

    def _phrases(self, names: Sequence[str], terms: Sequence[str], weight: float) -> list[Any]:
        return [
            query.Phrase(name, list(terms), boost=weight)
            for name in names
            if all(self._snapshot.document_frequency(name, term) for term in terms)
        ]

    def _rarity(self, frequency: int) -> float:
        """Give how much rarer a term is among documents of this kind than the whole index makes it look."""
        if self._documents >= self._snapshot.documents:
            return 1.0
        own = log(max(self._documents, frequency) / (frequency + 1)) + 1
        return own / inverse_document_frequency(frequency, self._snapshot.documents)


def any_of(nodes: Sequence[Any]) -> Any:
    """Give the node that matches what any of `nodes` matches, or None for no nodes."""
    if not nodes:
        return None
    return nodes[0] if len(nodes) == 1 else query.Or(list(nodes))
