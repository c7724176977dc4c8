"""Article files and the index are brought together: what is new or changed is written, what is gone is removed."""

import os
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path
from typing import Any

from indexer.documents import ArticleDocument
from indexer.files.pool import parse_all
from indexer.files.reader import Failure, Source, count_sources, find_files, read_sources
from indexer.opensearch.place import Place
from indexer.sources import Sources, is_under, outermost, read_sources_file, write_sources_file
from indexer.store import Store, open_store
from indexer.update import Before, Track, Update


@dataclass(frozen=True, slots=True)
class SyncReport:
    """What one run did: numbers of articles, the files that failed, and the generation that is current now."""

    added: int = 0
    updated: int = 0
    removed: int = 0
    unchanged: int = 0
    failed: tuple[Failure, ...] = ()
    generation: int = 0
    seconds: float = 0.0


def no_track(items: Iterable[Any], _count: int, _label: str) -> Iterable[Any]:
    """Show nothing."""
    return items


@dataclass(frozen=True, slots=True)
class SyncOptions:
    """How to sync: write a new index beside the old one, with how many processes (0: all), and who shows progress."""

    rebuild: bool = False
    workers: int = 0
    track: Track = no_track


def sync(place: Place, paths: Sequence[str | Path], options: SyncOptions = SyncOptions()) -> SyncReport:
    """Make the index at `place` say what the article files at and under `paths` say; other articles stay.

    A rebuild reads the paths of earlier runs too. Raises IndexProblem when the index folder cannot be used.
    """
    store = open_store(place)
    with store.writing():
        run = _Run(store, [os.path.abspath(path) for path in paths], options)  # noqa: PTH100 - links stay as named
        return run.sync()


def forget(place: Place, path: str | Path) -> SyncReport:
    """Take the articles of a file or folder out of the index, whether the files are still there or not."""
    root = os.path.abspath(path)  # noqa: PTH100 - as in `sync`
    store = open_store(place)
    with store.writing():
        run = _Run(store, [root], SyncOptions())
        report = run.forget()
        kept = tuple(name for name in run.remembered.paths if not is_under(name, [root]))
        failed = tuple(failure for failure in run.remembered.failed if not is_under(failure.path, [root]))
        write_sources_file(store.folder, Sources(kept, failed, report.generation))
    return report


class _Run:
    """One run of sync, with the index held for writing."""

    def __init__(self, store: Store, roots: list[str], options: SyncOptions) -> None:
        self.started = time.monotonic()
        self.store = store
        self.folder = store.folder
        self.options = options
        self.remembered = read_sources_file(store.folder)
        self.roots = list(dict.fromkeys([*(self.remembered.paths if options.rebuild else ()), *roots]))
        self.failures: list[Failure] = []
        self.doubles: list[Before] = []
        self.done: dict[str, str] = {}  # path: what was done
        self.counts = {"added": 0, "updated": 0, "removed": 0, "unchanged": 0}

    def sync(self) -> SyncReport:
        with ExitStack() as stack:
            catalog, known, is_new = self._open(stack)
            before = self._read_before(known)
            files = self._find(before)
            update = self._begin(stack, catalog, known)
            sources = self._changed_sources(files, before, is_new)
            suspects = {failure.path for failure in self.remembered.failed}
            for source, result in parse_all(sources, self.options.workers, suspects):
                self._put(update, source, result, before.get(source.path))
            self._settle_rest(update, known, before, is_new)
            if is_new and known is not catalog and self.store.is_shared:
                self._take_over(update, known)
            generation = self._commit(catalog, update, is_new)
        paths = outermost((*self.remembered.paths, *filter(os.path.lexists, self.roots)))
        failed = tuple(failure for failure in self.remembered.failed if not is_under(failure.path, self.roots))
        write_sources_file(self.folder, Sources(paths, (*failed, *self.failures), generation))
        return self._report(generation)

    def forget(self) -> SyncReport:
        with ExitStack() as stack:
            catalog, known, is_new = self._open(stack)
            before = self._read_before(catalog)
            update = self._begin(stack, catalog, known)
            self._settle_rest(update, known, before, is_new)
            generation = self._commit(catalog, update, is_new)
        return self._report(generation)

    def _open(self, stack: ExitStack) -> tuple[Any, Any, bool]:
        return self.store.open(stack, self.options.rebuild, self.remembered.generation)

    def _read_before(self, known: Any) -> dict[str, Before]:
        """Give the article of each path; where a killed run has left two, one of them, to be written anew."""
        before: dict[str, Before] = {}
        for number, facts in chain.from_iterable(map(known.under, self.roots)):
            path, found = facts["path"], Before(facts["slug"], number, facts["hash"])
            if before.setdefault(path, found).slug != found.slug:
                self.doubles.append(found)
                before[path] = replace(before[path], content_hash="")
        return before

    def _begin(self, stack: ExitStack, catalog: Any, known: Any) -> Update:
        update = stack.enter_context(Update(catalog, known, self.folder))
        for double in self.doubles:
            update.remove(double)
        return update

    def _find(self, before: dict[str, Before]) -> tuple[str, ...]:
        """Give the article files; a file that was indexed and is not there any more is gone, and no failure."""
        found = find_files(self.roots)
        indexed_files = {path for name in before for path in (name, name.rpartition("#")[0])}
        for failure in found.failures:
            if failure.path not in indexed_files or os.path.lexists(failure.path):
                self.failures.append(failure)
        return found.files

    def _changed_sources(self, files: Sequence[str], before: dict[str, Before], is_new: bool) -> Iterator[Source]:
        total = count_sources(files) if self.options.track is not no_track else 0
        for source in self.options.track(chain.from_iterable(map(read_sources, files)), total, "Reading"):
            if isinstance(source, Failure):
                self.failures.append(source)
                continue
            old = before.get(source.path)
            if is_new or old is None or old.content_hash != source.content_hash:
                yield source
            else:
                self._count(source.path, "unchanged")

    def _put(self, update: Update, source: Source, result: ArticleDocument | Failure, old: Before | None) -> None:
        if isinstance(result, Failure):
            self.failures.append(result)
            return
        content_hash = source.content_hash
        update.put(result, content_hash, old)
        done = "added" if not old else "unchanged" if old.content_hash == content_hash else "updated"
        self._count(source.path, done)

    def _count(self, path: str, done: str) -> None:
        self.done[path] = done
        self.counts[done] += 1

    def _settle_rest(self, update: Update, known: Any, before: dict[str, Before], is_new: bool) -> None:
        """Remove the articles whose files are gone; those whose files fail now keep what they had."""
        failed = {failure.path for failure in self.failures}
        for path, old in before.items():
            if path in self.done:
                continue
            if not is_under(path, failed):
                update.remove(old)
                self.counts["removed"] += 1
            elif is_new:
                update.put(known.load_article(old.number), old.content_hash, old)

    def _take_over(self, update: Update, known: Any) -> None:
        """Keep the articles whose files are on other machines."""
        for number, facts, document in known.elsewhere(self.roots):
            update.put(document, facts["hash"], Before(facts["slug"], number, facts["hash"]))
            self._count(facts["path"], "unchanged")

    def _commit(self, catalog: Any, update: Update, is_new: bool) -> int:
        generation, refused = self.store.commit(catalog, update, is_new, self.options.track)
        for failure in refused:
            self.failures.append(failure)
            if failure.path in self.done:
                self.counts[self.done.pop(failure.path)] -= 1
        return generation

    def _report(self, generation: int) -> SyncReport:
        seconds = round(time.monotonic() - self.started, 3)
        return SyncReport(**self.counts, failed=tuple(self.failures), generation=generation, seconds=seconds)
