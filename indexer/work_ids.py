"""Readable ids of Works, such as ``lundberg-1999-psychophysiological``, that stay when references come and go."""

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import count

from indexer.model import Work
from indexer.works import normalise

LITTLE_WORDS = frozenset(
    ("a", "an", "the", "of", "on", "in", "for", "and", "to", "at", "by", "from", "with", "is", "are", "do", "does")
)
WORD_LIMIT = 32  # characters of one word in an id


class WorkIds:
    """Gives every group of references one id: that of the old work it shares most keys with, else a new one."""

    def __init__(
        self, groups: Sequence[frozenset[str]], old: Mapping[str, frozenset[str]], is_taken: Callable[[str], bool]
    ) -> None:
        """Take the keys of each group and of each old work by id; `is_taken` knows the ids of all other works."""
        self._groups = groups
        self._is_taken = is_taken
        self._inherited = _inherit(groups, old)
        self._used = set(self._inherited.values())

    def give(self, index: int, work: Work) -> str:
        """Give the id of a group, whose work (without id) is known by now."""
        if index in self._inherited:
            return self._inherited[index]
        proposals = _proposals(work, min(self._groups[index]))
        found = next(name for name in proposals if name not in self._used and not self._is_taken(name))
        self._used.add(found)
        return found


def _inherit(groups: Sequence[frozenset[str]], old: Mapping[str, frozenset[str]]) -> dict[int, str]:
    owners: dict[str, set[str]] = {}
    for work_id, keys in old.items():
        for key in keys:
            owners.setdefault(key, set()).add(work_id)
    claims = []
    for index, keys in enumerate(groups):
        for work_id in {owner for key in keys for owner in owners.get(key, ())}:
            shared = keys & old[work_id]
            identifiers = sum(not key.startswith("title:") for key in shared)
            claims.append((-identifiers, -len(shared), len(work_id), work_id, min(keys), index))
    found: dict[int, str] = {}
    used: set[str] = set()
    for *_, work_id, _key, index in sorted(claims):
        if index not in found and work_id not in used:
            found[index] = work_id
            used.add(work_id)
    return found


def _proposals(work: Work, key: str) -> Iterator[str]:
    base = build_id(work)
    digest = hashlib.blake2b(key.encode(), digest_size=16).hexdigest()
    yield base
    if identifier := _identifier(work):
        yield f"{base}-{identifier}"
    for length in (6, 12, 32):
        yield f"{base}-{digest[:length]}"
    for number in count(2):  # works that are told apart may share a key, and so the digest
        yield f"{base}-{digest[:6]}-{number}"


def build_id(work: Work) -> str:
    """Give family, year and first telling title word, joined by hyphens; what is not known is replaced."""
    family = work.authors[0].split(",")[0] if work.authors else work.container or work.publisher or work.host or "anon"
    words = [_word(word) for word in normalise(work.title or work.raw).split()]
    telling = next((word for word in words if word and word not in LITTLE_WORDS), "untitled")
    name = "-".join(_word(word) for word in normalise(family).split()[:3])
    return f"{name or 'anon'}-{work.year or 'undated'}-{telling}"


def _word(word: str) -> str:
    ascii_word = word.encode("ascii", "ignore").decode() or hashlib.blake2b(word.encode(), digest_size=3).hexdigest()
    return ascii_word[:WORD_LIMIT]


def _identifier(work: Work) -> str | None:
    if work.pmid:
        return normalise(work.pmid)
    if work.pmcid:
        return normalise(work.pmcid)
    return hashlib.blake2b(work.doi.lower().encode(), digest_size=3).hexdigest() if work.doi else None
