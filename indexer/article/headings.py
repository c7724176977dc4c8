"""What a heading says: the kind of section it begins, or that its part is no part of the article."""

import re
from dataclasses import dataclass
from functools import lru_cache

from indexer.markup.blocks import SYMBOLS, bare_text
from indexer.ruleset import drop_headings, heading_rules

_TENS = "two|three|four|five|six|seven|eight|nine|ten"
_LABEL = r"(?:part|section|step|chapter|question|lesson|tip|appendix|number|no|q)\.?\s?"
_COUNT = rf"(?:\d{{1,2}}(?:\.\d{{1,2}})*|[ivx]{{1,4}}|[a-h]|one|{_TENS})"
NUMBERING = re.compile(
    rf"""(?:{_LABEL})?[#(\[]?{_COUNT}[\])]?(?:\s*[.):|\]]\s+|\s+[–—-]\s+)  # "2. ", "iv) ", "part two – "
    |{_LABEL}\d{{1,2}}\s+  # "q1 "
    |q(?:uestion)?\s?[.):]\s+  # "q: "
    """,
    re.VERBOSE,
)
LABELLED = re.compile(
    rf"^(?:part|section|chapter|question|q)\.?\s?{_COUNT}(?:\s?[.):|]|\s[–—-])?\s+(?=\w)", re.IGNORECASE
)  # "Q2. ", "Part 2 – "
COUNTED = re.compile(rf"(?:\d{{1,2}}(?:\.\d{{1,2}})*|{_TENS})\s+(?=[^\W\d_])")  # "7 ways", "1.2 causes"
DETERMINER = re.compile(r"^(?:the|an?|your|my|our|its|some)\s+(?=\w)")
JOINING = re.compile(r"^(?:so|and|but|now|well),?\s+(?=what|why|how|where)")  # "So what causes it?"
PARTS = re.compile(r"(?::|\?|\s[–—|-])\s+")  # "Dizziness: the symptoms", "Do you have it? Signs to look for"
PICTURES = re.compile(rf"^{SYMBOLS.pattern}\s*(?=\w)")
CITING = re.compile(r"(?<=[.!])\s?[\[(]\d{1,3}[\])]\Z")  # "Call 911 right away.(3)" is a sentence
EDGES = re.compile(r"^[\W_]+|[^\w)]+$")
APOSTROPHES = re.compile(r"['’‘`´]")
PLURAL = re.compile(r"\((s|es)\)")  # "Cause(s)"
LONGEST = 25  # words of a heading
LONGEST_TEXT = 300  # characters of one
LONGEST_PLAIN = 14  # words of a line that is a heading by its words alone
LABEL = 3  # words of a label at most: "Question 3 – "
LONGEST_QUESTION = 25  # words of one that asks: "How does anxiety cause back pain, stiffness and soreness?"
LEAD_IN = re.compile(
    r"\b(?:include|includes|including|are|is|as|following|be|like|by|such as|to|may|can)\s*:$", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Meaning:
    """The kind of section a heading begins, the rule that says so, and how far the rule may be trusted."""

    kind: str
    rule: str
    plain: bool = False
    exact: bool = False


def normal_heading(text: str) -> str:
    """Give a heading as the rules compare it: ``"2. Cause & Effect?"`` → ``"cause and effect"``."""
    text = PLURAL.sub(r"\1", APOSTROPHES.sub("", bare_text(text).casefold())).replace(" & ", " and ")
    text = SYMBOLS.sub(" ", text).strip() if not text.isascii() else text
    text = EDGES.sub("", " ".join(text.split()))
    while found := NUMBERING.match(text):
        text = EDGES.sub("", text[found.end() :])
    return text


@lru_cache(maxsize=8192)
def read_heading(text: str) -> Meaning | None:
    """Give what a styled heading means, its parts before the whole; ``None`` when no rule knows it."""
    if len(text) > LONGEST_TEXT or text.count(" ") >= LONGEST:
        return None
    normal = JOINING.sub("", normal_heading(text))
    known = [meaning for part in _split(normal) if (meaning := _match(part)) and meaning.kind != "references"]
    named = next((meaning for meaning in known if meaning.rule != "overview"), None)
    return named or _match(normal) or next(iter(known), None)


def has_subject(text: str) -> bool:
    """Tell whether a heading names its subject before it says what of it: ``Dizziness: the symptoms``."""
    parts = _split(normal_heading(text))
    return bool(parts) and _match(parts[0]) is None


def is_counted(text: str) -> bool:
    """Tell whether a heading counts what follows, which the first of several sections does not: ``7 ways to rest``."""
    found = COUNTED.match(normal_heading(text))
    return found is not None and found[0] != "1 "


def _split(normal: str) -> list[str]:
    """Give the parts of a heading that has several."""
    parts = [EDGES.sub("", part) for part in PARTS.split(normal)]
    return parts if len(parts) > 1 else []


def read_plain_heading(text: str) -> Meaning | None:
    """Give what a line of its own means when it is a heading by its words alone."""
    if text.count(" ") > LONGEST_QUESTION + LABEL:
        return None
    text = CITING.sub("", LABELLED.sub("", PICTURES.sub("", text, count=1), count=1), count=1)
    if (
        not text
        or len(text) > 200
        or text.count(" ") >= (LONGEST_QUESTION if text[-1:] in "?:" else LONGEST_PLAIN)
        or text[-1:] in '.!,;"”'
    ):
        return None
    meaning = _match(normal_heading(text))
    if meaning is None or not meaning.plain or text[0].islower() or not (text[0].isalnum() or text[0] in "“\"‘'¿"):
        return None
    if text[-1] != "?" and NO_OPENING.match(text):
        return None
    if text[-1] != "?" and (". " in text or _is_statement(text, meaning, lead=text[-1] == ":")):
        return None
    return None if LEAD_IN.search(text) and meaning.rule != "descriptions" else meaning


STATEMENT = re.compile(r"\b(?:is|are|can|may|will|should|was|were|has|have|get|need|your|you)\b", re.IGNORECASE)
OPENING = re.compile(r"(?:what|why|how|when|who|where|which|is|are|can|do|does|should)\b", re.IGNORECASE)
NO_OPENING = re.compile(
    r"(?:to|for|if|you|your|these|some|there|this|it|they|we|one|in|on|with|as|and|but|by|a|an)\b", re.IGNORECASE
)
LONGEST_PHRASE = 10  # words of a heading that asks nothing: "Signs and symptoms of dry mouth"


def _is_statement(text: str, meaning: Meaning, *, lead: bool) -> bool:
    """Tell whether a line without a question mark is rather an item of a list than a heading."""
    if OPENING.match(text):
        return False
    if lead:
        return STATEMENT.search(text) is not None
    if meaning.kind == "other" or not meaning.exact:
        return text.count(" ") > 4 or STATEMENT.search(text) is not None
    return text.count(" ") >= LONGEST_PHRASE or STATEMENT.search(text) is not None


@lru_cache(maxsize=8192)
def _match(normal: str) -> Meaning | None:
    bare = LABELLED.sub("", COUNTED.sub("", normal, count=1)) if COUNTED.match(normal) else normal
    bare = DETERMINER.sub("", bare)
    for rule in heading_rules():
        if rule.pattern.fullmatch(bare):
            return Meaning(rule.kind, rule.name, rule.plain, rule.exact)
    return None


@lru_cache(maxsize=8192)
def find_drop_heading(text: str) -> str | None:
    """Give the reason to leave out the part below a heading, or ``None`` when it belongs to the article."""
    if len(text) > 160:
        return None
    normal = normal_heading(text)
    words = COUNTED.sub("", normal, count=1) if COUNTED.match(normal) else normal
    return next(
        (reason for reason, pattern in drop_headings() if pattern.fullmatch(normal) or pattern.fullmatch(words)), None
    )
