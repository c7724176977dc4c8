"""Errors of the API as problem details (RFC 9457), so that a program learns what went wrong and what to do."""

import json
from http import HTTPStatus
from urllib.parse import quote

from flask import Blueprint, Response, request
from werkzeug.exceptions import HTTPException

from indexer.disk.generations import IndexProblem
from indexer.opensearch.place import ClusterAway, ClusterRefused, Unsupported
from kb.export.forms import FORMATS
from kb.questions import BadQuestion

MEDIA_TYPE = "application/problem+json"
RETRY_SECONDS = 10  # after which a missing index may be there
AWAY = "The search does not answer at the moment. Nothing is lost; try again soon."
TYPES = {400: "/api#bad-parameter", 404: "/api#not-found", 503: "/api#no-index"}  # sections of the API page
EXPORT_SUFFIXES = tuple(f".{suffix}" for suffix in FORMATS)  # .bib .ris .json
KEPT_HEADERS = frozenset({"allow", "retry-after"})


def build_problem(status: int, detail: str) -> Response:
    """Give the response for an error: its kind, the phrase of its status, and a sentence for whoever reads the log."""
    body = {
        "type": TYPES.get(status, "about:blank"),
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": detail,
        "instance": quote(request.path),
    }
    return Response(json.dumps(body) + "\n", status, mimetype=MEDIA_TYPE)


def register_problems(blueprint: Blueprint) -> None:
    """Let the views of a blueprint answer errors as problem details."""
    blueprint.register_error_handler(BadQuestion, bad_question)
    blueprint.register_error_handler(IndexProblem, index_problem)
    blueprint.register_error_handler(Unsupported, unsupported)
    blueprint.register_error_handler(HTTPException, http_problem)


def wants_problem(path: str) -> bool:
    """Tell whether an address belongs to the API or the exports, also where nothing answers there."""
    return path.startswith("/api/") or (path.startswith("/works") and path.endswith(EXPORT_SUFFIXES))


def bad_question(error: BadQuestion) -> Response:
    """Answer parameters that cannot be understood."""
    return build_problem(400, str(error))


def is_away(error: IndexProblem) -> bool:
    """Tell whether a cluster cannot answer now; why is for whoever runs it (`kb stats`), not for readers."""
    return isinstance(error, (ClusterAway, ClusterRefused))


def unsupported(error: Unsupported) -> Response:
    """Answer what this engine cannot do."""
    return build_problem(400, str(error))


def index_problem(error: IndexProblem) -> Response:
    """Answer while there is no index that can be read; the sentence names the command that makes one."""
    response = build_problem(503, AWAY if is_away(error) else str(error))
    response.headers["Retry-After"] = str(RETRY_SECONDS)
    return response


def http_problem(error: HTTPException) -> Response | HTTPException:
    """Answer any other HTTP error; redirects go through."""
    if error.code is None or error.code < 400:
        return error
    response = build_problem(error.code, error.description or "")
    for name, value in error.get_headers():
        if name.lower() in KEPT_HEADERS:
            response.headers[name] = value
    return response
