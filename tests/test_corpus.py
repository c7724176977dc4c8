"""Every shipped article keeps the rules of corpus/README.md."""

import json
import re
from collections import Counter
from itertools import chain
from pathlib import Path

import pytest

from indexer.article.parser import parse_article
from indexer.model import Article
from indexer.vocabulary import read_vocabulary
from tests.prose import misspelled, reading_grade, words

ROOT = Path(__file__).parents[1]
PATHS = sorted((ROOT / "corpus").glob("*.html"))
BIBLIOGRAPHY = ROOT.parent / "shared" / "bibliography" / "references.jsonl"
ARTICLES = {path.stem: parse_article(path.read_text(encoding="utf-8"), str(path), format="html") for path in PATHS}
SLUGS = [
    "headache", "migraine", "jaw-tension", "dry-mouth", "burning-mouth", "mouth-sores", "tinnitus",
    "sound-sensitivity", "dry-eyes", "globus", "throat-tightness", "voice-changes", "neck-and-shoulder-pain",
    "back-pain", "chest-pain", "palpitations", "racing-heart", "high-blood-pressure", "shortness-of-breath",
    "hyperventilation", "sighing-and-yawning", "abdominal-pain", "irritable-bowel", "indigestion",
    "heartburn", "constipation", "appetite-changes", "weight-changes", "frequent-urination",
    "menstrual-changes", "sexual-problems", "sweating", "blushing", "itching", "hives", "skin-flare-ups",
    "hair-loss", "hot-flashes", "pins-and-needles", "tremor", "muscle-cramps", "muscle-twitching",
    "muscle-tension", "restless-legs", "dizziness", "unsteadiness", "vertigo", "fainting", "fatigue",
    "temperature-changes", "pain-sensitivity", "startle", "heightened-body-awareness", "frequent-colds",
    "difficulty-concentrating", "memory-problems", "derealization", "worry", "irritability", "panic-attack",
    "health-anxiety", "insomnia", "nightmares", "sleep-paralysis",
]  # fmt: skip
BRITISH = re.compile(
    r"(?i)\b(?:\w+(?:isation|ising|ised)|colour\w*|behaviour\w*|oesoph\w+|diarrhoea|oedema|haem\w+|paed\w+|"
    r"anaemi\w+|fibre|litre|centre|tumour|odour|favour\w*|grey|whilst|programme)\b"
)
SPELLED_SO = {"advertising", "exercising", "raising", "rising", "arising", "surprising", "promising", "noising"}
SPELLED_SO |= {"advised", "exercised", "raised", "surprised", "promised", "bruised", "poised", "bruising", "praised"}
SPELLED_SO |= {"supervised", "revised", "disguised", "compromised", "improvised", "devised", "comprised", "despised"}

every_article = pytest.mark.parametrize("slug", ARTICLES)


def body(article: Article) -> str:
    return "\n".join(block.text for section in article.sections for block in section.blocks if block.kind != "heading")


def test_the_shelf_is_complete() -> None:
    assert set(SLUGS) <= set(ARTICLES)
    assert len(ARTICLES) >= 64


@every_article
def test_an_article_parses_without_doubt_and_without_loss(slug: str) -> None:
    article = ARTICLES[slug]
    assert article.warnings == ()
    assert article.dropped == ()
    assert article.slug == slug
    assert article.layout == "declared"
    assert (article.authors, article.updated_from) == (("Symptom KB editors",), "updated")
    assert article.updated is not None


@every_article
def test_an_article_has_its_sections(slug: str) -> None:
    article = ARTICLES[slug]
    kinds = Counter(section.kind for section in article.sections)
    assert kinds["description"] == kinds["causes"] == kinds["remedies"] == 1
    other = [section.heading for section in article.sections if section.kind == "other"]
    assert "Other medical causes" in other
    remedies = next(section for section in article.sections if section.kind == "remedies")
    assert "When to see a doctor" in [block.text for block in remedies.blocks if block.kind == "heading"]


@every_article
def test_marks_and_references_point_at_each_other(slug: str) -> None:
    article = ARTICLES[slug]
    numbers = [reference.number for reference in article.references]
    assert numbers == list(range(1, len(numbers) + 1))
    assert {number for mark in article.marks for number in mark.numbers} == set(numbers)
    assert all(reference.cited for reference in article.references)
    assert 2 <= len(numbers) <= 6


@every_article
def test_an_article_is_of_a_length_and_grade_to_read(slug: str) -> None:
    text = body(ARTICLES[slug])
    assert 350 <= len(words(text)) <= 900
    assert reading_grade(text) <= 10


@every_article
def test_an_article_is_spelled_one_way(slug: str) -> None:
    text = body(ARTICLES[slug])
    assert misspelled(text) == set()
    assert {word.lower() for word in BRITISH.findall(text)} - SPELLED_SO == set()


@every_article
def test_symptoms_and_areas_are_of_the_vocabulary(slug: str) -> None:
    article = ARTICLES[slug]
    vocabulary = read_vocabulary()
    assert article.symptoms
    assert set(article.symptoms) <= set(vocabulary.symptoms)
    assert article.body_areas
    assert set(article.body_areas) <= set(vocabulary.areas)


@every_article
def test_identifiers_have_a_valid_form(slug: str) -> None:
    for reference in ARTICLES[slug].references:
        assert reference.doi is None or re.fullmatch(r"10\.\d{4,9}/\S+", reference.doi)
        assert reference.pmid is None or re.fullmatch(r"[1-9]\d{0,8}", reference.pmid)
        assert reference.pmcid is None or re.fullmatch(r"PMC\d+", reference.pmcid)
        assert reference.doi or reference.pmid or reference.pmcid or reference.url


@pytest.mark.skipif(not BIBLIOGRAPHY.exists(), reason="../shared/bibliography is not here")
def test_every_reference_is_a_verified_work() -> None:
    works = [json.loads(line) for line in BIBLIOGRAPHY.read_text(encoding="utf-8").splitlines()]
    by_id = {(kind, work[kind].lower()): work for work in works for kind in ("doi", "pmid", "pmcid") if work[kind]}
    by_url = {work["url"].removeprefix("https://"): work for work in works if work["url"]}
    cited = set()
    for slug, article in ARTICLES.items():
        for reference in article.references:
            keys = [(kind, (getattr(reference, kind) or "").lower()) for kind in ("doi", "pmid", "pmcid")]
            found = {by_id[key]["id"]: by_id[key] for key in keys if key in by_id}
            if not found and reference.url:
                work = by_url[reference.url.removeprefix("https://")]
                found = {work["id"]: work}
            assert len(found) == 1, (slug, reference.raw)
            (work,) = found.values()
            assert fold(reference.title) == fold(work["title"]), (slug, reference.raw)
            assert reference.year == (work["year"] or None), (slug, reference.raw)
            cited.add(work["id"])
    assert len(cited) >= 150


def fold(title: str | None) -> str:
    return " ".join(re.findall(r"\w+", (title or "").lower()))


def test_every_body_area_has_an_article() -> None:
    vocabulary = read_vocabulary()
    with_articles = {
        above for article in ARTICLES.values() for area in article.body_areas for above in vocabulary.ancestors(area)
    }
    assert set(vocabulary.areas) - with_articles == set()


def test_no_two_articles_share_a_paragraph_or_a_long_sentence() -> None:
    blocks = Counter(chain.from_iterable({*body(article).split("\n")} for article in ARTICLES.values()))
    sentences = Counter(
        chain.from_iterable(
            {part for part in re.split(r"(?<=[.!?])\s+", body(article)) if len(words(part)) > 5}
            for article in ARTICLES.values()
        )
    )
    assert [text for text, count in (blocks + sentences).items() if count > 2] == []


def test_no_country_is_taken_for_granted() -> None:
    number = re.compile(r"\b(?:911|999|112|988|000|111)\b")
    assert [slug for slug, article in ARTICLES.items() if number.search(body(article))] == []
