"""Markdown becomes a stream of lines: front matter is read, footnotes become marks, the rest goes through HTML."""

import re
import tomllib
from dataclasses import replace

from markdown_it import MarkdownIt

from indexer.markup.blocks import Page
from indexer.markup.clips import read_clip
from indexer.markup.dialects import WIKI_LINK, clean_dialects
from indexer.markup.footnotes import lift_footnotes
from indexer.markup.html import read_html
from indexer.markup.tree import MOST_TAGS, TooMuchMarkupError

FRONT_MATTER = re.compile(r"\s*---[ \t]*\n(.*?)\n(?:---|\.\.\.)[ \t]*(?:\n|$)", re.DOTALL)
TOML_MATTER = re.compile(r"\s*\+\+\+[ \t]*\n(.{0,20000}?)\n\+\+\+[ \t]*(?:\n|$)", re.DOTALL)  # Hugo's
TITLE_BLOCK = re.compile(
    r"\s*((?:%[ \t][^\n]*(?:\n[ \t]+[^\n]+)*\n){1,3})"
)  # Pandoc's: "% Title", "% Authors", "% Date"
NAMED = re.compile(r"name\s*:\s*")  # "- name: Jane Roe"
FIELD = re.compile(r"([A-Za-z][\w .-]{0,40}?)\s*:\s*(.*)")  # "slug: dry-mouth"
SIGNS = "[*_`"  # what Markdown tries to pair, each in up to 50 µs


def read_markdown(text: str) -> Page:
    """Give the page that the Markdown in `text` describes."""
    if (count := sum(map(text.count, SIGNS))) > MOST_TAGS:
        raise TooMuchMarkupError(count, "signs of Markdown")
    metas, body = read_front_matter(text)
    body, notes = lift_footnotes(clean_dialects(body))
    page = read_html(MarkdownIt("commonmark", {"html": True, "breaks": True}).enable("table").render(body) + notes)
    return replace(page, metas={**page.metas, **metas}, title=page.title or metas.get("title"))


def read_front_matter(text: str) -> tuple[dict[str, str], str]:
    """Give the fields that stand before the text, lists joined with commas, and the text behind them."""
    found = FRONT_MATTER.match(text)
    if not found:
        return _read_toml(text) or _read_title_block(text) or read_clip(text) or ({}, text)
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
            entry = NAMED.sub("", stripped[2:], count=1)
            fields[name] = ", ".join(filter(None, (fields[name], _read_value(entry))))
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
