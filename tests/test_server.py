"""The server itself, over real connections: slow, crowding and broken clients, and fair turns."""

import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import pytest

from kb.config import Config
from kb.serving.fair_queue import WINDOW_SECONDS, FairQueue
from kb.serving.server import Server, build_server

HELLO = b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n"


def answer_hello(_environ: object, start_response: Callable[..., object]) -> list[bytes]:
    start_response("200 OK", [("Content-Length", "5")])
    return [b"hello"]


@contextmanager
def serving(tmp_path, application=answer_hello, **settings: object) -> Iterator[tuple[int, Server]]:
    """Serve an application on a free port in a thread of this process."""
    listener = socket.create_server(("127.0.0.1", 0))
    config = Config(tmp_path, (), **settings)  # type: ignore[arg-type]
    server = build_server(application, listener, config)
    server.adj.asyncore_loop_timeout = 0.05
    thread = threading.Thread(target=run, args=(server,))
    thread.start()
    try:
        yield listener.getsockname()[1], server
    finally:
        server.is_ended = True
        server.pull_trigger()
        thread.join()
        for channel in list(server.active_channels.values()):
            channel.handle_close()
        server.task_dispatcher.shutdown()
        server.trigger.close()
        server.close()


def run(server: Server) -> None:
    while not getattr(server, "is_ended", False):
        server.asyncore.loop(timeout=0.05, map=server._map, use_poll=True, count=1)


def connect(port: int, address: str = "127.0.0.1") -> socket.socket:
    return socket.create_connection(("127.0.0.1", port), 20, source_address=(address, 0))


def read_all(connection: socket.socket) -> bytes:
    data = b""
    try:
        while block := connection.recv(65_536):
            data += block
    except ConnectionResetError:
        pass
    return data


def ask(port: int, request: bytes = HELLO, address: str = "127.0.0.1") -> bytes:
    with connect(port, address) as connection:
        connection.sendall(request)
        connection.shutdown(socket.SHUT_WR)
        return read_all(connection)


def test_a_client_that_never_ends_its_head_is_shown_out(tmp_path):
    with serving(tmp_path, header_seconds=1) as (port, _), connect(port) as connection:
        began = time.monotonic()
        connection.sendall(HELLO[:-2])
        with pytest.raises((BrokenPipeError, ConnectionResetError)):
            while time.monotonic() - began < 20:
                connection.sendall(b"X: y\r\n")
                time.sleep(0.05)
        assert ask(port).endswith(b"hello")


def test_a_client_that_never_ends_its_body_is_shown_out(tmp_path):
    with serving(tmp_path, header_seconds=1, exchange_seconds=2) as (port, _), connect(port) as connection:
        began = time.monotonic()
        connection.sendall(b"POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100000\r\n\r\n")
        with pytest.raises((BrokenPipeError, ConnectionResetError)):
            while time.monotonic() - began < 20:
                connection.sendall(b"x")
                time.sleep(0.05)


def test_a_client_that_never_takes_its_answer_is_shown_out(tmp_path):
    def answer_much(_environ: object, start_response: Callable[..., object]) -> list[bytes]:
        start_response("200 OK", [("Content-Length", str(30_000_000))])
        return [b"x" * 30_000_000]

    with (
        serving(tmp_path, answer_much, header_seconds=1, exchange_seconds=2) as (port, server),
        connect(port) as connection,
    ):
        connection.sendall(HELLO)
        assert wait_until(lambda: any(channel.total_outbufs_len for channel in list(server.active_channels.values())))
        assert wait_until(lambda: not server.active_channels)


def wait_until(is_so: Callable[[], bool]) -> bool:
    for _ in range(2_000):
        if is_so():
            return True
        time.sleep(0.01)
    return False


def test_a_connection_used_again_and_again_is_kept(tmp_path):
    with serving(tmp_path, header_seconds=1) as (port, _), connect(port) as connection:
        for _ in range(8):
            connection.sendall(HELLO)
            answer = b""
            while not answer.endswith(b"hello"):
                answer += connection.recv(65_536)
            time.sleep(0.2)


def test_beyond_the_limit_of_connections_the_slowest_goes_and_the_new_one_is_answered(tmp_path):
    with serving(tmp_path, connections=10) as (port, server):
        slow = [connect(port) for _ in range(10)]
        for connection in slow:
            connection.sendall(HELLO[:-2])
            time.sleep(0.02)
        assert wait_until(lambda: len(server.active_channels) == 10)
        assert ask(port).endswith(b"hello")
        assert slow[0].recv(10) == b""
        for connection in slow:
            connection.close()


def test_one_address_has_so_many_connections_and_another_is_not_kept_out(tmp_path):
    with serving(tmp_path, connections_per_address=3, limit_loopback=True) as (port, server):
        crowd = [connect(port, "127.0.3.1") for _ in range(8)]
        assert wait_until(lambda: len(server.active_channels) == 3)
        assert ask(port, address="127.0.3.2").endswith(b"hello")
        for connection in crowd:
            connection.close()


@pytest.mark.parametrize(
    ("request_", "status"),
    [
        (b"GET / HTTP/1.1\r\nX: " + b"a" * 5_000 + b"\r\n\r\n", b"431"),
        (b"POST / HTTP/1.1\r\nContent-Length: 999999\r\n\r\n", b"413"),
        (b"POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n1000\r\n" + b"x" * 4_096 + b"\r\n", b"413"),
        (b"POST / HTTP/1.1\r\nTransfer-Encoding: <secret>\r\n\r\n", b"400"),
        (b"POST / HTTP/1.1\r\nContent-Length: -5\r\n\r\n", b"400"),
        (b"POST / HTTP/1.1\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nhello", b"400"),
        (b"GET / HTTP/1.1\r\nX : <secret>\r\n\r\n", b"400"),
        (b"GET / HTTP/1.1\nX: y\r\n\r\n", b"400"),
        (b"\x16\x03\x01<secret>\r\n\r\n", b"400"),
    ],
)
def test_what_cannot_be_read_is_answered_plainly_and_not_repeated(tmp_path, request_, status):
    with serving(tmp_path, header_limit=4_096, body_limit=2_048) as (port, _):
        answer = ask(port, request_)
    assert answer.split(b" ")[1] == status
    assert (b"takes 2,048 bytes at most" in answer) is (status == b"413")
    assert b"secret" not in answer
    assert b"nosniff" in answer.lower()


def test_who_is_told_that_it_asks_too_much_rests_a_moment(tmp_path):
    def refuse(_environ: object, start_response: Callable[..., object]) -> list[bytes]:
        start_response("429 TOO MANY REQUESTS", [("Content-Length", "2")])
        return [b"no"]

    with serving(tmp_path, refuse) as (port, server), connect(port) as connection:
        for _ in range(2):
            connection.sendall(HELLO)
            answer = b""
            while not answer.endswith(b"\r\n\r\nno"):  # head and body may come one after the other
                block = connection.recv(65_536)
                assert block
                answer += block
            assert answer.startswith(b"HTTP/1.1 429 ")
            assert wait_until(
                lambda: [channel.resting_until > 0 for channel in server.active_channels.values()] == [True]
            )


@dataclass
class Task:
    """A request that waits: what the queue looks at of one."""

    addr: tuple[str, int]
    name: str


def drain(queue: FairQueue) -> list[str]:
    return [queue.popleft().name for _ in range(len(queue))]


def test_who_asks_once_does_not_wait_for_who_asks_a_hundred_times():
    queue = FairQueue(clock=lambda: 0.0)
    for number in range(100):
        queue.append(Task(("10.0.0.1", 1), f"flood {number}"))
    queue.append(Task(("10.0.0.2", 1), "once"))
    assert drain(queue).index("once") == 1


def test_who_has_had_little_comes_before_many_who_had_much():
    queue = FairQueue(clock=lambda: 0.0)
    for _ in range(5):
        for address in range(20):
            queue.append(Task((f"10.0.1.{address}", 1), "flood"))
        drain(queue)
    for address in range(20):
        queue.append(Task((f"10.0.1.{address}", 1), "flood"))
    queue.append(Task(("10.0.0.2", 1), "once"))
    assert queue.popleft().name == "once"


def test_tasks_of_one_address_keep_their_order_and_none_is_lost():
    queue = FairQueue()
    for number in range(50):
        queue.append(Task((f"10.0.0.{number % 3}", 1), f"{number:02}"))
    names = drain(queue)
    assert sorted(names) == [f"{number:02}" for number in range(50)]
    for address in range(3):
        own = [name for name in names if int(name) % 3 == address]
        assert own == sorted(own)
    assert len(queue) == 0
    with pytest.raises(IndexError):
        queue.popleft()


def test_what_somebody_had_long_ago_is_forgotten():
    now = [0.0]
    queue = FairQueue(clock=lambda: now[0])
    for _ in range(10):
        queue.append(Task(("10.0.0.1", 1), "early"))
    drain(queue)
    now[0] += 3 * WINDOW_SECONDS
    queue.append(Task(("10.0.0.1", 1), "early"))
    queue.append(Task(("10.0.0.2", 1), "late"))
    assert drain(queue) == ["early", "late"]
