import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.article.author_marks import find_author_marks, index_authors
from indexer.article.parser import parse_article
from indexer.references.reference import parse_reference

ENTRIES = (
    "Mind. (2017). Panic attacks. https://www.example.org/panic",
    "Poe, E. (2011). Sighs and fear. Journal of Breath, 3(1), 4–9.",
    "Roe, J., & Doe, A. B. (2004). Hiccups in winter. Journal of Foo, 12(3), 45–49.",
    "Smith, R. D., Doe, A., & Poe, E. (2012a). Fear and gut. Journal of Foo, 13(3), 45–49.",
    "Smith, R. D., Doe, A., & Poe, E. (2012b). Breath and gut. Journal of Foo, 14(3), 45–49.",
    "van der Berg, A. (2015). Cold feet. Journal of Foo, 15(1), 1–2.",
)
INDEX = index_authors([parse_reference(entry) for entry in ENTRIES])


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("It hurts (Roe & Doe, 2004).", [(3,)]),
        ("It hurts (see Mind, 2017; Roe and Doe 2004).", [(1, 3)]),
        ("It hurts (Smith et al., 2012a), it does (Smith et al., 2012b, p. 47).", [(4,), (5,)]),
        ("Poe (2011) called it a band.", [(2,)]),
        ("Smith and colleagues (2012a) measured it.", [(4,)]),
        ("It is cold (van der Berg, 2015).", [(6,)]),
        ("It hurts (Smith et al., 2012).", []),  # which of the two?
        ("It hurts (Nobody, 2004). It began in spring (2004).", []),
        ("It hurts (Doe & Roe, 2004) and (Poetry, 2011).", []),
        ("Many came that year (in Poe, a town, in 2011).", []),
    ],
)
def test_author_and_year_name_the_only_reference_they_can_mean(text, numbers):
    assert [found for _, found in find_author_marks(text, INDEX)] == numbers


def test_a_page_without_numbers_is_cited_by_author_and_year():
    text = "# Tight chest\n\n## Causes\n\nStress is one (Poe, 2011). Cold is another.\n\n## References\n\n"
    article = parse_article(text + "\n\n".join(ENTRIES), "tight-chest", format="markdown")
    assert [(mark.numbers, mark.sentence) for mark in article.marks] == [((2,), "Stress is one (Poe, 2011).")]
    assert [entry.cited for entry in article.references] == [False, True, False, False, False, False]


@given(
    st.lists(st.sampled_from(["(", ")", "Roe", " & Doe", ", ", "2004", "; ", "et al.", "see ", "a", " "])).map("".join)
)
def test_marks_stand_inside_the_text_and_name_entries(text):
    for offset, numbers in find_author_marks(text, INDEX):
        assert 0 < offset <= len(text)
        assert set(numbers) <= set(range(1, len(ENTRIES) + 1))
