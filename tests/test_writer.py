"""Articles and works become index documents, one commit a generation."""

from dataclasses import replace

import pytest

from indexer.build import build_index
from indexer.disk.catalog import Catalog
from indexer.disk.generations import read_current
from indexer.disk.writer import SEGMENTS_A_TIER, GenerationWriter
from indexer.documents import ArticleDocument, dump_document, load_article
from indexer.index_entries import OWN_SOURCE, build_article_entry, build_evidence
from indexer.model import Article, Attribute, Attributes, Block, Dropped, Mark, Reference, Section, Warning
from tests.segments import add_article, segment_count

ARTICLE = Article(
    "stiff-neck",
    "Stiff neck",
    "/a/stiff-neck.md",
    "own",
    symptoms=("neck-and-shoulder-pain",),
    body_areas=("upper-back",),
    attributes=Attributes(course=(Attribute("comes and goes", "It comes and goes."),)),
    sections=(
        Section("description", "What is it?", "description", (Block("paragraph", "It pulls. It comes and goes."),)),
        Section("causes", "Why?", "causes", (Block("heading", "At work."), Block("item", "Strain [1]. Haste."))),
        Section("other", "Outlook", "outlook", (Block("paragraph", "Good."),)),
    ),
    references=(Reference(1, "Marlow 2011", ("Marlow, Ada",), title="Neck", year=2011, pmid="7", cited=True),),
    marks=(Mark((1,), "causes", "Strain [1].", 1, 6),),
    authors=("Nora Feld",),
    updated="2021-03-04",
    updated_from="updated",
    source_url="https://www.example.org/neck",
    dropped=(Dropped("navigation", "Home"),),
    warnings=(Warning("w", "A doubt."),),
)


def test_a_document_is_read_back_as_it_was_written():
    document = ArticleDocument(ARTICLE, build_evidence(ARTICLE), ("marlow-2011-neck",))
    assert load_article(dump_document(document)) == document
    bare = ArticleDocument(Article("a", "A", "/a", "own"))
    assert load_article(dump_document(bare)) == bare


def test_evidence_counts_sentences_and_those_that_cite():
    assert [(part.anchor, part.sentences, part.cited) for part in build_evidence(ARTICLE)] == [
        ("description", 2, 0),
        ("causes", 2, 1),
        ("outlook", 1, 0),
    ]


def entry_of(article):
    document = ArticleDocument(article, build_evidence(article), ("marlow-2011-neck",) * len(article.references))
    return build_article_entry(document, "hash", {"marlow-2011-neck": 2011})


def test_facet_values_of_an_article():
    entry = entry_of(ARTICLE)
    names = ("area", "author", "source", "year", "cited", "cites", "work_year", "unsourced")
    assert [tuple(value) if not isinstance(value := entry[name], str) else value for name in names] == [
        ("upper-back", "back", "torso"),
        ("Nora Feld",),
        "example.org",
        "2021",
        "yes",
        ("marlow-2011-neck",),
        ("2011",),
        ("description", "other"),
    ]


def test_an_article_without_source_and_references_is_of_this_collection_and_cites_nothing():
    entry = entry_of(replace(ARTICLE, source_url=None, references=(), marks=(), updated=None))
    assert (entry["source"], entry["cited"]) == (OWN_SOURCE, "no")
    assert "year" not in entry
    assert "cites" not in entry


def test_what_is_written_is_found_by_slug_path_and_identity(tmp_path):
    assert build_index(tmp_path / "index", [ARTICLE]) == 1
    with Catalog(read_current(tmp_path / "index")) as catalog:
        number = catalog.find("article", "stiff-neck")
        assert catalog.load_article(number).works == ("marlow-2011-neck",)
        assert catalog.facts(number)["sentences"] == 5
        (work,) = catalog.works_of(["pmid:7"])
        assert catalog.load_work(work).work.citations[0].sentence == "Strain [1]."
        assert [facts["slug"] for _, facts in catalog.under("/a")] == ["stiff-neck"]
        assert list(catalog.under("/a/stiff")) == []


def test_leaving_without_commit_changes_nothing_and_the_next_writer_starts_at_once(tmp_path):
    build_index(tmp_path / "index", [ARTICLE])
    data = read_current(tmp_path / "index")

    def break_off():
        with Catalog(data) as catalog, GenerationWriter(catalog) as writer:
            writer.delete(0)
            writer.add(entry_of(replace(ARTICLE, slug="other")))
            raise RuntimeError("in the middle")

    with pytest.raises(RuntimeError, match="in the middle"):
        break_off()
    with Catalog(data) as catalog:
        assert catalog.count("article") == 1
        assert catalog.find("article", "other") is None
    assert add_article(data, entry_of(replace(ARTICLE, slug="other"))) == 2


def test_segments_stay_few_and_merging_loses_nothing(tmp_path):
    build_index(tmp_path / "index", [ARTICLE])
    data = read_current(tmp_path / "index")
    for number in range(3 * SEGMENTS_A_TIER):
        add_article(data, entry_of(replace(ARTICLE, slug=f"neck-{number}", path=f"/a/{number}.md")))
        assert segment_count(data) <= SEGMENTS_A_TIER
    with Catalog(data) as catalog:
        assert catalog.count("article") == 3 * SEGMENTS_A_TIER + 1
        number = catalog.find("article", "neck-3")
        assert catalog.load_article(number).article.path == "/a/3.md"
        assert len(list(catalog.documents("area", "torso"))) == 3 * SEGMENTS_A_TIER + 2  # the work too
