"""Thousands of questions answered by our evaluation and by stock Whoosh over the same query tree and files."""

import random
from pathlib import Path

import pytest

from indexer.engine import query, scoring
from kb.arrays.evaluation import Evaluator
from kb.arrays.postings import unpack_bits
from kb.arrays.scoring import Weighting
from kb.index import Index
from kb.query.build import build_query
from kb.query.ranking import PLAIN, SITE, Ranking
from tests.search_corpus import WORDS, build_random_index, open_stock

TOLERANCE = 1e-6


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("differential")


@pytest.fixture(scope="module")
def opened(folder: Path) -> Index:
    return build_random_index(folder)


def random_question(source: random.Random) -> str:
    def word() -> str:
        name = source.choice(WORDS)
        shape = source.random()
        if shape < 0.1:
            return f"{name[:3]}*"
        if shape < 0.2:
            return f"~{name[1:]}"
        if shape < 0.25:
            return f"{source.choice(('title', 'causes', 'description', 'remedies'))}:{name}"
        if shape < 0.3:
            return "area:head"
        return name

    parts = []
    for _ in range(source.randint(1, 4)):
        shape = source.random()
        if shape < 0.2:
            parts.append(f'"{source.choice(WORDS)} {source.choice(WORDS)}"')
        elif shape < 0.3:
            parts.append(f"-{word()}")
        elif shape < 0.45:
            parts.append(f"{word()} OR {word()}")
        else:
            parts.append(word())
    return " ".join(parts)


def our_scores(index: Index, tree: object, weighting: Weighting) -> dict[int, float]:
    snapshot = index.snapshot()
    found: dict[int, float] = {}
    for segment in snapshot.segments:
        matches = Evaluator(snapshot, segment.files, weighting).evaluate(tree)
        if segment.live is not None:
            matches = matches.keep(unpack_bits(segment.live))
        ids, scores = matches.listed()
        found.update(zip((ids + segment.base).tolist(), scores.tolist(), strict=True))
    return found


def stock_scores(searcher: object, tree: object) -> dict[int, float]:
    results = searcher.search(tree, limit=None)  # type: ignore[attr-defined]
    return {hit.docnum: hit.score for hit in results}


def assert_same(ours: dict[int, float], stock: dict[int, float], question: str) -> None:
    assert ours.keys() == stock.keys(), question
    for number, score in stock.items():
        assert abs(ours[number] - score) <= TOLERANCE * max(1.0, abs(score)), question


@pytest.mark.parametrize(
    ("ranking", "seed"),
    [(PLAIN, 1), (SITE, 2), (Ranking(weighting=Weighting(b=0.4, k1=0.9)), 3)],
)
def test_the_same_tree_gives_what_stock_whoosh_gives(opened: Index, folder: Path, ranking: Ranking, seed: int) -> None:
    source = random.Random(seed)
    weighting = scoring.BM25F(B=ranking.weighting.b, K1=ranking.weighting.k1)
    with open_stock(folder).searcher(weighting=weighting) as searcher:
        for _ in range(700):
            question = random_question(source)
            tree = build_query(opened.snapshot(), question, "article", ranking).tree
            assert_same(our_scores(opened, tree, ranking.weighting), stock_scores(searcher, tree), question)


def test_every_phrase_matches_as_in_stock_whoosh(opened: Index, folder: Path) -> None:
    source = random.Random(4)
    with open_stock(folder).searcher(weighting=scoring.BM25F()) as searcher:
        for _ in range(600):
            words = [source.choice(WORDS[:14]) for _ in range(source.randint(2, 4))]
            tree = query.Phrase(source.choice(("description", "causes", "title")), words)
            assert_same(our_scores(opened, tree, Weighting()), stock_scores(searcher, tree), str(words))
