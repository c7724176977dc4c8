"""Markdown becomes a stream of lines: front matter is read, footnotes become marks, the rest goes through HTML."""

import re
import tomllib
from dataclasses import replace
from html import escape

from markdown_it import MarkdownIt

from indexer.markup.blocks import Page
from indexer.markup.html import read_html
from indexer.markup.tree import MOST_TAGS, TooMuchMarkupError

FRONT_MATTER = re.compile(r"\s*---[ \t]*\n(.*?)\n(?:---|\.\.\.)[ \t]*(?:\n|$)", re.DOTALL)
TOML_MATTER = re.compile(r"\s*\+\+\+[ \t]*\n(.{0,20000}?)\n\+\+\+[ \t]*(?:\n|$)", re.DOTALL)  # Hugo's
TITLE_BLOCK = re.compile(
    r"\s*((?:%[ \t][^\n]*(?:\n[ \t]+[^\n]+)*\n){1,3})"
)  # Pandoc's: "% Title", "% Authors", "% Date"
FIELD = re.compile(r"([A-Za-z][\w .-]{0,40}?)\s*:\s*(.*)")  # "slug: dry-mouth"
DEFINITION = re.compile(r"\[\^([\w-]{1,40})\]:[ \t]*(.*)")  # "[^1]: Smith J. …"
FOOTNOTE = re.compile(r"\[\^([\w-]{1,40})\]")  # "[^1]"
ATTRIBUTE = r"(?:[.#][\w-]{1,60}|[\w-]{1,40}=(?:\"[^\"\n{}]{0,80}\"|[^\s{}]{1,80})|-)"
ATTRIBUTES = re.compile(  # kramdown's and Pandoc's: "# Causes {#sec-2}", "[sleep](#sleep){.lead}", "{:.list}"
    rf"(?:[ \t]*\{{:?[ \t]*{ATTRIBUTE}(?:[ \t]+{ATTRIBUTE}){{0,8}}[ \t]*\}}[ \t]*$)"
    rf"|(?<=[)\]])\{{:?{ATTRIBUTE}(?:[ \t]+{ATTRIBUTE}){{0,8}}\}}",
    re.MULTILINE,
)
ABBREVIATION = re.compile(r"^\*\[[^\]\n]{1,40}\]:[^\n]*$", re.MULTILINE)  # "*[GP]: general practitioner"
CONTENTS = re.compile(  # "* TOC\n{:toc}"
    r"^[*+-] [^\n]{1,40}\n\{:[^{}\n]{0,20}\btoc\b[^{}\n]{0,40}\}[ \t]*$", re.MULTILINE
)
WIKI_LINK = re.compile(r"!?\[\[(?:[^\[\]|\n]{0,200}\|)?([^\[\]|\n]{1,200})\]\]")  # "[[pages/dry-mouth|dry mouth]]"
CALLOUT = re.compile(r"^((?:> ?)+)\[![\w-]{1,20}\][+-]?[ \t]?", re.MULTILINE)  # "> [!note] "
RAISED = re.compile(r"\^(\d{1,3}(?:\s?[,–-]\s?\d{1,3}){0,9})\^")  # Pandoc's "^1,2^"
SIGNS = "[*_`"  # what Markdown tries to pair, each in up to 50 µs
NUMBERED = re.compile(r"^( {0,3})\[(\d{1,4})\]:?(?=\s)", re.MULTILINE)  # "[1]: Smith J. …" is an entry, no link target


def read_markdown(text: str) -> Page:
    """Give the page that the Markdown in `text` describes."""
    if (count := sum(map(text.count, SIGNS))) > MOST_TAGS:
        raise TooMuchMarkupError(count, "signs of Markdown")
    metas, body = read_front_matter(text)
    body, notes = _lift_footnotes(clean_dialects(body))
    page = read_html(MarkdownIt("commonmark", {"html": True, "breaks": True}).enable("table").render(body) + notes)
    return replace(page, metas={**page.metas, **metas}, title=page.title or metas.get("title"))


def clean_dialects(text: str) -> str:
    """Give Markdown without what only some programs write: attributes, abbreviations, contents, wiki links."""
    text = ATTRIBUTES.sub("", CONTENTS.sub("", text)) if "{" in text else text
    text = ABBREVIATION.sub("", text) if "*[" in text else text
    text = RAISED.sub(r"<sup>\1</sup>", text) if "^" in text else text
    return CALLOUT.sub(r"\1", WIKI_LINK.sub(r"\1", text)) if "[[" in text or "[!" in text else text


def read_front_matter(text: str) -> tuple[dict[str, str], str]:
    """Give the fields that stand before the text, lists joined with commas, and the text behind them."""
    found = FRONT_MATTER.match(text)
    if not found:
        return _read_toml(text) or _read_title_block(text) or ({}, text)
    fields: dict[str, str] = {}
    name = ""
    for line in found[1].splitlines():
        stripped = line.strip()
        field = FIELD.fullmatch(stripped) if line[:1] not in " \t-" else None
        if field:
            name = field[1].lower()
            fields[name] = _read_value(field[2])
        elif name and (inner := FIELD.fullmatch(stripped)) and inner[2]:
            fields.setdefault(f"{name}.{inner[1].lower()}", _read_value(inner[2]))
        elif name and stripped.startswith("- "):
            fields[name] = ", ".join(filter(None, (fields[name], _read_value(stripped[2:]))))
    return fields, text[found.end() :]


def _read_toml(text: str) -> tuple[dict[str, str], str] | None:
    """Give the fields between ``+++`` lines and the text behind them, ``None`` when there are none."""
    found = TOML_MATTER.match(text)
    if not found:
        return None
    try:
        values = tomllib.loads(found[1])
    except (tomllib.TOMLDecodeError, RecursionError):
        return None
    fields = {**values.get("params", {}), **values} if isinstance(values.get("params", {}), dict) else values
    return {
        name.lower(): ", ".join(map(str, value)) if isinstance(value, list) else str(value)
        for name, value in fields.items()
        if not isinstance(value, dict)
    }, text[found.end() :]


def _read_title_block(text: str) -> tuple[dict[str, str], str] | None:
    """Give title, author and date of leading ``%`` lines and the text behind them, ``None`` when there are none."""
    found = TITLE_BLOCK.match(text)
    if not found:
        return None
    values = (" ".join(part.split()) for part in re.split(r"(?m)^%[ \t]", found[1])[1:])
    fields = dict(zip(("title", "author", "date"), values, strict=False))
    return {name: value for name, value in fields.items() if value}, text[found.end() :]


def _read_value(value: str) -> str:
    """Give a front matter value without quotes; ``[a, b]`` becomes ``a, b``."""
    value = value.strip()
    if value.startswith("[") and value.endswith("]") and not value.startswith("[["):
        return ", ".join(_read_value(part) for part in value[1:-1].split(",") if part.strip())
    return WIKI_LINK.sub(r"\1", value.strip("\"'"))


def _lift_footnotes(text: str) -> tuple[str, str]:
    """Give `text` with its footnote marks as superscript links, and the notes as a numbered HTML list."""
    notes: dict[str, list[str]] = {}
    kept: list[str] = []
    name = ""
    for line in text.splitlines():
        definition = DEFINITION.match(line)
        if definition:
            name = definition[1]
            notes[name] = [definition[2]]
        elif name and line[:1] in (" ", "\t") and line.strip():
            notes[name].append(line.strip())
        else:
            name = name if not line.strip() else ""
            kept.append(line)
    body = NUMBERED.sub(r"\1\\[\2\\]", "\n".join(kept))
    if not notes:
        return body, ""
    numbers = {note: int(note) if note.isdecimal() else place for place, note in enumerate(notes, start=1)}
    body = FOOTNOTE.sub(
        lambda mark: (
            f'<sup><a href="#fn-{escape(mark[1])}">{numbers[mark[1]]}</a></sup>' if mark[1] in numbers else mark[0]
        ),
        body,
    )
    items = "".join(
        f'<li id="fn-{escape(note)}" value="{numbers[note]}">{_render_inline(" ".join(lines))}</li>'
        for note, lines in notes.items()
    )
    return body, f'\n<ol class="footnotes">{items}</ol>'


def _render_inline(text: str) -> str:
    return str(MarkdownIt("commonmark").renderInline(text))
