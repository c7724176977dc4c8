"""Which articles and works a question finds, and every count beside them: the same on both engines."""

from collections import Counter
from collections.abc import Callable

import pytest

from kb.index import Index
from kb.model import Question, ResultPage
from kb.search import (
    find_work,
    read_article,
    read_articles,
    read_work,
    read_works,
    search,
    similar,
    similar_works,
)
from kb.suggest import suggest
from tests.opensearch.articles import COUNT, PEOPLE, areas_of, slugs_where

WHOLE_PAGE = 100


def find(index: Index, text: str = "", **filters: tuple[str, ...]) -> ResultPage:
    return search(index, Question(text, filters=filters, per_page=WHOLE_PAGE))


def slugs(index: Index, text: str = "", **filters: tuple[str, ...]) -> set[str]:
    """Give the slugs of all hits, page by page."""
    found: list[str] = []
    page, pages = 1, 1
    while page <= pages:
        answer = search(index, Question(text, filters=filters, page=page, per_page=WHOLE_PAGE))
        found += [hit.id for hit in answer.hits]
        page, pages = page + 1, answer.pages
    assert len(found) == len(set(found)) == answer.total
    return set(found)


def counts(page: ResultPage, facet: str) -> dict[str, int]:
    return {value.value: value.count for value in page.facets[facet] if value.count}


def always(_number: int) -> bool:
    return True


def never(_number: int) -> bool:
    return False


QUESTIONS: dict[str, Callable[[int], bool]] = {
    "": always,
    "crimson": lambda n: n % 3 == 0,
    "CRIMSON": lambda n: n % 3 == 0,
    "crimson cobalt": lambda n: n % 3 == 0 or n % 2 == 0,
    "crimson OR cobalt": lambda n: n % 3 == 0 or n % 2 == 0,
    '"crimson" "cobalt"': lambda n: n % 6 == 0,
    "crimson -cobalt": lambda n: n % 3 == 0 and n % 2 == 1,
    "-crimson": lambda n: n % 3 != 0,
    "-crimson -cobalt": lambda n: n % 3 != 0 and n % 2 == 1,
    '"pins and needles"': lambda n: n % 7 == 0,
    '"needles pins"': lambda n: n % 11 == 0,
    'pins -"pins and needles"': lambda n: n % 11 == 0 and n % 7 != 0,
    "Ménière": lambda n: n % 5 == 0,
    "MÉNIÈRE": lambda n: n % 5 == 0,
    "meniere": lambda n: n % 5 == 0,
    "Me\u0301nie\u0300re": lambda n: n % 5 == 0,
    "causes:winter": lambda n: n % 4 == 0,
    "description:winter": never,
    "winter": lambda n: n % 4 == 0,
    "wint*": lambda n: n % 4 == 0,
    "~wintre": lambda n: n % 4 == 0,
    "strains": always,
    'title:"ache 00007"': lambda n: n == 7,
    "title:00007": lambda n: n == 7,
    "area:feet": lambda n: "feet" in areas_of(n),
    "area:torso crimson": lambda n: "upper-back" in areas_of(n),
    "year:2015": lambda n: n % 8 == 5,
    "zzyzx": never,
    "crimson zzyzx": lambda n: n % 3 == 0,
    '"zzyzx" crimson': never,
}


@pytest.mark.parametrize("text", QUESTIONS)
def test_a_question_finds_exactly_these_articles(numbered: Index, text: str) -> None:
    assert slugs(numbered, text) == slugs_where(QUESTIONS[text])


def test_a_phrase_does_not_run_from_one_section_into_the_next(numbered: Index) -> None:
    assert slugs(numbered, '"needles the strain"') == set()


def test_words_that_nothing_has_are_named(numbered: Index) -> None:
    assert find(numbered, "crimson zzyzx").missing == ("zzyzx",)


def test_a_misspelled_word_is_answered_with_the_nearest_and_named(numbered: Index) -> None:
    page = find(numbered, "crimsom")
    assert page.suggestion == "crimson"
    assert slugs(numbered, "crimsom") == slugs_where(lambda n: n % 3 == 0)


@pytest.mark.parametrize(
    ("filters", "is_wanted"),
    [
        ({"area": ("feet",)}, lambda n: "feet" in areas_of(n)),
        ({"area": ("Feet",)}, lambda n: "feet" in areas_of(n)),
        ({"area": ("back",)}, lambda n: "upper-back" in areas_of(n)),
        ({"area": ("head", "feet")}, lambda n: {"head", "feet"} & set(areas_of(n))),
        ({"area": ("head",), "year": ("2012",)}, lambda n: "head" in areas_of(n) and n % 8 == 2),
        ({"author": ("Zoë Ångström",)}, lambda n: n % 3 == 1 or n % 6 == 0),
        ({"author": ("Zoë Ångström", "Ben Okoro")}, lambda n: n % 3 != 0 or n % 6 == 0),
        ({"symptom": ("back pain",)}, lambda n: n % 2 == 0),
        ({"cited": ("no",)}, lambda n: n % 3 == 2),
        ({"unsourced": ("causes",)}, lambda n: n % 3 == 2),
        ({"work_year": ("2004",)}, lambda n: n % 9 == 4),
        ({"section": ("remedies",)}, never),
        ({"author": ("nobody",)}, never),
    ],
)
def test_filters_are_any_of_one_facet_and_all_facets(
    numbered: Index, filters: dict[str, tuple[str, ...]], is_wanted: Callable[[int], object]
) -> None:
    assert slugs(numbered, "", **filters) == slugs_where(lambda n: bool(is_wanted(n)))


def test_facets_count_all_matches_and_every_value_of_an_article(numbered: Index) -> None:
    page = find(numbered, "crimson")
    own = [n for n in range(COUNT) if n % 3 == 0]
    people = Counter(PEOPLE[n % 3] for n in own) + Counter(PEOPLE[(n + 1) % 3] for n in own if n % 6 == 0)
    assert counts(page, "author") == dict(people)
    assert counts(page, "year") == dict(Counter(f"{2010 + n % 8}" for n in own))
    assert counts(page, "symptom") == {"headache": 40, "back-pain": 20}
    assert counts(page, "area") == {"head-and-neck": 40, "head": 40, "torso": 20, "back": 20, "upper-back": 20}
    assert counts(page, "section") == {"description": 40}


def test_a_facet_is_counted_as_if_nothing_were_chosen_in_it_and_others_follow_the_choice(numbered: Index) -> None:
    open_page = find(numbered, "amber")
    page = find(numbered, "amber", area=("feet",))
    assert counts(page, "area") == counts(open_page, "area")
    assert sum(counts(page, "year").values()) == page.total < open_page.total
    assert [value.value for value in page.facets["area"] if value.selected] == ["feet"]


def test_a_chosen_value_that_nothing_has_stays_with_its_zero(numbered: Index) -> None:
    page = find(numbered, "crimson", author=("Nobody Atall",))
    chosen = [(value.value, value.count) for value in page.facets["author"] if value.selected]
    assert (page.total, chosen) == (0, [("Nobody Atall", 0)])
    assert counts(page, "author")["Nora Feld"] == 40


def test_works_are_found_counted_and_say_where_they_are_cited(numbered: Index) -> None:
    page = search(numbered, Question("lantern", "work", per_page=WHOLE_PAGE))
    assert page.total == 6  # numbers 0 1 3 4 6 7: articles without a remainder of 2 by 3 cite a study
    assert counts(page, "container") == {"Journal of Quiet Rooms": 3, "Annals of Slow Motion": 3}
    work = find_work(numbered, "doi", "10.5555/lantern.4")
    document = read_work(numbered, work or "")
    assert document is not None
    citing = {citation.article for citation in document.work.citations}
    assert citing == slugs_where(lambda n: n % 9 == 4)
    assert {citation.sentence for citation in document.work.citations} == {
        "The strain of winter shows.",
        "The strain of summer shows.",
    }
    assert search(numbered, Question("winter", "work")).total == 6
    assert find_work(numbered, "doi", "10.5555/lantern.5") is None


def test_a_journal_is_a_value_of_several_words(numbered: Index) -> None:
    question = Question(kind="work", filters={"container": ("Annals of Slow Motion",)}, sort="title")
    assert [hit.facts["doi"] for hit in search(numbered, question).hits] == [
        "10.5555/lantern.1",
        "10.5555/lantern.3",
        "10.5555/lantern.7",
    ]
    assert search(numbered, Question('journal:"slow motion"', "work")).total == 3


def test_an_article_is_read_whole_and_one_that_is_not_there_is_none(numbered: Index) -> None:
    document = read_article(numbered, "ache-00015")
    assert document is not None
    assert "Ménière" in document.article.sections[0].text
    assert len(document.works) == len(document.article.references) == 1
    assert read_article(numbered, "ache-99999") is None


def test_articles_and_works_are_read_at_once_in_the_order_asked_for(numbered: Index) -> None:
    names = ["ache-00007", "ache-99999", "ache-00003"]
    assert [found.article.slug for found in read_articles(numbered, names)] == ["ache-00007", "ache-00003"]
    works = [find_work(numbered, "doi", f"10.5555/lantern.{number}") or "" for number in (4, 1)]
    assert [found.work.id for found in read_works(numbered, ["not-there", *works])] == works
    assert list(read_articles(numbered, [])) == list(read_works(numbered, [])) == []


def test_similar_articles_and_works_are_others_and_each_once(shipped: Index) -> None:
    for find_similar, name in ((similar, "back-pain"), (similar_works, first_work(shipped))):
        ids = [hit.id for hit in find_similar(shipped, name, 6)]
        assert len(set(ids)) == len(ids) == 6
        assert name not in ids
    assert similar(shipped, "not-there") == ()


def first_work(index: Index) -> str:
    return search(index, Question(kind="work", sort="title")).hits[0].id


@pytest.mark.parametrize(
    ("typed", "expected"), [("heada", "Headache"), ("hedache", "Headache"), ("pins an", "Pins and needles")]
)
def test_suggestions_come_while_typing_and_forgive_a_typo(shipped: Index, typed: str, expected: str) -> None:
    values = [found["value"].partition(" (")[0] for found in suggest(shipped, typed)["suggestions"]]
    assert expected in values


def test_titles_and_journals_are_suggested(numbered: Index) -> None:
    assert "Ache 00007" in [found["value"] for found in suggest(numbered, "ache 00007")["suggestions"]]
    assert "Journal of Quiet Rooms" in [found["value"] for found in suggest(numbered, "quiet ro")["suggestions"]]


def test_passages_are_named_by_section_and_marked(numbered: Index) -> None:
    hit = find(numbered, 'title:00035 "pins and needles" summer').hits[0]
    assert {snippet.section for snippet in hit.snippets} == {"Description", "Causes"}
    assert "<mark>pins and needles</mark>" in "".join(snippet.html for snippet in hit.snippets)
