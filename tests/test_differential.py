"""Thousands of questions answered by our evaluation and by stock Whoosh over the same query tree and files."""

import random
from pathlib import Path
from typing import Any

import pytest

from indexer.engine import query, scoring
from kb.arrays.evaluation import Evaluator
from kb.arrays.postings import unpack_bits
from kb.arrays.scoring import Weighting
from kb.index import Index
from kb.model import Question, ResultPage
from kb.query.build import build_query
from kb.query.ranking import PLAIN, SITE, Ranking
from kb.search import Wanted, search
from tests.search_corpus import WORDS, build_random_index, open_stock, random_filters, random_question

TOLERANCE = 1e-6
FACETS = ("area", "symptom", "author", "year", "cited")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("differential")


@pytest.fixture(scope="module")
def opened(folder: Path) -> Index:
    return build_random_index(folder)


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


@pytest.mark.parametrize(("ranking", "seed"), [(PLAIN, 11), (SITE, 12)])
def test_pages_have_the_matches_order_and_counts_of_stock_whoosh(
    opened: Index, folder: Path, ranking: Ranking, seed: int
) -> None:
    source = random.Random(seed)
    snapshot = opened.snapshot()
    weighting = ranking.weighting.among(snapshot.share_of("article"))
    with open_stock(folder).searcher(weighting=scoring.BM25F(B=weighting.b, K1=weighting.k1)) as searcher:
        values = {facet: read_values(searcher, facet) for facet in FACETS}
        for _ in range(400):
            question = Question(random_question(source), filters=random_filters(source), per_page=100)
            page = search(opened, question, ranking, Wanted(FACETS, snippets=False))
            stock = stock_scores(searcher, build_query(snapshot, question.text, "article", ranking).tree)
            articles = stock.keys() & set(searcher.docs_for_query(query.Term("kind", "article")))
            assert_same_page(page, {number: stock[number] for number in articles}, values, searcher)


def read_values(searcher: Any, facet: str) -> dict[str, set[int]]:
    """Give the documents of every value of a facet, as stock Whoosh reads them."""
    names = [term.decode() for term in searcher.reader().lexicon(facet)]
    return {name: set(searcher.docs_for_query(query.Term(facet, name))) for name in names}


def assert_same_page(
    page: ResultPage, scores: dict[int, float], values: dict[str, dict[str, set[int]]], searcher: Any
) -> None:
    """Hold a page against the scores of all articles that match before filters."""
    allowed = {
        facet: set().union(*(values[facet].get(value, set()) for value in chosen))
        for facet, chosen in page.question.filters.items()
    }
    matching = scores.keys() & set(scores).intersection(*allowed.values())
    assert page.total == len(matching), page.question
    best = sorted((scores[number] for number in matching), reverse=True)[:100]
    numbers = {searcher.stored_fields(number)["facts"]["slug"]: number for number in matching}
    for hit, score in zip(page.hits, best, strict=True):
        assert abs(scores[numbers[hit.id]] - score) <= TOLERANCE * max(1.0, score), page.question
    for facet, shown in page.facets.items():
        others = [documents for name, documents in allowed.items() if name != facet]
        counted = scores.keys() & set(scores).intersection(*others)
        expected = {name: len(documents & counted) for name, documents in values[facet].items()}
        assert {value.value: value.count for value in shown if value.count} == {
            name: count for name, count in expected.items() if count
        }, page.question
