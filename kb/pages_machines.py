"""Pages for programs: robots.txt, the search description for browsers, and suggestions while typing."""

from flask import Blueprint, Response, jsonify, render_template, request

from kb.search import suggest
from kb.site import current_index

pages = Blueprint("machines", __name__)

LONGEST_PREFIX = 100  # characters of what somebody is typing


@pages.get("/robots.txt")
def robots() -> Response:
    """Give what crawlers may fetch: pages, but not every combination of filters."""
    return Response(render_template("robots.txt"), mimetype="text/plain")


@pages.get("/opensearch.xml")
def opensearch() -> Response:
    """Give the description with which a browser adds this search."""
    return Response(render_template("opensearch.xml"), mimetype="application/opensearchdescription+xml")


@pages.get("/api/suggest")
def suggestions() -> Response:
    """Give what the typed text may become."""
    return jsonify(suggest(current_index(), request.args.get("q", "")[:LONGEST_PREFIX]))
