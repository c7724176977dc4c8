"""Where a work appeared, read from the end of a printed reference backwards: pages, issue, volume, date."""

import re
from dataclasses import dataclass, field

from indexer.text.dates import MONTH, MONTH_NUMBER, NAMES, SEASON

DASH = r"\s?(?:-{1,2}|[–—‐‑−])\s?"
PAGE = r"(?!c(?:19|20)\d\d)[A-Za-z]{0,3}\d{1,16}[A-Za-z]?(?:\.\d{1,4})?"  # "S587", "e30777", "RA23"
PAGES = rf"(?:{PAGE}(?:{DASH}{PAGE})?|[ivxlc]{{1,7}}{DASH}[ivxlc]{{1,7}})(?:,\s?{PAGE}{DASH}{PAGE}){{0,3}}"
RANGE = rf"{PAGE}{DASH}{PAGE}"
YEAR = r"(?P<year>(?:1[5-9]|20)\d\d)[a-z]?"
NUMBER = r"(?:[A-Z]{0,3}\d{1,4}[A-Za-z]?(?:[/–-]\d{1,4})?|[IVXLC]{1,8})"
# "4 (1999)" is a volume and a year, "(1998–2004)" the end of a title
NO_YEAR = r"(?!(?:1[5-9]|20)\d\d[a-z]?\s?(?:\)|[–-]\s?(?:1[5-9]|20)\d\d))"
DATE_MONTH = rf"(?i:{MONTH})"
ISSUE = (
    rf"(?:(?:{NUMBER}|\d{{5}})(?:\s?(?:Suppl|Pt|Part|Spec\sNo)\.?(?:\s?\w{{1,4}})?)?|(?:Suppl|Supplement|Pt|Part|"
    rf"Special\s[Ii]ssue)\.?(?:\s?\w{{1,4}})?)"
)
END = r"[\s.,;:\x00–-]*\Z"
WINDOW = 96  # characters from the end in which a part is looked for
FORMS = tuple(
    (name, re.compile(form + END))
    for name, form in (
        (
            "count",
            r"[\s,.;(]\s*(?:\d{1,4}\s?(?:pp?|pages|S|str)\b\.?|[ivxlc]{1,8}\s?[+,]\s?\d{1,4}\s?p\b\.?)\)?",
        ),  # "208 p."
        (
            "pages",
            rf"[\s,.;:(]\s*(?:[Pp]ages?|[Pp]gs?\.|[Pp]{{1,2}}\.?|[Ss]eiten?|S\.)\s?(?P<pages>{PAGES})\)?",
        ),  # "pp. 245-55"
        (
            "pages",
            r"[\s,.;:(]\s*(?:[Aa]rticle|(?<![a-z]\s)[Aa]rt\.|[Pp]aper)\s?(?:ID|[Nn]o\.?|[Nn]umber|"
            r"#)?:?\s?(?P<pages>[A-Za-z]{0,3}[\d.-]{1,18})\)?",
        ),
        ("pages", rf"(?<=[\w)\]])\s?:\s?(?!(?<=[A-Za-z]:\s)(?:19|20)\d\d[\s.]*\Z)(?P<pages>{PAGES})"),  # "4(3):245-255"
        (
            "month_year",
            rf"[\s,.;:(\[]\s*(?:(?P<day>[0-3]?\d)(?:st|nd|rd|th)?[\s-])?{DATE_MONTH},?[\s-]{YEAR}[)\]]?",
        ),  # "6 Sept. 2012"
        (
            "month_year",
            rf"[\s,.;:(\[]\s*{DATE_MONTH}\s(?P<day>[0-3]?\d)(?:st|nd|rd|th)?(?:\s?[–-]\s?\d{{1,2}})?,?\s{YEAR}[)\]]?",
        ),
        (
            "month_year",
            rf"[\s,.;:(\[]\s*{YEAR},?\s{DATE_MONTH}(?:[\s-](?P<day>[0-3]?\d)(?:\s?[–-]\s?\d{{1,2}})?)?[)\]]?",
        ),  # "2012 Sep 6"
        ("month_year", rf"[\s,.;:(\[]\s*{YEAR}[-/](?P<month>[01]\d)(?:[-/](?P<day>[0-3]\d))?[)\]]?"),
        ("month_year", rf"[\s,.;:(\[]\s*(?i:{SEASON})(?:[-/](?i:{SEASON}))?,?\s{YEAR}[)\]]?"),  # "Spring 2014"
        ("month_year", rf"[\s,.;:(\[]\s*{YEAR},?\s(?i:{SEASON})[)\]]?"),
        ("month_day", rf"[,.;(]\s*{DATE_MONTH}\s(?P<day>[0-3]?\d)\)?"),  # "2016. “Worry.” WebMD, June 3."
        ("month", rf"[\s,.;:(]\s*\({DATE_MONTH}(?:\s(?P<day>[0-3]?\d))?\)"),  # "4, no. 3 (July): 245"
        ("season", rf"[\s,.;:(]\s*\((?i:{SEASON})\)"),
        (
            "dated",
            rf"[\s,.;:]\s*{YEAR}(?:,?\s{DATE_MONTH}(?:\s(?P<day>[0-3]?\d))?)?\s?;\s?(?P<volume>{NUMBER})",
        ),  # "2019 Oct;2019"
        (
            "dated",
            rf"[\s,.;]\s*{YEAR}(?:,\s?|\s)(?P<volume>\d{{1,4}})(?:\s?\((?P<issue>{ISSUE})\))?,\s?(?P<pages>{PAGES})",
        ),  # "Nutrients 2018, 10(3), 1234"
        (
            "volume_issue",
            rf"[\s,.;:]\s*(?:[Vv]ol(?:ume)?\.?\s?|[Bb]d\.\s?|"
            rf"v\.\s?)?(?P<volume>{NUMBER})\s?,?\s?\(\s?{NO_YEAR}(?P<issue>{ISSUE}(?:\s[A-Z][\w-]{{2,20}})?)\s?\)",
        ),  # "4(3)", "18(5 Neuro-otology)"
        (
            "volume_issue",
            r"[\s,.;]\s*(?P<volume>\d{1,4})(?:\s?[:/]\s?|\.)(?P<issue>\d{1,5}(?:[–-]\d{1,3})?)",
        ),  # "4.3 (1999): 245-55"
        ("volume_issue", rf"[\s,.;:]\s*(?P<volume>\d{{1,4}})\s?\((?P<issue>(?:{NAMES})[a-z]*\.?)\)"),
        (
            "issue",
            rf"[\s,.;:(]\s*(?:[Nn]os?\.|[Nn]r\.?|[Nn]°|n°|n\.|[Nn]º|nº|[Ii]ss(?:ue|\.)?|[Nn]o|[Nn]umber|[Hh]eft|"
            rf"#)\s?(?P<issue>{ISSUE})\)?",
        ),  # "no. 3"
        (
            "volume",
            rf"[\s,.;:(]\s*(?:[Vv]ols?\.?|[Vv]olumes?|[Bb]d\.?|[Bb]and|[Tt]ome|[Tt]\.|v\.)\s?(?P<volume>{NUMBER})\)?",
        ),  # "vol. 4"
        (
            "part",
            r"[\s,.;:(]\s*(?:[Pp]art|[Pp]t\.?|[Cc]hap(?:ter)?\.?|[Ss]uppl(?:ement)?\.?|[Ss]er\.)\s?[\dIVXA-D]{0,4}\)?",
        ),
        (
            "edition",
            r"(?:[\s,.;:(]\s*(?:\d{1,2}(?:st|nd|rd|th)\s|[Rr]ev(?:ised|\.)\s|[Ss]econd\s|[Tt]hird\s)[Ee]d(?:ition|n|"
            r"\.)?\)?|,\sed\.\s\d{1,2})",
        ),
        ("year_pages", rf"\s\({YEAR}\),?\s(?P<pages>{PAGES})"),  # "BMC Urology 15 (2015) 14"
        ("year", rf"[\s,.;:(\[]\s*©?[(\[]?(?:c(?:a|irca)?\.?\s?)?{YEAR}[)\]]?"),  # "(1999)"
        ("issue", rf"[\s,;]\s*\(\s?{NO_YEAR}(?P<issue>\d{{1,4}}(?:[–-]\d{{1,4}})?)\s?\)"),  # "288, (5465)"
        ("pages", rf"(?:[,;]\s*|\s(?=[^\s]+{DASH}))(?P<pages>{RANGE}|(?<=,\s)[eS]\d{{2,8}})"),  # ", 245–255"
    )
)
LAST_WORDS = frozenset(MONTH_NUMBER) | {
    *("spring", "summer", "autumn", "fall", "winter", "pages", "str", "suppl", "supplement", "part", "chap"),
    *("chapter", "ser", "issue", "edition", "edn"),
}  # the words a form may end in
ROMAN = frozenset("ivxlc")
BARE = re.compile(rf"(?P<before>[\s,.;:])\s*(?P<number>[A-Za-z]?\d{{1,16}}){END}")  # "Frontiers in Psychiatry, 13"
BEFORE_IMPRINT = re.compile(rf",\s(?P<pages>{RANGE})(?=\.\s[^.:]{{2,40}}:\s)")  # "Skin and Mind, 77–95. Chicago: "
JOURNAL_END = re.compile(
    r"\b(?:Journal|Annals|Archives|Bulletin|Acta|Revista|Zeitschrift)\b[^.?!:]{0,60}\Z"
    r"|[.?!]\s(?:[A-Z][\w&-]*\s?(?:(?:of|and|the|in|&)\s)?){1,8}\Z"
)  # "… stress. Scientific Reports 13"
YEAR_ONLY = re.compile(r"(?:19|20)\d\d")
LABELLED = (
    *map(
        re.compile,
        (
            rf"[\s,.;(]\s*(?:[Vv]ols?\.|[Vv]olumes?|[Bb]and|[Bb]d\.|[Tt]ome)\s(?P<volume>{NUMBER})\b(?:,?\s(?:of|"
            rf"in)\s(?:[A-Z][\w.]*\s?|of\s|in\s|and\s|on\s){{1,10}})?(?:,\s(?:Part|Pt\.?)\s\w{{1,4}})?",
            rf"[\s,.;(]\s*(?:[Nn]os?\.|[Nn]umber|[Ii]ssue)\s(?P<issue>{NUMBER})\b",
            rf"[\s,.;:(]\s*(?:[Pp]ages?|[Pp]{{1,2}}\.?)\s?(?P<pages>{PAGES})(?=[\s,.;)]|\Z)",
        ),
    ),
    BEFORE_IMPRINT,
)


@dataclass(slots=True)
class Source:
    """The parts found so far behind the title, as printed, and how far from the start the unread text reaches."""

    parts: dict[str, str] = field(default_factory=dict)
    end: int = 0
    last: str = ""  # the form that was read last

    @property
    def is_serial(self) -> bool:
        """Say whether it reads as a piece of a periodical: a volume or an issue is printed."""
        return "volume" in self.parts or "issue" in self.parts


def read_source(text: str, year: str | None) -> Source:
    """Give what `text` ends with, read backwards; `year` is one already known from elsewhere in the reference."""
    source = Source()
    if year:
        source.parts["year"] = year
    read_on(text, source)
    return source


def read_on(text: str, source: Source) -> None:
    """Read the end of `text` backwards into `source`, as far as it has known forms."""
    source.end = len(text.rstrip())
    for _ in range(12):
        if not (peel_form(text, source) or peel_bare(text, source)):
            break


def peel_form(text: str, source: Source) -> bool:
    """Take the last part off the unread text when it has one of the known forms; say whether it had."""
    start = max(0, source.end - WINDOW)
    if ends_in_word(text[start : source.end]):
        return False
    window = " " + text[start : source.end]
    for name, pattern in FORMS:
        match = pattern.search(window)
        if match is None:
            continue
        parts = {key: value for key, value in match.groupdict().items() if value}
        if any(source.parts.get(key, value) != value for key, value in parts.items() if key != "year"):
            continue
        if "year" in parts and not accept_year(name, match, source):
            continue
        if (name == "pages" and "pages" in source.parts) or (name == "month_day" and "year" not in source.parts):
            continue
        for key, value in parts.items():
            source.parts.setdefault(key, value)
        source.last = name
        source.end = start + max(0, match.start() - 1)  # the window has one blank before the text
        return True
    return False


def ends_in_word(text: str) -> bool:
    """Say whether `text` ends in a word that none of the forms ends in, as the name of a periodical does."""
    words = text.rstrip(" .,;:\x00–-").rsplit(None, 1)
    word = words[-1].lower() if words else ""
    return len(word) > 2 and word.isalpha() and word not in LAST_WORDS and not ROMAN.issuperset(word)


def accept_year(name: str, match: re.Match[str], source: Source) -> bool:
    """Say whether a year at the end of the unread text is the date of the work: none is known, or it is the same."""
    known = source.parts.get("year")
    bare = name == "year" and "(" not in match[0]
    if bare and known is not None and "pages" in source.parts and "volume" not in source.parts:
        return False  # a volume counted by years: "(2014). Title. Journal, 2014, 896183"
    return known is None or known == match["year"]


def peel_bare(text: str, source: Source) -> bool:
    """Take a bare number off the end: a volume before pages or an issue, else pages before a volume, or a volume."""
    start = max(0, source.end - WINDOW)
    match = BARE.search(text, start, source.end)
    if match is None or "volume" in source.parts:
        return False
    number = match["number"]
    numeric = number.isdigit() and len(number) <= 4
    if numeric and ({"pages", "issue"} & source.parts.keys()):
        name = "volume"
    elif (
        "pages" not in source.parts
        and match["before"] == ","
        and re.search(r"[,;\s]\s*\d{1,4}\s?(?:\([^()]{1,12}\))?\s*\Z", text[start : match.start()])
    ):
        name = "pages"
    elif numeric and (match["before"] in ",;" or "month" in source.parts) and "year" in source.parts:
        name = "volume"
    elif (
        numeric
        and source.last == "year"
        and text[match.end() :].lstrip().startswith("(")
        and re.search(r"[A-Z][\w.]*\Z", text[start : match.start()])
    ):
        name = "volume"  # "Clin. Med. 16 (2025)"
    elif (
        numeric
        and not YEAR_ONLY.fullmatch(number)
        and "year" in source.parts
        and JOURNAL_END.search(text, start, match.start())
    ):
        name = "volume"  # "Journal of Clinical Medicine 16"
    else:
        return False
    source.parts[name] = number
    source.end = match.start()
    return True


def read_labelled(text: str, source: Source) -> str:
    """Take what is labelled within `text` ("volume 17 of …", "pp. 12–34") into `source`; give the text without it."""
    for pattern in LABELLED:
        match = pattern.search(text)
        if match is None:
            continue
        for key, value in match.groupdict().items():
            if value:
                source.parts.setdefault(key, value)
        joint = ". " if pattern is BEFORE_IMPRINT else ", "
        text = f"{text[: match.start()].rstrip(' ,;(')}{joint}{text[match.end() :].lstrip(' ,;.)')}"
    return text.strip(" ,;")
