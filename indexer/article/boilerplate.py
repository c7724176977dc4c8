"""What of a page is no part of its article, and for which reason it is left out."""

import re
from collections import Counter

from indexer.article.helplines import is_helpline
from indexer.markup.blocks import SYMBOLS, WORD, count_words
from indexer.ruleset import drop_rules

PICTURE = re.compile(rf"\A{SYMBOLS.pattern}\s*(?=[^\W\d_])")  # "👉 Download our guide"
LONGEST = 1500  # characters; longer paragraphs are never furniture
LED_TO = re.compile(r"\s*[:–—-]\s*<?https?://\S+\Z")  # "View this e-mail in your browser: https://x.org/1"
FENCE = re.compile(r"\s[|·•]\s")
FEW = 14  # words of a row of such things
LISTED = 15  # words from which a heap of words may be a list of keywords
OFFERS = frozenset(
    ("call to action", "newsletter", "page tools", "related links", "share links")
)  # may hold a helpline
_FUNCTION_WORDS = """
a about after all also an and are as at be because been but by can do does for from had has have he her his
how if in into is it its just may more most no not of often on one or other our she should so some such than
that the their them then there these they this to up was we were what when which while who will with would you
your
"""
FUNCTION_WORDS = frozenset(_FUNCTION_WORDS.split())


def find_reason(text: str) -> tuple[str, str] | None:
    """Give why a line is no part of an article, and the rule that says so; ``None`` when none does."""
    if len(text) > LONGEST:
        return None
    words = count_words(text)
    lower = (
        (text if text.isascii() else PICTURE.sub("", text))
        .casefold()
        .replace("’", "'")
        .replace("don't", "dont")
        .replace("you're", "youre")
        .replace("editors'", "editors")
    )
    lower = LED_TO.sub("", lower) if "://" in lower else lower
    for rule in drop_rules():
        if words <= rule.words and (rule.pattern.match(lower) if rule.begins else rule.pattern.fullmatch(lower)):
            helps = rule.reason in OFFERS and is_helpline(lower)
            return None if helps else (rule.reason, "words of the line")
    if words >= LISTED and is_keyword_list(text):
        return "keywords", "the same words again and again, no sentence"
    return _find_reason_of_all(text) if words <= FEW else None


def _find_reason_of_all(text: str) -> tuple[str, str] | None:
    """Give why a row of several things is no part of an article, each of which is none: ``3 answers · Follow``."""
    parts = [part for part in FENCE.split(text) if part.strip()]
    reasons = [find_reason(part.strip()) for part in parts] if len(parts) > 1 else []
    return reasons[0] if all(reasons) and reasons else None


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
