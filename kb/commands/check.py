"""`kb check`: articles, index and works are compared, and mended when asked."""

import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from itertools import chain
from pathlib import Path

import click

from indexer.check import CheckReport, Finding, check, repair
from indexer.disk.generations import IndexMissing
from indexer.documents import ArticleDocument
from indexer.files.pool import parse_all
from indexer.files.reader import Source, find_files, read_sources
from indexer.sources import read_sources_file
from indexer.store import folder_of
from kb.commands.index import INDEX, JSON, PATHS, print_json
from kb.config import find_place, read_config


@dataclass(frozen=True, slots=True)
class Doubt:
    """What an author may want to look at in one article: the code and the sentence of a warning."""

    path: str
    code: str
    text: str


@click.command("check")
@PATHS
@INDEX
@click.option("--repair", "mend", is_flag=True, help="Sync what differs; rebuild from the articles what is damaged.")
@JSON
def check_command(paths: tuple[Path, ...], index_folder: Path | None, mend: bool, as_json: bool) -> None:
    """Compare articles, index and works; for PATHs tell the doubts about their articles too. Ends with 1 if wrong."""
    config = read_config()
    place = find_place(config, index_folder)
    folder = folder_of(place)
    try:
        report = check(place, paths)
    except IndexMissing as problem:
        if not mend:
            raise
        report = CheckReport(findings=(Finding("missing", str(folder), str(problem)),))
    mended: tuple[Finding, ...] = ()
    if mend and report.findings:
        before = report
        repair(place, before, paths or (config.articles if needs_paths(before, folder) else ()), config.workers)
        report = check(place, paths)
        left = {(finding.kind, finding.name) for finding in report.findings}
        mended = tuple(finding for finding in before.findings if (finding.kind, finding.name) not in left)
    doubts = tuple(find_doubts(paths, config.workers)) if paths else ()
    (print_rows if as_json else print_lines)(report, mended, doubts)
    if report.findings:
        sys.exit(1)


def needs_paths(report: CheckReport, folder: Path) -> bool:
    """Tell whether nothing is known of the paths that the index was made from."""
    return not read_sources_file(folder).paths and not report.articles


def find_doubts(paths: tuple[Path, ...], workers: int) -> Iterator[Doubt]:
    """Give the warnings of the parser about the articles at and under some paths."""
    sources = chain.from_iterable(map(read_sources, find_files(paths).files))
    for source, result in parse_all((source for source in sources if isinstance(source, Source)), workers):
        if isinstance(result, ArticleDocument):
            for warning in result.article.warnings:
                yield Doubt(source.path, warning.code, warning.text)


def print_rows(report: CheckReport, mended: tuple[Finding, ...], doubts: tuple[Doubt, ...]) -> None:
    """Print the report as one JSON object."""
    counts = {"generation": report.generation, "articles": report.articles, "works": report.works}
    lists = {
        "findings": [asdict(finding) for finding in report.findings],
        "repaired": [asdict(finding) for finding in mended],
        "doubts": [asdict(doubt) for doubt in doubts],
    }
    print_json(counts | lists)


def print_lines(report: CheckReport, mended: tuple[Finding, ...], doubts: tuple[Doubt, ...]) -> None:
    """Print the report for people: what was mended, what is wrong, what is doubted, and one line at the end."""
    for doubt in doubts:
        click.echo(f"doubt: {doubt.path}: {doubt.text} ({doubt.code})")
    for finding in mended:
        click.echo(f"repaired: {finding.name}: {finding.text}")
    for finding in report.findings:
        click.echo(f"{finding.kind}: {finding.name}: {finding.text}")
    kinds = Counter(finding.kind for finding in report.findings)
    wrong = ", ".join(f"{count} {kind}" for kind, count in kinds.items()) or "nothing is wrong"
    click.echo(f"{report.articles} articles and {report.works} works in generation {report.generation}: {wrong}")
