"""``python -m bench speed``: the same articles and queries in our search and in the engines one could pick instead.

Every engine is built, then queried in a process of its own: warm, queries parsed each time. Times are milliseconds of
processor time, so that other work on the machine does not count; p50 and p95 are over all queries but those with a
typo, which only some engines can answer (`p95_all_ms` has them).
"""

import argparse
import json
import multiprocessing
import os
import resource
import sys
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter, process_time
from typing import Any

import numpy as np

from bench.engines import MODES, Engine
from bench.synthetic import SYMPTOM_WORDS, BenchQuery, build_queries, generate_articles
from kb.index import open_index
from kb.suggest import suggest

ENGINES = {  # loaded only where they are asked, so that nobody's memory has another's library
    "ours": "bench.engines:ours",
    "ours-site": "bench.engines:ours_site",
    "whoosh": "bench.stock:StockWhoosh",
    "fts5": "bench.peers:Fts5",
    "fts5-numpy": "bench.peers:Fts5Bitmaps",
    "tantivy": "bench.peers:Tantivy",
}
SAME_FILES = {"ours-site": "ours", "fts5-numpy": "fts5"}  # engines that read what another one wrote
ROUNDS = 5
BUDGET_S = 20.0  # processor time for one mode of one engine: a slow one goes fewer rounds, with all queries in each

Row = dict[str, Any]


def load(name: str) -> Engine:
    """Give an engine by its name."""
    module, _, maker = ENGINES[name].partition(":")
    engine: Engine = getattr(import_module(module), maker)()
    return engine


def build(name: str, folder: Path, count: int) -> Row:
    """Build one engine's index and give its rate (documents a second of processor time), size and memory."""
    spent = 0.0

    def timed() -> Any:
        nonlocal spent
        articles = generate_articles(count)
        while True:
            started = process_time()
            article = next(articles, None)
            spent += process_time() - started
            if article is None:
                return
            yield article

    started = process_time()
    load(name).build(folder, timed())
    seconds = process_time() - started - spent
    size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
    return {
        "engine": name,
        "articles": count,
        "docs_per_s": round(count / seconds, 1),
        "mb": round(size / 1e6, 1),
        "build_rss_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
    }


def ask(name: str, folder: Path, count: int) -> tuple[list[Row], Row]:
    """Query one engine's index and give a row for each mode, and what belongs to its build: memory, first answer."""
    engine, queries = load(name), build_queries()
    before = memory_mb()
    started = process_time()
    engine.open(folder)
    engine.ask(queries[1], "full")
    first = (process_time() - started) * 1000
    rows = []
    for mode in MODES:
        samples, rounds = sample(engine, queries, mode)
        plain = [ms for query, ms in samples if query.kind != "fuzzy"]
        everything = [ms for _, ms in samples]
        rows.append(
            {
                "engine": name,
                "articles": count,
                "mode": mode,
                "p50_ms": percentile(plain, 50),
                "p95_ms": percentile(plain, 95),
                "p95_all_ms": percentile(everything, 95),
                "rounds": rounds,
                "by_kind": medians(samples),
            }
        )
    about: Row = {"first_ms": round(first, 2), "rss_mb": round(memory_mb()), "bare_mb": round(before)}
    if name == "ours-site":
        from bench.updates import measure_update  # noqa: PLC0415 - who writes has more in memory than who asks

        about["suggest_p95_ms"] = time_suggestions(folder)
        about["update_ms"] = measure_update(folder)
    return rows, about


def medians(samples: Sequence[tuple[BenchQuery, float]]) -> dict[str, float]:
    """Give the median of each kind of query."""
    kinds = dict.fromkeys(query.kind for query, _ in samples)
    return {kind: percentile([ms for query, ms in samples if query.kind == kind], 50) for kind in kinds}


def sample(engine: Engine, queries: Sequence[BenchQuery], mode: str) -> tuple[list[tuple[BenchQuery, float]], int]:
    """Give the milliseconds of every query in every round, and the number of rounds; a first one does not count."""
    samples = []
    started = process_time()
    for number in range(ROUNDS + 1):
        for query in queries:
            begun = process_time()
            try:
                engine.ask(query, mode)
            except NotImplementedError:
                continue
            if number:
                samples.append((query, (process_time() - begun) * 1000))
        if number and process_time() - started > BUDGET_S:
            break
    return samples, number


def time_suggestions(folder: Path) -> float:
    """Give the 95th percentile of suggestions for symptom words being typed, every tenth with a typo."""
    index = open_index(folder)
    typed = [word[:length] for word in SYMPTOM_WORDS for length in range(2, len(word) + 1)]
    typed = [text[:1] + text[2:] if place % 10 == 0 and len(text) > 5 else text for place, text in enumerate(typed)]
    suggest(index, "head")
    times = []
    for text in typed:
        begun = process_time()
        suggest(index, text)
        times.append((process_time() - begun) * 1000)
    return percentile(times, 95)


def memory_mb(process: int | str = "self") -> float:
    """Give the resident memory of a process."""
    pages = int(Path(f"/proc/{process}/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def percentile(times: Sequence[float], share: int) -> float:
    """Give a percentile of some times, 0 for none."""
    return round(float(np.percentile(times, share)), 3) if times else 0.0


def measure(
    names: Sequence[str], count: int, folder: Path, report: Callable[[str], None]
) -> tuple[list[Row], list[Row]]:
    """Build and query each engine in processes of their own; give rows and builds."""
    rows: list[Row] = []
    builds: dict[str, Row] = {}
    for name in names:
        files = SAME_FILES.get(name, name)
        if files not in builds:
            builds[files] = find_built(files, count, folder, report)
        report(f"{name}: {count} articles")
        found, about = apart(ask, name, folder / files, count)
        rows += found
        builds[name] = builds[files] | {"engine": name} | about
    return rows, [builds[name] for name in names]


def find_built(name: str, count: int, folder: Path, report: Callable[[str], None]) -> Row:
    """Give the figures of an engine's build, made now unless `folder` has it from before."""
    figures = folder / f"{name}.json"
    if not figures.exists():
        report(f"{name}: building {count} articles")
        figures.write_text(json.dumps(apart(build, name, folder / name, count)), encoding="utf-8")
    found: Row = json.loads(figures.read_text(encoding="utf-8"))
    return found


def apart(function: Callable[..., Any], *arguments: Any) -> Any:
    """Give what a function gives in a fresh process, or raise what it raises; BrokenProcessPool when it is killed."""
    with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as pool:
        return pool.submit(function, *arguments).result()


def main(argv: Sequence[str]) -> int:
    """Measure and print one JSON object, or a table."""
    parser = argparse.ArgumentParser(prog="python -m bench speed", description="Speed of search, beside other engines.")
    parser.add_argument("--articles", default="1000,10000", help="sizes, with commas (default 1000,10000)")
    parser.add_argument("--engines", default=",".join(ENGINES), help=f"of {','.join(ENGINES)}")
    parser.add_argument("--folder", type=Path, help="keep the indexes here, and use those that are here already")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    options = parser.parse_args(argv)
    names = options.engines.split(",")
    unknown = [name for name in names if name not in ENGINES]
    if unknown:
        parser.error(f"unknown engine {unknown[0]}")
    rows: list[Row] = []
    builds: list[Row] = []
    started = perf_counter()
    for count in map(int, options.articles.split(",")):
        with TemporaryDirectory(prefix="kb-bench-") as scratch:
            folder = options.folder or Path(scratch)
            kept = folder / str(count)
            kept.mkdir(parents=True, exist_ok=True)
            found, built = measure(names, count, kept, lambda text: print_message(text, started))
        rows += found
        builds += built
    write = sys.stdout.write
    if options.json:
        write(json.dumps({"rows": rows, "builds": builds}) + "\n")
    else:
        for row in rows:
            write("{engine:12} {articles:7} {mode:7} p50 {p50_ms:9.3f}  p95 {p95_ms:9.3f}  {by_kind}\n".format(**row))
        for row in builds:
            write(f"{row}\n")
    return 0


def print_message(text: str, started: float) -> None:
    """Say on stderr what is being done."""
    sys.stderr.write(f"{perf_counter() - started:6.0f} s  {text}\n")
