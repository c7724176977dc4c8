"""The labels of a byline ("Written by", "Updated:") and what may stand behind them."""

import re
from typing import Literal

from indexer.bylines.people import parse_people
from indexer.text.dates import PrintedDate, parse_date
from indexer.text.names import UPPER

Role = Literal["author", "reviewer", "editor", "checker", "both", "updated", "reviewed", "published", "next"]

CARE = r"(?:(?:medically|clinically|scientifically|expertly|peer|legally|psychologically)[\s-])"
NOUN = (
    r"(?:web\s?page|page|article|content|information|info|leaflet|fact\s?sheet|material|post|guide|topic|story|answer)"
)
SUBJECT = (  # "The information on this page was last"
    rf"(?:(?:this|the|our)\s)?(?:{NOUN}\s)?(?:(?:on|in)\sthis\s{NOUN}\s)?"
    r"(?:was\s|has\sbeen\s|is\s)?(?:last[\s-]|first\s|originally\s|most\srecently\s)?(?:fully\s)?"
)
WE = r"we\s(?:last|most\srecently)\s(?:fully\s)?"
OBJECT = rf"\s(?:this|the|our)\s{NOUN}"  # "We last updated this page"
FULL = r"(?:full|complete|comprehensive|major)\s"
DATED = r"(?:\sin\sfull)?(?:\s(?:on|at|time|date))?"
PRINTED = (  # "Article by", as weak as "By"
    r"(?:article|page|post|guide|leaflet|fact\s?sheet|feature|column|report|(?:expert\s?)?(?:answer|reply|response))"
)
LABELS: tuple[tuple[Role, str], ...] = (
    ("next", r"next\s(?:full\s)?review(?:\sdue)?(?:\sdate)?(?:\son)?|review\sdue(?:\sdate)?|due\sfor\sreview"),
    ("both", rf"{SUBJECT}(?:written|authored)\s(?:and|&)\s{CARE}?reviewed\sby"),
    ("reviewed",
    rf"{SUBJECT}{CARE}?reviewed\sby\s(?:an?|our|the)\s(?:[\w’'-]{{1,20}}\s){{0,6}}"
                 r"(?:professional|expert|clinician|doctor|physician|specialist|nurse|reviewer|pharmacist)s?\son(?=\s)"),
    ("reviewer",
    rf"{SUBJECT}{CARE}?(?:reviewed|approved|verified)(?:\s(?:and|&)\s(?:approved|updated|verified))?\s(?:for\s\w+\s)?by"
                 rf"|(?:medical(?:ly)?|clinical|expert|scientific|peer)\s(?:review(?:er|ers|ed)?|"
                 rf"advis[eo]rs?)(?:\sby)?|reviewers?|review\sby|reviewed\sby|checked\sby"),
    ("checker", rf"{SUBJECT}fact[\s-]?check(?:ed|er|ers)?(?:\sby)?"),
    ("editor", rf"{SUBJECT}(?:(?:(?:copy|medically)[\s-]?)?edited|up-?dated|modified|revised|amended)\sby"
               r"|(?:medical\s|content\s|senior\s)?editors?(?=\s?:)"),
    ("author",
    rf"{SUBJECT}(?:written|authored|contributed|prepared|compiled|maintained|created|posted|published|answered)\sby|(?:words|"
    rf"story|text|content|{PRINTED})\sby|(?:answer|reply|response)\sfrom"
               r"|authors?|(?:writers?|words|story|text)(?=\s?:)|contributors?(?=\s?:)|author\(s\)|by"),
    ("updated", rf"{SUBJECT}(?:up-?dated|modified|revised|edited|changed|amended){DATED}"
                rf"|{WE}(?:up-?dated|revised|edited|changed){OBJECT}{DATED}"
                rf"|(?:date\s(?:of\s)?(?:last\s)?|last\s|latest\s)(?:{FULL})?(?:update|modification|revision|edit|updated|"
                r"modified|revised|changed)d?(?:\son)?|update(?=\s?:)"
                rf"|(?:{SUBJECT}(?:current|correct|accurate|valid|up\sto\sdate)\s)?as\s(?:of|at)"
                r"(?=\s?:|\s[^,.:;\n]{4,24}(?:,\s\d{4})?\.?\Z)"),
    ("reviewed",
    rf"{SUBJECT}{CARE}?(?:reviewed|checked){DATED}|{WE}(?:reviewed|checked){OBJECT}{DATED}"
    rf"|(?:date\s(?:of\s)?|last\s)(?:last\s)?(?:{CARE}|{FULL}|medical\s)?review(?:ed)?(?:\sdate|\son)?"
                 r"|(?:last\s|medical\s)?review\sdate"),
    ("published", rf"{SUBJECT}(?:published|posted|created|issued|released|written|answered)(?:\sonline)?"
                  r"(?:\s(?:on|at|time|date))?"
                  r"|(?:date\s(?:of\s)?)(?:publication|published|created|posted|issued?|release|writing|print(?:ing)?)|(?:publication|publish|"
                  r"posting|issue)\sdate|date(?=\s?:)"),
)  # fmt: skip
ROLES: dict[str, Role] = {f"r{at}": role for at, (role, _) in enumerate(LABELS)}
LABEL = re.compile(
    r"(?:(?<=\A)|(?<=[.|·•;,:)\n–—/-])|(?<=\s))(?:(?:and|&)\s)?(?:"
    + "|".join(f"(?P<r{at}>{form})" for at, (_, form) in enumerate(LABELS))
    + r")(?![\w’'-])\s?(?::|–|—|-(?=\s))?\s*",
    re.IGNORECASE,
)
PLAIN = re.compile(rf"(?:{PRINTED})?(?:by|from)|authors?|reviewers?", re.IGNORECASE)  # words of prose too
FENCE = re.compile(r"[/|·•]\s*\Z")
FENCED = re.compile(r"[^.?!:\n]{1,80}")
SEPARATED = re.compile(r"(?:\A|[.|·•;,:)\n–—/-])\s*\Z|\s-\s*\Z")
YEARS = re.compile(r"(?:1[5-9]|20)\d\d|['’‘-]\d\d|\d[-/.]\d{1,2}[-/.]\d")  # every date has one of them
NAMED = re.compile(  # what every label of people ends with, and a capital not far behind it
    r"(?i:\bby|(?:answer|reply|response) from|author\S{0,4}|review\w{0,3}|advis[eo]rs?|check\w{0,3}|editors?|writers?"
    r"|words|story|text|contributors?)"
    rf"\s?[:–—-]?\W{{0,8}}(?:(?i:dr|prof|mrs?|ms|rev)\.|[^.?!{UPPER}]){{0,60}}[{UPPER}]"
)
PEOPLE_ROLES = frozenset(("author", "reviewer", "editor", "checker", "both"))
AFTER_DATE = re.compile(r"\s*(?:\Z|[.,;|·•)\]–—-]|\n|(?:at\s)?\d{1,2}[:.]\d\d|\(|by\s)", re.IGNORECASE)
CLOCK = re.compile(
    r"\s*,?\s*(?:at\s)?\d{1,2}[:.]\d\d(?::\d\d)?\s?(?:[ap]\.?m\.?\b)?(?:\s?(?:[A-Z]{2,4}T?|UTC|GMT)\b|\s?[+-]\d\d:?\d\d\b)?",
    re.IGNORECASE,
)
AT_CLOCK = re.compile(r"\s(?:at|on|@)\s\d{1,2}[:.]\d\d\b", re.IGNORECASE)  # "Posted by Jane Roe at 10:12 AM"
BEFORE_DATE = re.compile(
    r"[\s,|·•–—(-]*(?:on\s|in\s)?(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\.?,?\s)?",
    re.IGNORECASE,
)
BEFORE_DATE_TAIL = re.compile(r"[\s,|·•–—(.-]*(?:\b(?:on|in)\s)?\Z", re.IGNORECASE)


def is_label_alone(text: str) -> bool:
    """Tell whether `text` is nothing but a label: ``"Written by"``, ``"Last updated"``."""
    return LABEL.fullmatch(text) is not None


def may_have_labels(text: str) -> bool:
    """Tell whether `text` has a year or a name behind a word of a label: far cheaper than looking for the labels."""
    return YEARS.search(text) is not None or NAMED.search(text) is not None


def find_labels(text: str) -> list[re.Match[str]]:
    """Give the labels of a byline ("Written by", "Updated:") in `text` that something readable follows."""
    labels: list[re.Match[str]] = []
    at = 0
    while match := LABEL.search(text, at):
        role = ROLES[match.lastgroup or ""]
        separated = SEPARATED.search(text[max(0, match.start() - 3) : match.start()]) is not None
        dated = (
            bool(labels)
            and (read := read_date(text[labels[-1].end() :])) is not None
            and match.start() == len(text) - len(read[1].lstrip())
        )
        known = bool(labels) and (
            dated
            or match[0].lstrip()[:1].isupper()
            or match[0].lower().startswith(("and ", "& "))
            or role not in PEOPLE_ROLES
        )
        if (separated or known or match[0].rstrip().endswith(":")) and has_value(role, text[match.end() :], match[0]):
            labels.append(match)
            at = match.end()
        else:
            at = match.start() + 1
    return labels


def has_value(role: Role, following: str, label: str) -> bool:
    """Say whether what follows a label is a value of its kind: people, or a date that the sentence ends with."""
    if role in PEOPLE_ROLES:
        people = parse_people(cut_value(following))
        if people is None:
            return False
        plain = PLAIN.fullmatch(re.sub(r"\W", "", label)) is not None and ":" not in label
        named = any(" " in name for name in people.names)
        return not plain or (named and (is_short(people.rest) or is_fenced(cut_value(following), people.rest)))
    return read_date(following) is not None


def is_short(rest: str) -> bool:
    """Say whether what follows the people is no sentence: nothing, a date, or a label of its own."""
    return not rest or parse_date(rest[:60]) is not None or LABEL.match(rest) is not None or not re.search(r"\w", rest)


def is_fenced(value: str, rest: str) -> bool:
    """Say whether a sign parts the people of `value` from its short `rest`: "Jane Roe / Sleep / 3 Comments"."""
    return value.endswith(rest) and FENCE.search(value[: -len(rest)]) is not None and FENCED.fullmatch(rest) is not None


def cut_value(text: str) -> str:
    """Give the text up to the next label, line or date: what may be a list of people."""
    ends = [len(text)]
    line = text.find("\n")
    if line > 0:
        ends.append(line)
    following = next(
        (
            match.start()
            for match in LABEL.finditer(text)
            if match.start() > 0 and ROLES[match.lastgroup or ""] is not None
        ),
        None,
    )
    if following is not None:
        ends.append(following)
    clock = AT_CLOCK.search(text)
    if clock:
        ends.append(clock.start())
    date = parse_date(text[: min(ends)])
    if date:
        before = BEFORE_DATE_TAIL.search(text[: date.start])
        ends.append(before.start() if before else date.start)
    return text[: min(ends)]


def read_date(text: str) -> tuple[PrintedDate, str] | None:
    """Give the date that `text` begins with and what follows it, or ``None`` when prose goes on behind it."""
    before = BEFORE_DATE.match(text)
    start = before.end() if before else 0
    date = parse_date(text[start : start + 60])
    if date is None or date.start > 0:
        return None
    rest = text[start + date.end :]
    if AFTER_DATE.match(rest) is None and LABEL.match(rest.lstrip()) is None:
        return None
    clock = CLOCK.match(rest)
    return date, rest[clock.end() :] if clock else rest
