"""Answers carry the generation they were made from, so that who has one already is told that nothing changed."""

import hashlib

from flask import Blueprint, Response, g, request

from kb.site import current_index

FORM = "1"  # raise it when the same index would give other bytes: the shape of an answer, a writer of exports
WITHOUT_INDEX = frozenset({"api.page", "api.openapi"})  # endpoints that answer the same whatever was indexed


def register_unchanged(blueprint: Blueprint) -> None:
    """Let the views of a blueprint answer 304 to whoever has the answer of this generation already."""
    blueprint.before_request(answer_unchanged)
    blueprint.after_request(add_tag)


def answer_unchanged() -> Response | None:
    """Answer 304 when the caller's tag is that of this address and generation; raises IndexProblem without an index."""
    if request.endpoint in WITHOUT_INDEX:
        return None
    g.tag = build_tag(current_index().snapshot().generation)
    if request.if_none_match.contains_weak(g.tag):
        return add_tag(Response(status=304))
    return None


def build_tag(generation: int) -> str:
    """Give the tag of the asked address at a generation, such as ``1-12-a81f00c3``."""
    address = hashlib.blake2b(request.full_path.encode(errors="replace"), digest_size=4).hexdigest()
    return f"{FORM}-{generation}-{address}"


def add_tag(response: Response) -> Response:
    """Add the tag to a good answer; it is weak, for the time a search took differs between two equal answers."""
    if response.status_code in (200, 304) and "tag" in g:
        response.set_etag(g.tag, weak=True)
        response.headers["Cache-Control"] = "no-cache"
    return response
