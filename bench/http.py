"""``python -m bench http``: pages a second of the real server, beside the time of the search alone.

The server runs with its usual settings (waitress, four threads) and answers `wrk` (Debian: ``apt install wrk``), which
keeps some connections busy with typed questions, filtered ones among them. Processor time a page is taken from the
server; the same pages are then built in this process, by the same application, to see where the time goes.
"""

import argparse
import cProfile
import json
import os
import pstats
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from time import process_time
from typing import Any
from urllib.parse import urlencode

from flask import Flask
from werkzeug.test import Client

from bench.speed import find_built, memory_mb, percentile
from bench.synthetic import build_queries
from kb.app import create_app
from kb.index import open_index
from kb.model import Question
from kb.search import prepare, search

ROUNDS = 5  # of all pages, in this process
SHARE = 0.04  # of a page's time that a function takes to be listed
NAMED = ("render", "url_for", "full_dispatch_request")  # of other packages
OWN = f"{os.sep}kb{os.sep}"
SCRIPT = """
local paths = {%s}
local number = 0
request = function() number = number %% #paths + 1; return wrk.format("GET", paths[number]) end
done = function(summary, latency, requests)
  local wrong = summary.errors.status + summary.errors.connect + summary.errors.read + summary.errors.timeout
  io.write(string.format('{"pages":%%d,"seconds":%%f,"p50_ms":%%f,"p95_ms":%%f,"failed":%%d}\\n', summary.requests,
    summary.duration / 1e6, latency:percentile(50) / 1e3, latency:percentile(95) / 1e3, wrong))
end
"""

Row = dict[str, Any]


def build_questions() -> list[Question]:
    """Give the questions of the pages: the words of the speed measurement as people type them, some with a filter."""
    return [
        Question(" ".join(query.terms), filters={"area": (query.area,)} if query.area else {})
        for query in build_queries()
        if query.kind in ("term", "and", "phrase", "filter")
    ]


def find_path(question: Question) -> str:
    """Give the address of a question's page."""
    areas = [("area", area) for area in question.filters.get("area", ())]
    return "/?" + urlencode([("q", question.text), *areas])


@contextmanager
def serving(index: Path) -> Iterator[tuple[int, int]]:
    """Serve an index by `kb serve`, without limits of rate; gives port and process number, and ends it."""
    ours = {name: value for name, value in os.environ.items() if not name.startswith("KB_")}
    ours |= {"KB_INDEX": str(index), "KB_LOG": "errors"}
    command = [sys.executable, "-c", "from kb.cli import main; main()", "serve", "--port", "0"]
    process = subprocess.Popen(command, env=ours, stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout is not None
        address = process.stdout.readline()  # http://127.0.0.1:40123  (Ctrl-C ends)
        yield int(address.split()[0].rpartition(":")[2]), process.pid
    finally:
        process.terminate()
        process.wait(30)


def read_seconds(pid: int) -> float:
    """Give the processor time that a process has taken so far."""
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def load(index: Path, paths: Sequence[str], options: argparse.Namespace) -> Row:
    """Give what wrk measures of the server: pages a second, times, and processor time a page."""
    with TemporaryDirectory() as folder, serving(index) as (port, pid):
        script = Path(folder) / "paths.lua"
        script.write_text(SCRIPT % ",".join(map(json.dumps, paths)), encoding="utf-8")
        command = ["wrk", "-t1", f"-c{options.connections}", "-s", str(script), f"http://127.0.0.1:{port}"]
        run_wrk([*command, "-d3s"])
        before = read_seconds(pid)
        row = run_wrk([*command, f"-d{options.seconds}s"])
        spent = read_seconds(pid) - before
        resident = memory_mb(pid)
    return {
        "connections": options.connections,
        "pages_per_s": round(row["pages"] / row["seconds"], 1),
        "p50_ms": round(row["p50_ms"], 2),
        "p95_ms": round(row["p95_ms"], 2),
        "failed": row["failed"],
        "cpu_ms_per_page": round(1000 * spent / row["pages"], 2),
        "rss_mb": round(resident),
    }


def run_wrk(command: Sequence[str]) -> Row:
    """Give the last line that wrk prints."""
    printed = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    row: Row = json.loads(printed.splitlines()[-1])
    return row


def time_pages(app: Flask, paths: Sequence[str]) -> list[float]:
    """Give the milliseconds of processor time of every page in every round, after one that does not count."""
    client = Client(app)
    times = []
    for number in range(ROUNDS + 1):
        for path in paths:
            begun = process_time()
            status = client.get(path).status_code
            if number:
                times.append((process_time() - begun) * 1000)
            assert status == 200, path
    return times


def time_searches(index: Path, questions: Sequence[Question]) -> list[float]:
    """Give the milliseconds of the search alone, as `time_pages` does."""
    opened = open_index(index)
    times = []
    for number in range(ROUNDS + 1):
        for question in questions:
            begun = process_time()
            search(opened, question)
            if number:
                times.append((process_time() - begun) * 1000)
    return times


def find_parts(app: Flask, paths: Sequence[str], page_ms: float) -> list[Row]:
    """Give the functions that take most of a page, those they call included, in milliseconds of a page of `page_ms`.

    A profile slows what it looks at; the shares are right enough, so they are given of the time without it.
    """
    client = Client(app)
    profile = cProfile.Profile()
    for path in paths:
        profile.enable()
        client.get(path)
        profile.disable()
    stats: Any = pstats.Stats(profile)
    total = stats.total_tt
    rows = [
        {"function": f"{Path(file).name}:{name}", "ms": round(page_ms * spent / total, 2)}
        for (file, _, name), (_, _, _, spent, _) in stats.stats.items()
        if spent / total >= SHARE and (OWN in file or name in NAMED) and not name.startswith("<")
    ]
    return sorted(rows, key=lambda row: -row["ms"])


def measure(folder: Path, options: argparse.Namespace) -> Row:
    """Give all figures for one index, built now unless `folder` has it."""
    folder.mkdir(parents=True, exist_ok=True)
    find_built("ours", options.articles, folder, lambda text: print(text, file=sys.stderr))  # noqa: T201 - progress
    index, questions = folder / "ours", build_questions()
    paths = [find_path(question) for question in questions]
    prepare()
    app = create_app(str(index))
    pages, searches = time_pages(app, paths), time_searches(index, questions)
    return {
        "articles": options.articles,
        "server": load(index, paths, options) if shutil.which("wrk") else None,
        "page": {"p50_ms": percentile(pages, 50), "p95_ms": percentile(pages, 95)},
        "search": {"p50_ms": percentile(searches, 50), "p95_ms": percentile(searches, 95)},
        "parts": find_parts(app, paths, percentile(pages, 50)),
    }


def main(argv: Sequence[str]) -> int:
    """Measure and print one JSON object, or lines of words."""
    parser = argparse.ArgumentParser(prog="python -m bench http", description=__doc__.splitlines()[0])
    parser.add_argument("--articles", type=int, default=10_000)
    parser.add_argument("--connections", type=int, default=4)
    parser.add_argument("--seconds", type=int, default=10)
    parser.add_argument("--folder", type=Path, help="keep the index here, and use one that is here already")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    options = parser.parse_args(argv)
    with TemporaryDirectory(prefix="kb-bench-") as scratch:
        found = measure((options.folder or Path(scratch)) / str(options.articles), options)
    if options.json:
        sys.stdout.write(json.dumps(found) + "\n")
        return 0
    server = found["server"] or "not measured: wrk is not on this machine (Debian: apt install wrk)"
    sys.stdout.write(f"server  {server}\npage    {found['page']}  processor time, in process\n")
    sys.stdout.write(f"search  {found['search']}\n")
    for row in found["parts"]:
        sys.stdout.write("{ms:8.2f} ms  {function}\n".format(**row))
    return 0
