"""A posting list of arrays as the matcher that stock Whoosh walks: its searchers read the same files as ours."""

from collections.abc import Iterator
from typing import Any

import numpy as np

from indexer.disk.posting_arrays import PostingArrays
from indexer.engine import matching


class ArrayMatcher(matching.LeafMatcher):  # type: ignore[misc]  # Whoosh is untyped
    """Walks one list; it is one block to Whoosh's quality skipping, with the bounds its term info knows."""

    def __init__(self, postings: PostingArrays, info: Any, format_: Any, term: Any = None, scorer: Any = None) -> None:
        self._postings = postings
        self._starts = postings.position_starts() if postings.positions is not None else None
        self._info = info
        self.format = format_
        self._term = term
        self.scorer = scorer
        self._place = 0

    def is_active(self) -> bool:
        """Say whether there is a current posting."""
        return self._place < len(self._postings.ids)

    def reset(self) -> None:
        """Go back to the first posting."""
        self._place = 0

    def copy(self) -> "ArrayMatcher":
        """Give a matcher of its own at the same place."""
        other = ArrayMatcher(self._postings, self._info, self.format, self._term, self.scorer)
        other._place = self._place
        return other

    def id(self) -> int:
        """Give the current document number."""
        return int(self._postings.ids[self._place])

    def all_ids(self) -> Iterator[int]:
        """Give the document numbers from here on."""
        return iter(self._postings.ids[self._place :].tolist())

    def next(self) -> bool:
        """Go to the next posting; True when that was the last."""
        if not self.is_active():
            raise matching.ReadTooFar
        self._place += 1
        return not self.is_active()

    def skip_to(self, target: int) -> None:
        """Go to the first posting at or after document `target`."""
        if not self.is_active():
            raise matching.ReadTooFar
        self._place = max(self._place, int(np.searchsorted(self._postings.ids, target)))

    def weight(self) -> float:
        """Give the count of the current posting."""
        return float(self._postings.counts[self._place])

    def value(self) -> bytes:
        """Give the packed positions of the current posting, empty where none are kept."""
        if self._starts is None or self._postings.positions is None:
            return b""
        start, end = self._starts[self._place : self._place + 2]
        return self._postings.positions[start:end].tobytes()

    def supports_block_quality(self) -> bool:
        """Say whether the scorer can bound a block."""
        return self.scorer is not None and bool(self.scorer.supports_block_quality())

    def block_min_length(self) -> int:
        """Give the length of the shortest field in the list, in words."""
        return self._info.min_length()  # type: ignore[no-any-return]  # Whoosh is untyped

    def block_max_length(self) -> int:
        """Give the length of the longest field in the list, in words."""
        return self._info.max_length()  # type: ignore[no-any-return]  # Whoosh is untyped

    def block_max_weight(self) -> float:
        """Give the highest count in the list."""
        return self._info.max_weight()  # type: ignore[no-any-return]  # Whoosh is untyped

    def skip_to_quality(self, minimum: float) -> int:
        """Leave the list when nothing in it can reach `minimum`, and give the number of blocks left behind."""
        if self.block_quality() > minimum:
            return 0
        self._place = len(self._postings.ids)
        return 1
