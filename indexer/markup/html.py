"""HTML becomes a stream of lines in one pass over the tree, whatever elements the page was built of.

The tree is lxml's own, the parser under BeautifulSoup: a page of 30 kB takes 0.6 ms, with
BeautifulSoup's tree 11 ms.
"""

import re
from typing import Any

from lxml import etree

from indexer.markup.blocks import BRACKETED, COLUMN, MARK_OPEN, NESTED, STYLED_RANK, Line, LineKind, Page
from indexer.markup.head import HEAD_TAGS, Head
from indexer.markup.inline import InlineText
from indexer.markup.listed import LETTERED, Item, OpenLists
from indexer.markup.pieces import Piece, read_pieces
from indexer.markup.prompts import find_prompts
from indexer.markup.tables import name_cells, name_heads
from indexer.markup.tags import BLOCKS, HEADINGS, LISTS, SKIPPED, STRONG_RANKS, WORDING
from indexer.markup.tree import parse_tree
from indexer.markup.zones import ZONE_TAGS, find_zone, is_box, is_hidden, is_panel, is_whole

HEADING_NAMES = re.compile(
    r"(?:^|[\s_-])(?:title|heading|headline|(?:header|hdr)(?!__)|subhead(?:ing)?|h[2-6])(?:$|[\s_-])|(?:Title|Heading|Head)(?:$|\s)"
)
SECTION_NAMES = ("description", "causes", "remedies", "other", "references")
LONGEST_HEADING = 25  # words
LONGEST_STYLED = 14  # words of one that only its class gives away
LINKED = 0.9  # share of linked characters from which a line styled as a heading is rather a row of links


def read_html(text: str) -> Page:
    """Give the page that the HTML in `text` shows."""
    root = parse_tree(text)
    walker = _Walker(find_prompts(root) if root is not None else frozenset())
    if root is not None:
        walk = etree.iterwalk(root, events=("start", "end"))
        for event, element in walk:
            if event == "end":
                walker.close(element)
            elif not walker.open(element):
                walk.skip_subtree()
        walker.flush()
    return walker.page()


class _Walker:
    """Collects the text between two block borders and turns it into lines."""

    def __init__(self, prompts: frozenset[Any]) -> None:
        self.head = Head()
        self.lines: list[Line] = []
        self.text = InlineText()
        self.looks: list[str] = [""]
        self.zone: tuple[str, Any] | None = None
        self.declared: tuple[str, Any] | None = None
        self.heading: tuple[float, str, Any] | None = None
        self.real: list[tuple[int, int]] = []  # depth and rank of the real headings that still count
        self.lists = OpenLists()
        self.prose = False  # whether the text of the article has begun
        self.row_header = self.column_header = False
        self.cell = ""  # what a cell of the present row is, if it is one of data
        self.tabs: dict[str, str] = {}
        self.ids: list[str] = []
        self.prompts = prompts
        self.box: tuple[int, Any] | None = None
        self.boxes = 0

    def page(self) -> Page:
        """Give what was collected."""
        head = self.head
        return Page(tuple(self.lines), head.metas, tuple(head.json_ld), head.times, head.title, head.canonical)

    def open(self, element: Any) -> bool:
        """Take the start of an element; ``False`` when what is in it shall be skipped."""
        tag = element.tag
        attributes = element.attrib
        self.text.styles.append(self.text.styles[-1])
        if tag in SKIPPED or tag in HEAD_TAGS:
            self.head.read(element)
            return False
        block = tag in BLOCKS
        if block:
            self.flush()
            self.open_block(tag, element)
        if (attributes or tag in ZONE_TAGS or element in self.prompts) and not self.read_attributes(element, block):
            return False
        if not block:
            self.text.open(element, inner_links=self.zone is None)
            if tag == "time":
                before = "".join(part[0] for part in self.text.parts[-3:])
                below_title = bool(self.real) and not self.prose and self.zone is None
                self.head.read_time(element, before, below_title=below_title)
        if element.text:
            self.text.add(element.text)
        return True

    def close(self, element: Any) -> None:
        """Take the end of an element and the text behind it."""
        tag = element.tag
        self.text.close(element)
        if tag in BLOCKS:
            self.flush()
            self.close_block(tag)
        if self.zone and self.zone[1] is element:
            self.zone = None
        if self.declared and self.declared[1] is element:
            self.declared = None
        if self.heading and self.heading[2] is element:
            self.heading = None
        if self.box and self.box[1] is element:
            self.box = None
        self.text.styles.pop()
        if element.tail:
            self.text.add(element.tail)

    def open_block(self, tag: str, element: Any) -> None:
        """Note what a block element says about the lines inside it."""
        rank = HEADINGS.get(tag)
        depth = len(self.text.styles)
        if rank:
            self.heading = (rank, f"<{tag}>", element)
            self.real = [known for known in self.real if known[0] < depth]
            self.real.append((depth, rank))
        elif tag in ("summary", "legend"):
            self.heading = self.heading or (self.panel_rank(depth - 1), f"<{tag}>", element)
        elif tag == "button" and not self.heading:
            self.heading = (self.panel_rank(depth), "panel button" if is_panel(element) else "button", element)
        elif tag in LISTS:
            self.lists.open_list(element)
        elif tag == "li":
            self.lists.open_item(element)
        elif tag == "th":
            self.row_header, self.column_header = name_heads(element.getparent())
        elif tag == "tr":
            self.cell = name_cells(element)
        name = element.get("class") or ""
        style = element.get("style") or ""
        level = element.get("aria-level", "2") if element.get("role") == "heading" else ""
        if level.isdecimal() and 0 < int(level) < 7 and not self.heading:
            self.heading = (int(level), "role of a heading", element)
        self.looks.append(f"{tag}.{name}|{style}" if name or style else tag)

    def panel_rank(self, depth: int) -> float:
        """Give the rank of a panel's heading: below the real heading before it, above those inside the panel."""
        return next((rank for known, rank in reversed(self.real) if known <= depth), 1) + NESTED

    def close_block(self, tag: str) -> None:
        """Forget what `open_block` noted."""
        self.lists.close(tag)
        if tag == "table":
            self.cell = ""
        if len(self.looks) > 1:
            self.looks.pop()

    def read_attributes(self, element: Any, block: bool) -> bool:
        """Take what class, style and id say; ``False`` when an inline element is furniture and shall be skipped."""
        attributes = element.attrib
        if self.zone is None and not self.read_zone(element, block):
            return False
        identifier = attributes.get("id") or (attributes.get("name") if element.tag == "a" else None)
        if identifier:
            self.ids.append(identifier)
        if "role" in attributes:
            self.read_tab(element)
        style = attributes.get("style")
        if style:
            self.text.strengthen(style)
        if element.tag == "section" and self.declared is None and attributes.get("class") in SECTION_NAMES:
            self.declared = (attributes["class"], element)
        if not block and not self.text.parts and ("class" in attributes or style):
            self.looks[-1] += f" {element.tag}.{attributes.get('class', '')}|{style or ''}"
        return True

    def read_zone(self, element: Any, block: bool) -> bool:
        """Note that furniture begins; ``False`` when it is inside a line of text, where it is taken out at once."""
        zone = "hidden" if is_hidden(element) else find_zone(element, element.attrib)
        zone = zone or ("call to action" if element in self.prompts else None)
        if self.box is None and is_box(element.tag, element.get("class", "")):
            self.boxes += 1
            self.box = (self.boxes, element)
        if zone and block:
            self.zone = (zone, element)
        elif zone and (element.tag not in WORDING or zone in ("hidden", "page tools")):
            text = " ".join("".join(element.itertext()).split())
            if text:
                self.lines.append(Line(text, zone=zone))
            return False
        return True

    def read_tab(self, element: Any) -> None:
        """Keep the label of a tab, and make it the heading of the panel it opens."""
        attributes = element.attrib
        if attributes["role"] == "tab" and attributes.get("id"):
            self.tabs[attributes["id"]] = " ".join("".join(element.itertext()).split())
        elif (
            attributes["role"] == "tabpanel"
            and self.tabs.get(attributes.get("aria-labelledby", ""))
            and not is_whole(element)
        ):
            label = self.tabs[attributes["aria-labelledby"]]
            self.lines.append(Line(label, "heading", self.panel_rank(len(self.text.styles)), "tab of the panel"))

    def flush(self) -> None:
        """Turn the text since the last block border into lines."""
        parts = self.text.take()
        if not parts:
            return
        for piece in read_pieces(parts, keep_breaks=self.looks[-1] == "pre"):
            self.lines.append(self.line(piece))
            self.prose = self.prose or piece.words > LONGEST_STYLED
        self.ids, self.text.hrefs, self.text.backs = [], [], []

    def line(self, piece: Piece) -> Line:
        """Give the line that one piece of text is in the present state."""
        item = self.lists.item
        rank, rule = self.rank(piece, item)
        zone = self.zone[0] if self.zone else "button" if rule == "button" else None
        kind: LineKind = "heading" if rank and rule not in ("dt", "th") else "paragraph"
        number, group = None, item.group if item else 0
        if item and item.fresh and not rank:
            kind, number, item.fresh = "item", item.number, False
            rule = LETTERED if item.lettered else rule
        return Line(
            BRACKETED.sub(r"\1", piece.text) if MARK_OPEN in piece.text else piece.text,
            kind,
            rank,
            rule,
            zone,
            piece.linked,
            self.declared[0] if self.declared else None,
            tuple(self.ids),
            group,
            number,
            self.looks[-1],
            piece.lead,
            tuple(self.text.hrefs),
            self.box[0] if self.box else 0,
            tuple(self.text.backs),
        )

    def rank(self, piece: Piece, item: Item | None) -> tuple[float, str]:
        """Give the rank of a line as a heading, 0 for none, and what it is by its element or its style."""
        look = self.looks[-1]
        if self.heading:
            return (0, "button") if self.heading[1] == "button" else self.heading[:2]
        if self.column_header and look.startswith("th"):
            return 0, COLUMN
        if look.startswith("dt") or (self.row_header and look.startswith("th")):
            return self.panel_rank(len(self.text.styles) - 1), look[:2]
        if (item and not item.opens) or piece.words > LONGEST_HEADING or piece.text[-1] in ".,;":
            return 0, self.cell
        if piece.strength:
            if item:
                item.fresh = False
            return STRONG_RANKS[piece.strength] + (NESTED if item else 0), "bold line"
        styled = not item and piece.linked < LINKED and piece.words <= LONGEST_STYLED and HEADING_NAMES.search(look)
        return (STYLED_RANK, "class of a heading") if styled else (0, self.cell)
