"""Articles that change all the time, and what any question about them has to be answered with, known without an engine.

``python -m bench.soak_articles FOLDER INDEX SECONDS`` writes articles, syncs once in so many seconds and prints after
each commit one JSON object a line: the generation, and what each changed article now is (null: removed).
"""

import json
import random
import sys
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from itertools import product
from pathlib import Path
from typing import Any

from indexer.sync import SyncOptions, sync

SYLLABLES = ["".join(pair) for pair in product("bdfgklmnprtvz", "aou")]
WORDS = [f"zu{syllable}k" for syllable in SYLLABLES]  # zubak; no vocabulary knows them, no stemmer changes them
WORKS = [f"yi{syllable}m" for syllable in SYLLABLES]  # the word in a work's title: yibam
AUTHORS = ("Nora Feld", "Tam Ober", "Ilse Quist", "Jon Marsh")
YEARS = range(2012, 2025)
LASTING = 20  # articles that are edited and never removed
START = 120  # articles at first
MOST_CHANGES = 4  # articles changed between two commits
REBUILD_EVERY = 97  # commits between two rebuilds


@dataclass(frozen=True, slots=True)
class Told:
    """What one article says: its slug and title, the words in it, its year and author, and the works it cites."""

    slug: str
    title: str
    words: tuple[str, ...]
    year: int
    author: str
    works: tuple[str, ...]


State = Mapping[str, Told]


def build_name(number: int) -> str:
    """Give a name without digits for an article, such as "Nubaba"."""
    first, second = divmod(number, len(SYLLABLES))
    return f"Nu{SYLLABLES[first]}{SYLLABLES[second]}"


def draw_article(number: int, chance: random.Random) -> Told:
    """Give an article with a fixed name and everything else by chance."""
    name = build_name(number)
    words = tuple(sorted(chance.sample(WORDS, chance.randint(3, 12))))
    works = tuple(sorted(chance.sample(WORKS, chance.randint(0, 5))))
    return Told(f"soak-{name.lower()}", f"Soak {name}", words, chance.choice(YEARS), chance.choice(AUTHORS), works)


def write_text(told: Told) -> str:
    """Give an article as Markdown."""
    sentences = "\n\n".join(f"Some people call it {word} in the evening." for word in told.words)
    marks = "".join(f"[{number}]" for number in range(1, len(told.works) + 1))
    references = "\n".join(
        f'{number}. Marlow, Ada. "On {work} at rest." Journal of Quiet Rooms, 2011. doi:10.5555/soak.{work}'
        for number, work in enumerate(told.works, 1)
    )
    tail = f"\n## References\n\n{references}\n" if references else ""
    return (
        f"# {told.title}\n\nWritten by {told.author}. Updated: March 4, {told.year}.\n\n## Description\n\n"
        f"{sentences}\n\n## Causes\n\nNobody has looked into it yet{marks}.\n{tail}"
    )


def find_slugs(state: State, word: str, year: int | None = None) -> list[str]:
    """Give the articles that have a word (and are of a year), by title."""
    found = [told for told in state.values() if word in told.words and year in (None, told.year)]
    return [told.slug for told in sorted(found, key=lambda told: told.title.lower())]


def count_facet(state: State, word: str, facet: str) -> dict[str, int]:
    """Give how many of the articles that have a word have each author or year."""
    return dict(Counter(str(getattr(told, facet)) for told in state.values() if word in told.words))


def count_citing(state: State, work: str) -> int:
    """Give how many articles cite a work."""
    return sum(work in told.works for told in state.values())


def read_truth(states: Mapping[int, State], row: Mapping[str, Any]) -> State:
    """Give the state after a printed row, from the state of the generation before it."""
    state = dict(states[max(states)]) if states else {}
    for slug, values in row["changed"].items():
        if values is None:
            state.pop(slug, None)
        else:
            lists = {name: tuple(values[name]) for name in ("words", "works")}
            state[slug] = Told(**values | lists)
    return state


def change_articles(folder: Path, seed: int) -> Iterator[dict[str, Told | None]]:
    """Write the first articles, then a few changes for each further value; give what changed by slug."""
    chance = random.Random(seed)
    present = set(range(START))
    changed: dict[str, Told | None] = {}
    numbers = sorted(present)
    while True:
        for number in numbers:
            told = draw_article(number, chance)
            path = folder / f"{told.slug}.md"
            if number >= LASTING and number in present and chance.random() < 0.3 and len(numbers) <= MOST_CHANGES:
                present.discard(number)
                path.unlink()
                changed[told.slug] = None
            else:
                present.add(number)
                path.write_text(write_text(told), encoding="utf-8")
                changed[told.slug] = told
        yield changed
        changed = {}
        numbers = chance.sample(range(START + START // 4), chance.randint(1, MOST_CHANGES))


def change_forever(argv: list[str]) -> None:
    """Change, sync and tell, until ended."""
    folder, index, seconds = Path(argv[0]), Path(argv[1]), float(argv[2])
    due = time.monotonic()
    for number, changed in enumerate(change_articles(folder, seed=5)):
        report = sync(index, [folder], SyncOptions(rebuild=number % REBUILD_EVERY == REBUILD_EVERY - 1, workers=1))
        rows = {slug: asdict(told) if told else None for slug, told in changed.items()}
        line = {"generation": report.generation, "failed": len(report.failed), "changed": rows, "time": time.time()}
        sys.stdout.write(json.dumps(line) + "\n")
        sys.stdout.flush()
        due = max(due + seconds, time.monotonic())
        time.sleep(max(0.0, due - time.monotonic()))


if __name__ == "__main__":
    change_forever(sys.argv[1:])
