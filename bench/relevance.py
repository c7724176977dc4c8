"""``python -m bench relevance DIR``: how good the ranking is on a collection with judgements.

DIR has `docs.jsonl` (`id, title, text`), `queries.jsonl` (`id, text`) and `qrels.tsv` (`query_id doc_id relevance`,
with a header). Every document is indexed as an article, every query asked through the function that the site calls.
"""

import argparse
import json
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import log2
from pathlib import Path
from statistics import fmean
from tempfile import TemporaryDirectory

from indexer.build import build_index
from indexer.model import Article, Block, Section
from kb.index import Index, open_index
from kb.model import Question
from kb.query.ranking import PLAIN, SITE, Ranking
from kb.search import Wanted, search

PAGE = 100  # hits asked for at a time
RANKINGS = {"site": SITE, "plain": PLAIN}
TITLES_AND_SCORES = Wanted(facets=(), snippets=False)

Judgements = Mapping[str, Mapping[str, int]]


@dataclass(frozen=True, slots=True)
class Collection:
    """Questions with what is relevant to each, over an index of the documents."""

    name: str
    queries: Mapping[str, str]
    judgements: Judgements
    index: Index


def read_articles(folder: Path) -> Iterator[Article]:
    """Give the documents of a collection as articles with one section."""
    with (folder / "docs.jsonl").open(encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            block = Block("paragraph", row["text"])
            sections = (Section("description", "", "description", (block,)),)
            yield Article(str(row["id"]), row.get("title") or "", str(row["id"]), "collection", sections=sections)


def open_collection(folder: Path, index_folder: Path) -> Collection:
    """Index a collection into `index_folder`, unless it is there already, and read its questions and judgements."""
    if not index_folder.exists() or not any(index_folder.iterdir()):
        build_index(index_folder, read_articles(folder))
    with (folder / "queries.jsonl").open(encoding="utf-8") as lines:
        queries = {str(row["id"]): row["text"] for row in map(json.loads, lines)}
    judgements: dict[str, dict[str, int]] = {}
    rows = (folder / "qrels.tsv").read_text(encoding="utf-8").splitlines()[1:]
    for query_id, document_id, relevance in (row.split("\t") for row in rows if row):
        judgements.setdefault(query_id, {})[document_id] = int(relevance)
    return Collection(folder.name, queries, judgements, open_index(index_folder))


def find_hits(collection: Collection, text: str, ranking: Ranking, cutoff: int) -> list[str]:
    """Give the ids of the best `cutoff` documents for a question."""
    found: list[str] = []
    for page in range(1, -(-cutoff // PAGE) + 1):
        answer = search(collection.index, Question(text, page=page, per_page=PAGE), ranking, TITLES_AND_SCORES)
        found += [hit.id for hit in answer.hits]
        if page >= answer.pages:
            break
    return found[:cutoff]


def measure(collection: Collection, ranking: Ranking, cutoff: int) -> dict[str, float | int | str]:
    """Give the figures of a ranking, averaged over the questions that have judgements."""
    figures: list[tuple[float, float, float, float]] = []
    for query_id, text in collection.queries.items():
        relevant = {name: gain for name, gain in collection.judgements.get(query_id, {}).items() if gain > 0}
        if relevant:
            found = find_hits(collection, text, ranking, cutoff)
            gains = [relevant.get(name, 0) for name in found]
            precise = ndcg(gains, relevant.values(), 10), average_precision(gains, len(relevant))
            figures.append((*precise, recall(gains, len(relevant), 100), sum(gain > 0 for gain in gains[:10]) / 10))
    means = [round(fmean(column), 4) for column in zip(*figures, strict=True)]
    names = ("ndcg@10", "map", "recall@100", "p@10")
    return {"collection": collection.name, "queries": len(figures), **dict(zip(names, means, strict=True))}


def ndcg(gains: Sequence[int], ideal: Iterable[int], depth: int) -> float:
    """Give the discounted gain of the first `depth` hits by that of the best order."""
    best = sum(gain / log2(place + 2) for place, gain in enumerate(sorted(ideal, reverse=True)[:depth]))
    return sum(gain / log2(place + 2) for place, gain in enumerate(gains[:depth])) / best


def average_precision(gains: Sequence[int], relevant: int) -> float:
    """Give the mean of the precision at every relevant hit, those not found counted as 0."""
    found, total = 0, 0.0
    for place, gain in enumerate(gains, 1):
        if gain:
            found += 1
            total += found / place
    return total / relevant


def recall(gains: Sequence[int], relevant: int, depth: int) -> float:
    """Give the share of the relevant documents among the first `depth` hits."""
    return sum(gain > 0 for gain in gains[:depth]) / relevant


def main(argv: Sequence[str]) -> int:
    """Print the figures of each folder given."""
    parser = argparse.ArgumentParser(prog="python -m bench relevance", description=__doc__.splitlines()[0])
    parser.add_argument("folders", nargs="+", type=Path, metavar="DIR")
    parser.add_argument("--cutoff", type=int, default=1_000, help="hits looked at for MAP (default 1000)")
    parser.add_argument("--ranking", choices=sorted(RANKINGS), default="site", help="the site's, or plain BM25F")
    parser.add_argument("--json", action="store_true", help="one JSON object a line")
    options = parser.parse_args(argv)
    for folder in options.folders:
        with TemporaryDirectory() as scratch:
            collection = open_collection(folder, Path(scratch) / "index")
            row = measure(collection, RANKINGS[options.ranking], options.cutoff)
        line = json.dumps(row) if options.json else "  ".join(f"{name} {value}" for name, value in row.items())
        sys.stdout.write(line + "\n")
    return 0
