"""The most frequent words of a document, kept beside it: what it is about, without reading it again."""

from collections import Counter
from operator import itemgetter

from indexer.text.analyzer import stem_text

KEYWORD_LIMIT = 64  # terms kept of one document


def pack_keywords(text: str) -> bytes:
    """Give the most frequent stemmed terms of a text with their counts: ``b"pain 7 back 5 …"``, for `keywords`."""
    return pack_counts(Counter(stem_text(text)))


def pack_counts(frequencies: Counter[str]) -> bytes:
    """Give the most frequent of counted terms as `pack_keywords` gives them."""
    counts = sorted(frequencies.items(), key=itemgetter(1), reverse=True)[:KEYWORD_LIMIT]  # quicker than `most_common`
    return " ".join(f"{term} {count}" for term, count in counts).encode()


def unpack_keywords(data: bytes) -> dict[str, int]:
    """Give terms and counts as `pack_keywords` packed them."""
    parts = data.decode().split()
    return dict(zip(parts[::2], map(int, parts[1::2]), strict=True))
