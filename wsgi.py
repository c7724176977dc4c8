"""The site for WSGI servers, from a checkout: ``gunicorn wsgi:app``."""

from kb.wsgi import app

__all__ = ["app"]
