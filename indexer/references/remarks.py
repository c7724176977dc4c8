"""What stands around a printed reference and is no part of it: marks before it, remarks behind where it appeared."""

import html
import re

from indexer.references.source import ISSUE, NUMBER, PAGES, RANGE, read_source
from indexer.references.words import PLACES
from indexer.text.dates import MONTH, NAMES

ENTITY = re.compile(r"&#?[A-Za-z0-9]{2,8};")  # "&ndash;" of a text that was HTML
EMPHASIS = re.compile(r"(?<![\w*])(\*{1,3})(?=[^\s*])([^*]{2,400}?)(?<=[^\s*])\1(?![\w*])")  # "*Headache.*"
DOTS = re.compile(r"\.\s\.\s\.(?:\s\.)?")  # "Braun, S., . . . Wolf, U."
NOBODY = re.compile(
    r"\A(?:\W{0,2}\d{1,3}\W{1,2}\s?)?(?:\[(?:[Nn]o authors? listed|[Aa]nonymous)\]|[Aa]nonymous|[Aa]non)"
    r"(?:\s?[.,:]){0,2}\s+(?=[^\Wa-z]|\(?(?:19|20)\d\d)"
)
AGAIN = re.compile(r"\A(?:Ibid(?:em)?|Idem|[Oo]p\.?\s?cit|[Ll]oc\.?\s?cit)\b[.,:]*\s?", re.IGNORECASE)  # "Ibid., p. 7."
SPACED = re.compile(r"(?<=[\w)])\s(?=[.,;](?:\s|\Z)|:\s?\d)")  # "Cheon EJ . Headache . 2018 ; 15 : 3"
SPACED_ISSUE = re.compile(r"(?<=\d)\s?\(\s(\w{1,6})\s\)\s?(?=[:,])")  # "15 ( 3 ) : 235"
GLUED = re.compile(
    rf"(?<=\b(?:19|20)\d\d)(?=(?i:{NAMES})\b)"
    r"|(?<=[a-z][a-z]\.|[A-Z][A-Z]\.)(?=[A-Z][a-z]{2}|(?:19|20)\d\d[;:,. ])"
    r"|(?<=\b(?:19|20)\d\d\.)(?=[A-Z“\"])"
    r"|(?<=[a-z]\s[A-Z]\.)(?=[A-Z][a-z]{2})|(?<=[a-z][?!]\.)(?=[A-Z])|(?<=[a-z]{3}[?!.])(?=In:\s)"
    r"|(?<=[a-z]{4}\.)(?=[A-Z][A-Za-z]{3}|[A-Z]{4})|(?<=\bal\.)(?=[“\"])"
    rf"|(?<=\d\s[A-Z][a-z][a-z])(?=(?:19|20)\d\d\b)"
)  # "2018Mar;", "Headache.2018;", "Roe J.Hiccups"
DASHED = re.compile(r"(?<=[.?!”\"])\s[–—-]{1,2}\s(?=[^\Wa-z]|\(|pp?\.)")  # "Hiccups. – J Foo", "Hiccups. - Oslo: Press"
MISSET = re.compile(
    r"[.?!”\"](?:\s[–—-]{1,2}\s|[A-Z“\"]|\d{4})|:\s?\.|\d[A-Za-z]{3}|[a-z]\d{4}"
)  # what each of the three has, so that a plain reference is looked through once
STOPPED = re.compile(r"(?<=\w):\s?\.(?=\s)")  # "Roe J:. Hiccups"
LABEL = re.compile(
    r"\A\s*(?:\[\d{1,4}\]|\((?!(?:19|20)\d\d)\d{1,4}\)(?=\s?[^\d\s])|\d{1,3}[.)](?=\s))\s*"
)  # "[1] ", "1. "
FIRST_LABEL = re.compile(r"\A1\s(?=[^\W\d_a-z]|[“\"])")  # "1 Hiccups. J Foo", the first of a list that lost its form
BULLET = re.compile(r"\A\s*[•*·▪◦‣–—-]\s+")
BACKLINK = re.compile(r"\A\s*[↑↩^]\s*(?:(?:[a-z]|\d\.\d)\s(?=[a-z]\s|\d\.\d\s|[^\Wa-z]))*")  # "^ a b Olsen B"
DATED = rf"(?:1[5-9]|20)\d\d[a-z]?(?:,?\s(?i:{MONTH.replace('?P<month>', '?:')})(?:\s[0-3]?\d(?:[-–][0-3]?\d)?)?)?"
NUMBERED = rf"{NUMBER}\s?\(\s?(?:{ISSUE})\s?\)"
LOCATOR = re.compile(
    rf"{DATED}\s?;\s?{NUMBER}(?:\s?\([^()]{{1,30}}\))?\s?:\s?{PAGES}"  # "2012 Sep 6;13(2):166-9"
    rf"|(?<=\s){NUMBERED}\s?[:,]\s?(?:[Pp]{{1,2}}\.\s?)?{PAGES}"  # "13(2), 166-9"
    rf"|(?<=,\s)\d{{1,4}},\s?(?:[Pp]{{1,2}}\.\s?)?{RANGE}"  # ", 13, 166-169"
    rf"|(?<=\s){NUMBERED}\s{RANGE}"  # "13(2) 166-169"
    rf"|(?<=[a-z],\s)\d{{1,4}},\s?\d{{1,5}}(?=\.\s)"  # "Family Law, 23, 194. "
    rf"|(?<=\s){NUMBER},?\s\([^()]{{0,12}}(?:1[5-9]|20)\d\d\)\s?[:,]\s?{PAGES}"  # "13 (May 2012): 166"
)  # where an article appeared, in forms that nothing else has
TAIL_DATE = re.compile(rf"[\s.,;(]{{0,3}}(?i:{DATED}|{MONTH}\s(?:1[5-9]|20)\d\d)\)?")  # "…, May 2011."
IMPRINT = re.compile(r"\s?:\s?[^\W\d_]{2}")
WORD = re.compile(r"[^\W\d_]{2}")
YEAR = re.compile(r"(?<!\d)(?:1[5-9]|20)\d\d(?!\d)")


def strip_lead(text: str, *, labelled: bool) -> str:
    """Give a reference as plain text without entities, emphasis, label, bullet and links back to its marks.

    `labelled`: its number is known already, so that a bare 1 before it is none.
    """
    if "&" in text:
        text = ENTITY.sub(lambda match: html.unescape(match[0]), text)
    if "*" in text:
        text = EMPHASIS.sub(r"\2", text)
    text = DOTS.sub("…", text.replace("``", "“").replace("''", "”"))
    text = NOBODY.sub("", text if labelled else FIRST_LABEL.sub("", text, count=1), count=1)
    text = BULLET.sub("", LABEL.sub("", BULLET.sub("", text, count=1), count=1), count=1)
    return AGAIN.sub("", BACKLINK.sub("", text, count=1), count=1)


def space_out(text: str) -> str:
    """Give `text` with blanks behind its stops and none before them, without the dashes and second stops there."""
    if SPACED.search(text):
        text = SPACED.sub("", SPACED_ISSUE.sub(r"(\1)", text))
    if MISSET.search(text):
        text = GLUED.sub(" ", DASHED.sub(" ", STOPPED.sub(":", text)))
    return text


def cut_remark(body: str) -> str:
    """Give `body` without the words behind where it appeared: "…;18:1344-6. View abstract" ends at its pages."""
    match = None
    for match in LOCATOR.finditer(body):  # noqa: B007 the last one is wanted
        pass
    if match is None or not WORD.search(body, match.end()):
        return body
    dated = TAIL_DATE.match(body, match.end())
    end = dated.end() if dated else match.end()
    tail = body[end:]
    if not WORD.search(tail[: read_source(tail, None).end]) or names_publisher(tail):
        return body
    if YEAR.search(tail) and not YEAR.search(body, 0, end):
        return body
    return body[:end]


def names_publisher(text: str) -> bool:
    """Say whether `text` names a place and a publisher: "New York: Example Press"."""
    return any(IMPRINT.match(text, place.end()) for place in PLACES.finditer(text))
