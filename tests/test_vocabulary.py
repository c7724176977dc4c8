"""The vocabulary files are whole: a tree of areas, symptoms that point into it, names that find them."""

import csv
import json
from pathlib import Path

import pytest

from indexer.vocabulary import read_vocabulary

VOCABULARY = read_vocabulary()
SHARED = Path(__file__).parents[2] / "shared" / "data" / "vocabulary"
TREE = {
    None: "head-and-neck torso limbs skin-and-hair whole-body mind-and-sleep",
    "head-and-neck": "head face eyes ears mouth-and-jaw throat neck",
    "torso": "chest heart breathing back abdomen pelvis bladder",
    "back": "upper-back lower-back",
    "limbs": "shoulders arms hands legs feet",
    "skin-and-hair": "skin hair",
    "whole-body": "muscles balance temperature",
    "mind-and-sleep": "mind sleep",
}


@pytest.mark.parametrize("parent", TREE)
def test_the_tree_is_the_one_the_pages_show(parent: str | None) -> None:
    assert " ".join(area.slug for area in VOCABULARY.children(parent)) == TREE[parent]


def test_a_finer_area_knows_every_area_above_it() -> None:
    assert VOCABULARY.ancestors("lower-back") == ("lower-back", "back", "torso")


def test_every_symptom_is_felt_in_areas_of_the_tree() -> None:
    assert not [
        s.slug for s in VOCABULARY.symptoms.values() if not s.areas or not set(s.areas) <= set(VOCABULARY.areas)
    ]


@pytest.mark.parametrize(
    ("name", "slug"),
    [("lower back", "lower-back"), ("LUMBAR", "lower-back"), ("tummy", "abdomen"), ("head-and-neck", "head-and-neck")],
)
def test_an_area_is_found_by_slug_label_or_term_in_any_case(name: str, slug: str) -> None:
    assert VOCABULARY.find_area(name) == slug


@pytest.mark.parametrize(
    ("name", "slug"),
    [("charley horse", "muscle-cramps"), ("IBS", "irritable-bowel"), ("Dyspnea", "shortness-of-breath")],
)
def test_a_symptom_is_found_by_any_of_its_names(name: str, slug: str) -> None:
    assert VOCABULARY.find_symptom(name) == slug


def test_an_unknown_name_finds_nothing() -> None:
    assert VOCABULARY.find_area("carburetor") is None
    assert VOCABULARY.find_symptom("carburetor") is None


@pytest.mark.skipif(not SHARED.exists(), reason="../shared/data/vocabulary is not here")
def test_every_id_exists_in_its_source() -> None:
    mesh = set()
    for path in SHARED.glob("mesh_*.tsv"):
        with path.open(encoding="utf-8") as file:
            mesh |= {row["mesh_id"] for row in csv.DictReader(file, delimiter="\t")}
    with (SHARED / "symp.jsonl").open(encoding="utf-8") as file:
        symp = {json.loads(line)["id"] for line in file}
    entries = [*VOCABULARY.areas.values(), *VOCABULARY.symptoms.values()]
    assert [entry.slug for entry in entries if entry.mesh and entry.mesh not in mesh] == []
    assert [s.slug for s in VOCABULARY.symptoms.values() if s.symp and s.symp not in symp] == []
