"""Pages for what goes wrong: each says in words what happened and what to do next."""

from flask import Flask, Response, render_template, request
from werkzeug.exceptions import HTTPException

from indexer.disk.generations import IndexProblem
from indexer.opensearch.place import Unsupported
from kb.api.problems import http_problem, is_away, wants_problem
from kb.care import find_help_cards
from kb.questions import BadQuestion

RETRY_SECONDS = 10  # after which a missing index may be there

Answer = tuple[str, int] | tuple[str, int, dict[str, str]]
ADVICE = {
    400: ("This address asks for something impossible", "Check the address, or start again from the search."),
    404: (
        "There is no such page",
        "The article may have been renamed or removed. Search for it, or browse the symptoms.",
    ),
    405: ("This page cannot be used that way", "Go back and open the page with a link or the search."),
    413: ("That was too much at once", "Send less."),
    429: ("Too many searches in a short time", "Wait a minute, then go on."),
    500: ("Something went wrong on our side", "Try again. If it keeps happening, tell whoever runs this site."),
}


def register_errors(app: Flask) -> None:
    """Let the application answer errors with its own pages."""
    app.register_error_handler(BadQuestion, bad_question)
    app.register_error_handler(Unsupported, bad_question)
    app.register_error_handler(IndexProblem, index_problem)
    app.register_error_handler(HTTPException, http_error)


def bad_question(error: BadQuestion | Unsupported) -> Answer:
    """Answer an address that asks something impossible."""
    return _page(400, str(error)), 400


def index_problem(error: IndexProblem) -> Answer:
    """Answer while there is no index that can be read: how to make one, or that the cluster will be back.

    When to get help is said all the same: it follows from the words alone.
    """
    name = "away.html" if is_away(error) else "no_index.html"
    cards = find_help_cards(request.args.get("q", ""))
    text = render_template(name, message=str(error), address=request.full_path.rstrip("?"), care=cards)
    return text, 503, {"Retry-After": str(RETRY_SECONDS)}


def http_error(error: HTTPException) -> Answer | Response | HTTPException:
    """Answer any other HTTP error; redirects go through."""
    if error.code is None or error.code < 400:
        return error
    if wants_problem(request.path):
        return http_problem(error)
    headers = {name: value for name, value in error.get_headers() if name.lower() in {"allow", "retry-after"}}
    return _page(error.code, None), error.code, headers


def _page(code: int, message: str | None) -> str:
    title, advice = ADVICE.get(code, ADVICE[400 if code < 500 else 500])
    return render_template("error.html", code=code, title=title, message=message, advice=advice)
