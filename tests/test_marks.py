import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.article.marks import Style, build_style, find_sentence, lift_marks, read_numbers
from indexer.article.parser import parse_article
from indexer.markup.blocks import MARK_CLOSE, MARK_OPEN, MARK_TARGET
from indexer.text.sentences import find_sentences

SIX = Style(frozenset(range(1, 7)), {})


@pytest.mark.parametrize(
    ("text", "clean", "numbers"),
    [
        ("It hurts.[1] Then it stops.", "It hurts. Then it stops.", [(1,)]),
        ("It hurts [1, 2].", "It hurts.", [(1, 2)]),
        ("It hurts [1–3].", "It hurts.", [(1, 2, 3)]),
        ("It hurts.[1][2] [3]", "It hurts.", [(1, 2, 3)]),
        ("It hurts [1, p. 12].", "It hurts.", [(1,)]),
        ("It hurts [2, pp. 12–14; 4 p.3].", "It hurts.", [(2, 4)]),
        ("It hurts [1]–[3].", "It hurts.", [(1, 2, 3)]),
        ("It hurts.¹,² Then it stops.", "It hurts. Then it stops.", [(1, 2)]),
        ("It hurts.[1]Then it stops[2]too.", "It hurts. Then it stops too.", [(1,), (2,)]),
        ("Stress hurts [2], and so does cold [4].", "Stress hurts, and so does cold.", [(2,), (4,)]),
        ("Nothing is cited [here].", "Nothing is cited [here].", []),
        ("A body of 30 kg/m² is heavy.", "A body of 30 kg/m² is heavy.", []),
    ],
)
def test_printed_marks_leave_the_text(text, clean, numbers):
    lifted = lift_marks(text, SIX)
    assert lifted.text == clean
    assert [mark[1] for mark in lifted.marks] == numbers


def test_linked_marks_take_their_number_from_the_entry_they_link_to():
    text = f"It hurts.{MARK_OPEN}a{MARK_TARGET}fn-a{MARK_CLOSE} Then it stops."
    lifted = lift_marks(text, Style(frozenset((1, 2)), {"fn-a": 2}))
    assert lifted.text == "It hurts. Then it stops."
    assert lifted.marks == ((9, (2,)),)


def test_linked_marks_of_markdown_may_stand_in_two_pairs_of_brackets():
    text = "# Dry\n\n## Causes\n\nStress.[[1]](#r-1) See [[dry-mouth|spit]] too.\n\n## References\n\n"
    article = parse_article(f"{text}1. <a name='r-1'></a>Roe J. Dry. 2011.\n", "dry.md", format="markdown")
    assert article.sections[0].text == "Stress. See spit too."
    assert [mark.numbers for mark in article.marks] == [(1,)]


def test_a_superscript_behind_a_unit_is_no_mark():
    lifted = lift_marks(f"About 2 m{MARK_OPEN}2{MARK_TARGET}{MARK_CLOSE} of skin.", SIX)
    assert lifted.text.startswith("About 2 m") and not lifted.marks


def test_round_brackets_cite_only_where_the_page_has_no_other_marks():
    style = build_style(["Stress hurts (1). Sleep helps (2)."], [1, 2], {}, parens=False)
    assert lift_marks("Stress hurts (1). Sleep helps (2).", style).text == "Stress hurts. Sleep helps."
    counting = "Two things count: (1) sleep and (2) food."
    assert lift_marks(counting, style).text == counting
    assert not build_style(["Stress hurts [1]. See (2)."], [1, 2], {}, parens=False).parens


def test_a_number_in_round_brackets_cites_before_a_small_letter_unless_it_counts():
    style = build_style(["Stress hurts (1)."], [1, 2, 3], {}, parens=True)
    assert lift_marks("He said “so” (2) and left.", style).marks == ((12, (2,)),)
    assert lift_marks("Eat (1) less, sleep (2) more and rest (3) often.", style).marks == ()
    assert lift_marks("eat (1) less " * 30_000, style).marks[0] == (3, (1,))


def test_a_lost_superscript_is_read_where_it_sticks_to_the_full_stop():
    style = build_style(["Stress hurts.1,2 Sleep helps.3"], [1, 2, 3], {}, parens=False)
    lifted = lift_marks("Stress hurts.1,2 Sleep helps.3", style)
    assert lifted.text == "Stress hurts. Sleep helps."
    assert [mark[1] for mark in lifted.marks] == [(1, 2), (3,)]


def test_a_mark_behind_the_full_stop_belongs_to_the_sentence_before_it():
    text = "It hurts. Then it stops."
    start, end = find_sentence(find_sentences(text), 9)
    assert text[start:end] == "It hurts."


def test_ranges_that_are_no_ranges_stay_two_numbers():
    assert read_numbers("[5–2]") == (5, 2)
    assert read_numbers("[1, 3-5]") == (1, 3, 4, 5)


@given(st.text(alphabet="ab .,[]()12–-¹²\ue000\ue001\ue002", max_size=120))
def test_lifting_never_loses_a_letter_and_offsets_stay_inside(text):
    lifted = lift_marks(text, SIX)
    assert [sign for sign in lifted.text if sign in "ab"] == [sign for sign in text if sign in "ab"] or "\ue000" in text
    assert all(0 <= offset <= len(lifted.text) for offset, _ in lifted.marks)


@pytest.mark.parametrize("marks", ["[[1]][s1] [[2]][s2]", "[\\[1\\]][s1][\\[2\\]][s2]"])
def test_a_bracketed_number_that_a_reference_link_of_markdown_names_is_a_mark(marks):
    text = f"""# Dry

## Causes

Stress dries the mouth.{marks} See [[dry-mouth|spit]][^1] too.

## Sources

1. <a id="source-1"></a>Roe J. Dry mouth. Rest. 2011;4:1-9.
2. <a id="source-2"></a>Doe A. Thirst. Rest. 2012;5:2-4.

[s1]: #source-1
[s2]: #source-2
[^1]: A word of the north.
"""
    article = parse_article(text, "dry.md", format="markdown")
    assert (article.marks[0].numbers, article.marks[0].sentence) == ((1, 2), "Stress dries the mouth.")
    assert article.sections[0].text.startswith("Stress dries the mouth. See spit")
