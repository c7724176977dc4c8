"""Lists for browsing: articles of an area or symptom, symptoms by letter with their lay names."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace

from indexer.model import Article
from indexer.vocabulary import Symptom, read_vocabulary
from kb.index import Index
from kb.model import DocumentKind, Question, ResultPage
from kb.search import WHOLE, Wanted, search

WORDLESS_SORTS: Mapping[DocumentKind, str] = {"article": "title", "work": "cited"}  # nothing can match best
ALL_SYMPTOMS = Wanted(("symptom",), snippets=False, values=20_000)
MOST_NAMES = 640  # names of symptoms on one page; more are shown a letter at a time, at most as many
MOST_ARTICLES = 30  # articles listed on the page of an area or symptom; more are found by searching


@dataclass(frozen=True, slots=True)
class Name:
    """A name of a symptom in the list A–Z; `label` is the plain label where the name is another word for it."""

    name: str
    slug: str
    label: str | None
    count: int


def find(index: Index, question: Question, wanted: Wanted = WHOLE) -> ResultPage:
    """Give the answer to a question; without words articles come by title, works by how many articles cite them."""
    if question.text.strip() or question.sort != "relevance":
        return search(index, question, wanted=wanted)
    page = search(index, replace(question, sort=WORDLESS_SORTS[question.kind]), wanted=wanted)
    return replace(page, question=replace(page.question, sort="relevance"))


def find_articles(index: Index, facet: str, value: str) -> ResultPage:
    """Give the articles with one facet value, by title."""
    question = Question(filters={facet: (value,)}, sort="title", per_page=MOST_ARTICLES)
    return search(index, question, wanted=replace(ALL_SYMPTOMS, snippets=True))


def count_symptoms(index: Index) -> dict[str, int]:
    """Give how many articles each symptom has."""
    return count_values(search(index, Question(per_page=1), wanted=ALL_SYMPTOMS), "symptom")


def count_values(page: ResultPage, facet: str) -> dict[str, int]:
    """Give the counts of a facet by value."""
    return {value.value: value.count for value in page.facets.get(facet, ())}


def symptoms_of(area: str, counts: Mapping[str, int]) -> list[tuple[Symptom, int]]:
    """Give the symptoms felt in an area or its parts, with how many of its articles are about them."""
    vocabulary = read_vocabulary()
    return [
        (symptom, counts.get(symptom.slug, 0))
        for symptom in vocabulary.symptoms.values()
        if any(area in vocabulary.ancestors(own) for own in symptom.areas)
    ]


def list_names(counts: Mapping[str, int]) -> dict[str, list[Name]]:
    """Give every name of the symptoms that have articles, by first letter; the index's own symptoms too."""
    symptoms = read_vocabulary().symptoms
    names = [
        Name(slug.replace("-", " ").capitalize(), slug, None, n) for slug, n in counts.items() if slug not in symptoms
    ]
    for symptom in symptoms.values():
        if count := counts.get(symptom.slug, 0):
            names.append(Name(symptom.label, symptom.slug, None, count))
            others = {
                name.casefold(): name for name in symptom.all_names if name.casefold() != symptom.label.casefold()
            }
            names += [Name(name[:1].upper() + name[1:], symptom.slug, symptom.label, count) for name in others.values()]
    letters: defaultdict[str, list[Name]] = defaultdict(list)
    for name in sorted(names, key=lambda name: (name.name.casefold(), name.slug)):
        letters[name.name[:1].upper() if name.name[:1].isalpha() else "#"].append(name)
    return dict(letters)


def other_names(article: Article, most: int = 6) -> list[str]:
    """Give what else people call the one symptom an article is about, but for what its title says already."""
    symptom = read_vocabulary().symptoms.get(article.symptoms[0]) if len(article.symptoms) == 1 else None
    if symptom is None:
        return []
    return [name for name in symptom.all_names if name.casefold() not in article.title.casefold()][:most]
