"""``python -m bench hostile``: requests made to break the server, spoilt files for the indexer; same seed, same run.

Broken is: an answer of 5xx, none within 20 s, a trace of the program, markup or headers of the client in the answer; a
file that ends or hangs the parser or shows a fault in it; an index of spoilt files that cannot be searched or shown.
"""

import argparse
import json
import random
import sys
import tempfile
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from bench.flood import running_server
from bench.hostile_files import Originals, read_originals, spoil
from bench.hostile_requests import Outcome, build_request, send
from indexer.files.pool import CRASHED, TOO_SLOW
from indexer.files.reader import Failure
from indexer.sync import sync
from kb.app import create_app
from kb.resources import find_folder

SENDERS = 4
BATCH = 1_000  # files in one run of the indexer
SHOWN = 30  # articles of each batch that are looked at as pages
FAULT = "It could not be parsed"  # what the indexer says of an error in the parser itself
KEPT = 12  # broken requests or files shown in full


def main(argv: list[str]) -> int:
    """Run both, print what came of it, and give 1 when anything broke."""
    parser = argparse.ArgumentParser(prog="python -m bench hostile", description=__doc__)
    parser.add_argument("--requests", type=int, default=20_000)
    parser.add_argument("--files", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--keep", type=Path, help="folder in which files that broke something are kept")
    options = parser.parse_args(argv)
    report = {"requests": try_requests(options.requests, options.seed)} if options.requests else {}
    if options.files:
        report["files"] = try_files(options.files, options.seed, options.keep)
    sys.stdout.write(json.dumps(report, indent=2) + "\n")
    return 1 if any(part["broken"] for part in report.values()) else 0


def try_requests(count: int, seed: int) -> dict[str, object]:
    """Send hostile requests to a server of its own; give the answers by status and what was broken."""
    outcomes = [Outcome() for _ in range(SENDERS)]
    began = time.monotonic()
    with running_server(KB_LIMIT_LOOPBACK="false") as (port, process):

        def send_share(number: int) -> None:
            chance = random.Random(seed * SENDERS + number)
            for _ in range(count // SENDERS):
                send(port, build_request(chance), outcomes[number])

        with ThreadPoolExecutor(SENDERS) as pool:
            list(pool.map(send_share, range(SENDERS)))
        memory = _read_megabytes(process.pid)
        ended = process.poll()
    slowest = max(outcomes, key=lambda outcome: outcome.slowest)
    broken = [(name, request) for outcome in outcomes for name, request in outcome.broken]
    return {
        "sent": count,
        "seconds": round(time.monotonic() - began),
        "statuses": dict(sorted(sum((Counter(outcome.statuses) for outcome in outcomes), Counter()).items())),
        "slowest_seconds": round(slowest.slowest, 2),
        "slowest_request": slowest.slowest_request[:300].decode("latin-1"),
        "megabytes": memory,
        "server_ended": ended is not None,
        "broken": Counter(name for name, _ in broken) + Counter({"server ended": int(ended is not None)}),
        "examples": [f"{name}: {request[:600]!r}" for name, request in broken[:KEPT]],
    }


def try_files(count: int, seed: int, keep: Path | None) -> dict[str, object]:
    """Index spoilt files in batches, and search and show what became of them; give what was broken."""
    originals = read_originals([find_folder("corpus"), Path("tests/golden")])
    chance = random.Random(seed)
    broken: Counter[str] = Counter()
    examples: list[str] = []
    failures = articles = 0
    slowest = 0.0
    began = time.monotonic()
    for batch in range(-(-count // BATCH)):
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            write_batch(folder / "files", originals, chance, min(BATCH, count - batch * BATCH))
            report = sync(folder / "index", [folder / "files"])
            slowest = max(slowest, report.seconds)
            failures += len(report.failed)
            articles += report.added
            for failure in report.failed:
                if is_broken(failure):
                    broken[failure.error[:120]] += 1
                    examples.append(f"{Path(failure.path).name}: {failure.error[:200]}")
                    _keep(failure.path, keep, batch)
            for status, path in show_some(folder / "index", chance):
                broken[f"page {status}"] += 1
                examples.append(path)
        sys.stderr.write(f"{(batch + 1) * BATCH} files, {articles} articles, {sum(broken.values())} broken\n")
    return {
        "files": count,
        "articles": articles,
        "refused": failures,
        "seconds": round(time.monotonic() - began),
        "slowest_batch_seconds": round(slowest, 1),
        "broken": broken,
        "examples": examples[:KEPT],
    }


def is_broken(failure: Failure) -> bool:
    """Tell whether a failure is the parser's fault: an error in it, its end, or more time of its own than it has."""
    return failure.error in (CRASHED, TOO_SLOW) or failure.error.startswith(FAULT)


def write_batch(folder: Path, originals: Originals, chance: random.Random, count: int) -> None:
    """Write so many spoilt files into a new folder."""
    folder.mkdir()
    for number in range(count):
        suffix, data = spoil(originals, chance)
        (folder / f"spoilt-{number:05}{suffix}").write_bytes(data)


def show_some(index: Path, chance: random.Random) -> list[tuple[int, str]]:
    """Ask for pages and articles of an index of spoilt files; give those that were not answered well."""
    client = create_app(index).test_client()
    found = client.get("/api/search?q=pain").get_json()["hits"] + client.get("/api/search").get_json()["hits"]
    slugs = sorted({hit["slug"] for hit in found})
    paths = [
        "/",
        "/evidence",
        "/symptoms",
        "/?kind=work",
        "/works.bib",
        "/works.ris",
        "/works.json",
        "/api/search?kind=work",
    ]
    paths += [f"/articles/{slug}" for slug in slugs] + [f"/api/articles/{slug}" for slug in slugs]
    works = client.get(f"/api/search?kind=work&page={chance.randint(1, 5)}").get_json()["hits"]
    paths += [f"/works/{hit['work']}" for hit in works]
    answers = [(client.get(path).status_code, path) for path in paths]
    return [(status, path) for status, path in answers if status not in (200, 400)]


def _keep(path: str, keep: Path | None, batch: int) -> None:
    if keep is not None:
        keep.mkdir(parents=True, exist_ok=True)
        source = Path(path.partition("#")[0])
        (keep / f"{batch:03}-{source.name}").write_bytes(source.read_bytes())


def _read_megabytes(pid: int) -> int:
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return next(int(line.split()[1]) // 1024 for line in lines if line.startswith("VmHWM"))
