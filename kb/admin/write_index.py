"""``python -m kb.admin.write_index FOLDER LOCK sync|rebuild PATH…``: the index is written, FOLDER told how far it got.

LOCK is the descriptor that keeps others from starting meanwhile.
"""

import os
import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

from indexer.disk.generations import IndexProblem
from indexer.sync import SyncOptions, SyncReport, sync
from kb.admin.job import AGAIN, Job, now, write_job
from kb.config import find_place, read_config

TOLD_SECONDS = 0.3  # between two notes of how far it got
NICE = 5  # who serves comes first


class Progress:
    """Notes in the administration's folder how far the run got."""

    def __init__(self, folder: Path) -> None:
        """Take the folder."""
        self.folder = folder
        self.job = Job(started=now())
        self._told = 0.0

    def track(self, items: Iterable[Any], count: int, label: str) -> Iterator[Any]:
        """Give the items, noting now and then how many were taken."""
        for number, item in enumerate(items):
            self._tell(label, number, count)
            yield item

    def end(self, job: Job) -> None:
        """Note what came of the run."""
        write_job(self.folder, replace(job, ended=now()))

    def _tell(self, label: str, done: int, total: int) -> None:
        moment = time.monotonic()
        if label != self.job.label or moment - self._told > TOLD_SECONDS:
            self._told = moment
            self.job = replace(self.job, label=label, done=min(done, total), total=total)
            with suppress(OSError):  # a full disk stops the run where it writes the index, and that is told
                write_job(self.folder, self.job)


def main(folder: Path, kind: str, paths: Sequence[str]) -> None:
    """Bring the index of the settings up to date with the files at and under `paths`."""
    progress = Progress(folder)
    try:
        config = read_config()
        (folder / AGAIN).unlink(missing_ok=True)
        report = sync(find_place(config), paths, SyncOptions(kind == "rebuild", config.workers, progress.track))
        while (folder / AGAIN).exists():
            (folder / AGAIN).unlink()
            report = add(report, sync(find_place(config), paths, SyncOptions(False, config.workers, progress.track)))
    except IndexProblem as problem:
        progress.end(replace(progress.job, state="failed", result=str(problem)))
    except Exception as error:
        text = f"It ended by an error of the program ({type(error).__name__}). The last complete index is still served."
        progress.end(replace(progress.job, state="failed", result=text))
        raise
    else:
        progress.end(replace(progress.job, state="done", result=tell(report)))


def add(first: SyncReport, second: SyncReport) -> SyncReport:
    """Give what two runs did, one after the other; what is so at the end is what the second saw."""
    counts = {name: getattr(first, name) + getattr(second, name) for name in ("added", "updated", "removed", "seconds")}
    return replace(second, **counts)


def tell(report: SyncReport) -> str:
    """Give what a run did as one sentence."""
    counts = f"{report.added} added, {report.updated} updated, {report.removed} removed, {report.unchanged} unchanged"
    return f"{counts}, {len(report.failed)} failed. Generation {report.generation}, in {report.seconds:.1f} s."


if __name__ == "__main__":
    with suppress(OSError):
        os.nice(NICE)
    try:
        main(Path(sys.argv[1]), sys.argv[3], sys.argv[4:])
    finally:
        os.close(int(sys.argv[2]))  # not when Python has tidied up: the next run may begin
