"""A query tree evaluated over whole posting arrays, segment by segment, with the scores stock Whoosh would give."""

from collections.abc import Callable
from functools import partial
from typing import Any

import numpy as np

from indexer.disk.posting_arrays import PostingArrays
from indexer.engine import query
from kb.arrays.index import Snapshot
from kb.arrays.postings import (
    DENSE_SHARE,
    Bits,
    Ids,
    Matches,
    Scores,
    exclude,
    find_phrase,
    find_places,
    intersect,
    no_matches,
    pack_mask,
    position_keys,
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
        impacts = self._impacts(field, term)
        ids = postings.ids if len(impacts) == len(postings.ids) else None
        return Matches(self._files.width, ids, impacts * (self._factor(field, term) * node.boost))

    def _factor(self, field: str, term: str) -> float:
        """Give what the rarity of a term multiplies its impacts by."""
        return inverse_document_frequency(self._snapshot.document_frequency(field, term), self._snapshot.documents)

    def _impacts(self, field: str, term: str) -> Scores:
        """Give a list's impacts: one for each document in it, or one for each of the segment where it is long."""
        weighting, average = self._weighting, self._snapshot.average_length(field)
        key = self._files.id, field, term, average, weighting
        return self._snapshot.caches.impacts.find(key, lambda: self._build_impacts(field, term))

    def _build_impacts(self, field: str, term: str) -> Scores:
        postings = self._files.postings(field, term)
        assert postings is not None
        impacts = self._score(postings, field)
        width = self._files.width
        if len(impacts) * DENSE_SHARE <= width or len(impacts) == width:
            return impacts
        spread = np.zeros(width)
        spread[postings.ids] = impacts
        return spread

    def _score(self, postings: PostingArrays, field: str) -> Scores:
        """Give the impact of every document in a list."""
        weighting = self._weighting
        norms = self._snapshot.keep(
            ("norms", field, weighting),
            lambda: build_norms(weighting.b, weighting.k1, self._snapshot.average_length(field)),
        )
        return build_impacts(postings, self._files.lengths(field), norms, weighting.k1)

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
        keep = self._snapshot.caches.bitmaps.find
        keys = [
            keep((self._files.id, "positions", field, word), partial(position_keys, postings))
            for word, postings in zip(node.words, found, strict=True)
        ]
        ids = find_phrase(keys)
        if not len(ids):
            return no_matches(self._files.width)
        scores = np.zeros(len(ids))
        for word, postings in zip(node.words, found, strict=True):
            scores += self._scores_at(field, word, postings, ids)
        return Matches(self._files.width, ids, scores * node.boost)

    def _scores_at(self, field: str, term: str, postings: PostingArrays, ids: Ids) -> Scores:
        """Give what a term adds to the scores of some of its documents."""
        there = PostingArrays(ids.astype(np.uint32), postings.counts[find_places(postings.ids, ids)])
        return self._score(there, field) * self._factor(field, term)


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
