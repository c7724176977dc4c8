"""An article file comes in two steps, uploaded then saved, and goes in two: shown, then deleted."""

from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from flask import redirect, render_template, request, url_for
from werkzeug.wrappers import Response as Redirect

from indexer.check import file_of
from indexer.disk.generations import IndexProblem
from indexer.store import read_known
from kb.admin.desk import current_desk
from kb.admin.guard import pages
from kb.admin.names import build_file_name
from kb.admin.overview import start_update
from kb.admin.preview import Preview, parse_lines, read_in_process
from kb.admin.problem import AdminProblem
from kb.admin.shelf import GONE, delete_article, find_entry, find_shelves, save_article
from kb.admin.staging import Staged
from kb.search import read_articles
from kb.site import current_index

MOST_SHOWN = 200  # sentences, references or pieces of left-out text listed of one article


@pages.post("/uploads")
def upload() -> Redirect:
    """Take an article file, let it be parsed in another process, and lead to what was read."""
    desk = current_desk()
    shelf = find_shelf(request.form.get("shelf", ""))
    sent = request.files.get("file")
    if sent is None or not sent.filename:
        raise AdminProblem("No file was sent. Choose a file.")
    name = build_file_name(request.form.get("name", "").strip() or sent.filename)
    staging = desk.staging()
    path = staging.begin(name, sent.read())
    try:
        reading = read_in_process(path)
        staged = staging.complete(path, shelf, reading)
    except BaseException:
        staging.remove(path)
        raise
    return redirect(url_for("admin.preview", staged_id=staged), 303)


@pages.get("/uploads/<staged_id>")
def preview(staged_id: str) -> str:
    """Show what the parser read from an upload, left out and doubted, and what saving it would do."""
    staged = current_desk().staging().find(staged_id)
    found = parse_lines(staged.reading(), datetime.now(UTC).date())
    return render_template(
        "admin_preview.html",
        staged=staged,
        preview=found,
        taken=find_taken(staged, found),
        size=len(staged.data()),
        entry=find_old(staged),
        most_shown=MOST_SHOWN,
    )


@pages.post("/uploads/<staged_id>")
def save(staged_id: str) -> Redirect:
    """Save an upload as it was shown, or discard it."""
    staging = current_desk().staging()
    staged = staging.find(staged_id)
    if request.form.get("do") != "discard":
        if not parse_lines(staged.reading(), datetime.now(UTC).date()).is_savable:
            raise AdminProblem("There is no article in it, so it is not saved.", 422)
        replaces = request.form.get("replace") == "yes"
        save_article(find_shelf(staged.shelf), staged.name, staged.data(), replaces=replaces)
    staging.remove(staged.path)
    return finish()


@pages.get("/delete")
def confirm_delete() -> str:
    """Ask whether an article file is to be deleted."""
    shelf, name = find_shelf(request.args.get("shelf", "")), request.args.get("file", "")
    if find_entry(shelf, name) is None:
        raise AdminProblem(GONE, 404)
    articles: list[tuple[str, str]] = []
    with suppress(IndexProblem):
        known = read_known(current_desk().place, [str(shelf / name)])
        articles += [(facts["slug"], facts["title"]) for facts in known.values()]
    return render_template("admin_delete.html", shelf=shelf, name=name, articles=articles)


@pages.post("/delete")
def delete() -> Redirect:
    """Delete an article file."""
    delete_article(find_shelf(request.form.get("shelf", "")), request.form.get("file", ""))
    return finish()


def finish() -> Redirect:
    """Lead on after a file has changed: to the index that follows, where that was asked for."""
    if request.form.get("do") == "index":
        return start_update("sync")
    return redirect(url_for("admin.overview"), 303)


def find_shelf(given: str) -> Path:
    """Give the configured folder that a form names, or the first one; raises AdminProblem."""
    shelves, obstacle = find_shelves(current_desk().config)
    if obstacle:
        raise AdminProblem(obstacle, 409)
    if not given:
        return shelves[0]
    found = next((shelf for shelf in shelves if str(shelf) == given), None)
    if found is None:
        raise AdminProblem("Articles are not kept in that folder.", 404)
    return found


def find_taken(staged: Staged, found: Preview) -> dict[str, str]:
    """Give the slugs of an upload that articles of other files have in the index, with the paths of these."""
    own = str(Path(staged.shelf, staged.name))
    taken: dict[str, str] = {}
    with suppress(IndexProblem):
        slugs = sorted({reading.article.slug for reading in found.readings})
        for document in read_articles(current_index(), slugs):
            if file_of(document.article.path) != own:
                taken[document.article.slug] = document.article.path
    return taken


def find_old(staged: Staged) -> datetime | None:
    """Give when the file that saving an upload would replace was changed; None when there is none."""
    status = find_entry(find_shelf(staged.shelf), staged.name)
    return datetime.fromtimestamp(status.st_mtime, UTC) if status else None
