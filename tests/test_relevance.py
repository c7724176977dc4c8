"""Ranking does not fall below what was measured, on collections and on our own questions."""

import json
from pathlib import Path

import pytest

from bench.relevance import average_precision, measure, ndcg, open_collection, recall
from kb.index import Index, open_index
from kb.model import Question
from kb.query.ranking import PLAIN, SITE
from kb.search import search

ROOT = Path(__file__).parent.parent
COLLECTIONS = ROOT.parent / "shared" / "data" / "relevance"
QUESTIONS = Path(__file__).parent / "relevance.json"
PLAIN_BM25 = {"med": 0.699, "scifact": 0.679}  # nDCG@10 that any BM25 reaches
FLOORS = {"med": 0.72, "scifact": 0.70}  # nDCG@10 of the site's ranking
TOP_THREE = 0.9  # share of our questions with a wanted article among the first three hits


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


def find_misses(index: Index, questions: list[dict[str, object]]) -> list[str]:
    """Give the questions with none of the expected articles among the first three hits."""
    missed = []
    for row in questions:
        best = {hit.id for hit in search(index, Question(str(row["question"]))).hits[:3]}
        if best.isdisjoint(row["expect"]):  # type: ignore[arg-type]
            missed.append(f"{row['question']} → {sorted(best)}")
    return missed


@pytest.mark.parametrize("part", ["tune", "hold"])
def test_questions_in_everyday_words_find_their_article_among_the_first_three(index: Path, part: str) -> None:
    questions = [row for row in json.loads(QUESTIONS.read_text(encoding="utf-8")) if row["set"] == part]
    missed = find_misses(open_index(index), questions)
    assert len(missed) <= len(questions) * (1 - TOP_THREE), "\n".join(missed)
