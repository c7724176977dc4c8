"""The first page: what the index has, what has failed, what waits, and the article files one page at a time."""

from dataclasses import dataclass
from datetime import UTC, datetime

from flask import redirect, render_template, request, url_for
from werkzeug.wrappers import Response as Redirect

from indexer.disk.generations import IndexProblem
from indexer.files.reader import find_files
from indexer.opensearch.place import ClusterPlace
from indexer.sources import read_sources_file
from indexer.store import measure_index, read_known
from kb.admin.desk import Desk, current_desk
from kb.admin.guard import pages
from kb.admin.job import Kind, read_job, start_job
from kb.admin.listing import Facts, build_listing, find_roots
from kb.admin.shelf import find_shelves
from kb.site import current_index

MOST_FAILURES = 100  # listed on the page
LONGEST_PAGE = 6  # digits of a page's number


@dataclass(frozen=True, slots=True)
class Measures:
    """How much is in the index, and when it was written; or why that cannot be told."""

    generation: int = 0
    articles: int = 0
    works: int = 0
    megabytes: float = 0.0
    written: datetime | None = None
    problem: str = ""


@pages.get("")
def overview() -> str:
    """Give the state of the index and of the article files."""
    desk = current_desk()
    remembered = read_sources_file(desk.index_folder)
    roots = find_roots(desk.config, remembered)
    shelves, obstacle = find_shelves(desk.config)
    found = find_files(roots)
    number = request.args.get("page", "")
    page = int(number) if number.isascii() and number.isdecimal() and len(number) <= LONGEST_PAGE else 1
    return render_template(
        "admin.html",
        measures=measure(desk),
        place=str(desk.place),
        on_cluster=isinstance(desk.place, ClusterPlace),
        job=read_job(desk.folder),
        staged=desk.staging().all(),
        shelves=shelves,
        obstacle=obstacle,
        limit=desk.config.body_limit / 1_048_576,
        listing=build_listing(found.files, read_facts(desk, roots), remembered, shelves, page),
        failures=(*remembered.failed, *(failure for failure in found.failures if failure not in remembered.failed)),
        most_failures=MOST_FAILURES,
    )


@pages.post("/index")
def update_index() -> Redirect:
    """Start to bring the index up to date, or to build it anew."""
    return start_update("rebuild" if request.form.get("kind") == "rebuild" else "sync")


@pages.get("/index")
def job() -> str | Redirect:
    """Give how far the present run of the index got, or what came of the last one."""
    found = read_job(current_desk().folder)
    if found is None:
        return redirect(url_for("admin.overview"), 303)
    return render_template("admin_job.html", job=found)


def start_update(kind: Kind) -> Redirect:
    """Start a run of the index, unless one runs already, and lead to the page that shows it."""
    desk = current_desk()
    remembered = read_sources_file(desk.index_folder)
    start_job(desk.folder, desk.config, desk.index_folder, kind, find_roots(desk.config, remembered))
    return redirect(url_for("admin.job"), 303)


def measure(desk: Desk) -> Measures:
    """Give how much is in the index."""
    try:
        generation, articles, works, size = measure_index(desk.place)
        written = datetime.fromtimestamp(current_index().read_written(), UTC)
    except IndexProblem as problem:
        return Measures(problem=str(problem))
    return Measures(generation, articles, works, size / 1e6, written)


def read_facts(desk: Desk, roots: list[str]) -> dict[str, Facts]:
    """Give what the index knows of the files under `roots`, by path, read once for each generation."""
    try:
        snapshot = current_index().snapshot()
        known: dict[str, Facts] = snapshot.keep(("admin", *roots), lambda: read_known(desk.place, roots))
    except IndexProblem:
        return {}
    return known
