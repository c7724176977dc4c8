"""What a printed reference begins with: its authors, the date behind them, and where the title starts."""

import re
from dataclasses import dataclass

from indexer.references.authors import ENDING, Authors, find_authors, read_list
from indexer.references.regions import ACRONYM, is_surely_person, parse_authors
from indexer.references.sentences import SMALL, is_source, sentence_ends
from indexer.references.titles import CHAPTER, GENRE, SERIAL_END, find_quoted
from indexer.text.dates import MONTH, SEASON
from indexer.text.names import (
    GIVEN_FIRST_FORM,
    INITIALS_FIRST_FORM,
    NOT_NAMES,
    UPPER,
    VANCOUVER_FORM,
    has_common_word,
    is_body,
)

YEAR = r"(?P<year>(?:1[5-9]|20)\d\d)[a-z]?"
DAY_MONTH = rf"(?P<day2>[0-3]?\d)\s(?i:{MONTH.replace('month', 'month2')})"  # ", 3 March"
MONTH_DAY = rf"{MONTH}(?:\s(?P<day>[0-3]?\d)(?:st|nd|rd|th)?)?"  # ", March 3"
DAY_BEFORE = rf"(?P<day4>[0-3]?\d)\s(?i:{MONTH.replace('month', 'month4')})\s"  # "22 May 2006"
MONTH_BEFORE = rf"(?i:{MONTH.replace('month', 'month3')})\s(?:(?P<day3>[0-3]?\d),?\s)?"  # "July 1978"
FRONT_DATE = re.compile(
    rf"[\s.,]{{0,3}}[(\[]\s?(?:c(?:a|irca)?\.?\s?|{MONTH_BEFORE}|{DAY_BEFORE})?{YEAR}(?:/\d{{2,4}})?"
    rf"(?:[,;]?\s(?:{MONTH_DAY}|{DAY_MONTH}|{SEASON}))?(?:\s?[–-]\s?\w{{1,9}}(?:\s\d{{1,2}})?)?[)\]]\s?[.,:;]?\s*",
    re.IGNORECASE,
)  # "(2019, March 3)."
MONTH_NAME = MONTH.replace("?P<month>", "?:")
# what goes on with a date or with where a work appeared: "Aug 2;10:514", "72(3)", "72, 899"
NOT_TITLE = rf"(?!(?i:{MONTH_NAME})(?:\s[0-3]?\d)?(?:[.;:]|\s*\Z)|\d{{1,4}}(?:\s?[(:]|,\s\d))"
PLAIN_DATE = re.compile(rf"(?:[.,]\s?|\s){YEAR}\s?[.,:;]?(?:\s+{NOT_TITLE}|\Z)")  # "Smith, J., 2009. "
DAY_DATE = re.compile(
    rf"\.\s{YEAR},?\s(?i:{MONTH})(?:\s(?P<day>[0-3]?\d)(?:st|nd|rd|th)?)?\.\s+(?=[{UPPER}\d“\"‘'](?!\w{{0,12}}\Z))"
)  # "Example Clinic. 2013, May 11. Hiccups. "
NAMED_DATE = re.compile(rf"{YEAR}[.,:;]?\s+")
UNDATED = re.compile(r"[\s.,(]{0,3}\x00[\s.,)]{0,3}")  # where "n.d." stood
BARE_LABEL = re.compile(r"\A\d{1,3}\s?(?=[^\W\d_a-z]|(?<=\s)[a-z]{2,4}\s[A-Z])")  # "15 Siu, W. M. …", "15Siu"
# "Example Clinic, Tension headache": a name and a title, not "Example Clinic, Department of Sleep"
SENTENCE_CASE = re.compile(rf"[{UPPER}\d“\"‘'](?:(?!\.\s)[^,?!]){{0,80}}\s(?!(?:{'|'.join(SMALL)})\b)[a-z]{{3,}}")
HEADED = re.compile(
    rf"[{UPPER}\d“\"‘'][^.?!]{{2,400}}(?:[.?!]{{1,2}}\s+\S|,\s(?:[^.?!]{{0,80}}\s)?(?:19|20)\d\d\b)"
)  # a title and what follows it, behind "Example Clinic: "
BEHIND_BODY = {", ": (SENTENCE_CASE,), ": ": (SENTENCE_CASE, HEADED), " – ": (HEADED,), " - ": (HEADED,)}
LEAD_IN = re.compile(
    r"\s?(?:Comment|Commentary|Reply|Response|Re|Review|Correction)\b[\w\s]{0,12}:?\s*"
)  # "Comment on: “…”"
SOME_YEAR = re.compile(r"(?<!\d)(?:1[5-9]|20)\d\d(?!\d)")
SPAN = re.compile(rf"{SOME_YEAR.pattern}\s?[–-]\s?{SOME_YEAR.pattern}")
TITLE_WORD = re.compile(
    r"\b(?i:between|among|with|in|from|as|is|are|its|your|their|by|to)\b"
)  # "Association Between Worry"
CAST = re.compile(
    r"\s\((?:Executive\s)?(?:Producer|Director|Host|Writer|Narrator|Speaker|Presenter|Guest|Interviewer)s?\)(?:\.(?=\s*\Z))?"
)  # "Roe, J. (Host), & Doe, A. (Guest). (2019)."
LEADING_YEAR = re.compile(rf"\A{YEAR}\.\s(?=[{UPPER}\d“\"])")  # "2016. Coping with stress. Example Clinic"
WINDOW = 3_000  # characters in which the date behind the authors begins


@dataclass(frozen=True, slots=True)
class Front:
    """What a reference begins with: its authors, the date behind them, and the text that follows."""

    authors: Authors | None
    date: dict[str, str]
    rest: str


def read_front(body: str) -> Front:
    """Give the authors and the date in front of the title; a bare number before them is a label."""
    label = BARE_LABEL.match(body)
    front = read_labelless(body[label.end() :]) if label else None
    if front and front.authors and ("," in front.authors.names[0] or is_body(front.authors.names[0])):
        return front
    return read_labelless(body)


def read_labelless(body: str) -> Front:
    """Give authors and date by the first of: a quoted title, a date, the form of the names, or a body such as "NHS"."""
    for read in (read_quoted_front, read_dated_front, read_named_front, read_given_front, read_title_first):
        front = read(body)
        if front:
            return front
    return Front(None, {}, body)


def read_quoted_front(body: str) -> Front | None:
    """Give what stands before a quoted title, when that is authors and perhaps a date."""
    quoted = find_quoted(body)
    if quoted is None:
        return None
    region = body[: quoted[0]]
    date = {}
    match = next(
        (found for form in (FRONT_DATE, PLAIN_DATE) for found in form.finditer(region) if found.end() == len(region)),
        None,
    )
    if match:
        date = date_parts(match)
        region = region[: match.start()] + "." * match[0].startswith(".")
    region = UNDATED.sub(" ", region).strip(" ,:;")
    authors = parse_authors(region) if region else None
    named = find_authors(region + ". ") if region and not authors else None
    if not authors and region and (named is None or named.end < len(region)) and len(quoted[1].split()) < 4:
        return None
    if not authors and named is None and body[: quoted[0]].rstrip().endswith(":") and is_source(region):
        return Front(None, date, f"{body[quoted[0] : quoted[2]]} {region}, {body[quoted[2] :].lstrip(' ,')}")
    lead_in = named is not None and LEAD_IN.fullmatch(body, named.end, quoted[0])
    return Front(authors or named, date, body[named.end if named and lead_in else quoted[0] :].lstrip())


def read_dated_front(body: str) -> Front | None:
    """Give the authors before the first date of `body`, when nothing but names stands there."""
    leading = LEADING_YEAR.match(body)
    if leading:
        return Front(None, date_parts(leading), body[leading.end() :])
    for form in (FRONT_DATE, UNDATED, DAY_DATE, PLAIN_DATE):
        match = form.search(body, 0, WINDOW)
        if match is None or match.end() >= len(body):
            continue
        if SPAN.search(match[0]) and SOME_YEAR.search(body, match.end()):
            continue  # a title's span of years: "… of insomnia (1998–2004). 2006"
        region, rest = read_region(body[: match.start()].strip(), match[0]), body[match.end() :]
        authors = parse_authors(region) if region else None
        lone = authors is not None and is_doubtful(authors, region, form)
        if not match.start() and form is FRONT_DATE and re.search(r"\w{3}", rest):
            return Front(None, date_parts(match), rest)
        titled = form in (FRONT_DATE, UNDATED) and is_title(body[: match.start() + 1], rest, match[0])
        bare = form in (DAY_DATE, PLAIN_DATE)
        if lone and (bare or titled):
            authors = None
        if authors is None and not bare and not sentence_ends(region):
            begun = find_authors(body)  # names of which a later one is unreadable
            authors = begun if begun and are_names(body[begun.end : match.start()]) else None
        if authors and re.search(r"\w{3}", rest):
            return Front(authors, date_parts(match), rest)
        if titled and find_authors(body) is None:
            return Front(None, date_parts(match), f"{region.rstrip('.')}. {rest}")
    return None


def read_region(text: str, date: str) -> str:
    """Give the text in front of a `date` without the parts that people had in a recording, and with its stop."""
    region = CAST.sub("", text) if text.endswith(")") else text
    return f"{region}." if date.startswith(".") and not region.endswith(".") else region


def is_doubtful(authors: Authors, region: str, form: re.Pattern[str]) -> bool:
    """Say whether `authors`, all that stands in `region` before a date of `form`, may as well be a title."""
    if authors.et_al or len(authors.names) > 1 or is_body(region.rstrip(".")):
        return False
    if "," not in authors.names[0]:
        return form is not PLAIN_DATE or not ACRONYM.fullmatch(region.rstrip("."))
    return form is FRONT_DATE and "," not in region and not is_surely_person(authors.names[0])


def are_names(text: str) -> bool:
    """Say whether `text` may be the rest of a list of names: nothing in it is longer than a name."""
    pieces = [piece.split() for piece in re.split(r"[,;&]|\sand\s", text)]
    return all(len(words) <= 4 and not any(word[0].isdigit() for word in words) for words in pieces) and all(
        words[-1][0].isupper() for words in pieces if words
    )


def is_title(region: str, rest: str, date: str) -> bool:
    """Say whether `region` in front of a `date` is a title: only the name of a site or a publisher follows."""
    rest = rest.strip(" .")
    return (
        len(region) > 3
        and (region.rstrip().endswith((".", "?", "!", '"', "”")) or date.rstrip().endswith((").", "),")))
        and not sentence_ends(rest)
        and is_source(rest)
        and len(rest.split()) < 12
    )


def read_named_front(body: str) -> Front | None:
    """Give the authors that `body` starts with by the form of their names, or a body such as "Mayo Clinic"."""
    authors = find_authors(body)
    if authors:
        rest = body[authors.end :].lstrip(" .,:;")
        match = FRONT_DATE.match(rest) or NAMED_DATE.match(rest)
        if match and match.end() < len(rest):
            return Front(authors, date_parts(match), rest[match.end() :])
        return Front(authors, {}, rest)
    ends = sentence_ends(body)
    if ends and is_body(body[: ends[0][0]].rstrip(".")) and re.search(r"\w{3}", body[ends[0][1] :]):
        stop, start = ends[0]
        return Front(Authors((body[:stop].rstrip("."),), False, stop), {}, body[start:])
    for mark, forms in BEHIND_BODY.items():
        head, _, rest = body.partition(mark)
        titled = any(form.match(rest) for form in forms)
        if titled and is_body(head) and not TITLE_WORD.search(head):
            return Front(Authors((head,), False, len(head)), {}, rest)
    return None


def read_given_front(body: str) -> Front | None:
    """Give authors printed "Jane Roe and A. Doe." when a longer sentence follows.

    One who is surely a person among several will do, else a chapter, thesis or volume must be printed.
    """
    ends = sentence_ends(body)
    if len(ends) < 2:
        return None
    (stop, start), (following, _) = ends[0], ends[1]
    named = GIVEN_FIRST_FORM.match(body) or INITIALS_FIRST_FORM.match(body)
    authors = parse_authors(body[:stop]) if named and stop < 200 else None
    surely = (
        authors is not None
        and len(authors.names) > 1
        and any(map(is_surely_person, authors.names))
        and not has_common_word(body[:stop], NOT_NAMES)
    )
    if not (surely or CHAPTER.search(body) or GENRE.search(body) or SERIAL_END.search(body)):
        return None
    if authors is None or len(body[start:following].split()) < 4 or any("," not in name for name in authors.names):
        return None
    return Front(authors, {}, body[start:])


def read_title_first(body: str) -> Front | None:
    """Give authors that stand behind the title, as "Roe J, Doe AB.": the form of search results."""
    for stop, start in sentence_ends(body)[:3]:
        authors = read_list(body[start:], VANCOUVER_FORM, ENDING)
        if authors and len(body[:stop].split()) >= 3:
            return Front(authors, {}, f"{body[:stop]} {body[start + authors.end :].lstrip(' .,')}")
    return None


def date_parts(match: re.Match[str]) -> dict[str, str]:
    """Give the named parts of a date that matched, under "year", "month" and "day"."""
    return {name.rstrip("2345"): value for name, value in match.groupdict().items() if value}
