import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.bylines.people import parse_people
from indexer.references.authors import find_authors
from indexer.references.regions import parse_authors
from indexer.text.names import is_body, parse_person


@pytest.mark.parametrize(
    ("printed", "names"),
    [
        ("Roe J, Doe AB, van der Berg C", ("Roe, J", "Doe, AB", "van der Berg, C")),
        ("Roe, J., Doe, A. B., & O'Neil-Smith, C.", ("Roe, J.", "Doe, A. B.", "O'Neil-Smith, C.")),
        ("Roe, Jane, and John de la Cruz", ("Roe, Jane", "de la Cruz, John")),
        ("Roe, Jane G, and Paul Doe", ("Roe, Jane G", "Doe, Paul")),
        ("Jane Roe, John Doe, and Ann Poe", ("Roe, Jane", "Doe, John", "Poe, Ann")),
        ("J. Roe and A. B. Doe", ("Roe, J.", "Doe, A. B.")),
        ("ROE J, LUNDQUIST-BERG A", ("ROE, J", "Lundquist-Berg, A")),
        ("Þórsdóttir, E. S., & Ångström, Ö.", ("Þórsdóttir, E. S.", "Ångström, Ö.")),
        ("Roe, J., Jr., & Doe, A.", ("Roe, J.", "Doe, A.")),
        ("Roe, J. B.; Doe, A.; Poe, C.", ("Roe, J. B.", "Doe, A.", "Poe, C.")),
        ("World Health Organization", ("World Health Organization",)),
        ("National Institute of Mental Health (US)", ("National Institute of Mental Health (US)",)),
        ("Roe, J. (Ed.)", ("Roe, J.",)),
        ("An, T., & Do, T.", ("An, T.", "Do, T.")),
    ],
)
def test_author_lists_become_family_names_and_given_names(printed, names):
    authors = parse_authors(printed)
    assert authors.names == names
    assert not authors.et_al


@pytest.mark.parametrize("printed", ["Roe J, Doe A, et al", "Roe, Jane, et al.", "Jane Roe et al.", "Roe J and others"])
def test_a_list_that_is_cut_short_says_so(printed):
    authors = parse_authors(printed)
    assert authors.et_al
    assert authors.names[0].startswith("Roe")


@pytest.mark.parametrize(
    "text",
    [
        "Anxiety disorders. Some site.",
        "Vitamin D and you. A site.",
        "Chronic Pain and Chronic Stress: Two Sides. J Foo.",
        "5 things to know.",
    ],
)
def test_a_title_is_not_taken_for_authors(text):
    assert find_authors(text) is None


def test_authors_end_where_the_title_begins():
    text = "Roe J, Doe A, et al. A study of hiccups. J Foo. 2004;1:2."
    authors = find_authors(text)
    assert text[authors.end :].strip().startswith("A study of hiccups")


def test_people_of_a_byline_lose_titles_credentials_and_professions():
    text = "Dr. Jane Roe, MSc, Ph.D., R.Psych., clinical psychologist, JOHN DOE MD and Ann O'Neil-Smith, RN"
    assert parse_people(text).names == ("Jane Roe", "John Doe", "Ann O'Neil-Smith")


def test_words_of_a_sentence_are_neither_people_nor_bodies():
    assert parse_person("the pain is worse") is None
    assert parse_people("noon the pain is worse") is None
    assert not is_body("the committee met in 2018")


@given(st.text(max_size=200))
def test_no_text_makes_it_fail(text):
    parse_authors(text)
    find_authors(text)
    parse_people(text)
