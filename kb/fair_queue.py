"""Work waits in a line for each address, and the lines take turns: a flood delays itself."""

from collections import OrderedDict, deque
from typing import Any


class FairQueue:
    """Tasks in the order in which their addresses take turns: what waitress uses of a deque, under its lock."""

    def __init__(self) -> None:
        self._lines: OrderedDict[str, deque[Any]] = OrderedDict()
        self._length = 0

    def __len__(self) -> int:
        """Give how many tasks wait."""
        return self._length

    def append(self, task: Any) -> None:
        """Put a task at the end of its address's line."""
        self._lines.setdefault(_address(task), deque()).append(task)
        self._length += 1

    def popleft(self) -> Any:
        """Take the first task of the line whose turn it is; IndexError when nothing waits."""
        if not self._lines:
            raise IndexError("nothing waits")
        address, line = self._lines.popitem(last=False)
        task = line.popleft()
        self._length -= 1
        if line:
            self._lines[address] = line
        return task


def _address(task: Any) -> str:
    address = getattr(task, "addr", None)
    return str(address[0]) if address else ""
