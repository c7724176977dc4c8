"""The article files and what the index has of them, a page at a time."""

import os
from collections.abc import Collection, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import Any, Literal

from indexer.check import file_of
from indexer.files.reader import Source, read_sources
from indexer.sources import Sources
from kb.admin.shelf import is_shipped
from kb.config import Config

PER_PAGE = 50
MOST_LINES = 2_000  # of a .jsonl file that are compared with the index

Facts = Mapping[str, Any]
State = Literal["indexed", "changed", "new", "failed", "gone"]


@dataclass(frozen=True, slots=True)
class FileRow:
    """One article file: how it stands with the index, its articles there (slug and title), and what is wrong with it.

    `shelf` is the folder it can be deleted from, `name` its path there; without such a folder its whole path.
    """

    path: str
    name: str
    shelf: Path | None
    state: State
    articles: tuple[tuple[str, str], ...]
    size: int | None = None
    changed: datetime | None = None
    error: str = ""


@dataclass(frozen=True, slots=True)
class Listing:
    """A page of the files, how many there are, and how many of all are not as the index has them."""

    rows: tuple[FileRow, ...]
    total: int
    page: int
    pages: int
    new: int
    gone: int


def find_roots(config: Config, remembered: Sources) -> list[str]:
    """Give what the index is made of: the paths indexed before and the configured ones.

    The shipped articles are among them only where they were indexed, or nothing was.
    """
    configured = [
        os.path.abspath(path)  # noqa: PTH100 - links stay as named, as in sync
        for path in config.articles
        if not (remembered.paths and is_shipped(path))
    ]
    return list(dict.fromkeys([*remembered.paths, *configured]))


def build_listing(
    files: Sequence[str], known: Mapping[str, Facts], remembered: Sources, shelves: Collection[Path], page: int
) -> Listing:
    """Give a page of the files that are there or were indexed."""
    by_file: dict[str, list[Facts]] = {}
    for path, facts in known.items():
        by_file.setdefault(file_of(path), []).append(facts)
    failed: dict[str, str] = {}
    for failure in remembered.failed:
        failed.setdefault(file_of(failure.path), failure.error)
    present = set(files)
    every = sorted(present | by_file.keys())
    pages = max(1, -(-len(every) // PER_PAGE))
    page = min(max(page, 1), pages)
    rows = tuple(
        build_row(path, path in present, by_file.get(path, ()), failed.get(path, ""), shelves)
        for path in every[(page - 1) * PER_PAGE : page * PER_PAGE]
    )
    new = sum(path not in by_file and path not in failed for path in present)
    return Listing(rows, len(every), page, pages, new, len(by_file.keys() - present))


def build_row(path: str, is_there: bool, known: Sequence[Facts], error: str, shelves: Collection[Path]) -> FileRow:
    """Give how a file stands with what the index knows of it (`known`)."""
    shelf = next((shelf for shelf in shelves if Path(path).is_relative_to(shelf)), None)
    name = str(Path(path).relative_to(shelf)) if shelf else path
    articles = tuple((facts["slug"], facts["title"]) for facts in known)
    if not is_there:
        return FileRow(path, name, None, "gone", articles)
    size, changed = None, None
    with suppress(OSError):
        status = Path(path).stat()
        size, changed = status.st_size, datetime.fromtimestamp(status.st_mtime, UTC)
    state = _compare(path, known, bool(error))
    return FileRow(path, name, shelf, state, articles, size, changed, error if state == "failed" else "")


def _compare(path: str, known: Sequence[Facts], has_failed: bool) -> State:
    hashes = {facts["path"]: facts["hash"] for facts in known}
    sources = list(islice(read_sources(path), MOST_LINES))
    found = {source.path: source.content_hash for source in sources if isinstance(source, Source)}
    is_same = found == hashes if len(sources) < MOST_LINES else found.items() <= hashes.items()
    if is_same and not has_failed:
        return "indexed"
    if has_failed:
        return "failed"
    return "changed" if known else "new"
