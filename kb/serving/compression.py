"""Answers travel compressed where the client takes it; gzip of the standard library, nothing secret in what it packs.

Pages hold no secret that lasts longer than one answer, so their length gives none away (BREACH). A page that does, such
as one with a form token, says ``Cache-Control: no-store`` and is sent as it is.
"""

import gzip
from functools import lru_cache
from pathlib import Path
from typing import Any

from flask import Flask, Response, request

SMALLEST = 1_000  # bytes; below, packing costs more than it saves
LARGEST = 32 << 20  # bytes; beyond, one answer would keep a thread busy for a second
LEVEL = 5
KINDS = frozenset(
    {
        "application/javascript",
        "application/json",
        "application/ld+json",
        "application/opensearchdescription+xml",
        "application/problem+json",
        "application/vnd.citationstyles.csl+json",
        "application/x-bibtex",
        "application/x-research-info-systems",
        "image/svg+xml",
    }
)


def register_compression(app: Flask) -> None:
    """Let the application compress its answers."""
    app.after_request(compress)


def compress(response: Response) -> Response:
    """Compress an answer if it is text, long enough, and the client takes gzip; say that it depends on the client."""
    if not _is_text(response.mimetype) or "no-store" in response.headers.get("Cache-Control", ""):
        return response
    response.vary.add("Accept-Encoding")
    if (
        response.status_code != 200
        or "Content-Encoding" in response.headers
        or "Content-Range" in response.headers
        or request.accept_encodings.quality("gzip") <= 0
    ):
        return response
    packed = _pack_file(response) if response.direct_passthrough else _pack(response)
    if packed is not None:
        response.direct_passthrough = False
        response.set_data(packed)
        response.headers["Content-Encoding"] = "gzip"
        response.headers.pop("Accept-Ranges", None)
        tag, _ = response.get_etag()
        if tag:
            response.set_etag(tag, weak=True)  # other bytes, the same content
    return response


def _is_text(kind: str | None) -> bool:
    return kind is not None and (kind.startswith("text/") or kind in KINDS)


def _pack(response: Response) -> bytes | None:
    if response.is_streamed:
        return None
    data = response.get_data()
    return gzip.compress(data, LEVEL, mtime=0) if SMALLEST <= len(data) <= LARGEST else None


def _pack_file(response: Response) -> bytes | None:
    """Give a static file packed; each is packed once, until it changes."""
    wrapper: Any = response.response  # werkzeug's, around an open file
    file = getattr(wrapper, "file", None)
    name = getattr(file, "name", None)
    if file is None or not isinstance(name, str):
        return None
    status = Path(name).stat()
    if not SMALLEST <= status.st_size <= LARGEST:
        return None
    packed = _read_packed(name, status.st_mtime_ns, status.st_size)
    file.close()
    return packed


@lru_cache(maxsize=32)
def _read_packed(name: str, _changed: int, _size: int) -> bytes:
    return gzip.compress(Path(name).read_bytes(), 9, mtime=0)
