"""Sets of matching documents of one segment, with their scores, and how they combine.

Few matches are kept as ascending document numbers with their scores, many as one score for every document.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from indexer.disk.posting_arrays import PostingArrays

Ids = NDArray[np.integer]
Scores = NDArray[np.float64]
Bits = NDArray[np.uint64]

WORD_BITS = 64  # documents in one word of a bitmap
DENSE_SHARE = 8  # more than one document in so many: one score for every document is faster
MERGED_RATIO = 8  # positions of words of more different frequencies are not merged: those of the rarer are looked up
POSITION_SPAN = 1 << 17  # keys of phrase positions: document × span + position, room for negative positions


@dataclass(frozen=True, slots=True)
class Matches:
    """What matched: `ids` with a score each, or, where `ids` is None, `scores` of all documents, 0 for no match.

    `width` is the number of documents of the segment rounded up to whole words of a bitmap.
    """

    width: int
    ids: Ids | None
    scores: Scores

    def listed(self) -> tuple[Ids, Scores]:
        """Give document numbers and scores, whatever the form."""
        if self.ids is not None:
            return self.ids, self.scores
        ids = np.flatnonzero(self.scores)
        return ids, self.scores[ids]

    def mask(self) -> NDArray[np.bool_]:
        """Give, for every document, whether it matches."""
        if self.ids is None:
            return self.scores > 0
        found = np.zeros(self.width, np.bool_)
        found[self.ids] = True
        return found

    def bits(self) -> Bits:
        """Give the matching documents as a bitmap."""
        return pack_mask(self.mask())

    def scores_at(self, ids: Ids) -> Scores:
        """Give the scores of some documents, 0 where they do not match."""
        if self.ids is None:
            return self.scores[ids]
        if not len(self.ids):
            return np.zeros(len(ids))
        places = find_places(self.ids, ids)
        there = self.ids.take(places, mode="clip") == ids
        return np.where(there, self.scores.take(places, mode="clip"), 0.0)

    def keep(self, mask: NDArray[np.bool_]) -> "Matches":
        """Give the matches that `mask` allows."""
        if self.ids is None:
            return Matches(self.width, None, np.where(mask, self.scores, 0.0))
        kept = mask[self.ids]
        return Matches(self.width, self.ids[kept], self.scores[kept])

    def plus(self, extra: float) -> "Matches":
        """Give the same documents with `extra` added to every score."""
        if self.ids is None:
            return Matches(self.width, None, np.where(self.scores > 0, self.scores + extra, 0.0))
        return Matches(self.width, self.ids, self.scores + extra)

    def alike(self, score: float) -> "Matches":
        """Give the same documents, each with `score`."""
        if self.ids is None:
            return Matches(self.width, None, np.where(self.scores > 0, score, 0.0))
        return Matches(self.width, self.ids, np.full(len(self.ids), score))

    def top(self, limit: int) -> list[tuple[float, int]]:
        """Give the best `limit` as (score, document number), best first, equal scores by document number."""
        scores = self.scores
        candidates = _candidates(scores, limit)
        found = scores[candidates]
        if len(found) > limit:
            threshold = np.partition(found, len(found) - limit)[len(found) - limit]
            above, tied = candidates[found > threshold], candidates[found == threshold]
            candidates = np.concatenate((above, tied[: limit - len(above)]))
            found = scores[candidates]
        order = np.lexsort((candidates, -found))
        ids = candidates if self.ids is None else self.ids[candidates]
        best = zip(found[order].tolist(), ids[order].tolist(), strict=True)
        return [pair for pair in best if pair[0] > 0]


def _candidates(scores: Scores, limit: int) -> Ids:
    """Give the places that hold the best `limit` scores, and few others: the maxima of blocks bound them from below."""
    blocks = len(scores) // WORD_BITS
    if blocks <= limit:
        return np.arange(len(scores)) if len(scores) <= 4 * limit else np.flatnonzero(scores)
    maxima = scores[: blocks * WORD_BITS].reshape(WORD_BITS, blocks).max(axis=0)  # columns: rows take twice as long
    bound = np.partition(maxima, blocks - limit)[blocks - limit]
    return np.flatnonzero(scores >= bound) if bound > 0 else np.flatnonzero(scores)


def find_places(ids: Ids, wanted: Ids) -> NDArray[np.int64]:
    """Give where some documents stand, or would stand, in an ascending list, which is not converted for it."""
    return ids.searchsorted(wanted.astype(ids.dtype, copy=False))


def no_matches(width: int) -> Matches:
    """Give the empty set."""
    return Matches(width, np.zeros(0, np.int64), np.zeros(0))


def pack_mask(mask: NDArray[np.bool_]) -> Bits:
    """Give a mask of whole words as a bitmap."""
    return np.packbits(mask, bitorder="little").view(np.uint64)


def unpack_bits(bits: Bits) -> NDArray[np.bool_]:
    """Give a bitmap as a mask."""
    return np.unpackbits(bits.view(np.uint8), bitorder="little").view(np.bool_)


def unite(width: int, parts: Sequence[Matches]) -> Matches:
    """Give the documents of any part, their scores added."""
    parts = [part for part in parts if len(part.scores)]
    if not parts:
        return no_matches(width)
    if len(parts) == 1:
        return parts[0]
    total = sum(len(part.scores) for part in parts)  # a part with a score for every document is at least `width`
    if total * DENSE_SHARE <= width:
        ids = np.concatenate([part.listed()[0] for part in parts])
        scores = np.concatenate([part.scores for part in parts])
        unique, places = np.unique(ids, return_inverse=True)
        return Matches(width, unique, np.bincount(places, scores, len(unique)).astype(np.float64, copy=False))
    added = np.zeros(width)
    for part in parts:
        if part.ids is None:
            added += part.scores
        else:
            added[part.ids] += part.scores
    return Matches(width, None, added)


def intersect(parts: Sequence[Matches]) -> Matches:
    """Give the documents of all parts, their scores added; at least one part."""
    first, *rest = sorted(parts, key=lambda part: len(part.scores) if part.ids is not None else part.width)
    ids, scores = first.listed()
    for part in rest:
        if not len(ids):
            break
        more = part.scores_at(ids)
        both = more > 0
        ids, scores = ids[both], scores[both] + more[both]
    return Matches(first.width, ids, scores)


def exclude(matches: Matches, others: Matches) -> Matches:
    """Give `matches` without the documents of `others`."""
    if matches.ids is None:
        return matches.keep(~others.mask())
    kept = others.scores_at(matches.ids) == 0
    return Matches(matches.width, matches.ids[kept], matches.scores[kept])


def position_keys(postings: PostingArrays) -> NDArray[np.int64]:
    """Give every position in a list as document × span + position, ascending; none without positions."""
    if postings.positions is None:
        return np.zeros(0, np.int64)
    documents = postings.ids.astype(np.int64) * POSITION_SPAN
    keys: NDArray[np.int64] = documents.repeat(postings.counts.astype(np.int64))
    keys += postings.positions
    return keys


def find_phrase(words: Sequence[NDArray[np.int64]]) -> Ids:
    """Give the documents in which words follow one another, each once; `words` are their `position_keys` in order."""
    rarest, *others = sorted(range(len(words)), key=lambda place: len(words[place]))
    found = words[rarest]
    for place in others:
        found = _common(found + (place - rarest), words[place]) - (place - rarest)
    documents = found // POSITION_SPAN
    first = np.ones(len(documents), np.bool_)
    np.not_equal(documents[1:], documents[:-1], out=first[1:])
    return documents[first]


def _common(left: NDArray[np.int64], right: NDArray[np.int64]) -> NDArray[np.int64]:
    """Give the numbers of ascending `left` that are in ascending `right`."""
    if len(left) > len(right):
        left, right = right, left
    if len(right) > MERGED_RATIO * len(left):
        if not len(right):
            return right
        found: NDArray[np.int64] = left[right.take(right.searchsorted(left), mode="clip") == left]
        return found
    both = np.concatenate((left << 1, right << 1 | 1))  # the last bit tells where a number comes from
    both.sort(kind="stable")  # merges two ascending runs
    pairs: NDArray[np.int64] = both[:-1][both[1:] == both[:-1] + 1]
    shared: NDArray[np.int64] = pairs[pairs & 1 == 0] >> 1
    return shared
