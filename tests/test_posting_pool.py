"""Postings are sorted in memory or on disk: the same lists come out."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.build import build_index
from indexer.disk import posting_pool
from indexer.disk.catalog import Catalog
from indexer.disk.generations import read_current
from indexer.disk.posting_pool import HIGHEST, LOW_BITS, Lists, PostingPool
from indexer.model import Article, Block, Section

WORDS = st.lists(st.sampled_from(["ache", "back", "chest", "éclat"]), max_size=6)


def read_pool(pool):
    found = {}
    for field, blocks in pool.lists():
        for block in blocks:
            starts = [0, *block.ends.tolist()]
            for term, start, end in zip(block.terms, starts, starts[1:], strict=False):
                assert (field, term) not in found
                found[field, term] = [divmod(int(key), 1 << LOW_BITS) for key in block.postings[start:end]]
    pool.cleanup()
    return found


def fill_pool(pool, documents, saved):
    for number, words in enumerate(documents):
        pool.add_positions("text", words, number)
        pool.add_counts("body", {word: words.count(word) for word in words}, number)
        pool.add_values("area", words, number)
        if number in saved:
            pool.save()


@given(documents=st.lists(WORDS, max_size=12), saved=st.sets(st.integers(0, 11)), block=st.integers(1, 9))
def test_lists_are_the_same_in_memory_in_blocks_and_from_disk(tmp_path_factory, documents, saved, block):
    wanted = {}
    for number, words in enumerate(documents):
        for place, word in enumerate(words):
            wanted.setdefault(("text", word), []).append((number, place))
        for word in dict.fromkeys(words):
            wanted.setdefault(("body", word), []).append((number, words.count(word)))
            wanted.setdefault(("area", word), []).append((number, 1))
    folder = str(tmp_path_factory.getbasetemp())
    pool = PostingPool(folder)
    fill_pool(pool, documents, saved)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(posting_pool, "BLOCK_POSTINGS", block)
        found = read_pool(pool)
    assert found == wanted
    assert list(found) == sorted(found)


def test_lists_of_other_segments_join_those_that_wait(tmp_path):
    pool = PostingPool(str(tmp_path))
    fill_pool(pool, [["ache", "back"]], ())
    pool.add_lists("text", Lists(["ache", "chest"], np.array([1, 2]), np.array([1 << 16, (1 << 16) + 1], np.uint64)))
    found = read_pool(pool)
    assert found["text", "ache"] == [(0, 0), (1, 0)]
    assert found["text", "chest"] == [(1, 1)]


def test_places_and_counts_beyond_sixteen_bits_are_the_highest(tmp_path):
    pool = PostingPool(str(tmp_path))
    pool.add_positions("text", ["ache"] * (HIGHEST + 3), 0)
    pool.add_counts("body", {"ache": HIGHEST + 3, "back": 2}, 0)
    found = read_pool(pool)
    assert found["text", "ache"][-3:] == [(0, HIGHEST)] * 3
    assert found["body", "ache"] == [(0, HIGHEST)]
    assert found["body", "back"] == [(0, 2)]


def test_an_index_spilled_to_disk_is_the_index_built_in_memory(tmp_path, monkeypatch):
    articles = [
        Article(
            f"spot-{number}",
            f"Sore spot {number}",
            f"/a/{number}.md",
            "own",
            symptoms=("back-pain",),
            sections=(
                Section("causes", "Why?", "causes", (Block("paragraph", f"It aches {number % 7} times a day."),)),
            ),
        )
        for number in range(600)
    ]
    build_index(tmp_path / "memory", articles)
    monkeypatch.setattr(posting_pool, "LIMIT_BYTES", 1_000)
    build_index(tmp_path / "disk", articles)
    assert read_terms(tmp_path / "disk") == read_terms(tmp_path / "memory")


def read_terms(folder):
    with Catalog(read_current(folder)) as catalog:
        ((reader, _),) = catalog.leaf_readers()
        found = {}
        for field, term in reader.all_terms():
            postings = reader._terms.read_postings(field, term)
            positions = postings.positions
            found[field, term] = (
                postings.ids.tolist(),
                postings.counts.tolist(),
                None if positions is None else positions.tolist(),
                reader.term_info(field, term).weight(),
            )
        return found
