"""How many fields of printed references are read right: rendered from the bibliography, or tagged real strings.

``python -m bench references FILE`` takes the bibliography (works that are printed here in many styles) or AnyStyle's
tagged strings, tells them apart by their rows, and prints accuracy by style and the worst twenty.
"""

import argparse
import json
import re
import sys
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

from rapidfuzz.fuzz import ratio

from bench.reference_pages import build_books, build_pages
from bench.reference_styles import JOURNAL_STYLES
from bench.reference_works import Work, build_work
from indexer.model import Reference
from indexer.references.reference import parse_reference

CLOSE = {
    "title": 95,
    "container": 90,
    "publisher": 90,
}  # likeness in percent: a stray comma is no error, a lost subtitle is
ADDRESS_HEAD = re.compile(r"(?i)\A\W*(?:https?://)?(?:(?:dx\.)?doi(?:\.org/|\s?:)?)?\s*")
FIELDS = (
    "first_author",
    "title",
    "year",
    "month",
    "container",
    "publisher",
    "volume",
    "issue",
    "pages",
    "doi",
    "pmid",
    "pmcid",
    "url",
    "accessed",
)
SERIAL = ("volume", "issue", "pages")


@dataclass(frozen=True, slots=True)
class Sheet:
    """One printed reference and the values of the fields that are known of it."""

    style: str
    raw: str
    fields: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Outcome:
    """A sheet, what was read, and the names of the fields that were read wrong."""

    sheet: Sheet
    read: Reference
    wrong: tuple[str, ...]


def build_sheets(rows: Iterable[dict[str, Any]], seed: int = 7) -> Iterator[Sheet]:
    """Give every work of the bibliography in every style, and pages and books made up around it."""
    rng = Random(seed)
    for row in rows:
        work = build_work(row)
        serial = bool(work.get("container") and work.get("volume"))
        for style, build in JOURNAL_STYLES.items():
            if serial or style in {"corpus", "mla"}:
                raw = build(work, rng)
                yield Sheet(style, raw, read_known(work, raw, style))
        for style, raw, fields in (*build_pages(work, rng), *build_books(work, rng)):
            yield Sheet(style, raw, fields)


def read_known(work: Work, raw: str, style: str) -> dict[str, Any]:
    """Give the fields of `work` that the text printed from it shows."""
    fields: dict[str, Any] = {"first_author": work.people[0][0], "title": work.title, "year": int(work.get("year"))}
    doi = work.get("doi")
    shown = doi and (doi in raw or doi.replace("/", "%2F", 1) in raw)
    inside = re.search(r"/(10\.\d{4,9}/[\w.-]+)", work.get("url")) if work.get("url") in raw else None
    fields["doi"] = doi.lower() if shown else inside[1].lower() if inside else None
    for name in ("pmid", "pmcid"):
        value = work.get(name)
        fields[name] = value if value and re.search(rf"(?<!\d){value}(?!\d)", raw) else None
    if "NCBI PubMed" in raw:
        return fields | {
            "container": "NCBI PubMed",
            "publisher": "U.S. National Library of Medicine",
            "month": work.month,
        }
    fields |= {
        name: work.get(name) or None
        for name in SERIAL
        if work.get("volume") and work.get(name) and work.get(name) in raw
    }
    issue = work.get("issue")
    if issue and not re.search(rf"[(.]{re.escape(issue)}\)? ?[:(,.;\s]|no\. {re.escape(issue)}\b", raw):
        fields.pop("issue", None)
    if style in {"corpus", "apa", "mla"} or style.startswith("chicago"):
        fields["container"] = work.get("container").rstrip(".") or None
    if style == "corpus":
        fields |= {"month": work.month} | {name: fields.get(name) for name in SERIAL}
        fields["pages"] = work.get("pages") or None
    return fields


def read_tagged(rows: Iterable[dict[str, Any]]) -> Iterator[Sheet]:
    """Give AnyStyle's strings with the fields that its tags tell."""
    for row in rows:
        tags: dict[str, str] = {}
        for name, value in row["fields"]:
            tags.setdefault(name, value)
        fields: dict[str, Any] = {}
        years = re.findall(
            r"(?<!\d)(?:1[5-9]|20)\d\d(?!\d)", " ".join(value for name, value in row["fields"] if name == "date")
        )
        if years:
            fields["year"] = sorted({int(year) for year in years})
        if re.search(r"[^\W_]", tags.get("author", "")):  # "———" names nobody
            fields["first_author"] = [tags["author"]]
        if "title" in tags:
            fields["title"] = strip_marks(tags["title"])
        for name in ("journal", "container-title"):
            if name in tags:
                fields["container"] = re.sub(r"^\W*[Ii]n:?\s", "", tags[name])
        for name in ("publisher", "volume", "pages", "doi", "url"):
            if name in tags:
                fields[name] = tags[name]
        yield Sheet(row["style_guess"], row["raw"], fields)


def strip_marks(text: str) -> str:
    """Give a tagged title without the quotes and the punctuation around it."""
    return text.strip(" .,:;\"“”«»„‘’'")


def plain(text: object) -> str:
    """Give a value in lower case without accents, marks and doubled blanks, for comparing."""
    folded = unicodedata.normalize("NFKD", str(text or "")).casefold()
    return " ".join(re.sub(r"[^\w\s]", " ", "".join(c for c in folded if not unicodedata.combining(c))).split())


def is_right(name: str, expected: Any, read: Reference) -> bool:
    """Say whether the field `name` was read as `expected`; a list holds what would do, or a tag that begins with it."""
    if name == "first_author":
        return is_author(expected, read.authors[0].split(",")[0] if read.authors else None)
    value = getattr(read, name)
    if expected is None or value is None:
        return value is expected
    if isinstance(expected, list):
        return value in expected
    if name in CLOSE:
        return ratio(plain(value), plain(expected)) >= CLOSE[name]
    if name in SERIAL:
        wanted = re.findall(r"[\w.]*\d[\w.]*|\b[ivxlcIVXLC]+\b", str(expected))
        return bool(wanted) and wanted[0].strip(".") in re.findall(r"[\w.]+", value)
    return plain(ADDRESS_HEAD.sub("", str(value))) == plain(ADDRESS_HEAD.sub("", re.sub(r"\s", "", str(expected))))


def is_author(expected: Any, family: str | None) -> bool:
    """Say whether `family` is the first author's family name, or one at the beginning of a tagged list of authors."""
    if expected is None or family is None:
        return family is expected
    if not isinstance(expected, list):
        return plain(family) == plain(expected)
    return bool(plain(family)) and f" {plain(family)} " in f" {plain(expected[0])} "[: len(family) + 60]


def measure(sheets: Iterable[Sheet]) -> list[Outcome]:
    """Give the outcome of every sheet."""
    outcomes = []
    for sheet in sheets:
        read = parse_reference(sheet.raw)
        wrong = tuple(name for name in FIELDS if name in sheet.fields and not is_right(name, sheet.fields[name], read))
        outcomes.append(Outcome(sheet, read, wrong))
    return outcomes


def accuracy(outcomes: Iterable[Outcome]) -> dict[str, tuple[int, int]]:
    """Give per field how many were read right, of how many that were known."""
    known: Counter[str] = Counter()
    right: Counter[str] = Counter()
    for outcome in outcomes:
        for name in FIELDS:
            if name in outcome.sheet.fields:
                known[name] += 1
                right[name] += name not in outcome.wrong
    return {name: (right[name], known[name]) for name in FIELDS if known[name]}


def report(outcomes: list[Outcome], worst: int) -> Iterator[str]:
    """Give the lines of the report: a table by style, then the worst references with what was wrong."""
    by_style: dict[str, list[Outcome]] = defaultdict(list)
    for outcome in outcomes:
        by_style[outcome.sheet.style].append(outcome)
    yield f"{'style':30}{'n':>6} " + " ".join(f"{name[:9]:>9}" for name in FIELDS)
    for style, group in [*by_style.items(), ("all", outcomes)]:
        table = accuracy(group)
        cells = (f"{table[name][0] / table[name][1]:9.3f}" if name in table else f"{'–':>9}" for name in FIELDS)
        yield f"{style:30}{len(group):6} " + " ".join(cells)
    yield ""
    for outcome in sorted(outcomes, key=lambda found: -len(found.wrong))[:worst]:
        if outcome.wrong:
            yield f"{outcome.sheet.style}: {outcome.sheet.raw}"
            for name in outcome.wrong:
                value = outcome.read.authors[:2] if name == "first_author" else getattr(outcome.read, name)
                yield f"    {name}: {value!r}, expected {outcome.sheet.fields[name]!r}"


def read_rows(path: Path) -> list[dict[str, Any]]:
    """Read the rows of a JSON-lines file."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def main(argv: list[str]) -> int:
    """Measure the references of the file that `argv` names and print the report."""
    parser = argparse.ArgumentParser(prog="python -m bench references", description="Accuracy of reference parsing.")
    parser.add_argument("file", type=Path, help="the bibliography, or tagged reference strings, as JSON lines")
    parser.add_argument("--worst", type=int, default=20, help="how many of the worst references are shown")
    parser.add_argument("--field", choices=FIELDS, help="show only references with this field wrong")
    parser.add_argument("--style", help="measure only this style")
    parser.add_argument("--seed", type=int, default=7, help="of the variants in which the bibliography is printed")
    parser.add_argument("--json", action="store_true", help="print one object instead of a report")
    options = parser.parse_args(argv)
    rows = read_rows(options.file)
    sheets = read_tagged(rows) if rows and isinstance(rows[0].get("fields"), list) else build_sheets(rows, options.seed)
    outcomes = measure(sheet for sheet in sheets if options.style in (None, sheet.style))
    if options.json:
        table = {name: round(right / known, 4) for name, (right, known) in accuracy(outcomes).items()}
        sys.stdout.write(json.dumps({"references": len(outcomes), "accuracy": table}, ensure_ascii=False) + "\n")
        return 0
    if options.field:
        shown = [outcome for outcome in outcomes if options.field in outcome.wrong]
        sys.stdout.write(
            "\n".join(list(report(shown, options.worst))[2 + len({o.sheet.style for o in shown}) :]) + "\n"
        )
        return 0
    sys.stdout.write("\n".join(report(outcomes, options.worst)) + "\n")
    return 0
