"""The files of one data folder, written so that a commit survives a crash."""

import os
from contextlib import suppress
from pathlib import Path
from typing import Any

from indexer.engine import filestore


class DurableStorage(filestore.FileStorage):  # type: ignore[misc] # Whoosh is published without types
    """A Whoosh folder whose commit is on disk before it is visible.

    Whoosh makes a generation visible by renaming its table of contents. Every file created since the last
    rename is flushed to disk first, and the folder afterwards.
    """

    def __init__(self, path: str | Path) -> None:
        """Take the folder; it need not exist yet."""
        super().__init__(str(path))
        self._unsynced: set[str] = set()
        self._written: list[Any] = []
        self._temporary: list[DurableStorage] = []

    def create_file(self, name: str, **options: Any) -> Any:
        """Open a new file of the folder for writing, and remember that it is not on disk yet."""
        self._unsynced.add(name)
        file = super().create_file(name, **options)
        self._written.append(file)
        return file

    def temp_storage(self, name: str | None = None) -> "DurableStorage":
        """Give a folder in this one for files that are gone after the commit."""
        storage = DurableStorage(Path(self.folder, name or "MAIN.tmp"))
        storage.create()
        self._temporary.append(storage)
        return storage

    def close_files(self) -> None:
        """Close what was being written when something failed; its content is of no use."""
        for storage in self._temporary:
            storage.close_files()
        for file in self._written:
            with suppress(Exception):  # what could not be written cannot be flushed either
                file.file.close()
        self._written.clear()
        self._temporary.clear()

    def rename_file(self, oldname: str, newname: str, safe: bool = False) -> None:
        """Give a file its final name once everything written so far is on disk."""
        self.sync()
        super().rename_file(oldname, newname, safe=safe)
        sync_folder(self.folder)

    def sync(self) -> None:
        """Flush every file created since the last call, and the folder's list of names."""
        for name in sorted(self._unsynced):
            path = Path(self.folder, name)
            if path.exists():
                sync_file(path)
        self._unsynced.clear()
        self._written = [file for file in self._written if not file.file.closed]
        self._temporary.clear()
        sync_folder(self.folder)


def sync_file(path: Path) -> None:
    """Wait until the content of a closed file is on disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def sync_folder(path: str | Path) -> None:
    """Wait until the names in a folder are on disk (nothing to do where folders cannot be opened)."""
    if not hasattr(os, "O_DIRECTORY"):
        return
    descriptor = os.open(path, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def replace_text(path: Path, text: str) -> None:
    """Replace a small file by `text`, so that a crash leaves the old or the new content, never a part of it."""
    draft = path.with_name(f"{path.name}.{os.getpid()}.tmp")
    try:
        with draft.open("w", encoding="utf-8") as stream:
            stream.write(text)
            stream.flush()
            os.fsync(stream.fileno())
        draft.replace(path)
    except OSError:
        draft.unlink(missing_ok=True)
        raise
    sync_folder(path.parent)
