"""Every shipped article keeps the rules of corpus/README.md."""

import json
import re
from collections import Counter
from datetime import date
from itertools import chain
from pathlib import Path
from typing import Any

import numpy
import pytest
from rapidfuzz import fuzz, process

from bench.corpus import build_row, join_prose, read_articles, reading_grade, words
from indexer.model import Article, Reference
from indexer.vocabulary import read_vocabulary
from kb.claims import find_claims
from kb.reading import build_reading
from tests.prose import misspelled

ROOT = Path(__file__).parents[1]
BIBLIOGRAPHY = ROOT.parent / "shared" / "bibliography" / "references.jsonl"
ARTICLES = read_articles()
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
MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
SPELLED_SO = {"advertising", "exercising", "raising", "rising", "arising", "surprising", "promising", "noising"}
SPELLED_SO |= {"advised", "exercised", "raised", "surprised", "promised", "bruised", "poised", "bruising", "praised"}
SPELLED_SO |= {"supervised", "revised", "disguised", "compromised", "improvised", "devised", "comprised", "despised"}

every_article = pytest.mark.parametrize("slug", ARTICLES)


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
    text = join_prose(ARTICLES[slug])
    assert 350 <= len(words(text)) <= 900
    assert reading_grade(text) <= 10


@every_article
def test_an_article_is_spelled_one_way(slug: str) -> None:
    text = join_prose(ARTICLES[slug])
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


@pytest.fixture(scope="module")
def cited() -> list[tuple[str, Reference, dict[str, Any]]]:
    """Give (slug, reference, its work in the bibliography) of every reference; exactly one work is found for each."""
    if not BIBLIOGRAPHY.exists():
        pytest.skip("../shared/bibliography is not here")
    works = [json.loads(line) for line in BIBLIOGRAPHY.read_text(encoding="utf-8").splitlines()]
    by_id = {(kind, work[kind].lower()): work for work in works for kind in ("doi", "pmid", "pmcid") if work[kind]}
    by_url = {work["url"].removeprefix("https://"): work for work in works if work["url"]}
    rows = []
    for slug, article in ARTICLES.items():
        for reference in article.references:
            keys = [(kind, (getattr(reference, kind) or "").lower()) for kind in ("doi", "pmid", "pmcid")]
            found = {by_id[key]["id"]: by_id[key] for key in keys if key in by_id}
            if not found and reference.url:
                work = by_url[reference.url.removeprefix("https://")]
                found = {work["id"]: work}
            assert len(found) == 1, (slug, reference.raw)
            rows += [(slug, reference, work) for work in found.values()]
    return rows


def test_every_reference_is_a_verified_work(cited: list[tuple[str, Reference, dict[str, Any]]]) -> None:
    for slug, reference, work in cited:
        assert fold(reference.title) == fold(work["title"]), (slug, reference.raw)
        assert reference.year == (work["year"] or None), (slug, reference.raw)
    assert len({work["id"] for _slug, _reference, work in cited}) >= 150


@pytest.mark.parametrize("field", ["container", "publisher", "month", "volume", "issue", "pages", "pmid", "pmcid"])
def test_a_reference_prints_only_what_was_verified(
    field: str, cited: list[tuple[str, Reference, dict[str, Any]]]
) -> None:
    for slug, reference, work in cited:
        printed, known = getattr(reference, field), work[field]
        if printed is not None:
            assert field in work["verified_fields"], (slug, reference.raw)
            known = MONTHS.index(known[:3]) + 1 if field == "month" else known
            assert fold(str(printed)) == fold(str(known)), (slug, reference.raw)


def test_the_authors_of_a_reference_are_those_of_its_work_from_the_first(
    cited: list[tuple[str, Reference, dict[str, Any]]],
) -> None:
    for slug, reference, work in cited:
        printed, known = ([name.split(",")[0] for name in names] for names in (reference.authors, work["authors"]))
        assert [fold(name) for name in printed] == [fold(name) for name in known[: len(printed)]], (slug, reference.raw)
        assert reference.et_al or len(printed) == len(known), (slug, reference.raw)


def fold(title: str | None) -> str:
    return " ".join(re.findall(r"\w+", (title or "").lower()))


@every_article
def test_its_line_in_the_table_counts_what_the_parser_found(slug: str) -> None:
    row, article = build_row(slug, ARTICLES[slug]), ARTICLES[slug]
    assert (row.works, row.marks, row.areas) == (len(article.references), len(article.marks), article.body_areas)
    assert 0 < row.cited < row.sentences


@every_article
def test_no_strong_claim_stands_without_a_source(slug: str) -> None:
    assert find_claims(build_reading(ARTICLES[slug], (), date(2026, 11, 24)).parts) == ()


def test_every_body_area_has_an_article() -> None:
    vocabulary = read_vocabulary()
    with_articles = {
        above for article in ARTICLES.values() for area in article.body_areas for above in vocabulary.ancestors(area)
    }
    assert set(vocabulary.areas) - with_articles == set()


def sentences(article: Article) -> set[str]:
    return {part for part in re.split(r"(?<=[.!?])\s+", join_prose(article)) if len(words(part)) > 5}


def test_no_two_articles_share_a_paragraph_or_a_sentence() -> None:
    blocks = Counter(chain.from_iterable({*join_prose(article).split("\n")} for article in ARTICLES.values()))
    shared = Counter(chain.from_iterable(map(sentences, ARTICLES.values())))
    assert [text for text, count in shared.items() if count > 1] == []
    assert [text for text, count in blocks.items() if count > 1 and len(words(text)) > 5] == []


def test_no_sentence_is_a_formula_said_with_other_words_elsewhere() -> None:
    known = [(slug, text) for slug, article in ARTICLES.items() for text in sorted(sentences(article))]
    texts = [text for _slug, text in known]
    alike = process.cdist(texts, texts, scorer=fuzz.ratio, score_cutoff=88, dtype=numpy.uint8)
    pairs = [(known[one], known[other]) for one, other in zip(*numpy.nonzero(alike), strict=True) if one < other]
    assert [pair for pair in pairs if pair[0][0] != pair[1][0]] == []


def test_no_opening_wears_out() -> None:
    openings = Counter(
        chain.from_iterable(
            {" ".join(text.split()[:4]) for text in sentences(article)} for article in ARTICLES.values()
        )
    )
    del openings["Call your local emergency"]  # said plainly wherever it is meant
    assert [opening for opening, count in openings.items() if count > 8] == []


def test_no_article_gives_a_dose_or_a_promise() -> None:
    dose = re.compile(r"\b\d+(?:\.\d+)? ?(?:mg|mcg|µg|ml|milligrams?|drops|tablets|pills)\b")
    promise = re.compile(
        r"(?i)\b(?:guaranteed|will cure|cures? (?:this|it|your)|always works|never fails|you will be fine)\b"
    )
    assert [slug for slug, article in ARTICLES.items() if dose.search(join_prose(article))] == []
    assert [slug for slug, article in ARTICLES.items() if promise.search(join_prose(article))] == []


def test_no_country_is_taken_for_granted() -> None:
    number = re.compile(r"\b(?:911|999|112|988|000|111)\b")
    assert [slug for slug, article in ARTICLES.items() if number.search(join_prose(article))] == []
