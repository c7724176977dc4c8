"""Articles as plain values before they are set in a layout: real health text, printed references, known marks."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

from bench.layout_references import print_reference
from bench.layout_words import HEADINGS, KINDS, REFERENCES, TITLES, WRITERS
from bench.reference_styles import JOURNAL_STYLES
from bench.reference_works import Work, build_work
from bench.references import read_known

SOURCES = frozenset(["NHLBI", "NIDDK", "NINDS", "GARD", "NIHSeniorHealth", "CancerGov"])
BLOCKS = 5  # of a section, so that a page stays what a reader would call an article
CORE = ("symptoms", "causes", "treatment")
# Not prose: footnote digits left over from another page, markup, calls to look elsewhere, tables written as lines.
UNCLEAN = re.compile(
    r"[.,)]\d|[<>*_`#|\[\]{}~^=\\]|\(\d+\)|https?:|www\.|(?i:click|watch the video|to learn more|for more information"
    r"|ontology|table |figure |see also|resources)"
)
ITEM = re.compile(r"(?:\A|\s{2,}|\n)-\s+")
SENTENCE = re.compile(r"(?<=[a-z]{3}[.?!]) (?=[A-Z])")
QUESTION = re.compile(r"\A[A-Z][^.?]*\? (?=[A-Z])")  # GARD's answers begin with their question
STRANGE = {"symptoms": r"Treat|Cause", "causes": r"Sympt|Treat", "treatment": r"Sympt|Cause"}  # as a part's subheading
NESTED = re.compile(r"[A-Z][\w'-]+(?: (?:[A-Z][\w'-]+|of|and|the|for|in|or|to|with)){0,5}\Z")
# What a heading of an NHS page stands for, the first that fits; pages' other sections are left out.
NHS_ROLES = (
    (re.compile(r"Check if|How to tell if you|^Symptoms"), "symptoms"),
    (re.compile(r"^What causes|^Causes of"), "causes"),
    (re.compile(r"(?i)^(?:how you can |how to )?treat|\btreatment\b|get rid of|ease the pain"), "treatment"),
    (re.compile(r"^See (?:a|your) GP"), "doctor"),
    (re.compile(r"complications"), "complications"),
    (re.compile(r"(?i)prevent|avoid"), "prevention"),
)


@dataclass(frozen=True, slots=True)
class Piece:
    """One block: its kind (p, li or h), its sentences, and after which of them which references are cited."""

    kind: str
    sentences: tuple[str, ...]
    marks: tuple[tuple[int, tuple[int, ...]], ...] = ()

    @property
    def text(self) -> str:
        """Give the sentences as one line, without marks."""
        return " ".join(self.sentences)


@dataclass(frozen=True, slots=True)
class Part:
    """A section with what it is about (`role`), its heading, and whether it is nested in the one before it."""

    role: str
    heading: str
    pieces: tuple[Piece, ...]
    kind: str
    nested: bool = False


@dataclass(frozen=True, slots=True)
class Entry:
    """A printed reference and the fields that are known of it."""

    number: int
    raw: str
    fields: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Sheet:
    """One article before it is set: everything a page would show, and so everything that should be read from it."""

    subject: str
    title: str
    parts: tuple[Part, ...]
    references: tuple[Entry, ...]
    references_heading: str
    authors: tuple[str, ...]
    reviewer: str
    day: date


Words = Mapping[str, Sequence[str]]  # of headings by role, of the list of references and of titles
Topic = tuple[str, dict[str, tuple[Piece, ...]]]


def clean(text: str) -> Iterator[Piece]:
    """Give the blocks of MedQuAD's text that are prose: paragraphs, list items and short headings in between."""
    for line in re.split(r"\n\s*", text):
        first, *items = ITEM.split(line)
        paragraph = QUESTION.sub("", " ".join(first.split()))
        if NESTED.match(paragraph) and not items:
            yield Piece("h", (paragraph,))
        elif len(paragraph) > 60 and paragraph[0].isupper() and paragraph[-1] in ".:" and not UNCLEAN.search(paragraph):
            yield Piece("p", tuple(SENTENCE.split(paragraph)))
        for item in items:
            words = " ".join(item.split())
            if 3 < len(words) < 400 and not UNCLEAN.search(words):
                yield Piece("li", (words,))


def settle(pieces: Iterator[Piece], role: str) -> tuple[Piece, ...]:
    """Give up to BLOCKS blocks in which no heading and no lead-in stands without what it leads to."""
    kept: list[Piece] = []
    for piece in pieces:
        if piece.kind == "h" and (role == "lead" or re.search(STRANGE.get(role, "Sympt|Treat|Cause"), piece.text)):
            continue
        if piece.kind == "li" and not (kept and (kept[-1].kind == "li" or kept[-1].text.endswith(":"))):
            continue
        if kept and piece.kind != "li" and kept[-1].text.endswith(":"):
            kept.pop()
        if kept and piece.kind != "p" and kept[-1].kind == "h":
            kept.pop()
        if len(kept) >= BLOCKS and piece.kind != "li":
            break
        kept.append(piece)
    while kept and (kept[0].kind == "h" or kept[-1].kind == "h" or kept[-1].text.endswith(":")):
        kept.pop(0 if kept[0].kind == "h" else -1)
    return tuple(kept)


def read_medquad(path: Path) -> Iterator[Topic]:
    """Give subject and text by role of the topics that have symptoms, causes and treatment."""
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            topic = json.loads(line)
            if (
                topic["source"] not in SOURCES
                or len(topic["title"]) > 40
                or not topic["title"][-1].isalpha()
                or topic["title"].startswith("What")
            ):
                continue
            found: dict[str, tuple[Piece, ...]] = {}
            for section in topic["sections"]:
                role = "lead" if section["qtype"] == "information" else section["qtype"]
                if role not in found and (role == "lead" or role in HEADINGS):
                    found[role] = settle(clean(section["text"]), role)
            if all(found.get(role) for role in CORE) and len({role: 0 for role, text in found.items() if text}) > 3:
                yield topic["title"], {role: text for role, text in found.items() if text}


def read_nhs(path: Path) -> Iterator[Topic]:
    """Give subject and text by role of the NHS pages that have at least two of the three kinds."""
    for line in path.read_text(encoding="utf-8").splitlines():
        page = json.loads(line)
        found = {"lead": settle(clean(" ".join((page["description"] or "").split())), "lead")}
        text = "\n\n".join(block["md"] for block in page["blocks"] if block["md"])
        for heading, body in re.findall(r"(?ms)^## +([^\n]+)\n(.*?)(?=^## |\Z)", text):
            role = next((role for pattern, role in NHS_ROLES if pattern.search(heading)), None)
            plain = re.sub(r"\[([^\]]+)\]\([^)]*\)", r"\1", re.sub(r"\*+|^#.*$", "", body, flags=re.M))
            joined = re.sub(r"\n(?![\n-])\s*", " ", plain.replace("\n- ", "\n\n- "))
            blocks = settle((piece for piece in clean(re.sub(r"\n+", "\n", joined)) if piece.kind != "h"), role or "")
            if role and role not in found and blocks:
                found[role] = blocks
        if sum(role in found for role in CORE) > 1 and len(page["title"]) < 40:
            yield page["title"].rstrip("?"), {role: text for role, text in found.items() if text}


def lower(subject: str) -> str:
    """Give the subject as it stands within a sentence: abbreviations and names of people keep their capitals."""
    first = subject.split(maxsplit=1)[0]
    return subject if not first[1:].islower() or "'" in subject else subject[0].lower() + subject[1:]


def build_parts(subject: str, texts: dict[str, tuple[Piece, ...]], rng: Random, words: Words) -> Iterator[Part]:
    """Give the sections of a topic under headings chosen by `rng`, now and then with one nested in another."""
    order = ["lead", *CORE] if rng.random() < 0.7 else ["lead", "causes", "symptoms", "treatment"]
    order += rng.sample(extras := [role for role in texts if role not in order], len(extras))
    if extras and rng.random() < 0.4:
        order.insert(rng.randrange(2, 4), order.pop())
    for role in order:
        if role in texts:
            heading = rng.choice(words.get(role, HEADINGS[role])) if role != "lead" else ""
            shown = heading.replace("{x}", lower(subject)).replace("{X}", subject)
            yield Part(role, shown, texts[role], KINDS.get(role, "other"))


def nest(parts: tuple[Part, ...], rng: Random) -> tuple[Part, ...]:
    """Give the parts with about a third of the others nested below the recognised section before them."""
    nested: list[Part] = []
    for part in parts:
        above = nested[-1] if nested else None
        if part.kind == "other" and above and above.kind != "other" and above.role != "lead" and rng.random() < 0.35:
            nested.append(replace(part, nested=True, kind=above.kind))
        else:
            nested.append(part)
    return tuple(nested)


def place_marks(parts: tuple[Part, ...], count: int, rng: Random) -> tuple[Part, ...]:
    """Give the parts with references 1 to `count` cited once or more, in order, after sentences that are whole."""
    following, placed = 1, []
    for part in parts:
        pieces = []
        for piece in part.pieces:
            marks = []
            for index, sentence in enumerate(piece.sentences):
                if piece.kind == "p" and re.search(r"[a-z]{3}\.\Z", sentence) and rng.random() < 0.3:
                    many = rng.choice([1, 1, 1, 2, 3])
                    numbers = tuple(range(following, min(following + many, count + 1)))
                    following += len(numbers)
                    marks.append((index, numbers or (rng.randint(1, count),)))
            pieces.append(replace(piece, marks=tuple(marks)))
        placed.append(replace(part, pieces=tuple(pieces)))
    return tuple(placed)


def build_references(works: list[Work], count: int, rng: Random, house: str) -> Iterator[Entry]:
    """Give `count` works printed in one style, as one article would: that of the house, or any."""
    serial = [work for work in works if work.get("container") and work.get("volume")]
    if house:
        for number, work in enumerate(rng.sample(serial, count), 1):
            yield Entry(number, *print_reference(house, work, rng))
        return
    style, build = rng.choice(list(JOURNAL_STYLES.items()))
    for number, work in enumerate(rng.sample(serial, count), 1):
        raw = re.sub(r"\A\[\d+\] ", "", build(work, rng))
        yield Entry(number, raw, read_known(work, raw, style))


@cache
def read_material(shared: Path) -> tuple[list[Topic], list[Work]]:
    """Give the topics and the works below `shared`."""
    topics = [
        *read_medquad(shared / "data/medquad/docs.jsonl"),
        *read_nhs(shared / "data/pages/nhs_betahealth/pages.jsonl"),
    ]
    rows = (shared / "bibliography/references.jsonl").read_text(encoding="utf-8").splitlines()
    return topics, [build_work(json.loads(row)) for row in rows]


def order_references(sheet: Sheet) -> Sheet:
    """Give a sheet with its references in the order of the alphabet, numbered anew."""
    entries = sorted(sheet.references, key=lambda entry: entry.raw.casefold())
    return replace(sheet, references=tuple(replace(entry, number=place) for place, entry in enumerate(entries, 1)))


def list_reasons(sheet: Sheet, headings: Sequence[str]) -> Sheet:
    """Give a sheet with every two sentences of its causes under a numbered heading, as "7 reasons why" has them."""
    if not headings:
        return sheet
    at, count = next((index for index, part in enumerate(sheet.parts) if part.role == "causes"), -1), 0
    if at < 0:
        return replace(sheet, title=sheet.title.replace("{n}", "7"))
    pieces: list[Piece] = []
    for piece in sheet.parts[at].pieces:
        for start in range(0, len(piece.sentences), 2) if piece.kind == "p" else ():
            if count < len(headings):
                pieces.append(Piece("reason", (f"{count + 1}. {headings[count]}",)))
                count += 1
            marks = tuple((index - start, found) for index, found in piece.marks if start <= index < start + 2)
            pieces.append(Piece("p", piece.sentences[start : start + 2], marks))
        if piece.kind != "p":
            pieces.append(piece)
    part = replace(sheet.parts[at], heading=sheet.parts[at].heading.replace("{n}", str(count)), pieces=tuple(pieces))
    parts = (*sheet.parts[:at], part, *sheet.parts[at + 1 :])
    return replace(sheet, title=sheet.title.replace("{n}", str(count)), parts=parts)


def build_sheets(shared: Path, seed: str, *, nested: bool, words: Words, house: str) -> Iterator[Sheet]:
    """Give articles without end, drawn from the real text below `shared` in an order that `seed` fixes."""
    rng = Random(seed)
    topics, works = read_material(shared)
    while True:
        subject, texts = rng.choice(topics)
        parts = tuple(build_parts(subject, texts, rng, words))
        count = rng.randint(4, 9)
        parts = place_marks(nest(parts, rng) if nested else parts, count, rng)
        title = rng.choice(words.get("titles", TITLES)).replace("{x}", lower(subject)).replace("{X}", subject)
        people = rng.sample(WRITERS, 3)
        day = date(rng.randint(2009, 2024), rng.randint(1, 12), rng.randint(13, 28))
        yield Sheet(
            subject, title, parts, tuple(build_references(works, count, rng, house)),
            rng.choice(words.get("references", REFERENCES)),
            tuple(people[: rng.choice([1, 1, 2])]), people[2], day,
        )  # fmt: skip
