"""What each setting means, as the README prints it."""

import sys
from collections.abc import Mapping
from dataclasses import MISSING, fields

from kb.config import CHOICES, FLAGS, NUMBERS, PREFIX, Config

MEANINGS: Mapping[str, str] = {
    "index": "folder of the index",
    "articles": "what `kb index` reads when nothing is named; in the variable, several are parted by `:`",
    "host": "address to listen on",
    "port": "port to listen on, 0 for any free one",
    "workers": "processes that parse articles, 0 for one a processor",
    "public_address": "what readers type, such as `https://kb.example.org`; full links are built from it alone",
    "hosts": "further host names the site answers to; others than these, `host`, `public_address`, `localhost` "
    "and bare IP addresses are refused",
    "proxies": "reverse proxies in front, whose `X-Forwarded-For` and `-Proto` are believed; 0 believes none",
    "threads": "requests worked on at once",
    "connections": "open connections; beyond it the one that has kept the server waiting longest is closed",
    "connections_per_address": "open connections of one address, 0 for any number; loopback and proxies are free",
    "header_seconds": "time a client has to send the head of its request",
    "exchange_seconds": "time a client has to send a whole request, and to take its answer",
    "header_limit": "bytes of a request's head",
    "body_limit": "bytes of a request's body",
    "search_rate": "searches a minute for one address once its burst is used up, 0 for no limit",
    "search_burst": "searches that one address may make at once",
    "limit_loopback": "limit this machine's own addresses too",
    "log": "what is logged: a line for each request, errors only, or nothing",
    "log_addresses": "log the address of whoever asks",
    "log_queries": "log paths with their query, and the messages of errors",
    "admin_token": "what opens the administration under `/admin`, at least 16 characters; without it there is none",
    "opensearch": "addresses of an OpenSearch cluster that keeps the index in place of the folder (see SCALING.md); "
    "user and password in `KB_OPENSEARCH_USER` and `KB_OPENSEARCH_PASSWORD`; the variable parts addresses by `,`",
    "opensearch_index": "name of the index there",
    "opensearch_ca": "file of the certificates that are trusted for it, in place of the system's",
    "opensearch_shards": "parts that a rebuilt index is divided into",
    "opensearch_seconds": "time that one answer of the cluster may take",
}
DEFAULTS = {"index": "the platform's data folder", "articles": "the shipped articles"}


def build_table() -> list[str]:
    """Give the settings as the lines of a Markdown table, one a setting, in the order of `Config`."""
    lines = ["| `kb.toml` | variable | values | default | meaning |", "| --- | --- | --- | --- | --- |"]
    for field in fields(Config):
        name = field.name
        default = DEFAULTS[name] if field.default is MISSING else _show(field.default)
        lines.append(f"| `{name}` | `{PREFIX}{name.upper()}` | {_values(name)} | {default} | {MEANINGS[name]} |")
    return lines


def _values(name: str) -> str:
    if name in NUMBERS:
        lowest, highest = NUMBERS[name]
        return f"{lowest} to {highest}"
    if name in CHOICES:
        return ", ".join(f"`{choice}`" for choice in CHOICES[name])
    if name in FLAGS:
        return "`true`, `false`"
    return {
        "articles": "list of paths",
        "index": "path",
        "hosts": "list of names",
        "opensearch": "list of addresses",
    }.get(name, "text")


def _show(default: object) -> str:
    if default in ("", ()):
        return "none"
    return f"`{str(default).lower() if isinstance(default, bool) else default}`"


if __name__ == "__main__":
    sys.stdout.write("\n".join(build_table()) + "\n")
