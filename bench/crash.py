"""``python -m bench crash [--kills 200] [--readers 2] [--full-disk]``: killed writers, asked readers, one truth.

An indexing process is killed at random moments (every fifth one rebuilds) while reader processes ask the site's own
`search()` all the time. Every article's title says its version, so every answer can be checked: two versions in one
answer, an article missing, a generation that went back, or any error counts as a fault. With ``--full-disk`` (as root,
Linux) the index lies on a small tmpfs that is nearly full at random moments instead.
"""

import argparse
import contextlib
import json
import multiprocessing
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from kb.index import Index, open_index
from kb.model import Question
from kb.search import search

ARTICLES = 40
EVERYTHING = Question(text="sore", per_page=100)
COMMAND = [sys.executable, "-c", "from kb.cli import main; main()", "index"]
TMPFS_MB = 4
LEFT_SECONDS = 30.0
MOST_TOLD = 50  # faults of one reader
MARKER = f"KB_BENCH_CRASH={os.getpid()}"  # in the environment of every process of ours, to find one that is left


def write_version(folder: Path, version: int) -> None:
    """Write all articles with the version in their title; half of them cite works that change with it."""
    for number in range(ARTICLES):
        lines = [f"# Sore spot {number} of {version}", "", "## Description", "", "It aches [1]."]
        if number % 2:
            source = f"Marlow A. Study {(number + version) % 7}. Journal of Quiet Rooms. 2011;4(2):10-19."
            lines += ["", "## References", "", f"1. {source}"]
        (folder / f"sore-spot-{number}.md").write_text("\n".join(lines) + "\n", encoding="utf-8")


def ask(index: Index, newest: int) -> tuple[int, str | None]:
    """Ask for all articles; give the generation of the answer and what is wrong with it."""
    page = search(index, EVERYTHING)
    versions = {hit.title.rpartition(" ")[2] for hit in page.hits}
    if len(versions) == 1 and page.total == len(page.hits) == ARTICLES and page.generation >= newest:
        return page.generation, None
    found = f"{page.total} articles, {len(page.hits)} hits, versions {sorted(versions)}"
    return page.generation, f"generation {page.generation} after {newest}: {found}"


def read_all_the_time(folder: Path, answers: Any, faults: Any, stop: Any) -> None:
    """Ask until told to stop, now and then with a newly opened index; put what is wrong into `faults`."""
    newest = told = 0
    index = open_index(folder)
    while not stop.is_set():
        try:
            if random.random() < 0.2:
                index = open_index(folder)
            newest, fault = ask(index, newest)
        except Exception as error:  # noqa: BLE001 - any error of a reader is a finding
            fault = f"{type(error).__name__}: {error}"
        if fault and told < MOST_TOLD:  # a full queue would keep the reader from ending
            faults.put(fault)
            told += 1
        answers.value += 1


@contextlib.contextmanager
def reading(folder: Path, count: int) -> Iterator[tuple[list[Any], Any]]:
    """Run reader processes in the block; give their counts of answers and the queue of faults."""
    context = multiprocessing.get_context("spawn")
    stop, faults = context.Event(), context.Queue()
    answers = [context.Value("i", 0) for _ in range(count)]
    readers = [context.Process(target=read_all_the_time, args=(folder, value, faults, stop)) for value in answers]
    for reader in readers:
        reader.start()
    try:
        yield answers, faults
    finally:
        stop.set()
        for reader in readers:
            reader.join()


def run(arguments: list[str], seconds: float | None = None) -> int:
    """Index; kill the process after `seconds`. Give its exit code."""
    name, _, value = MARKER.partition("=")
    process = subprocess.Popen(
        [*COMMAND, *arguments], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=os.environ | {name: value}
    )
    if seconds is None:
        return process.wait()
    time.sleep(seconds)
    process.kill()
    return process.wait()


def find_left_behind() -> int:
    """Give the number of indexing processes that still run."""
    count = 0
    for path in Path("/proc").glob("[0-9]*/environ"):
        with contextlib.suppress(OSError):
            count += MARKER.encode() in path.read_bytes().split(b"\0")
    return count


def count_left_behind() -> int:
    """Give how many indexing processes still run after the time that the workers of a killed one need to notice."""
    end = time.monotonic() + LEFT_SECONDS
    while (count := find_left_behind()) and time.monotonic() < end:
        time.sleep(0.2)
    return count


@contextlib.contextmanager
def small_disk(folder: Path) -> Iterator[None]:
    """Mount a tmpfs of `TMPFS_MB` on a folder."""
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={TMPFS_MB}m", "tmpfs", str(folder)], check=True)
    try:
        yield
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)


def fill(disk: Path, chance: random.Random) -> Path:
    """Fill a disk up to a random rest, and give the file that does."""
    filler = disk / "filler"
    free = shutil.disk_usage(disk).free
    filler.write_bytes(b"x" * max(0, free - chance.randrange(0, 400_000)))
    return filler


def torture(folder: Path, options: argparse.Namespace) -> dict[str, Any]:
    """Kill or starve one indexing process after another, and give what the readers saw."""
    chance = random.Random(options.seed)
    disk, articles = folder / "disk", folder / "articles"
    disk.mkdir()
    articles.mkdir()
    index = disk / "index"
    arguments = [str(articles), "--index", str(index)]
    with small_disk(disk) if options.full_disk else contextlib.nullcontext():
        write_version(articles, 0)
        started = time.monotonic()
        if run(arguments):
            raise SystemExit("the first index could not be made")
        seconds = time.monotonic() - started
        refused = completed = 0
        with reading(index, options.readers) as (answers, faults):
            for version in range(1, options.kills + 1):
                write_version(articles, version)
                rebuild = ["--rebuild"] if version % 5 == 0 else []
                if options.full_disk:
                    filler = fill(disk, chance)
                    refused += run([*arguments, *rebuild]) != 0
                    filler.unlink()
                else:
                    # about half of the processes come to their end, however busy the machine is
                    killed = run([*arguments, *rebuild], chance.uniform(0.5, 1.2) * seconds) != 0
                    seconds *= 1.1 if killed else 0.9
                    completed += not killed
            last = run(arguments)
            left = count_left_behind()
        fault_list = [faults.get() for _ in range(faults.qsize())]
        generation, fault = ask(open_index(index), 0)
        versions = {hit.title.rpartition(" ")[2] for hit in search(open_index(index), EVERYTHING).hits}
    return {
        "kills": 0 if options.full_disk else options.kills - completed,
        "completed": completed,
        "refused_by_full_disk": refused,
        "answers": sum(value.value for value in answers),
        "faults": len(fault_list),
        "examples": fault_list[:3],
        "clean_run_after": last == 0 and fault is None and versions == {str(options.kills)},
        "generation": generation,
        "processes_left": left,
    }


def main(argv: list[str]) -> int:
    """Print one JSON object; 1 when anything was wrong."""
    parser = argparse.ArgumentParser(prog="python -m bench crash", description=__doc__)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--readers", type=int, default=2)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--full-disk", action="store_true", help="fill a small tmpfs instead of killing (needs root)")
    options = parser.parse_args(argv)
    with tempfile.TemporaryDirectory() as folder:
        report = torture(Path(folder), options)
    sys.stdout.write(json.dumps(report) + "\n")
    return int(bool(report["faults"] or report["processes_left"] or not report["clean_run_after"]))
