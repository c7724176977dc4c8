"""The title of a printed reference, and where what follows it begins."""

import re

from indexer.references.sentences import (
    EDITION,
    IMPRINT,
    PERIODICAL,
    SUBTITLE,
    find_city,
    is_publisher,
    is_source,
    sentence_ends,
)
from indexer.references.source import PAGES
from indexer.references.words import PLACES
from indexer.text.dates import MONTH
from indexer.text.names import FAMILY, PLAIN_INITIALS, UPPER, is_body

QUOTES = {"“": "”", "„": "“”", "«": "»", '"': '"', "‘": "’", "'": "'", "‟": "”", "”": "”"}
BEFORE_QUOTE = re.compile(r"(?:\A|[.,:;)\]\x00]|\d{4}[a-z]?|et al|\bal)\s*\Z")  # what may stand before a quoted title
CLOSE_DOUBLE = re.compile(r"(?<=[.,?!…])[”\"“»](?=[\s.,;(]|\Z)|[”\"“»](?=\s?[.,]|\s(?:[Ii]n\b|\()|\s*\Z)|(?<=\s)»")
CLOSE_SINGLE = re.compile(r"(?<=[.,?!…])['’](?=[\s.,;]|\Z)|(?<=[\w)\]])['’](?=[.,](?:\s|\Z)|\s?\Z)")
CHAPTER = re.compile(
    r"(?<=[.?!,”\"\x00])\s*(?:In|in)\s?:\s*|(?<=[.?!\x00])\s+In\s+(?=[^a-z])|(?<=[”\"»,])\s*in:?\s+(?=[^a-z])|"
    r"(?<=[.?!])\s(?=(?:[^\W\d_][\w'’-]{1,30}(?:\s[A-Z][\w'’-]{0,20}\.?){1,3},\s(?:and\s)?){1,8}(?:editors?|[Ee]ds?)\b)|"
    r"(?<=[\w)])\sIn:\s+(?=[^a-z])|"
    rf"(?<=[.?!])\s(?:[Pp]ages?|[Pp]{{1,2}}\.)\s(?P<pages>{PAGES})\.?\s[Ii]n\b:?\s+(?=[^a-z])|"
    r"(?<=[.?!])\sin\s(?=[^a-z].{0,200}\((?:[Ee]ds?|Hrsg)\b)"
)
EDITORS = re.compile(
    r"\A(?P<names>.{0,300}?)(?<!\dst)(?<!\dnd)(?<!\drd)(?<!\dth)(?P<open>[\s,;(\[])(?:[Ee]ds?\b\.?|[Ee]ditors?\b\.?|Hrsg\b\.?)[)\]]?\s?[.,:;]?(?:\s+(?=\S)|\Z)",
)  # "J. C. Watson & M. S. Warner (Eds.), "
EDITED = re.compile(r"\b(?:[Ee]ds?\b|[Ee]ditors?\b|Proc|Proceedings|Conf)")
EDITED_BY = re.compile(
    r"(?:\A|[,.]\s)(?:[Ee]d(?:ited)?\b\.?\sby|[Ee]ds?\.|[Tt]rans(?:\.|lated\sby))\s(?:[^,:.(]|(?<=\b[A-Z])\.){2,80}(?:,?\s(?:and|&)\s(?:[^,:.(]|(?<=\b[A-Z])\.){2,40})?"
    rf"(?:,\s(?:and\s)?{FAMILY}\s{PLAIN_INITIALS}){{0,12}}"
)
EDITORS_WITHIN = re.compile(
    r"\s?\((?:[Ee]ds?\b\.?|[Ee]dited\sby|Hrsg\.)\s[^()]{3,300}\)"  # "Book (eds Roe, J. & Doe, A.)"
    r"|\s\([^()]{3,300}[\s,.](?:[Ee]ds?|[Ee]ditors?)\.?\)"  # "Book. (Roe J, Doe A. eds) Example Press"
    r"|;\s[^;]{3,300},?\s\(?[Ee]ds?\b\.?\)?(?=\s?;|\s?\Z)"  # "Book; Roe, J., Doe, A., Eds.; Example Press"
)
THESIS = (
    r"(?:Unpublished\s)?(?:Ph\.?\s?D\.?|[Mm]aster(?:['’]?s)?|[Dd]octoral|M\.?\s?Sc\.?|M\.?A\.?)"
    r"\s(?:[Tt]hesis|[Dd]issertation)"
)
THESIS_FIRST = re.compile(rf"\A{THESIS}\b")
IN_BOOK = re.compile(r"\A[Ii]n:?\s(?=[^a-z])")  # "in Handbook of Worry, eds J. Roe and A. Doe"
EDITED_BEHIND = re.compile(r"(?<=\w)[.,]\s(?=[Ee]d(?:ited|s?\.)\sby\b)")  # "Worry, Handbook of Fear. Edited by Roe J"
GENRE_END = re.compile(
    rf"[.,;]\s(?:{THESIS}|(?:Technical|Research)\s[Rr]eport)\.?\Z"
)  # "… University of Leeds, PhD thesis."
GENRE = re.compile(
    rf"[.,?!;]\s+(?=(?:{THESIS}|"
    r"(?:Technical|Research|Tech\.)\s[Rr]ep(?:ort|\.)|[Ww]orking\s[Pp]aper|[Pp]reprint\b|arXiv\b|TR\s\d|"
    r"(?:(?:Paper|Poster|Lecture)\s)?(?:session\s)?[Pp]resented\sat\b|"
    r"Unpublished\b|Submitted\b|[Tt]o\sappear\b))"
)  # ". PhD thesis, "
BRACKETED = re.compile(
    r"\s(?:\[[^\[\]]{3,80}\]|\([^()]{0,40}(?:[Dd]issertation|[Tt]hesis)[^()]{0,40}\))[.,]\s+"
    r"|\s\[[^\[\]]{0,40}(?:[Dd]issertation|[Tt]hesis)[^\[\]]{0,60}\]\.?\Z"
)  # "… pain thresholds [Doctoral dissertation]. White Rose"
TRANSLATED = re.compile(
    r"(?<=[.?!])\s(?=(?:Edited|Translated|Illustrated|Revised|Trans\.)(?:\sand\s[a-z]+)?(?:\sby\b|\.\s))"
    r"|(?<=\w),\s(?=(?:trans|tr|eds?|illus)\.\s(?:by\s)?[A-Z])"
)  # ". Translated by Jane Roe. Boston: ", ", trans. Jane Roe (Boston: "
TRANSLATION = re.compile(r"\[(?P<title>[^\[\]]+)\]\.?")  # "[Fever of the mind]." of a work in another language
STATE = re.compile(r"(?:,\s[A-Z]{2})?\.\Z")  # "Cambridge, MA."
PLACE_END = re.compile(rf"(?<=\.)\s[{UPPER}][^\W\d_]+(?:\s[{UPPER}][^\W\d_]+)?,\s[A-Z]{{2}}\Z")  # ". Chapel Hill, NC"
BEHIND_SEMICOLON = re.compile(
    r";\s(?P<publisher>[^;:]{3,80})(?::\s[^;:]{2,40})?\Z"
)  # "; Example Press: New York", "; Example Clinic"
MIDDLE_DATE = re.compile(
    r"(?<=[.?!])\s(?:(?P<year>(?:1[5-9]|20)\d\d)|"
    rf"(?i:{MONTH})\s(?:(?P<day>[0-3]?\d),?\s)?(?P<year2>(?:1[5-9]|20)\d\d)|"
    rf"(?P<day3>[0-3]?\d)\s(?i:{MONTH.replace('month', 'month3')})\s(?P<year3>(?:1[5-9]|20)\d\d))[.;]\s+(?=[^\Wa-z])"
    rf"|(?<=[.?!])\s(?P<year5>(?:1[5-9]|20)\d\d),?\s(?i:{MONTH.replace('month', 'month5')})"
    r"(?:\s(?P<day5>[0-3]?\d))?\.\s+(?=[^\Wa-z])"
    r"|(?<=[a-z]{3}),\s(?P<year4>(?:1[5-9]|20)\d\d),\s(?=[^\Wa-z])"
)  # "… pain. 1982. University of Leeds", "… pain, 1982, New York"
SERIAL_END = re.compile(r"(?i)\b(?:vol(?:ume)?|pp?|pages|no)\.?\s\d|\d\s?\(\d{1,4}\)|\d:\s?\d")
EDITION_STOP = re.compile(EDITION.pattern + r"\.?")
EDITION_END = re.compile(EDITION.pattern + r"[\s.,]{0,3}\Z")
UNCLOSED = re.compile(r"\A\s?\.\s|(?<=\w)\s\([^()]{2,60}\Z")  # "… of a Theory of Practice (CUP"
MEDIUM = re.compile(
    r"\s?(?:\[[^\[\]]{3,80}\]|\((?=[^()]{0,60}\b(?:[Rr]eport|[Pp]ublication|[Nn]o\.|[Vv]ols?\.|[Ee]d(?:ition|n)?s?\b|"
    r"[Dd]issertation|[Tt]hesis|"
    r"[Rr]ev|NIH|[Pp]p?\.))[^()]{2,80}\))[\s.,]{0,3}\Z"
)  # "[Doctoral dissertation]", "(Report No. 12)", "(2nd ed.)"


def find_quoted(text: str) -> tuple[int, str, int] | None:
    """Give where the opening quote of a quoted title stands, the title, and where the text goes on; or ``None``."""
    for match in re.finditer(r"[“„«\"‘'‟”]", text):
        if not BEFORE_QUOTE.search(text[max(0, match.start() - 12) : match.start()]):
            continue
        mark = match[0]
        closing = CLOSE_SINGLE if mark in "‘'" else CLOSE_DOUBLE
        close = closing.search(text, match.end() + 2)
        while (
            close
            and mark == "“"
            and text.count("“", match.end(), close.start()) > text.count("”", match.end(), close.start())
        ):
            close = closing.search(text, close.end())
        if close and close.start() - match.end() >= 3:
            return match.start(), text[match.end() : close.start()], close.end()
    return None


def split_title(text: str, *, serial: bool) -> tuple[str, str]:
    """Give the title and what follows it in an unquoted reference whose authors and source are cut off.

    `serial`: a volume or issue follows, so the last sentence is the periodical whatever it looks like.
    """
    text = PLACE_END.sub("", EDITION_STOP.sub(".", text).rstrip(" .")) if not serial else EDITION_STOP.sub(".", text)
    ends = sentence_ends(text)
    book = None if serial else split_book(text)
    if book:
        return book
    named = next((match for match in re.finditer(rf",\s(?=[{UPPER}])", text) if is_named(text[match.end() :])), None)
    if named and ends and ends[-1][1] < named.start() and is_source(text[ends[-1][1] :]):
        named = None  # "Anxiety disorders. Department of Health, National Institutes of Health"
    if named and named.start() > 10 and not (ends and ends[-1][1] > named.start()):
        return text[: named.start()], text[named.end() :]
    if not ends:
        return split_comma(text) if serial else (text, "")
    if serial:
        stop, start = ends[-1]
        if SUBTITLE.match(text, start):  # "Worry? A systematic review, Frontiers"
            subtitle, periodical = split_comma(text[start:])
            return f"{text[:start]}{subtitle}", periodical
        return text[:stop], text[start:]
    stop, start = ends[-1]
    if len(ends) > 1 and PLACES.fullmatch(STATE.sub("", text[ends[-2][1] : stop])):
        stop = ends[-2][0]  # "Worry. Geneva. Example Press"
    elif len(ends) > 1 and (
        EDITION.fullmatch(text[ends[-2][1] : stop].rstrip(".")) or IMPRINT.match(text[ends[-2][1] :])
    ):
        stop, start = ends[-2]
    return (text[:stop], text[start:]) if is_source(text[start:]) else (text, "")


def split_book(text: str) -> tuple[str, str] | None:
    """Give the title of a book and what follows it when a translator, "; Press" or ", New York: Press" tells it."""
    translated = TRANSLATED.search(text)
    if translated:
        behind = IMPRINT.search(text, translated.end())
        return text[: translated.start()], text[translated.end() if behind is None else behind.start() :]
    imprint = BEHIND_SEMICOLON.search(text)
    if imprint and (is_publisher(imprint["publisher"]) or is_body(imprint["publisher"])):
        return text[: imprint.start()].rstrip(" .;"), text[imprint.start() + 1 :]
    city = None if sentence_ends(text) else find_city(text)
    return (text[: city.start()], text[city.end() :]) if city else None


def is_named(text: str) -> bool:
    """Say whether `text` begins with a periodical by its first word, or is a publisher up to its first comma."""
    if PERIODICAL.match(text):
        return True
    return is_publisher(text.split(",", maxsplit=1)[0]) and re.search(r"(?<!\b[A-Z])[.:]\s", text) is None


def split_comma(text: str) -> tuple[str, str]:
    """Give title and periodical of a text with no sentence end, divided at its last comma before a capital.

    Without a comma a name of nothing but capitals is the periodical: "Front Psychiatry. 2019;10:514".
    """
    commas = list(re.finditer(rf",\s(?=[{UPPER}])", text))
    if commas:
        return text[: commas[-1].start()], text[commas[-1].end() :]
    return ("", text) if is_source(text) else (text, "")


def clean_title(text: str) -> str | None:
    """Give a title without its final stop, medium and surrounding quotes, or ``None`` when nothing is left."""
    text = " ".join(text.replace("\x00", " ").split()).strip(" ,;:")
    translated = TRANSLATION.fullmatch(text)
    text = translated["title"] if translated else text
    for _ in range(3):
        before = text
        text = EDITION_END.sub("", MEDIUM.sub("", text)).strip(" ,;:")
        if text == before:
            break
    if text[:1] in QUOTES and text[-1:] and text[-1] in QUOTES[text[0]] and len(text) > 2:
        text = text[1:-1].strip(" ,")
    text = UNCLOSED.sub("", re.sub(r"(?<![.…])(?:\s?\.){1,2}\Z", "", text)).strip(" ,;:")
    return text if re.search(r"\w", text) else None
