"""The index folder: which data folder is current, who may write, and what a crash left behind.

    INDEX/CURRENT             name of the current data folder, replaced atomically
    INDEX/data-000003/        one Whoosh index; `base.json` in it has its base generation and schema VERSION
    INDEX/sources.json        the paths indexed so far and the files that failed
    INDEX/writer.lock         held by the one process that writes; `writer.json` says who

A generation is the base of the data folder plus the number of its Whoosh table of contents. A commit is a new table
of contents, a rebuild a new data folder with a higher base: the generation only ever grows.
"""

import errno
import json
import os
import re
import shlex
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import filelock

from indexer.disk.storage import replace_text, sync_folder
from indexer.disk.trust import closed_to_others, find_distrust
from indexer.schema import VERSION

CURRENT = "CURRENT"
BASE = "base.json"
LOCK = "writer.lock"
HOLDER = "writer.json"
DATA_FOLDER = re.compile(r"data-(\d{6,12})")  # data-000003
CONTENTS = re.compile(r"_MAIN_(\d+)\.toc")  # _MAIN_12.toc, complete
SEGMENT_FILE = re.compile(r"(MAIN_[0-9a-z]+)\.")  # MAIN_y2b5nwlqg9iv0x7c.trm
LOCK_SECONDS = 10.0


class IndexProblem(Exception):
    """The index folder cannot be used as it is; the message says why and what to do."""

    def __init__(self, folder: Path, message: str) -> None:
        """Take the index folder and the whole sentence for the user."""
        super().__init__(folder, message)  # both: by its arguments an exception is made again in another process
        self.folder = folder
        self.message = message

    def __str__(self) -> str:
        """Give the sentence."""
        return self.message


class IndexMissing(IndexProblem):
    """Nothing has been indexed in this folder yet."""


class IndexDamaged(IndexProblem):
    """The folder has an index that cannot be read."""


class IndexOutdated(IndexProblem):
    """The index was written with another schema VERSION."""


class IndexUntrusted(IndexProblem):
    """Others could have written the index, and reading it could run what they put there."""


class IndexLocked(IndexProblem):
    """Another process is writing this index."""


class IndexUnwritable(IndexProblem):
    """The folder cannot be written: permissions, a full disk, a file in its place."""


@dataclass(frozen=True, slots=True)
class DataFolder:
    """One data folder: where it is, the generation it started from, and the schema VERSION that wrote it."""

    path: Path
    base: int
    version: int

    @property
    def generation(self) -> int:
        """Give the newest committed generation in it (its base when nothing is committed)."""
        return self.base + max(contents_numbers(self.path), default=0)


def rebuild_command(folder: Path) -> str:
    """Give the command that rebuilds the index in `folder` from its articles."""
    return f"kb index --rebuild --index {shlex.quote(str(folder))}"


def contents_numbers(data: Path) -> list[int]:
    """Give the numbers of the complete tables of contents in a data folder."""
    return [int(match[1]) for path in data.iterdir() if (match := CONTENTS.fullmatch(path.name))]


def read_current(folder: Path, *, any_version: bool = False) -> DataFolder:
    """Give the current data folder of an index folder.

    Raises IndexMissing, IndexDamaged, IndexUntrusted, or IndexOutdated unless `any_version`.
    """
    for _ in range(20):  # a rebuild may remove the folder between the two reads: then CURRENT names a newer one
        name = _read_pointer(folder)
        try:
            base = json.loads((folder / name / BASE).read_text(encoding="utf-8"))
            found = DataFolder(folder / name, int(base["base"]), int(base["version"]))
            break
        except FileNotFoundError:
            continue
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise damaged(folder, str(error)) from error
    else:
        raise damaged(folder, f"{name} is gone")
    if found.version != VERSION and not any_version:
        message = (
            f"The index in {folder} has format {found.version}, this program reads format {VERSION}. "
            f"Rebuild it with: {rebuild_command(folder)}"
        )
        raise IndexOutdated(folder, message)
    reason = find_distrust(folder, found.path)
    if reason is not None:
        message = (
            f"The index in {folder} is not safe to read: {reason}. Take that right away (chmod -R go-w), or remove the "
            f"folder, and rebuild it as the user who reads it: {rebuild_command(folder)}"
        )
        raise IndexUntrusted(folder, message)
    return found


def _read_pointer(folder: Path) -> str:
    try:
        name = (folder / CURRENT).read_text(encoding="utf-8").strip()
    except FileNotFoundError:
        command = f"kb index --index {shlex.quote(str(folder))} FOLDER_OF_ARTICLES"
        message = f"There is no index in {folder} yet. Make one with: {command}"
        raise IndexMissing(folder, message) from None
    except (OSError, ValueError) as error:
        raise damaged(folder, str(error)) from error
    if not DATA_FOLDER.fullmatch(name):
        raise damaged(folder, f"{CURRENT} does not name a data folder")
    return name


def damaged(folder: Path, reason: str) -> IndexDamaged:
    """Give the error for an index folder that cannot be read, with what to do."""
    message = f"The index in {folder} is damaged ({reason}). Rebuild it with: {rebuild_command(folder)}"
    return IndexDamaged(folder, message)


def create_data_folder(folder: Path, base: int) -> DataFolder:
    """Make the next empty data folder beside the current one; `announce` makes it current."""
    taken = [int(match[1]) for path in folder.iterdir() if (match := DATA_FOLDER.fullmatch(path.name))]
    path = folder / f"data-{max(taken, default=0) + 1:06d}"
    path.mkdir()
    replace_text(path / BASE, json.dumps({"base": base, "version": VERSION}))
    sync_folder(folder)
    return DataFolder(path, base, VERSION)


def announce(folder: Path, data: DataFolder) -> None:
    """Make a complete data folder the current one, in one atomic step, then remove the others."""
    replace_text(folder / CURRENT, data.path.name + "\n")
    remove_leftovers(folder)


def remove_leftovers(folder: Path) -> None:
    """Remove data folders that are not current; the writer's lock must be held.

    Readers keep what they have mapped, and one that was about to open an old folder finds the new one by CURRENT.
    """
    try:
        current = _read_pointer(folder)
    except IndexMissing:
        current = ""
    except IndexDamaged:
        return  # nothing is removed while it is not known what is current
    for path in folder.iterdir():
        if DATA_FOLDER.fullmatch(path.name) and path.name != current:
            shutil.rmtree(path, ignore_errors=True)
        elif path.suffix == ".tmp":
            path.unlink(missing_ok=True)


def remove_unfinished(data: Path, segments: set[str]) -> None:
    """Remove what a killed writer left in a data folder: files of segments not listed, drafts, old contents.

    `segments` are the names in the newest table of contents; the writer's lock must be held.
    """
    newest = max(contents_numbers(data), default=0)
    for path in data.iterdir():
        contents, segment = CONTENTS.fullmatch(path.name), SEGMENT_FILE.match(path.name)
        if path.is_dir():
            shutil.rmtree(path, ignore_errors=True)
        elif (
            (contents and int(contents[1]) != newest)
            or (segment and segment[1] not in segments)
            or (path.name.startswith("_MAIN_") and not contents)
            or path.suffix == ".tmp"
        ):
            path.unlink(missing_ok=True)


@contextmanager
def writing(folder: Path, seconds: float | None = None) -> Iterator[None]:
    """Hold the index folder for writing, alone among all processes; made when absent.

    A lock left by a killed process is free at once (the system releases it). Raises IndexLocked after `seconds`
    (`LOCK_SECONDS` when not given), and IndexUnwritable when the folder or the disk refuses, at the start or at any
    time in the block.
    """
    with _explained(folder), closed_to_others():
        folder.mkdir(parents=True, exist_ok=True)
        lock = filelock.FileLock(folder / LOCK, timeout=LOCK_SECONDS if seconds is None else seconds)
        try:
            lock.acquire()
        except filelock.Timeout:
            raise IndexLocked(folder, _holder_message(folder)) from None
        try:
            holder = {"pid": os.getpid(), "since": datetime.now(UTC).isoformat(timespec="seconds")}
            replace_text(folder / HOLDER, json.dumps(holder))
            yield
        finally:
            with suppress(OSError):
                (folder / HOLDER).unlink(missing_ok=True)
            lock.release()


def _holder_message(folder: Path) -> str:
    try:
        holder = json.loads((folder / HOLDER).read_text(encoding="utf-8"))
        who = f"process {holder['pid']} since {holder['since']}"
    except (OSError, ValueError, KeyError, TypeError):
        who = "another process"
    return f"The index in {folder} is being written by {who}. Wait until it is done, or end it, and run again."


@contextmanager
def _explained(folder: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            message = (
                f"The disk of {folder} is full; the last complete index is still served. Free some space and run again."
            )
        elif error.errno == errno.EIO:
            message = f"The disk of {folder} reports an error. The last complete index is still there; check the disk."
        else:
            reason = error.strerror or str(error)
            message = f"The index folder {folder} cannot be written ({reason}). Choose another with --index FOLDER."
        raise IndexUnwritable(folder, message) from error
