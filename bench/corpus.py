"""The shipped articles as a table, and the measures they are held to: ``python -m bench corpus [FOLDER]``."""

import re
import sys
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from indexer.article.parser import parse_article
from indexer.model import Article
from indexer.works import identity_keys, unify
from kb.reading import build_reading

CORPUS = Path(__file__).parent.parent / "corpus"

_WORD = re.compile(r"[^\W\d_][^\W\d_'’]*")
_SENTENCE_END = re.compile(r"[.!?][”\"’)]*\s+|\n")
_SILENT = re.compile(r"(?:[^laeiouy]e|[^td]ed)$")  # "make", "walked"; not "little", "wanted"


@dataclass(frozen=True, slots=True)
class Row:
    """One article: words and grade of its prose, works, marks, and how many of its sentences cite a source."""

    slug: str
    words: int
    grade: float
    works: int
    marks: int
    cited: int
    sentences: int
    areas: tuple[str, ...]


def read_articles(folder: Path = CORPUS) -> dict[str, Article]:
    """Give the articles of the HTML files of `folder` by the stem of the file."""
    return {
        path.stem: parse_article(path.read_text(encoding="utf-8"), str(path), format="html")
        for path in sorted(folder.glob("*.html"))
    }


def join_prose(article: Article) -> str:
    """Give the prose of an article, one block a line, without headings and references."""
    return "\n".join(block.text for section in article.sections for block in section.blocks if block.kind != "heading")


def words(text: str) -> list[str]:
    """Give the words of `text`."""
    return _WORD.findall(text)


def syllables(word: str) -> int:
    """Estimate the syllables of an English word by its groups of vowels."""
    groups = len(re.findall(r"[aeiouy]+", word.lower()))
    return max(1, groups - 1 if _SILENT.search(word.lower()) and groups > 1 else groups)


def reading_grade(text: str) -> float:
    """Estimate the Flesch-Kincaid grade (school years of the United States) of prose, one block a line."""
    sentences = [part for part in _SENTENCE_END.split(text) if words(part)]
    all_words = words(text)
    return 0.39 * len(all_words) / len(sentences) + 11.8 * sum(map(syllables, all_words)) / len(all_words) - 15.59


def build_row(slug: str, article: Article) -> Row:
    """Give the line of one article."""
    prose = join_prose(article)
    reading = build_reading(article, (), date.today())
    return Row(
        slug=slug,
        words=len(words(prose)),
        grade=reading_grade(prose),
        works=len(article.references),
        marks=len(article.marks),
        cited=reading.cited,
        sentences=reading.sentences,
        areas=article.body_areas,
    )


def main(argv: list[str]) -> int:
    """Print a line for each article, then what they have together."""
    articles = read_articles(Path(argv[0]) if argv else CORPUS)
    if not articles:
        sys.stderr.write("No articles there.\n")
        return 1
    rows = [build_row(slug, article) for slug, article in articles.items()]
    write = sys.stdout.write
    write(f"{'article':27}words  grade  works  marks  cited/sentences  areas\n")
    for row in rows:
        share = f"{row.cited}/{row.sentences}"
        write(
            f"{row.slug:27}{row.words:5}{row.grade:7.1f}{row.works:7}{row.marks:7}{share:>17}  {', '.join(row.areas)}\n"
        )
    works = unify([identity_keys(reference) for article in articles.values() for reference in article.references])
    write(
        f"{len(rows)} articles, {sum(row.words for row in rows)} words, grade {min(row.grade for row in rows):.1f} to "
        f"{max(row.grade for row in rows):.1f}, {len(works)} different works, {sum(row.marks for row in rows)} marks, "
        f"{sum(row.cited for row in rows)} of {sum(row.sentences for row in rows)} sentences cite one\n"
    )
    return 0
