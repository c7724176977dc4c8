"""What the parser reads from an upload, read in another process, before anything is saved."""

import json
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from threading import BoundedSemaphore

from indexer.documents import load_article
from indexer.files.reader import Failure
from kb.admin.problem import AdminProblem
from kb.admin.processes import build_bare_environment, build_command
from kb.reading import Reading, build_reading

SECONDS = 25.0  # after which the process is ended, whatever holds it up; it stops itself long before
PATIENCE = 5.0  # that an upload waits for another one to be read
BUSY = "Another upload is being read just now. Try again in a moment."
HELD_UP = "Reading it took too long and was stopped. Simplify or split the file."
BROKEN = "The parser ended unexpectedly on it. Simplify the file, and report it please."

_turn = BoundedSemaphore(1)  # one upload is read at a time


@dataclass(frozen=True, slots=True)
class Preview:
    """What was read from an upload: articles as their pages show them, failures, and how many were not looked at."""

    readings: tuple[Reading, ...]
    failures: tuple[Failure, ...]
    left: int = 0

    @property
    def is_savable(self) -> bool:
        """Tell whether there is an article in it."""
        return bool(self.readings)


def read_in_process(path: Path) -> bytes:
    """Give the lines that `kb.admin.read_upload` prints for a file; raises AdminProblem."""
    if not _turn.acquire(timeout=PATIENCE):
        raise AdminProblem(BUSY, 503)
    try:
        done = subprocess.run(
            build_command("kb.admin.read_upload", [str(path)]),
            env=build_bare_environment(),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise AdminProblem(HELD_UP, 422) from None
    finally:
        _turn.release()
    if done.returncode:
        raise AdminProblem(BROKEN, 422)
    return done.stdout


def parse_lines(lines: Sequence[str], today: date) -> Preview:
    """Give the preview that the lines of a reading tell of."""
    readings: list[Reading] = []
    failures: list[Failure] = []
    left = 0
    for line in lines:
        row = json.loads(line)
        if "article" in row:
            article = load_article(json.dumps(row["article"]).encode()).article
            readings.append(build_reading(article, (), today))
        elif "error" in row:
            failures.append(Failure(row["line"], row["error"]))
        else:
            left = row["left"]
    return Preview(tuple(readings), tuple(failures), left)
