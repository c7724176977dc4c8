"""The processes that read uploads and write the index: apart from those that serve, with the server's settings."""

import os
import sys
from collections.abc import Sequence
from dataclasses import fields
from pathlib import Path

from indexer.opensearch.place import PASSWORD, USER
from kb.config import PREFIX, Config
from kb.resources import PACKAGE

PASSED = ("workers", "opensearch", "opensearch_index", "opensearch_ca", "opensearch_shards", "opensearch_seconds")


def build_command(module: str, arguments: Sequence[str]) -> list[str]:
    """Give the command that runs a module of ours; nothing is imported from the current folder."""
    return [sys.executable, "-P", "-m", module, *arguments]


def build_bare_environment() -> dict[str, str]:
    """Give the variables for a process of ours that needs no setting, and so no secret."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(PREFIX)}
    return kept | {"PYTHONPATH": str(PACKAGE.parent)}


def build_environment(config: Config, index_folder: Path) -> dict[str, str]:
    """Give the variables for a process of ours: the settings it needs as the server has them, and not the token."""
    kept = build_bare_environment() | {name: os.environ[name] for name in (USER, PASSWORD) if name in os.environ}
    kept |= {f"{PREFIX}CONFIG": os.devnull, f"{PREFIX}INDEX": str(index_folder)}
    for field in fields(Config):
        value = getattr(config, field.name)
        if field.name in PASSED:
            kept[f"{PREFIX}{field.name.upper()}"] = ",".join(value) if isinstance(value, tuple) else str(value)
    return kept
