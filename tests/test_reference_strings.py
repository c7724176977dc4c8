"""References as health pages print them, with the fields a reader sees; fields under `skip` may be read either way."""

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from indexer.references.reference import parse_reference

FILES = sorted((Path(__file__).parent / "reference_strings").glob("*.jsonl"))
FLOORS = {
    "authors": 0.98,
    "et_al": 0.98,
    "title": 0.96,
    "container": 0.96,
    "publisher": 0.96,
    "year": 0.99,
    "month": 0.98,
    "day": 0.98,
    "volume": 0.98,
    "issue": 0.98,
    "pages": 0.98,
    "doi": 1.0,
    "pmid": 1.0,
    "pmcid": 1.0,
    "url": 1.0,
    "accessed": 0.99,
}


def expected(row: dict[str, Any], name: str) -> Any:
    """Give the value a row wants of a field: nothing where it names none."""
    if name == "authors":
        return tuple(row.get(name, ()))
    return row.get(name, False if name == "et_al" else None)


def is_right(row: dict[str, Any], name: str, value: Any) -> bool:
    wanted = expected(row, name)
    if name == "url":  # an address that only carries identifiers may be kept or not; a scheme is added
        return wanted is None or value in {wanted, f"https://{wanted}"}
    return bool(value == wanted)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_references_of_health_pages_stay_above_the_floors(path):
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    known: Counter[str] = Counter()
    wrong: Counter[str] = Counter()
    shown = []
    for row in rows:
        reference = parse_reference(row["raw"])
        for name in FLOORS.keys() - set(row.get("skip", ())):
            value = getattr(reference, name)
            known[name] += 1
            if not is_right(row, name, value):
                wrong[name] += 1
                shown.append(f"{name}: {value!r}, expected {expected(row, name)!r}, in {row['raw']}")
    below = {name: 1 - wrong[name] / known[name] for name in FLOORS if 1 - wrong[name] / known[name] < FLOORS[name]}
    assert below == {}, "\n".join(shown)
