"""A small index of random articles in several segments with deletions, for tests of everything that reads one."""

import random
from collections.abc import Iterator
from pathlib import Path

from indexer.build import build_index
from indexer.disk.codec import ArrayCodec
from indexer.disk.generations import read_current
from indexer.engine import filestore, index
from indexer.model import Article, Block, Mark, Reference, Section
from kb.index import Index, open_index

WORD_TEXT = """
    pain ache throb burn itch tingle numb stiff swell cramp pulse pressure breath heart chest back neck jaw head
    stomach throat skin hair leg arm hand foot night morning stress worry sleep rest walk warm cold slow deep muscle
    nerve blood doctor week month sudden steady wave pins needles left right both comes goes spreads shoulder"""
WORDS = WORD_TEXT.split()
GLUE = ["the", "of", "and", "in", "a", "to", "with", "is", "it", "when", "for", "on"]


def random_text(source: random.Random, words: int) -> str:
    """Give a text in which a few words are frequent and most are rare."""
    picked = []
    for _ in range(words):
        place = min(int(source.expovariate(0.09)), len(WORDS) - 1)
        picked.append(source.choice(GLUE) if source.random() < 0.3 else WORDS[place])
    return " ".join(picked).capitalize() + "."


def random_article(number: int, source: random.Random) -> Article:
    """Give an article with three sections, some of them cited."""
    kinds = ("description", "causes", "remedies")
    sections = tuple(
        Section(kind, kind.capitalize(), kind, tuple(Block("paragraph", random_text(source, 30)) for _ in range(2)))
        for kind in kinds
        if source.random() < 0.9
    ) or (Section("description", "Description", "description", (Block("paragraph", "Pain."),)),)
    reference = Reference(
        1,
        f"Writer {number % 7}. Study {number % 11}.",
        (f"Writer, A{number % 7}",),
        title=f"A study of {WORDS[number % 11]} and {WORDS[number % 7]}",
        container=f"Journal {number % 5}",
        year=2000 + number % 20,
        doi=f"10.1000/{number % 11}",
        cited=True,
    )
    mark = Mark((1,), sections[0].anchor, sections[0].blocks[0].text, 0, 5)
    return Article(
        slug=f"article-{number}",
        title=f"{WORDS[number % len(WORDS)]} and {WORDS[(number * 7) % len(WORDS)]}".capitalize(),
        path=f"a{number}.html",
        layout="test",
        symptoms=("headache", "back-pain")[: 1 + number % 2],
        body_areas=(("head",), ("upper-back", "neck"), ("chest",))[number % 3],
        sections=sections,
        references=(reference,) if number % 2 else (),
        marks=(mark,) if number % 2 else (),
        authors=(f"Author {number % 4}",),
        updated=f"{2010 + number % 9}-03-02" if number % 5 else None,
    )


def random_articles(count: int, seed: int = 5) -> Iterator[Article]:
    """Give `count` articles that are the same every time."""
    source = random.Random(seed)
    return (random_article(number, source) for number in range(count))


def build_random_index(folder: Path, count: int = 120) -> Index:
    """Build an index of random articles with a second and a third segment, and with deleted documents."""
    build_index(folder, random_articles(count))
    stored = open_stock(folder)
    source = random.Random(8)
    for part in range(2):
        with stored.searcher() as searcher:
            deleted = [number for number in range(searcher.doc_count_all()) if source.random() < 0.03]
        writer = stored.writer(codec=ArrayCodec())
        for number in deleted:
            writer.delete_document(number)
        for number in range(40):
            text = random_text(source, 40)
            writer.add_document(
                kind="article",
                key=f"article:more-{part}-{number}",
                title=text.split()[0],
                body=text,
                description=text,
                spelling=text,
                area=["head", "head-and-neck"],
                facts={"kind": "article", "slug": f"more-{part}-{number}", "title": text.split()[0]},
                document=b"{}",
            )
        writer.commit(merge=False)
        stored = stored.refresh()
    return open_index(folder)


def open_stock(folder: Path) -> index.FileIndex:
    """Open the same files with stock Whoosh."""
    return index.FileIndex(filestore.FileStorage(str(read_current(folder).path)))


def random_question(source: random.Random) -> str:
    """Give a question with words, phrases, prefixes, typos, fields, alternatives and exclusions."""

    def word() -> str:
        name = source.choice(WORDS)
        shape = source.random()
        if shape < 0.1:
            return f"{name[:3]}*"
        if shape < 0.2:
            return f"~{name[1:]}"
        if shape < 0.25:
            return f"{source.choice(('title', 'causes', 'description', 'remedies'))}:{name}"
        if shape < 0.3:
            return "area:head"
        return name

    parts = []
    for _ in range(source.randint(1, 4)):
        shape = source.random()
        if shape < 0.2:
            parts.append(f'"{source.choice(WORDS)} {source.choice(WORDS)}"')
        elif shape < 0.3:
            parts.append(f"-{word()}")
        elif shape < 0.45:
            parts.append(f"{word()} OR {word()}")
        else:
            parts.append(word())
    return " ".join(parts)


def random_filters(source: random.Random) -> dict[str, tuple[str, ...]]:
    """Give no filter, one, or one of two facets."""
    choices = {
        "area": ("head", "neck", "chest", "upper-back"),
        "author": ("Author 1", "Author 2"),
        "year": ("2012", "2015"),
    }
    chosen = source.sample(sorted(choices), source.choice((0, 0, 1, 1, 2)))
    return {facet: tuple(source.sample(choices[facet], source.randint(1, 2))) for facet in chosen}
