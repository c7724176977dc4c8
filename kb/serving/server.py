"""The site on waitress, with the limits that keep it answering: times for slow clients, connections, fair turns."""

import logging
import socket
import sys
import time
from collections.abc import Iterable
from contextlib import suppress
from typing import Any

from waitress.adjustments import Adjustments
from waitress.channel import HTTPChannel
from waitress.server import TcpWSGIServer
from waitress.task import ErrorTask, ThreadedTaskDispatcher, WSGITask
from waitress.utilities import BadRequest, RequestEntityTooLarge, ServerNotImplemented

from kb.config import Config
from kb.serving.fair_queue import FairQueue
from kb.serving.rate_limit import name_bucket
from kb.serving.security_headers import FIXED

ACCEPTS = 64  # connections taken at once
REST_SECONDS = 1.0  # before a connection that got a 429 is read again
CLEANUP_SECONDS = 1  # how often slow clients are looked for
SWITCH_SECONDS = 0.000_5  # a thread works at a stretch while others wait: a short answer soon gets past long ones
SPARE_CONNECTIONS = 50  # above our own limit, where waitress stops to accept
SPARE_FILES = 200  # open files beside connections and their buffers
INPUT_BYTES = 65_536  # of a request's body kept in memory, the rest in a file
OUTPUT_BYTES = 262_144  # of an answer kept in memory while a slow client takes it, the rest in a file


class PlainErrorTask(ErrorTask):  # type: ignore[misc]  # waitress is untyped
    """What waitress answers to a request it cannot read, with the headers of every other answer."""

    def execute(self) -> None:
        """Send the answer; what the client sent is not repeated in it."""
        self.response_headers.extend(FIXED.items())
        if isinstance(self.request.error, ServerNotImplemented):  # a transfer coding that nobody uses
            self.request.error = BadRequest("")
        self.request.error.body = "The server cannot take this request."
        if isinstance(self.request.error, RequestEntityTooLarge):
            limit = self.channel.server.config.body_limit
            self.request.error.body = f"The server takes {limit:,} bytes at most. The setting body_limit allows more."
        super().execute()


class PausingTask(WSGITask):  # type: ignore[misc]  # waitress is untyped
    """A request whose connection rests a moment when it has been told that it asks too much."""

    def finish(self) -> None:
        """Send what is left of the answer."""
        super().finish()
        if self.status.startswith("429"):
            self.channel.resting_until = time.time() + REST_SECONDS


class Channel(HTTPChannel):  # type: ignore[misc]  # waitress is untyped
    """One connection, which knows since when it has been in the middle of a request or of an answer."""

    task_class = PausingTask
    error_task_class = PlainErrorTask
    began = 0.0  # when the first byte of the present request came
    resting_until = 0.0  # nothing is read before

    def readable(self) -> bool:
        """Tell whether the server would read from this connection now."""
        return bool(super().readable() and (not self.resting_until or self.resting_until < time.time()))

    def received(self, data: bytes) -> bool:
        """Take bytes of a request."""
        if self.request is None and not self.requests:
            self.began = time.time()
        return bool(super().received(data))

    @property
    def waiting_since(self) -> float | None:
        """Give since when the client has owed bytes or has not taken its answer; None while the server owes one."""
        if self.request is not None or self.total_outbufs_len:
            return self.began
        return None if self.requests else self.last_activity

    def is_late(self, now: float, config: Config) -> bool:
        """Tell whether the client has been too slow to ask or to take its answer."""
        since = self.waiting_since
        is_answered = bool(self.total_outbufs_len)
        has_head = is_answered or (self.request is not None and self.request.headers_finished)
        return since is not None and now - since > (config.exchange_seconds if has_head else config.header_seconds)


class Server(TcpWSGIServer):  # type: ignore[misc]  # waitress is untyped
    """A listening socket whose connections are limited in number, by address, and in time."""

    channel_class = Channel
    config: Config

    def handle_accept(self) -> None:
        """Take connections; one too many of its address is closed, and beyond the limit the slowest of all."""
        for _ in range(ACCEPTS):
            before = len(self.active_channels)
            super().handle_accept()
            if len(self.active_channels) == before:
                return
            channel = next(reversed(self.active_channels.values()))
            if self._is_crowding(channel):
                channel.handle_close()
            elif len(self.active_channels) > self.config.connections:
                slowest = find_slowest(self.active_channels.values(), but=channel)
                if slowest is not None:
                    slowest.handle_close()

    def maintenance(self, now: float) -> None:
        """Close what has been too slow; called about every `CLEANUP_SECONDS`."""
        for channel in list(self.active_channels.values()):
            if channel.is_late(now, self.config):
                channel.will_close = True
                with suppress(OSError):  # wakes it also where the client takes nothing, and so nothing can be sent
                    channel.socket.shutdown(socket.SHUT_RDWR)

    def _is_crowding(self, channel: Channel) -> bool:
        limit, address = self.config.connections_per_address, str(channel.addr[0])
        if not limit or self.config.proxies or (name_bucket(address) is None and not self.config.limit_loopback):
            return False
        return bool(sum(other.addr[0] == address for other in self.active_channels.values()) > limit)


def find_slowest(channels: Iterable[Channel], but: Channel) -> Channel | None:
    """Give the connection that the server has waited for longest, or None when it owes all of them an answer."""
    waiting = [(channel.waiting_since, channel) for channel in channels if channel is not but]
    known = [(since, channel) for since, channel in waiting if since is not None]
    return min(known, key=lambda pair: pair[0])[1] if known else None


def build_server(application: Any, listener: socket.socket, config: Config) -> Server:
    """Give the server of an application on a bound socket; its `run` serves until it is interrupted."""
    raise_file_limit(2 * config.connections + SPARE_FILES)
    sys.setswitchinterval(SWITCH_SECONDS)
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)
    adjustments = Adjustments(
        threads=config.threads,
        connection_limit=config.connections + SPARE_CONNECTIONS,
        max_request_header_size=config.header_limit,
        max_request_body_size=config.body_limit,
        inbuf_overflow=INPUT_BYTES,
        outbuf_overflow=OUTPUT_BYTES,
        cleanup_interval=CLEANUP_SECONDS,
        clear_untrusted_proxy_headers=not config.proxies,
        asyncore_use_poll=True,
        log_socket_errors=False,
        ident=None,
        server_name=config.host,
    )
    dispatcher = ThreadedTaskDispatcher()
    dispatcher.queue = FairQueue()
    dispatcher.set_thread_count(config.threads)
    sockinfo = (listener.family, listener.type, listener.proto, listener.getsockname())
    Server.config = config
    return Server(application, {}, True, listener, dispatcher, adjustments, sockinfo, bind_socket=False)


def raise_file_limit(wanted: int) -> None:
    """Let this process open `wanted` files where the system allows it."""
    try:
        import resource  # noqa: PLC0415 - not on Windows
    except ImportError:
        return
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    allowed = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
    if soft != resource.RLIM_INFINITY and soft < allowed:
        with suppress(OSError, ValueError):
            resource.setrlimit(resource.RLIMIT_NOFILE, (allowed, hard))
