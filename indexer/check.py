"""Article files, index and works are compared: what is missing, orphaned, stale or damaged, and how it is mended.

Nothing is taken from the index that cannot be made again from the articles: a repair syncs, or rebuilds.
"""

import os
import shlex
from collections.abc import Collection, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Literal

from indexer.check_content import find_damage
from indexer.disk.catalog import Catalog
from indexer.disk.generations import CURRENT, IndexDamaged, IndexMissing, IndexOutdated, IndexProblem, read_current
from indexer.engine import DAMAGE
from indexer.files.reader import Failure, find_files, read_sources
from indexer.opensearch.place import ClusterPlace, Place
from indexer.sources import is_under, read_sources_file
from indexer.store import folder_of, open_cluster
from indexer.sync import SyncOptions, SyncReport, forget, sync

Kind = Literal["missing", "orphaned", "stale", "damaged", "failed"]

ATTEMPTS = 3  # while a writer goes on, what was read may be of two generations
UNLISTED = "It is indexed, but from none of the paths the index remembers. A repair adds it to them."


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong: with a file, an article (its path), or a work (its id)."""

    kind: Kind
    name: str
    text: str


@dataclass(frozen=True, slots=True)
class CheckReport:
    """What a check saw: the generation, how much is in it, and what is wrong."""

    generation: int = 0
    articles: int = 0
    works: int = 0
    findings: tuple[Finding, ...] = ()

    def has(self, *kinds: Kind) -> bool:
        """Tell whether something of these kinds is wrong."""
        return any(finding.kind in kinds for finding in self.findings)


def check(place: Place, paths: Sequence[str | Path] = ()) -> CheckReport:
    """Compare the index at `place` with the files at and under `paths` (default: all it was made from).

    Raises IndexMissing, ClusterAway; an index in a folder that cannot be read is a finding.
    """
    roots = [os.path.abspath(path) for path in paths]  # noqa: PTH100 - links stay as named
    return _check_cluster(place, roots) if isinstance(place, ClusterPlace) else _check_folder(place, roots)


def _check_cluster(place: ClusterPlace, roots: list[str]) -> CheckReport:
    """Compare files and articles; the inside of an index there is guarded by the cluster's own checksums."""
    remembered = read_sources_file(place.folder)
    catalog = open_cluster(place)
    known = {facts["path"]: facts["hash"] for _, facts in catalog.all_facts("article")}
    failed = {failure.path: failure.error for failure in remembered.failed}
    findings = tuple(find_differences(roots or remembered.paths, known, failed))
    return CheckReport(catalog.generation, len(known), catalog.count("work"), findings)


def _check_folder(folder: Path, roots: list[str]) -> CheckReport:
    report = CheckReport()
    for _ in range(ATTEMPTS):
        try:
            generation = read_current(folder).generation
            report = _check(folder, roots)
        except IndexMissing:
            raise
        except IndexProblem as problem:
            return CheckReport(findings=(Finding("damaged", str(folder), str(problem)),))
        except (*DAMAGE, OSError) as error:
            text = f"It cannot be read ({type(error).__name__}: {error})."
            report = CheckReport(generation, findings=(Finding("damaged", str(folder), text),))
        if not report.findings or read_current(folder).generation == generation:
            break
    return report


def _check(folder: Path, roots: list[str]) -> CheckReport:
    remembered = read_sources_file(folder)
    with Catalog(read_current(folder)) as catalog:
        known = {facts["path"]: facts["hash"] for _, facts in catalog.all_facts("article")}
        failed = {failure.path: failure.error for failure in remembered.failed}
        findings = list(find_differences(roots or remembered.paths, known, failed))
        if not roots:
            findings += find_strays(remembered.paths, known)
        unsettled = {finding.name for finding in findings if finding.kind in ("stale", "failed")}
        findings += [Finding("damaged", name, text) for name, text in find_damage(catalog, unsettled)]
        return CheckReport(catalog.data.generation, len(known), catalog.count("work"), tuple(findings))


def find_differences(roots: Collection[str], known: dict[str, str], failed: dict[str, str]) -> Iterator[Finding]:
    """Give what differs between the files under `roots` and the indexed articles (`known`: path and content hash)."""
    found = find_files(roots)
    lost = {failure.path for failure in found.failures}
    seen: set[str] = set()
    for source in chain.from_iterable(map(read_sources, found.files)):
        seen.add(source.path)
        old = known.get(source.path)
        if isinstance(source, Failure):
            yield Finding("failed", source.path, source.error)
        elif old != source.content_hash and source.path in failed:
            kept = " The index keeps what the file said before." if old else ""
            yield Finding("failed", source.path, failed[source.path] + kept)
        elif old is None:
            yield Finding("missing", source.path, "The file is not in the index.")
        elif old != source.content_hash:
            yield Finding("stale", source.path, "The file, or the program that reads it, has changed since.")
    for failure in found.failures:
        yield _explain_lost(failure, sum(is_under(path, [failure.path]) for path in known))
    for path in known:
        if path not in seen and is_under(path, roots) and not is_under(path, lost | seen):
            yield Finding("orphaned", path, "Its file is gone.")


def _explain_lost(failure: Failure, articles: int) -> Finding:
    if not articles or os.path.lexists(failure.path):
        return Finding("failed", failure.path, failure.error)
    text = (
        f"It is not there, and the index keeps {articles} articles of it. Bring it back, "
        f"or take them out with: kb index --forget {shlex.quote(failure.path)}"
    )
    return Finding("orphaned", failure.path, text)


def find_strays(roots: Collection[str], known: Collection[str]) -> Iterator[Finding]:
    """Give the indexed articles that are under none of the remembered paths."""
    for path in known:
        if not is_under(path, roots):
            is_there = os.path.lexists(file_of(path))
            yield Finding("damaged", path, UNLISTED) if is_there else Finding("orphaned", path, "Its file is gone.")


def file_of(path: str) -> str:
    """Give the file of an article's path, without the line in a .jsonl file."""
    file, _, line = path.rpartition("#")
    return file if line.isdecimal() and file.endswith(".jsonl") else path


def repair(place: Place, report: CheckReport, paths: Sequence[str | Path], workers: int = 0) -> SyncReport:
    """Mend what a check found: sync `paths` (and what is remembered), or rebuild from them when something is damaged.

    Articles whose whole folder is gone stay: it may be a disk that is not there. Files that fail are in the report.
    """
    remembered = read_sources_file(folder_of(place)).paths
    unlisted = [file_of(finding.name) for finding in report.findings if finding.text == UNLISTED]
    roots = list(dict.fromkeys([*paths, *remembered, *unlisted]))
    if report.has("damaged"):
        result = _rebuild(place, roots, workers)
    else:
        result = sync(place, roots, SyncOptions(workers=workers))
    for finding in report.findings:
        if finding.kind == "orphaned" and not is_under(finding.name, [str(root) for root in roots]):
            forget(place, finding.name)
    return result


def _rebuild(place: Place, roots: Sequence[str | Path], workers: int) -> SyncReport:
    """Rebuild beside the old index; when even slugs and ids cannot be taken over from it, without it."""
    options = SyncOptions(rebuild=True, workers=workers)
    with suppress(*DAMAGE, IndexDamaged, IndexOutdated):
        return sync(place, roots, options)
    (folder_of(place) / CURRENT).unlink(missing_ok=True)
    return sync(place, roots, options)
