import pytest

from bench.parse import parse_page, read_pairs

NAMED = [(path, expected) for path, expected in read_pairs() if expected.get("layout")]


@pytest.mark.parametrize(("path", "expected"), NAMED, ids=[path.stem for path, _ in NAMED])
def test_the_historical_layouts_are_named(path, expected):
    assert parse_page(path).layout == expected["layout"]


def test_there_are_golden_pairs_for_the_six_historical_layouts_and_many_more():
    assert len({expected["layout"] for _, expected in NAMED}) == 6
    assert len(list(read_pairs())) >= 30
