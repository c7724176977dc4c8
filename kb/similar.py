"""Documents about the same: a document's telling words, asked for as a question of its own."""

from collections.abc import Sequence
from math import log
from typing import Any

from indexer.engine import query
from indexer.text.keywords import unpack_keywords
from kb.arrays.evaluation import Evaluator, read_bits
from kb.arrays.index import FolderIndex, Snapshot
from kb.arrays.lexicon import Statistics
from kb.arrays.postings import unpack_bits
from kb.arrays.segment import SegmentFiles
from kb.hits import read_found
from kb.model import DocumentKind, Hit
from kb.query.ranking import FIELDS, SITE

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


def find_similar(index: FolderIndex, kind: DocumentKind, name: str, limit: int = 5) -> tuple[Hit, ...]:
    """Give the documents most like the article with this slug or the work with this id; none when there is none."""
    snapshot = index.snapshot()
    place = snapshot.find_document(f"{kind}:{name}")
    if place is None:
        return ()
    field = FIELDS[kind].text
    tree = build_words_query(telling_words(snapshot, [read_keywords(*place)], field, WORDS), field)
    weighting = SITE.weighting.among(snapshot.share_of(kind))
    found: list[tuple[float, SegmentFiles, int]] = []
    for segment in snapshot.segments:
        files = segment.files
        allowed = read_bits(snapshot, files, "kind", kind)
        if allowed is None:
            continue
        bits = allowed if segment.live is None else allowed & segment.live
        matches = Evaluator(snapshot, files, weighting).evaluate(tree).keep(unpack_bits(bits))
        found += [(score, files, number) for score, number in matches.top(limit + 1) if (files, number) != place]
    best = sorted(found, key=lambda entry: -entry[0])[:limit]
    return tuple(_build_hit(snapshot, *entry) for entry in best)


def _build_hit(snapshot: Snapshot, score: float, files: SegmentFiles, number: int) -> Hit:
    found = read_found(snapshot, files, number)
    return Hit(found.kind, found.id, found.title, score, (), found.facts)
