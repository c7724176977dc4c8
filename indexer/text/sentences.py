"""Where sentences begin and end: the one place that knows the sentence library."""

import sentencex

LANGUAGE = "en"
LONGEST = 20_000  # characters handed over at once; longer lines are cut at a blank, so that time stays bounded


def find_sentences(text: str) -> list[tuple[int, int]]:
    """Give the (start, end) character offsets of the sentences of `text`, without the blanks around them."""
    spans = []
    start = 0
    for line in text.splitlines(keepends=True):
        for piece in _cut(line):
            spans += _read_spans(piece, start)
            start += len(piece)
    return spans


def split_sentences(text: str) -> list[str]:
    """Give the sentences of `text`, in order; a line break always ends one."""
    return [text[start:end] for start, end in find_sentences(text)]


def _cut(line: str) -> list[str]:
    """Give `line` in pieces of at most LONGEST characters, cut behind a blank where there is one."""
    pieces = []
    while len(line) > LONGEST:
        cut = line.rfind(" ", LONGEST // 2, LONGEST) + 1 or LONGEST
        pieces.append(line[:cut])
        line = line[cut:]
    return [*pieces, line]


def _read_spans(piece: str, offset: int) -> list[tuple[int, int]]:
    """Give the spans of the sentences in one line, moved by `offset`."""
    spans = []
    for boundary in sentencex.get_sentence_boundaries(LANGUAGE, piece):
        start, end = boundary["start_index"], boundary["end_index"]
        sentence = piece[start:end]
        left = len(sentence) - len(sentence.lstrip())
        sentence = sentence.strip()
        if sentence:
            spans.append((offset + start + left, offset + start + left + len(sentence)))
    return spans
