"""Reference lists counted by letters, and the letters that cite them: ``dry.ᵃ``, ``dry [a, b]``, a raised ``a``."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from indexer.markup.blocks import MARK, Line, plain_text
from indexer.markup.listed import LETTERED

ALPHABET = "abcdefghijklmnopqrstuvwxyz"
RAISED = str.maketrans("ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖ", "abcdefghijklmnop")
PRINTED = re.compile(  # "a. Roe", "(a) Roe", "a Roe"
    r"\s*(?:\[([a-z])\]|\(([a-z])\)|([a-z])[.)]|([a-z])(?=\s[A-Z“\"]))\s+"
)
SMALL = "".join(map(chr, RAISED))
INSIDE = r"[a-z](?:\s?[,;]\s?[a-z]){0,9}"
MARKS = re.compile(rf"\s*\[{INSIDE}\]|[{SMALL}](?:[,·˒]?[{SMALL}]){{0,9}}")  # "[a, b]", "ᵃ"
RAISED_TEXT = re.compile(rf"[\[(]?{INSIDE}[\])]?")  # what a <sup> may hold
LEAST = 2  # entries


def number_letters(lines: Sequence[Line]) -> tuple[Sequence[Line], bool]:
    """Give the entries of a list counted by letters with numbers instead, and whether it is one."""
    if lines and all(line.rule == LETTERED for line in lines):
        return lines, True
    found = [PRINTED.match(plain_text(line.text)) for line in lines]
    letters = "".join(next(filter(None, match.groups())) for match in found if match)
    if len(lines) < LEAST or letters != ALPHABET[: len(lines)]:
        return lines, False
    return [
        replace(line, text=plain_text(line.text)[match.end() :], kind="item", number=place, group=line.group or -1)
        for place, (line, match) in enumerate(zip(lines, found, strict=True), start=1)
        if match
    ], True


def find_letter_marks(text: str) -> Iterator[tuple[int, int, tuple[int, ...]]]:
    """Give where the marks of letters begin and end in a text, and the numbers of the entries they cite."""
    for match in MARK.finditer(text):
        if RAISED_TEXT.fullmatch(match[1]):
            yield len(text[: match.start()].rstrip()), match.end(), read_letters(match[1])
    for match in MARKS.finditer(text):
        yield match.start(), match.end(), read_letters(match[0])


def read_letters(printed: str) -> tuple[int, ...]:
    """Give the numbers of the letters in a mark: ``[a, c]`` → ``(1, 3)``."""
    return tuple(ALPHABET.index(letter) + 1 for letter in re.findall(r"[a-z]", printed.translate(RAISED)))
