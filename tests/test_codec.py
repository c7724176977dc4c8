"""Posting lists come back as they were written, to our readers and to Whoosh's."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.disk.codec import ArrayCodec
from indexer.disk.posting_arrays import HEADER, MAGIC, CountKind, PostingFormatError, pack_postings, read_postings
from indexer.engine import fields, filestore, index, query
from indexer.text.analyzer import Positions, ranked_text, stemmed_text

PLACES = st.lists(st.integers(0, 65_535), min_size=1, max_size=300)
POSTINGS = st.dictionaries(st.integers(0, 1_000_000), PLACES, min_size=1)


@given(POSTINGS)
def test_a_list_with_positions_comes_back(postings: dict[int, list[int]]) -> None:
    ids = sorted(postings)
    values = [Positions().encode(postings[number]) for number in ids]
    found = read_postings(memoryview(pack_postings(ids, [float(len(postings[n])) for n in ids], values)))
    assert found.ids.tolist() == ids
    assert found.counts.tolist() == [len(postings[number]) for number in ids]
    assert found.positions is not None
    starts = found.position_starts()
    for place, number in enumerate(ids):
        assert found.positions[starts[place] : starts[place + 1]].tolist() == postings[number]


@given(st.lists(st.floats(0.125, 100_000, width=32), min_size=1, max_size=40))
def test_counts_of_any_size_come_back(weights: list[float]) -> None:
    found = read_postings(memoryview(pack_postings(range(len(weights)), weights, [b""] * len(weights))))
    assert found.counts.tolist() == weights
    assert found.positions is None


def test_other_bytes_are_no_posting_list() -> None:
    with pytest.raises(PostingFormatError):
        read_postings(memoryview(b"\0" * 40))


@pytest.mark.parametrize("count", [float("nan"), float("inf"), -1.0, 1e30])
@pytest.mark.parametrize("kind", [CountKind.SAME, CountKind.FLOATS])
def test_counts_that_cannot_be_are_refused(kind: CountKind, count: float) -> None:
    data = HEADER.pack(MAGIC, 1, kind, True, count) + bytes(4) + np.float32(count).tobytes() + bytes(8)
    with pytest.raises(PostingFormatError):
        read_postings(memoryview(data))


def test_positions_that_do_not_fit_the_weight_are_refused() -> None:
    with pytest.raises(PostingFormatError):
        pack_postings([1], [2.0], [b"\1\0"])


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    schema = fields.Schema(key=fields.ID(unique=True), text=stemmed_text(), all=ranked_text())
    stored = index.create_in(str(tmp_path), schema)
    for part in range(3):
        writer = stored.writer(codec=ArrayCodec())
        for number in range(20):
            text = f"pain in the back {'again ' * number} and word{number}"
            writer.add_document(key=f"{part}-{number}", text=text, all=text)
        writer.commit(merge=False)
    return tmp_path


def open_stored(folder: Path) -> index.FileIndex:
    return index.FileIndex(filestore.FileStorage(str(folder)))


def count(stored: index.FileIndex, wanted: query.Query) -> int:
    with stored.searcher() as searcher:
        return len(searcher.search(wanted, limit=None))


def test_whoosh_searches_deletes_and_merges_what_the_codec_wrote(folder: Path) -> None:
    stored = open_stored(folder)
    assert count(stored, query.Term("all", "pain")) == 60
    assert count(stored, query.Phrase("text", ["pain", "back"])) == 60
    writer = stored.writer(codec=ArrayCodec())
    assert writer.delete_by_term("key", "1-3") == 1
    writer.commit(optimize=True)
    merged = open_stored(folder)
    assert merged.doc_count_all() == 59
    assert count(merged, query.Term("all", "word3")) == 2
    assert count(merged, query.Phrase("text", ["pain", "back"])) == 59


def test_lengths_and_statistics_are_those_of_the_documents(folder: Path) -> None:
    stored = open_stored(folder)
    with stored.reader() as reader:
        info = reader.term_info("all", "again")
        assert info.doc_frequency() == 57
        assert info.weight() == 3 * sum(range(20))
        assert info.max_weight() == 19
        assert (info.min_length(), info.max_length()) == (4, 23)
