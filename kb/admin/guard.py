"""What every request to the administration passes: who is it, is the form ours, and nothing is kept by any cache."""

from typing import Any

from flask import Blueprint, Response, g, redirect, render_template, request, url_for
from werkzeug.exceptions import RequestEntityTooLarge
from werkzeug.wrappers import Response as Redirect

from indexer.disk.generations import IndexProblem
from kb.admin.desk import current_desk
from kb.admin.problem import AdminProblem
from kb.admin.sessions import LONGEST_SECONDS, Visit

pages = Blueprint("admin", __name__, url_prefix="/admin")

COOKIE = "kb_admin"
FORM_FIELD = "form_token"
FORM_BYTES = 16_384  # of a form without a file
OPEN = frozenset({"admin.sign_in", "admin.try_token"})  # endpoints for who has not signed in
FILES = frozenset({"admin.upload"})  # endpoints that take a file
FOREIGN = "This did not come from a page of this site, so nothing was done. Open the page here and use its form."
STALE = "The form had been open for too long, or belongs to another sign-in. Open the page again and repeat it."


@pages.before_request
def guard() -> Redirect | None:
    """Let through who has signed in and whose form is ours; raises AdminProblem."""
    sessions = current_desk().sessions()
    g.visit = sessions.visit(request.cookies.get(COOKIE, "")) or sessions.new_visit()
    if request.endpoint not in OPEN and not g.visit.is_signed_in:
        return redirect(url_for("admin.sign_in"), 303)
    if request.method == "POST":
        if not is_same_site():
            raise AdminProblem(FOREIGN, 403)
        if request.endpoint not in FILES:
            request.max_content_length = FORM_BYTES
        if not sessions.is_own_form(g.visit, request.form.get(FORM_FIELD, "")):
            raise AdminProblem(STALE, 403)
    return None


def is_same_site() -> bool:
    """Tell whether a page of this site sent the request, by what browsers say and no page can make them say."""
    fetch_site = request.headers.get("Sec-Fetch-Site")  # not sent to plain HTTP beyond this machine
    if fetch_site is not None:
        return fetch_site == "same-origin"
    return request.headers.get("Origin", "").lower() == request.host_url.rstrip("/").lower()


def set_cookie(response: Response | Redirect, visit: Visit) -> None:
    """Let the browser keep a visit: out of reach of scripts, of other sites, and of the rest of this one."""
    response.set_cookie(
        COOKIE,
        current_desk().sessions().cookie(visit),
        max_age=LONGEST_SECONDS,
        path=pages.url_prefix,
        secure=request.is_secure,
        httponly=True,
        samesite="Strict",
    )


@pages.after_request
def seal(response: Response) -> Response:
    """Keep an answer out of every cache and search engine, and let forms say where they come from."""
    response.headers["Cache-Control"] = "no-store"
    response.headers["Referrer-Policy"] = "same-origin"
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response


@pages.context_processor
def names() -> dict[str, Any]:
    """Give templates the token that their forms carry, and whether there is somebody to sign out."""
    visit: Visit | None = g.get("visit")
    token = current_desk().sessions().form_token(visit) if visit else ""
    return {"form_field": FORM_FIELD, "form_token": token, "is_signed_in": bool(visit and visit.is_signed_in)}


@pages.errorhandler(AdminProblem)
def admin_problem(problem: AdminProblem) -> tuple[str, int]:
    """Answer with what cannot be done, and why."""
    return render_template("admin_problem.html", message=str(problem)), problem.status


@pages.errorhandler(IndexProblem)
def index_problem(problem: IndexProblem) -> tuple[str, int]:
    """Answer while the index cannot be read or written; the message says what to do."""
    return render_template("admin_problem.html", message=str(problem)), 503


@pages.errorhandler(RequestEntityTooLarge)
def too_large(_error: RequestEntityTooLarge) -> tuple[str, int]:
    """Answer to a file over the limit."""
    limit = current_desk().config.body_limit / 1_048_576
    message = (
        f"The file is too large: the server takes {limit:.3g} MB at a time. The setting body_limit can allow more."
    )
    return render_template("admin_problem.html", message=message), 413
