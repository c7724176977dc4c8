"""The administration's own folder inside that of the index, which nobody else may look into.

INDEX/admin/key           what signs cookies and forms, made once, shared by all server processes
INDEX/admin/sessions/     one empty file for each session; its time is that of the last request
INDEX/admin/staging/      uploads that wait to be saved
INDEX/admin/job.json      how far the present or last run of the index got; `job.lock` is held while it runs
"""

import os
import secrets
import stat
from contextlib import suppress
from pathlib import Path

from indexer.disk.trust import closed_to_others
from kb.admin.problem import AdminProblem

FOLDER = "admin"
KEY = "key"
KEY_BYTES = 32
OWN_ALONE = 0o700


def open_private(index_folder: Path) -> Path:
    """Give the administration's folder, made when absent; raises AdminProblem when it is not ours alone."""
    folder = index_folder / FOLDER
    try:
        if not index_folder.is_dir():
            with closed_to_others():
                index_folder.mkdir(parents=True, exist_ok=True)
        for path in (folder, folder / "sessions", folder / "staging"):
            path.mkdir(mode=OWN_ALONE, exist_ok=True)
            status = path.lstat()
            if not stat.S_ISDIR(status.st_mode) or status.st_uid != os.geteuid() or status.st_mode & 0o077:
                raise AdminProblem(
                    f"{path} has to be a folder that belongs to the server's user alone: remove it.", 503
                )
    except OSError as error:
        reason = error.strerror or str(error)
        raise AdminProblem(f"The server cannot write {folder} ({reason}). Give its user that right.", 503) from None
    return folder


def read_key(folder: Path) -> bytes:
    """Give the key kept in the administration's folder; the first to ask makes it."""
    path = folder / KEY
    if not path.exists():
        draft = folder / f"{KEY}.{secrets.token_hex(8)}"
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as stream:
            stream.write(secrets.token_bytes(KEY_BYTES))
            stream.flush()
            os.fsync(stream.fileno())
        with suppress(FileExistsError):  # another process was quicker: its key holds
            os.link(draft, path)
        draft.unlink()
    key = path.read_bytes()
    if len(key) != KEY_BYTES:
        raise AdminProblem(f"{path} is damaged: remove it, and sign in again.", 503)
    return key
