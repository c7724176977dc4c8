"""What a reader should know to be unsure about an article: losses suspected, marks and references that do not fit."""

import re
from collections.abc import Sequence

from indexer.article.arrangement import Arrangement
from indexer.article.entries import Listing
from indexer.bylines.byline import Byline
from indexer.markup.blocks import count_words
from indexer.model import Block, Mark, Section, Warning
from indexer.text.sentences import split_sentences

LEAD_IN = re.compile(
    r"(?:\b(?:includ(?:e|es|ed|ing)|following|such as|below|are|as follows|may|can|you|if|like|when)"
    r"|\b(?:here are|these|this|some|common|many)\b.{3,160})\s*:$",
    re.IGNORECASE,
)
LIST_LIKE = 14  # words of a paragraph that may be an item of a list printed without bullets
SHOWN = 160  # characters of a quoted sentence


def find_doubts(
    arrangement: Arrangement, sections: Sequence[Section], marks: Sequence[Mark], listing: Listing, byline: Byline
) -> tuple[Warning, ...]:
    """Give the doubts about one parsed page."""
    doubts = [doubt for section in sections for doubt in find_lost_lists(section)]
    if not arrangement.title.text.strip():
        doubts.append(Warning("no-title", "The page has no title; the name of its file is used."))
    if not any(section.kind != "other" and section.heading for section in sections):
        doubts.append(Warning("no-headings", "No heading of a description, causes or remedies was recognised."))
    doubts += listing.warnings
    doubts += find_loose_marks(marks, listing)
    doubts += [
        Warning("ambiguous-date", f"The date “{date}” can be read in two ways and is left out.")
        for date in byline.ambiguous
    ]
    if arrangement.reference_heading and not listing.references:
        doubts.append(Warning("references-lost", f"No reference stands below “{arrangement.reference_heading}”."))
    return tuple(doubts)


def find_lost_lists(section: Section) -> list[Warning]:
    """Give a doubt for each lead-in, such as ``Solutions include:``, that no list follows."""
    doubts = []
    blocks = section.blocks
    for place, block in enumerate(blocks):
        if block.kind == "heading" or block.text[-1:] != ":" or not LEAD_IN.search(block.text[-300:]):
            continue
        if not _has_list(blocks[place + 1 : place + 3]):
            sentence = (split_sentences(block.text) or [block.text])[-1]
            doubts.append(Warning("lost-list", f"A list seems to be lost after “{sentence[-SHOWN:]}”"))
    return doubts


def _has_list(after: Sequence[Block]) -> bool:
    """Tell whether the blocks behind a lead-in are a list: items, a nested part, or short lines without bullets."""
    if not after:
        return False
    if after[0].kind in ("item", "heading"):
        return True
    return (
        count_words(after[0].text) <= LIST_LIKE
        and (len(after) < 2 or count_words(after[1].text) <= LIST_LIKE)
        and after[0].text[-1] not in ".!?"
    )


def find_loose_marks(marks: Sequence[Mark], listing: Listing) -> list[Warning]:
    """Give the doubts about marks without a reference and references without a mark."""
    numbers = {reference.number for reference in listing.references}
    cited = {number for mark in marks for number in mark.numbers}
    doubts = []
    missing = sorted(cited - {number for number in numbers if number is not None})
    if missing:
        doubts.append(Warning("mark-without-reference", f"No reference has the number {_list(missing)}."))
    unused = sorted(number for number in numbers if number is not None and number not in cited)
    if unused and marks:
        doubts.append(Warning("reference-never-cited", f"No mark points to reference {_list(unused)}."))
    elif listing.references and not marks:
        doubts.append(Warning("no-marks", "The article has references, but no mark points to one."))
    return doubts


def _list(numbers: Sequence[int]) -> str:
    shown = ", ".join(map(str, numbers[:20]))
    return shown if len(numbers) <= 20 else f"{shown} and {len(numbers) - 20} more"
