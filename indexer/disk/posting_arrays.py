"""One posting list as arrays, and the bytes it has on disk.

A list is a header (`HEADER`), then document numbers (uint32), then counts (uint8 or float32, absent when all are
alike), then, in a field with positions, all positions (uint16) one document after the other: as many for each as its
count says. Everything is little-endian, and every part starts at a multiple of four bytes.
"""

import struct
from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

MAGIC = b"KBP1"
HEADER = struct.Struct("<4sIBB2xf")  # magic, documents, kind of counts, 1 with positions, the count all share

Ids = NDArray[np.uint32]
Counts = NDArray[np.uint8] | NDArray[np.float32]


class PostingFormatError(ValueError):
    """The bytes are no posting list, or the values cannot be written as one."""


class CountKind(IntEnum):
    """How the counts of a list are written."""

    SAME = 0
    BYTES = 1
    FLOATS = 2


@dataclass(frozen=True, slots=True)
class PostingArrays:
    """The documents of a term, ascending, how often each has it, and where (the positions of all, joined)."""

    ids: Ids
    counts: Counts
    positions: NDArray[np.uint16] | None = None

    def position_starts(self) -> NDArray[np.int64]:
        """Give, for each document and one beyond, where its positions start in `positions`."""
        starts = np.zeros(len(self.ids) + 1, np.int64)
        np.cumsum(self.counts, out=starts[1:], dtype=np.int64)
        return starts


def padded(data: bytes) -> bytes:
    """Give `data` filled up to a multiple of four bytes."""
    return data + b"\0" * (-len(data) % 4)


def pack_postings(ids: Sequence[int], weights: Sequence[float], values: Sequence[bytes]) -> bytes:
    """Give the bytes of a list; `values` are packed positions, or all empty.

    PostingFormatError when there are positions and their number is not the weight.
    """
    positions = b"".join(values)
    if positions and any(len(value) != 2 * weight for value, weight in zip(values, weights, strict=True)):
        raise PostingFormatError("a posting with positions needs its count as weight and 16 bits a position")
    counts = np.array(weights, np.float32)
    first = float(counts[0])
    if bool((counts == first).all()):
        kind, packed = CountKind.SAME, b""
    elif bool(((counts == np.floor(counts)) & (counts >= 0) & (counts < 256)).all()):
        kind, packed = CountKind.BYTES, padded(counts.astype(np.uint8).tobytes())
    else:
        kind, packed = CountKind.FLOATS, counts.astype("<f4").tobytes()
    header = HEADER.pack(MAGIC, len(ids), kind, bool(positions), first)
    return header + np.array(ids, "<u4").tobytes() + packed + padded(positions)


def read_postings(data: memoryview) -> PostingArrays:
    """Give the list in `data`, its arrays as views of it; PostingFormatError when it is none."""
    magic, count, kind, has_positions, same = HEADER.unpack_from(data)
    if magic != MAGIC:
        raise PostingFormatError(f"no posting list: it starts with {magic!r}")
    place = HEADER.size
    ids = np.frombuffer(data, "<u4", count, place)
    place += 4 * count
    counts: Counts
    if kind == CountKind.SAME and not np.isfinite(same):
        raise PostingFormatError("no posting list: its count is no number")
    if kind == CountKind.SAME:
        counts = _repeat(same, count)
    elif kind == CountKind.BYTES:
        counts = np.frombuffer(data, "u1", count, place)
        place += count + (-count % 4)
    else:
        counts = np.frombuffer(data, "<f4", count, place)
        place += 4 * count
    if not has_positions:
        return PostingArrays(ids, counts)
    if kind != CountKind.BYTES and not bool(((counts >= 0) & (counts <= len(data))).all()):
        raise PostingFormatError("no posting list: it counts more positions than it could hold")
    total = int(counts.sum(dtype=np.int64))
    return PostingArrays(ids, counts, np.frombuffer(data, "<u2", total, place))


def _repeat(value: float, count: int) -> Counts:
    """Give `value` as `count` items that take the memory of one."""
    if value == int(value) and 0 <= value < 256:
        return np.broadcast_to(np.uint8(value), (count,))
    return np.broadcast_to(np.float32(value), (count,))
