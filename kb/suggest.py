"""Suggestions while typing: symptoms by all their names, body areas, article titles, journals."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import TypedDict

from indexer.vocabulary import read_vocabulary
from kb.completion import Completion
from kb.index import Index

LIMIT = 8  # suggestions given
LIMIT_OF_KIND = 4  # of one kind, as long as there are others
LONGEST = 100  # characters read of what is typed


class Suggestion(TypedDict):
    """What to put into the search box, how to show it, and what it is."""

    value: str
    label: str
    note: str


@dataclass(frozen=True, slots=True)
class Names:
    """The names of symptoms and areas: the field and value each stands for, and how to complete them."""

    entries: tuple[tuple[str, str, str], ...]  # name, field, value
    completion: Completion


def suggest(index: Index, typed: str) -> dict[str, list[Suggestion]]:
    """Give ``{"suggestions": […]}`` for what has been typed so far."""
    typed = typed[:LONGEST]
    found = index.complete(typed, LIMIT)
    groups = [
        list(_names(found.count_of, typed)),
        [Suggestion(value=title, label=title, note="Article") for title in found.titles],
        [Suggestion(value=name, label=name, note="Journal") for name in found.journals],
    ]
    chosen = [each for group in groups for each in group[:LIMIT_OF_KIND]]
    chosen += [each for group in groups for each in group[LIMIT_OF_KIND:]]
    unique = {each["value"].lower(): each for each in reversed(chosen)}
    return {"suggestions": [each for each in chosen if unique[each["value"].lower()] is each][:LIMIT]}


def _names(count_of: Callable[[str, str], int], typed: str) -> Iterator[Suggestion]:
    """Give symptoms and areas that articles have; a symptom known by another name says which."""
    known = _read_names()
    seen = set()
    for place in known.completion.find(typed, LIMIT * 4):
        name, field, value = known.entries[place]
        if count_of(field, value) and (field, value) not in seen:
            seen.add((field, value))
            label = read_vocabulary().label(value)
            shown = label if name.lower() == label.lower() else f"{name} → {label}"
            what = "Body area" if field == "area" else "Symptom"
            yield Suggestion(value=label, label=shown, note=what)


@cache
def _read_names() -> Names:
    vocabulary = read_vocabulary()
    entries = [(name, "symptom", slug) for slug, symptom in vocabulary.symptoms.items() for name in symptom.all_names]
    for slug, area in vocabulary.areas.items():
        entries += [(name, "area", slug) for name in (area.label, *area.terms)]
    return Names(tuple(entries), Completion([name for name, _, _ in entries]))
