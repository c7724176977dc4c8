"""Which words are English: one that no article has may still be spelled right, and then nothing is to be corrected."""

import gzip
import re
from functools import cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

from indexer.text.spelling import unify_spelling

LONGEST = 24  # letters of a word
ENTRY = re.compile(rb'^"([a-z]{1,%d})":' % LONGEST, re.MULTILINE)  # "queue": 2922


@cache
def read_english() -> NDArray[np.bytes_]:
    """Give the words of pyspellchecker's list, sorted; its own table of them takes ten times the memory."""
    packed = files("spellchecker").joinpath("resources/en.json.gz").read_bytes()
    words = np.fromiter((entry[1] for entry in ENTRY.finditer(gzip.decompress(packed))), f"S{LONGEST}")
    words.sort()
    return words


def is_english(word: str) -> bool:
    """Say whether a word, in lower case, is spelled as in English, on either side of the Atlantic."""
    return _is_listed(word) or _is_listed(unify_spelling(word))


def _is_listed(word: str) -> bool:
    words, form = read_english(), word.encode()
    if len(form) > words.itemsize:  # all of the array would be widened for it
        return False
    place = int(np.searchsorted(words, np.bytes_(form)))
    return place < len(words) and bool(words[place] == form)
