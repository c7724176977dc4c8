"""Readers have one whole generation at a time, and the newest one without being reopened."""

import random
import shutil
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from indexer.build import build_index
from indexer.disk.codec import ArrayCodec
from indexer.disk.generations import CURRENT, IndexDamaged, IndexMissing, IndexOutdated, read_current
from kb.index import Index, open_index
from kb.model import Question, ResultPage
from kb.search import search
from tests.search_corpus import build_random_index, open_stock, random_articles, random_filters, random_question


def test_a_folder_without_index_is_refused_with_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(IndexMissing, match="kb index"):
        open_index(tmp_path)


def test_an_index_of_another_version_is_refused_with_the_command(tmp_path: Path) -> None:
    build_index(tmp_path, random_articles(2))
    base = read_current(tmp_path).path / "base.json"
    base.write_text('{"base": 0, "version": 0}', encoding="utf-8")
    with pytest.raises(IndexOutdated, match="--rebuild"):
        open_index(tmp_path)


def test_damaged_files_are_refused_with_the_command(tmp_path: Path) -> None:
    build_index(tmp_path, random_articles(2))
    for contents in read_current(tmp_path).path.glob("*.toc"):
        contents.write_bytes(contents.read_bytes()[:50])
    with pytest.raises(IndexDamaged, match="--rebuild"):
        open_index(tmp_path)


def test_an_open_index_sees_the_next_commit_and_keeps_what_did_not_change(tmp_path: Path) -> None:
    index = build_random_index(tmp_path)
    before = index.snapshot()
    assert index.snapshot() is before
    writer = open_stock(tmp_path).writer(codec=ArrayCodec())
    writer.add_document(kind="article", key="article:new", body="zebra", title="Zebra", document=b"{}")
    writer.commit(merge=False)
    after = index.snapshot()
    assert after.generation == before.generation + 1
    assert [part.files for part in after.segments[: len(before.segments)]] == [part.files for part in before.segments]
    assert search(index, Question("zebra")).total == 1


def test_a_snapshot_answers_on_when_its_files_are_gone(tmp_path: Path) -> None:
    index = build_random_index(tmp_path)
    snapshot = index.snapshot()
    shutil.rmtree(read_current(tmp_path).path)
    assert snapshot.document_frequency("body", "pain")
    (tmp_path / CURRENT).unlink()
    with pytest.raises(IndexMissing):
        index.snapshot()


def test_deleted_documents_are_not_found(tmp_path: Path) -> None:
    index = build_random_index(tmp_path)
    everything = search(index, Question(per_page=1)).total
    stored = open_stock(tmp_path)
    writer = stored.writer(codec=ArrayCodec())
    writer.delete_by_term("key", "article:article-0")
    writer.commit(merge=False)
    assert search(index, Question(per_page=1)).total in (everything - 1, everything)
    assert not list(index.snapshot().find_documents("key", "article:article-0"))


def test_eight_threads_with_differing_questions_get_the_answers_of_one(tmp_path: Path) -> None:
    build_random_index(tmp_path)
    source = random.Random(6)
    questions = [Question(random_question(source), filters=random_filters(source)) for _ in range(400)]
    alone_index, shared_index = open_index(tmp_path), open_index(tmp_path)
    alone = [answer(alone_index, question) for question in questions]
    usual = sys.getswitchinterval()
    sys.setswitchinterval(1e-5)
    try:
        with ThreadPoolExecutor(8) as pool:
            together = list(pool.map(lambda question: answer(shared_index, question), questions))
    finally:
        sys.setswitchinterval(usual)
    assert together == alone


def answer(index: Index, question: Question) -> ResultPage:
    return replace(search(index, question), took_ms=0.0)
