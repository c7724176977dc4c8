"""BM25F exactly as Whoosh computes it, over whole posting lists."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from math import log
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from indexer.engine import numeric
from indexer.posting_arrays import PostingArrays

LENGTHS = np.array([numeric.byte_to_length(byte) for byte in range(256)], np.float64)
"""Words of a field by the length byte that the index keeps of it."""


@dataclass(frozen=True, slots=True)
class Weighting:
    """The parameters of BM25F: `k1`, and `b` for all fields but those named in `field_b`."""

    b: float = 0.75
    k1: float = 1.2
    field_b: Mapping[str, float] = field(default_factory=lambda: MappingProxyType({}))

    def b_of(self, name: str) -> float:
        """Give b of one field."""
        return self.field_b.get(name, self.b)


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
