"""The folders that hold the articles: files are put in and taken out, each in one step, and nowhere else.

A name is looked up inside the opened folder, part by part and without following links, so that nothing that is
renamed or linked meanwhile leads a write elsewhere.
"""

import errno
import os
import secrets
import stat
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path, PurePosixPath

from indexer.files.reader import FORMATS, SKIPPED_STARTS, SKIPPED_STEMS
from kb.admin.problem import AdminProblem
from kb.config import Config
from kb.resources import PACKAGE, find_folder

DRAFT = ".kb-draft"  # .1f09ab2c.kb-draft, which no index reads
DRAFT_SECONDS = 3600  # after which a draft is one that a crash has left
SHIPPED = (
    "The articles that come with the program stay as they are. To upload your own, name a folder for them: "
    'articles = ["/srv/kb/articles"] in kb.toml, or KB_ARTICLES.'
)
GONE = "There is no such article file."


def find_shelves(config: Config) -> tuple[tuple[Path, ...], str]:
    """Give the configured folders that articles can be saved in, and why there is none."""
    judged = [(Path(path).absolute(), find_obstacle(Path(path))) for path in config.articles]
    free = tuple(path for path, obstacle in judged if obstacle is None)
    obstacles = [obstacle for _, obstacle in judged if obstacle is not None]
    return free, "" if free else " ".join(dict.fromkeys(obstacles)) or SHIPPED


def find_obstacle(path: Path) -> str | None:
    """Give why nothing can be saved in a folder, with what to do; None when something can."""
    if is_shipped(path):
        return SHIPPED
    if not path.is_dir():
        return f"{path} is not a folder: make it, or name another with the setting articles."
    if not os.access(path, os.W_OK | os.X_OK):
        return f"The server may not write {path}: give its user that right, or name another with the setting articles."
    return None


def is_shipped(path: Path) -> bool:
    """Tell whether a folder is that of the shipped articles, or otherwise inside the installed program."""
    real = Path(os.path.realpath(path))
    return any(real.is_relative_to(Path(os.path.realpath(own))) for own in (PACKAGE, find_folder("corpus")))


def find_entry(folder: Path, name: str) -> os.stat_result | None:
    """Give what stands under a name in a folder or in one inside it, a link as itself; None when nothing does."""
    folders, last = _split(name)
    with _opened(folder, folders) as descriptor:
        return _status(descriptor, last)


def save_article(folder: Path, name: str, data: bytes, *, replaces: bool) -> None:
    """Write an article file so that a crash leaves all of it or nothing; raises AdminProblem.

    A file of that name is only replaced when `replaces` says so.
    """
    with _opened(folder) as descriptor:
        _remove_old_drafts(descriptor)
        draft = f".{secrets.token_hex(8)}{DRAFT}"
        try:
            _write(descriptor, draft, data)
            if replaces and _is_file(descriptor, name):
                os.replace(draft, name, src_dir_fd=descriptor, dst_dir_fd=descriptor)
            else:
                os.link(draft, name, src_dir_fd=descriptor, dst_dir_fd=descriptor, follow_symlinks=False)
        except FileExistsError:
            raise AdminProblem(f"There is a file {name} already. Look at it, then choose to replace it.", 409) from None
        finally:
            with suppress(FileNotFoundError):
                os.unlink(draft, dir_fd=descriptor)
        os.fsync(descriptor)


def delete_article(folder: Path, name: str) -> None:
    """Take an article file out of a folder or of one inside it; `name` is its path there. Raises AdminProblem."""
    folders, last = _split(name)
    with _opened(folder, folders) as descriptor:
        if not _is_file(descriptor, last):
            raise AdminProblem(GONE, 404)
        os.unlink(last, dir_fd=descriptor)
        os.fsync(descriptor)


@contextmanager
def _opened(folder: Path, inside: list[str] | None = None) -> Iterator[int]:
    """Hold a folder open, or one inside it that no link leads to; what the system refuses is told in one sentence."""
    if (obstacle := find_obstacle(folder)) is not None:
        raise AdminProblem(obstacle, 409)
    descriptors: list[int] = []
    try:
        descriptors.append(os.open(folder, os.O_RDONLY | os.O_DIRECTORY))
        for name in inside or ():
            flags = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW
            descriptors.append(os.open(name, flags, dir_fd=descriptors[-1]))
        yield descriptors[-1]
    except OSError as error:
        if error.errno in (errno.ENOENT, errno.ELOOP, errno.ENOTDIR):
            raise AdminProblem(GONE, 404) from None
        reason = error.strerror or str(error)
        raise AdminProblem(f"{folder} could not be written ({reason}). Nothing was changed.", 503) from None
    finally:
        for descriptor in reversed(descriptors):
            os.close(descriptor)


def _split(name: str) -> tuple[list[str], str]:
    """Give the folders and the file of an article's path inside a folder; raises AdminProblem for any other path."""
    *folders, last = PurePosixPath(name).parts or ("",)
    is_elsewhere = PurePosixPath(name).is_absolute() or ".." in (*folders, last) or "\0" in name
    is_skipped = any(part.lower().startswith((*SKIPPED_STARTS, *SKIPPED_STEMS)) for part in (*folders, last))
    if is_elsewhere or is_skipped or PurePosixPath(last).suffix.lower() not in FORMATS:
        raise AdminProblem(GONE, 404)
    return folders, last


def _write(descriptor: int, name: str, data: bytes) -> None:
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW
    with os.fdopen(os.open(name, flags, 0o644, dir_fd=descriptor), "wb") as stream:
        stream.write(data)
        stream.flush()
        os.fsync(stream.fileno())


def _is_file(descriptor: int, name: str) -> bool:
    """Tell whether a file is there; raises AdminProblem for what is there and is none."""
    status = _status(descriptor, name)
    if status is not None and not stat.S_ISREG(status.st_mode):
        raise AdminProblem(f"{name} is a link or no file, and stays as it is. Change it by hand.", 409)
    return status is not None


def _status(descriptor: int, name: str) -> os.stat_result | None:
    try:
        return os.stat(name, dir_fd=descriptor, follow_symlinks=False)
    except FileNotFoundError:
        return None


def _remove_old_drafts(descriptor: int) -> None:
    for name in os.listdir(descriptor):
        status = _status(descriptor, name) if name.startswith(".") and name.endswith(DRAFT) else None
        if status is not None and time.time() - status.st_mtime > DRAFT_SECONDS:
            with suppress(FileNotFoundError):
                os.unlink(name, dir_fd=descriptor)
