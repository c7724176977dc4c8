"""A question has a page of answers, whatever it is."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from indexer.build import build_index
from indexer.model import Article, Block, Section
from kb.index import Index, open_index
from kb.model import SORTS, Question, facet_names
from kb.search import find_work, read_article, read_work, search, similar, similar_works
from tests.search_corpus import build_random_index

ODD = st.sampled_from(['"', "-", "~", "*", " OR ", "(", "title:", "area:", "pain", "back", " ", "🙂", "\x07", "the"])


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Index:
    return build_random_index(tmp_path_factory.mktemp("search"))


def article(slug: str, text: str, title: str = "Title") -> Article:
    blocks = (Block("paragraph", text),)
    return Article(slug, title, f"{slug}.md", "test", sections=(Section("description", "What", "description", blocks),))


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Index:
    folder: Path = tmp_path_factory.mktemp("small")
    texts = {
        "both": "The knee creaks and later the elbow does.",
        "knee": "A knee, one more knee and a third knee: knee.",
        "elbow": "An elbow.",
        "side": "There, elbow knee.",
        "stop": "What will be will be.",
        "sick": "A sudden wave of nausea.",
    }
    build_index(folder, [article(slug, text) for slug, text in texts.items()])
    return open_index(folder)


def slugs(index: Index, text: str, **rest: object) -> list[str]:
    return [hit.id for hit in search(index, Question(text, **rest)).hits]  # type: ignore[arg-type]


def test_articles_with_every_word_come_first_then_the_others(small: Index) -> None:
    assert set(slugs(small, "knee elbow")[:2]) == {"both", "side"}
    assert set(slugs(small, "knee elbow")) == {"both", "side", "knee", "elbow"}


def test_words_side_by_side_come_before_words_apart(small: Index) -> None:
    assert slugs(small, "elbow knee")[0] == "side"


def test_one_unmatched_word_empties_nothing_and_is_named(small: Index) -> None:
    page = search(small, Question("knee xylophone"))
    assert page.total
    assert page.missing == ("xylophone",)


def test_a_phrase_and_a_field_are_required(small: Index) -> None:
    assert slugs(small, '"elbow knee"') == ["side"]
    assert slugs(small, "description:nausea") == ["sick"]
    assert slugs(small, "causes:nausea") == []


def test_an_excluded_word_excludes(small: Index) -> None:
    assert set(slugs(small, "elbow -knee")) == {"elbow"}
    assert "elbow" not in slugs(small, "-elbow")


def test_a_question_of_stop_words_is_answered(small: Index) -> None:
    assert slugs(small, "will be")[0] == "stop"


def test_a_typo_finds_the_word_and_suggests_it(small: Index) -> None:
    page = search(small, Question("nausae"))
    assert page.suggestion == "nausea"
    assert [hit.id for hit in page.hits] == ["sick"]


def test_a_word_spelled_right_is_missing_and_not_corrected(small: Index) -> None:
    page = search(small, Question("neat knee"))
    assert page.missing == ("neat",)
    assert page.suggestion is None


def test_an_unfinished_word_finds_those_that_begin_with_it(small: Index) -> None:
    page = search(small, Question("naus"))
    assert [hit.id for hit in page.hits] == ["sick"]
    assert page.suggestion is None
    assert page.missing == ()


def test_a_missing_word_finds_others_of_its_root(small: Index) -> None:
    page = search(small, Question("creaky"))
    assert [hit.id for hit in page.hits] == ["both"]
    assert page.missing == ("creaky",)


def test_two_words_written_as_one_are_taken_apart(small: Index) -> None:
    page = search(small, Question("elbowknee"))
    assert page.suggestion == "elbow knee"
    assert set(slugs(small, "elbowknee")) == {"both", "side"}


def test_one_word_written_as_two_is_found_as_one(small: Index) -> None:
    page = search(small, Question("nau-sea"))
    assert [hit.id for hit in page.hits] == ["sick"]
    assert page.missing == ()


def test_a_word_people_use_finds_the_word_of_the_article(small: Index) -> None:
    assert slugs(small, "queasy") == ["sick"]


def test_a_prefix_and_a_fuzzy_word_are_widened(small: Index) -> None:
    assert slugs(small, "naus*") == ["sick"]
    assert slugs(small, "~elbwo -knee") == ["elbow"]


def test_facets_count_as_if_nothing_were_chosen_in_them(index: Index) -> None:
    free = search(index, Question("pain"))
    chosen = search(index, Question("pain", filters={"author": ("Author 1",)}))
    assert {v.value: v.count for v in free.facets["author"]} == {v.value: v.count for v in chosen.facets["author"]}
    assert chosen.total == next(value.count for value in free.facets["author"] if value.value == "Author 1")


@pytest.mark.parametrize("facet", facet_names("article"))
def test_a_count_is_what_choosing_the_value_finds(index: Index, facet: str) -> None:
    for value in search(index, Question("pain back")).facets[facet]:
        assert search(index, Question("pain back", filters={facet: (value.value,)})).total == value.count


def test_an_area_is_found_by_any_of_its_names_with_its_children(index: Index) -> None:
    totals = {search(index, Question(filters={"area": (name,)})).total for name in ("head-and-neck", "Head and neck")}
    assert len(totals) == 1
    assert totals.pop() > search(index, Question(filters={"area": ("HEAD",)})).total > 0


@pytest.mark.parametrize("kind", ["article", "work"])
def test_every_order_gives_every_hit_once(index: Index, kind: str) -> None:
    wanted = Question(kind=kind, per_page=100)  # type: ignore[arg-type]
    everything = {hit.id for page in (1, 2, 3) for hit in search(index, wanted).hits if page}
    for sort in SORTS[kind]:  # type: ignore[index]
        page = search(index, Question(kind=kind, sort=sort, per_page=100))  # type: ignore[arg-type]
        assert page.total >= len(everything)
        assert len({hit.id for hit in page.hits}) == len(page.hits)


def test_titles_are_in_order(index: Index) -> None:
    hits = search(index, Question(sort="title", per_page=100)).hits
    titles = [hit.title.lower() for hit in hits if " and " in hit.title]
    assert titles == sorted(titles)


@pytest.mark.parametrize("page", [0, -1, 10**9])
def test_a_page_that_is_not_there_is_the_nearest_one_with_a_note(index: Index, page: int) -> None:
    found = search(index, Question("pain", page=page))
    assert 1 <= found.page <= found.pages
    assert found.hits
    assert found.notes


def test_unknown_facets_and_orders_are_noted(index: Index) -> None:
    page = search(index, Question("pain", filters={"colour": ("red",)}, sort="beauty"))
    assert page.total
    assert len(page.notes) == 2


def test_pages_follow_one_another(index: Index) -> None:
    first, second = (slugs(index, "pain", page=number) for number in (1, 2))
    assert not set(first) & set(second)


def test_documents_are_read_by_name(index: Index) -> None:
    found = read_article(index, "article-1")
    assert found is not None
    assert found.article.slug == "article-1"
    work = search(index, Question(kind="work")).hits[0]
    document = read_work(index, work.id)
    assert document is not None
    assert document.work.doi is not None
    assert find_work(index, "doi", document.work.doi) == work.id
    assert read_article(index, "nobody") is read_work(index, "nobody") is find_work(index, "doi", "10.1/none") is None


def test_similar_ones_are_others(index: Index) -> None:
    assert "article-1" not in {hit.id for hit in similar(index, "article-1")}
    assert similar(index, "article-1")
    work = search(index, Question(kind="work")).hits[0].id
    assert work not in {hit.id for hit in similar_works(index, work)}
    assert similar(index, "nobody") == ()


@pytest.mark.parametrize(
    "text",
    ["x" * 100_000, "pain " * 20_000, " OR ".join(f"w{n}" for n in range(500)), "*", "a*", "~a ~b ~pain " * 90,
     '"' * 999, "(" * 5_000, "\x00\x1b\x7f", "🙂🙂", "-" * 300, ":" * 300, "title:" * 200],
)  # fmt: skip
def test_bad_input_has_an_answer(index: Index, text: str) -> None:
    page = search(index, Question(text))
    assert len(page.hits) <= 10
    assert page.total >= len(page.hits)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.one_of(st.text(max_size=80), st.lists(ODD, max_size=25).map("".join)),
    st.sampled_from(["article", "work"]),
    st.dictionaries(st.sampled_from(["area", "year", "section", "nothing"]), st.lists(st.text(max_size=9)).map(tuple)),
    st.integers(-(10**9), 10**9),
)
def test_anything_asked_has_an_answer(index: Index, text: str, kind: str, filters: object, page: int) -> None:
    found = search(index, Question(text, kind, filters, page=page))  # type: ignore[arg-type]
    assert 0 <= len(found.hits) <= 10
    assert (found.total == 0) == (not found.hits)
    assert all(value.count <= found.total or filters for values in found.facets.values() for value in values)
