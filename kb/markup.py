"""The only module that makes Markup: matched passages whose ``<mark>`` is kept and everything else escaped."""

import html
import re

from markupsafe import Markup, escape

MARK = re.compile(r"</?mark>")  # <mark>pain</mark>
SAFE_SCHEMES = ("https://", "http://")


def build_snippet(passage: str) -> Markup:
    """Give a passage (escaped HTML with ``<mark>``) as markup in which nothing but balanced ``<mark>`` is a tag."""
    parts: list[Markup] = []
    is_open = False
    start = 0
    for tag in MARK.finditer(passage):
        parts.append(_text(passage[start : tag.start()]))
        start = tag.end()
        opens = tag[0] == "<mark>"
        if opens != is_open:
            parts.append(Markup("<mark>") if opens else Markup("</mark>"))
            is_open = opens
    parts.append(_text(passage[start:]))
    if is_open:
        parts.append(Markup("</mark>"))
    return Markup("").join(parts)


def _text(part: str) -> Markup:
    return escape(html.unescape(part))


def safe_link(address: str | None) -> str | None:
    """Give an address that may be a link (http or https, no blanks or control characters), or ``None``."""
    if address is None:
        return None
    address = address.strip()
    if not address.lower().startswith(SAFE_SCHEMES):
        return None
    if " " in address or not address.isprintable():  # no other blank is printable
        return None
    return address
