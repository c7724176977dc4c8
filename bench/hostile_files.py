"""Article files spoilt at random: cut, mixed, flipped, stuffed with what is known to break parsers."""

import json
import random
from collections.abc import Callable
from pathlib import Path

ENTITY_BOMB = (
    b'<!DOCTYPE z [<!ENTITY a "aaaaaaaaaa">'
    + b"".join(b'<!ENTITY %c "%s">' % (98 + n, b"&%c;" % (97 + n) * 10) for n in range(9))
    + b"]><p>&j;</p>"
)
EXTERNAL_ENTITY = b'<!DOCTYPE z [<!ENTITY x SYSTEM "file:///etc/passwd">]><p>&x;</p>'
STUFFING: tuple[bytes, ...] = (
    b"\0" * 50,
    b"\xff\xfe\xfd",
    b"\xed\xa0\x80",  # a lone surrogate
    b"<div>" * 5_000,
    b"<table><tr><td>" * 500,
    b"</p></div></body></html>",
    b"<!--",
    b"<script>",
    b"<![CDATA[",
    b"<p " + b'a="b" ' * 2_000 + b">",
    b"&#x110000;&#0;&#xd800;&notanentity;&" * 50,
    ENTITY_BOMB,
    EXTERNAL_ENTITY,
    b"[1]" * 2_000,
    b"[" * 3_000,
    b"(" * 3_000 + b")" * 3_000,
    b"[1-99999999999]",
    b"[1,2,3,4-7, 9]" * 100,
    b". " * 3_000,
    b"A. B. C. D. " * 500,
    b'"' * 1_001,
    b"&" * 3_000,
    b"-" * 5_000 + b"\n",
    b"#" * 500 + b" Heading\n",
    b"> " * 500 + b"deep\n",
    b"- " * 500 + b"deep\n",
    b"*_`~" * 1_000,
    b"[a](" * 500,
    b"![" * 1_000,
    b"|" * 2_000 + b"\n|" + b"-|" * 2_000,
    b"x" * 100_000,
    b"\xc2\xa0" * 5_000,
    b"\n" * 20_000,
    b"\r\n\t \x0b\x0c\x1c\x85" * 100,
    "\u202e\u2066\ufeff\u200b".encode() * 200,
    "\U0001f9e0e\u0301".encode() * 300,
    b"REFERENCES:\n" * 50,
    b"References\n1. " + b"Smith, J., " * 500 + b"et al.\n",
    b"\n1. doi:10." + b"1/" * 500,
    b"doi.org/10.1000/" + b"%" * 300,
    b"http://" + b"a." * 1_000 + b"com/",
    b"Updated: 99/99/9999. Published: Feb 30, 2021. Reviewed: 00000000000",
    b"Written by " + b"Dr. A, " * 300,
    b"<script>alert(1)</script><img src=x onerror=alert(2)>",
    b'"><svg onload=alert(3)>',
    b"{{ 7*7 }}{% for x in y %}",
    b'{"title": ' + b"[" * 5_000,
    b'{"title": "\\ud800", "sections": [{"heading": null, "text": 5}]}',
    b'{"title": "a", "sections": {"x": 1}, "references": [1, null, {"a": []}], "authors": "x", "updated": 5}',
    b'{"a":' * 3_000,
    b'{"title": "' + b"9" * 6_000 + b'", "updated": ' + b"9" * 6_000 + b"}",
    b'{"title": NaN, "title": Infinity}',
)
SUFFIXES = (".html", ".htm", ".md", ".txt", ".jsonl")
LONGEST = 300_000  # bytes of a spoilt file
ENCODINGS = ("utf-16", "utf-16-le", "utf-32", "latin-1", "cp1252", "utf-7", "shift_jis")

Originals = list[tuple[str, bytes]]


def read_originals(folders: list[Path]) -> Originals:
    """Give suffix and bytes of every article file below some folders."""
    paths = sorted(path for folder in folders for path in folder.rglob("*") if path.suffix in SUFFIXES)
    return [(path.suffix, path.read_bytes()) for path in paths]


def spoil(originals: Originals, chance: random.Random) -> tuple[str, bytes]:
    """Give the suffix and bytes of one spoilt file."""
    suffix, data = chance.choice(originals)
    for _ in range(chance.randint(1, 5)):
        data = chance.choice(SPOILERS)(data, originals, chance)[:LONGEST]
    if chance.random() < 0.15:
        suffix = chance.choice(SUFFIXES)
    if suffix == ".jsonl" and chance.random() < 0.6:
        data = _as_line(data, chance)
    return suffix, data


def _cut(data: bytes, _originals: Originals, chance: random.Random) -> bytes:
    return data[: chance.randrange(len(data) + 1)]


def _remove(data: bytes, _originals: Originals, chance: random.Random) -> bytes:
    start = chance.randrange(len(data) + 1)
    return data[:start] + data[start + chance.randint(1, 2_000) :]


def _repeat(data: bytes, _originals: Originals, chance: random.Random) -> bytes:
    start = chance.randrange(len(data) + 1)
    piece = data[start : start + chance.randint(1, 400)]
    return data[:start] + piece * chance.randint(2, 100) + data[start:]


def _mix(data: bytes, originals: Originals, chance: random.Random) -> bytes:
    other = chance.choice(originals)[1]
    return data[: chance.randrange(len(data) + 1)] + other[chance.randrange(len(other) + 1) :]


def _flip(data: bytes, _originals: Originals, chance: random.Random) -> bytes:
    changed = bytearray(data)
    for _ in range(chance.randint(1, 50) if changed else 0):
        changed[chance.randrange(len(changed))] = chance.randrange(256)
    return bytes(changed)


def _stuff(data: bytes, _originals: Originals, chance: random.Random) -> bytes:
    start = chance.choice((0, len(data), chance.randrange(len(data) + 1)))
    return data[:start] + chance.choice(STUFFING) + data[start:]


def _shuffle(data: bytes, _originals: Originals, chance: random.Random) -> bytes:
    lines = data.split(b"\n")
    chance.shuffle(lines)
    return b"\n".join(lines)


def _encode(data: bytes, _originals: Originals, chance: random.Random) -> bytes:
    return data.decode("utf-8", "replace").encode(chance.choice(ENCODINGS), "replace")


def _join_lines(data: bytes, _originals: Originals, _chance: random.Random) -> bytes:
    return data.replace(b"\n", b" ")


def _as_line(data: bytes, chance: random.Random) -> bytes:
    text = data.decode("utf-8", "replace")
    middle = chance.randrange(len(text) + 1)
    parts = [{"heading": text[:40], "text": text[:middle]}, {"heading": "Causes", "text": text[middle:]}]
    row = {"title": text[:60], "sections": parts, "references": text[middle : middle + 900].splitlines()}
    return json.dumps(row, ensure_ascii=chance.random() < 0.5).encode("utf-8", "replace")


SPOILERS: tuple[Callable[[bytes, Originals, random.Random], bytes], ...] = (
    _cut, _remove, _repeat, _mix, _flip, _stuff, _stuff, _stuff, _shuffle, _encode, _join_lines,
)  # fmt: skip
