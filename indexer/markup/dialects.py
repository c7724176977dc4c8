"""What only some programs write into Markdown is taken out, or said in HTML that every program writes."""

import re
from html import escape

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
WIKI_LINK = re.compile(  # "[[pages/dry-mouth|dry mouth]]"; "[[1]](#ref-1)" and "[[1]][s1]" are links of Markdown
    r"!?\[\[(?!\d{1,3}\]\]\[[^\[\]^])(?:[^\[\]|\n]{0,200}\|)?([^\[\]|\n]{1,200})\]\](?!\()"
)
CALLOUT = re.compile(r"^((?:> ?)+)\[![\w-]{1,20}\][+-]?[ \t]?", re.MULTILINE)  # "> [!note] "
RAISED = re.compile(r"\^(\d{1,3}(?:\s?[,–-]\s?\d{1,3}){0,9})\^")  # Pandoc's "^1,2^"
SHORTCODE = re.compile(r"\{\{[<%].{0,300}?[%>]\}\}")  # Hugo's "{{< toc >}}", "{{% callout %}}"
EMOJI = re.compile(r"(?<![\w:]):[a-z][a-z0-9]{0,30}(?:[-_][a-z0-9]{1,20}){0,6}:(?![\w:])")  # ":material-arrow-left:"
TOC = re.compile(r"^[ \t]*(?:\[TOC\]|\[\[_?TOC_?\]\]|<!-- ?toc ?-->)[ \t]*$", re.MULTILINE | re.IGNORECASE)
BUTTON = re.compile(  # "[install it](https://app.org){ .md-button }"
    r"(?<!!)\[([^\[\]\n]{1,200})\]\(([^()\s]{1,300})\)\{[^{}\n]{0,80}\.[\w-]{0,30}(?:button|btn)[^{}\n]{0,80}\}"
)
BOOKMARK = re.compile(r"\[\]\{[^{}\n]{1,80}\}")  # Pandoc's "[]{#_Toc70412 .anchor}"
TITLE = re.compile(  # Pandoc's '::: {custom-style="Title"}', around a line
    r"^:{3,}[ \t]*\{custom-style=\"?Title\"?\}[ \t]*\n\n?([^\n:][^\n]{0,300})\n\n?:{3,}[ \t]*$", re.MULTILINE
)
BOX = re.compile(r"(?:!!!|\?\?\?)\+?[ \t]+([\w-]+)(?: [\w -]+)?(?:[ \t]+\"([^\"]*)\")?[ \t]*")  # '!!! note "Title"'
FENCE = re.compile(  # "::: tip Title", "::: {#refs .references}", ":::"
    r":{3,}[ \t]*(?:\{[ \t]*(?P<attributes>[^{}\n]{1,200})\}|(?P<kind>[\w-]+))?[ \t]*(?P<title>.*)"
)
STYLE = re.compile(r"custom-style=\"?([^\"=]{1,60})\"?")  # what a style of Word is called
CLASS = re.compile(r"(?<![^\s.])\.?([A-Za-z][\w-]*)(?=\s|$)")
IDENTIFIER = re.compile(r"(?<!\S)#([\w:.-]+)")
LEVEL = re.compile(r"(?:title|heading ([1-6]))", re.IGNORECASE)  # the styles of headings
SPAN = re.compile(  # Pandoc's "[]{#_Toc70412 .anchor}", "[not for resale]{.underline}"
    rf"(?<![\]!\\])\[([^\[\]]{{0,300}})\]\{{[ \t]*{ATTRIBUTE}(?:[ \t]+{ATTRIBUTE}){{0,8}}[ \t]*\}}"
)


def clean_dialects(text: str) -> str:
    """Give Markdown without what only some programs write: attributes, abbreviations, contents, wiki links, shortcodes.

    Its buttons and boxes become those of HTML.
    """
    if "{" in text:
        text = BOOKMARK.sub("", TITLE.sub(r"# \1", text, count=1))
        text = SHORTCODE.sub("", BUTTON.sub(r'<a class="button" href="\2">\1</a>', text))
    text = TOC.sub("", text) if "toc" in text or "TOC" in text else text
    text = _open_boxes(text) if "!!!" in text or "???" in text or ":::" in text else text
    text = ATTRIBUTES.sub("", SPAN.sub(r"\1", CONTENTS.sub("", text))) if "{" in text else text
    text = EMOJI.sub("", ABBREVIATION.sub("", text))
    text = RAISED.sub(r"<sup>\1</sup>", text) if "^" in text else text
    return CALLOUT.sub(r"\1", WIKI_LINK.sub(r"\1", text)) if "[[" in text or "[!" in text else text


def _open_boxes(text: str) -> str:
    """Give Markdown with its indented and fenced notes as HTML boxes: ``!!! tip "Title"``, ``::: tip Title``."""
    out: list[str] = []
    indented, fences = False, 0
    level = 0  # of the heading that a fence makes of the next line
    for line in text.split("\n"):
        if indented and line.strip() and line[:1] not in " \t":
            out += ["", "</div>", ""]
            indented = False
        fence = FENCE.fullmatch(line)
        if box := BOX.fullmatch(line):
            indented = True
            out += _open_box(box[1], box[2])
        elif fence and (fence["attributes"] or fence["kind"]):
            fences += 1
            level = _read_level(fence["attributes"] or "")
            out += _open_fence(fence)
        elif fence and fences:
            fences -= 1
            out += ["", "</div>", ""]
        elif level and line.strip():
            out.append(f"{'#' * level} {line.strip()}")
            level = 0
        else:
            out.append(line.removeprefix("\t").removeprefix("    ") if indented else line)
    return "\n".join(out)


def _read_level(attributes: str) -> int:
    """Give the level of the heading that a style of Word prints, 0 for a style of text."""
    style = STYLE.search(attributes)
    heading = LEVEL.fullmatch(style[1].strip()) if style else None
    return int(heading[1] or 1) if heading else 0


def _open_fence(fence: re.Match[str]) -> list[str]:
    """Give the start of the element that a fence opens: a part of the text by its style or its id, else a note."""
    attributes = fence["attributes"] or ""
    style, identifier = STYLE.search(attributes), IDENTIFIER.search(attributes)
    if not style and not identifier:
        kind = CLASS.search(attributes)
        return _open_box(fence["kind"] or (kind[1] if kind else ""), fence["title"])
    names = style[1] if style else " ".join(CLASS.findall(attributes))
    own = f' id="{escape(identifier[1])}"' if identifier else ""
    return ["", f'<div class="{escape(names.lower())}"{own}>', ""]


def _open_box(kind: str, title: str | None) -> list[str]:
    return ["", f'<div class="note {escape(kind)}">', "", *([f"**{title.strip()}**"] if title else []), ""]
