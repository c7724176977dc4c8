"""Numbers that people in need call or text, which a page may advertise but nobody should miss."""

import re
from collections.abc import Iterator, Sequence

from indexer.markup.blocks import Line, count_words

NEED = (  # what the words around such a number speak of
    r"\b(?:(?:help|hot|crisis|life|warm|listening|support|advice|nurse|suicide|distress|emergency)[ -]?lines?"
    r"|samaritans|childline|listeners?|listening service|cris[ei]s|emergenc(?:y|ies)|suicid\w*|self-harm\w*|in danger"
    r"|domestic (?:abuse|violence)|poisons?|(?:talk|speak) to (?:someone|somebody)|someone to talk to)\b"
)
PHONE = (  # "0300 555 0181", "(800) 273-8255", "0800 1111", "1-800-273-TALK"
    r"(?<![\w.])\+?\(?\d{2,5}\)?(?:[ .–-]\(?\d{2,4}\)?){1,4}(?![\w-])|(?<![\w.])\d{7,12}(?!\w)"
    r"|\b(?:1[ .-])?\(?\d{3}\)?[ .-]\d{3}[ .-][a-z]{4}\b"
)
HELPLINE = re.compile(  # "Call our helpline on 0300 555 0181", "Talk to Samaritans", "Call 988 now"
    rf"\b(?:help|hot|crisis|life)[ -]?lines?\b.{{0,80}}\d{{3}}|{NEED}.{{0,80}}?(?:{PHONE})|(?:{PHONE}).{{0,80}}?{NEED}"
    r"|\bsamaritans\b|\bsuicid"
    r"|(?<!\d)(?<!\d[ .,-])(?:988|999|911|112|111|000|116 ?123|13 ?11 ?14)(?![ .-]?\d)",
    re.DOTALL,
)
DIGITS = re.compile(r"[0-9](?:[0-9]{2}|[0-9][ .-][0-9])")  # every number has them
TEXTED = re.compile(
    r"\b(?:text|sms|message)\s[“\"']?[^\W\d]{2,12}[”\"']?\sto\s[“\"']?\d{3,6}\b"
)  # "Text HOME to 741741"
FOR_ITSELF = re.compile(  # what a site asks to be sent for: "Text CALM to 70000 to give five pounds"
    r"\b(?:giv(?:e|es|ing)|gifts?|donat\w*|pounds?|dollars?|euros?|offers?|discounts?|win|news|newsletter|updates?|stop"
    r"|subscrib\w*|join|sign up|vote)\b|[£$€]"
)
NEEDED, PHONED = re.compile(NEED), re.compile(PHONE)
CELLS = frozenset(("td", "th", "dd", "dt"))
LONGEST_LABEL = 12  # words of a line that says whose number stands below it
MOST_BELOW = 8  # lines below a heading that speaks of need


def is_helpline(text: str) -> bool:
    """Tell whether a line names a number for people in need, and not one that the site asks money or orders by."""
    if not _may_help(lower := text.casefold()):
        return False
    if HELPLINE.search(lower):
        return True
    return TEXTED.search(lower) is not None and FOR_ITSELF.search(lower) is None


def _may_help(lower: str) -> bool:
    """Tell whether a text in lower case has digits or one of the names that need none: far cheaper than reading it."""
    return DIGITS.search(lower) is not None or "samaritans" in lower or "suicid" in lower


def find_helplines(lines: Sequence[Line]) -> frozenset[int]:
    """Give the places outside furniture of the lines that name such a number, alone or with the line beside them."""
    return frozenset(_find_places(lines))


def _find_places(lines: Sequence[Line]) -> Iterator[int]:
    headed = -MOST_BELOW
    for place, line in enumerate(lines):
        if line.zone:
            continue
        lower = line.text.casefold()
        if line.kind == "heading":
            headed = place if NEEDED.search(lower) else -MOST_BELOW
        elif _may_help(lower):
            labelled = place - headed < MOST_BELOW or any(NEEDED.search(text) for text in _labels(lines, place))
            if is_helpline(lower) or (labelled and PHONED.search(lower) and not FOR_ITSELF.search(lower)):
                yield place


def _labels(lines: Sequence[Line], place: int) -> Iterator[str]:
    """Give the texts, in lower case, that may say whose number a line has: a short one above, a cell beside it."""
    before = lines[place - 1] if place else None
    after = lines[place + 1] if place + 1 < len(lines) else None
    if before and not before.zone and count_words(before.text) <= LONGEST_LABEL:
        yield before.text.casefold()
    if after and lines[place].look in CELLS and after.look == lines[place].look:
        yield after.text.casefold()
