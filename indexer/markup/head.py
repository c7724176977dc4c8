"""What the head of an HTML page says of itself: title, metadata, JSON-LD, canonical address, times."""

import json
import re
from dataclasses import dataclass, field
from typing import Any

HEAD_TAGS = frozenset(("title", "meta", "link"))
CODE_TITLES = 500  # characters of a title that are read
JSON_LD = "application/ld+json"
TIME_ROLES = (  # role, words that stand before a <time> or in its class: "Last updated <time …>"
    ("updated", re.compile(r"updat|modif|revis|edited|dateModified", re.I)),
    ("reviewed", re.compile(r"review", re.I)),
    ("published", re.compile(r"publi|posted|created|datePublished", re.I)),
)


@dataclass(slots=True)
class Head:
    """Collects metadata while a page is walked."""

    metas: dict[str, str] = field(default_factory=dict)
    json_ld: list[Any] = field(default_factory=list)
    times: dict[str, str] = field(default_factory=dict)
    title: str | None = None
    canonical: str | None = None

    def read(self, element: Any) -> None:
        """Take what a <title>, <meta>, <link> or <script> says; other elements say nothing."""
        if element.tag == "title":
            if self.title is None:
                self.title = " ".join("".join(element.itertext())[:CODE_TITLES].split()) or None
        elif element.tag == "meta":
            name = element.get("name") or element.get("property") or element.get("itemprop")
            content = (element.get("content") or "").strip()
            if name and content:
                self.metas.setdefault(name.strip().lower(), content)
        elif element.tag == "link":
            if (element.get("rel") or "").lower() == "canonical" and element.get("href"):
                self.canonical = element.get("href").strip()
        elif element.tag == "script" and (element.get("type") or "").lower() == JSON_LD:
            self._read_json(element.text or "")

    def read_time(self, element: Any, before: str, *, below_title: bool) -> None:
        """Take a <time> element; `before` is the text in front of it, which may say what happened then.

        The first one `below_title` without such a text is that of publication.
        """
        value = element.get("datetime")
        if not value:
            return
        hints = f"{element.get('itemprop', '')} {element.get('class', '')} {before[-60:]}"
        for role, words in TIME_ROLES:
            if words.search(hints):
                self.times.setdefault(role, value.strip())
                return
        if below_title and not self.times:
            self.times["published"] = value.strip()

    def _read_json(self, text: str) -> None:
        try:
            self.json_ld.append(json.loads(text))
        except (ValueError, RecursionError):
            return
