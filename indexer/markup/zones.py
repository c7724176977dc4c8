"""Which elements of a page hold furniture instead of the article: by tag, role, class and id."""

import re
from collections.abc import Mapping
from functools import lru_cache
from itertools import islice, pairwise

from lxml.etree import _Element

from indexer.ruleset import read_rules, toggle_words

ZONE_TAGS = {
    "nav": "navigation",
    "aside": "aside",
    "footer": "footer",
    "form": "form",
    "dialog": "pop-up",
    "menu": "navigation",
}
ZONE_ROLES = {
    "navigation": "navigation",
    "banner": "site header",
    "contentinfo": "footer",
    "search": "site tools",
    "complementary": "aside",
    "dialog": "pop-up",
    "alertdialog": "pop-up",
    "menu": "navigation",
    "tablist": "navigation",
    "menubar": "navigation",
    "form": "form",
}
KEPT_WORDS = frozenset(
    [
        "callout",
        "note",
        "tip",
        "tips",
        "warning",
        "alert",
        "important",
        "attention",
        "takeaway",
        "takeaways",
        "keypoints",
        "infobox",
        "byline",
    ]
)
BOX_TAGS = frozenset(("aside", "div", "section", "figure", "blockquote"))
NOT_NAMES = re.compile(
    r"(?:has|no|with|without|js|is|category|tag|post|page|type|format|status|hentry|col|u)-"
)  # "has-sidebar"
CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
SPLIT = re.compile(r"[^a-z0-9]+")
EXEMPT_TAGS = frozenset(
    [
        "html",
        "body",
        "main",
        "article",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "head",
        "title",
        "td",
        "tbody",
        "table",
        "tr",
        "p",
        "summary",
        "details",
        "button",
    ]
)
NEVER_IDS = frozenset(["h1", "h2", "h3", "h4", "h5", "h6", "section"])

_REASONS: dict[str, str] = {
    word: reason for reason, words in read_rules("zones")["words"].items() for word in words.split()
}


def find_zone(element: _Element, attributes: Mapping[str, str]) -> str | None:
    """Give the kind of furniture that `element` begins, or ``None`` when it belongs to the article."""
    tag = element.tag
    role = attributes.get("role", "")
    names = attributes.get("class", "")
    zone = ZONE_ROLES.get(role) or ZONE_TAGS.get(tag)
    if zone == "aside" and is_box(tag, names):
        zone = None
    if "infobox" in names and (tag == "table" or (tag in BOX_TAGS and next(element.iter("p"), None) is None)):
        zone = "fact box"
    if zone == "footer" and element.getparent() is not None and _within_article(element):
        zone = "article footer"
    if zone is None and tag not in EXEMPT_TAGS:
        zone = find_named_zone(names, attributes.get("id", "") if tag not in NEVER_IDS else "")
    if zone and _holds_article(element):
        return None
    return zone


def is_box(tag: str, classes: str) -> bool:
    """Tell whether an element is a box beside the text of its article, such as a note or a warning."""
    return tag in BOX_TAGS and not KEPT_WORDS.isdisjoint(_words(classes))


@lru_cache(maxsize=4096)
def find_named_zone(classes: str, identifier: str) -> str | None:
    """Give the kind of furniture that class names or an id speak of: ``"site-footer"`` → ``"footer"``."""
    for name in classes.split():
        if NOT_NAMES.match(name):
            continue
        reason = _read_name(name)
        if reason:
            return reason
    if identifier and len(identifier) < 40:
        words = _words(identifier)
        if len(words) <= 3 and not {"anxiety", "life", "health"}.intersection(words):
            return _read_name(identifier)
    return None


def _read_name(name: str) -> str | None:
    words = _words(name)
    reason = _REASONS.get(name.lower())
    if reason or KEPT_WORDS.intersection(words):
        return reason
    for word in words:
        if word in _REASONS:
            return _REASONS[word]
    for pair in pairwise(words):
        if "-".join(pair) in _REASONS:
            return _REASONS["-".join(pair)]
    return None


def _words(name: str) -> list[str]:
    return [word for word in SPLIT.split(CAMEL.sub("-", name).lower()) if word]


def _within_article(element: _Element) -> bool:
    return any(parent.tag in ("article", "main") for parent in element.iterancestors())


def _holds_article(element: _Element) -> bool:
    """Tell whether the element holds a page's title or main part, or most of its paragraphs: then its name misleads."""
    if element.tag not in ("nav", "form") and next(element.iter("h1", "main"), None) is not None:
        return True
    if element.tag == "footer" or sum(1 for _ in islice(element.iter("p", "h2", "h3"), MANY)) < MANY:
        return False
    return _holds_most(element)


def is_whole(panel: _Element) -> bool:
    """Tell whether the panel of a tab is no section but the article: it has several headings and most of the text."""
    return sum(1 for _ in islice(panel.iter("h2", "h3", "h4"), SEVERAL)) == SEVERAL and _holds_most(panel)


def _holds_most(element: _Element) -> bool:
    """Tell whether most of the page's paragraphs stand in an element."""
    inside = sum(len(paragraph.text or "") for paragraph in element.iter("p", "li"))
    root = element.getroottree().getroot()
    return inside > MOST * sum(len(paragraph.text or "") for paragraph in root.iter("p", "li"))


MANY = 6  # paragraphs and headings from which an element may hold the article
SEVERAL = 3  # headings of a panel that may be a whole article
MOST = 0.6  # share of the page's words
PANELS = (
    "accordion",
    "collaps",
    "toggle",
    "faq",
    "panel",
    "expand",
    "tab",
)  # parts of the class names of panel buttons
HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)
PANEL_SIZE = 150  # characters; what is hidden and longer is a closed panel, not a label for screen readers


TOGGLE = re.compile("{}(?: {})?".format(*toggle_words()))  # "Show", "Hide details"


def is_panel(button: _Element) -> bool:
    """Tell whether a <button> opens a panel of the article, as accordions do, and is the panel's heading."""
    if TOGGLE.fullmatch(" ".join("".join(map(str, button.itertext())).lower().split())):
        return False  # the heading stands beside it
    if button.get("aria-expanded") is not None or button.get("aria-controls"):
        return True
    names = (button.get("class") or "").lower()
    return any(panel in names for panel in PANELS) or _opens_what_follows(button)


def _opens_what_follows(button: _Element) -> bool:
    """Tell whether a button and the long text right after it stand alone together, as a panel and its label do."""
    following, parent = button.getnext(), button.getparent()
    if following is None or parent is None or len(parent) > 2 or following.tag not in ("div", "section"):
        return False
    return sum(map(len, following.itertext())) >= PANEL_SIZE


def is_hidden(element: _Element) -> bool:
    """Tell whether an element is not shown and is no closed panel of an accordion either."""
    attributes = element.attrib
    hidden = (
        "hidden" in attributes
        or attributes.get("aria-hidden") == "true"
        or HIDDEN_STYLE.search(attributes.get("style", "")) is not None
    )
    if not hidden:
        return False
    names = f"{attributes.get('class', '')} {attributes.get('id', '')} {attributes.get('role', '')}".lower()
    if any(panel in names for panel in (*PANELS, "content", "answer")) and find_named_zone(names, "") is None:
        return False
    previous = element.getprevious()
    if previous is not None and previous.tag in ("button", "summary", "h2", "h3", "h4"):
        return False
    return sum(map(len, element.itertext())) < PANEL_SIZE or find_named_zone(names, "") is not None
