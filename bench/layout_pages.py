"""Sheets set in a layout: a page as a site would send it.

In its template what is no article is marked «so», what is none but must be kept, such as a helpline, ‹so›, and what
may be taken for either, such as a caption or a pull quote, ⟦so⟧.
"""

import html
import re
import textwrap
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import groupby
from pathlib import Path

from bench.layout_sheets import Part, Piece, Sheet, Words
from indexer.markup.pages import Format

FIELD = re.compile(r"\{(\w+)\}")
JUNK = re.compile(r"«([^»]*)»")
KEPT = re.compile(r"‹([^›]*)›")
EITHER = re.compile(r"⟦([^⟧]*)⟧")
LINK = re.compile(r"https?://[^\s<>&]+[^\s<>&.,;)]|(?<=PMID: )\d+|(?<=PMCID: )PMC\d+")
HOSTS = {"PMC": "https://www.ncbi.nlm.nih.gov/pmc/articles/{}/", "": "https://pubmed.ncbi.nlm.nih.gov/{}/"}
CITED = re.compile(r"\(¶([\d;]+)\)")
TEMPLATES = Path(__file__).parent / "layout_templates"


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """How one kind of site or program prints an article: templates with {fields}, for parts and for the page."""

    name: str
    page: str
    format: Format = "html"
    section: str = "<h2>{heading}</h2>\n{blocks}\n"
    nested: str = ""
    p: str = "<p>{text}</p>\n"
    h: str = "<h3>{text}</h3>\n"
    items: str = "<ul>\n{items}</ul>\n"
    li: str = "<li>{text}</li>\n"
    references: str = "<h2>{heading}</h2>\n<ol>\n{entries}</ol>\n"
    entry: str = "<li>{text}</li>\n"
    mark: str = "[§]"
    between: str = ""
    grouped: bool = False
    cited: bool = False  # by name and year, the list in the order of the alphabet
    keyed: bool = False  # where cited, by a key of name and year, which an entry prints as {key}
    after_stop: bool = True
    linked: bool = False  # addresses and identifiers in the list
    reasons: tuple[str, ...] = ()  # headings of the causes, each numbered, as in "7 reasons why"
    reason: str = ""
    day: str = "%B {d}, %Y"
    dated: str | None = "updated"
    advert: str = ""
    width: int = 0
    hang: str = ""
    house: str = ""
    words: Words = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Page:
    """A page as text, its lines that are no part of the article, those to be kept all the same, and either's."""

    text: str
    junk: tuple[str, ...]
    kept: tuple[str, ...]
    either: tuple[str, ...] = ()


def cite_works(sheet: Sheet, numbers: tuple[int, ...]) -> str:
    """Give "Lundberg et al., 1999; Mayo Clinic, 2019"."""
    fields = [sheet.references[number - 1].fields for number in numbers]
    return "; ".join(f"{names['cited']}, {names['year']}" for names in fields)


def list_keys(sheet: Sheet) -> list[str]:
    """Give a key for each reference: "lundberg1999", and "lundberg1999b" where there is another."""
    keys: list[str] = []
    for entry in sheet.references:
        first = str(entry.fields["cited"]).partition(" et al")[0].partition(" & ")[0]
        key = f"{''.join(re.findall(r'[a-z]', first.lower()))}{entry.fields['year']}"
        keys.append(key + ["", *"bcdefghi"][sum(other.startswith(key) for other in keys)])
    return keys


def set_cited(layout: Layout, sheet: Sheet, numbers: tuple[int, ...]) -> str:
    """Give "(Lundberg et al., 1999; Mayo Clinic, 2019)", or "[@lundberg1999; @mayoclinic2019]"."""
    if not layout.keyed:
        return f"⟦({cite_works(sheet, numbers)})⟧"
    keys = list_keys(sheet)
    return f"⟦[{'; '.join('@' + keys[number - 1] for number in numbers)}]⟧"


def set_mark(layout: Layout, numbers: tuple[int, ...]) -> str:
    """Give a mark: every number in the template (§), or all of them in one, a run of three as a range."""
    if not layout.grouped:
        return layout.between.join(layout.mark.replace("§", str(number)) for number in numbers)
    run = not layout.cited and len(numbers) > 2 and numbers[-1] - numbers[0] == len(numbers) - 1
    shown = f"{numbers[0]}–{numbers[-1]}" if run else layout.between.join(map(str, numbers))
    return layout.mark.replace("§", shown)


def read_layouts() -> Iterator[Layout]:
    """Give the layouts of the templates folder."""
    for path in sorted(TEMPLATES.glob("*.toml")):
        for fields in tomllib.loads(path.read_text(encoding="utf-8"))["layout"]:
            yield Layout(**fields)


def fill(template: str, **values: str) -> str:
    """Give the template with its {fields} filled in; other braces stay."""
    return FIELD.sub(lambda match: values.get(match[1], match[0]), template)


def set_sheet(layout: Layout, sheet: Sheet) -> Page:
    """Give the page of an article in a layout."""
    parts = [part for part in sheet.parts if part.role != "lead"]
    lead = "".join(set_blocks(layout, part.pieces) for part in sheet.parts if part.role == "lead")
    body = [set_part(layout, part, number) for number, part in enumerate(parts, 1)]
    body.insert(len(body) // 2, layout.advert)
    keys = list_keys(sheet) if layout.keyed else [""] * len(sheet.references)
    entries = "".join(
        fill(layout.entry, number=str(entry.number), key=key, text=set_entry(layout, entry.raw))
        for entry, key in zip(sheet.references, keys, strict=True)
    )
    heading = escape(layout, sheet.references_heading)
    names = name_heading(heading)
    if layout.cited:
        lead, *body = (
            CITED.sub(lambda found: set_cited(layout, sheet, tuple(map(int, found[1].split(";")))), block)
            for block in (lead, *body)
        )
    references = fill(layout.references, entries=entries, number=str(len(parts) + 1), **names)
    title = escape(layout, sheet.title)
    contents = "".join(
        f'<li><a href="#s{i}">{escape(layout, part.heading)}</a></li>' for i, part in enumerate(parts, 1)
    )
    text = fill(
        layout.page, title=title, TITLE=title.upper(), rule="-" * len(title), double="=" * len(title), lead=lead,
        body="".join(body), references=references, contents=contents, subject=escape(layout, sheet.subject),
        author=" and ".join(sheet.authors), authors=", ".join(sheet.authors), reviewer=sheet.reviewer,
        day=set_day(layout.day, sheet.day), iso=sheet.day.isoformat(),
        earlier=set_day(layout.day, sheet.day - timedelta(days=400)),
        earlier_iso=(sheet.day - timedelta(days=400)).isoformat(),
    )  # fmt: skip
    junk, kept, either = (tuple(" ".join(line.split()) for line in sign.findall(text)) for sign in (JUNK, KEPT, EITHER))
    return Page(EITHER.sub(r"\1", KEPT.sub(r"\1", JUNK.sub(r"\1", text))), junk, kept, either)


def set_entry(layout: Layout, raw: str) -> str:
    """Give an entry as it stands in the list, with links where the layout has them."""
    text = set_text(layout, raw)
    return LINK.sub(set_link, text) if layout.linked else text


def set_link(found: re.Match[str]) -> str:
    """Give an address or an identifier as a link."""
    shown = found[0]
    address = shown if shown.startswith("http") else HOSTS["PMC" * shown.startswith("PMC")].format(shown)
    return f'<a href="{address}" target="_blank" rel="noopener">{shown}</a>'


def name_heading(heading: str) -> dict[str, str]:
    """Give the fields a template may print a heading with."""
    return {"heading": heading, "HEADING": heading.upper(), "rule": "-" * len(heading), "double": "=" * len(heading)}


def set_part(layout: Layout, part: Part, number: int) -> str:
    """Give a section in its layout."""
    template = layout.nested if part.nested else layout.section
    heading = escape(layout, part.heading)
    blocks = set_blocks(layout, part.pieces)
    return fill(template, blocks=blocks, number=str(number), **name_heading(heading))


def set_blocks(layout: Layout, pieces: tuple[Piece, ...]) -> str:
    """Give the blocks of a section, list items together."""
    out = []
    for kind, run in groupby(pieces, lambda piece: piece.kind):
        if kind == "li":
            out.append(fill(layout.items, items="".join(fill(layout.li, text=set_piece(layout, item)) for item in run)))
        else:
            template = {"p": layout.p, "h": layout.h, "reason": layout.reason}[kind]
            out += [fill(template, text=set_piece(layout, piece)) for piece in run]
    return "".join(out)


def set_piece(layout: Layout, piece: Piece) -> str:
    """Give a block's text with its marks."""
    marks = dict(piece.marks)
    return set_text(layout, " ".join(set_sentences(layout, piece, marks)), escaped=True)


def set_sentences(layout: Layout, piece: Piece, marks: dict[int, tuple[int, ...]]) -> Iterator[str]:
    """Give the sentences of a block, each with its mark before or after its stop."""
    for index, sentence in enumerate(piece.sentences):
        text, mark = escape(layout, sentence), set_mark(layout, marks[index]) if index in marks else ""
        yield text + mark if layout.after_stop or not mark else text[:-1] + mark + text[-1]


def set_text(layout: Layout, text: str, *, escaped: bool = False) -> str:
    """Give text as it stands in the page: escaped, and wrapped where lines are."""
    shown = text if escaped else escape(layout, text)
    if not layout.width:
        return shown
    return textwrap.fill(shown, layout.width, subsequent_indent=layout.hang, break_long_words=False,
                         break_on_hyphens=False)  # fmt: skip


def escape(layout: Layout, text: str) -> str:
    """Give text with what HTML needs escaped."""
    return html.escape(text, quote=False) if layout.format == "html" else text


def set_day(form: str, day: date) -> str:
    """Give a day printed in a form of strftime, with {d} for the day without a nought."""
    suffix = {1: "st", 2: "nd", 3: "rd"}.get(day.day % 10, "th") if day.day not in (11, 12, 13) else "th"
    return day.strftime(form.replace("{d}", str(day.day)).replace("{th}", suffix))
