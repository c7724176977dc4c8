"""The text between two block borders: pieces in their styles, and marks where links or superscripts look like them."""

import re
from typing import Any

from indexer.markup.blocks import MARK, MARK_CLOSE, MARK_OPEN, MARK_TARGET
from indexer.markup.pieces import BIG, BOLD, BREAK, ITALIC_BOLD, LARGER, PLAIN, Part
from indexer.markup.tags import ITALICS, STRENGTHS, STYLES

BOLD_STYLE = re.compile(r"font-weight\s*:\s*(?:bold|[6-9]00)|font-size\s*:\s*(?:1[89]|2\d|3\d)p", re.I)
LARGE_STYLE = re.compile(r"font-size\s*:\s*(?:1[89]|2\d|3\d)p", re.I)
BIG_STYLE = re.compile(r"font-size\s*:\s*(?:x*-?large|larger|1\.[2-9]|[2-9]\.?\d*e|(?:1[2-9]|[2-9]\d)\d\s*%)", re.I)
BIG_FONT = re.compile(r"\+[1-9]|[4-7]")  # <font size="+1">, <font size="5">
SMALL = "2"  # the size of a page's text where no <font> says another
MARK_TEXT = re.compile(
    r"[\[(]?(?:\d{1,3}|[*†‡§]|[a-z]|[ivx]{2,5})(?:[\]),;\s–-]*[\[(]?\d{1,3}|[\]),;\s]+[\[(]?[a-z*†‡§](?![a-z]))*[\])]?"
)  # "1", "[2]", "1,2", "3–5", "[1][2]", "a, b", "iv"
BACK_LINK = re.compile(r"[#¶§🔗\^↑↩⤴⇑↵]\ufe0e?|jump up|back to text|return to text|\[?back\]?", re.I)
NOTE_NAMES = re.compile(r"(?:^|[\s_-])(?:refs?|cites?|citation|footnote|endnote|fn|noteref)(?:$|[\s_-])", re.I)
INLINE_BOXES = frozenset(("a", "span", "time", "small", "cite", "label"))  # "<time>9 May</time><a>Jane Roe</a>"
BOXES = frozenset(("div", "header", "footer", "li", "td", "section", "figcaption", "address", "nav"))


class InlineText:
    """Collects what stands between two block borders; `styles` has an entry for each element that is open."""

    def __init__(self) -> None:
        self.parts: list[Part] = []
        self.styles: list[tuple[int, bool]] = [(PLAIN, False)]
        self.hrefs: list[str] = []
        self.backs: list[str] = []  # where links such as "↩" lead
        self._opened: list[tuple[Any, int, str]] = []  # <sup> and <a> elements, where their text begins, their target

    def take(self) -> list[Part]:
        """Give what was collected, or nothing when it is blank, and begin anew."""
        parts, self.parts = self.parts, []
        if self._opened:
            self._opened = [(element, 0, target) for element, _, target in self._opened]
        return parts if any(part[0].strip() for part in parts) else []

    def add(self, text: str) -> None:
        """Take a piece of text in the present style."""
        strength, linked = self.styles[-1]
        self.parts.append((text, strength, linked))

    def strengthen(self, style: str) -> None:
        """Take a style attribute, which may print bold or larger, or both of them."""
        found = {match[0][5:8].lower() for match in BOLD_STYLE.finditer(style)}  # "wei", "siz"
        own = BIG if len(found) > 1 or BIG_STYLE.search(style) else BOLD if found else PLAIN
        strength, linked = self.styles[-1]
        self.styles[-1] = (max(own, strength), linked)

    def open(self, element: Any, *, inner_links: bool) -> None:
        """Take the start of an inline element; `inner_links` says that links to other pages' parts count as marks."""
        tag = element.tag
        if self.parts and _is_apart(element, self.parts[-1][0]):
            self.parts.append(BREAK if element.getparent().tag in BOXES else (" ", *self.styles[-1]))
        if tag in STYLES:
            self._open_style(element)
        elif tag == "a":
            self._open_link(element, inner_links=inner_links)
        elif tag == "sup" or NOTE_NAMES.search(element.get("class", "")):
            self._opened.append((element, len(self.parts), ""))
        elif tag == "br":
            self.parts.append(BREAK)

    def close(self, element: Any) -> None:
        """Take the end of any element: the text of a <sup> or of a link inside the page may be a mark."""
        if self._opened and self._opened[-1][0] is element:
            self._close_mark()

    def _open_style(self, element: Any) -> None:
        """Take the start of an element that makes text bold, italic, underlined or big."""
        strength, linked = self.styles[-1]
        own = STRENGTHS.get(element.tag, PLAIN)
        if element.tag == "font" and BIG_FONT.match(element.get("size", "")):
            own = BIG
        parent = element.getparent()
        if BOLD in (own, strength) and _is_large(element, parent, within=strength):
            own = LARGER
        elif own == strength == BOLD and parent is not None and LARGE_STYLE.search(parent.get("style", "")):
            own = BIG if _is_filled(parent) else own
        if element.tag in ITALICS or (own == BOLD and parent is not None and parent.tag in ITALICS):
            own = ITALIC_BOLD if BOLD in (strength, own) else PLAIN
            strength = min(strength, own)
        self.styles[-1] = (max(strength, own), linked)

    def _open_link(self, element: Any, *, inner_links: bool) -> None:
        """Take the start of a link: a link inside the page may be a citation mark."""
        href = element.get("href")
        if href is None:
            return
        self.styles[-1] = (self.styles[-1][0], True)
        before, hash_sign, target = href.partition("#")
        if hash_sign and target and (inner_links or not before):
            if not self._name_target(target):
                self._opened.append((element, len(self.parts), target))
        elif href.startswith(("http", "//", "www.", "doi:")):
            self.hrefs.append(href)

    def _name_target(self, target: str) -> bool:
        """Take the target of a link for that of the <sup> it stands in; tell whether it stands in one."""
        if not self._opened or self._opened[-1][0].tag != "sup":
            return False
        sup, start, targets = self._opened[-1]
        self._opened[-1] = (sup, start, f"{targets} {target}".strip())
        return True

    def _close_mark(self) -> None:
        """Turn the text of a <sup> or of a link inside the page into a mark, when it looks like one."""
        element, start, target = self._opened.pop()
        inner = "".join(part[0] for part in self.parts[start:]).strip()
        if target and BACK_LINK.fullmatch(inner):
            del self.parts[start:]
            self.backs.append(target)
        elif inner and len(inner) < 60 and MARK_TEXT.fullmatch(inner) and (target or _is_raised(element, inner)):
            mark = f"{MARK_OPEN}{inner}{MARK_TARGET}{target}{MARK_CLOSE}"
            self.parts[start:] = [(mark, self.styles[-1][0], False)]
        elif target and (raised := MARK.fullmatch(inner)) and not raised[2]:  # <a href="#r1"><sup>1</sup></a>
            self.parts[start:] = [
                (f"{MARK_OPEN}{raised[1]}{MARK_TARGET}{target}{MARK_CLOSE}", self.styles[-1][0], False)
            ]
        elif element.tag == "a":
            self._name_target(target)


def _is_raised(element: Any, text: str) -> bool:
    """Tell whether a text without a target may cite: numbers wherever they stand, letters only in a <sup>."""
    return any(map(str.isdigit, text)) or (element.tag == "sup" and text.islower())


def _is_large(element: Any, parent: Any, *, within: int) -> bool:
    """Tell whether bold text has a font of its own that is larger than the text around it.

    Where no <font> is around, that has the size below 3: nobody writes that size, which is the usual one, but around
    smaller text whose <font> a block element has ended.
    """
    font = element if within == BOLD else parent if parent is not None and _is_filled(parent) else None
    if font is None or font.tag != "font" or not font.get("size", "")[:1].isdecimal():
        return False
    around = next(filter(None, (other.get("size") for other in font.iterancestors("font"))), SMALL)
    return bool(font.get("size") > around)


def _is_filled(font: Any) -> bool:
    """Tell whether one element is all that a <font> has."""
    return len(font) == 1 and not (font.text or "").strip() and not (font[0].tail or "").strip()


def _is_apart(element: Any, text: str) -> bool:
    """Tell whether an inline element stands apart from `text` before it, as boxes do that only style sets apart."""
    before = element.getprevious()
    if before is None or before.tail or element.tag not in INLINE_BOXES or before.tag not in INLINE_BOXES:
        return False
    first = next(iter(element.itertext()), "")[:1]
    if first.isdigit():
        return before.tag == "a" and element.tag != "a" and text[-1:].islower()
    return first.isupper() and (text[-1:].islower() or text[-1:].isdigit() or text[-1:] in ")]")
