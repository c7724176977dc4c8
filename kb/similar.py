"""The words that tell a document from others: what similar documents are found by."""

from collections.abc import Sequence
from math import log
from typing import Any

from indexer.engine import query
from indexer.text.keywords import unpack_keywords
from kb.arrays.lexicon import Statistics
from kb.arrays.segment import SegmentFiles

WORDS = 16  # telling words of a document that are asked for
RAREST = 2  # documents that must have a word for it to connect any


def telling_words(snapshot: Statistics, keywords: Sequence[dict[str, int]], field: str, limit: int) -> dict[str, float]:
    """Give the words that tell these documents from others, with weights that add up to 1."""
    weights: dict[str, float] = {}
    for counts in keywords:
        total = sum(counts.values()) or 1
        for word, count in counts.items():
            frequency = snapshot.document_frequency(field, word)
            if frequency >= RAREST:
                weights[word] = weights.get(word, 0.0) + count / total * log((snapshot.documents + 1) / frequency)
    best = sorted(weights, key=lambda word: (-weights[word], word))[:limit]
    total_weight = sum(weights[word] for word in best) or 1.0
    return {word: weights[word] / total_weight for word in best}


def read_keywords(files: SegmentFiles, number: int) -> dict[str, int]:
    """Give the frequent words of a document with their counts."""
    return unpack_keywords(bytes(files.column("keywords")[number]))


def build_words_query(words: dict[str, float], field: str, factor: float = 1.0) -> Any:
    """Give the query for weighted words in one field."""
    terms = [query.Term(field, word, boost=weight * factor) for word, weight in words.items() if weight > 0]
    return query.Or(terms) if terms else query.NullQuery
