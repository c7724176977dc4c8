"""Synthetic articles for measurements: a seeded vocabulary of made-up words whose frequencies fall as in real text.

Symptom words stand among the frequent ones, so that the queries of `build_queries` match a large share of the articles.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from random import Random
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from indexer.model import Article, Block, Section, SectionKind


def words_of(text: str) -> tuple[str, ...]:
    """Give the words of a text."""
    return tuple(text.split())


VOCABULARY = 40_000  # words
FUNCTION_WORDS = words_of("the of and to in a is that for with as be are on or by it from this an may can not")
SYMPTOM_WORDS = words_of(
    """headache migraine dizziness vertigo nausea vomiting fever chills fatigue weakness cough sneezing wheezing
    breathlessness palpitations chest pain ache cramp spasm stiffness swelling bruise rash itching hives blister
    numbness tingling tremor seizure fainting insomnia snoring anxiety depression confusion forgetfulness blurred
    floaters earache tinnitus hearing nosebleed congestion hoarseness sore throat heartburn reflux bloating
    constipation diarrhea bleeding thirst appetite weight sweating flashes hair acne"""
)
AREAS = words_of(
    """head face eyes ears mouth-and-jaw throat neck chest heart breathing upper-back lower-back abdomen pelvis
    bladder shoulders arms hands legs feet"""
)
AUTHORS = tuple(f"Author {number:02d}" for number in range(30))
ONSETS = words_of("b bl br c ch cl d dr f fl g gr h j k l m n p pl pr qu r s sh sl st t tr v w z")
VOWELS = words_of("a e i o u ai ea oo")
CODAS = words_of("b ck d ft g l ll m n nd ng nt p r rn rt s sk st t th x")

QueryKind = Literal["term", "or", "and", "phrase", "filter", "prefix", "fuzzy"]


@dataclass(frozen=True, slots=True)
class BenchQuery:
    """One query of the measurement, the same for every engine; `area` is a filter."""

    kind: QueryKind
    terms: tuple[str, ...]
    area: str | None = None


@cache
def build_vocabulary(seed: int = 7) -> list[str]:
    """Give made-up words, the most frequent first, with symptom words among the first three thousand."""
    source = Random(seed)
    taken = {*FUNCTION_WORDS, *SYMPTOM_WORDS}
    words: dict[str, None] = {}
    while len(words) < VOCABULARY - len(taken):
        word = "".join(source.choice(part) for _ in range(source.randint(1, 3)) for part in (ONSETS, VOWELS, CODAS))
        if 3 <= len(word) <= 14 and word not in taken:
            words[word] = None
    ranked = [*FUNCTION_WORDS, *words]
    ranks = np.unique(np.geomspace(len(FUNCTION_WORDS) + 3, 3_000, 4 * len(SYMPTOM_WORDS)).astype(int))
    for rank, word in zip(sorted(source.sample(ranks.tolist(), len(SYMPTOM_WORDS))), SYMPTOM_WORDS, strict=True):
        ranked.insert(int(rank), word)
    return ranked


def generate_articles(count: int, seed: int = 11) -> Iterator[Article]:
    """Give `count` articles of about 700 words in three sections, with 1-3 areas, 1-4 symptoms and 1-3 authors."""
    words = np.array(build_vocabulary(), dtype=object)
    chances = 1.0 / (np.arange(1, len(words) + 1) + 2.7)
    steps = np.cumsum(chances / chances.sum())
    random = np.random.default_rng(seed)
    for number in range(count):
        yield _generate_article(number, words, steps, random)


def _generate_article(
    number: int, words: NDArray[np.object_], steps: NDArray[np.float64], random: np.random.Generator
) -> Article:
    length = int(np.clip(random.normal(700, 180), 250, 1_500))
    text = words[np.minimum(np.searchsorted(steps, random.random(length)), len(words) - 1)]
    symptoms = [str(SYMPTOM_WORDS[place]) for place in _few(random, len(SYMPTOM_WORDS), 4)]
    areas = [AREAS[place] for place in _few(random, len(AREAS), 3)]
    for place in random.integers(0, length - 2, length * 5 // 100):
        text[place] = symptoms[int(random.integers(len(symptoms)))]
    for place in random.integers(0, length - 2, 3):
        text[place], text[place + 1] = symptoms[0], "pain"
    rare = words[np.minimum(np.searchsorted(steps, random.random(3)), len(words) - 1)]
    cuts = (0, length * 4 // 7, length * 11 // 14, length)
    kinds: tuple[SectionKind, ...] = ("description", "causes", "remedies")
    sections = tuple(
        Section(kind, kind.capitalize(), kind, tuple(_paragraphs(text[start:end], random)))
        for kind, start, end in zip(kinds, cuts, cuts[1:], strict=False)
    )
    return Article(
        slug=f"article-{number}",
        title=f"{symptoms[0]} {areas[0]} {' '.join(rare)}".title(),
        path=f"article-{number}.html",
        layout="synthetic",
        symptoms=tuple(symptoms),
        body_areas=tuple(areas),
        sections=sections,
        authors=tuple(AUTHORS[place] for place in _few(random, len(AUTHORS), 3)),
        updated=f"{int(random.integers(2008, 2027))}-05-17",
        updated_from="updated",
    )


def _few(random: np.random.Generator, size: int, most: int) -> list[int]:
    """Give one to `most` different places below `size`, low ones more often."""
    chances = 1.0 / np.arange(1, size + 1) ** 0.6
    picked = random.choice(size, int(random.integers(1, most + 1)), replace=False, p=chances / chances.sum())
    return [int(place) for place in picked]


def _paragraphs(words: NDArray[np.object_], random: np.random.Generator) -> Iterator[Block]:
    """Give words as paragraphs of four sentences."""
    sentences: list[str] = []
    place = 0
    while place < len(words):
        step = int(random.integers(8, 22))
        sentences.append(" ".join(words[place : place + step]).capitalize() + ".")
        place += step
    for start in range(0, len(sentences), 4):
        yield Block("paragraph", " ".join(sentences[start : start + 4]))


def build_queries(seed: int = 3) -> list[BenchQuery]:
    """Give the queries of the measurement: one and two words, phrases, filters, prefixes, words with a typo."""
    random = np.random.default_rng(seed)
    words = build_vocabulary()
    frequent, middle, rare = words[33:300], words[800:3_000], words[6_000:20_000]

    def pick(choices: tuple[str, ...] | list[str]) -> str:
        return str(choices[int(random.integers(len(choices)))])

    queries = [BenchQuery("term", (word,)) for word in ("pain", "headache", "nausea", "fatigue", "cough", "vertigo")]
    queries += [BenchQuery("term", (pick(pool),)) for pool in (middle, middle, middle, rare, rare, rare)]
    pools = [list(SYMPTOM_WORDS), frequent, middle, rare]
    for kind in ("or", "and"):
        queries += [BenchQuery(kind, (pick(SYMPTOM_WORDS), pick(pools[number % 4]))) for number in range(9)]
    queries += [BenchQuery("phrase", (pick(SYMPTOM_WORDS), "pain")) for _ in range(3)]
    queries += [BenchQuery("phrase", (pick(frequent), pick(frequent))) for _ in range(3)]
    for number in range(7):
        terms = (pick(SYMPTOM_WORDS),) if number % 2 else (pick(SYMPTOM_WORDS), pick(middle))
        queries.append(BenchQuery("filter", terms, pick(AREAS[:12])))
    queries += [BenchQuery("prefix", (prefix,)) for prefix in ("head", "naus", "vert", "diar", "insom")]
    queries += [BenchQuery("fuzzy", (typo,)) for typo in ("hedache", "nausia", "diarhea", "palpitatons", "migrane")]
    return queries
