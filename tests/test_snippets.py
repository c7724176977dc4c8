"""Snippets show what matched, and only that, as safe HTML."""

import html
import re
from itertools import chain

from hypothesis import given
from hypothesis import strategies as st

from kb.beginnings import read_beginnings
from kb.hits import LONGEST, Found, cut_passages
from kb.model import Snippet
from kb.query.build import Marks
from kb.snippets import Marker, build_snippets


def found(*texts: str) -> Found:
    cut = chain.from_iterable(cut_passages(f"Part {number}", text) for number, text in enumerate(texts))
    passages = tuple(cut)
    beginnings = read_beginnings([passage.lower for passage in passages])
    return Found("article", "a", "A", {}, passages, beginnings)


def snippets_of(marks: Marks, *texts: str) -> tuple[Snippet, ...]:
    (snippets,) = build_snippets([found(*texts)], Marker(marks))
    return snippets


def marked(marks: Marks, *texts: str) -> list[str]:
    shown = "".join(snippet.html for snippet in snippets_of(marks, *texts))
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
    snippets = snippets_of(marks, "Nothing here.", "Pain, pain, pain.", "The back is in pain.", "Some pain.")
    assert [snippet.section for snippet in snippets] == ["Part 1", "Part 2"]


def test_a_passage_with_every_word_is_found_behind_any_number_with_one() -> None:
    marks = Marks(frozenset({"back", "pain"}))
    snippets = snippets_of(marks, *["Pain, pain, pain."] * 50, "The back is in pain.")
    assert [snippet.section for snippet in snippets] == ["Part 0", "Part 50"]


def test_a_word_that_only_begins_alike_is_worth_nothing() -> None:
    marks = Marks(frozenset({"pain", "colour", "color"}))
    snippets = snippets_of(marks, "Columns of paint.", "A column of pain.", "Pain.", "Pain of any colour.")
    assert [snippet.section for snippet in snippets] == ["Part 1", "Part 3"]


def test_a_phrase_counts_where_it_stands_whole() -> None:
    marks = Marks(frozenset({"pain"}), phrases=(("sore", "throat"),))
    texts = ("The throat is sore, a pain.", "Pain.", "Sore throats.", "A sore, sore throat and pain.")
    snippets = snippets_of(marks, *texts)
    assert [snippet.section for snippet in snippets] == ["Part 0", "Part 3"]
    assert marked(marks, *texts) == ["pain", "sore throat", "pain"]


@given(st.text(alphabet="ab. ", max_size=3 * LONGEST))
def test_a_long_text_is_cut_into_passages_without_loss(text: str) -> None:
    passages = list(cut_passages("Part", text))
    assert all(len(passage.text) <= LONGEST for passage in passages)
    assert "".join(passage.text for passage in passages).replace(" ", "") == text.replace(" ", "")


def test_a_long_text_is_cut_between_sentences() -> None:
    passages = list(cut_passages("Part", "A sentence of five words. " * 200))
    assert len(passages) > 1
    assert all(passage.text.startswith("A sentence") for passage in passages)


def test_long_passages_are_cut_at_words_around_what_matched() -> None:
    (snippet,) = snippets_of(Marks(frozenset({"needl"})), "word " * 200 + "needle " + "word " * 200)
    assert snippet.html.startswith("… word")
    assert snippet.html.endswith("word …")
    assert len(snippet.html) < 300


def test_without_words_the_opening_is_shown() -> None:
    (snippet,) = snippets_of(Marks(), "A first sentence.", "A second.")
    assert snippet.html == "A first sentence."


def test_a_document_without_text_has_no_snippet() -> None:
    assert snippets_of(Marks(frozenset({"pain"}))) == ()


def test_markup_in_a_text_is_shown_not_run() -> None:
    (snippet,) = snippets_of(Marks(frozenset({"pain"})), "<script>pain</script> & pain")
    assert snippet.html == "&lt;script&gt;<mark>pain</mark>&lt;/script&gt; &amp; <mark>pain</mark>"


@given(st.lists(st.text(max_size=400), max_size=4), st.sets(st.text(min_size=1, max_size=6), max_size=3))
def test_any_text_gives_safe_html_of_its_own_words(texts: list[str], words: set[str]) -> None:
    marks = Marks(frozenset(words), frozenset(words), tuple((word, word) for word in words))
    for snippet in snippets_of(marks, *texts):
        bare = snippet.html.replace("<mark>", "").replace("</mark>", "")
        assert "<" not in bare
        assert html.unescape(bare).removeprefix("… ").removesuffix(" …") in "\n".join(texts)


def test_documents_of_one_page_do_not_share_their_passages() -> None:
    documents = [found("Nothing here.", "A pain."), found(), found("Pain.", "No more.", "The pain is back.")]
    shown = build_snippets(documents, Marker(Marks(frozenset({"pain"}))))
    assert [[snippet.section for snippet in snippets] for snippets in shown] == [["Part 1"], [], ["Part 0", "Part 2"]]
    assert build_snippets([], Marker(Marks(frozenset({"pain"})))) == []
