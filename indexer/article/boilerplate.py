"""What of a page is no part of its article, and for which reason it is left out."""

from collections import Counter
from collections.abc import Sequence

from indexer.article.headings import LEAD_IN, find_drop_heading, read_heading
from indexer.markup.blocks import WORD, Line, count_words
from indexer.ruleset import drop_rules

LONGEST = 1500  # characters; longer paragraphs are never furniture
LISTED = 15  # words from which a heap of words may be a list of keywords
LEADING = 4  # words of a line that leads up to a list: "Conditions that can cause it"
LINKED = 0.9  # share of linked characters from which a line is nothing but a link
FUNCTION_WORDS = frozenset(
    [
        "a",
        "about",
        "after",
        "all",
        "also",
        "an",
        "and",
        "are",
        "as",
        "at",
        "be",
        "because",
        "been",
        "but",
        "by",
        "can",
        "do",
        "does",
        "for",
        "from",
        "had",
        "has",
        "have",
        "he",
        "her",
        "his",
        "how",
        "if",
        "in",
        "into",
        "is",
        "it",
        "its",
        "just",
        "may",
        "more",
        "most",
        "no",
        "not",
        "of",
        "often",
        "on",
        "one",
        "or",
        "other",
        "our",
        "she",
        "should",
        "so",
        "some",
        "such",
        "than",
        "that",
        "the",
        "their",
        "them",
        "then",
        "there",
        "these",
        "they",
        "this",
        "to",
        "up",
        "was",
        "we",
        "were",
        "what",
        "when",
        "which",
        "while",
        "who",
        "will",
        "with",
        "would",
        "you",
        "your",
    ]
)


def find_reason(text: str) -> tuple[str, str] | None:
    """Give why a line is no part of an article, and the rule that says so; ``None`` when none does."""
    if len(text) > LONGEST:
        return None
    words = count_words(text)
    lower = (
        text.casefold()
        .replace("’", "'")
        .replace("don't", "dont")
        .replace("you're", "youre")
        .replace("editors'", "editors")
    )
    for rule in drop_rules():
        if words <= rule.words and (rule.pattern.match(lower) if rule.begins else rule.pattern.fullmatch(lower)):
            return rule.reason, "words of the line"
    if words >= LISTED and is_keyword_list(text):
        return "keywords", "the same words again and again, no sentence"
    return None


def is_keyword_list(text: str) -> bool:
    """Tell whether `text` is a heap of search words around one subject and no prose."""
    body = text.partition(":")[2] or text
    if any(mark in body[:-1] for mark in (". ", "? ", "! ")) or body.rstrip()[-1:] in ".?!":
        return False
    words = [word.casefold() for word in WORD.findall(body)]
    if len(words) < LISTED:
        return False
    content = Counter(word for word in words if word not in FUNCTION_WORDS)
    if not content:
        return False
    plain = 1 - sum(content.values()) / len(words)
    return content.most_common(1)[0][1] >= 4 and len(content) <= 0.55 * sum(content.values()) and plain < 0.2


def find_link_lists(lines: Sequence[Line]) -> set[int]:
    """Give the numbers of the lists that hold nothing but links and that no sentence or heading leads up to."""
    groups: dict[int, list[Line]] = {}
    opening: dict[int, tuple[int, Line | None]] = {}
    for place, line in enumerate(lines):
        if line.kind == "item" and line.group:
            if line.group not in groups:
                opening[line.group] = (place, lines[place - 1] if place else None)
            groups.setdefault(line.group, []).append(line)
    last = max((place for place, line in enumerate(lines) if _is_section(line)), default=0)
    return {
        group
        for group, items in groups.items()
        if len(items) > 1
        and all(item.linked >= LINKED for item in items)
        and not _is_led(opening[group][1], inside=opening[group][0] < last)
    }


def _is_section(line: Line) -> bool:
    return line.kind == "heading" and not line.zone and read_heading(line.text) is not None


def _is_led(before: Line | None, *, inside: bool) -> bool:
    """Tell whether the line before a list leads up to it; between two sections a sentence does so too."""
    if before is None or before.zone:
        return False
    if before.text.endswith(":") or LEAD_IN.search(before.text) or before.kind == "heading":
        return True
    told = inside and before.linked < 0.5 and count_words(before.text) >= LEADING
    return told and find_drop_heading(before.text) is None and find_reason(before.text) is None


def is_link(line: Line) -> bool:
    """Tell whether a paragraph is nothing but a link and no part of a sentence."""
    text = line.text
    return (
        line.kind == "paragraph"
        and line.linked >= LINKED
        and not line.look.startswith(("td", "th", "dd"))
        and count_words(text) <= 14
        and text[0].isupper()
        and text[-1] not in ".:"
    )
