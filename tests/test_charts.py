"""Bars of works by year."""

from hypothesis import given
from hypothesis import strategies as st

from kb.model import FacetValue, Question
from kb.pages.charts import MOST_BARS, build_year_chart


def years(counts: dict[int, int]) -> tuple[FacetValue, ...]:
    return tuple(FacetValue(str(year), str(year), count) for year, count in counts.items())


def test_few_years_have_a_bar_each_and_gaps_stay_visible() -> None:
    chart = build_year_chart(years({2012: 4, 2014: 2}), Question(kind="work"))
    assert chart is not None
    assert [(bar.label, bar.count) for bar in chart.bars] == [("2012", 4), ("2013", 0), ("2014", 2)]
    assert [bar.height for bar in chart.bars] == [150.0, 0.0, 75.0]


def test_a_bar_filters_by_its_years_and_a_chosen_one_takes_them_away() -> None:
    question = Question("sleep", "work", {"year": ("2012",)})
    chart = build_year_chart(years({2012: 4, 2014: 2}), question)
    assert chart is not None
    assert chart.bars[0].selected
    assert chart.bars[0].address == "/?q=sleep&kind=work"
    assert chart.bars[2].address == "/?q=sleep&kind=work&year=2012&year=2014"


def test_many_years_are_grouped_and_the_bar_names_its_span() -> None:
    chart = build_year_chart(years({1985: 1, 1999: 1, 2020: 3, 2021: 2}), Question(kind="work"))
    assert chart is not None
    assert chart.bars[0].label == "1985–1989"
    assert chart.bars[-1].label == "2020–2024"
    assert chart.bars[-1].address == "/?kind=work&year=2020&year=2021"


def test_one_year_or_none_is_no_chart() -> None:
    assert build_year_chart(years({2012: 0, 2014: 0}), Question(kind="work", filters={"year": ("2012",)})) is None
    assert build_year_chart((), Question(kind="work")) is None
    assert build_year_chart(years({2012: 4}), Question(kind="work")) is None
    assert build_year_chart((FacetValue("n.d.", "n.d.", 2),), Question(kind="work")) is None


@given(st.dictionaries(st.integers(1500, 2030), st.integers(1, 50), min_size=2, max_size=60))
def test_no_work_is_lost_between_the_bars(counts: dict[int, int]) -> None:
    chart = build_year_chart(years(counts), Question(kind="work"))
    assert chart is not None
    if max(counts) // 20 - min(counts) // 20 < MOST_BARS * 4 - 1:
        assert sum(bar.count for bar in chart.bars) == sum(counts.values())
    assert len(chart.bars) <= MOST_BARS * 4
