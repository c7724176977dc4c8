"""The imprint that a book ends with in brackets: its place and publisher, or its publisher alone."""

import re

from indexer.references.sentences import PAREN_IMPRINT, is_publisher
from indexer.references.source import Source, read_on

PAREN_PUBLISHER = re.compile(r"\s\((?P<publisher>[^():]{3,80})(?P<close>\))?[\s.,;]*\Z")  # "(Routledge, London, 2002)"


def cut_imprint(text: str, source: Source) -> tuple[str, str | None]:
    """Give the unread part of `text` without an imprint in brackets at its end, and the publisher this names.

    What the imprint hid, such as the pages of a chapter, is read on into `source`.
    """
    unread = text[: source.end]
    imprint = None if source.is_serial else PAREN_IMPRINT.search(unread) or find_publisher(unread)
    if imprint is None:
        return unread, None
    parts = imprint.groupdict()
    for name in ("year", "pages"):
        if parts.get(name):
            source.parts.setdefault(name, parts[name])
    unread = unread[: imprint.start()]
    read_on(unread, source)
    publisher = parts["publisher"] if "place" in parts else parts["publisher"].partition(",")[0]
    return unread[: source.end], publisher.strip(" .,;")


def find_publisher(text: str) -> re.Match[str] | None:
    """Give the publisher in brackets that `text` ends with: one cut off before its year, or a name and no acronym."""
    match = PAREN_PUBLISHER.search(text)
    name = match["publisher"].partition(",")[0] if match else ""
    named = is_publisher(name) and (not match["close"] or any(letter.islower() for letter in name)) if match else False
    return match if named else None
