"""Snippets show what matched, and only that, as safe HTML."""

import html
import re
from itertools import accumulate

from hypothesis import given
from hypothesis import strategies as st

from kb.hits import Found, lower_text
from kb.query.build import Marks
from kb.snippets import build_snippets


def found(*texts: str) -> Found:
    starts = tuple(accumulate((len(text) + 1 for text in texts), initial=0))[:-1]
    text = "\n".join(texts)
    return Found("article", "a", "A", {}, text, lower_text(text), starts, tuple(f"Part {n}" for n in range(len(texts))))


def marked(marks: Marks, *texts: str) -> list[str]:
    shown = "".join(snippet.html for snippet in build_snippets(found(*texts), marks))
    return [html.unescape(word) for word in re.findall("<mark>(.*?)</mark>", shown)]


def test_every_form_of_a_word_is_marked() -> None:
    assert marked(Marks(frozenset({"ach"})), "It aches, an aching ache; no spinach.") == ["aches", "aching", "ache"]


def test_both_spellings_are_marked() -> None:
    assert marked(Marks(frozenset({"diarrhea", "color"})), "Diarrhoea of another colour.") == ["Diarrhoea", "colour"]
    assert marked(Marks(frozenset({"edema"})), "Oedema, or edema.") == ["Oedema", "edema"]


def test_of_a_phrase_only_the_phrase_is_marked() -> None:
    marks = Marks(phrases=(("pin", "needl"),))
    assert marked(marks, "Needles and pins, or pins and needles in pins.") == ["pins and needles"]


def test_the_passage_with_the_most_different_words_is_shown_and_named() -> None:
    marks = Marks(frozenset({"back", "pain"}))
    snippets = build_snippets(found("Nothing here.", "Pain, pain, pain.", "The back is in pain.", "Some pain."), marks)
    assert [snippet.section for snippet in snippets] == ["Part 1", "Part 2"]


def test_long_passages_are_cut_at_words_around_what_matched() -> None:
    (snippet,) = build_snippets(found("word " * 200 + "needle " + "word " * 200), Marks(frozenset({"needl"})))
    assert snippet.html.startswith("… word")
    assert snippet.html.endswith("word …")
    assert len(snippet.html) < 300


def test_without_words_the_opening_is_shown() -> None:
    (snippet,) = build_snippets(found("A first sentence.", "A second."), Marks())
    assert snippet.html == "A first sentence."


def test_a_document_without_text_has_no_snippet() -> None:
    assert build_snippets(found(), Marks(frozenset({"pain"}))) == ()


def test_markup_in_a_text_is_shown_not_run() -> None:
    (snippet,) = build_snippets(found("<script>pain</script> & pain"), Marks(frozenset({"pain"})))
    assert snippet.html == "&lt;script&gt;<mark>pain</mark>&lt;/script&gt; &amp; <mark>pain</mark>"


@given(st.lists(st.text(max_size=400), max_size=4), st.sets(st.text(min_size=1, max_size=6), max_size=3))
def test_any_text_gives_safe_html_of_its_own_words(texts: list[str], words: set[str]) -> None:
    marks = Marks(frozenset(words), frozenset(words), tuple((word, word) for word in words))
    for snippet in build_snippets(found(*texts), marks):
        bare = snippet.html.replace("<mark>", "").replace("</mark>", "")
        assert "<" not in bare
        assert html.unescape(bare).removeprefix("… ").removesuffix(" …") in "\n".join(texts)
