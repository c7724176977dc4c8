"""``python -m bench scaling``: the same articles and questions on the embedded engine and on OpenSearch, in one run.

A real cluster of one node and of three is started from released artifacts (see tests/opensearch), filled, and asked
what the site asks: every facet counted, ten titles with passages. Waits are by the clock, because they are spent in
other processes; beside them stands the processor time of all processes, which other work on the machine changes less.
"""

import argparse
import json
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter, process_time
from typing import Any

from bench.engines import write_text
from bench.speed import apart, medians, memory_mb, percentile, print_message
from bench.synthetic import BenchQuery, build_queries, generate_articles
from indexer.build import build_index
from indexer.model import Article
from indexer.opensearch.place import ClusterPlace, Place
from indexer.store import measure_index
from kb.index import open_index
from kb.model import Question
from kb.search import prepare, search
from tests.opensearch.cluster import Cluster

ROUNDS = 3
SECONDS = 120.0  # that one answer may take: what is slow is measured, not refused
SIZES = "10000"
NODES = "1,3"
LINE = (
    "{engine:9} {articles:7} build {build_per_s:7.1f}/s {build_per_cpu_s:7.1f}/cpu s  {mb:7.1f} MB  memory "
    "{client_mb:5} + {nodes_mb:5} MB  p50 {p50_ms:8.2f}  p95 {p95_ms:8.2f}  cpu {cpu_ms:8.2f} ms\n"
)
TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True, slots=True)
class Point:
    """One measured point; rates are articles a second, memory is resident, processor times are of all processes."""

    engine: str
    articles: int
    shards: int
    build_per_s: float
    build_per_cpu_s: float
    mb: float
    client_mb: float
    nodes_mb: float
    p50_ms: float
    p95_ms: float
    cpu_ms: float
    by_kind: dict[str, float]


@dataclass(slots=True)
class Clock:
    """Time by the clock and of processors since it was made, of this process and of some others."""

    others: Sequence[int]
    started: float = 0.0
    processor: float = 0.0

    def __post_init__(self) -> None:
        """Begin."""
        self.started, self.processor = perf_counter(), self._processor()

    def read(self) -> tuple[float, float]:
        """Give both in seconds."""
        return perf_counter() - self.started, self._processor() - self.processor

    def _processor(self) -> float:
        return process_time() + sum(map(processor_seconds, self.others))


def processor_seconds(pid: int) -> float:
    """Give the processor time that a process has used."""
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


def build(place: Place, count: int, nodes: Sequence[int]) -> tuple[float, float]:
    """Write an index and give its articles a second by the clock and of processor time, without making them up."""
    making = making_cpu = 0.0

    def timed() -> Iterator[Article]:
        nonlocal making, making_cpu
        articles = generate_articles(count)
        while True:
            begun, cpu = perf_counter(), process_time()
            article = next(articles, None)
            making, making_cpu = making + perf_counter() - begun, making_cpu + process_time() - cpu
            if article is None:
                return
            yield article

    clock = Clock(nodes)
    build_index(place, timed())
    wall, processor = clock.read()
    return count / (wall - making), count / (processor - making_cpu)


def ask(place: Place, nodes: Sequence[int]) -> dict[str, Any]:
    """Ask every question in every round, after one that does not count, and give times and memory."""
    prepare()
    index = open_index(place)
    queries = build_queries()
    samples: list[tuple[BenchQuery, float]] = []
    clock = Clock(nodes)
    for number in range(ROUNDS + 1):
        if number == 1:
            clock = Clock(nodes)
        for query in queries:
            filters = {"area": (query.area,)} if query.area else {}
            begun = perf_counter()
            search(index, Question(write_text(query), filters=filters))
            if number:
                samples.append((query, (perf_counter() - begun) * 1000))
    times = [ms for _, ms in samples]
    return {
        "p50_ms": percentile(times, 50),
        "p95_ms": percentile(times, 95),
        "cpu_ms": round(clock.read()[1] * 1000 / len(samples), 2),
        "by_kind": medians(samples),
        "client_mb": round(memory_mb()),
    }


def measure(name: str, place: Place, count: int, cluster: Cluster | None) -> Point:
    """Build and ask in processes of their own; give the point."""
    nodes = [node.process.pid for node in cluster.nodes if node.process] if cluster else []
    per_s, per_cpu_s = apart(build, place, count, nodes)
    asked = apart(ask, place, nodes)
    used = round(sum(node.memory_mb() for node in cluster.nodes)) if cluster else 0
    size = round(measure_index(place)[3] / 1e6, 1)
    shards = place.shards if isinstance(place, ClusterPlace) else 1
    return Point(name, count, shards, round(per_s, 1), round(per_cpu_s, 1), size, nodes_mb=used, **asked)


@contextmanager
def running(nodes: int, folder: Path) -> Iterator[tuple[str, Place, Cluster | None]]:
    """Give an engine's name, a place for its index, and its nodes; 0 nodes are the embedded engine."""
    if not nodes:
        yield "embedded", folder / "embedded", None
        return
    with Cluster(nodes) as cluster:
        place = ClusterPlace(folder / f"nodes-{nodes}", cluster.addresses, "bench", shards=nodes, seconds=SECONDS)
        yield f"{nodes} node{'s' if nodes > 1 else ''}", place, cluster


def main(argv: Sequence[str]) -> int:
    """Measure and print one JSON object, or a table."""
    parser = argparse.ArgumentParser(prog="python -m bench scaling", description="OpenSearch beside the folder.")
    parser.add_argument("--articles", default=SIZES, help=f"sizes, with commas (default {SIZES})")
    parser.add_argument("--nodes", default=NODES, help=f"numbers of nodes, with commas (default {NODES})")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    options = parser.parse_args(argv)
    started, points = perf_counter(), []
    for count in map(int, options.articles.split(",")):
        for nodes in (0, *map(int, options.nodes.split(","))):
            print_message(f"{count} articles on {nodes} nodes", started)
            with (
                TemporaryDirectory(prefix="kb-bench-") as folder,
                running(nodes, Path(folder)) as (name, place, cluster),
            ):
                points.append(measure(name, place, count, cluster))
            print_message(json.dumps(asdict(points[-1])), started)
    write = sys.stdout.write
    if options.json:
        write(json.dumps({"points": [asdict(point) for point in points]}) + "\n")
        return 0
    for point in points:
        write(LINE.format(**asdict(point)))
    return 0
