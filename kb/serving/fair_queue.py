"""Work waits in a line for each address, and who has had the least lately comes next: a flood delays itself."""

import time
from collections import Counter, OrderedDict, deque
from collections.abc import Callable
from typing import Any

WINDOW_SECONDS = 10.0  # what was served in this window and in the one before counts


class FairQueue:
    """Tasks in the order of how little their addresses have had: what waitress uses of a deque, under its lock.

    Among equal ones the line that has waited longest comes first.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lines: OrderedDict[str, deque[Any]] = OrderedDict()
        self._length = 0
        self._served: Counter[str] = Counter()
        self._served_before: Counter[str] = Counter()
        self._window = clock()

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
        self._turn_window()
        address = min(self._lines, key=lambda name: self._served[name] + self._served_before[name])
        line = self._lines.pop(address)
        task = line.popleft()
        self._length -= 1
        self._served[address] += 1
        if line:
            self._lines[address] = line
        return task

    def _turn_window(self) -> None:
        now = self._clock()
        if now - self._window > WINDOW_SECONDS:
            is_next = now - self._window <= 2 * WINDOW_SECONDS
            self._served_before = self._served if is_next else Counter()
            self._served = Counter()
            self._window = now


def _address(task: Any) -> str:
    address = getattr(task, "addr", None)
    return str(address[0]) if address else ""
