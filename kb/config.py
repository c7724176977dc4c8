"""Settings in one place: defaults, then `kb.toml`, then `KB_…` variables; a wrong one is named before anything starts.

`kb.toml` is looked for in the current folder, or where `KB_CONFIG` says:

    index = "/srv/kb/index"
    articles = ["/srv/kb/articles"]
    host = "127.0.0.1"
    port = 8000
    workers = 0
"""

import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from kb.resources import default_index, find_folder

CONFIG_FILE = "kb.toml"
PREFIX = "KB_"  # KB_INDEX, KB_PORT
NUMBERS = {"port": (0, 65_535), "workers": (0, 256)}  # smallest and largest


class ConfigError(Exception):
    """A setting that cannot be used; the message names it, where it stands and what it should be."""


@dataclass(frozen=True, slots=True)
class Config:
    """All settings; `articles` are indexed when no path is given, `workers` 0 means one for each processor."""

    index: Path
    articles: tuple[Path, ...]
    host: str = "127.0.0.1"
    port: int = 8000
    workers: int = 0


def read_config(environment: Mapping[str, str] | None = None) -> Config:
    """Give the settings; raises ConfigError."""
    variables = os.environ if environment is None else environment
    values = _read_file(variables.get(f"{PREFIX}CONFIG"))
    for field in fields(Config):
        name = f"{PREFIX}{field.name.upper()}"
        if variables.get(name):
            values[field.name] = _check(field.name, _split(field.name, variables[name]), name)
    values.setdefault("index", default_index())
    if "articles" not in values:
        values["articles"] = (find_folder("corpus"),)
    return Config(**values)


def _read_file(named: str | None) -> dict[str, Any]:
    path = Path(named or CONFIG_FILE)
    try:
        text = path.read_text(encoding="utf-8")
        rows = tomllib.loads(text)
    except FileNotFoundError:
        if named:
            raise ConfigError(f"KB_CONFIG names {path}, which is not there.") from None
        return {}
    except (OSError, ValueError) as error:
        raise ConfigError(f"{path} cannot be read: {error}. Correct or remove it.") from None
    known = [field.name for field in fields(Config)]
    for name in rows:
        if name not in known:
            raise ConfigError(f"{path} has a setting {name!r} that does not exist. There are: {', '.join(known)}.")
    return {name: _check(name, value, f"{name} in {path}", path.parent) for name, value in rows.items()}


def _split(name: str, text: str) -> str | list[str]:
    return text.split(os.pathsep) if name == "articles" else text


def _check(name: str, value: Any, place: str, folder: Path = Path()) -> Any:
    """Give a setting in its type, relative paths taken from `folder`."""
    if name in NUMBERS:
        lowest, highest = NUMBERS[name]
        if isinstance(value, bool) or not str(value).isdecimal() or not lowest <= int(value) <= highest:
            raise ConfigError(f"{place} is {value!r}; it should be a whole number from {lowest} to {highest}.")
        return int(value)
    if name == "articles":
        if not isinstance(value, list) or not all(isinstance(part, str) and part for part in value):
            raise ConfigError(f"{place} is {value!r}; it should be a list of paths.")
        return tuple(folder / part for part in value)
    if not isinstance(value, str) or not value:
        raise ConfigError(f"{place} is {value!r}; it should be text.")
    return folder / value if name == "index" else value
