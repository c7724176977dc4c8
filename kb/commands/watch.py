"""`kb watch`: the index follows its article files until it is told to end."""

import signal
from dataclasses import asdict
from datetime import datetime
from pathlib import Path

import click

from indexer.sync import SyncOptions, SyncReport
from indexer.watch import DEBOUNCE, WatchOptions, new_failures, watch
from kb.commands.index import INDEX, JSON, PATHS, print_json
from kb.config import find_place, read_config


@click.command("watch")
@PATHS
@INDEX
@click.option("--poll", is_flag=True, help="Look at every file each second (chosen by itself on network folders).")
@click.option(
    "--debounce",
    type=click.IntRange(100, 60_000),
    default=DEBOUNCE,
    show_default=True,
    help="Milliseconds after which changes that keep coming are indexed.",
)
@click.option("--workers", type=click.IntRange(0, 256), help="Parsing processes (default: one a processor).")
@JSON
def watch_command(  # noqa: PLR0913, PLR0917 - one argument for each option
    paths: tuple[Path, ...], index_folder: Path | None, poll: bool, debounce: int, workers: int | None, as_json: bool
) -> None:
    """Keep the index up to date while article files change (default: the configured articles); Ctrl-C ends."""
    config = read_config()
    options = WatchOptions(
        True if poll else None, debounce, SyncOptions(workers=config.workers if workers is None else workers)
    )
    told: set[tuple[str, str]] = set()
    problem = ""
    before = signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        for outcome in watch(find_place(config, index_folder), paths or config.articles, options):
            if isinstance(outcome, SyncReport):
                problem = ""
                print_outcome(outcome, told, as_json)
            elif str(outcome) != problem:  # told once, however often it is met again
                problem = str(outcome)
                click.echo(f"{problem} Trying again until it works.", err=True)
    except KeyboardInterrupt:
        click.echo("Ended.", err=True)
    finally:
        signal.signal(signal.SIGTERM, before)


def print_outcome(report: SyncReport, told: set[tuple[str, str]], as_json: bool) -> None:
    """Print one line for a sync; failures not told yet go to stderr before it."""
    for sentence in new_failures(report, told):
        click.echo(sentence, err=True)
    if as_json:
        print_json(asdict(report))
        return
    counts = f"{report.added} added, {report.updated} updated, {report.removed} removed, {len(report.failed)} failed"
    click.echo(f"{datetime.now():%H:%M:%S} {counts}; generation {report.generation} in {report.seconds:.1f} s")
