"""`kb search`, `kb article` and `kb works`: the commands that ask the index."""

import sys
from collections.abc import Callable
from html import unescape
from pathlib import Path
from typing import Any, TypeVar

import click

from indexer.schema import ARTICLE_FACET_FIELDS, WORK_FACET_FIELDS
from kb.answer_json import build_article, build_results, build_work
from kb.browse import find
from kb.commands.index import INDEX, JSON, print_json
from kb.config import find_place, read_config
from kb.index import Index, open_index
from kb.model import SORTS, DocumentKind, Question, ResultPage, facet_names
from kb.search import prepare, read_article, read_work

Command = TypeVar("Command", bound=Callable[..., Any])

FACETS = tuple(dict.fromkeys((*facet_names("article"), *ARTICLE_FACET_FIELDS, *WORK_FACET_FIELDS)))
ORDERS = tuple(dict.fromkeys((*SORTS["article"], *SORTS["work"])))


def facet_options(names: tuple[str, ...]) -> Callable[[Command], Command]:
    """Give a decorator that adds an option for every facet, each to be given any number of times."""

    def add(command: Command) -> Command:
        for name in reversed(names):
            option = f"--{name.replace('_', '-')}"
            command = click.option(option, name, multiple=True, metavar="VALUE", help=f"Only this {name}.")(command)
        return command

    return add


def open_wanted(folder: Path | None) -> Index:
    """Open the index of `--index` or of the settings."""
    prepare()
    return open_index(find_place(read_config(), folder))


def print_page(page: ResultPage, as_json: bool) -> None:
    """Print a page of results as one JSON object, or as lines for people."""
    if as_json:
        print_json(build_results(page))
        return
    click.echo(f"{page.total} found, page {page.page} of {max(page.pages, 1)}")
    if page.suggestion:
        click.echo(f"Did you mean: {page.suggestion}")
    if page.missing:
        click.echo(f"Not in any of them: {', '.join(page.missing)}")
    for note in page.notes:
        click.echo(note)
    for card in page.care:
        click.echo(f"! {card.level}: {card.title}. {card.advice}")
    for hit in page.hits:
        click.echo(f"\n{hit.title}  [{hit.id}]")
        for snippet in hit.snippets:
            click.echo(f"  {snippet.section}: {click.unstyle(_plain(snippet.html))}")


def _plain(html: str) -> str:
    return unescape(html.replace("<mark>", "*").replace("</mark>", "*"))


@click.command()
@click.argument("text", nargs=-1)
@click.option("--kind", type=click.Choice(["article", "work"]), default="article", help="What to look for.")
@facet_options(FACETS)
@click.option("--sort", type=click.Choice(ORDERS), default="relevance", help="The order of the hits.")
@click.option("--page", type=int, default=1, help="The page of the result list.")
@INDEX
@JSON
def search(text: tuple[str, ...], kind: DocumentKind, index_folder: Path | None, as_json: bool, **rest: Any) -> None:
    """Find articles or works: words, "phrases", field:word, -not, OR, prefix*, ~fuzzy."""
    filters = {name: tuple(rest[name]) for name in FACETS if rest[name]}
    question = Question(" ".join(text), kind, filters, rest["sort"], rest["page"])
    print_page(find(open_wanted(index_folder), question), as_json)


@click.command()
@click.argument("slug")
@INDEX
@JSON
def article(slug: str, index_folder: Path | None, as_json: bool) -> None:
    """Show one article by its slug."""
    document = read_article(open_wanted(index_folder), slug)
    if document is None:
        click.echo(f"Error: there is no article {slug!r}. Find one with: kb search", err=True)
        sys.exit(1)
    if as_json:
        print_json(build_article(document))
        return
    click.echo(document.article.title)
    for section in document.article.sections:
        click.echo(f"\n{section.heading}\n{section.text}")
    for reference in document.article.references:
        click.echo(f"\n{reference.number or '-'}. {reference.raw}")


@click.command()
@click.argument("work_id", required=False)
@facet_options(WORK_FACET_FIELDS)
@click.option("--sort", type=click.Choice(SORTS["work"]), default="cited", help="The order of the works.")
@click.option("--page", type=int, default=1, help="The page of the list.")
@INDEX
@JSON
def works(work_id: str | None, index_folder: Path | None, as_json: bool, **rest: Any) -> None:
    """List the works that articles cite, or show one with every sentence that cites it."""
    index = open_wanted(index_folder)
    if work_id is None:
        filters = {name: tuple(rest[name]) for name in WORK_FACET_FIELDS if rest[name]}
        print_page(find(index, Question("", "work", filters, rest["sort"], rest["page"])), as_json)
        return
    document = read_work(index, work_id)
    if document is None:
        click.echo(f"Error: there is no work {work_id!r}. List them with: kb works", err=True)
        sys.exit(1)
    if as_json:
        print_json(build_work(document.work))
        return
    click.echo(document.work.title or document.work.raw)
    for citation in document.work.citations:
        click.echo(f"\n{citation.article_title}: {citation.sentence or '(listed, not cited in the text)'}")
