"""Whether an index folder may be read: an index holds pickled objects, and reading those can run what is in them.

So an index is only read when nobody but this user and the administrator could have written it.
"""

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ADMINISTRATOR = 0  # user id of root
OTHERS = stat.S_IWOTH  # the right of everybody to write


def find_distrust(folder: Path, data: Path) -> str | None:
    """Give why an index folder with its data folder cannot be trusted, or None; where there are no owners, None.

    What vanishes meanwhile is not looked at: who reads it next finds that out.
    """
    if not hasattr(os, "geteuid"):
        return None
    ours = {os.geteuid(), ADMINISTRATOR}
    for path, status in _read_statuses(folder, data):
        if stat.S_ISLNK(status.st_mode):
            return f"{path} is a link"
        if status.st_uid not in ours:
            return f"{path} belongs to another user, number {status.st_uid}"
        if status.st_mode & OTHERS:
            return f"anybody may write {path}"
    return None


def _read_statuses(folder: Path, data: Path) -> Iterator[tuple[Path, os.stat_result]]:
    try:
        yield folder, folder.stat()  # the folder itself may be reached by a link
        yield data, data.lstat()
        with os.scandir(data) as entries:
            for entry in entries:
                yield Path(entry.path), entry.stat(follow_symlinks=False)
    except FileNotFoundError:
        return


@contextmanager
def closed_to_others() -> Iterator[None]:
    """Let no file or folder that is made in the block be writable by everybody, however this process was started."""
    before = os.umask(OTHERS)
    os.umask(before | OTHERS)
    try:
        yield
    finally:
        os.umask(before)
