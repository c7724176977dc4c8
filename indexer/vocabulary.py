"""Body areas and symptoms with the words people use for them, from `rules/areas.toml` and `rules/symptoms.toml`."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from indexer.text.phrases import split_words

RULES = Path(__file__).parent / "rules"


@dataclass(frozen=True, slots=True)
class Area:
    """A body area: its place in the tree, the words that speak of it, its MeSH id where it has one."""

    slug: str
    label: str
    parent: str | None
    terms: tuple[str, ...]
    mesh: str | None


@dataclass(frozen=True, slots=True)
class Symptom:
    """A symptom: plain label, clinical term, further names, where it is felt, MeSH and Symptom Ontology ids.

    `said` is what people say when they have it ("can't keep it up"): words to find it by, not names of it.
    """

    slug: str
    label: str
    clinical: str
    names: tuple[str, ...]
    said: tuple[str, ...]
    areas: tuple[str, ...]
    mesh: str | None
    symp: str | None

    @property
    def all_names(self) -> tuple[str, ...]:
        """Give label, clinical term and every other name, each once."""
        return tuple(dict.fromkeys((self.label, self.clinical, *self.names)))

    @property
    def wordings(self) -> tuple[str, ...]:
        """Give every name and everything people say, each once."""
        return tuple(dict.fromkeys((*self.all_names, *self.said)))


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """All areas, parents before children, and all symptoms, by slug."""

    areas: Mapping[str, Area]
    symptoms: Mapping[str, Symptom]

    def ancestors(self, slug: str) -> tuple[str, ...]:
        """Give the area and every area above it, nearest first; an unknown slug has only itself."""
        chain = [slug]
        while (area := self.areas.get(chain[-1])) is not None and area.parent is not None:
            chain.append(area.parent)
        return tuple(chain)

    def children(self, slug: str | None) -> tuple[Area, ...]:
        """Give the areas right below `slug`, or the top of the tree for ``None``."""
        return tuple(area for area in self.areas.values() if area.parent == slug)

    def find_area(self, text: str) -> str | None:
        """Give the slug of the area meant by a slug, label or term in any case, or ``None``."""
        return _area_names().get(_name_key(text))

    def find_symptom(self, text: str) -> str | None:
        """Give the slug of the symptom meant by a slug, label, clinical term or other name in any case, or ``None``."""
        return _symptom_names().get(_name_key(text))

    def label(self, slug: str) -> str:
        """Give the label of an area or symptom, or the slug made readable where it is neither."""
        entry = self.areas.get(slug) or self.symptoms.get(slug)
        return entry.label if entry else slug.replace("-", " ").capitalize()


def _name_key(text: str) -> tuple[str, ...]:
    return tuple(split_words(text.replace("-", " ")))


def _read_rows(name: str, table: str) -> list[dict[str, Any]]:
    with (RULES / name).open("rb") as file:
        rows: list[dict[str, Any]] = tomllib.load(file)[table]
    return rows


@cache
def read_vocabulary() -> Vocabulary:
    """Give the vocabulary shipped with the indexer, read once a process."""
    areas = [
        Area(row["slug"], row["label"], row.get("parent"), tuple(row["terms"]), row.get("mesh"))
        for row in _read_rows("areas.toml", "area")
    ]
    symptoms = [
        Symptom(
            row["slug"],
            row["label"],
            row["clinical"],
            tuple(row["names"]),
            tuple(row["said"]),
            tuple(row["areas"]),
            row.get("mesh"),
            row.get("symp"),
        )
        for row in _read_rows("symptoms.toml", "symptom")
    ]
    return Vocabulary({area.slug: area for area in areas}, {symptom.slug: symptom for symptom in symptoms})


@cache
def _area_names() -> Mapping[tuple[str, ...], str]:
    names: dict[tuple[str, ...], str] = {}
    for area in read_vocabulary().areas.values():
        names[_name_key(area.slug)] = area.slug
    for area in read_vocabulary().areas.values():
        for name in (area.label, *area.terms):
            names.setdefault(_name_key(name), area.slug)
    return names


@cache
def _symptom_names() -> Mapping[tuple[str, ...], str]:
    names: dict[tuple[str, ...], str] = {}
    for symptom in read_vocabulary().symptoms.values():
        names[_name_key(symptom.slug)] = symptom.slug
    for symptom in read_vocabulary().symptoms.values():
        for name in symptom.all_names:
            names.setdefault(_name_key(name), symptom.slug)
    return names
