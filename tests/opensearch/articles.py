"""Numbered articles whose words, people, years and sources follow from their number, so that every answer is known."""

import json
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

COUNT = 120
AREAS = ("head", "upper-back", "feet")
JOURNALS = ("Journal of Quiet Rooms", "Annals of Slow Motion")
PEOPLE = ("Nora Feld", "Zoë Ångström", "Ben Okoro")


def build_article(number: int) -> dict[str, Any]:
    """Give the line of article `number`."""
    words = ["steady", "amber" if number % 2 else "cobalt"]
    words += ["crimson"] if number % 3 == 0 else []
    words += ["Ménière"] if number % 5 == 0 else []
    words += ["pins and needles"] if number % 7 == 0 else []
    words += ["needles, pins"] if number % 11 == 0 else []
    causes = f"The strain of {'winter' if number % 4 == 0 else 'summer'} shows{' [1]' if number % 3 != 2 else ''}."
    row: dict[str, Any] = {
        "title": f"Ache {number:05d}",
        "slug": f"ache-{number:05d}",
        "body_areas": list(areas_of(number)),
        "symptoms": ["headache"] if number % 2 else ["headache", "back-pain"],
        "sections": [
            {"heading": "Description", "text": f"A feeling that is {' and then '.join(words)}."},
            {"heading": "Causes", "text": causes},
        ],
        "authors": [PEOPLE[number % 3], PEOPLE[(number + 1) % 3]] if number % 6 == 0 else [PEOPLE[number % 3]],
        "updated": f"{2010 + number % 8}-03-04",
    }
    if number % 3 != 2:
        row["references"] = [build_reference(number % 9)]
    return row


def areas_of(number: int) -> tuple[str, ...]:
    """Give the areas of article `number`: one, and every sixth two."""
    first = AREAS[number % 3]
    return (first, AREAS[(number + 1) % 3]) if number % 6 == 0 else (first,)


def build_reference(number: int) -> str:
    """Give work `number` as it is printed."""
    return (
        f"Marlow A. Study {number} of the lantern. {JOURNALS[number % 2]}. 200{number};4(2):10-19. "
        f"doi:10.5555/lantern.{number}"
    )


def write_articles(path: Path, numbers: Iterable[int] = range(COUNT)) -> Path:
    """Write a .jsonl file of numbered articles."""
    with path.open("w", encoding="utf-8") as file:
        file.writelines(json.dumps(build_article(number)) + "\n" for number in numbers)
    return path


def slugs_where(is_wanted: Callable[[int], bool]) -> set[str]:
    """Give the slugs of the articles whose number is wanted."""
    return {f"ache-{number:05d}" for number in range(COUNT) if is_wanted(number)}
