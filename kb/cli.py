"""The `kb` command: each command is a module of its own, imported when it is used."""

import importlib
import sys
from typing import Any

import click

from indexer.disk.generations import IndexProblem
from kb.config import ConfigError
from kb.resources import ResourceMissing

COMMANDS = {  # name: module and function
    "index": "kb.commands.index:index",
    "watch": "kb.commands.watch:watch_command",
    "check": "kb.commands.check:check_command",
    "parse": "kb.commands.index:parse",
    "search": "kb.commands.search:search",
    "article": "kb.commands.search:article",
    "works": "kb.commands.search:works",
    "stats": "kb.commands.index:stats",
    "serve": "kb.commands.serve:serve",
}


class CommandGroup(click.Group):
    """Commands that are imported when needed, and problems told in one sentence instead of a traceback."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """Give the names of all commands, in the order they are used."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - click's signature
        """Import and give one command, or None when there is none of that name."""
        if cmd_name not in COMMANDS:
            return None
        module, _, function = COMMANDS[cmd_name].partition(":")
        command: click.Command = getattr(importlib.import_module(module), function)
        return command

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; what the user can mend ends with a sentence and exit code 2."""
        try:
            return super().invoke(ctx)
        except (IndexProblem, ConfigError, ResourceMissing) as error:
            click.echo(f"Error: {error}", err=True)
            sys.exit(2)


@click.group(cls=CommandGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="symptom-kb")
def main() -> None:
    """Search symptom articles, see the studies behind them, and serve them as a site."""
