"""What is written down about requests: one JSON object a line on stderr, without what was asked or who asked.

A line has the route (``/articles/<slug>``), never the path, so that reading leaves no trace; queries, paths and
addresses are added only where the settings say so. An error has its type and its places in the program, no message.
"""

import json
import logging
import sys
import time
import traceback
from datetime import UTC, datetime
from types import TracebackType
from typing import Any

from flask import Flask, Response, g, got_request_exception, request

from kb.config import Config

LOGGER = "kb.requests"
LONGEST = 500  # characters of a value that a client chose
FRAMES = 12  # innermost places of an error


class JsonLines(logging.Handler):
    """Writes records as JSON lines; a message that is a dict is the line."""

    def emit(self, record: logging.LogRecord) -> None:
        """Write one record to stderr; a reader of the log that is gone is no error."""
        row = (
            record.msg if isinstance(record.msg, dict) else {"event": "message", "text": record.getMessage()[:LONGEST]}
        )
        stamp = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        line = json.dumps({"time": stamp, "level": record.levelname.lower(), **row}, default=str)
        try:
            sys.stderr.write(line + "\n")
            sys.stderr.flush()
        except (OSError, ValueError):
            return


def register_request_log(app: Flask, config: Config) -> None:
    """Let the application log its requests and errors, as much as the settings say."""
    logger = logging.getLogger(LOGGER)
    app.logger.handlers[:] = []  # its own lines carry the message of the error, which may hold what was asked
    app.logger.addHandler(logging.NullHandler())
    app.logger.propagate = False
    if config.log == "off":
        return
    logger.propagate = False
    logger.setLevel(logging.INFO)
    if not any(isinstance(handler, JsonLines) for handler in logger.handlers):
        logger.addHandler(JsonLines())

    def start() -> None:
        g.started = time.perf_counter()

    def log_request(response: Response) -> Response:
        if config.log == "requests":
            logger.info(build_row(response, config))
        return response

    def log_error(_app: Flask, exception: BaseException, **_extra: Any) -> None:
        logger.error(build_error_row(exception, config))

    app.before_request_funcs.setdefault(None, []).insert(0, start)
    app.after_request_funcs.setdefault(None, []).insert(0, log_request)  # the last to run sees the final answer
    got_request_exception.connect(log_error, app, weak=False)


def build_row(response: Response, config: Config) -> dict[str, Any]:
    """Give what is logged of an answer."""
    started = g.get("started")
    row: dict[str, Any] = {
        "event": "request",
        "method": request.method[:16],
        "route": request.url_rule.rule if request.url_rule else None,
        "status": response.status_code,
        "ms": round((time.perf_counter() - started) * 1000, 1) if started is not None else None,
        "bytes": response.content_length,
    }
    return row | _told(config)


def build_error_row(exception: BaseException, config: Config) -> dict[str, Any]:
    """Give what is logged of an error nobody expected: its type and where it came from."""
    row: dict[str, Any] = {
        "event": "error",
        "method": request.method[:16],
        "route": request.url_rule.rule if request.url_rule else None,
        "error": type(exception).__name__,
        "places": find_places(exception.__traceback__),
    }
    if config.log_queries:
        row["message"] = str(exception)[:LONGEST]
    return row | _told(config)


def find_places(trace: TracebackType | None) -> list[str]:
    """Give the innermost places of a traceback, such as ``search.py:88 search``."""
    frames = traceback.extract_tb(trace)[-FRAMES:]
    return [f"{frame.filename.rpartition('/')[2]}:{frame.lineno} {frame.name}" for frame in frames]


def _told(config: Config) -> dict[str, Any]:
    told: dict[str, Any] = {}
    if config.log_addresses:
        told["address"] = request.remote_addr
    if config.log_queries:
        told["path"] = request.full_path.rstrip("?")[:LONGEST]
    return told
