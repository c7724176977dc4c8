"""The site for WSGI servers: ``gunicorn kb.wsgi:app``, by the settings in `kb.toml` and `KB_…` variables."""

from kb.app import create_app
from kb.config import find_place, read_config

config = read_config()
app = create_app(find_place(config), config=config)
