"""Values computed once for the life of their holder, by whichever thread asks first."""

from collections.abc import Callable
from threading import RLock
from typing import Any


class Kept:
    """What a segment or a generation has, with what was derived from it."""

    def __init__(self) -> None:
        self._kept: dict[Any, Any] = {}
        self._lock = RLock()

    def keep(self, key: Any, compute: Callable[[], Any]) -> Any:
        """Give what `compute` gives; the other threads wait for the first, and a failure is kept for nobody."""
        try:
            return self._kept[key]
        except KeyError:
            with self._lock:
                if key not in self._kept:
                    self._kept[key] = compute()
                return self._kept[key]
