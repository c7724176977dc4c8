"""The body map: regions of the drawing with the counts and addresses of the current question."""

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from indexer.vocabulary import read_vocabulary
from kb.model import FacetValue, Question
from kb.questions import page_address, with_value, without_value

DRAWING = Path(__file__).parents[1] / "rules" / "bodymap.toml"
ELSEWHERE = ("skin-and-hair", "whole-body", "mind-and-sleep")  # branches of the tree that no drawing can place
WARMTH = (0.0, 0.25, 0.6)  # a region is 1, 2 or 3 warm by its share of the largest count


@dataclass(frozen=True, slots=True)
class Region:
    """One region: its area and label, how many articles it has, where it leads, and its paths.

    `address` is ``None`` where nothing would be found; `warmth` is 0 (nothing) to 3 (the most).
    """

    area: str
    label: str
    count: int
    selected: bool
    address: str | None
    warmth: int
    path: str = ""
    mirror: bool = False

    @property
    def name(self) -> str:
        """Give the region's name for those who cannot see it: "Chest, 9 articles, chosen"."""
        articles = "1 article" if self.count == 1 else f"{self.count or 'no'} articles"
        return f"{self.label}, {articles}{', chosen' if self.selected else ''}"


@dataclass(frozen=True, slots=True)
class View:
    """One drawing with its name and label, its width and height, lines that are only drawn, and its regions."""

    name: str
    label: str
    width: int
    height: int
    lines: str
    regions: tuple[Region, ...]


@dataclass(frozen=True, slots=True)
class BodyMap:
    """The drawings, and the areas beside them that have no place on a body."""

    views: tuple[View, ...]
    elsewhere: tuple[Region, ...]


@cache
def _read_drawing() -> list[dict[str, Any]]:
    with DRAWING.open("rb") as file:
        views: list[dict[str, Any]] = tomllib.load(file)["view"]
    return views


def build_body_map(areas: Sequence[FacetValue], question: Question) -> BodyMap:
    """Give the map for the `area` facet of the answer to `question`."""
    counts = {value.value: value for value in areas}
    drawn = {region["area"] for view in _read_drawing() for region in view["regions"]}
    most = max((counts[area].count for area in drawn if area in counts), default=0)

    def region(area: str, path: str = "", mirror: bool = False) -> Region:
        found = counts.get(area)
        count = found.count if found else 0
        selected = area in question.filters.get("area", ())
        turn = without_value if selected else with_value
        address = page_address(turn(question, "area", area)) if count or selected else None
        warmth = sum(count > most * share for share in WARMTH)
        return Region(area, read_vocabulary().label(area), count, selected, address, warmth, path, mirror)

    views = tuple(
        View(
            view["name"],
            view["label"],
            view["size"][0],
            view["size"][1],
            view["lines"],
            tuple(region(row["area"], row["d"], row.get("mirror", False)) for row in view["regions"]),
        )
        for view in _read_drawing()
    )
    others = (child.slug for branch in ELSEWHERE for child in read_vocabulary().children(branch))
    return BodyMap(views, tuple(region(area) for area in others))
