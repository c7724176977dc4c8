"""``python -m bench flood``: hundreds of bad clients at once, and how long a good one waits for its answer meanwhile.

The server runs with its usual settings, but for the limits that hold for loopback addresses here too. Bad clients come
from 127.0.1.x, the good one from 127.0.0.1. All limits of time and number are fixed; nothing leaves this machine.
"""

import argparse
import http.client
import json
import multiprocessing
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path

from bench.flood_attacks import ATTACKS, attack
from indexer.sync import sync
from kb.resources import find_folder

PAUSE = 0.5  # seconds between two questions of the good client: what the limit lets through for ever
PATHS = ("/?q=back+pain", "/articles/back-pain", "/?q=racing+heart&area=chest", "/healthz", "/?kind=work&q=sleep")
PROMISED_SECONDS = 1.0
PROMISED_MEGABYTES = 400
PATIENCE = 30.0  # seconds the good client waits before it counts a failure


@dataclass(slots=True)
class Row:
    """One attack: the good client's questions, its failures, its times in seconds, and the server's memory in MB."""

    attack: str
    asked: int = 0
    failed: int = 0
    median: float = 0.0
    slowest: float = 0.0
    megabytes: int = 0
    times: list[float] = field(default_factory=list, repr=False)


def main(argv: list[str]) -> int:
    """Run all attacks, print a row for each, and give 1 when a promise was broken."""
    parser = argparse.ArgumentParser(prog="python -m bench flood", description=__doc__)
    parser.add_argument("--connections", type=int, default=500)
    parser.add_argument("--seconds", type=float, default=20.0, help="for each attack")
    parser.add_argument("--attack", choices=ATTACKS, action="append", help="only this one; may be repeated")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args(argv)
    with running_server() as (port, process):
        for path in PATHS:
            ask(port, path, Row("warm-up"))
        rows = [measure(name, port, process.pid, options) for name in options.attack or ATTACKS]
    kept = all(map(is_kept, rows))
    if options.json:
        told = [{name: value for name, value in asdict(row).items() if name != "times"} for row in rows]
        sys.stdout.write(json.dumps({"rows": told, "kept": kept}) + "\n")
        return 0 if kept else 1
    sys.stdout.write(f"{'attack':16}{'asked':>7}{'failed':>8}{'median':>9}{'slowest':>9}{'MB':>6}\n")
    for row in rows:
        times = f"{row.median * 1000:6.0f} ms{row.slowest * 1000:6.0f} ms"
        sys.stdout.write(f"{row.attack:16}{row.asked:7}{row.failed:8}{times}{row.megabytes:6}\n")
    sys.stdout.write("kept\n" if kept else "BROKEN: answers within 1 s, none failed, memory within 400 MB\n")
    return 0 if kept else 1


def is_kept(row: Row) -> bool:
    """Tell whether an attack broke no promise."""
    return not row.failed and row.slowest <= PROMISED_SECONDS and row.megabytes <= PROMISED_MEGABYTES


@contextmanager
def running_server(**settings: str) -> Iterator[tuple[int, subprocess.Popen[str]]]:
    """Serve the shipped articles from a fresh index; gives port and process, and ends it."""
    with tempfile.TemporaryDirectory() as folder:
        index = Path(folder) / "index"
        sync(index, [find_folder("corpus")])
        ours = {name: value for name, value in os.environ.items() if not name.startswith("KB_")}
        ours |= {"KB_INDEX": str(index), "KB_LOG": "errors", "KB_LIMIT_LOOPBACK": "true"} | settings
        command = [sys.executable, "-c", "from kb.cli import main; main()", "serve", "--port", "0"]
        with (Path(folder) / "log").open("w+") as log:
            process = subprocess.Popen(command, env=ours, stdout=subprocess.PIPE, stderr=log, text=True)
            try:
                assert process.stdout is not None
                address = process.stdout.readline()  # http://127.0.0.1:40123  (Ctrl-C ends)
                yield int(address.split()[0].rpartition(":")[2]), process
            finally:
                process.terminate()
                process.wait(PATIENCE)
                if process.stdout:
                    process.stdout.close()
                log.seek(0)
                sys.stderr.write(log.read()[-2_000:])


def measure(name: str, port: int, pid: int, options: argparse.Namespace) -> Row:
    """Run one attack and let the good client ask meanwhile."""
    row = Row(name)
    arguments = (name, port, options.connections, options.seconds)
    attacker = multiprocessing.get_context("spawn").Process(target=attack, args=arguments, daemon=True)
    attacker.start()
    ended = threading.Event()
    watcher = threading.Thread(target=watch_memory, args=(pid, row, ended))
    watcher.start()
    stop = time.monotonic() + options.seconds
    while time.monotonic() < stop:
        ask(port, PATHS[row.asked % len(PATHS)], row)
        time.sleep(PAUSE)
    ended.set()
    watcher.join()
    attacker.join(10)
    attacker.kill()
    row.times.sort()
    row.median, row.slowest = row.times[len(row.times) // 2], row.times[-1]
    return row


def ask(port: int, path: str, row: Row) -> None:
    """Ask one question on a new connection, and note the time and whether it was answered."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    began = time.perf_counter()
    row.asked += 1
    try:
        connection.request("GET", path)
        answer = connection.getresponse()
        answer.read()
        row.failed += answer.status != 200
    except OSError:
        row.failed += 1
    finally:
        row.times.append(time.perf_counter() - began)
        connection.close()


def watch_memory(pid: int, row: Row, ended: threading.Event) -> None:
    """Note the largest resident size of a process, in MB, until the event is set."""
    status = Path(f"/proc/{pid}/status")
    while not ended.wait(0.2):
        lines = dict(line.split(":", 1) for line in status.read_text().splitlines() if ":" in line)
        row.megabytes = max(row.megabytes, int(lines["VmRSS"].split()[0]) // 1024)
