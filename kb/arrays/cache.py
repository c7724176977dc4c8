"""A least-recently-used cache with a budget in bytes, shared by threads."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Any, Generic, TypeVar

Value = TypeVar("Value")

ENTRY_BYTES = 200  # what an entry costs beside its value: key, list node, object header


class ByteCache(Generic[Value]):
    """Keeps values until their sizes, by `measure` in bytes, go beyond `budget`; then the longest unused go.

    Two threads may compute the same value at once; both get a right one and one of them is kept.
    """

    def __init__(self, budget: int, measure: Callable[[Value], int]) -> None:
        self._budget = budget
        self._measure = measure
        self._entries: OrderedDict[Hashable, tuple[Value, int]] = OrderedDict()
        self._used = 0
        self._lock = Lock()

    def find(self, key: Hashable, compute: Callable[[], Value]) -> Value:
        """Give the value of `key`, computed now if it is not kept."""
        with self._lock:
            entry = self._entries.get(key)
            if entry is not None:
                self._entries.move_to_end(key)
                return entry[0]
        value = compute()
        size = self._measure(value) + ENTRY_BYTES
        if size <= self._budget:
            self._keep(key, value, size)
        return value

    def forget(self, is_stale: Callable[[Any], bool]) -> None:
        """Let the values go whose keys are stale: nobody will ask for them again."""
        with self._lock:
            for key in [key for key in self._entries if is_stale(key)]:
                _, freed = self._entries.pop(key)
                self._used -= freed

    def _keep(self, key: Hashable, value: Value, size: int) -> None:
        with self._lock:
            if key in self._entries:
                return
            self._entries[key] = value, size
            self._used += size
            while self._used > self._budget:
                _, (_, freed) = self._entries.popitem(last=False)
                self._used -= freed
