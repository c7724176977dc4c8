"""BM25F is the formula, and the best are found without sorting all."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.disk.posting_arrays import PostingArrays, pack_postings, read_postings
from kb.arrays.postings import Matches, exclude, find_phrase, intersect, pack_mask, position_keys, unite, unpack_bits
from kb.arrays.scoring import LENGTHS, Weighting, build_impacts, build_norms, inverse_document_frequency

WIDTH = 256
SETS = st.dictionaries(st.integers(0, WIDTH - 1), st.floats(0.5, 50), max_size=WIDTH)


def as_matches(scores: dict[int, float], dense: bool) -> Matches:
    if dense:
        every = np.zeros(WIDTH)
        for number, score in scores.items():
            every[number] = score
        return Matches(WIDTH, None, every)
    ids = np.array(sorted(scores), np.int64)
    return Matches(WIDTH, ids, np.array([scores[number] for number in sorted(scores)]))


def as_dict(matches: Matches) -> dict[int, float]:
    ids, scores = matches.listed()
    return dict(zip(ids.tolist(), scores.tolist(), strict=True))


def test_an_impact_is_the_formula() -> None:
    postings = read_postings(memoryview(pack_postings([2, 5], [3.0, 1.0], [b"", b""])))
    lengths = np.array([0, 0, 40, 0, 0, 80], np.uint8)
    impacts = build_impacts(postings, lengths, build_norms(0.75, 1.2, 100.0), 1.2)
    norm = 1.2 * (0.25 + 0.75 * LENGTHS[40] / 100)
    assert impacts[0] == pytest.approx(3 * 2.2 / (3 + norm))


def test_rare_words_weigh_more() -> None:
    assert inverse_document_frequency(1, 1000) > inverse_document_frequency(900, 1000) > 0


@given(st.floats(0.01, 1.0), st.floats(1, 1000), st.floats(1, 1000))
def test_documents_of_another_kind_do_not_change_the_norm(share: float, length: float, average: float) -> None:
    alone = Weighting(0.75, 1.2)
    among = alone.among(share)
    own = alone.k1 * (1 - alone.b + alone.b * length / average)
    assert among.k1 * (1 - among.b + among.b * length / (average * share)) == pytest.approx(own)


@given(SETS, st.integers(1, 30), st.booleans())
def test_the_best_are_those_that_sorting_gives(scores: dict[int, float], limit: int, dense: bool) -> None:
    best = sorted(scores.items(), key=lambda item: (-item[1], item[0]))[:limit]
    assert as_matches(scores, dense).top(limit) == [(score, number) for number, score in best]


@given(st.lists(st.tuples(SETS, st.booleans()), min_size=1, max_size=4))
def test_sets_unite_and_intersect(parts: list[tuple[dict[int, float], bool]]) -> None:
    sets = [scores for scores, _ in parts]
    matches = [as_matches(scores, dense) for scores, dense in parts]
    united = {number: sum(scores.get(number, 0) for scores in sets) for scores_ in sets for number in scores_}
    common = set.intersection(*map(set, sets))
    assert as_dict(unite(WIDTH, matches)) == pytest.approx(united)
    assert as_dict(intersect(matches)) == pytest.approx({n: sum(scores[n] for scores in sets) for n in common})


@given(SETS, SETS, st.booleans(), st.booleans())
def test_excluded_documents_go(left: dict[int, float], right: dict[int, float], first: bool, second: bool) -> None:
    rest = exclude(as_matches(left, first), as_matches(right, second))
    assert as_dict(rest) == {number: score for number, score in left.items() if number not in right}


@given(SETS, st.booleans())
def test_a_bitmap_holds_the_matches(scores: dict[int, float], dense: bool) -> None:
    matches = as_matches(scores, dense)
    assert np.flatnonzero(unpack_bits(matches.bits())).tolist() == sorted(scores)
    assert (unpack_bits(pack_mask(matches.mask())) == matches.mask()).all()
    assert len(matches.listed()[0]) == len(scores)


PLACES = st.lists(st.integers(0, 40), min_size=1, max_size=12).map(sorted)  # a place may come twice
SEEN = st.dictionaries(st.integers(0, 30), PLACES, min_size=1, max_size=31)


def as_postings(seen: dict[int, list[int]]) -> PostingArrays:
    numbers = sorted(seen)
    counts = np.array([len(seen[number]) for number in numbers], np.uint16)
    places = np.array([place for number in numbers for place in seen[number]], np.uint16)
    return PostingArrays(np.array(numbers, np.uint32), counts, places)


@given(st.lists(SEEN, min_size=2, max_size=4))
def test_a_phrase_is_where_its_words_follow_one_another(words: list[dict[int, list[int]]]) -> None:
    shared = sorted(set.intersection(*(set(word) for word in words)))
    follow = {
        number
        for number in shared
        if any(all(first + step in word[number] for step, word in enumerate(words)) for first in words[0][number])
    }
    lists = [as_postings(word) for word in words]
    keys = [position_keys(postings) for postings in lists]
    assert find_phrase(keys).tolist() == sorted(follow)
