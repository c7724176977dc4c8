"""The administration put into an application."""

from flask import Flask

from indexer.opensearch.place import Place
from kb.admin import articles, entrance, overview
from kb.admin.desk import EXTENSION, Desk
from kb.admin.guard import pages
from kb.config import Config

PARTS = (entrance, overview, articles)  # importing them gives the blueprint its pages


def register_admin(app: Flask, config: Config, place: Place) -> None:
    """Let the application be administered under ``/admin`` by whoever knows the token of the settings."""
    app.extensions[EXTENSION] = Desk(config, place)
    app.register_blueprint(pages)
