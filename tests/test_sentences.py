from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from indexer.text.sentences import LONGEST, find_sentences, split_sentences


def test_abbreviations_do_not_end_a_sentence():
    assert split_sentences("Ask Dr. Reed about it. Take 5 mg at 8 p.m. if you must.") == [
        "Ask Dr. Reed about it.",
        "Take 5 mg at 8 p.m. if you must.",
    ]


def test_a_line_break_always_ends_a_sentence():
    assert split_sentences("no stop here\nNext one.") == ["no stop here", "Next one."]


def test_a_line_without_end_is_cut_in_bounded_pieces():
    spans = find_sentences("word " * LONGEST)
    assert max(end - start for start, end in spans) <= LONGEST


@given(st.text(max_size=300))
def test_spans_follow_one_another_and_hold_every_character_but_blanks(text):
    spans = find_sentences(text)
    assert all(start < end for start, end in spans)
    assert all(before[1] <= after[0] for before, after in pairwise(spans))
    assert "".join("".join(text[start:end].split()) for start, end in spans) == "".join(text.split())
