"""The index is brought up to date by a process of its own, one at a time; a file tells how far it got.

The process is born with `job.lock` held and holds it until its work is done or it ends, however it ends.
"""

import fcntl
import json
import os
import subprocess
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

from indexer.disk.storage import replace_text
from kb.admin.processes import build_command, build_environment
from kb.config import Config

RECORD = "job.json"
LOCK = "job.lock"
AGAIN = "job.again"  # is there when files may have changed after the run looked at them
ATTEMPTS = 20  # to get the lock while others only look whether it is held
ENDED = "It ended before it was done. The last complete index is still served. Start it again."

State = Literal["running", "done", "failed"]
Kind = Literal["sync", "rebuild"]


@dataclass(frozen=True, slots=True)
class Job:
    """The present or last run: what it does, how much of it is done (`total` 0: not known yet), what came of it.

    Times are ISO, in UTC.
    """

    state: State = "running"
    label: str = "Starting"
    done: int = 0
    total: int = 0
    started: str = ""
    ended: str = ""
    result: str = ""


def now() -> str:
    """Give the time as it is kept."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def write_job(folder: Path, job: Job) -> None:
    """Keep what is known of the run."""
    replace_text(folder / RECORD, json.dumps(asdict(job), ensure_ascii=False))


def read_job(folder: Path) -> Job | None:
    """Give the present or last run; one that says it runs, and does not hold the lock, has ended badly."""
    with _try_lock(folder, fcntl.LOCK_SH) as descriptor:
        try:
            job = Job(**json.loads((folder / RECORD).read_text(encoding="utf-8")))
        except (OSError, ValueError, TypeError):
            return None
    if descriptor is not None and job.state == "running":
        return replace(job, state="failed", result=ENDED)
    return job


def start_job(folder: Path, config: Config, index_folder: Path, kind: Kind, paths: Sequence[str]) -> bool:
    """Start a process that makes the index say what the files at and under `paths` say.

    False when one runs already; that one then looks at the files once more.
    """
    (folder / AGAIN).touch()
    for _ in range(ATTEMPTS):
        with _try_lock(folder, fcntl.LOCK_EX) as descriptor:
            if descriptor is not None:
                write_job(folder, Job(started=now()))
                process = subprocess.Popen(
                    build_command("kb.admin.write_index", [str(folder), str(descriptor), kind, *paths]),
                    env=build_environment(config, index_folder),
                    stdin=subprocess.DEVNULL,
                    stdout=subprocess.DEVNULL,
                    stderr=subprocess.DEVNULL,
                    pass_fds=(descriptor,),
                    start_new_session=True,  # it goes on when the server ends
                )
                threading.Thread(target=process.wait, name="index-job", daemon=True).start()
                return True
        time.sleep(0.01)
    return False


@contextmanager
def _try_lock(folder: Path, kind: int) -> Iterator[int | None]:
    """Give a descriptor that holds the lock, or None when another process does."""
    descriptor = os.open(folder / LOCK, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        try:
            fcntl.flock(descriptor, kind | fcntl.LOCK_NB)
        except BlockingIOError:
            yield None
        else:
            yield descriptor
    finally:
        os.close(descriptor)
