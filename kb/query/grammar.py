"""The words a user types, read by our own small grammar; it never fails, it says what it left out.

    back pain              words: optional, ranked
    "pins and needles"     a phrase: required
    causes:stress          a word in one field: required
    -heart                 a word, phrase or field that must not be there
    migraine OR headache   alternatives
    anxi*   ~hedache       words that begin so, words spelled nearly so

Whatever else is typed is read as words.
"""

import re
from dataclasses import dataclass, field, replace
from typing import Literal

from indexer.text.analyzer import EXACT, STEMS, find_words

TEXT_LIMIT = 4_000  # characters read of a question
WORD_LIMIT = 64  # words read of a question
COSTLY_LIMIT = 8  # prefixes and fuzzy words read of a question
PREFIX_LENGTH = 2  # letters a prefix needs
SIGNS = str.maketrans("“”„‟«»″()[]{}<>", '"""""""' + " " * 8)  # every quote is the same one, and no bracket counts
PIECE = re.compile(r'(-?)(?:([^\W\d]\w{0,30}):)?(?:"([^"]*)"?|([^\s"]+))')  # -title:"red eye"
ALTERNATIVE = frozenset({"OR", "|", "||"})
NEGATION = frozenset({"NOT"})

ClauseKind = Literal["word", "phrase", "prefix", "fuzzy"]


@dataclass(frozen=True, slots=True)
class Clause:
    """One thing asked for: its words folded but not stemmed, the field to look in, and whether it must be absent."""

    kind: ClauseKind
    words: tuple[str, ...]
    field: str | None = None
    negated: bool = False

    @property
    def strict(self) -> bool:
        """Say whether an article without it is left out."""
        return self.kind == "phrase" or self.field is not None

    @property
    def stems(self) -> tuple[str, ...]:
        """Give the stemmed terms of its words, stop words left out."""
        return tuple(stem for word in self.words if (stem := STEMS[word]) is not None)

    def __str__(self) -> str:
        """Give it in the grammar's own notation."""
        text = " ".join(self.words)
        shown = {"word": text, "phrase": f"“{text}”", "prefix": f"{text}*", "fuzzy": f"~{text}"}[self.kind]
        return f"{'-' if self.negated else ''}{f'{self.field}:' if self.field else ''}{shown}"


@dataclass(frozen=True, slots=True)
class Expression:
    """A question as understood: groups of alternatives, what must be absent, and notes on what was left out."""

    groups: tuple[tuple[Clause, ...], ...] = ()
    excluded: tuple[Clause, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def clauses(self) -> tuple[Clause, ...]:
        """Give everything that is asked for, in order."""
        return tuple(clause for group in self.groups for clause in group)

    def __str__(self) -> str:
        """Give the whole in the grammar's own notation."""
        wanted = [" OR ".join(map(str, group)) for group in self.groups]
        return " ".join([*wanted, *map(str, self.excluded)])


@dataclass(slots=True)
class _Reader:
    """What has been read so far of one question."""

    fields: frozenset[str]
    groups: list[list[Clause]] = field(default_factory=list)
    excluded: list[Clause] = field(default_factory=list)
    notes: dict[str, None] = field(default_factory=dict)
    words: int = 0
    costly: int = 0
    joining: bool = False
    negating: bool = False

    def read_piece(self, minus: str, name: str | None, phrase: str | None, word: str | None) -> None:
        """Take one piece between blanks, or one in quotes."""
        negated = bool(minus) or self.negating
        if word in ALTERNATIVE and not name:
            self.joining = bool(self.groups)
            return
        if word in NEGATION and not name:
            self.negating = True
            return
        self.negating = False
        if name and name.lower() not in self.fields:
            if f"{name}:".lower() not in ("http:", "https:"):
                self.notes[f"There is no field “{name}”; it was read as a word."] = None
            self._add([Clause("word", (folded,)) for folded in _fold(name)])
            name = None
        asked = name.lower() if name else None
        found = self._read_words(word) if word is not None else self._read_phrase(phrase or "")
        if asked or negated:
            found = [replace(clause, field=asked, negated=negated) for clause in found]
        self._add(found)

    def _read_phrase(self, phrase: str) -> list[Clause]:
        words = _fold(phrase)
        return [Clause("phrase", tuple(words))] if words else []

    def _read_words(self, word: str) -> list[Clause]:
        folded = _fold(word)
        if not folded:
            if "*" in word or "~" in word:
                self.notes[f"“{word[:20]}” without a word was left out."] = None
            return []
        clauses = [Clause("word", (part,)) for part in folded]
        if word.endswith("*"):
            clauses[-1] = self._read_costly("prefix", folded[-1])
        elif word.startswith("~") or re.search(r"~\d?$", word):
            number = re.search(r"~\d$", word)
            if number and len(folded) > 1:
                clauses = clauses[:-1]
            clauses[-1] = self._read_costly("fuzzy", clauses[-1].words[0])
        return clauses

    def _read_costly(self, kind: ClauseKind, word: str) -> Clause:
        if kind == "prefix" and len(word) < PREFIX_LENGTH:
            self.notes[f"“{word}*” was read as a word: the beginning of a word needs {PREFIX_LENGTH} letters."] = None
            return Clause("word", (word,))
        self.costly += 1
        if self.costly > COSTLY_LIMIT:
            self.notes[f"Only the first {COSTLY_LIMIT} words with * or ~ were widened."] = None
            return Clause("word", (word,))
        return Clause(kind, (word,))

    def _add(self, clauses: list[Clause]) -> None:
        for clause in clauses:
            self.words += len(clause.words)
            if self.words > WORD_LIMIT:
                self.notes[f"Only the first {WORD_LIMIT} words were read."] = None
                return
            if clause.negated:
                self.excluded.append(clause)
            elif self.joining and self.groups:
                self.groups[-1].append(clause)
            else:
                self.groups.append([clause])
            self.joining = False


def parse_question(text: str, fields: frozenset[str] = frozenset()) -> Expression:
    """Give what a text asks for; `fields` are the names that may stand before a colon."""
    reader = _Reader(fields)
    if len(text) > TEXT_LIMIT:
        reader.notes[f"Only the first {TEXT_LIMIT} characters were read."] = None
    plain = text[:TEXT_LIMIT].translate(SIGNS)
    for piece in PIECE.finditer(plain):
        reader.read_piece(*piece.groups())
        if reader.words > WORD_LIMIT:
            break
    groups = dict.fromkeys(tuple(dict.fromkeys(group)) for group in reader.groups)
    return Expression(tuple(groups), tuple(dict.fromkeys(reader.excluded)), tuple(reader.notes))


def _fold(text: str) -> list[str]:
    return [word for word in map(EXACT.__getitem__, find_words(text)) if word is not None]
