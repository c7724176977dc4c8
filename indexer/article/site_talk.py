"""Lines that speak of the site that prints them and not of the body: the weight of their words tells."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise

from indexer.article.arrangement import NEUTRAL
from indexer.article.helplines import is_helpline
from indexer.markup.blocks import MARK_OPEN, Line, Placed
from indexer.ruleset import read_rules

TALK = ("about the site", "its words speak of the site")  # the reason and the rule
CITED = re.compile(r"\[\d{1,3}[\],–-]|[¹²³⁴-⁹]")
BETWEEN = str.maketrans(dict.fromkeys('.,;:!?()[]{}"-–—/|·•*_“”‘<>+=&#@%$£€©\n\t', " "))  # what parts words
SHAPES = re.compile(  # discounts, addresses of mail and of houses
    r"\d\s?%\soff\b|©|(?<=\w)@(?=[\w-]+\.\w)|\b[A-Z]{2} \d{5}\b"
)
SHAPED = re.compile(r"[@©%]|\d{3}")  # what each of them has
SHAPE = 2  # what such a thing weighs
LONGEST = 70  # words of a line that is weighed
LEAST = 2.5  # weight from which a short line speaks of its site
SHORT = 8  # words of one
SELF = frozenset(("we", "our", "us", "i", "my"))
DISTANT = 2  # what counts against a sentence without such words: "Call your clinic to ask for an earlier appointment."
STEP = 10  # further words for which it must weigh one more
STEM = 3  # letters of the shortest beginning of a word


def find_talk(line: Line, before: Sequence[Placed], after: Line | None) -> tuple[str, str] | None:
    """Give why a paragraph is no text but speaks of its site, for which less is enough beside furniture.

    `before` holds what became of the line before it, if any.
    """
    dropped = any(placed.role == "dropped" and not placed.rule.startswith(NEUTRAL) for placed in before)
    beside = dropped or (after is not None and after.zone is not None)
    return TALK if line.kind == "paragraph" and speaks_of_site(line.text, beside=beside) else None


def speaks_of_site(text: str, *, beside: bool = False) -> bool:
    """Tell whether a line speaks of its site; `beside` other lines that do so less is enough.

    What cites a reference or names a helpline never does.
    """
    if text.count(" ") >= LONGEST or MARK_OPEN in text or weigh(text) < LEAST - beside:
        return False
    return not (CITED.search(text) or is_helpline(text))


@lru_cache(maxsize=2048)
def weigh(text: str) -> float:
    """Give how much the words of a text speak of its site, less the more words it has."""
    words = text.casefold().translate(BETWEEN).replace("’", "'").split()
    table = _weights()
    distinct = set(words)
    shaped = SHAPED.search(text) is not None and SHAPES.search(text) is not None
    weights = [*map(_weigh, distinct)]
    total = sum(weights) + (SHAPE if shaped else 0)
    paired = set() if table.firsts.isdisjoint(distinct) else {pair for pair in pairwise(words) if pair in table.pairs}
    for pair in paired:
        weights.append(weight := table.pairs[pair])
        total += weight if weight < 0 else max(0, weight - sum(max(0, _weigh(word)) for word in pair))
    plain = text[-1:] == "." and not shaped and SELF.isdisjoint(distinct)
    return total - max(0, len(words) - SHORT) / STEP - (DISTANT if plain else 0)


@lru_cache(maxsize=16384)
def _weigh(word: str) -> int:
    table = _weights()
    if word in table.words:
        return table.words[word]
    ends = range(min(len(word), table.longest), STEM - 1, -1)
    return next((table.stems[word[:end]] for end in ends if word[:end] in table.stems), 0)


@dataclass(frozen=True, slots=True)
class _Weights:
    """What words weigh, pairs of them, and beginnings of words."""

    words: Mapping[str, int]
    pairs: Mapping[tuple[str, str], int]
    stems: Mapping[str, int]
    firsts: frozenset[str]
    longest: int  # letters of the longest beginning


@cache
def _weights() -> _Weights:
    """Give the weights that the rules name."""
    rules = read_rules("site")
    words: dict[str, int] = {}
    pairs: dict[tuple[str, str], int] = {}
    stems: dict[str, int] = {}
    groups = {int(weight): named for weight, named in rules["weights"].items()} | {-1: rules["body"]["words"]}
    for weight, named in groups.items():
        for word in named.split():
            first, _, second = word.partition("-")
            if second:
                pairs[first, second] = weight
            elif word.endswith("*"):
                stems[word[:-1]] = weight
            else:
                words[word] = weight
    return _Weights(words, pairs, stems, frozenset(first for first, _ in pairs), max(map(len, stems)))
