"""Ranking does not fall below what was measured on collections with judgements."""

from pathlib import Path

import pytest

from bench.relevance import average_precision, measure, ndcg, open_collection, recall
from kb.query.ranking import PLAIN, SITE

ROOT = Path(__file__).parent.parent
COLLECTIONS = ROOT.parent / "shared" / "data" / "relevance"
PLAIN_BM25 = {"med": 0.699, "scifact": 0.679}  # nDCG@10 that any BM25 reaches
FLOORS = {"med": 0.72, "scifact": 0.70}  # nDCG@10 of the site's ranking


def test_measures_are_their_formulas() -> None:
    assert ndcg([1, 0, 0], [1], 10) == 1
    assert ndcg([0, 1], [1], 10) == pytest.approx(0.6309, abs=1e-4)
    assert average_precision([0, 1, 1], 4) == pytest.approx((1 / 2 + 2 / 3) / 4)
    assert recall([1, 0, 1], 4, 2) == 0.25


@pytest.mark.parametrize("name", sorted(FLOORS))
def test_collections_are_ranked_better_than_by_plain_bm25(name: str, tmp_path: Path) -> None:
    folder = COLLECTIONS / name
    if not folder.exists():
        pytest.skip(f"the collection is not at {folder}")
    collection = open_collection(folder, tmp_path / "index")
    assert measure(collection, PLAIN, 10)["ndcg@10"] >= PLAIN_BM25[name]
    assert measure(collection, SITE, 10)["ndcg@10"] >= FLOORS[name]
