"""The lists and items of an HTML page that are open: which number an item has, whether its text is still to come."""

import re
from dataclasses import dataclass
from typing import Any

from indexer.markup.tags import LISTS

LETTERED = "counted by letters"  # the rule of such an item
LETTERS = re.compile(r"list-style(?:-type)?\s*:[^;]*(?:alpha|latin)", re.IGNORECASE)


@dataclass(slots=True)
class Item:
    """A list item that is open: its number if any, its list, whether its first line is still to come, or a heading."""

    number: int | None
    group: int
    fresh: bool = True
    opens: bool = False
    lettered: bool = False


@dataclass(slots=True)
class _List:
    ordered: bool
    last: int
    group: int
    lettered: bool = False


class OpenLists:
    """Follows the lists of a page; every list has a number of its own, its group."""

    def __init__(self) -> None:
        self._lists: list[_List] = []
        self._items: list[Item] = []
        self._groups = 0

    @property
    def item(self) -> Item | None:
        """Give the innermost item that is open."""
        return self._items[-1] if self._items else None

    def open_list(self, element: Any) -> None:
        """Take the start of a list."""
        start = element.get("start", "1")
        self._groups += 1
        last = int(start) - 1 if start.isdecimal() and len(start) < 6 else 0
        lettered = element.get("type") in ("a", "A") or LETTERS.search(element.get("style", "")) is not None
        self._lists.append(_List(element.tag == "ol", last, self._groups, lettered and element.tag == "ol"))

    def open_item(self, element: Any) -> None:
        """Take the start of an item."""
        around = self._lists[-1] if self._lists else _List(False, 0, 0)
        value = element.get("value", "")
        around.last = int(value) if value.isdecimal() and len(value) < 6 else around.last + 1
        opens = len(element) > 1 and element[0].tag in ("b", "strong") and element[1].tag in ("p", "div", "ul", "ol")
        self._items.append(Item(around.last if around.ordered else None, around.group, True, opens, around.lettered))

    def close(self, tag: str) -> None:
        """Take the end of an element that may be a list or an item."""
        if tag in LISTS and self._lists:
            self._lists.pop()
        elif tag == "li" and self._items:
            self._items.pop()
