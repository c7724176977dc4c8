"""HTML, Markdown and plain text become one stream of lines."""

import re
from typing import Literal

from indexer.markup.blocks import Page, clean_text
from indexer.markup.html import read_html
from indexer.markup.markdown import read_markdown
from indexer.markup.plain import read_text
from indexer.markup.tree import TooMuchMarkupError

__all__ = ["Format", "TooMuchMarkupError", "is_html", "read_page"]

Format = Literal["html", "markdown", "text", "jsonl"]
HTML_TAG = re.compile(r"<(?:!doctype|[a-z][a-z0-9]*)[\s>/]", re.I)  # "<p>", "<br/>"


def is_html(text: str, format: Format) -> bool:
    """Tell whether `text` is called HTML and has an element in it."""
    return format == "html" and HTML_TAG.search(text) is not None


def read_page(text: str, format: Format) -> Page:
    """Give the page written in `text`; what is called HTML and has no element in it is read as plain text."""
    text = clean_text(text)
    if is_html(text, format):
        return read_html(text)
    if format == "markdown":
        return read_markdown(text)
    return read_text(text)
