"""Doubts about how the entries of a list of references are numbered."""

from collections import Counter
from collections.abc import Sequence

from indexer.model import Warning
from indexer.references.lists import Entry


def check_numbering(entries: Sequence[Entry]) -> tuple[Warning, ...]:
    """Give the doubts about how `entries` are numbered: lists that restart, numbers given twice, numbers left out."""
    doubts = []
    restarts = max((entry.part for entry in entries), default=0)
    if restarts:
        doubts.append(
            Warning("references-restart", f"The numbering of the references starts again {restarts} time(s).")
        )
    lettered = Counter((entry.part, entry.number, entry.letter) for entry in entries if entry.number is not None)
    numbers = list(dict.fromkeys((part, number) for part, number, _ in lettered))
    twice = sorted((part, number) for (part, number, _), times in lettered.items() if times > 1)
    if twice:
        doubts.append(
            Warning(
                "references-duplicate", f"Reference numbers given twice: {', '.join(str(n) for _, n in twice[:10])}."
            )
        )
    by_part: dict[int, set[int]] = {}
    for part, number in numbers:
        by_part.setdefault(part, set()).add(number)
    missing = [number for part in sorted(by_part) for number in missing_numbers(by_part[part])]
    if missing:
        doubts.append(Warning("references-gap", f"Reference numbers left out: {', '.join(map(str, missing[:10]))}."))
    return tuple(doubts)


def missing_numbers(numbers: set[int]) -> list[int]:
    """Give the numbers that are left out between the lowest and the highest of `numbers`, at most a hundred of them."""
    if not numbers:
        return []
    return [n for n in range(min(numbers), min(max(numbers), min(numbers) + 10_000)) if n not in numbers][:100]
