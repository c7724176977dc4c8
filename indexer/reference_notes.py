"""What stands in a printed reference beside the work itself: when it was looked up, where it can be had, its medium."""

import re
from dataclasses import dataclass

from indexer.dates import PrintedDate, parse_date

DATE_CHARS = r"[\w.,/ –-]{4,30}?"
ENDS = r"(?=\s*(?:[\])>;:]|,?\s(?:from|at|via|by|on)\b|[.,]\s|[.,]?\s*\Z|,\s*(?:https?|www)))"
ACCESSED = re.compile(
    r"[\[(<]?\b(?:(?:date|last|data)\s)?(?:accessed|access(?:\sdate)?|retrieved|cited|viewed|consulted|visited|checked|downloaded)"
    rf"\b(?:\son)?(?:\sthe)?\s?:?\s(?P<date>(?=[^\n]{{0,20}}\d){DATE_CHARS}){ENDS}[\])>]?",
    re.IGNORECASE,
)  # "Accessed 3 Mar. 2019", "[cited 2019 Mar 3]", "Retrieved March 3, 2019, from"
WEB_DATE = re.compile(r"[\[(]?\b(?:Web|Online)\.\s(?P<date>\d{1,2}\s[A-Z][a-z]{2,8}\.?\s\d{4})\.?[\])]?")  # MLA 7: "Web. 3 Mar. 2019."
UPDATED = re.compile(
    r"[\[(]?\b(?:page\s)?(?:last\s|first\s)?(?:updated|reviewed|modified|revised|published|posted|medically\sreviewed|created|"
    rf"issued)(?:\sonline)?(?:\son)?\s?:?\s(?P<date>(?=[^\n]{{0,20}}\d){DATE_CHARS}){ENDS}[\])]?",
    re.IGNORECASE,
)  # "Published March 3, 2018.", "[updated 2018 Oct 9"
UPDATE_WORDS = re.compile(r"(?i)\b(?:updated|reviewed|modified|revised)\b")
NOTES = re.compile(
    r"[\[(]?\b(?:e-?pub(?:lication)?\sahead\sof\sprint|advance\s(?:online|access)\spublication|online\sahead\sof\sprint|"
    r"published\sonline|in\spress|forthcoming|ahead\sof\sprint)\b(?:\s(?:on\s)?\d[\w\s]{0,14}\d{2,4}|\s\d{4}\s[A-Z][a-z]{2}\s\d{1,2})?[\])]?\.?"
    r"|\b[Ee]-?pub\s(?:\d{4}\s[A-Z][a-z]{2}(?:\s\d{1,2})?|\d{1,2}\s[A-Z][a-z]{2,8}\s\d{4})[.;,]?"
    r"|\b(?:also\s)?(?:(?:available|retrieved|accessed|obtained|downloaded)\s(?:online\s)?(?:from|at|via|on|in|online)|available|url|"
    r"link|website|web\ssite|homepage|online\sat|full\stext|free\sfull\stext)(?:\sthe\sworld\swide\sweb)?\s?:?(?=[\s.,;:\])>]*(?:\Z|PMID|PMC|doi))"
    r"|\b(?:available\s(?:online\s)?(?:from|at)|retrieved\sfrom|accessed\s(?:from|at|via)|url)\s?:\s?"
    r"|\[(?:internet|online|web\spage|webpage|website|blog(?:\spost)?|electronic|homepage|pubmed|crossref|cross\sref|"
    r"google\sscholar|pmc\sfree\sarticle|free\sfull\stext|web\sof\sscience|medline|scopus|doi|fact\ssheet|video|pdf|"
    r"(?:article|in)\s(?:in\s)?[A-Z][a-z]{3,12}|dataset|press\srelease|ref\slist|abstract|review|pubmed\sabstract)\s?:?\s?\]\s?:?"
    r"|\b(?:PubMed|CrossRef|Google\sScholar)\b(?=[\s.;,]*\Z)"
    r"|(?<=[.”\"])\s(?:Web|Print|Online)\.(?=\s|\Z)"
    r"|<italic>|</italic>|</?(?:i|b|em|strong)>"
    r"|\bISBN(?:-1[03])?\s?:?\s?[\dXx –-]{9,20}|\bISSN\s?:?\s?\d{4}-?\d{3}[\dXx]",
    re.IGNORECASE,
)  # "Epub 2012 Sep 5.", "Available from:", "[Internet]"
NO_DATE = re.compile(r"[\[(]?(?<![\w.])n\.?\s?d\b\.?[\])]?(?=[\s,.;:]|\Z)[.,]?|\(?\bno\sdate\b\)?", re.IGNORECASE)  # "n.d."


@dataclass(frozen=True, slots=True)
class Notes:
    """The date a reference was looked up (ISO), the date its page gives, whether it says it has none, and the rest."""

    accessed: str | None
    dated: PrintedDate | None
    undated: bool
    rest: str


def cut_notes(text: str) -> Notes:
    """Give the notes of a reference whose identifiers are already cut, and the text without them."""
    text, accessed = cut_date(ACCESSED, text)
    if accessed is None:
        text, accessed = cut_date(WEB_DATE, text)
    dates: list[tuple[bool, PrintedDate]] = []
    while match := UPDATED.search(text):
        date = parse_date(match["date"])
        if date is None or date.year is None:
            break
        dates.append((UPDATE_WORDS.search(match[0]) is not None, date))
        text = text[: match.start()].rstrip("[(; ") + " " + text[match.end() :]
    dated = min(dates, key=lambda pair: pair[0])[1] if dates else None  # published before updated
    undated = NO_DATE.search(text) is not None
    rest = NOTES.sub(" ", NO_DATE.sub(" \x00 ", text))
    return Notes(accessed.iso if accessed else None, dated, undated, rest)


def cut_date(pattern: re.Pattern[str], text: str) -> tuple[str, PrintedDate | None]:
    """Give `text` without the phrases `pattern` finds that hold a date, and the last of these dates."""
    kept: list[PrintedDate] = []

    def cut(match: re.Match[str]) -> str:
        date = parse_date(match["date"])
        if date is None:
            return match[0]
        kept.append(date)
        return " "

    text = pattern.sub(cut, text)
    return text, kept[-1] if kept else None
