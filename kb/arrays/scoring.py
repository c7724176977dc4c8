"""BM25F exactly as Whoosh computes it, over whole posting lists."""

from dataclasses import dataclass
from math import log

import numpy as np
from numpy.typing import NDArray

from indexer.disk.posting_arrays import PostingArrays
from indexer.engine import numeric

LENGTHS = np.array([numeric.byte_to_length(byte) for byte in range(256)], np.float64)
"""Words of a field by the length byte that the index keeps of it."""


@dataclass(frozen=True, slots=True)
class Weighting:
    """The parameters of BM25F."""

    b: float = 0.75
    k1: float = 1.2

    def among(self, share: float) -> "Weighting":
        """Give the parameters that do the same where only a `share` of all documents has the field at all.

        Whoosh divides the words of a field by all documents, so that its average length is too low by `share`;
        k1 (1 - b) + k1 b length / average stays what it would be among those documents alone.
        """
        fixed, growing = self.k1 * (1 - self.b), self.k1 * self.b * share
        return Weighting(growing / (fixed + growing), fixed + growing)


def inverse_document_frequency(frequency: int, documents: int) -> float:
    """Give Whoosh's idf of a term that `frequency` of all `documents` have."""
    return log(documents / (frequency + 1)) + 1


def build_norms(b: float, k1: float, average: float) -> NDArray[np.float64]:
    """Give K = k1 (1 - b + b length / average) for every length byte."""
    return k1 * ((1 - b) + b * LENGTHS / average)


def build_impacts(
    postings: PostingArrays, lengths: NDArray[np.uint8], norms: NDArray[np.float64], k1: float
) -> NDArray[np.float64]:
    """Give tf (k1 + 1) / (tf + K) of every document in a list: its score before idf and boost."""
    counts = postings.counts.astype(np.float64)
    return counts * (k1 + 1) / (counts + norms[lengths[postings.ids]])
