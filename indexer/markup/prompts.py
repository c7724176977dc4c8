"""Short boxes that end with a button: they ask readers to do something for the site and are no part of its article."""

import re
from collections.abc import Iterator
from itertools import islice
from typing import Any

from indexer.markup.zones import is_panel

LONGEST = 260  # characters of such a box; what is longer says something of its own
WORDED = re.compile(r"[^\W\d_]{3}")  # "1.4K" asks for nothing
MOST_ELEMENTS = 40  # in such a box
MOST_BUTTONS = 200  # of one page that are looked at
BUTTON_NAMES = re.compile(r"(?:^|[\s_-])(?:btn|button|cta)(?:$|[\s_-])", re.IGNORECASE)
TOGGLES = ("data-toggle", "data-bs-toggle", "aria-expanded", "aria-controls")
BOXES = frozenset(("div", "aside", "figure", "section", "p", "center", "span", "blockquote"))
KEPT = ("h1", "h2", "sup", "li", "td", "dt", "summary", "article", "main", "time")  # a box with one is no prompt
READING = re.compile(  # what leads on in the article, or only moves in the page
    r"\W*(?:read|learn|find out|see|view|show|more|continue|next|previous|back|top|follow|like|save|share|expand"
    r"|collapse|close|open|print|(?:yes|no)(?=\W*\Z))\b",
    re.IGNORECASE,
)


def find_prompts(root: Any) -> frozenset[Any]:
    """Give the elements of a page that are such boxes; they must be kept alive while the page is walked."""
    found = set()
    for button in islice(root.iter("a", "button"), MOST_BUTTONS):
        if _is_button(button):
            box = None
            for around in button.iterancestors():
                if around.tag not in BOXES or not _is_prompt(around, button):
                    break
                box = around
            if box is not None:
                found.add(box)
    return frozenset(found)


def _is_button(element: Any) -> bool:
    """Tell whether a link or button looks like one that leads away, not like one that opens a panel."""
    if any(name in element.attrib for name in TOGGLES) or element.get("href", "").startswith("#"):
        return False
    if element.tag == "button":
        known = not is_panel(element)
    else:
        known = BUTTON_NAMES.search(element.get("class") or "") is not None or element.get("role") == "button"
    text = " ".join("".join(islice(element.itertext(), MOST_ELEMENTS)).split())
    return known and WORDED.search(text) is not None and READING.match(text) is None


def _is_prompt(box: Any, button: Any) -> bool:
    """Tell whether a box is short, has nothing of an article's structure, and ends with `button`."""
    if sum(1 for _ in islice(box.iter(), MOST_ELEMENTS + 1)) > MOST_ELEMENTS:
        return False
    size = 0
    for text in box.itertext():
        size += len(text.strip())
        if size > LONGEST:
            return False
    if next(box.iter(*KEPT), None) is not None:
        return False
    return not any(text.strip() for text in _texts_behind(box, button))


def _texts_behind(box: Any, button: Any) -> Iterator[str]:
    """Give the texts of `box` behind `button`."""
    element = button
    while element is not box:
        yield element.tail or ""
        for following in element.itersiblings():
            if following.tag not in ("a", "button"):
                yield from following.itertext()
            yield following.tail or ""
        element = element.getparent()
