"""Bars of works by year: single years when they are few, else spans of years, each a filter."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kb.model import FacetValue, Question
from kb.questions import page_address, with_filter

MOST_BARS = 16
SPANS = (1, 2, 5, 10, 20)  # years in one bar
WIDTH, HEIGHT = 640, 150  # the drawing area in its own units
GAP = 4


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: its years in words, its count and place, whether it is chosen, and the address that filters by it."""

    label: str
    count: int
    selected: bool
    address: str
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class YearChart:
    """All bars, oldest first, the largest count, and the size of the drawing."""

    bars: tuple[Bar, ...]
    most: int
    width: int = WIDTH
    height: int = HEIGHT


def build_year_chart(years: Sequence[FacetValue], question: Question) -> YearChart | None:
    """Give the chart of a `year` facet, or ``None`` when there is nothing to compare."""
    counts = {int(value.value): value.count for value in years if value.value.isascii() and value.value.isdigit()}
    if len(counts) < 2 or not any(counts.values()):
        return None
    groups = _group_years(counts)
    totals = [sum(counts.get(year, 0) for year in years_) for years_ in groups]
    most = max(totals)
    width = WIDTH / len(groups)
    bars = []
    for number, (years_, total) in enumerate(zip(groups, totals, strict=True)):
        height = round(HEIGHT * total / most, 1)
        selected, address = _turn([str(year) for year in years_ if year in counts], question)
        label = str(years_[0]) if len(years_) == 1 else f"{years_[0]}–{years_[-1]}"
        place = round(number * width + GAP / 2, 1), round(HEIGHT - height, 1), round(width - GAP, 1), height
        bars.append(Bar(label, total, selected, address, *place))
    return YearChart(tuple(bars), most)


def _group_years(counts: Iterable[int]) -> list[range]:
    """Give spans of years that cover all, of one length, at most MOST_BARS if any length allows it."""
    first, last = min(counts), max(counts)
    span = next((span for span in SPANS if last // span - first // span < MOST_BARS), SPANS[-1])
    start = max(first - first % span, last - last % span - (MOST_BARS * 4 - 1) * span)
    return [range(year, year + span) for year in range(start, last + 1, span)]


def _turn(values: Sequence[str], question: Question) -> tuple[bool, str]:
    """Tell whether a bar's years are all chosen, and give the address that adds or takes them away."""
    chosen = question.filters.get("year", ())
    others = [year for year in chosen if year not in values]
    selected = bool(values) and len(chosen) - len(others) == len(values)
    return selected, page_address(with_filter(question, "year", others if selected else [*others, *values]))
