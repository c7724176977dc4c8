"""The site: `create_app(index_path)` gives a Flask application that answers from one index folder."""

from collections.abc import Callable, Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any

from flask import Flask, url_for

from indexer.opensearch.place import ClusterPlace, Place
from indexer.vocabulary import read_vocabulary
from kb.api import exports, routes
from kb.config import Config, default_config
from kb.linkouts import find_link_outs, host_of, name_authors
from kb.markup import build_snippet, safe_link
from kb.pages import articles, browse, errors, evidence, machines, search, works
from kb.pages.facet_panel import export_address
from kb.prose import count_words, read_date, section_name
from kb.resources import find_folder
from kb.search import prepare
from kb.serving.harden import harden
from kb.site import Site

PAGES = (
    search.pages,
    articles.pages,
    works.pages,
    browse.pages,
    evidence.pages,
    machines.pages,
    routes.api,
    exports.exports,
)
FILTERS = {
    "snippet": build_snippet,
    "safe_link": safe_link,
    "host": host_of,
    "names": name_authors,
    "links": find_link_outs,
    "date": read_date,
    "count": count_words,
    "section_name": section_name,
    "export_address": export_address,
}
SITE_NAME = "Symptom KB"
DIGEST = 10  # characters of a static file's hash in its address


def create_app(
    index_path: str | Place, settings: Mapping[str, Any] | None = None, config: Config | None = None
) -> Flask:
    """Give the application for the index at `index_path`, which may not exist yet.

    `settings` are Flask's, `config` ours: without it the defaults hold, whatever files and variables say.
    """
    app = Flask("kb", template_folder=str(find_folder("templates")))
    app.config.from_mapping(settings or {})
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.filters.update(FILTERS)
    app.jinja_env.globals.update(site_name=SITE_NAME, asset=_build_assets(app), vocabulary=read_vocabulary())
    app.jinja_env.globals["ui"] = app.jinja_env.get_template("_ui.html").module
    place = Path(index_path) if isinstance(index_path, str) else index_path
    app.extensions["site"] = Site(place)
    for pages in PAGES:
        app.register_blueprint(pages)
    errors.register_errors(app)
    prepare()
    config = config or default_config(place.folder if isinstance(place, ClusterPlace) else place)
    if config.admin_token:
        from kb.admin.register import register_admin  # noqa: PLC0415 - where it is off, none of it is loaded

        register_admin(app, config, place)
    harden(app, config)
    return app


def _build_assets(app: Flask) -> Callable[[str], str]:
    """Give a function that names a static file together with the hash of its content, so that caches never go stale."""
    folder = Path(app.static_folder or "")
    digests = {path.name: sha256(path.read_bytes()).hexdigest()[:DIGEST] for path in folder.iterdir() if path.is_file()}
    return lambda name: url_for("static", filename=name, v=digests[name])
