import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.text.dates import find_dates, parse_date, parse_iso


@pytest.mark.parametrize(
    ("printed", "iso"),
    [
        ("October 9, 2018", "2018-10-09"),
        ("Oct. 9 2018", "2018-10-09"),
        ("9th of October, 2018", "2018-10-09"),
        ("9-Oct-2018", "2018-10-09"),
        ("2018 Oct 9", "2018-10-09"),
        ("2018-10-09T08:00:00+01:00", "2018-10-09"),
        ("2018/10/09", "2018-10-09"),
        ("Tue, 09 Oct 2018 10:00:00 GMT", "2018-10-09"),
        ("13/04/2019", "2019-04-13"),
        ("04.13.2019", "2019-04-13"),
        ("3/14/19", "2019-03-14"),
        ("14.3.19", "2019-03-14"),
        ("04/04/2019", "2019-04-04"),
        ("SEPTEMBER 2018", "2018-09"),
        ("Sept. 2018", "2018-09"),
        ("2018 Jul-Aug", "2018-07"),
        ("Spring 2018", "2018"),
        ("4/2014", "2014-04"),
        ("2018", "2018"),
    ],
)
def test_printed_dates_become_iso_as_exact_as_printed(printed, iso):
    assert parse_date(printed).iso == iso


@pytest.mark.parametrize("printed", ["03/04/2019", "3.4.2019", "03-04-2019", "3-14-19", "3/4/19", "3/14/99"])
def test_numbers_that_do_not_tell_day_from_month_or_century_stay_ambiguous(printed):
    date = parse_date(printed)
    assert date.ambiguous
    assert date.iso is None
    assert date.text == printed


def test_days_the_calendar_does_not_have_are_not_read():
    assert parse_date("June 31, 2018").iso == "2018"
    assert parse_date("31/31/2018") is None or parse_date("31/31/2018").iso == "2018"
    assert parse_iso("2018-02-30") is None


def test_several_dates_of_a_line_come_in_order():
    assert [date.iso for date in find_dates("Published 3 March 2019, updated April 4, 2020.")] == [
        "2019-03-03",
        "2020-04-04",
    ]


@given(st.text(max_size=200))
def test_no_text_makes_it_fail_and_every_date_is_printed_there(text):
    for date in find_dates(text):
        assert text[date.start : date.end] == date.text
        assert date.iso is None or re.fullmatch(r"\d{4}(-\d\d(-\d\d)?)?", date.iso)


@given(st.dates())
def test_iso_dates_are_kept(date):
    if date.year >= 1500 and date.year <= 2100:
        assert parse_iso(date.isoformat()) == date.isoformat()
