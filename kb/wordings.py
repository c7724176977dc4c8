"""The user's words → the kinds of emergency they speak of: phrases and combinations of phrases, never a pattern.

A text becomes stems: folded, typing errors mended towards the words of the rules, small words left out, so that
"I really want to die", "wnating to die" and "i want die" read alike. What is denied ("no chest pain or fever") does not
count, except in a crisis, where "reasons not to …" means its opposite. Every step is linear in the length of the text.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

import Stemmer
from rapidfuzz.distance import OSA

from indexer.text.analyzer import find_words, fold_word

WINDOW = 14  # words between the parts of a combination: "my chest has been … and now my left arm …"
TYPO_LENGTH = 5  # letters from which one typing error is mended: "throta" → "throat", but not "hert" → "heart"
LONG_WORD = 24  # letters; nothing longer is a mistyped word of the rules
ALTERNATIVES = frozenset({"or", "nor"})
GAP = "…"  # stands for a harmless idiom, so that the words around it do not meet
REACH = 3  # words from a denied word to the "or" that denies the next: "no chest pain or fever"
RUN = re.compile(r"(.)\1{2,}")  # a letter so often in a row counts once: "heeelp" → "help", "swollen" stays

Words = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Combination:
    """A kind of emergency, meant where all of `groups` stand `within` so many words and none of `unless` is near."""

    kind: str
    groups: Words
    unless: Words = ()
    within: int = WINDOW


@dataclass(frozen=True, slots=True)
class WordRules:
    """What is done to words first: other ways to write them, words to leave out, idioms to skip, words to mend.

    `mended` are the words that typing errors are mended towards, `real_words` those a letter away that mean themselves;
    `deniers` take back what stands right after them, and `undeniable` are the kinds that nothing takes back.
    """

    aliases: Mapping[str, str]
    fillers: tuple[str, ...]
    harmless: tuple[str, ...]
    mended: tuple[str, ...]
    real_words: tuple[str, ...]
    deniers: tuple[str, ...] = ()
    undeniable: frozenset[str] = frozenset()


@cache
def _stemmer() -> Stemmer.Stemmer:
    return Stemmer.Stemmer("english", 0)


def _stem(word: str) -> str:
    return str(_stemmer().stemWord(word))


def _split_words(text: str) -> list[str]:
    folded = map(fold_word, find_words(text))
    return [RUN.sub(r"\1", word) if RUN.search(word) else word for word in folded if word]


def _one_letter_less(word: str) -> Iterator[str]:
    yield word
    for place in range(len(word)):
        yield word[:place] + word[place + 1 :]


class PhraseIndex:
    """Phrases (tuples of words) with names each; every one that stands in a text is found, overlapping or not."""

    def __init__(self, phrases: Iterable[tuple[Words, str]]) -> None:
        """Take (phrase, name) pairs; one phrase may have several names."""
        self._by_first: dict[str, dict[Words, list[str]]] = {}
        for phrase, name in phrases:
            if phrase:
                self._by_first.setdefault(phrase[0], {}).setdefault(phrase, []).append(name)

    def find(self, words: Sequence[str]) -> Iterator[tuple[int, list[str]]]:
        """Give place and names of every phrase in `words`, left to right."""
        for place, word in enumerate(words):
            for phrase, names in self._by_first.get(word, {}).items():
                if tuple(words[place : place + len(phrase)]) == phrase:
                    yield place, names

    def replace(self, words: Sequence[str]) -> list[str]:
        """Give `words` with the longest phrase at each place replaced by the words of its name (a gap for no name)."""
        replaced: list[str] = []
        place = 0
        while place < len(words):
            here = self._by_first.get(words[place])
            if here is None:
                replaced.append(words[place])
                place += 1
                continue
            found = [phrase for phrase in here if tuple(words[place : place + len(phrase)]) == phrase]
            longest = max(found, key=len, default=())
            replaced.extend(here[longest][0].split() or [GAP] if longest else words[place : place + 1])
            place += len(longest) or 1
        return replaced


class Wordings:
    """The rules made ready: phrases that mean a kind of emergency alone, groups of phrases, and their combinations."""

    def __init__(
        self,
        phrases: Mapping[str, Sequence[str]],
        groups: Mapping[str, Sequence[str]],
        combinations: Iterable[Combination],
        rules: WordRules,
    ) -> None:
        """Take kind → phrases, group → phrases, the combinations of groups, and the rules for words."""
        self._aliases = PhraseIndex((tuple(_split_words(key)), value) for key, value in rules.aliases.items())
        self._fillers = frozenset(rules.fillers)
        self._deniers = frozenset(rules.deniers)
        self._undeniable = rules.undeniable
        named = [(kind, text) for kind, texts in phrases.items() for text in texts]
        grouped = [(f"[{group}]", text) for group, texts in groups.items() for text in texts]
        plain = {text: self._plain_words(text) for _name, text in (*named, *grouped)}
        self._typed = _typing_index(rules.mended)
        self._known = {_stem(word) for words in plain.values() for word in words}
        written = (*rules.aliases, *rules.harmless, *rules.fillers, *rules.real_words)
        self._real = {word for text in written for word in _split_words(text)}
        self._index = PhraseIndex((tuple(map(_stem, plain[text])), name) for name, text in (*named, *grouped))
        self._harmless = PhraseIndex((tuple(self._aliases.replace(_split_words(text))), "") for text in rules.harmless)
        self._combinations: dict[str, list[tuple[frozenset[str], Combination]]] = {}  # by one of the groups they need
        for combination in combinations:
            needed = [f"[{group}]" for group in combination.groups]
            self._combinations.setdefault(needed[0], []).append((frozenset(needed), combination))

    def find_kinds(self, text: str) -> frozenset[str]:
        """Give the kinds of emergency that `text` speaks of."""
        stems, denied = self._read_stems(text)
        places: dict[str, list[int]] = {}
        kinds: set[str] = set()
        for place, names in self._index.find(stems):
            for name in names:
                places.setdefault(name, []).append(place)
                if not name.startswith("[") and (place not in denied or name in self._undeniable):
                    kinds.add(name)
        present = set(places)
        found = [rule for name in places for needed, rule in self._combinations.get(name, ()) if needed <= present]
        for combination in found:
            taken_back = frozenset[int]() if combination.kind in self._undeniable else denied
            if combination.kind not in kinds and _stands_together(combination, places, taken_back):
                kinds.add(combination.kind)
        return frozenset(kinds)

    def _plain_words(self, text: str) -> list[str]:
        return [word for word in self._aliases.replace(_split_words(text)) if word not in self._fillers]

    def _read_stems(self, text: str) -> tuple[list[str], frozenset[int]]:
        """Give the stems of `text` and the places among them of those that are denied."""
        mended: dict[str, str] = {}  # of this call only: nobody's words are kept
        words = _split_words(text)
        for word in words:
            if word not in mended:
                mended[word] = self._mend_word(word)
        words = self._harmless.replace(self._aliases.replace([mended[word] for word in words]))
        stems: list[str] = []
        denied: list[int] = []
        for before, word in pairwise(["", *words]):
            if word in self._fillers:
                continue
            goes_on = before in ALTERNATIVES and denied and len(stems) - denied[-1] <= REACH
            if before in self._deniers or goes_on:
                denied.append(len(stems))
            stems.append(_stem(word))
        return stems, frozenset(denied)

    def _mend_word(self, word: str) -> str:
        if not TYPO_LENGTH <= len(word) <= LONG_WORD or word in self._real or _stem(word) in self._known:
            return word
        for shorter in _one_letter_less(word):
            for known in self._typed.get(shorter, ()):
                if OSA.distance(word, known, score_cutoff=1) <= 1:
                    return known
        return word


def _typing_index(words: Iterable[str]) -> dict[str, list[str]]:
    typed: dict[str, list[str]] = {}
    for word in words:
        for shorter in _one_letter_less(word):
            typed.setdefault(shorter, []).append(word)
    return typed


def _stands_together(combination: Combination, places: Mapping[str, list[int]], denied: frozenset[int]) -> bool:
    wanted = [_find_meant(group, combination, places, denied) for group in combination.groups]
    barred = [places.get(f"[{group}]", []) for group in combination.unless]
    return any(
        all(_is_near(place, others, combination.within) for others in wanted)
        and not any(_is_near(place, others, WINDOW) for others in barred)
        for place in wanted[0]
    )


def _find_meant(
    group: str, combination: Combination, places: Mapping[str, list[int]], denied: frozenset[int]
) -> list[int]:
    """Give the places of `group` that are not denied, or that the combination itself wants denied ("not", "moving")."""
    found = places.get(f"[{group}]", [])
    if denied.isdisjoint(found):
        return found
    asked = {place for other in combination.groups if other != group for place in places.get(f"[{other}]", [])}
    return [place for place in found if place not in denied or place - 1 in asked]


def _is_near(place: int, others: Sequence[int], within: int) -> bool:
    first = bisect_left(others, place - within)
    return first < len(others) and others[first] <= place + within
