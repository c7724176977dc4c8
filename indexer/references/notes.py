"""What stands in a printed reference beside the work itself: when it was looked up, where it can be had, its medium."""

import re
from dataclasses import dataclass

from indexer.text.dates import PrintedDate, find_dates, parse_date

ACCESSED = re.compile(
    r"[\[(<]?\b(?:(?:date|last|data|information|page)\s)?(?:accessed|access(?:\sdate)?|retrieved|cited|viewed|"
    r"consulted|visited|abgerufen(?:\sam)?|abruf(?:\sam)?|zugriff(?:\sam)?|stand(?=:)|consulté(?:\sle)?|checked|captured|"
    r"downloaded)\b(?:\son)?(?:\sthe)?\s?[:,]?\s",
    re.IGNORECASE,
)  # "Accessed 3 Mar. 2019", "[cited 2019 Mar 3]", "Retrieved March 3, 2019, from"
LOOKED_UP = re.compile(
    r"(?P<address>https?://\S+)\s[(\[](?P<date>[^(),;\[\]]{6,24}(?:,\s\d{4})?)[)\]](?=[.;\s]*\Z)"
    r"|\((?P<date2>[^();]{6,24});\s(?P<address2>https?://[^\s()]+)\)"
    r"|\((?P<date3>[^();]{6,24}),\s(?:date\s)?(?:last\s)?accessed\)"
)  # "https://example.org/worry (3 March 2019)", "(3 March 2019, date last accessed)"
WEB = re.compile(r"\b(?:Web|Online)\.\s(?=\d{1,2}\s[A-Z])")  # "Web. 3 Mar. 2019."
UPDATED = re.compile(
    r"[\[(]?\b(?:page\s|content\s)?(?:last\s|first\s)?(?:medically\s)?(?:updated|reviewed|modified|revised|published|"
    r"posted|created|issued|"
    r"update|revision)(?:\sonline)?(?:\sahead\sof\sprint)?(?:\son)?\s?:?\s",
    re.IGNORECASE,
)  # "Published March 3, 2018.", "[updated 2018 Oct 9"
WEEKDAY = re.compile(r"(?:mon|tues|wednes|thurs|fri|satur|sun)day,?\s", re.IGNORECASE)
CLOSING = re.compile(r"[\])>]*[.,;]?(?:\s(?:from|at|via|on|by)\b\s?:?)?")
UPDATE_WORDS = re.compile(r"(?i)\b(?:updated|reviewed|modified|revised)\b")
NOTES = re.compile(
    r"[\[(]?\b(?:e-?pub(?:lication)?\sahead\sof\sprint|advance\s(?:online|access)\spublication|"
    r"online\sahead\sof\sprint|"
    r"published\sonline|ahead\sof\sprint)\b(?:\s(?:on\s)?\d[\w\s]{0,14}\d{2,4}|"
    r"\s\d{4}\s[A-Z][a-z]{2}\s\d{1,2}|\s[A-Z][a-z]{2,8}\.?\s\d{1,2}(?:,\s\d{4})?)?[\])]?\.?"
    r"|[\[(]?\b(?:in\spress|forthcoming)\b[\])]?[.,;]?"
    r"|\b[Ee]-?pub\s(?:\d{4}\s[A-Z][a-z]{2}(?:\s\d{1,2})?|\d{1,2}\s[A-Z][a-z]{2,8}\s\d{4})[.;,]?"
    r"|\b(?:also\s)?(?:(?:available|retrieved|accessed|obtained|downloaded)\s(?:online\s)?(?:from|at|via|on|in|"
    r"online)|available|url|"
    r"link|doi|website|web\ssite|homepage|online\sat|full\stext|"
    r"free\sfull\stext)(?:\sthe\sworld\swide\sweb)?\s?:?(?=[\s.,;:\])>]*(?:\Z|PMID|PMC|doi))"
    r"|\bim\sinternet:|\b(?:available\s(?:online\s)?(?:from|at)|retrieved\sfrom|accessed\s(?:from|at|via)|url)\s?:\s?"
    r"|\[(?:internet|online|web\spage|webpage|website|blog(?:\spost)?|electronic|homepage|pubmed|crossref|cross\sref|"
    r"google\sscholar|pmc\sfree\sarticle|free\sfull\stext|web\sof\sscience|medline|scopus|doi|fact\ssheet|video|pdf|"
    r"(?:article|in)\s(?:in\s)?[A-Z][a-z]{3,12}|dataset|press\srelease|ref\slist|abstract|preprint|review|"
    r"pubmed\sabstract)\s?:?\s?\]\s?:?"
    r"|\b(?:PubMed|CrossRef|Google\sScholar)\b(?=[\s.;,]*\Z)"
    r"|(?<=[.”\"])\s(?:Web|Print|Online)\.(?=\s|\Z)"
    r"|[.,;]?\s[\[(]?(?:(?:as\s)?reprint(?:ed)?(?:\s(?:in|from)\b|,)|see\salso:?\s).{3,300}\Z"
    r"|(?:(?<=\d{4}\.)|(?<=\d{4}\s[A-Z][a-z]{2}\.)|(?<=\d{4}\s[A-Z][a-z]{3}\.))\s(?:[A-Z]{2,6}\s|Technical\s)?"
    r"(?:Publication|Report|Document|Pub\.)\s(?:(?:No|Number)\b|\d).{1,40}\Z"
    r"|[.;,]\s[\[(]?(?:(?:Technical|Research)\s)?Report\s(?:No\.?|Number|\#)\s?:?\s?[\w/.–-]{1,20}[\])]?\.?(?=\s*\Z)"
    r"|[.,;]?\s[\[(]?(?:erratum|corrigendum|retraction|comment|update|republished)\s(?:in|on|for)\s?:\s.{3,300}\Z"
    r"|[.;]\s(?:Licen[cs]e\s?:?\s)?(?:CC|Creative\sCommons)[\s-]BY[\w\s.-]{0,24}\Z"
    r"|\s\((?:UK\s|free\s)?(?:access\sonly|log-?in\srequired|registration\srequired|subscription(?:\srequired)?)\)"
    r"|(?<=[.\s])\s?(?-i:(?:[A-Z][\w.]*\s){1,4}Link)\.?\Z"
    r"|(?<=[.,;])\s(?:(?:NICE|SIGN)\s)?(?:(?:clinical|public\shealth|technology|quality|national)\s(?:practice\s)?)?"
    r"(?:guideline|guidance|standard|appraisal)(?:\s(?:no\.?\s)?[\[(]?(?:CG|NG|PH|QS|TA|TAG|IPG)?\s?\d{1,4}[\])]?)?"
    r"(?=[.,;]\s|\.?\Z)"
    r"|(?<=\.)\s(?-i:SIGN|CKS|CG|NG|QS)\s?\d{1,4}(?=\.)"
    r"|<italic>|</italic>|</?(?:i|b|em|strong)>"
    r"|\bISBN(?:-1[03])?\s?:?\s?[\dXx –-]{9,20}|\bISSN\s?:?\s?\d{4}-?\d{3}[\dXx]",
    re.IGNORECASE,
)  # "Epub 2012 Sep 5.", "Available from:", "[Internet]"
# "n.d.", "[n.d.]", "(no date)"; initials such as "Roe ND" are none
NO_DATE = re.compile(
    r"[\[(]\s?(?:[nN]\.?\s?[dD]\.?|[nN]o\s[dD]ate)\s?[\])][.,]?|(?<![\w.])n\.\s?d\.[.,]?(?=\s|\Z)|\bno\sdate\b"
)
# what every note has, so that a plain reference is looked through once
HINTS = re.compile(
    r"[Cc]ess|CESS|[Cc]aptured|Stand:|Im\sInternet|[Rr]etriev|[Cc]ited|[Vv]iewed|[Cc]onsult|[Vv]isited|[Aa]bgerufen|[Aa]bruf|[Zz]ugriff|[Cc]hecked|"
    r"[Dd]ownload|\b(?:Web|Print|Online)\b|"
    r"[Uu]pdate|UPDATED|[Rr]eview|REVIEWED|[Mm]odified|[Rr]evis|[Pp]ublish|PUBLISHED|[Pp]osted|[Cc]reated|[Ii]ssued|"
    r"[Ee]-?pub|[Pp]rint|[Pp]ress\b|[Ff]orthcoming|"
    r"[Aa]vailab|[Oo]btained|\b(?:URL|[Uu]rl|[Ll]ink)\b|[Ww]eb\s?site|[Hh]omepage|[Oo]nline|[Ff]ull\s[Tt]ext|"
    r"\[[A-Za-z]|Pub[Mm]ed|Cross[Rr]ef|Scholar|"
    r"[Ss]ee [Aa]lso|Erratum|Corrigendum|Retraction|Comment|Republished|"
    r"\.\s(?:[A-Z]{2,6}\s|Technical\s)?(?:Publication|Report|Document|Pub\.)\s|\bReport\s|"
    r"Link|[Gg]uid|[Ss]tandard|[Aa]ppraisal|\b(?:SIGN|CG|NG|QS)\s?\d|\sBY\b|"
    r"\((?:UK|[Ff]ree|[Aa]ccess|[Ll]og|[Rr]egistr|[Ss]ubscr)|<|IS[BS]N|n\.\s?d\b|[Nn]o "
    r"[Dd]ate|\([Nn]\.?\s?[Dd]|[Dd][Oo][Ii]"
)
ADDRESS = re.compile(r"https?://\S+")
WINDOW = 40  # characters behind "Accessed" in which its date begins and ends
MOST = 20  # such phrases in one reference


@dataclass(frozen=True, slots=True)
class Notes:
    """The date a reference was looked up (ISO), the date its page gives, whether it says it has none, and the rest."""

    accessed: str | None
    dated: PrintedDate | None
    undated: bool
    rest: str


def name_access(text: str) -> str:
    """Give `text` with "accessed" before the day in brackets beside an address, when another year is printed too."""

    def name(match: re.Match[str]) -> str:
        date = match["date"] or match["date2"] or match["date3"]
        address = match["address"] or match["address2"] or ""
        plain = f"{text[: match.start()]} {text[match.end() :]}"
        day = parse_date(date)
        dated = match["date3"] or any(found.year for found in find_dates(ADDRESS.sub("", plain)))
        named = day and day.day and day.text == date and dated
        return f"{address} (accessed {date})" if named else match[0]

    return LOOKED_UP.sub(name, text) if "(" in text else text


def cut_notes(text: str) -> Notes:
    """Give the notes of a reference whose identifiers are already cut, and the text without them."""
    if not HINTS.search(text):
        return Notes(None, None, undated=False, rest=text)
    text, accessed = cut_date(ACCESSED, text)
    text, web = cut_date(WEB, text)
    text, updated = cut_date(UPDATED, text)
    dates = [(UPDATE_WORDS.search(words) is not None, date) for words, date in updated if date.year]
    if accessed:
        dates += [(False, date) for _, date in web if date.year]  # "Online. 25 July 2017. [Accessed 3 March 2019]"
    accessed = accessed or web
    dated = min(dates, key=lambda pair: pair[0])[1] if dates else None  # published before updated
    undated = NO_DATE.search(text) is not None
    rest = NOTES.sub(" ", NO_DATE.sub(" \x00 ", text))
    return Notes(accessed[-1][1].iso if accessed else None, dated, undated, rest)


def cut_date(pattern: re.Pattern[str], text: str) -> tuple[str, list[tuple[str, PrintedDate]]]:
    """Give `text` without the phrases of `pattern` that a date follows, and each phrase with its date."""
    kept: list[tuple[str, PrintedDate]] = []
    at = 0
    while (match := pattern.search(text, at)) and len(kept) < MOST:
        day = WEEKDAY.match(text, match.end())
        start = day.end() if day else match.end()
        date = parse_date(text[start : start + WINDOW])
        if date is None or date.start > 1:
            at = match.end()
            continue
        closing = CLOSING.match(text, start + date.end)
        end = closing.end() if closing else start + date.end
        kept.append((match[0], date))
        before = text[: match.start()].rstrip()
        stop = "." if text[end - 1] == "." and before[-1:] not in ("", ".", ",", ";", ":", "?", "!") else ""
        text = f"{before}{stop} {text[end:].lstrip()}"
        at = match.start()
    return text, kept
