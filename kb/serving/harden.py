"""The application made fit for strangers: one call puts limits, headers, health and logs around the site."""

from collections.abc import Callable, Iterable
from typing import Any, Protocol

from flask import Flask, Response, abort, current_app, request
from werkzeug.datastructures import Headers
from werkzeug.middleware.proxy_fix import ProxyFix

from kb.config import Config
from kb.questions import BadQuestion
from kb.serving import health
from kb.serving.compression import register_compression
from kb.serving.host_names import REFUSED, HostNames
from kb.serving.rate_limit import register_long_limit, register_rate_limit
from kb.serving.request_log import register_request_log
from kb.serving.security_headers import add_headers, register_nonce
from kb.serving.unchanged import register_unchanged

QUERY_LIMIT = 16_384  # bytes of a query string: 40 filters of 200 characters and a question of 400 have room
PATH_LIMIT = 2_048  # bytes of a path
YEAR = 31_536_000  # seconds
FAILED = b"Something went wrong on our side. Try again.\n"

StartResponse = Callable[..., Callable[[bytes], object]]


class Application(Protocol):
    """A WSGI application."""

    def __call__(self, environ: dict[str, Any], start_response: StartResponse) -> Iterable[bytes]:
        """Answer one request."""


class Guard:
    """Stands before the application: settles the host name, adds the headers, lets no error out as it is."""

    def __init__(self, application: Application, names: HostNames) -> None:
        self._application = application
        self._names = names

    def __call__(self, environ: dict[str, Any], start_response: StartResponse) -> Iterable[bytes]:
        """Answer one request."""
        self._names.settle(environ)

        def start(status: str, fields: list[tuple[str, str]], error: Any = None) -> Callable[[bytes], object]:
            headers = Headers(fields)
            add_headers(headers, int(status[:3]), environ, self._names.is_https)
            return start_response(status, headers.to_wsgi_list(), *([error] if error else []))

        try:
            return self._application(environ, start)
        except Exception:  # noqa: BLE001 - the last resort: even the page for errors has failed, and nothing may show
            kind = ("Content-Type", "text/plain; charset=utf-8")
            start("500 Internal Server Error", [kind, ("Content-Length", str(len(FAILED)))])
            return [FAILED]


def harden(app: Flask, config: Config) -> None:
    """Put everything around an application that strangers make necessary; call it once, when all pages are there."""
    app.config["MAX_CONTENT_LENGTH"] = config.body_limit
    app.url_map.merge_slashes = False  # or `//host/` would be redirected
    register_nonce(app)
    app.register_blueprint(health.pages)
    register_request_log(app, config)
    app.before_request(refuse)
    register_rate_limit(app, config)
    register_long_limit(app, config)
    register_unchanged(app)
    register_compression(app)
    app.after_request(keep_static)
    guarded = Guard(app.wsgi_app, HostNames(config))
    proxied = ProxyFix(guarded, x_for=config.proxies, x_proto=config.proxies, x_host=0, x_port=0, x_prefix=0)
    app.wsgi_app = proxied if config.proxies else guarded  # type: ignore[method-assign]  # as Flask documents it


def refuse() -> None:
    """Refuse what no page can answer: a foreign host name, an endless address, a body that is too long."""
    if request.environ.get(REFUSED) and request.endpoint != "health.healthz":
        raise BadQuestion("This site does not go by that name. Its settings “hosts” or “public_address” can add it.")
    if len(request.query_string) > QUERY_LIMIT or len(request.environ.get("PATH_INFO", "")) > PATH_LIMIT:
        abort(414)
    if (request.content_length or 0) > current_app.config["MAX_CONTENT_LENGTH"]:
        abort(413)


def keep_static(response: Response) -> Response:
    """Let static files be kept for good under the address that has their hash, and asked about under any other."""
    is_file = request.endpoint == "static" and request.method != "OPTIONS"  # OPTIONS is answered for any name
    if is_file and response.status_code in (200, 304):
        asset = current_app.jinja_env.globals["asset"]
        assert callable(asset)
        given = request.view_args or {}
        own = str(asset(given["filename"])).partition("?")[2]
        is_own = own == request.query_string.decode("latin-1")
        response.headers["Cache-Control"] = f"public, max-age={YEAR}, immutable" if is_own else "no-cache"
    return response
