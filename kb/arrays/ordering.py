"""Orders of a result list other than relevance: one number a document, the higher the earlier."""

import numpy as np

from kb.arrays.index import Snapshot
from kb.arrays.postings import Matches, Scores
from kb.arrays.segment import Segment, SegmentFiles
from kb.model import Question

COLUMNS = {"updated": "order_date", "year": "order_date", "cited": "order_cited"}


def order_matches(snapshot: Snapshot, segment: Segment, matches: Matches, question: Question) -> Matches:
    """Give the same documents with what the question orders them by in place of their scores."""
    sort = question.sort
    if sort == "title":
        keys = snapshot.keep(("titles",), lambda: _rank_titles(snapshot))[segment.files.id]
    elif sort in COLUMNS:
        keys = _read_numbers(segment.files, COLUMNS[sort])
    else:
        return matches
    ids, _ = matches.listed()
    return Matches(matches.width, ids, keys[ids])


def _read_numbers(files: SegmentFiles, column: str) -> Scores:
    """Give a column of numbers plus 1, so that the lowest still counts as a match."""
    numbers: Scores = files.keep(
        ("numbers", column), lambda: np.array(list(files.column(column)), np.float64)[: files.size] + 1
    )
    return numbers


def _rank_titles(snapshot: Snapshot) -> dict[str, Scores]:
    """Give for each segment the documents' places in the order of titles, the first title the highest."""
    titles = [bytes(title) for segment in snapshot.segments for title in segment.files.column("order_title")]
    ranks = np.empty(len(titles))
    ranks[np.argsort(np.array(titles, dtype=object), kind="stable")] = np.arange(len(titles), 0, -1)
    return {segment.files.id: ranks[segment.base : segment.base + segment.files.size] for segment in snapshot.segments}
