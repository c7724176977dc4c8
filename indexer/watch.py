"""Article files are watched, and the index follows: every change ends in the same sync that `kb index` runs.

A few changed files are synced by name, so that an edit costs what it touches; anything less plain (folders, links, a
first look, a problem that is over) syncs all watched paths. Files named one by one, and whether a watched folder is
still the same one, are looked at every second, for the system does not tell of them once they were replaced.
"""

import os
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import watchfiles

from indexer.disk.generations import IndexProblem
from indexer.files.mounts import is_on_network
from indexer.files.reader import FORMATS, SKIPPED_STARTS, SKIPPED_STEMS
from indexer.opensearch.place import Place
from indexer.store import folder_of
from indexer.sync import SyncOptions, SyncReport, sync

TICK = 500  # milliseconds between two looks at the watched paths themselves
STEP = 100  # milliseconds of quiet after which a burst of changes is over
DEBOUNCE = 1_600  # milliseconds after which a burst is synced even when it goes on
POLL_DELAY = 1_000  # milliseconds between two looks at every file, where the system tells of no changes
RETRY_SECONDS = 5.0  # after a problem with the index folder
REVIEW_SECONDS = 900.0  # all paths are synced at least this often, should a change go unnoticed
MOST_NAMED = 200  # changed files synced by name; more are a sync of all

Outcome = SyncReport | IndexProblem | OSError
Identity = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class WatchOptions:
    """How to watch: by polling (None: where a path is on a network file system), and how to sync."""

    polling: bool | None = None
    debounce: int = DEBOUNCE
    sync: SyncOptions = field(default_factory=SyncOptions)


def watch(place: Place, paths: Sequence[str | Path], options: WatchOptions = WatchOptions()) -> Iterator[Outcome]:
    """Sync the index at `place` with `paths`, now and after every change, and give what each sync did or hit.

    It never ends by itself: the caller stops, or KeyboardInterrupt does. A problem with the index folder is given
    and the sync tried again; files that fail are in the reports.
    """
    run = _Watch(place, [os.path.abspath(path) for path in paths], options)  # noqa: PTH100 - links stay as named
    while True:
        yield from run.follow()


class _Watch:
    """What waits to be synced, and when."""

    def __init__(self, place: Place, roots: list[str], options: WatchOptions) -> None:
        self.place = place
        self.folder = folder_of(place)
        self.roots = roots
        self.options = options
        self.waiting = set(roots)
        self.not_before = 0.0
        self.reviewed = time.monotonic()
        self.seen = {root: read_identity(root) for root in roots}

    def follow(self) -> Iterator[Outcome]:
        """Watch the folders that are there now, until one of them is gone or another one."""
        folders = find_folders(self.seen)
        for changed in self._bursts(list(folders)):
            self._note(changed)
            if self.waiting and time.monotonic() >= self.not_before:
                yield self._sync()
            if find_folders(self.seen) != folders or not changed.isdisjoint(folders):
                self.waiting.update(self.roots)  # what happened between two watches went unseen
                return

    def _bursts(self, folders: list[str]) -> Iterator[set[str]]:
        """Give the changed names of every burst, and no names every `TICK`."""
        if not folders:
            time.sleep(TICK / 1_000)
            yield set()
            return
        polling = any(map(is_on_network, folders)) if self.options.polling is None else self.options.polling
        for changes in watchfiles.watch(
            *folders,
            watch_filter=None,
            debounce=self.options.debounce,
            step=STEP,
            rust_timeout=TICK,
            yield_on_timeout=True,
            force_polling=polling,
            poll_delay_ms=POLL_DELAY,
            ignore_permission_denied=True,
        ):
            yield {path for _, path in changes}

    def _note(self, changed: set[str]) -> None:
        """Add what has to be synced: changed files by name, or all paths."""
        now = {root: read_identity(root) for root in self.roots}
        wanted = [path for path in changed if self._is_wanted(path)]
        due = time.monotonic() - self.reviewed > REVIEW_SECONDS
        if due or now != self.seen or len(wanted) > MOST_NAMED or not all(map(self._is_plain, wanted)):
            self.waiting.update(self.roots)
        else:
            # a file that came and went again is no failure: its folder is looked at
            self.waiting.update(path if Path(path).exists() else str(Path(path).parent) for path in wanted)
        self.seen = now

    def _is_wanted(self, path: str) -> bool:
        """Tell whether an article can be at or below a path."""
        root = self._root_of(path)
        if root is None or Path(path).is_relative_to(self.folder):
            return False
        parts = Path(path).relative_to(root).parts
        if any(part.lower().startswith((*SKIPPED_STARTS, *SKIPPED_STEMS)) for part in parts):
            return False
        suffix = Path(path).suffix.lower()
        return suffix in FORMATS or not suffix or Path(path).is_dir()

    def _is_plain(self, path: str) -> bool:
        """Tell whether a path is one article file by its own name, there or gone, with no link on the way to it."""
        root = self._root_of(path)
        if root is None or path == root or Path(path).suffix.lower() not in FORMATS or Path(path).is_dir():
            return False
        own = Path(os.path.realpath(root), Path(path).relative_to(root))
        return os.path.realpath(path) == str(own) and own.parent.is_dir()

    def _root_of(self, path: str) -> str | None:
        return next((root for root in self.roots if path == root or path.startswith(f"{root.rstrip('/')}/")), None)

    def _sync(self) -> Outcome:
        whole = self.waiting.issuperset(self.roots)
        try:
            report = sync(self.place, self.roots if whole else sorted(self.waiting), self.options.sync)
        except (IndexProblem, OSError) as problem:
            self.waiting.update(self.roots)
            self.not_before = time.monotonic() + RETRY_SECONDS
            return problem
        self.waiting.clear()
        if whole:
            self.reviewed = time.monotonic()
        return report


def read_identity(path: str) -> Identity:
    """Give what tells a folder from another at its place, or a file from what it was; empty when there is none."""
    try:
        status = Path(path).stat()
    except OSError:
        return ()
    here = (status.st_dev, status.st_ino)
    return here if Path(path).is_dir() else (*here, status.st_mtime_ns, status.st_size)


def find_folders(seen: dict[str, Identity]) -> dict[str, Identity]:
    """Give the folders among what was seen."""
    return {path: identity for path, identity in seen.items() if len(identity) == 2}


def new_failures(report: SyncReport, told: set[tuple[str, str]]) -> Iterable[str]:
    """Give the failures of a report that are not among those `told`, as sentences, and add them."""
    for failure in report.failed:
        if (failure.path, failure.error) not in told:
            told.add((failure.path, failure.error))
            yield f"{failure.path}: {failure.error}"
