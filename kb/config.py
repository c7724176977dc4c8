"""Settings in one place: defaults, then `kb.toml`, then `KB_…` variables; a wrong one is named before anything starts.

`kb.toml` is looked for in the current folder, or where `KB_CONFIG` says:

    index = "/srv/kb/index"
    articles = ["/srv/kb/articles"]
    host = "127.0.0.1"
    port = 8000
    public_address = "https://kb.example.org"
    proxies = 1

What each one means stands in `kb.config_table`, and in the README, which a test holds to it.
"""

import os
import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from indexer.opensearch.place import ClusterPlace, Place
from kb.resources import default_index, find_folder

CONFIG_FILE = "kb.toml"
PREFIX = "KB_"  # KB_INDEX, KB_PORT
NUMBERS = {  # smallest and largest
    "port": (0, 65_535),
    "workers": (0, 256),
    "proxies": (0, 10),
    "threads": (1, 64),
    "connections": (10, 20_000),
    "connections_per_address": (0, 20_000),
    "header_seconds": (1, 600),
    "exchange_seconds": (5, 3_600),
    "header_limit": (4_096, 1_048_576),
    "body_limit": (1_024, 1_073_741_824),
    "search_rate": (0, 1_000_000),
    "search_burst": (60, 1_000_000),
    "opensearch_shards": (1, 1_024),
    "opensearch_seconds": (1, 120),
}
TOKEN_LENGTH = 16  # characters an administrator's token has at least
CHOICES = {"log": ("requests", "errors", "off")}
FLAGS = ("limit_loopback", "log_addresses", "log_queries")
FLAG_WORDS = {"true": True, "yes": True, "1": True, "false": False, "no": False, "0": False}
ADDRESS = re.compile(r"https?://(?:[a-z0-9.-]+|\[[0-9a-f:.]+\])(?::\d{1,5})?/?")  # https://kb.example.org
INDEX_NAME = re.compile(r"[a-z0-9][a-z0-9_-]{0,100}")  # kb
HOST_NAME = re.compile(r"[a-z0-9.-]+|\[?[0-9a-f:.]+\]?")  # kb.local, [::1]


class ConfigError(Exception):
    """A setting that cannot be used; the message names it, where it stands and what it should be."""


@dataclass(frozen=True, slots=True)
class Config:
    """All settings; what each one means is said in `kb.config_table`."""

    index: Path
    articles: tuple[Path, ...]
    host: str = "127.0.0.1"
    port: int = 8000
    workers: int = 0
    public_address: str = ""
    hosts: tuple[str, ...] = ()
    proxies: int = 0
    threads: int = 4
    connections: int = 1_000
    connections_per_address: int = 100
    header_seconds: int = 10
    exchange_seconds: int = 120
    header_limit: int = 32_768
    body_limit: int = 1_048_576
    search_rate: int = 120
    search_burst: int = 60
    limit_loopback: bool = False
    log: str = "requests"
    log_addresses: bool = False
    log_queries: bool = False
    admin_token: str = field(default="", repr=False)
    opensearch: tuple[str, ...] = ()
    opensearch_index: str = "kb"
    opensearch_ca: str = ""
    opensearch_shards: int = 1
    opensearch_seconds: int = 5


def find_place(config: Config, folder: Path | None = None) -> Place:
    """Give where the index is: on OpenSearch when its address is set, else in `folder` or that of the settings.

    Beside OpenSearch the folder keeps which paths this machine has indexed.
    """
    own = (folder or config.index).absolute()
    if not config.opensearch:
        return own
    return ClusterPlace(
        own,
        config.opensearch,
        config.opensearch_index,
        config.opensearch_ca,
        config.opensearch_shards,
        config.opensearch_seconds,
    )


def read_config(environment: Mapping[str, str] | None = None) -> Config:
    """Give the settings; raises ConfigError."""
    variables = os.environ if environment is None else environment
    values = _read_file(variables.get(f"{PREFIX}CONFIG"))
    for setting in fields(Config):
        name = f"{PREFIX}{setting.name.upper()}"
        if variables.get(name):
            values[setting.name] = _check(setting.name, _split(setting.name, variables[name]), name)
    values.setdefault("index", default_index())
    if "articles" not in values:
        values["articles"] = (find_folder("corpus"),)
    return Config(**values)


def default_config(index: Path) -> Config:
    """Give the default settings for an index folder, whatever files and variables say; only errors are logged."""
    return Config(index, (), log="errors")


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
    known = [setting.name for setting in fields(Config)]
    for name in rows:
        if name not in known:
            raise ConfigError(f"{path} has a setting {name!r} that does not exist. There are: {', '.join(known)}.")
    return {name: _check(name, value, f"{name} in {path}", path.parent) for name, value in rows.items()}


def _split(name: str, text: str) -> str | list[str]:
    if name == "articles":
        return text.split(os.pathsep)
    return [part.strip() for part in text.split(",")] if name in ("hosts", "opensearch") else text


def _check(name: str, value: Any, place: str, folder: Path = Path()) -> Any:
    """Give a setting in its type, relative paths taken from `folder`."""
    if name in NUMBERS:
        return _check_number(value, place, *NUMBERS[name])
    if name in FLAGS:
        return _check_flag(value, place)
    if name == "articles":
        return tuple(folder / part for part in _check_list(value, place, "paths"))
    if name == "hosts":
        return tuple(_check_host(part, place) for part in _check_list(value, place, "host names"))
    if name == "opensearch":
        return tuple(_check_address(part, place) for part in _check_list(value, place, "addresses"))
    if not isinstance(value, str) or not value:
        raise _wrong(place, value, "text")
    if name in CHOICES and value not in CHOICES[name]:
        raise _wrong(place, value, f"one of {', '.join(CHOICES[name])}")
    checks: Mapping[str, Callable[[str], Any]] = {
        "index": lambda text: folder / text,
        "public_address": lambda text: _check_address(text, place),
        "opensearch_index": lambda text: _check_index_name(text, place),
        "admin_token": lambda text: _check_token(text, place),
        "opensearch_ca": lambda text: _check_file(folder / text, place),
    }
    return checks[name](value) if name in checks else value


def _check_number(value: Any, place: str, lowest: int, highest: int) -> int:
    text = str(value)
    is_number = not isinstance(value, bool) and text.isascii() and text.isdecimal() and len(text) < 20
    if not is_number or not lowest <= int(text) <= highest:
        raise _wrong(place, value, f"a whole number from {lowest} to {highest}")
    return int(text)


def _check_flag(value: Any, place: str) -> bool:
    flag = value if isinstance(value, bool) else FLAG_WORDS.get(str(value).lower())
    if flag is None:
        raise _wrong(place, value, "true or false")
    return flag


def _check_list(value: Any, place: str, what: str) -> list[str]:
    if not isinstance(value, list) or not all(isinstance(part, str) and part for part in value):
        raise _wrong(place, value, f"a list of {what}")
    return value


def _check_token(value: str, place: str) -> str:
    """Give a token; what was set is a secret and stands in no message."""
    if os.name != "posix":
        raise ConfigError(f"{place} is set, and there is no administration on this system. Take it away.")
    if len(value) < TOKEN_LENGTH or not value.isprintable():
        raise ConfigError(f"{place} should be text of at least {TOKEN_LENGTH} characters that nobody can guess.")
    return value


def _check_host(name: str, place: str) -> str:
    if not HOST_NAME.fullmatch(name.lower()):
        raise _wrong(place, name, "host names without scheme, port and path, such as kb.example.org")
    return name.lower().strip("[]")


def _check_address(text: str, place: str) -> str:
    """Give an address as scheme and host, with a port where it is not the usual one."""
    try:
        port = urlsplit(text.lower()).port
    except ValueError:
        port = -1
    if not ADDRESS.fullmatch(text.lower()) or port == -1:
        raise _wrong(place, text, "an address such as https://kb.example.org, with nothing after the host")
    return text.lower().rstrip("/")


def _check_index_name(text: str, place: str) -> str:
    if not INDEX_NAME.fullmatch(text):
        raise _wrong(place, text, "a name of small letters, digits, - and _")
    return text


def _check_file(path: Path, place: str) -> str:
    if not path.is_file():
        raise _wrong(place, str(path), "a file that is there")
    return str(path)


def _wrong(place: str, value: object, wanted: str) -> ConfigError:
    return ConfigError(f"{place} is {value!r}; it should be {wanted}.")
