"""Sources become Articles in worker processes: bounded memory, bounded time for each, and no worker outlives us."""

import ctypes
import multiprocessing
import os
import signal
import sys
import threading
import time
from collections import deque
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import contextmanager, suppress
from itertools import chain
from multiprocessing.connection import Connection, wait
from typing import Any

from indexer.documents import ArticleDocument
from indexer.files.parsing import parse_source
from indexer.files.reader import Failure, Source

Result = ArticleDocument | Failure
Parse = Callable[[Source], Result]

SECONDS_A_FILE = 2.0  # of a processor's time: what a busy machine does meanwhile is not the file's fault
WAIT_SECONDS = 60.0  # by the clock, for what hangs without working
FEW_SOURCES, FEW_BYTES = 24, 400_000  # parsed in this process: starting workers would take longer
CHUNK_SOURCES, CHUNK_BYTES = 16, 1_000_000  # handed to a worker at once
WINDOW = 96  # sources a worker may be ahead of the slowest one
PARENT_DEATH_SIGNAL = 1  # PR_SET_PDEATHSIG of Linux' prctl
TOO_SLOW = f"Parsing was stopped after {SECONDS_A_FILE:g} s. Simplify or split the file."
CRASHED = "The parser ended unexpectedly on it. Simplify the file, and report it please."


def parse_all(
    sources: Iterable[Source], workers: int = 0, suspects: Collection[str] = (), parse: Parse = parse_source
) -> Iterator[tuple[Source, Result]]:
    """Give each source with its article or failure, in order; `workers` 0 means one for each processor.

    A few small sources are parsed in this process, unless one is among `suspects`: paths that failed before.
    """
    waiting = iter(sources)
    first: list[Source] = []
    size = 0
    for source in waiting:
        first.append(source)
        size += len(source.data)
        if len(first) > FEW_SOURCES or size > FEW_BYTES or source.path in suspects:
            few = len(first) <= FEW_SOURCES and size <= FEW_BYTES
            pool = _Pool(1 if few else workers or count_processors(), parse)
            try:
                yield from pool.run(chain(first, waiting))
            finally:
                pool.close()
            return
    for source in first:
        yield source, _parse_in_time(source, parse)


def count_processors() -> int:
    """Give how many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


class _TooSlow(BaseException):
    """Raised by the alarm; no Exception, so that a parser's own handlers let it through."""


def _parse_in_time(source: Source, parse: Parse) -> Result:
    try:
        with _alarm():
            return parse(source)
    except _TooSlow:
        return Failure(source.path, TOO_SLOW)


@contextmanager
def _alarm() -> Iterator[None]:
    """Raise _TooSlow in the block when its time is over, where the system and the thread allow an alarm."""
    if not hasattr(signal, "setitimer") or threading.current_thread() is not threading.main_thread():
        yield
        return

    def ring(_signal: int, _frame: Any) -> None:
        raise _TooSlow

    before = {number: signal.signal(number, ring) for number in (signal.SIGPROF, signal.SIGALRM)}
    signal.setitimer(signal.ITIMER_PROF, SECONDS_A_FILE)
    signal.setitimer(signal.ITIMER_REAL, WAIT_SECONDS)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.setitimer(signal.ITIMER_REAL, 0)
        for number, handler in before.items():
            signal.signal(number, handler)


class _Worker:
    """One process and what it was given; `since` is when it last gave an answer or got work."""

    def __init__(self, parse: Parse) -> None:
        # fork shares what is imported already; the worker runs the parser and touches nothing else of ours
        context: Any = multiprocessing.get_context("fork" if sys.platform == "linux" else "spawn")
        self.connection, theirs = context.Pipe()
        self.process = context.Process(target=_work, args=(theirs, os.getpid(), parse), daemon=True)
        self.process.start()
        theirs.close()
        self.tasks: deque[tuple[int, Source]] = deque()
        self.since = 0.0

    def give(self, tasks: Iterable[tuple[int, Source]]) -> None:
        self.tasks.extend(tasks)
        self.since = time.monotonic()
        if self.tasks:
            with suppress(OSError):  # a worker that is gone shows when its answer is waited for
                self.connection.send([source for _, source in self.tasks])

    def end(self) -> None:
        self.process.kill()
        self.process.join()
        self.connection.close()

    @property
    def ran_out_of_time(self) -> bool:
        return hasattr(signal, "SIGPROF") and self.process.exitcode == -signal.SIGPROF


def _work(connection: Connection, parent: int, parse: Parse) -> None:
    """Parse what comes through the connection until it is closed; end when the parent does, however it ended."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PARENT_DEATH_SIGNAL, signal.SIGKILL)
    threading.Thread(target=_end_with, args=(parent,), daemon=True).start()
    try:
        while True:
            for source in connection.recv():
                _set_clock(SECONDS_A_FILE)
                result = parse(source)
                _set_clock(0)
                connection.send(result)
    except (EOFError, OSError):
        return


def _set_clock(seconds: float) -> None:
    """Let the system end this process after some work, whatever it is in the middle of; 0 takes that back."""
    if hasattr(signal, "setitimer"):
        signal.signal(signal.SIGPROF, signal.SIG_DFL)
        signal.setitimer(signal.ITIMER_PROF, seconds)


def _end_with(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(0.5)
    os._exit(1)


class _Pool:
    """Workers that get chunks of sources, and their answers in the order of the sources."""

    def __init__(self, count: int, parse: Parse) -> None:
        self._parse = parse
        self._workers = [_Worker(parse) for _ in range(count)]
        self._answers: dict[int, tuple[Source, Result]] = {}
        self._next = 0

    def run(self, sources: Iterable[Source]) -> Iterator[tuple[Source, Result]]:
        tasks = enumerate(sources)
        window = WINDOW * len(self._workers)
        given = 0
        done = False
        while True:
            for worker in self._workers:
                if not done and not worker.tasks and given - self._next < window:
                    chunk = _take_chunk(tasks)
                    given += len(chunk)
                    done = not chunk
                    worker.give(chunk)
            self._collect()
            while self._next in self._answers:
                yield self._answers.pop(self._next)
                self._next += 1
            if done and self._next == given:
                return

    def close(self) -> None:
        for worker in self._workers:
            worker.end()

    def _collect(self) -> None:
        """Wait for at least one answer, or for a worker to run out of time."""
        busy = {worker.connection: worker for worker in self._workers if worker.tasks}
        if not busy:
            return
        patience = min(worker.since for worker in busy.values()) + WAIT_SECONDS - time.monotonic()
        ready = wait(list(busy), max(0.0, patience))
        for connection in ready:
            worker = busy.pop(connection)
            try:
                self._answer(worker, worker.connection.recv())
            except (EOFError, OSError):
                self._replace(worker, CRASHED)
        for worker in busy.values():
            if time.monotonic() - worker.since > WAIT_SECONDS and not worker.connection.poll():
                self._replace(worker, TOO_SLOW)

    def _answer(self, worker: _Worker, result: Result) -> None:
        number, source = worker.tasks.popleft()
        worker.since = time.monotonic()
        self._answers[number] = (source, result)

    def _replace(self, worker: _Worker, error: str) -> None:
        """End a worker that hangs or is gone; its source fails by name, a new worker takes the rest."""
        worker.end()
        error = TOO_SLOW if worker.ran_out_of_time else error
        self._answer(worker, Failure(worker.tasks[0][1].path, error))
        successor = _Worker(self._parse)
        self._workers[self._workers.index(worker)] = successor
        successor.give(worker.tasks)


def _take_chunk(tasks: Iterator[tuple[int, Source]]) -> list[tuple[int, Source]]:
    chunk = []
    size = 0
    for task in tasks:
        chunk.append(task)
        size += len(task[1].data)
        if len(chunk) >= CHUNK_SOURCES or size >= CHUNK_BYTES:
            break
    return chunk
