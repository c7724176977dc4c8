"""Whether an index folder may be read: an index holds pickled objects, and reading those can run what is in them.

So an index is only read when nobody but this user and the administrator could have written it. A group may write it
that is the administrator's, that has no name and so no members, or that a user has alone: one of the user's own name,
as many systems make for each.
"""

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

ADMINISTRATOR = 0  # user id of root
OTHERS = stat.S_IWGRP | stat.S_IWOTH  # the rights of others to write


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
        if status.st_mode & stat.S_IWOTH:
            return f"anybody may write {path}"
        group = find_shared_group(status)
        if group is not None:
            return f"everybody in the group {group} may write {path}"
    return None


def find_shared_group(status: os.stat_result) -> str | None:
    """Give the group that may write a file and that its owner may share with other users, or None."""
    import grp  # noqa: PLC0415 - not on Windows
    import pwd  # noqa: PLC0415 - as above

    if not status.st_mode & stat.S_IWGRP or status.st_gid == ADMINISTRATOR:
        return None
    try:
        group = grp.getgrgid(status.st_gid)
    except KeyError:  # a number that a container was given
        return None
    try:
        owner = pwd.getpwuid(status.st_uid).pw_name
    except KeyError:
        return group.gr_name
    return None if group.gr_name == owner and not set(group.gr_mem) - {owner} else group.gr_name


def _read_statuses(folder: Path, data: Path) -> Iterator[tuple[str, os.stat_result]]:
    """Give paths as text: a `Path` of each file would leave its name among the interned strings, at each commit."""
    with suppress(FileNotFoundError):
        yield str(folder), folder.stat()  # the folder itself may be reached by a link
        yield str(data), data.lstat()
        with os.scandir(data) as entries:
            for entry in entries:
                with suppress(FileNotFoundError):
                    yield entry.path, entry.stat(follow_symlinks=False)


@contextmanager
def closed_to_others() -> Iterator[None]:
    """Let no file or folder that is made in the block be writable by everybody, however this process was started."""
    before = os.umask(OTHERS)
    os.umask(before | OTHERS)
    try:
        yield
    finally:
        os.umask(before)
