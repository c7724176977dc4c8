"""Styled pieces of text between two block borders become paragraphs and lines, as <br> elements divide them."""

from collections.abc import Iterator
from dataclasses import dataclass

Part = tuple[str, int, bool]  # text, how strong it is printed, inside a link
BREAK: Part = ("\n", -1, False)  # a <br>; a line end in the text has the strength of its style
PLAIN, UNDERLINED, ITALIC_BOLD, BOLD, LARGER, BIG = range(6)  # how strong; LARGER is bold in the next larger font
LONGEST_HEADING = 14  # words of a bold line that may be a heading


@dataclass(frozen=True, slots=True)
class Piece:
    """A paragraph: its text (single <br> kept as line ends), how strong all of it is printed, how much is linked.

    `lead` is the number of characters of a bold beginning: "**Causes:** Stress …" has one of 7.
    """

    text: str
    strength: int
    linked: float
    lead: int
    words: int


def read_pieces(parts: list[Part], *, keep_breaks: bool = False) -> list[Piece]:
    """Give the paragraphs that `parts` make; two <br> in a row end one, and so does a bold line of its own."""
    if keep_breaks:
        parts = [*_break_lines(parts)]
    if BREAK not in parts:
        piece = _build_piece(parts)
        return [piece] if piece else []
    return _join_lines(parts)


def _break_lines(parts: list[Part]) -> Iterator[Part]:
    """Give `parts` of a <pre> with its line ends turned into breaks."""
    for text, strength, linked in parts:
        if text == "\n":
            yield BREAK
            continue
        for number, line in enumerate(text.split("\n")):
            if number:
                yield BREAK
            yield line, strength, linked


def _join_lines(parts: list[Part]) -> list[Piece]:
    pieces: list[Piece] = []
    waiting: list[Piece] = []
    line: list[Part] = []
    for part in [*parts, BREAK]:
        if part != BREAK:
            line.append(part)
            continue
        piece = _build_piece(line)
        line = []
        if piece is None or piece.strength:
            pieces += _merge(waiting)
            waiting = []
            if piece:
                pieces.append(piece)
        else:
            waiting.append(piece)
    return pieces + _merge(waiting)


def _merge(lines: list[Piece]) -> list[Piece]:
    """Give the lines between two blank ones as one paragraph."""
    if len(lines) < 2:
        return lines
    text = "\n".join(line.text for line in lines)
    linked = sum(line.linked * len(line.text) for line in lines) / sum(len(line.text) for line in lines)
    return [Piece(text, PLAIN, linked, lines[0].lead, sum(line.words for line in lines))]


def _build_piece(parts: list[Part]) -> Piece | None:
    """Give one line of text with its blanks collapsed, or ``None`` when there is nothing but blanks."""
    text = " ".join("".join([part[0] for part in parts]).split())
    if not text:
        return None
    bold = linked = size = 0
    lead, leading = "", True
    strength = BIG
    for content, strong, is_linked in parts:
        length = len(content.strip())
        if not length:
            lead += content if leading else ""
            continue
        size += length
        bold += length if strong else 0
        strength = min(strength, strong) if strong else strength
        linked += length if is_linked else 0
        leading = leading and strong > 0
        lead += content if leading else ""
    words = text.count(" ") + 1
    whole = bold >= 0.95 * size and words <= LONGEST_HEADING
    return Piece(
        text, strength if whole else PLAIN, linked / size, 0 if leading else len(" ".join(lead.split())), words
    )
