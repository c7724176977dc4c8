"""The title of a printed reference, and behind it the periodical, book or site and the publisher."""

import re

from indexer.references.words import ABBREVIATIONS, JOURNAL_ABBREVIATIONS, PLACES, PUBLISHERS, WORDS
from indexer.text.names import UPPER

QUOTES = {"“": "”", "„": "“”", "«": "»", '"': '"', "‘": "’", "'": "'", "‟": "”", "”": "”"}
BEFORE_QUOTE = re.compile(r"(?:\A|[.,:;)\]\x00]|\d{4}[a-z]?|et al|\bal)\s*\Z")  # what may stand before a quoted title
CLOSE_DOUBLE = re.compile(r"(?<=[.,?!…])[”\"“»](?=[\s.,;(]|\Z)|[”\"“»](?=\s?[.,]|\s(?:[Ii]n\b|\()|\s*\Z)|(?<=\s)»")
CLOSE_SINGLE = re.compile(r"(?<=[.,?!…])['’](?=[\s.,;]|\Z)|(?<=[\w)\]])['’](?=[.,](?:\s|\Z)|\s?\Z)")
BOUNDARY = re.compile(
    rf"(?P<stop>[.?!…]['\"”’»)\]]{{0,3}}|\x00)\s+(?=[\"“„«'‘(\[¿]?[{UPPER}\d]|[a-z]{{1,3}}[{UPPER}])"
)  # between two sentences
INITIAL = re.compile(rf"(?:\A|[\s(.])[{UPPER}]\.\Z")  # "… J."
CHAPTER = re.compile(
    r"(?<=[.?!,”\"\x00])\s*(?:In|in)\s?:\s*|(?<=[.?!\x00])\s+In\s+(?=[^a-z])|(?<=[”\"»,])\s*in:?\s+(?=[^a-z])|"
    r"(?<=[.?!])\sin\s(?=[^a-z].{0,200}\((?:Eds?|Hrsg)\b)"
)
EDITORS = re.compile(
    r"\A(?P<names>.{0,300}?)(?<!\dst)(?<!\dnd)(?<!\drd)(?<!\dth)(?P<open>[\s,(\[])(?:[Ee]ds?\b\.?|[Ee]ditors?\b\.?|Hrsg\b\.?)[)\]]?\s?[.,:;]?\s+(?=\S)",
)  # "J. C. Watson & M. S. Warner (Eds.), "
EDITED = re.compile(r"\b(?:[Ee]ds?\b|[Ee]ditors?\b|Proc|Proceedings|Conf)")
EDITED_BY = re.compile(
    r"(?:\A|[,.]\s)(?:[Ee]d(?:ited)?\b\.?\sby|[Ee]ds?\.|[Tt]rans(?:\.|lated\sby))\s(?:[^,:.(]|(?<=\b[A-Z])\.){2,80}(?:,?\s(?:and|&)\s(?:[^,:.(]|(?<=\b[A-Z])\.){2,40})?"
)
IMPRINT = re.compile(
    rf"(?:\A|"
    rf"(?<=[.,?!;)\]”\"\x00]))\s*(?P<place>[{UPPER}][^.:;?!\"“”()]{{1,60}}(?:\([A-Z][A-Za-z]{{1,20}}\))?)\s?:\s?(?P<publisher>[^:?!]{{2,120}})\Z"
)  # "Cambridge, MA: MIT Press"
PAREN_IMPRINT = re.compile(
    r"\s\((?P<place>[^():]{2,60})\s?:\s?(?P<publisher>[^():]{2,120}?)(?:,\s?(?P<year>(?:1[5-9]|20)\d\d))?"
    r"(?:\)?|\),\s?(?P<pages>\d{1,4}))[\s.]*\Z"
)  # "(New York: Penguin, 2008), 14"
CITY = re.compile(rf",\s(?=[{UPPER}][^,.:;]{{1,40}}(?:,\s[A-Z]{{2}})?\s?:\s[^:]{{2,80}}\Z)")  # ", New York: Penguin"
GENRE = re.compile(
    r"[.,?!]\s+(?=(?:(?:Unpublished\s)?(?:Ph\.?\s?D\.?|[Mm]aster(?:['’]?s)?|[Dd]octoral|M\.?\s?Sc\.?|"
    r"M\.?A\.?)\s(?:[Tt]hesis|[Dd]issertation)|"
    r"(?:Technical|Research|Tech\.)\s[Rr]ep(?:ort|\.)|[Ww]orking\s[Pp]aper|[Pp]reprint\b|arXiv\b|TR\s\d|"
    r"(?:(?:Paper|Poster|Lecture)\s)?(?:session\s)?[Pp]resented\sat\b|"
    r"Unpublished\b|Submitted\b|[Tt]o\sappear\b))"
)  # ". PhD thesis, "
BRACKETED = re.compile(
    r"\s(?:\[[^\[\]]{3,80}\]|\([^()]{0,40}(?:[Dd]issertation|[Tt]hesis)[^()]{0,40}\))[.,]\s+"
)  # "… pain thresholds [Doctoral dissertation]. White Rose"
TRANSLATED = re.compile(
    r"(?<=[.?!])\s(?=(?:Edited|Translated|Illustrated|Revised|Trans\.)(?:\sand\s[a-z]+)?(?:\sby\b|\.\s))"
)  # ". Translated by Jane Roe. Boston: "
PLACE_END = re.compile(rf"(?<=\.)\s[{UPPER}][^\W\d_]+(?:\s[{UPPER}][^\W\d_]+)?,\s[A-Z]{{2}}\Z")  # ". Chapel Hill, NC"
PERIODICAL = re.compile(
    r"(?:(?:In\s)?Proc(?:eedings|\.)|Journal\b|Annals\b|Advances\sin|Handbook\sof|Lecture\sNotes|Transactions|"
    r"Bulletin\b|Encyclop)"
)
SERIAL_END = re.compile(r"(?i)\b(?:vol(?:ume)?|pp?|pages|no)\.?\s\d|\d\s?\(\d{1,4}\)|\d:\s?\d")
EDITION = re.compile(
    r"[\s.,]{0,3}[\[(]?\b(?:\d{1,2}(?:st|nd|rd|th)|[Rr]ev(?:ised|\.)?|[Ss]econd|[Tt]hird|[Ff]ourth|[Ff]ifth|"
    r"[Ii]nt(?:ernational|'l)\.?)\s[Ee]d(?:ition|n)?\b\.?[\])]?"
)
EDITION_STOP = re.compile(EDITION.pattern + r"\.?")
BOOK_EDITION = re.compile(
    rf"(?<=.{{3}}){EDITION.pattern}[\s.,;]{{0,3}}\s(?=[{UPPER}])"
)  # "Textbook of Pain. 5th ed. Wiley"
EDITION_END = re.compile(EDITION.pattern + r"[\s.,]{0,3}\Z")
MEDIUM = re.compile(
    r"\s?(?:\[[^\[\]]{3,80}\]|\((?=[^()]{0,60}\b(?:[Rr]eport|[Pp]ublication|[Nn]o\.|[Vv]ols?\.|[Ee]d(?:ition|n)?s?\b|"
    r"[Dd]issertation|[Tt]hesis|"
    r"[Rr]ev|NIH|[Pp]p?\.))[^()]{2,80}\))[\s.,]{0,3}\Z"
)  # "[Doctoral dissertation]", "(Report No. 12)", "(2nd ed.)"
SMALL = frozenset(WORDS["small"].split())  # words that a name has in lower case


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


def sentence_ends(text: str) -> list[tuple[int, int]]:
    """Give where the sentences of `text` end and the next begin, sparing abbreviations and initials."""
    ends = []
    for match in BOUNDARY.finditer(text):
        before = text[: match.start() + 1][-24:]
        word = re.search(r"[\w'’.&-]*\.\Z", before)
        if match["stop"] == "." and word and is_abbreviation(word[0], before):
            continue
        ends.append((match.end("stop"), match.end()))
    return ends


def is_abbreviation(word: str, before: str) -> bool:
    """Say whether the stop behind `word` is that of an abbreviation or an initial; `before` is the text up to it."""
    if INITIAL.search(before) or word in ABBREVIATIONS:
        return True
    return word[0].isupper() and not word[1:-1].isupper() and word.lower() in JOURNAL_ABBREVIATIONS


def split_title(text: str, *, serial: bool) -> tuple[str, str]:
    """Give the title and what follows it in an unquoted reference whose authors and source are cut off.

    `serial`: a volume or issue follows, so the last sentence is the periodical whatever it looks like.
    """
    text = PLACE_END.sub("", EDITION_STOP.sub(".", text).rstrip(" .")) if not serial else EDITION_STOP.sub(".", text)
    ends = sentence_ends(text)
    translated = TRANSLATED.search(text)
    if translated and not serial:
        behind = IMPRINT.search(text, translated.end())
        return text[: translated.start()], text[translated.end() if behind is None else behind.start() :]
    city = next((match for match in CITY.finditer(text) if PLACES.match(text, match.end())), None)
    if city and not serial and not ends:
        return text[: city.start()], text[city.end() :]
    named = next((match for match in re.finditer(rf",\s(?=[{UPPER}])", text) if is_named(text[match.end() :])), None)
    if named and ends and ends[-1][1] < named.start() and is_source(text[ends[-1][1] :]):
        named = None  # "Anxiety disorders. Department of Health, National Institutes of Health"
    if named and named.start() > 10 and not (ends and ends[-1][1] > named.start()):
        return text[: named.start()], text[named.end() :]
    if not ends:
        return split_comma(text) if serial else (text, "")
    if serial:
        stop, start = ends[-1]
        return text[:stop], text[start:]
    stop, start = ends[-1]
    if len(ends) > 1 and (
        EDITION.fullmatch(text[ends[-2][1] : stop].rstrip(".")) or IMPRINT.match(text[ends[-2][1] :])
    ):
        stop, start = ends[-2]
    return (text[:stop], text[start:]) if is_source(text[start:]) else (text, "")


def is_named(text: str) -> bool:
    """Say whether `text` begins with a periodical by its first word, or is a publisher up to its first comma."""
    if PERIODICAL.match(text):
        return True
    return is_publisher(text.split(",", maxsplit=1)[0]) and re.search(r"[.:]\s", text) is None


def split_comma(text: str) -> tuple[str, str]:
    """Give title and periodical of a text with no sentence end, divided at its last comma before a capital.

    Without a comma a name of nothing but capitals is the periodical: "Front Psychiatry. 2019;10:514".
    """
    commas = list(re.finditer(rf",\s(?=[{UPPER}])", text))
    if commas:
        return text[: commas[-1].start()], text[commas[-1].end() :]
    return ("", text) if is_source(text) else (text, "")


def is_publisher(text: str) -> bool:
    """Say whether `text` is the name of a publisher and of nothing else."""
    return PUBLISHERS.search(text) is not None and len(text.split()) < 7 and not PERIODICAL.match(text)


def is_source(text: str) -> bool:
    """Say whether `text` reads as the name of a periodical, book, site or publisher rather than as a sentence."""
    words = re.findall(r"[^\W_][\w.'’-]*", text)
    if not 1 <= len(words) <= 24:
        return False
    if PERIODICAL.match(text):
        return True
    if len(words) < 4 and words[0].isupper() and len(words[0]) > 1:
        return True  # "NHS inform"
    small = [word for word in words if word.islower() and word not in SMALL]
    return not small or (IMPRINT.search(text) is not None and len(small) < 4) or len(small) <= len(words) * 0.15


def split_source(text: str, *, serial: bool) -> tuple[str | None, str | None]:
    """Give the container and the publisher named by `text`."""
    text = text.strip(" .,;:\x00")
    edition = BOOK_EDITION.search(text)
    if edition and not serial:
        book, publisher = text[: edition.start()], text[edition.end() :]
        return clean_source(book), clean_source(publisher.rpartition(":")[2])
    paren = PAREN_IMPRINT.search(text)
    if paren:
        return clean_source(text[: paren.start()]), clean_source(paren["publisher"])
    imprint = IMPRINT.search(text)
    if (
        imprint
        and not serial
        and (PLACES.search(imprint["place"]) or PUBLISHERS.search(imprint["publisher"]) or "," in imprint["place"])
    ):
        return clean_source(text[: imprint.start()]), clean_source(imprint["publisher"])
    pieces = re.split(r",\s+(?!and\s|&\s|Inc|Ltd|LLC|MD\b)", text)
    for at in range(1, len(pieces)):
        head, tail = ", ".join(pieces[:at]), ", ".join(pieces[at:])
        if PUBLISHERS.search(pieces[at]) and not re.search(r"(?:\A|, )(?:and|&) ", tail):
            return clean_source(head), clean_source(tail)
    return clean_source(text), None


def split_site(text: str, *, online: bool) -> tuple[str, str | None]:
    """Give site and publisher of "Some Site. Some Company", behind an address also of "Some Site, Some Company"."""
    ends = sentence_ends(text)
    if len(ends) == 1 and is_source(text[ends[0][1] :]):
        return text[: ends[0][0]].rstrip("."), clean_source(text[ends[0][1] :])
    site, comma, company = text.partition(", ")  # a name with an "and" behind its comma is one name
    if not online or not comma or "," in company or re.search(r"\b(?:and|&)\s", company) or not is_source(company):
        return text, None
    return site, company


def clean_source(text: str) -> str | None:
    """Give a name without surrounding punctuation, edition and medium, or ``None`` when nothing is left."""
    text = EDITION.sub("", text)
    text = re.sub(r"^(?:[Ii]n:?\s)(?=[^a-z])", "", text.strip(" .,;:-–\x00"))
    text = " ".join(text.replace("\x00", " ").split()).strip(" .,;:-–([")
    text = re.sub(r"(?i)\s(?:web\s?site|\(?online\)?)\Z", "", text)
    if text.endswith(")") and text.count("(") < text.count(")"):
        text = text[:-1].strip()
    return text.strip('“”"«»') or None


def clean_title(text: str) -> str | None:
    """Give a title without its final stop, medium and surrounding quotes, or ``None`` when nothing is left."""
    text = " ".join(text.replace("\x00", " ").split()).strip(" ,;:")
    for _ in range(3):
        text = EDITION_END.sub("", MEDIUM.sub("", text)).strip(" ,;:")
    if text[:1] in QUOTES and text[-1:] and text[-1] in QUOTES[text[0]] and len(text) > 2:
        text = text[1:-1].strip(" ,")
    text = re.sub(r"(?<![.…])(?:\s?\.){1,2}\Z", "", text).strip(" ,;:")
    return text if re.search(r"\w", text) else None
