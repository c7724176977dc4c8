"""Signing in with the token, and out."""

import math

from flask import Response, g, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as Redirect

from kb.admin.desk import current_desk
from kb.admin.guard import COOKIE, pages, set_cookie
from kb.admin.sessions import is_token
from kb.serving.rate_limit import name_bucket

WRONG = "That is not the token."
TOO_OFTEN = "Too many tries. Wait a minute, then try again."


@pages.get("/sign-in")
def sign_in() -> Response | Redirect:
    """Give the form for the token."""
    if g.visit.is_signed_in:
        return redirect(url_for("admin.overview"), 303)
    return answer_form("", 200)


@pages.post("/sign-in")
def try_token() -> Response | Redirect:
    """Sign in who knows the token; each address has few tries."""
    desk = current_desk()
    address = request.remote_addr or ""
    wait = desk.take_try(name_bucket(address) or address)
    if wait:
        response = answer_form(TOO_OFTEN, 429)
        response.headers["Retry-After"] = str(math.ceil(wait))
        return response
    if not is_token(request.form.get("token", ""), desk.config.admin_token):
        return answer_form(WRONG, 403)
    entered = redirect(url_for("admin.overview"), 303)
    set_cookie(entered, desk.sessions().sign_in())
    return entered


@pages.post("/sign-out")
def sign_out() -> Redirect:
    """End the session, in this browser and on the server."""
    current_desk().sessions().sign_out(g.visit)
    left = redirect(url_for("admin.sign_in"), 303)
    left.delete_cookie(COOKIE, path=pages.url_prefix or "/", secure=request.is_secure, httponly=True, samesite="Strict")
    return left


def answer_form(problem: str, status: int) -> Response:
    """Give the form, with what went wrong, and the cookie that it belongs to."""
    response = make_response(render_template("admin_sign_in.html", problem=problem), status)
    set_cookie(response, g.visit)
    return response
