"""Answers carry the generation they were made from, so that who has one already is told that nothing changed."""

import hashlib
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from flask import Blueprint, Flask, Response, g, request

from kb.resources import PACKAGE, find_folder
from kb.site import current_index

WITHOUT_INDEX = frozenset(  # endpoints that answer the same whatever was indexed, or never the same
    {"api.page", "api.openapi", "static", "health.healthz", "machines.robots", "machines.opensearch"}
)
CODE_SUFFIXES = frozenset({".py", ".html", ".xml", ".txt", ".toml", ".css", ".js", ".svg"})
TAG_BYTES = 6


def register_unchanged(target: Flask | Blueprint) -> None:
    """Let an application or a blueprint answer 304 to whoever has the answer of this generation already."""
    target.before_request(answer_unchanged)
    target.after_request(add_tag)


def answer_unchanged() -> Response | None:
    """Answer 304 when the caller's tag is that of this address and generation; raises IndexProblem without an index."""
    is_read = request.method in ("GET", "HEAD")
    if "tag" in g or request.endpoint is None or request.endpoint in WITHOUT_INDEX or not is_read:
        return None
    if request.blueprint == "admin":  # never the same, and not to be kept
        return None
    snapshot = current_index().snapshot()
    g.tag = build_tag(snapshot.generation, snapshot.identity)
    if request.if_none_match.contains_weak(g.tag):
        return add_tag(Response(status=304))
    return None


def build_tag(generation: int, identity: str) -> str:
    """Give the tag of the asked address at a generation, such as ``12-a81f00c3b2d1``.

    It changes with the release, with an index made anew that counts its generations from the start again, and with
    the day, for pages say how old an article is.
    """
    day = datetime.now(UTC).date().isoformat()
    whole = "\0".join((find_release(), identity, day, request.full_path))
    digest = hashlib.blake2b(whole.encode(errors="replace"), digest_size=TAG_BYTES).hexdigest()
    return f"{generation}-{digest}"


@cache
def find_release() -> str:
    """Give what tells this release's code, templates and static files from another's; read once a process."""
    digest = hashlib.blake2b(digest_size=TAG_BYTES)
    for folder in (PACKAGE, find_folder("templates")):
        for path in sorted(Path(folder).rglob("*")):
            if path.suffix in CODE_SUFFIXES and path.is_file():
                digest.update(path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


def add_tag(response: Response) -> Response:
    """Add the tag to a good answer; it is weak, for the time a search took differs between two equal answers.

    Any cache must ask before it gives the answer again; what was asked stays out of caches that people share.
    """
    if response.status_code in (200, 304) and "tag" in g:
        response.set_etag(g.tag, weak=True)
        response.headers["Cache-Control"] = "private, no-cache" if request.query_string else "no-cache"
    return response
