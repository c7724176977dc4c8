"""Suggestions while typing: symptoms by all their names, body areas, article titles, journals."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import TypedDict

from indexer.vocabulary import read_vocabulary
from kb.arrays.index import Snapshot
from kb.arrays.segment import SegmentFiles
from kb.completion import Completion
from kb.index import Index
from kb.opensearch.index import ClusterIndex, ClusterSnapshot
from kb.opensearch.suggest import count_names, find_completions

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
    if isinstance(index, ClusterIndex):
        groups = index.answer(lambda snapshot: _ask_cluster(snapshot, typed))
    else:
        snapshot = index.snapshot()
        names = _names(snapshot.document_frequency, typed)
        groups = [list(found) for found in (names, _titles(snapshot, typed), _journals(snapshot, typed))]
    chosen = [found for group in groups for found in group[:LIMIT_OF_KIND]]
    chosen += [found for group in groups for found in group[LIMIT_OF_KIND:]]
    unique = {found["value"].lower(): found for found in reversed(chosen)}
    return {"suggestions": [found for found in chosen if unique[found["value"].lower()] is found][:LIMIT]}


def _ask_cluster(snapshot: ClusterSnapshot, typed: str) -> list[list[Suggestion]]:
    counts = count_names(snapshot)
    titles, journals = find_completions(snapshot, typed, LIMIT)
    return [
        list(_names(lambda field, value: counts.get((field, value), 0), typed)),
        [Suggestion(value=title, label=title, note="Article") for title in titles],
        [Suggestion(value=name, label=name, note="Journal") for name in journals],
    ]


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


def _titles(snapshot: Snapshot, typed: str) -> Iterator[Suggestion]:
    for segment in snapshot.segments:
        numbers, completion = _open_titles(segment.files)
        for place in completion.find(typed, LIMIT):
            if segment.is_live(numbers[place]):
                title = segment.files.stored(numbers[place])["facts"]["title"]
                yield Suggestion(value=title, label=title, note="Article")


def _open_titles(files: SegmentFiles) -> tuple[list[int], Completion]:
    def read() -> tuple[list[int], Completion]:
        postings = files.postings("kind", "article")
        numbers: list[int] = postings.ids.tolist() if postings is not None else []
        column = files.column("order_title")
        return numbers, Completion([bytes(column[number]).decode() for number in numbers])

    titles: tuple[list[int], Completion] = files.keep(("titles",), read)
    return titles


def _journals(snapshot: Snapshot, typed: str) -> Iterator[Suggestion]:
    for segment in snapshot.segments:
        names, completion = _open_journals(segment.files)
        for place in completion.find(typed, LIMIT):
            yield Suggestion(value=names[place], label=names[place], note="Journal")


def _open_journals(files: SegmentFiles) -> tuple[list[str], Completion]:
    def read() -> tuple[list[str], Completion]:
        names, _ = files.lexicon("container")
        return names, Completion(names)

    journals: tuple[list[str], Completion] = files.keep(("journals",), read)
    return journals
