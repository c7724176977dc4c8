"""What queries have to know of the words on a cluster: which there are, what begins so, what is spelled nearly so.

A query is built while what is not known yet is written down; all of it is asked in one round trip, and the query built
again. What was learned is kept as long as the generation.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from rapidfuzz.distance import OSA

from indexer.opensearch.client import Row
from indexer.opensearch.mapping import VOCABULARIES
from kb.arrays.lexicon import SHORT_WORD

KEPT = 200_000  # words remembered of one generation
COUNTED = 10_000  # documents up to which they are counted
SAMPLE = 10_000  # documents of a shard in which words with a prefix are looked for
CANDIDATES = 200  # words of a shard that may be near another
NO_WORD = re.compile(r"(\W)")  # what has a meaning in the engine's patterns
AskMany = Callable[[Sequence[Row]], list[Row]]

Wish = tuple[str, str, str, int]  # "count", "starting" or "close", field, word, limit


class Words:
    """What is known of the words of one generation; shared by all threads."""

    def __init__(self, ask_many: AskMany) -> None:
        self._ask_many = ask_many
        self.known: dict[Wish, Any] = {}

    def learn(self, wishes: Sequence[Wish]) -> None:
        """Ask the cluster for all of these at once."""
        if len(self.known) > KEPT:
            self.known = {}
        answers = self._ask_many([_build(wish) for wish in wishes])
        self.known.update((wish, _read(wish, answer)) for wish, answer in zip(wishes, answers, strict=True))


@dataclass(slots=True)
class Asking:
    """The words of one question: what is not known is taken to be there, and asked for."""

    words: Words
    documents: int = 0  # the cluster itself weighs words by how rare they are in their field
    wishes: dict[Wish, None] = field(default_factory=dict)

    def document_frequency(self, name: str, term: str) -> int:
        """Give how many documents have a term, up to `COUNTED`."""
        found: int = self.find(("count", name, term, 0), 1)
        return found

    def lexicon(self, name: str) -> "AskedWords":
        """Give the words of a spelling field."""
        return AskedWords(self, name)

    def find(self, wish: Wish, otherwise: Any) -> Any:
        """Give what is known, else something else, and remember to ask."""
        known = self.words.known
        if wish not in known:
            self.wishes[wish] = None
            return otherwise
        return known[wish]

    def learn(self) -> bool:
        """Ask for what was not known; tell whether there was anything."""
        if not self.wishes:
            return False
        self.words.learn(list(self.wishes))
        self.wishes.clear()
        return True


@dataclass(frozen=True, slots=True)
class AskedWords:
    """The words of one spelling field."""

    asking: Asking
    field: str

    def starting_with(self, prefix: str, limit: int) -> list[str]:
        """Give the most frequent words that begin with `prefix`, as `SAMPLE` documents of each shard have them."""
        found: list[str] = self.asking.find(("starting", self.field, prefix, limit), [])
        return found

    def close_to(self, word: str, limit: int) -> list[tuple[str, int]]:
        """Give the nearest other words with their distance."""
        found: list[tuple[str, int]] = self.asking.find(("close", self.field, word, limit), [])
        return found


def _build(wish: Wish) -> Row:
    kind, name, word, limit = wish
    if kind == "count":
        return {"size": 0, "track_total_hits": COUNTED, "query": {"term": {name: word}}}
    if kind == "starting":
        # in brackets: OpenSearch 2.19 fails at a plain ".*" after what sorts behind every word
        pattern = NO_WORD.sub(r"\\\1", word) + "(.*)"
        order = [{"_count": "desc"}, {"_key": "asc"}]
        terms = {"field": VOCABULARIES[name], "include": pattern, "size": limit, "shard_size": 10 * limit}
        sample = {"sampler": {"shard_size": SAMPLE}, "aggs": {"words": {"terms": {**terms, "order": order}}}}
        return {"size": 0, "query": {"prefix": {name: word}}, "aggs": {"sample": sample}}
    options = {
        "field": name,
        "suggest_mode": "always",
        "max_edits": _allowed(word),
        "prefix_length": 0,
        "min_word_length": 1,
        "max_term_freq": 2_147_483_647,
        "accuracy": 0.1,
        "string_distance": "damerau_levenshtein",
        "size": max(limit, CANDIDATES),
        "shard_size": CANDIDATES,
    }
    return {"size": 0, "query": {"match_none": {}}, "suggest": {"near": {"text": word, "term": options}}}


def _read(wish: Wish, answer: Row) -> Any:
    kind, _, word, limit = wish
    if kind == "count":
        return int(answer["hits"]["total"]["value"])
    if kind == "starting":
        return [row["key"] for row in answer["aggregations"]["sample"]["words"]["buckets"]]
    found = []
    for entry in answer["suggest"]["near"]:
        for option in entry["options"]:
            distance = OSA.distance(word, option["text"])
            if 0 < distance <= _allowed(word):
                found.append((distance, -int(option["freq"]), option["text"]))
    return [(text, distance) for distance, _, text in sorted(found)[:limit]]


def _allowed(word: str) -> int:
    return 1 if len(word) <= SHORT_WORD else 2
