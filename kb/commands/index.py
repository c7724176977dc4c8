"""`kb index`, `kb parse` and `kb stats`: the commands that read article files or the state of the index."""

import sys
from collections.abc import Iterable
from dataclasses import asdict
from itertools import chain
from pathlib import Path
from typing import Any

import click
from tqdm import tqdm  # type: ignore[import-untyped]  # its stubs are a package of their own

from indexer.explain import explain_source
from indexer.files.parsing import parse_source
from indexer.files.pool import parse_all
from indexer.files.reader import Failure, Source, find_files, read_sources
from indexer.sources import read_sources_file
from indexer.store import folder_of, measure_index
from indexer.sync import SyncOptions, SyncReport, forget, sync
from indexer.update import Track
from kb.answer_json import build_parsed, dump_json
from kb.config import find_place, read_config

PATHS = click.argument("paths", nargs=-1, type=click.Path(path_type=Path), metavar="[PATH]...")
INDEX = click.option("--index", "index_folder", type=click.Path(path_type=Path), help="Index folder (else KB_INDEX).")
JSON = click.option("--json", "as_json", is_flag=True, help="Print JSON, one object a line, and nothing else.")


def print_json(value: object) -> None:
    """Print a value as one line of JSON, in UTF-8 whatever the terminal is set to."""
    click.echo(dump_json(value).encode())


@click.command()
@PATHS
@INDEX
@click.option("--rebuild", is_flag=True, help="Write a new index beside the old one, then swap them.")
@click.option("--forget", "forgotten", type=click.Path(path_type=Path), help="Take a file's or folder's articles out.")
@click.option("--workers", type=click.IntRange(0, 256), help="Parsing processes (default: one a processor).")
@JSON
def index(  # noqa: PLR0913, PLR0917 - one argument for each option
    paths: tuple[Path, ...],
    index_folder: Path | None,
    rebuild: bool,
    forgotten: Path | None,
    workers: int | None,
    as_json: bool,
) -> None:
    """Bring the index up to date with article files and folders (default: the shipped articles)."""
    config = read_config()
    place = find_place(config, index_folder)
    if forgotten is not None:
        if paths or rebuild:
            raise click.UsageError("--forget takes one path and goes with no other path and not with --rebuild.")
        report = forget(place, forgotten)
    else:
        options = SyncOptions(rebuild, config.workers if workers is None else workers, progress_track())
        report = sync(place, paths or config.articles, options)
    print_report(report, as_json)
    if report.failed:
        sys.exit(1)


def progress_track() -> Track:
    """Give what shows progress on a terminal: how much, how fast, how long yet; nothing elsewhere."""
    tqdm.monitor_interval = 0  # no thread of its own beside processes that fork

    def track(items: Iterable[Any], count: int, label: str) -> Iterable[Any]:
        bar: Iterable[Any] = tqdm(items, label, count, leave=False, disable=None, unit=" articles", dynamic_ncols=True)
        return bar

    return track


def print_report(report: SyncReport, as_json: bool) -> None:
    """Print what a run did: one line, the failures before it on stderr; or one JSON object."""
    for failure in () if as_json else report.failed:
        click.echo(f"{failure.path}: {failure.error}", err=True)
    if as_json:
        print_json(asdict(report))
        return
    counts = f"{report.added} added, {report.updated} updated, {report.removed} removed, {report.unchanged} unchanged"
    click.echo(f"{counts}, {len(report.failed)} failed; generation {report.generation} in {report.seconds:.1f} s")


@click.command()
@PATHS
@click.option("--explain", is_flag=True, help="Tell how each file was understood: blocks, rules, what was dropped.")
@click.option("--workers", type=click.IntRange(0, 256), help="Parsing processes (default: one a processor).")
@JSON
def parse(paths: tuple[Path, ...], explain: bool, workers: int | None, as_json: bool) -> None:
    """Show what the parser reads from article files and folders (default: the shipped articles)."""
    if explain and as_json:
        raise click.UsageError("--explain is for reading, --json for programs: choose one.")
    config = read_config()
    found = find_files(paths or config.articles)
    failures = list(found.failures)
    sources = _sources(found.files, failures)
    if explain:
        for source in sources:
            click.echo(_explain(source, failures))
    else:
        for _, result in parse_all(sources, config.workers if workers is None else workers):
            if isinstance(result, Failure):
                failures.append(result)
            elif as_json:
                print_json(build_parsed(result.article))
            else:
                article = result.article
                warnings = f", {len(article.warnings)} warnings" if article.warnings else ""
                parts = f"{article.layout}, {len(article.sections)} sections{warnings}"
                click.echo(f"{article.slug}: {article.title} ({parts})")
    for failure in failures:
        click.echo(f"{failure.path}: {failure.error}", err=True)
    if failures:
        sys.exit(1)


def _explain(source: Source, failures: list[Failure]) -> str:
    result = parse_source(source)
    if isinstance(result, Failure):
        failures.append(result)
        return f"{source.path}: no article"
    return explain_source(source)


def _sources(files: Iterable[str], failures: list[Failure]) -> Iterable[Source]:
    for source in chain.from_iterable(map(read_sources, files)):
        if isinstance(source, Failure):
            failures.append(source)
        else:
            yield source


@click.command()
@INDEX
@JSON
def stats(index_folder: Path | None, as_json: bool) -> None:
    """Tell what is in the index: generation, articles, works, size, and the files that failed last time."""
    config = read_config()
    place = find_place(config, index_folder)
    sources = read_sources_file(folder_of(place))
    generation, articles, works, size = measure_index(place)
    if as_json:
        counts = {"generation": generation, "articles": articles, "works": works, "bytes": size}
        failed = [asdict(failure) for failure in sources.failed]
        print_json({"index": str(place), **counts, "paths": sources.paths, "failed": failed})
        return
    click.echo(f"{articles} articles and {works} works in generation {generation}")
    click.echo(f"{place}, {size / 1e6:.1f} MB, from {', '.join(sources.paths) or 'no folder'}")
    for failure in sources.failed:
        click.echo(f"failed: {failure.path}: {failure.error}")
