"""British and American spelling made one, by the table `rules/spelling.toml`."""

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path

RULES = Path(__file__).parents[1] / "rules" / "spelling.toml"
STEM_LENGTH = 3  # letters an ending needs before it: "colour" has "col", "four" has not enough


@cache
def read_spelling_rules() -> Mapping[str, Mapping[str, str]]:
    """Give the tables `fragments`, `endings` and `words`, each from one spelling to the other."""
    with RULES.open("rb") as file:
        return tomllib.load(file)


@cache
def _fragment_pattern() -> re.Pattern[str]:
    fragments = sorted(read_spelling_rules()["fragments"], key=len, reverse=True)
    return re.compile("|".join(map(re.escape, fragments)))


@cache
def _ending_pattern() -> re.Pattern[str]:
    endings = sorted(read_spelling_rules()["endings"], key=len, reverse=True)
    return re.compile(f"(?<=[a-z]{{{STEM_LENGTH}}})(?:{'|'.join(endings)})$")


def unify_spelling(word: str) -> str:
    """Give the one spelling that stands for `word` (lower case, no accents) on both sides of the Atlantic."""
    rules = read_spelling_rules()
    if word in rules["words"]:
        return rules["words"][word]
    word = _fragment_pattern().sub(lambda found: rules["fragments"][found[0]], word)
    return _ending_pattern().sub(lambda found: rules["endings"][found[0]], word)
