"""Footnotes of Markdown: their marks become superscript links, their notes a numbered HTML list."""

import re
from html import escape

from markdown_it import MarkdownIt

DEFINITION = re.compile(r"\[\^([\w-]{1,40})\]:[ \t]*(.*)")  # "[^1]: Smith J. …"
FOOTNOTE = re.compile(r"\[\^([\w-]{1,40})\]")  # "[^1]"
NEW_BLOCK = re.compile(  # what no wrapped line begins with
    r"\s{0,3}(?:#{1,6}\s|[-*+>|]\s|1[.)]\s|```|</?[a-z][a-z0-9]{0,12}[\s>/]|\[\d{1,3}\]|[-*_=]{3,}\s*$)"
)
NUMBERED = re.compile(r"^( {0,3})\[(\d{1,4})\]:?(?=\s)", re.MULTILINE)  # "[1]: Smith J. …" is an entry, no link target


def lift_footnotes(text: str) -> tuple[str, str]:
    """Give `text` with its footnote marks as superscript links, and the notes as a numbered HTML list."""
    notes: dict[str, list[str]] = {}
    kept: list[str] = []
    name, open_ = "", False
    for line in text.splitlines():
        definition = DEFINITION.match(line)
        if definition:
            name = definition[1]
            notes[name] = [definition[2]]
        elif name and _goes_on(line, open_=open_):
            notes[name].append(line.strip())
        else:
            name = name if not line.strip() else ""
            kept.append(line)
        open_ = bool(name and line.strip())
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


def _goes_on(line: str, *, open_: bool) -> bool:
    """Tell whether a line belongs to the note before it: an indented one, or a wrapped one while its text is open."""
    if line[:1] in (" ", "\t"):
        return bool(line.strip())
    return open_ and bool(line.strip()) and NEW_BLOCK.match(line) is None


def _render_inline(text: str) -> str:
    return str(MarkdownIt("commonmark").renderInline(text))
