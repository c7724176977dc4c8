"""Bytes of an article become text, by the charset they declare, else by the one they look like."""

import codecs
import re

import charset_normalizer
from bs4.dammit import EncodingDetector

from indexer.model import Warning

SAMPLE = 65_536  # bytes that are looked at to tell text from binary content, and to detect a charset
WINDOWS_LATIN = "cp1252"
READ_AS_WINDOWS = frozenset({"ascii", "iso8859-1", "latin-1", "cp1252", "iso8859-15"})  # as browsers do
SIGNATURES = (
    b"%PDF-",
    b"\x89PNG",
    b"GIF8",
    b"\xff\xd8\xff",
    b"PK\x03\x04",
    b"\x1f\x8b",
    b"\x7fELF",
    b"\xd0\xcf\x11\xe0",
)
CONTROL = bytes(set(range(32)) - {9, 10, 12, 13, 27}) + b"\x7f"
CONTROL_SHARE = 0.02  # of control characters; text has none or a few by accident
MIXED_SHARE = 0.3  # of the non-ASCII characters that may be broken in text that is still UTF-8


def decode(data: bytes, kind: str) -> tuple[str, tuple[Warning, ...]] | None:
    """Give the text of an article of a format (html, markdown, text, jsonl) and doubts about it; None for no text."""
    data, marked = EncodingDetector.strip_byte_order_mark(data)
    if marked is not None:
        return _replaced(data, marked)
    if data.startswith(SIGNATURES):
        return None
    if (wide := _wide_charset(data[:SAMPLE])) is not None:
        return _replaced(data, wide)
    if len(data[:SAMPLE].translate(None, CONTROL)) < len(data[:SAMPLE]) * (1 - CONTROL_SHARE):
        return None
    return _decode_narrow(data, _declared_charset(data) if kind == "html" else None)


def _decode_narrow(data: bytes, declared: str | None) -> tuple[str, tuple[Warning, ...]]:
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    else:
        if declared in (None, "utf-8", *READ_AS_WINDOWS) or text.isascii():
            doubt = () if declared in (None, "utf-8") or text.isascii() else (_wrong_declaration(declared),)
            return _without_nulls(text, doubt)
    if declared not in (None, "utf-8"):
        assert declared is not None
        return _replaced(data, WINDOWS_LATIN if declared in READ_AS_WINDOWS else declared)
    if (mixed := _decode_mixed(data)) is not None:
        return mixed
    best = charset_normalizer.from_bytes(data[:SAMPLE]).best()
    return _replaced(data, best.encoding if best else WINDOWS_LATIN)


def _declared_charset(data: bytes) -> str | None:
    declared = EncodingDetector.find_declared_encoding(data, is_html=True)
    try:
        name = codecs.lookup(declared).name if declared else None
    except LookupError:
        return None
    # a page that could be read as far as its declaration is not in a wide charset; browsers take UTF-8 then
    return "utf-8" if name is not None and name.startswith(("utf-16", "utf-32", "utf-8")) else name


def _wide_charset(sample: bytes) -> str | None:
    """Give UTF-16's byte order when every other byte is mostly zero, as in Latin text without a mark."""
    even, odd = sample[0::2], sample[1::2]
    if len(odd) < 4:
        return None
    if odd.count(0) > 0.6 * len(odd) and even.count(0) < 0.1 * len(even):
        return "utf-16-le"
    if even.count(0) > 0.6 * len(even) and odd.count(0) < 0.1 * len(odd):
        return "utf-16-be"
    return None


def _decode_mixed(data: bytes) -> tuple[str, tuple[Warning, ...]] | None:
    """Give UTF-8 text in which a few bytes are from another charset (pages pasted together), else None."""
    text = data.decode("utf-8", "surrogateescape")
    broken = sum("\udc80" <= letter <= "\udcff" for letter in text)
    foreign = sum(letter > "\x7f" for letter in text)
    if broken > MIXED_SHARE * foreign:
        return None
    mended = re.sub(
        "[\udc80-\udcff]", lambda match: bytes([ord(match[0]) - 0xDC00]).decode(WINDOWS_LATIN, "replace"), text
    )
    doubt = Warning("mixed-encoding", f"{broken} bytes are not UTF-8 like the rest and were read as Windows-1252.")
    return _without_nulls(mended, (doubt,))


def _replaced(data: bytes, charset: str) -> tuple[str, tuple[Warning, ...]]:
    """Give the text in a charset, with a doubt when bytes had to be replaced."""
    try:
        text = data.decode(charset)
        doubts: tuple[Warning, ...] = ()
    except UnicodeDecodeError:
        text = data.decode(charset, "replace")
        count = text.count("�")
        doubts = (
            Warning("replaced-characters", f"{count} characters are not valid {charset} and were replaced by �."),
        )
    return _without_nulls(text, doubts)


def _wrong_declaration(declared: str | None) -> Warning:
    return Warning("wrong-charset", f"It declares {declared} but is UTF-8, and was read as that.")


def _without_nulls(text: str, doubts: tuple[Warning, ...]) -> tuple[str, tuple[Warning, ...]]:
    if "\0" not in text:
        return text, doubts
    doubt = Warning("null-characters", f"{text.count(chr(0))} null characters were left out.")
    return text.replace("\0", ""), (*doubts, doubt)
