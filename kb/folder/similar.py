"""Documents about the same: a document's telling words, asked for as a question of its own."""

from kb.arrays.evaluation import Evaluator, read_bits
from kb.arrays.index import Snapshot
from kb.arrays.postings import unpack_bits
from kb.arrays.segment import SegmentFiles
from kb.hits import read_found
from kb.model import DocumentKind, Hit
from kb.query.ranking import FIELDS, SITE
from kb.similar import WORDS, build_words_query, read_keywords, telling_words


def find_similar(snapshot: Snapshot, kind: DocumentKind, name: str, limit: int) -> tuple[Hit, ...]:
    """Give the documents most like the article with this slug or the work with this id; none when there is none."""
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
