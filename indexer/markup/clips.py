"""The labelled head that programs put above a page they turned into Markdown becomes fields."""

import re

NAMES = {  # what the labels say, and the field of front matter that says it
    "title": "title",
    "url": "url",
    "url source": "url",
    "source": "url",
    "source url": "url",
    "published": "published",
    "published time": "published",
    "published date": "published",
    "date": "date",
    "updated": "updated",
    "description": "description",
    "language": "language",
    "site": "site",
    "number of pages": "pages",
}
LABELLED = re.compile(r"([A-Z][A-Za-z]{1,20}(?: [A-Za-z]{1,20}){0,2}):[ \t]+(\S[^\n]{0,500})(?:\n\s*|\Z)")
CONTENT = re.compile(r"(?:[A-Z][a-z]{1,20} )?[Cc]ontent:[ \t]*\n")  # "Markdown Content:"
FEWEST = 2  # fields with the title


def read_clip(text: str) -> tuple[dict[str, str], str] | None:
    """Give the fields above the text and the text behind them; ``None`` when no title with its address or date is."""
    fields: dict[str, str] = {}
    at = len(text) - len(text.lstrip())
    while (found := LABELLED.match(text, at)) and (name := NAMES.get(found[1].lower())) and name not in fields:
        if not fields and name != "title":
            return None
        fields[name] = found[2].strip()
        at = found.end()
    if len(fields) < FEWEST:
        return None
    label = CONTENT.match(text, at)
    return fields, text[label.end() if label else at :]
