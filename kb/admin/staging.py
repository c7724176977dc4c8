"""Uploads that wait to be saved: kept on the server between the two steps, so that what is saved is what was shown.

INDEX/admin/staging/0f3a…/back-pain.html   what was uploaded
INDEX/admin/staging/0f3a…/reading.jsonl    what the parser read from it
INDEX/admin/staging/0f3a…/upload.json      the folder it is meant for; written last
"""

import json
import re
import secrets
import shutil
import time
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from kb.admin.problem import AdminProblem

ID = re.compile(r"[0-9a-f]{32}")
UPLOAD = "upload.json"
READING = "reading.jsonl"
EXPIRED = "This upload was saved, discarded, or waited for too long. Upload the file again."
EXPIRY_SECONDS = 2 * 3600
MOST_UPLOADS = 20  # the oldest goes first


@dataclass(frozen=True, slots=True)
class Staged:
    """An upload that waits: its id, file name, the folder it is meant for, when it came."""

    id: str
    name: str
    shelf: str
    since: datetime
    folder: Path

    @property
    def path(self) -> Path:
        """Give where the uploaded file is."""
        return self.folder / self.name

    def data(self) -> bytes:
        """Give what was uploaded; raises AdminProblem."""
        return self._read(self.name)

    def reading(self) -> list[str]:
        """Give the lines of what was read from it; raises AdminProblem."""
        return self._read(READING).decode().split("\n")[:-1]

    def _read(self, name: str) -> bytes:
        try:
            return (self.folder / name).read_bytes()
        except FileNotFoundError:  # another request has just let it go
            raise AdminProblem(EXPIRED, 404) from None


class Staging:
    """The folder of uploads that wait."""

    def __init__(self, folder: Path) -> None:
        """Take the folder."""
        self._folder = folder

    def begin(self, name: str, data: bytes) -> Path:
        """Keep an upload under a new id and give its path; it waits for `complete`."""
        self._clean(MOST_UPLOADS - 1)
        folder = self._folder / secrets.token_hex(16)
        folder.mkdir(mode=0o700)
        (folder / name).write_bytes(data)
        return folder / name

    def complete(self, path: Path, shelf: Path, reading: bytes) -> str:
        """Keep what was read from an upload and where it belongs, and give its id."""
        (path.parent / READING).write_bytes(reading)
        row = {"name": path.name, "shelf": str(shelf)}
        (path.parent / UPLOAD).write_text(json.dumps(row), encoding="utf-8")
        return path.parent.name

    def find(self, staged_id: str) -> Staged:
        """Give the upload with an id; raises AdminProblem when it has expired or never was."""
        staged = self._read(self._folder / staged_id) if ID.fullmatch(staged_id) else None
        if staged is None:
            raise AdminProblem(EXPIRED, 404)
        return staged

    def all(self) -> tuple[Staged, ...]:
        """Give the uploads that wait, newest first."""
        self._clean(MOST_UPLOADS)
        found = (self._read(folder) for _, folder in self._folders())
        return tuple(staged for staged in found if staged is not None)

    def remove(self, path: Path) -> None:
        """Let an upload go, given where its file is."""
        shutil.rmtree(path.parent, ignore_errors=True)

    def _read(self, folder: Path) -> Staged | None:
        try:
            row = json.loads((folder / UPLOAD).read_text(encoding="utf-8"))
            changed = folder.stat().st_mtime
        except (OSError, ValueError):
            return None
        if time.time() - changed > EXPIRY_SECONDS:
            return None
        return Staged(folder.name, row["name"], row["shelf"], datetime.fromtimestamp(changed, UTC), folder)

    def _folders(self) -> list[tuple[float, Path]]:
        """Give the folders of uploads with the time each came, newest first."""
        found = []
        for folder in self._folder.iterdir():
            with suppress(OSError):  # another request has just let it go
                found.append((folder.stat().st_mtime, folder))
        return sorted(found, reverse=True)

    def _clean(self, most: int) -> None:
        for number, (since, folder) in enumerate(self._folders()):
            if number >= most or time.time() - since > EXPIRY_SECONDS:
                shutil.rmtree(folder, ignore_errors=True)
