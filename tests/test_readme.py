"""The README tells the truth: its commands and options are those that exist, all of them, and its examples run."""

import re
import shlex
from collections.abc import Callable
from pathlib import Path

import click
import pytest
from click.testing import Result

from kb.cli import main

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
ROW = re.compile(r"^\| `kb (\w+)[^`]*` \|[^|]*\| `([^`]*)` \|$", re.M)
EXAMPLE = re.compile(r"^kb ((?:search|article|works) .*)$", re.M)


def existing_options() -> dict[str, set[str]]:
    context = click.Context(main)
    commands = {name: main.get_command(context, name) for name in main.list_commands(context)}
    return {
        name: {option for parameter in command.params for option in parameter.opts if option.startswith("--")}
        for name, command in commands.items()
        if command is not None
    }


def test_the_table_of_commands_is_what_exists() -> None:
    assert {name: set(options.split()) for name, options in ROW.findall(README)} == existing_options()


@pytest.mark.parametrize("example", EXAMPLE.findall(README))
def test_an_example_runs(index: Path, runner: Callable[..., Result], example: str) -> None:
    result = runner(*shlex.split(example), "--index", index)
    assert result.exit_code == 0, result.output
    assert result.stdout


def test_every_make_target_named_exists() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    named = set(re.findall(r"(?:`|^)make ([a-z][a-z0-9-]*)", README, re.M))
    assert named
    assert {target for target in named if not re.search(rf"^{target}:", makefile, re.M)} == set()


def test_the_map_has_every_folder_of_the_program_and_no_other() -> None:
    named = set(re.findall(r"`((?:kb|indexer)/[a-z]+)`", README.partition("## The house")[2]))
    folders = {path for top in ("kb", "indexer") for path in (ROOT / top).iterdir() if path.is_dir()}
    assert named == {path.relative_to(ROOT).as_posix() for path in folders if path.name != "__pycache__"}


def test_every_file_linked_exists() -> None:
    links = re.findall(r"\]\((?!http)([^)#]+)\)", README)
    assert links
    assert [link for link in links if not (ROOT / link).exists()] == []
