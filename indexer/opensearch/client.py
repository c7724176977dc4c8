"""The one door to opensearch-py: requests with bounded waits, whose failures are IndexProblems that say what to do."""

import logging
import os
import time
from collections.abc import Callable, Iterator, Mapping
from typing import Any, TypeVar

from indexer.disk.generations import IndexProblem
from indexer.opensearch.place import PASSWORD, USER, ClusterAway, ClusterPlace, ClusterRefused, away

try:
    from opensearchpy import OpenSearch, exceptions
except ImportError as _error:  # pragma: no cover - the extra is installed wherever this is tested
    _missing: ImportError | None = _error
else:
    _missing = None

TRIES = 2  # nodes that are asked before giving up
DEAD_SECONDS = 5  # before a node that did not answer is asked again; doubled each time it still does not
LOGGERS = ("opensearch", "opensearchpy", "opensearchpy.trace")  # they would log addresses, and questions whole
PATIENCE_SECONDS = 120.0  # that a run which writes waits for a cluster that is too busy
FIRST_PAUSE = 0.25  # seconds before it is asked again, doubled each time
LONGEST_PAUSE = 8.0
REFRESH_SECONDS = 60.0
CONNECTIONS = 64  # kept open to a node: the most threads that the site can have
AWAY = frozenset({502, 503, 504})
MOST_REASON = 300  # characters of the cluster's own words

Row = dict[str, Any]
Body = Row | str | bytes | None
Answer = TypeVar("Answer")


class NotThere(Exception):
    """The cluster answered 404: no such index, document or alias."""


class Passing(ClusterAway):
    """The cluster answered 429, 502, 503 or 504: what may be over in a moment."""


class Conflict(Exception):
    """The cluster answered 409: somebody else wrote there first."""


class Client:
    """A cluster as this program speaks to it; one for any number of threads."""

    def __init__(self, place: ClusterPlace) -> None:
        """Take the place; nothing is sent yet. Raises IndexProblem where opensearch-py is not installed."""
        self.place = place
        if _missing is not None:
            raise ClusterRefused(
                place.folder, "OpenSearch needs a package of its own: pip install 'symptom-kb[opensearch]'"
            )
        for name in LOGGERS:
            logging.getLogger(name).setLevel(logging.CRITICAL)
        user = os.environ.get(USER)
        self._client = OpenSearch(
            hosts=list(place.addresses),
            http_auth=(user, os.environ.get(PASSWORD, "")) if user else None,
            verify_certs=True,
            ca_certs=place.authority or None,
            timeout=place.seconds,
            max_retries=0,
            retry_on_timeout=True,  # with no retries: a node that hangs is left out for a while, as one that is gone
            dead_timeout=DEAD_SECONDS,
            pool_maxsize=CONNECTIONS,
            http_compress=True,
        )

    def ask(
        self, method: str, path: str, body: Body = None, params: Mapping[str, Any] | None = None, seconds: float = 0
    ) -> Any:
        """Give the cluster's answer.

        Nodes that cannot be reached are passed over; one that is too slow is not asked twice, for the next would
        wait for the same shard. Raises NotThere, Conflict, or IndexProblem.
        """
        tries = max(TRIES, len(self.place.addresses))
        for number in range(1, tries + 1):
            try:
                return self._client.transport.perform_request(
                    method, path, params={**(params or {}), "request_timeout": seconds or self.place.seconds}, body=body
                )
            except exceptions.ConnectionTimeout:
                raise self.away(f"no answer within {seconds or self.place.seconds:g} s") from None
            except exceptions.SSLError as error:
                raise ClusterRefused(
                    self.place.folder,
                    f"The certificate of {', '.join(self.place.addresses)} is not trusted ({_shorten(error)}). "
                    "Name the file of its authority in opensearch_ca.",
                ) from None
            except exceptions.ConnectionError as error:
                if number == tries:
                    raise self.away(f"{', '.join(self.place.addresses)}: {_name_cause(error)}") from None
            except exceptions.TransportError as error:
                if error.status_code in AWAY and number < tries:
                    continue
                raise self._explain(error) from None
        raise AssertionError("unreachable")

    def refresh(self, index: str) -> None:
        """Let everything that was written be searched; a copy that misses this would show it after the next run only.

        Raises Passing when parts of the index cannot do that for longer than a run waits.
        """

        def ask() -> None:
            shards = self.ask("POST", f"/{index}/_refresh", seconds=REFRESH_SECONDS)["_shards"]
            if shards["failed"]:
                raise self.passing(f"{shards['failed']} parts of the index cannot be searched yet")

        insist(ask)

    def away(self, reason: str) -> ClusterAway:
        """Give the error for a cluster that cannot answer now."""
        return away(self.place, reason)

    def passing(self, reason: str) -> Passing:
        """Give the error for what a cluster that answers cannot do at this moment."""
        return Passing(self.place.folder, str(self.away(reason)))

    def _explain(self, error: Any) -> Exception:
        status, reason = error.status_code, read_reason(error.info) or _shorten(error)
        if status in AWAY:
            return self.passing(reason)
        if status == 404:
            return NotThere(reason)
        if status == 409:
            return Conflict(reason)
        if status == 429 and "block" not in reason:
            return self.passing(f"it takes no more at the moment: {reason}")
        if status in (401, 403) and "block" not in reason:
            message = f"The cluster refuses {os.environ.get(USER) or 'to be used without a user'} ({status}). "
            return ClusterRefused(self.place.folder, f"{message}Set {USER} and {PASSWORD}.")
        return refused(self.place, reason)


def patiently() -> Iterator[float]:
    """Give the pauses to make after each try, for as long as a run waits for a cluster that is too busy."""
    started, pause = time.monotonic(), FIRST_PAUSE
    while time.monotonic() - started <= PATIENCE_SECONDS:
        yield pause
        pause = min(2 * pause, LONGEST_PAUSE)


def insist(ask: Callable[[], Answer]) -> Answer:
    """Give the first answer of `ask` that is none of what may be over in a moment; raises Passing when time is up."""
    for pause in patiently():
        try:
            return ask()
        except Passing as passing:
            problem = passing
        time.sleep(pause)
    raise problem


def refused(place: ClusterPlace, reason: str) -> IndexProblem:
    """Give the error for something the cluster does not take, with what to do where that is known."""
    if "block" in reason:
        return ClusterRefused(
            place.folder,
            f"The cluster takes no changes now ({reason}): a disk is full or the index is set to read-only. "
            "Searches go on. Free some space, lift the block if it stays, and run again.",
        )
    return ClusterRefused(place.folder, f"The cluster refuses: {reason}")


def read_reason(info: Any) -> str:
    """Give the words of an error as the cluster gives it: its type, its reason, and the root of it."""
    error = info.get("error", info) if isinstance(info, dict) else info
    if isinstance(error, dict):
        cause = error.get("caused_by") or {}
        error = ": ".join(str(part) for part in (error.get("type"), error.get("reason"), cause.get("reason")) if part)
    return str(error or "")[:MOST_REASON]


def find_lacking(answer: Row) -> str:
    """Give what keeps an answer from being whole: shards or documents that could not be read; empty when it is.

    A shard that no node has now counts as neither successful nor failed.
    """
    shards = answer.get("_shards", {})
    lost = shards.get("total", 0) - shards.get("successful", 0)
    if lost:
        return f"{lost} of {shards['total']} parts of the index are not there"
    if answer.get("timed_out"):
        return "parts of the index are too slow"
    return next((read_reason(row["error"]) for row in answer.get("docs", ()) if "error" in row), "")


def _name_cause(error: Any) -> str:
    """Give why no node was reached in the words of the system, such as Connection refused."""
    cause = error.info if isinstance(error.info, Exception) else error
    while cause.__cause__ is not None:
        cause = cause.__cause__
    return getattr(cause, "strerror", None) or _shorten(cause)


def _shorten(error: Exception) -> str:
    return str(error)[:MOST_REASON]
