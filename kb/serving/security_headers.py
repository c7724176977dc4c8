"""What every answer tells the browser: what may run and load, who may frame it, what is passed on to others."""

import secrets
from typing import Any

from flask import Flask, request
from werkzeug.datastructures import Headers
from werkzeug.local import LocalProxy

NONCE = "kb.nonce"  # key of the request's environment
NONCE_BYTES = 16
YEAR = 31_536_000  # seconds

FIXED = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Permissions-Policy": "browsing-topics=(), camera=(), display-capture=(), geolocation=(), microphone=(), "
    "payment=(), usb=(), clipboard-write=(self)",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


def register_nonce(app: Flask) -> None:
    """Give templates `csp_nonce`: made when a page first uses it, and then named in that answer's policy."""
    app.jinja_env.globals["csp_nonce"] = LocalProxy(find_nonce)


def find_nonce() -> str:
    """Give the nonce of this request."""
    nonce: str = request.environ.setdefault(NONCE, secrets.token_urlsafe(NONCE_BYTES))
    return nonce


def build_policy(nonce: str | None) -> str:
    """Give the Content-Security-Policy: everything from here, nothing inline but what carries the nonce."""
    script = f"'self' 'nonce-{nonce}'" if nonce else "'self'"
    return (
        f"default-src 'none'; script-src {script}; style-src 'self'; img-src 'self' data:; font-src 'self'; "
        "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; object-src 'none'"
    )


def add_headers(headers: Headers, status: int, environ: dict[str, Any], is_https: bool) -> None:
    """Add the headers that an answer does not have yet.

    A 304 leaves the policy out: the browser keeps the one that belongs to the page it has, with that page's nonce.
    """
    for name, value in FIXED.items():
        headers.setdefault(name, value)
    if status != 304:
        headers.setdefault("Content-Security-Policy", build_policy(environ.get(NONCE)))
    if status >= 400:
        headers.setdefault("Cache-Control", "no-store")
    if is_https:
        headers.setdefault("Strict-Transport-Security", f"max-age={YEAR}")
