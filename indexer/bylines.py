"""Who wrote and reviewed an article and when, from its printed byline and from the page's metadata."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal

from indexer.byline_meta import read_json, read_metas, read_times
from indexer.byline_people import People, parse_people
from indexer.dates import PrintedDate, parse_date

Role = Literal["author", "reviewer", "editor", "checker", "both", "updated", "reviewed", "published", "next"]

LONGEST = 700  # characters of a byline; what is longer is prose
MOST_REST = 40  # words that may follow a byline in the same block
CARE = r"(?:(?:medically|clinically|scientifically|expertly|peer|legally|psychologically)[\s-])"
SUBJECT = (
    r"(?:(?:this|the)\s)?(?:(?:web\s?page|page|article|content|information|info|leaflet|fact\s?sheet|material|post|guide|topic|story)\s)?"
    r"(?:was\s|has\sbeen\s|is\s)?(?:last\s|first\s|originally\s|most\srecently\s)?"
)
LABELS: tuple[tuple[Role, str], ...] = (
    ("next", r"next\s(?:full\s)?review(?:\sdue)?(?:\sdate)?(?:\son)?|review\sdue(?:\sdate)?|due\sfor\sreview"),
    ("both", rf"{SUBJECT}(?:written|authored)\s(?:and|&)\s{CARE}?reviewed\sby"),
    ("reviewer", rf"{SUBJECT}{CARE}?(?:reviewed|approved|verified)(?:\s(?:and|&)\s(?:approved|updated|verified))?\s(?:for\s\w+\s)?by"
                 rf"|(?:medical(?:ly)?|clinical|expert|scientific|peer)\s(?:review(?:er|ers|ed)?|advis[eo]rs?)(?:\sby)?|reviewers?|review\sby|reviewed\sby"),
    ("checker", rf"{SUBJECT}fact[\s-]?check(?:ed|er|ers)?(?:\sby)?"),
    ("editor", rf"{SUBJECT}(?:(?:copy|medically)[\s-]?)?edited\sby|(?:medical\s|content\s|senior\s)?editors?(?=\s?:)"),
    ("author", rf"{SUBJECT}(?:written|authored|contributed|prepared|compiled|created|posted|published)\sby|(?:words|story|text|content)\sby"
               r"|authors?|writers?(?=\s?:)|contributors?(?=\s?:)|author\(s\)|by"),
    ("updated", rf"{SUBJECT}(?:up-?dated|modified|revised|edited|changed|amended)(?:\son)?"
                r"|(?:date\s(?:of\s)?(?:last\s)?|last\s|latest\s)(?:update|modification|revision|edit|updated|modified|revised|changed)d?(?:\son)?|update(?=\s?:)"),
    ("reviewed", rf"{SUBJECT}{CARE}?(?:reviewed|checked)(?:\son)?|(?:date\s(?:of\s)?|last\s)(?:last\s)?(?:{CARE}|medical\s)?review(?:ed)?(?:\sdate|\son)?"
                 r"|(?:last\s|medical\s)?review\sdate"),
    ("published", rf"{SUBJECT}(?:published|posted|created|issued|released|written)(?:\sonline)?(?:\son)?"
                  r"|(?:date\s(?:of\s)?)(?:publication|published|created|posted|issued)|(?:publication|publish|posting|issue)\sdate|date(?=\s?:)"),
)  # fmt: skip
ROLES: dict[str, Role] = {f"r{at}": role for at, (role, _) in enumerate(LABELS)}
LABEL = re.compile(
    r"(?:(?<=\A)|(?<=[.|·•;,:)\n–—/-])|(?<=\s))(?:(?:and|&)\s)?(?:"
    + "|".join(f"(?P<r{at}>{form})" for at, (_, form) in enumerate(LABELS))
    + r")(?![\w’'-])\s?(?::|–|—|-(?=\s))?\s*",
    re.IGNORECASE,
)
SEPARATED = re.compile(r"(?:\A|[.|·•;,:)\n–—/-])\s*\Z|\s-\s*\Z")
PEOPLE_ROLES = frozenset(("author", "reviewer", "editor", "checker", "both"))
AFTER_DATE = re.compile(r"\s*(?:\Z|[.,;|·•)\]–—-]|\n|(?:at\s)?\d{1,2}[:.]\d\d|\(|by\s)", re.IGNORECASE)
CLOCK = re.compile(
    r"\s*,?\s*(?:at\s)?\d{1,2}[:.]\d\d(?::\d\d)?\s?(?:[ap]\.?m\.?\b)?(?:\s?(?:[A-Z]{2,4}T?|UTC|GMT)\b)?", re.IGNORECASE
)
BEFORE_DATE = re.compile(
    r"[\s,|·•–—(-]*(?:on\s|in\s)?(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\.?,?\s)?",
    re.IGNORECASE,
)
BARE_DATE = re.compile(r"[\s,|·•–—(.-]*(?:on\s)?\Z", re.IGNORECASE)
EDGES = " \t\n.,;:|·•–—-()[]"


@dataclass(frozen=True, slots=True)
class Byline:
    """People and dates of one byline; dates are ISO, as exact as printed ("2018-10-09", "2018-10", "2018").

    `ambiguous` keeps dates such as "03/04/2019" as printed; `rest` is text that is neither a person nor a date.
    """

    authors: tuple[str, ...] = ()
    reviewers: tuple[str, ...] = ()
    editors: tuple[str, ...] = ()
    checkers: tuple[str, ...] = ()
    updated: str | None = None
    reviewed: str | None = None
    published: str | None = None
    ambiguous: tuple[str, ...] = ()
    rest: str | None = None

    @property
    def date(self) -> tuple[str, Literal["updated", "reviewed", "published"]] | None:
        """Give the update date, else the review date, else the publication date, and which of them it is."""
        if self.updated:
            return self.updated, "updated"
        if self.reviewed:
            return self.reviewed, "reviewed"
        return (self.published, "published") if self.published else None

    def merged(self, other: "Byline") -> "Byline":
        """Give this byline with what it lacks taken from `other`."""
        return replace(
            self,
            authors=self.authors or other.authors,
            reviewers=self.reviewers or other.reviewers,
            editors=self.editors or other.editors,
            checkers=self.checkers or other.checkers,
            updated=self.updated or other.updated,
            reviewed=self.reviewed or other.reviewed,
            published=self.published or other.published,
            ambiguous=tuple(dict.fromkeys((*self.ambiguous, *other.ambiguous))),
            rest=" ".join(filter(None, (self.rest, other.rest))) or None,
        )


def parse_byline(text: str) -> Byline | None:
    """Give the byline printed as `text`, or ``None`` when it is ordinary prose."""
    if len(text) > LONGEST:
        return None
    text = "\n".join(" ".join(line.split()) for line in text.splitlines() if line.strip())
    labels = find_labels(text)
    if not labels:
        return None
    byline = read_unlabelled(text[: labels[0].start()])
    if byline is None:
        return None
    found = False
    for at, label in enumerate(labels):
        end = labels[at + 1].start() if at + 1 < len(labels) else len(text)
        role = ROLES[label.lastgroup or ""]
        if at and label[0].strip().lower() == "by" and ROLES[labels[at - 1].lastgroup or ""] == "reviewed":
            role = "reviewer"  # "Reviewed: May 2021 by Dr. John Doe"
        part = read_part(role, text[label.end() : end], label[0])
        if part is None:
            return None
        found = found or part != Byline(rest=part.rest)
        byline = byline.merged(part)
    if not found or len((byline.rest or "").split()) > MOST_REST:
        return None
    return byline


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
        plain = (
            re.sub(r"\W", "", label).lower() in {"by", "author", "authors", "reviewer", "reviewers"}
            and ":" not in label
        )
        return not plain or (any(" " in name for name in people.names) and is_short(people.rest))
    return read_date(following) is not None


def is_short(rest: str) -> bool:
    """Say whether what follows the people is no sentence: nothing, a date, or a label of its own."""
    return not rest or parse_date(rest[:60]) is not None or LABEL.match(rest) is not None or not re.search(r"\w", rest)


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
    date = parse_date(text[: min(ends)])
    if date:
        ends.append(
            BEFORE_DATE_TAIL.search(text[: date.start]).start()
            if BEFORE_DATE_TAIL.search(text[: date.start])
            else date.start
        )
    return text[: min(ends)]


BEFORE_DATE_TAIL = re.compile(r"[\s,|·•–—(.-]*(?:\bon\s)?\Z", re.IGNORECASE)


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


def read_part(role: Role, value: str, label: str) -> Byline | None:
    """Give what one label and its value say, or ``None`` when the value is none after all."""
    if role in PEOPLE_ROLES:
        head = cut_value(value)
        people = parse_people(head)
        if people is None:
            return None
        return people_byline(role, people, value[len(head) :])
    read = read_date(value)
    if read is None:
        return None
    date, rest = read
    if role == "next":
        return Byline(rest=" ".join(f"{label} {date.text} {rest.strip(EDGES)}".split()))
    return replace(dated_byline(role, date), rest=rest.strip(EDGES) or None)


def people_byline(role: Role, people: People, following: str) -> Byline:
    """Give people in their role, and the date behind them as the date of what they did."""
    rest = " ".join(filter(None, (people.rest, following.strip())))
    byline = Byline(
        authors=people.names if role in {"author", "both"} else (),
        reviewers=people.names if role in {"reviewer", "both"} else (),
        editors=people.names if role == "editor" else (),
        checkers=people.names if role == "checker" else (),
    )
    read = read_date(rest.lstrip(".")) if rest else None
    if read:
        kind: Role = "reviewed" if role in {"reviewer", "checker"} else "updated" if role == "editor" else "published"
        return replace(byline.merged(dated_byline(kind, read[0])), rest=read[1].strip(EDGES) or None)
    return replace(byline, rest=rest.strip(EDGES) or None)


def dated_byline(role: Role, date: PrintedDate) -> Byline:
    """Give a date in its role; an ambiguous one as printed."""
    if date.iso is None:
        return Byline(ambiguous=(date.text,))
    return Byline(
        updated=date.iso if role == "updated" else None,
        reviewed=date.iso if role == "reviewed" else None,
        published=date.iso if role == "published" else None,
    )


def read_unlabelled(text: str) -> Byline | None:
    """Give what stands before the first label: nothing, or people; ``None`` when it is prose."""
    text = text.strip(EDGES)
    if not text:
        return Byline()
    people = parse_people(text)
    if people and not people.rest:
        return Byline(authors=people.names) if any(" " in name for name in people.names) else Byline(rest=text)
    return Byline(rest=text) if len(text.split()) <= 4 and not re.search(r"[a-z]\.\s", text) else None


def parse_meta(
    metas: Mapping[str, str] | None = None, json_ld: Any = None, times: Mapping[str, str] | None = None
) -> Byline:
    """Give what a page states for machines: `metas` name → content, `json_ld` (text, object or list), `times` role → stamp."""
    sources = (read_json(json_ld) if json_ld else {}, read_metas(metas or {}), read_times(times or {}))
    byline = Byline()
    for fields in sources:
        byline = byline.merged(Byline(**{name: value for name, value in fields.items() if value}))
    return byline
