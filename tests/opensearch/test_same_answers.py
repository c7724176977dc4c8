"""Questions made at random are answered alike by both engines; where they differ, it is what SCALING.md says."""

import random
from pathlib import Path

import pytest

from kb.index import Index
from kb.model import Question, ResultPage
from kb.search import search
from tests.opensearch.articles import AREAS, PEOPLE
from tests.opensearch.cluster import Cluster
from tests.opensearch.conftest import Engine

pytestmark = pytest.mark.cluster

WORDS = ("steady", "amber", "cobalt", "crimson", "ménière", "pins", "needles", "winter", "summer", "strain", "ache")
PHRASES = ('"pins and needles"', '"needles pins"', '"steady and then amber"', '"crimson pins"')
QUESTIONS = 60

Pair = tuple[Index, Index]


@pytest.fixture(scope="module")
def both(cluster: Cluster, collection: Path, tmp_path_factory: pytest.TempPathFactory) -> Pair:
    folder = tmp_path_factory.mktemp("both")
    return Engine(folder / "folder").build(collection), Engine(folder / "cluster", cluster.addresses).build(collection)


def random_question(source: random.Random) -> Question:
    parts = []
    for _ in range(source.randint(1, 4)):
        shape = source.random()
        word = source.choice(WORDS)
        if shape < 0.2:
            parts.append(source.choice(PHRASES))
        elif shape < 0.35:
            parts.append(f"-{word}")
        elif shape < 0.5:
            parts.append(f"{word} OR {source.choice(WORDS)}")
        elif shape < 0.6:
            parts.append(f"{source.choice(('title', 'causes', 'description'))}:{word}")
        elif shape < 0.7:
            parts.append(f"{word[:4]}*")
        else:
            parts.append(word)
    filters = {}
    if source.random() < 0.4:
        filters["area"] = tuple(source.sample(AREAS, source.randint(1, 2)))
    if source.random() < 0.3:
        filters["author"] = (source.choice(PEOPLE),)
    if source.random() < 0.2:
        filters["section"] = (source.choice(("description", "causes")),)
    return Question(" ".join(parts), filters=filters, per_page=100)


def facts(page: ResultPage) -> dict[str, object]:
    """Give all of an answer but scores, order and time."""
    return {
        "total": page.total,
        "facets": page.facets,
        "understood": page.understood,
        "missing": page.missing,
        "suggestion": page.suggestion,
        "notes": page.notes,
        "hits": {hit.id: hit.snippets for hit in page.hits} if page.total <= 100 else None,
    }


def test_every_count_and_every_match_of_random_questions_is_the_same(both: Pair) -> None:
    source = random.Random(3)
    for _ in range(QUESTIONS):
        question = random_question(source)
        assert facts(search(both[0], question)) == facts(search(both[1], question)), question


@pytest.mark.parametrize(
    "text", ["lantern", "marlow", '"of the lantern"', "journal:quiet", "winter -summer", "year:2004"]
)
def test_works_are_the_same(both: Pair, text: str) -> None:
    question = Question(text, "work", per_page=100)
    assert facts(search(both[0], question)) == facts(search(both[1], question))


def test_a_fuzzy_word_finds_no_more_than_in_the_folder_and_not_what_differs_in_two_letters_at_its_beginning(
    both: Pair,
) -> None:
    for text in ("~wintre", "~sumer", "~crimsn", "~amberr"):
        assert search(both[1], Question(text)).total == search(both[0], Question(text)).total > 0
    folder, cluster = (search(index, Question("~bober")).total for index in both)  # amber: two letters, the first too
    assert (folder > 0, cluster) == (True, 0)
