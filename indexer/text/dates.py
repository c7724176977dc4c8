"""Dates as printed become years, months and days; a part that is not printed is never filled in."""

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

YEARS = range(1500, 2101)
MONTHS = (
    ("january", "jan", "janvier", "januar", "enero"), ("february", "feb", "febr", "février", "februar", "febrero"),
    ("march", "mar", "mars", "märz", "marzo"), ("april", "apr", "avril", "abril"), ("may", "mai", "mayo"),
    ("june", "jun", "juin", "juni", "junio"), ("july", "jul", "juillet", "juli", "julio"), ("august", "aug", "août",
    "agosto"),
    ("september", "sep", "sept", "septembre", "septiembre"), ("october", "oct", "octobre", "oktober", "octubre"),
    ("november", "nov", "novembre", "noviembre"), ("december", "dec", "décembre", "dezember", "diciembre"),
)  # fmt: skip
MONTH_NUMBER = {name: number for number, names in enumerate(MONTHS, start=1) for name in names}
NAMES = "|".join(sorted(MONTH_NUMBER, key=len, reverse=True))
SEASON = r"(?:spring|summer|autumn|fall|winter)"
MONTH = rf"(?P<month>{NAMES})\b\.?(?:\s?[-–/]\s?(?:{NAMES})\b\.?)?"  # "Sept.", "Jul-Aug"
DAY = r"(?P<day>[0-3]?\d)(?:st|nd|rd|th)?"
YEAR = r"(?P<year>1[5-9]\d\d|20\d\d|2100)"
SHORT_YEAR = r"['’‘](?P<short>\d\d)"
FORMS = (
    # 2018-10-09T08:00Z
    rf"{YEAR}[-/.](?P<month>[01]?\d)[-/.](?P<day>[0-3]?\d)(?:T[\d:.]{{2,15}}(?:Z|[+-]\d\d:?\d\d)?)?\b",
    rf"\b{DAY}\.?(?:[-\s]|\sof\s){{1,2}}{MONTH},?(?:[-\s]|\s?\d\d:\d\d\s){{1,2}}{YEAR}\b",  # 9 October 2018, 9-Oct-2018
    rf"\b{MONTH}[-\s]{{0,2}}{DAY}(?:\s?[-–]\s?[0-3]?\d)?\s?,?\s{{0,2}}{YEAR}\b",  # Oct. 9, 2018
    rf"\b{YEAR}[,;]?[-\s]{{0,2}}{MONTH}[-\s]{{0,2}}{DAY}\b(?![-–:(]\d)",  # 2018 Oct 9
    rf"\b{MONTH}\s{DAY},?\s{{0,2}}{SHORT_YEAR}\b",  # Oct 9 '18
    rf"\b{DAY}\s{MONTH},?\s{{0,2}}{SHORT_YEAR}\b",  # 9 Oct '18
    rf"\b{DAY}-{MONTH}-(?P<short>\d\d)\b(?!-)",  # 9-Oct-18
    rf"\b{MONTH},?[-\s]{{0,2}}{YEAR}\b",  # October 2018
    rf"\b{YEAR}[,;]?[-\s]{{0,2}}{MONTH}",  # 2018 Oct
    # 03/04/2019
    r"\b(?P<first>[0-3]?\d)(?P<mark>[-/.])(?P<second>[0-3]?\d)(?P=mark)(?P<year>1[5-9]\d\d|20\d\d|\d\d)\b",
    rf"(?<![\d/.-])(?P<month>0?[1-9]|1[0-2])/{YEAR}\b(?![/.-]\d)",  # 4/2014
    rf"\b{SEASON},?\s{YEAR}\b",  # Spring 2014
    rf"\b{YEAR}[,;]?\s{SEASON}\b",  # 2014 Spring
    rf"\b{YEAR}\b",  # 2018
)
PATTERNS = tuple(re.compile(form, re.IGNORECASE) for form in FORMS)
ISO = re.compile(r"\s*(\d{4})(?:-(\d\d)(?:-(\d\d)(?:[T ].{0,40})?)?)?\s*", re.DOTALL)  # "2018-10-09T08:00:00+01:00"
LONGEST = 2_000  # characters of a line that are searched for dates


@dataclass(frozen=True, slots=True)
class PrintedDate:
    """A date found in a text at `start`–`end`; a part that is not printed is ``None``.

    `ambiguous` says that day and month cannot be told apart ("03/04/2019"): then both are ``None``.
    """

    year: int | None
    month: int | None
    day: int | None
    text: str
    start: int
    end: int
    ambiguous: bool = False

    @property
    def iso(self) -> str | None:
        """Give the date in ISO form, as exact as printed ("2018-10-09", "2018-10", "2018"), ``None`` if ambiguous."""
        if self.ambiguous or self.year is None:
            return None
        return "-".join([f"{self.year:04}", *(f"{part:02}" for part in (self.month, self.day) if part)])


def find_dates(text: str) -> Iterator[PrintedDate]:
    """Give the dates printed in `text` in order, each as exact as printed."""
    taken = [(0, 0)]
    found = []
    for pattern in PATTERNS:
        for match in pattern.finditer(text, 0, LONGEST):
            if any(match.start() < end and start < match.end() for start, end in taken):
                continue
            date = build_date(match)
            if date:
                found.append(date)
                taken.append((date.start, date.end))
    return iter(sorted(found, key=lambda date: date.start))


def parse_date(text: str) -> PrintedDate | None:
    """Give the first date printed in `text`, or ``None``."""
    return next(find_dates(text), None)


def parse_iso(text: str) -> str | None:
    """Give the date of an ISO date or time stamp ("2018-10-09T08:00Z" → "2018-10-09"), or ``None`` if it is none."""
    match = ISO.fullmatch(text[:100])
    if match is None:
        return None
    year, month, day = (int(part) if part else None for part in match.groups())
    return text.strip()[: 4 + 3 * bool(month) + 3 * bool(day)] if is_possible(year, month, day) else None


def build_date(match: re.Match[str]) -> PrintedDate | None:
    """Give the date a match of one of the printed forms stands for, or ``None`` if the calendar has no such day."""
    parts = match.groupdict()
    if parts.get("mark"):
        return build_numeric(match)
    month = parts.get("month")
    number = None if month is None else int(month) if month.isdigit() else MONTH_NUMBER[month.lower()]
    day = int(parts["day"]) if parts.get("day") else None
    year = int(parts["year"]) if parts.get("year") else read_short_year(parts["short"])
    if not is_possible(year, number, day):
        return None
    return PrintedDate(year, number, day, match[0], match.start(), match.end())


def read_short_year(digits: str) -> int:
    """Give the year printed as two digits: those up to 50 are of this century ("'18" → 2018, "'98" → 1998)."""
    return int(digits) + (2000 if int(digits) <= 50 else 1900)


def build_numeric(match: re.Match[str]) -> PrintedDate | None:
    """Give a date printed as three numbers; only a number above 12, or the same one twice, tells day from month.

    A year of two digits counts behind slashes and stops ("5/22/23"), when this century has reached it.
    """
    first, second = int(match["first"]), int(match["second"])
    year = int(match["year"]) if len(match["year"]) == 4 else None
    if year is None and match["mark"] != "-" and (short := 2000 + int(match["year"])) <= date.today().year:
        year = short
    span = (match[0], match.start(), match.end())
    readings = {
        (day, month) for day, month in ((first, second), (second, first)) if is_possible(year or 2000, month, day)
    }
    if not readings:
        return None
    if year is None or len(readings) > 1:
        return PrintedDate(year, None, None, *span, ambiguous=True)
    day, month = readings.pop()
    return PrintedDate(year, month, day, *span)


def is_possible(year: int | None, month: int | None, day: int | None) -> bool:
    """Say whether the calendar has such a year, month and day."""
    if year is None or year not in YEARS or (month is not None and not 1 <= month <= 12):
        return False
    return day is None or (month is not None and 1 <= day <= monthrange(year, month)[1])
