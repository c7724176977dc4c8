"""Drafted sections become sections: marks taken out and tied to their sentences, references told which are cited."""

from collections.abc import Sequence
from dataclasses import replace

from indexer.article.entries import Listing
from indexer.article.marks import Style, build_style, find_sentence, lift_marks
from indexer.article.sections import Draft, build_anchors
from indexer.markup.blocks import Line
from indexer.model import Block, Mark, Reference, Section
from indexer.text.sentences import find_sentences

Filled = tuple[tuple[Section, ...], tuple[Mark, ...], tuple[Reference, ...]]


def fill_sections(drafts: Sequence[Draft], listing: Listing) -> Filled:
    """Give the sections without marks, the marks, and the references with `cited` set."""
    numbers = [reference.number for reference in listing.references if reference.number is not None]
    texts = [line.text for draft in drafts for line in draft.lines]
    style = build_style(texts, numbers, dict(listing.targets), parens=listing.parens)
    anchors = build_anchors([(draft.kind, draft.heading) for draft in drafts])
    sections, marks = [], []
    for draft, anchor in zip(drafts, anchors, strict=True):
        blocks: list[Block] = []
        for line in draft.lines:
            block, found = _build_block(line, style, anchor, len(blocks))
            if block.text:
                blocks.append(block)
            elif blocks:  # a line of nothing but marks belongs to the paragraph before it
                found = [_move_back(mark, blocks) for mark in found]
            marks += found
        sections.append(Section(draft.kind, draft.heading, anchor, tuple(blocks)))
    cited = {number for mark in marks for number in mark.numbers}
    references = tuple(replace(entry, cited=entry.number in cited) for entry in _number(listing.references, cited))
    return tuple(sections), tuple(marks), references


def _number(references: Sequence[Reference], cited: set[int]) -> Sequence[Reference]:
    """Give the references of a list printed without numbers, counted when the marks count them."""
    if not cited or max(cited) > len(references) or any(entry.number is not None for entry in references):
        return references
    return [replace(entry, number=place) for place, entry in enumerate(references, start=1)]


def _build_block(line: Line, style: Style, anchor: str, place: int) -> tuple[Block, list[Mark]]:
    """Give the block that a line makes, and its marks."""
    lifted = lift_marks(line.text, style)
    block = Block(line.kind, lifted.text)
    if not lifted.marks:
        return block, []
    spans = find_sentences(lifted.text)
    marks = []
    for offset, numbers in lifted.marks:
        start, end = find_sentence(spans, offset)
        marks.append(Mark(numbers, anchor, lifted.text[start:end], place, offset))
    return block, marks


def _move_back(mark: Mark, blocks: Sequence[Block]) -> Mark:
    text = blocks[-1].text
    start, end = find_sentence(find_sentences(text), len(text))
    return replace(mark, sentence=text[start:end], block=len(blocks) - 1, offset=len(text))
