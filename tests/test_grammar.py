"""Any text is understood, as well as it can be, and what is left out is said."""

from hypothesis import given
from hypothesis import strategies as st

from kb.query.grammar import COSTLY_LIMIT, TEXT_LIMIT, WORD_LIMIT, Clause, parse_question

FIELDS = frozenset({"title", "causes"})
PIECES = st.sampled_from(
    ['"', "“", "”", "-", "~", "*", "OR", "NOT", "title:", "nofield:", "(", "[", "back", "pain", " ", "\0", "🙂", "é"]
)


def clauses(text: str) -> list[str]:
    return [str(clause) for clause in parse_question(text, FIELDS).clauses]


def test_words_phrases_fields_prefixes_and_fuzzy_words_are_told_apart() -> None:
    expression = parse_question('back "pins and needles" causes:stress anxi* ~hedache -heart', FIELDS)
    assert [clause.kind for clause in expression.clauses] == ["word", "phrase", "word", "prefix", "fuzzy"]
    assert expression.clauses[2].field == "causes"
    assert [clause.words for clause in expression.excluded] == [("heart",)]
    assert not expression.notes


def test_or_joins_its_neighbours_and_is_a_word_in_small_letters() -> None:
    assert len(parse_question("migraine OR headache OR nausea pain").groups) == 2
    assert len(parse_question("migraine or headache").groups) == 3


def test_or_at_the_edge_is_left_out() -> None:
    assert clauses("OR back OR") == ["back"]


def test_hyphens_inside_words_exclude_nothing() -> None:
    assert clauses("pins-and-needles") == ["pins", "and", "needles"]
    assert not parse_question("- back").excluded


def test_not_excludes_the_next_word() -> None:
    assert parse_question("back NOT pain").excluded == (Clause("word", ("pain",), negated=True),)


def test_an_open_quote_goes_to_the_end() -> None:
    assert parse_question('"back pain').clauses == (Clause("phrase", ("back", "pain")),)


def test_an_unknown_field_is_a_word_and_is_noted() -> None:
    expression = parse_question("colour:red", FIELDS)
    assert [clause.words for clause in expression.clauses] == [("colour",), ("red",)]
    assert "colour" in expression.notes[0]


def test_a_star_alone_and_a_prefix_too_short_are_noted() -> None:
    assert parse_question("*").notes
    assert parse_question("a*").clauses[0].kind == "word"
    assert parse_question("a*").notes


def test_the_same_word_twice_counts_once() -> None:
    assert clauses("pain pain pain") == ["pain"]


def test_long_questions_are_cut_and_that_is_said() -> None:
    expression = parse_question(" OR ".join(f"word{number}" for number in range(500)))
    assert len(expression.clauses) <= WORD_LIMIT
    assert expression.notes
    assert parse_question("x" * 100_000).notes == (f"Only the first {TEXT_LIMIT} characters were read.",)


def test_only_some_words_are_widened() -> None:
    kinds = [clause.kind for clause in parse_question(" ".join(f"~word{number}" for number in range(30))).clauses]
    assert kinds.count("fuzzy") == COSTLY_LIMIT


@given(st.one_of(st.text(max_size=300), st.lists(PIECES, max_size=60).map("".join)))
def test_any_text_is_understood_within_bounds(text: str) -> None:
    expression = parse_question(text, FIELDS)
    words = sum(len(clause.words) for clause in (*expression.clauses, *expression.excluded))
    assert words <= WORD_LIMIT
    assert all(word for clause in expression.clauses for word in clause.words)
    assert isinstance(str(expression), str)


@given(st.lists(PIECES, max_size=30).map("".join))
def test_what_is_understood_is_understood_again(text: str) -> None:
    expression = parse_question(text, FIELDS)
    again = parse_question(str(expression), FIELDS)
    assert set(again.clauses) == set(expression.clauses)
