"""A query tree evaluated over whole posting arrays, segment by segment, with the scores stock Whoosh would give."""

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from indexer.engine import query
from kb.arrays.index import Snapshot
from kb.arrays.postings import (
    DENSE_SHARE,
    Bits,
    Matches,
    exclude,
    find_phrase,
    intersect,
    no_matches,
    pack_mask,
    unite,
)
from kb.arrays.scoring import Weighting, build_impacts, build_norms, inverse_document_frequency
from kb.arrays.segment import SegmentFiles

ABSENT = 1.0  # what Whoosh adds to the score of every match for a Not that it passes


class UnknownQuery(TypeError):
    """The tree has a node that is not evaluated here."""


class Evaluator:
    """Evaluates trees of Term, Or, And (with Not inside), Phrase, ConstantScoreQuery, Every and NullQuery.

    It belongs to one question and one segment: a node that stands twice in the tree is evaluated once.
    """

    def __init__(self, snapshot: Snapshot, files: SegmentFiles, weighting: Weighting) -> None:
        self._snapshot = snapshot
        self._files = files
        self._weighting = weighting
        self._done: dict[int, tuple[Any, Matches]] = {}  # the node is kept too, or its id would be given to another

    def evaluate(self, node: Any) -> Matches:
        """Give the documents of the segment that match, deleted ones too, with their scores."""
        done = self._done.get(id(node))
        if done is not None:
            return done[1]
        evaluate = RULES.get(type(node))
        if evaluate is None:
            raise UnknownQuery(f"{type(node).__name__} is not evaluated")
        found = evaluate(self, node)
        self._done[id(node)] = node, found
        return found

    def _term(self, node: Any) -> Matches:
        field, term = node.fieldname, node.text
        postings = self._files.postings(field, term)
        if postings is None:
            return no_matches(self._files.width)
        if not self._files.scored(field):
            return Matches(self._files.width, postings.ids, postings.counts.astype(np.float64) * node.boost)
        frequency = self._snapshot.document_frequency(field, term)
        factor = inverse_document_frequency(frequency, self._snapshot.documents) * node.boost
        impacts = self._impacts(field, term)
        ids = postings.ids if len(impacts) == len(postings.ids) else None
        return Matches(self._files.width, ids, impacts * factor)

    def _impacts(self, field: str, term: str) -> NDArray[np.float64]:
        """Give a list's impacts: one for each document in it, or one for each of the segment where it is long."""
        weighting, average = self._weighting, self._snapshot.average_length(field)
        key = self._files.id, field, term, average, weighting
        return self._snapshot.caches.impacts.find(key, lambda: self._build_impacts(field, term))

    def _build_impacts(self, field: str, term: str) -> NDArray[np.float64]:
        files, weighting = self._files, self._weighting
        postings = files.postings(field, term)
        assert postings is not None
        average = self._snapshot.average_length(field)
        norms = build_norms(weighting.b, weighting.k1, average)
        impacts = build_impacts(postings, files.lengths(field), norms, weighting.k1)
        if len(impacts) * DENSE_SHARE <= files.width or len(impacts) == files.width:
            return impacts
        spread = np.zeros(files.width)
        spread[postings.ids] = impacts
        return spread

    def _or(self, node: Any) -> Matches:
        return unite(self._files.width, [self.evaluate(part) for part in node.subqueries])

    def _and(self, node: Any) -> Matches:
        wanted: list[Matches] = []
        for part in node.subqueries:
            if type(part) is not query.Not:
                wanted.append(self.evaluate(part))
                if not len(wanted[-1].scores):
                    return no_matches(self._files.width)
        found = intersect(wanted) if wanted else self._every(node)
        for part in node.subqueries:
            if type(part) is query.Not:
                found = exclude(found, self.evaluate(part.query)).plus(ABSENT)
        return found

    def _constant(self, node: Any) -> Matches:
        return self.evaluate(node.child).alike(node.score)

    def _every(self, _node: Any) -> Matches:
        ids = np.arange(self._files.size)
        return Matches(self._files.width, ids, np.ones(len(ids)))

    def _nothing(self, _node: Any) -> Matches:
        return no_matches(self._files.width)

    def _phrase(self, node: Any) -> Matches:
        field = node.fieldname
        lists = [self._files.postings(field, word) for word in node.words]
        found = [postings for postings in lists if postings is not None]
        if len(found) < len(lists) or not found:
            return no_matches(self._files.width)
        together = self._and(query.And([query.Term(field, word) for word in node.words]))
        ids, scores = together.listed()
        if not len(ids):
            return together
        starts = [
            self._snapshot.caches.bitmaps.find((self._files.id, "starts", field, word), postings.position_starts)
            for word, postings in zip(node.words, found, strict=True)
        ]
        kept = find_phrase(found, starts, ids)
        return Matches(self._files.width, kept, scores[np.searchsorted(ids, kept)] * node.boost)


RULES: dict[type, Callable[[Evaluator, Any], Matches]] = {
    query.Term: Evaluator._term,
    query.Or: Evaluator._or,
    query.And: Evaluator._and,
    query.ConstantScoreQuery: Evaluator._constant,
    query.Phrase: Evaluator._phrase,
    query.Every: Evaluator._every,
    type(query.NullQuery): Evaluator._nothing,
}


def read_bits(snapshot: Snapshot, files: SegmentFiles, field: str, term: str) -> Bits | None:
    """Give the documents of a segment that have a term as a bitmap, or None when none has it."""
    postings = files.postings(field, term)
    if postings is None:
        return None

    def build() -> Bits:
        mask = np.zeros(files.width, np.bool_)
        mask[postings.ids] = True
        return pack_mask(mask)

    return snapshot.caches.bitmaps.find((files.id, field, term), build)
