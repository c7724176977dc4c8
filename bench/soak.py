"""Readers of a changing index: many threads ask two servers while another process commits, every answer is compared.

An answer names its generation. What each generation has to answer is known from what was written into the articles
(`bench.soak_articles`), not from an engine. Counted besides: errors, generations that go backwards or come late, and
the memory of the servers over time.
"""

import json
import os
import random
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit

import click
import numpy as np

from bench.soak_articles import (
    LASTING,
    WORDS,
    WORKS,
    YEARS,
    State,
    build_name,
    count_citing,
    count_facet,
    find_slugs,
    read_truth,
)

SERVE = [sys.executable, "-c", "from kb.cli import main; main()", "serve", "--port", "0"]
WRITE = [sys.executable, "-m", "bench.soak_articles"]
SERVERS = 2
SERVER_THREADS = 4  # of each
LATE_SECONDS = 3.0  # after a commit was told, an answer of an older generation is late
TRUTH_SECONDS = 60.0  # to wait for the truth of a generation that a server has shown
MEMORY_SECONDS = 5.0  # between two looks at the memory of the servers
KEPT_GENERATIONS = 100  # states kept to compare with
PAGE = 10  # hits of a page


@dataclass(frozen=True, slots=True)
class Asked:
    """A question to a server and what has to come of it: given the state and the JSON, what is wrong or nothing."""

    path: str
    judge: Callable[[State, Any], str]


class Truth:
    """What is so in each generation, as the writer tells it, and since when it was told."""

    def __init__(self) -> None:
        self.states: dict[int, State] = {}
        self.since: dict[int, float] = {}
        self.commits = 0
        self.failed = 0
        self._changed = threading.Condition()

    def follow(self, lines: Iterator[str]) -> None:
        """Take what the writer prints until it ends."""
        for line in lines:
            row = json.loads(line)
            with self._changed:
                state = read_truth(self.states, row)
                self.states[row["generation"]] = state
                self.since[row["generation"]] = row["time"]
                self.commits += 1
                self.failed += row["failed"]
                for old in sorted(self.states)[:-KEPT_GENERATIONS]:
                    del self.states[old]
                self._changed.notify_all()

    def find(self, generation: int) -> State | None:
        """Give the state of a generation once it is told; None when it never is."""
        with self._changed:
            self._changed.wait_for(lambda: generation in self.states, TRUTH_SECONDS)
            return self.states.get(generation)

    def is_late(self, generation: int, asked: float) -> bool:
        """Tell whether an answer to a question asked then should have been of a newer generation."""
        with self._changed:
            newer = [since for number, since in self.since.items() if number > generation]
        return bool(newer) and asked - min(newer) > LATE_SECONDS


class Tally:
    """What all clients saw."""

    def __init__(self) -> None:
        self.counts: Counter[str] = Counter()
        self.generations: set[int] = set()
        self.milliseconds: list[float] = []
        self.examples: list[str] = []
        self._lock = threading.Lock()

    def add(self, kind: str, detail: str = "") -> None:
        """Count something, with an example of what went wrong."""
        with self._lock:
            self.counts[kind] += 1
            if detail and len(self.examples) < 20:
                self.examples.append(f"{kind}: {detail}"[:500])

    def time(self, generation: int, seconds: float) -> None:
        """Note an answer."""
        with self._lock:
            self.generations.add(generation)
            self.milliseconds.append(seconds * 1_000)


def draw_question(chance: random.Random) -> Asked:
    """Give one of the kinds of question by chance."""
    word, work = chance.choice(WORDS), chance.choice(WORKS)
    kind = chance.randrange(4)
    if kind == 0:
        return Asked(
            f"/api/search?{urlencode({'q': word, 'sort': 'title'})}",
            lambda state, row: judge_list(state, row, word, None),
        )
    if kind == 1:
        year = chance.choice(YEARS)
        query = urlencode({"q": word, "sort": "title", "year": year})
        return Asked(f"/api/search?{query}", lambda state, row: judge_list(state, row, word, year))
    if kind == 2:
        query = urlencode({"q": work, "kind": "work"})
        return Asked(f"/api/search?{query}", lambda state, row: judge_work(state, row, work))
    slug = f"soak-{build_name(chance.randrange(LASTING)).lower()}"
    return Asked(f"/api/articles/{slug}", lambda state, row: judge_article(state, row, slug))


def judge_list(state: State, row: Any, word: str, year: int | None) -> str:
    """Compare hits, total and two facets of articles with a word (and a year)."""
    slugs = find_slugs(state, word, year)
    found = row["total"], [hit["slug"] for hit in row["hits"]]
    if found != (len(slugs), slugs[:PAGE]):
        return f"{word} {year} of {row['generation']}: {found}, not {len(slugs)}, {slugs[:PAGE]}"
    for facet in ("year",) if year else ("year", "author"):
        counts = {value["value"]: value["count"] for value in row["facets"][facet] if value["count"]}
        if counts != count_facet(state, word, facet):
            return f"{facet} of {word} of {row['generation']}: {counts}"
    return ""


def judge_work(state: State, row: Any, work: str) -> str:
    """Compare how many articles cite a work."""
    citing = count_citing(state, work)
    found = [hit["articles"] for hit in row["hits"]]
    return "" if found == [citing] * bool(citing) else f"{work} of {row['generation']}: {found}, not {citing}"


def judge_article(state: State, row: Any, slug: str) -> str:
    """Compare the words, the year and the number of works of one article."""
    told = state[slug]
    text = row["sections"][0]["text"].split()
    words = tuple(sorted(word for word in text if word in WORDS))
    found = words, int(row["updated"][:4]), len(row["works"])
    wanted = told.words, told.year, len(told.works)
    return "" if found == wanted else f"{slug}: {found}, not {wanted}"


def ask_until(end: float, address: str, truth: Truth, tally: Tally, seed: int) -> None:
    """Ask one server without a pause until a time, and judge every answer."""
    chance = random.Random(seed)
    host = urlsplit(address).netloc
    connection = HTTPConnection(host, timeout=30)
    newest = 0
    while time.time() < end:
        asked, question = time.time(), draw_question(chance)
        try:
            connection.request("GET", question.path)
            answer = connection.getresponse()
            body = answer.read()
        except (OSError, HTTPException) as error:
            tally.add("errors", f"{question.path}: {error!r}")
            connection.close()
            connection = HTTPConnection(host, timeout=30)
            continue
        if answer.status != 200:
            tally.add("errors", f"{question.path}: {answer.status} {body[:200]!r}")
            continue
        generation, wrong = judge(question, answer.headers.get("ETag", ""), json.loads(body), truth)
        tally.time(generation, time.time() - asked)
        tally.add("answers")
        if wrong:
            tally.add("wrong", wrong)
        if generation < newest:
            tally.add("backwards", f"{generation} after {newest}")
        if truth.is_late(generation, asked):
            tally.add("late", f"{generation} at {truth.since}")
        newest = max(newest, generation)
    connection.close()


def judge(question: Asked, tag: str, row: Any, truth: Truth) -> tuple[int, str]:
    """Give the generation of an answer and what is wrong with it.

    A page tells its generation by its tag only, and may be of the one that came while it was made.
    """
    tagged = int(tag.removeprefix('W/"').partition("-")[0] or 0)
    generation = row.get("generation", tagged)
    state = truth.find(generation)
    if state is None:
        return generation, f"generation {generation} was never told"
    wrong = question.judge(state, row)
    if wrong and "generation" not in row:
        later = truth.states.get(generation + 1)
        wrong = question.judge(later, row) if later else wrong
    return generation, wrong


@contextmanager
def started(command: list[str], **options: Any) -> Iterator["subprocess.Popen[str]"]:
    """Start a process whose output is read, and end it afterwards."""
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, **options)
    try:
        yield process
    finally:
        process.terminate()
        process.wait(30)
        if process.stdout:
            process.stdout.close()


def read_memory(process: "subprocess.Popen[str]") -> float:
    """Give the resident memory of a process in megabytes."""
    status = Path(f"/proc/{process.pid}/status").read_text(encoding="ascii")
    return next(int(line.split()[1]) / 1_024 for line in status.splitlines() if line.startswith("VmRSS"))


def soak(folder: Path, minutes: float, clients: int) -> dict[str, Any]:
    """Run writer, servers and clients for some minutes, and give what was seen."""
    articles, index = folder / "articles", folder / "index"
    articles.mkdir()
    truth, tally = Truth(), Tally()
    settings = {**os.environ, "KB_THREADS": str(SERVER_THREADS), "KB_LOG": "errors", "KB_INDEX": str(index)}
    with ExitStack() as stack:
        writer = stack.enter_context(started([*WRITE, str(articles), str(index), "1"]))
        assert writer.stdout is not None
        follower = threading.Thread(target=truth.follow, args=(writer.stdout,))
        follower.start()
        truth.find(1)
        servers = [stack.enter_context(started(SERVE, env=settings)) for _ in range(SERVERS)]
        addresses = [str(server.stdout.readline()).split()[0] for server in servers if server.stdout]
        end = time.time() + minutes * 60
        threads = [
            threading.Thread(target=ask_until, args=(end, addresses[seed % SERVERS], truth, tally, seed))
            for seed in range(clients)
        ]
        for thread in threads:
            thread.start()
        memory = watch_memory(servers, end)
        for thread in threads:
            thread.join()
        alive = [server.poll() is None for server in servers] + [writer.poll() is None]
    follower.join()
    return build_report(truth, tally, memory) | {"minutes": minutes, "clients": clients, "all_alive": all(alive)}


def watch_memory(servers: list["subprocess.Popen[str]"], end: float) -> list[list[float]]:
    """Give the memory of each server, looked at regularly until a time."""
    rows: list[list[float]] = [[] for _ in servers]
    while time.time() < end:
        for row, server in zip(rows, servers, strict=True):
            row.append(read_memory(server))
        time.sleep(min(MEMORY_SECONDS, max(0.0, end - time.time())))
    return rows


def build_report(truth: Truth, tally: Tally, memory: list[list[float]]) -> dict[str, Any]:
    """Give the figures of a run."""
    times = np.array(tally.milliseconds or [0.0])
    counts: Mapping[str, int] = tally.counts
    return {
        **{name: counts.get(name, 0) for name in ("answers", "wrong", "errors", "backwards", "late")},
        "commits": truth.commits,
        "failed_files": truth.failed,
        "generations_seen": len(tally.generations),
        "p50_ms": round(float(np.percentile(times, 50)), 1),
        "p99_ms": round(float(np.percentile(times, 99)), 1),
        "max_ms": round(float(times.max()), 1),
        "memory_mb": [[round(value, 1) for value in row[:: max(1, len(row) // 20)]] for row in memory],
        "memory_growth_mb_a_minute": [round(slope_of(row), 3) for row in memory],
        "examples": tally.examples,
    }


def slope_of(row: list[float]) -> float:
    """Give the growth per minute over the second half of a row of megabytes."""
    half = row[len(row) // 2 :]
    if len(half) < 3:
        return 0.0
    return float(np.polyfit(np.arange(len(half)) * MEMORY_SECONDS / 60, half, 1)[0])


@click.command()
@click.option("--minutes", type=float, default=10.0, show_default=True, help="How long to ask.")
@click.option("--clients", type=int, default=8, show_default=True, help="Threads that ask.")
def soak_command(minutes: float, clients: int) -> None:
    """Ask two servers while the index changes every second; exit 1 if an answer is wrong, late or none."""
    with tempfile.TemporaryDirectory(prefix="soak-") as folder:
        report = soak(Path(folder), minutes, clients)
    click.echo(json.dumps(report, indent=1))
    bad = any(report[name] for name in ("wrong", "errors", "backwards", "late", "failed_files"))
    sys.exit(1 if bad or not report["answers"] or not report["all_alive"] else 0)


def main(argv: list[str]) -> int:
    """Run the command with these arguments."""
    soak_command.main(argv, prog_name="python -m bench soak")
    return 0
