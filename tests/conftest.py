"""Fixtures shared by all tests: a few articles in files, the index of the shipped ones, the command line."""

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import settings

from indexer.sync import sync
from kb.cli import main
from kb.resources import find_folder

settings.register_profile("any machine", deadline=None)  # how fast a machine is decides no test
settings.load_profile("any machine")

HEADACHE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Tight headache</title></head><body>
<h1>Tight headache</h1>
<h2>What does a tight headache feel like?</h2>
<p>A band seems to press around the head. It comes and goes over the day.</p>
<h2>What causes a tight headache?</h2>
<p>Muscles of the neck stay tense for hours [1]. Little sleep adds to it.</p>
<h2>What helps?</h2>
<p>Short walks loosen the neck [2].</p>
<h2>References</h2>
<ol>
<li>Marlow, Ada. "Neck muscles under strain." Journal of Quiet Rooms, vol. 4, no. 2, 2011, pp. 10-19.
doi:10.5555/quiet.2011.10</li>
<li>Okoro, Ben, and Lis Hammer. "Walking and the neck." Annals of Slow Motion, vol. 9, 2015. PMID: 90000001</li>
</ol>
<p>Written by Nora Feld. Updated: March 4, 2021.</p>
</body></html>
"""
HEAVY_ARMS = """# Heavy arms

## Description

Both arms feel as if they were filled with sand. Lifting a cup takes thought.

## Causes

Strained muscles tire early [1].

## References

1. Marlow A. Neck muscles under strain. Journal of Quiet Rooms. 2011;4(2):10-19. doi:10.5555/quiet.2011.10
"""
HUMMING = """Humming in the ears

Description

A low hum is heard in silent rooms. It is louder at night.

What helps?

A little music in the background makes it fade.
"""
LINES = """{"title": "Cold feet", "sections": [{"heading": "Description", "text": "The feet stay cold in bed."}]}
{"title": "Dry lips", "sections": [{"heading": "Description", "text": "The lips crack in heated rooms."}]}
"""


@pytest.fixture
def articles(tmp_path: Path) -> Path:
    """Give a folder of five articles in four formats, of which two cite the same work."""
    folder = tmp_path / "articles"
    folder.mkdir()
    for name, text in [
        ("tight-headache.html", HEADACHE),
        ("heavy-arms.md", HEAVY_ARMS),
        ("humming-in-the-ears.txt", HUMMING),
        ("more.jsonl", LINES),
    ]:
        (folder / name).write_text(text, encoding="utf-8")
    return folder


@pytest.fixture(scope="session")
def index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the index folder of the shipped articles; made once, for reading only."""
    folder = tmp_path_factory.mktemp("shipped") / "index"
    assert not sync(folder, [find_folder("corpus")]).failed
    return folder


@pytest.fixture
def runner() -> Callable[..., Result]:
    """Give a function that runs `kb` with arguments; nothing but what a test sets comes from the environment."""

    def run(*arguments: object) -> Result:
        return CliRunner(env={"KB_INDEX": None, "KB_CONFIG": None}).invoke(main, [str(part) for part in arguments])

    return run
