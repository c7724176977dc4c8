"""Pages for programs: robots.txt, the search description for browsers."""

from flask import Blueprint, Response, render_template

pages = Blueprint("machines", __name__)


@pages.get("/robots.txt")
def robots() -> Response:
    """Give what crawlers may fetch: pages, but not every combination of filters."""
    return Response(render_template("robots.txt"), mimetype="text/plain")


@pages.get("/opensearch.xml")
def opensearch() -> Response:
    """Give the description with which a browser adds this search."""
    return Response(render_template("opensearch.xml"), mimetype="application/opensearchdescription+xml")
