"""Drafted sections become sections: marks taken out and tied to their sentences, references told which are cited."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from indexer.article.author_marks import Index, find_author_marks, index_authors
from indexer.article.entries import Listing
from indexer.article.marks import Lifted, Style, build_counted_style, build_style, find_sentence, lift_marks
from indexer.article.sections import Draft, build_anchors
from indexer.markup.blocks import Line
from indexer.model import Block, Mark, Reference, Section
from indexer.text.sentences import find_sentences

Lift = Callable[[str], Lifted]
Filled = tuple[tuple[Section, ...], tuple[Mark, ...], tuple[Reference, ...]]


def fill_sections(drafts: Sequence[Draft], listing: Listing) -> Filled:
    """Give the sections without marks, the marks, and the references with `cited` set."""
    anchors = build_anchors([(draft.kind, draft.heading) for draft in drafts])
    style = _build_style(drafts, listing)
    sections, marks = _fill(drafts, anchors, lambda text: lift_marks(text, style))
    if not marks and (index := index_authors(listing.references)):
        sections, marks = _fill(drafts, anchors, lambda text: lift_author_marks(text, style, index))
    cited = {number for mark in marks for number in mark.numbers}
    return tuple(sections), tuple(marks), tuple(_cite(_number(listing.references, cited), cited))


def _cite(references: Sequence[Reference], cited: set[int]) -> Iterator[Reference]:
    """Give the references with `cited` set: where numbers are printed twice, marks mean the first."""
    open_numbers = set(cited)
    for entry in references:
        yield replace(entry, cited=entry.number in open_numbers)
        open_numbers.discard(entry.number or 0)


def lift_author_marks(text: str, style: Style, index: Index) -> Lifted:
    """Give `text`, which has no marks of `style`, with its citations by author and year as marks; they stay in it."""
    text = lift_marks(text, style).text
    return Lifted(text, find_author_marks(text, index))


def _build_style(drafts: Sequence[Draft], listing: Listing) -> Style:
    texts = [line.text for draft in drafts for line in draft.lines]
    numbers = [reference.number for reference in listing.references if reference.number is not None]
    targets = dict(listing.targets)
    if listing.lettered:
        return Style(frozenset(numbers), targets, letters=True)
    if numbers or listing.parens:
        return build_style(texts, numbers, targets, parens=listing.parens)
    return build_counted_style(texts, len(listing.references), targets)


def _fill(drafts: Sequence[Draft], anchors: Sequence[str], lift: Lift) -> tuple[list[Section], list[Mark]]:
    """Give the sections that drafts make, and the marks that `lift` finds in their lines."""
    sections, marks = [], []
    for draft, anchor in zip(drafts, anchors, strict=True):
        blocks: list[Block] = []
        for line in draft.lines:
            block, found = _build_block(line, lift(line.text), anchor, len(blocks))
            if block.text:
                blocks.append(block)
            elif blocks:  # a line of nothing but marks belongs to the paragraph before it
                found = [_move_back(mark, blocks) for mark in found]
            marks += found
        sections.append(Section(draft.kind, draft.heading, anchor, tuple(blocks)))
    return sections, marks


def _number(references: Sequence[Reference], cited: set[int]) -> Sequence[Reference]:
    """Give the references of a list printed without numbers, counted when the marks count them."""
    if not cited or max(cited) > len(references) or any(entry.number is not None for entry in references):
        return references
    return [replace(entry, number=place) for place, entry in enumerate(references, start=1)]


def _build_block(line: Line, lifted: Lifted, anchor: str, place: int) -> tuple[Block, list[Mark]]:
    """Give the block that a line makes, and its marks."""
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
