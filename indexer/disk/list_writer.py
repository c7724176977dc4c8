"""Posting lists go to disk many at a time: what numpy can do for a whole block of terms is not done for each.

The bytes are those that `indexer.disk.posting_arrays` reads and Whoosh's own term table finds.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import md5
from typing import Any

import numpy as np
from numpy.typing import NDArray

from indexer.disk.posting_arrays import HEADER, MAGIC, CountKind, padded
from indexer.disk.posting_pool import LOW_BITS, Lists
from indexer.engine import codec, filetables

TERM_INFO = np.dtype(  # what `W3TermInfo._struct` packs, and where the list is
    [
        ("inlined", "u1"),
        ("weight", ">f4"),
        ("documents", ">u4"),
        ("shortest", "u1"),
        ("longest", "u1"),
        ("highest_weight", ">f4"),
        ("first", ">u4"),
        ("last", ">u4"),
        ("place", ">i8"),
        ("size", ">i4"),
    ]
)
Bounds = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Statistics:
    """The same number for each list of a block, as Python lists: what a term's row needs."""

    starts: list[int]
    ends: list[int]
    totals: list[int]
    most: list[int]
    least: list[int]
    first: list[int]
    last: list[int]


def length_bounds(lengths: Any, name: str) -> Bounds:
    """Give the shortest and longest length byte of a field: bounds for each of its terms."""
    found: NDArray[np.uint8] = lengths.read_length_bytes(name)
    found = found[found > 0]
    return (int(found.min()), int(found.max())) if len(found) else (1, 1)


def write_lists(writer: Any, with_positions: bool, bounds: Bounds, blocks: Iterable[Lists]) -> None:
    """Write the lists of one field, sorted by term, with a codec's field writer that has started the field."""
    for block in blocks:
        _write_block(writer, with_positions, bounds, block)


def _write_block(writer: Any, with_positions: bool, bounds: Bounds, block: Lists) -> None:
    packed, ends = block.postings, block.ends
    starts = np.concatenate(([0], ends[:-1]))
    ids, lows = (packed >> np.uint64(LOW_BITS)).astype("<u4"), packed.astype("<u2")
    if with_positions:
        begins = np.ones(len(ids), bool)
        begins[1:] = ids[1:] != ids[:-1]
        begins[starts] = True
        places = np.flatnonzero(begins)
        counts, ids = np.diff(places, append=len(ids)), ids[places]
        tails = _slices(lows.tobytes(), 2, starts.tolist(), ends.tolist())
        starts, ends = np.searchsorted(places, starts), np.searchsorted(places, ends)
    else:
        counts = lows.astype(np.int64)
        tails = (b"" for _ in block.terms)
    statistics = _measure(ids, counts, starts, ends)
    heads = _pack_heads(ids, counts, statistics, with_positions)
    data = [head + tail for head, tail in zip(heads, tails, strict=True)]
    sizes = [len(part) for part in data]
    _write_terms(writer, block.terms, _pack_rows(statistics, bounds, writer._postfile.tell(), sizes))
    writer._postfile.write(b"".join(data))


def _measure(ids: NDArray[Any], counts: NDArray[Any], starts: NDArray[Any], ends: NDArray[Any]) -> Statistics:
    return Statistics(
        starts.tolist(),
        ends.tolist(),
        np.add.reduceat(counts, starts).tolist(),
        np.maximum.reduceat(counts, starts).tolist(),
        np.minimum.reduceat(counts, starts).tolist(),
        ids[starts].tolist(),
        ids[ends - 1].tolist(),
    )


def _slices(data: bytes, width: int, starts: list[int], ends: list[int]) -> Iterator[bytes]:
    for start, end in zip(starts, ends, strict=True):
        yield padded(data[width * start : width * end])


def _pack_heads(ids: NDArray[Any], counts: NDArray[Any], known: Statistics, with_positions: bool) -> Iterator[bytes]:
    """Give each list up to its counts."""
    id_bytes, small, large = ids.tobytes(), counts.astype(np.uint8).tobytes(), counts.astype("<f4")
    pack = HEADER.pack
    for start, end, most, least in zip(known.starts, known.ends, known.most, known.least, strict=True):
        body = id_bytes[4 * start : 4 * end]
        if most == least:
            yield pack(MAGIC, end - start, CountKind.SAME, with_positions, most) + body
            continue
        kind = CountKind.BYTES if most < 256 else CountKind.FLOATS
        packed = padded(small[start:end]) if most < 256 else large[start:end].tobytes()
        yield pack(MAGIC, end - start, kind, with_positions, large[start]) + body + packed


def _pack_rows(known: Statistics, bounds: Bounds, place: int, sizes: Sequence[int]) -> bytes:
    """Give what the term table says of each list; the first one is written at `place`."""
    rows = np.zeros(len(sizes), TERM_INFO)
    rows["weight"], rows["highest_weight"] = known.totals, known.most
    rows["documents"] = np.subtract(known.ends, known.starts)
    rows["shortest"], rows["longest"] = bounds
    rows["first"], rows["last"] = known.first, known.last
    rows["place"], rows["size"] = place + np.cumsum(sizes) - sizes, sizes
    return rows.tobytes()


def _write_terms(writer: Any, terms: Sequence[str], packed: bytes) -> None:
    """Write the row of each term into the term table, as its `add` would."""
    table = writer._tindex
    prefix = codec.pack_ushort(writer._fieldid)
    position, width = table.dbfile.tell(), TERM_INFO.itemsize
    rows, buckets, key = [], table.buckets, b""
    for number, term in enumerate(terms):
        key = prefix + term.encode()
        row = filetables._lengths.pack(len(key), width) + key + packed[width * number : width * (number + 1)]
        rows.append(row)
        table.index.append(position)
        hashed = int.from_bytes(md5(key, usedforsecurity=False).digest()[-4:])  # as Whoosh's md5_hash
        buckets[hashed & 255].append((hashed, position))
        position += len(row)
    table.dbfile.write(b"".join(rows))
    table.lastkey = key
