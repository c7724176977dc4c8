"""`kb serve`: the site on waitress."""

import errno
import os
import signal
import socket
import sys
from dataclasses import replace
from pathlib import Path

import click

from kb.app import create_app
from kb.config import find_place, read_config
from kb.serving.server import build_server


@click.command()
@click.option("--index", "index_path", type=click.Path(path_type=Path), help="Index folder to serve.")
@click.option("--host", help="Address to listen on.  [default: 127.0.0.1]")
@click.option("--port", type=click.IntRange(0, 65535), help="Port to listen on.  [default: 8000]")
def serve(index_path: Path | None, host: str | None, port: int | None) -> None:
    """Serve the site; the index may be made or renewed while it runs."""
    config = read_config()
    config = replace(config, host=host or config.host, index=index_path or config.index)
    listener = _listen(config.host, config.port if port is None else port)
    server = build_server(create_app(find_place(config), config=config), listener, config)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))  # as process 1 of a container it would be ignored
    shown = f"[{config.host}]" if ":" in config.host else config.host
    click.echo(f"http://{shown}:{listener.getsockname()[1]}  (Ctrl-C ends)")
    server.run()
    click.echo("Ended.", err=True)


def _listen(host: str, port: int) -> socket.socket:
    """Give a bound socket, or end with one sentence that says why there is none."""
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
        listener = socket.socket(family, socket.SOCK_STREAM)
    except OSError as error:
        raise click.ClickException(_explain(error, host, port)) from None
    if os.name == "posix":
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
    except OSError as error:
        listener.close()
        raise click.ClickException(_explain(error, host, port)) from None
    return listener


def _explain(error: OSError, host: str, port: int) -> str:
    if error.errno == errno.EADDRINUSE:
        return f"Port {port} is in use: choose another with --port (make run PORT=…)."
    if error.errno == errno.EACCES:
        return f"Port {port} needs more rights: choose one above 1023 with --port."
    return f"Cannot listen on {host}, port {port} ({error.strerror or error})."
