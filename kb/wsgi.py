"""The site for WSGI servers: ``gunicorn kb.wsgi:app``, by the settings in `kb.toml` and `KB_…` variables."""

import sys

from kb.app import create_app
from kb.config import Config, ConfigError, find_place, read_config

DO_NOT_TRY_AGAIN = 3  # exit code after which gunicorn starts no other worker in vain


def read_settings() -> Config:
    """Give the settings; a wrong one is said in a sentence, and the server ends."""
    try:
        return read_config()
    except ConfigError as error:
        sys.stderr.write(f"Error: {error}\n")
        sys.exit(DO_NOT_TRY_AGAIN)


config = read_settings()
app = create_app(find_place(config), config=config)
