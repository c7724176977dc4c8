"""The forms of English verbs, and the named sets of words that patterns of the rule files refer to."""

import re
from collections.abc import Mapping

NAME = re.compile(r"\{([a-z_]+)\}")  # "{easing} .+"; "{1,80}" stays what it is in a pattern
DOUBLED = frozenset(["get", "stop", "control", "cut", "set", "begin", "rid", "quit", "put", "let"])
PARTICIPLES = {
    "beat": "beaten",
    "begin": "begun",
    "bring": "brought",
    "come": "come",
    "deal": "dealt",
    "feel": "felt",
    "fight": "fought",
    "find": "found",
    "get": "got",
    "give": "given",
    "lead": "led",
    "make": "made",
    "overcome": "overcome",
    "put": "put",
    "set": "set",
    "show": "shown",
    "take": "taken",
}


def inflect(verb: str) -> tuple[str, str, str, str]:
    """Give a verb's base, third person, gerund and participle: ``ease, eases, easing, eased``; the first word bends."""
    first, blank, rest = verb.partition(" ")
    last = first + first[-1] if first in DOUBLED else first
    soft = first.endswith("y") and first[-2:-1] not in "aeiou"
    third = first[:-1] + "ies" if soft else first + ("es" if first.endswith(("s", "sh", "ch", "x", "z", "o")) else "s")
    silent = first.endswith("e") and not first.endswith(("ee", "oe", "ye"))
    gerund = (first[:-1] if silent else last) + "ing"
    regular = first[:-1] + "ied" if soft else (first + "d" if first.endswith("e") else last + "ed")
    forms = (first, third, gerund, PARTICIPLES.get(first, regular))
    return tuple(f"{form}{blank}{rest}" for form in forms)  # type: ignore[return-value]  # four in, four out


def build_word_sets(words: Mapping[str, str], verbs: Mapping[str, str]) -> dict[str, str]:
    """Give patterns by name: `words` as they are, each set of `verbs` (parted by commas) under the name's own forms."""
    sets: dict[str, str] = {}
    for name, listed in verbs.items():
        forms = zip(*(inflect(verb.strip()) for verb in listed.split(",")), strict=True)
        for form, alternatives in zip(inflect(name), forms, strict=True):
            sets[form] = f"(?:{'|'.join(alternatives)})"
    for name, pattern in words.items():
        sets[name] = f"(?:{fill(pattern, sets)})"
    return sets


def fill(pattern: str, sets: Mapping[str, str]) -> str:
    """Give `pattern` with the sets put in for their names; a name that is no set is an error."""
    return NAME.sub(lambda found: sets[found[1]], pattern)
