"""How well and how fast pages are parsed: ``python -m bench parse [FOLDER]`` over golden pairs (tests/golden)."""

import json
import re
import sys
import time
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from indexer.article.parser import parse_article
from indexer.markup.pages import Format
from indexer.model import Article

GOLDEN = Path(__file__).parent.parent / "tests" / "golden"
FORMATS: dict[str, Format] = {".html": "html", ".md": "markdown", ".txt": "text"}
KINDS = ("description", "causes", "remedies", "other")
PAGE = 30_000  # characters of the page that speed is measured on
ROUNDS = 40
WORD = re.compile(r"\w+")
LINE = re.compile(r"<(?:p|li|h3)>")


@dataclass(frozen=True, slots=True)
class Score:
    """How one page was parsed: token F1 by section kind, marks F1, and which fields were right (1.0 or 0.0)."""

    name: str
    sections: Mapping[str, float]
    marks: float
    title: float
    references: float
    byline: float
    boilerplate: tuple[str, ...]

    @property
    def worst(self) -> float:
        """Give the lowest F1 of its sections."""
        return min(self.sections.values())


def read_pairs(folder: Path = GOLDEN) -> Iterable[tuple[Path, dict[str, Any]]]:
    """Give each page of `folder` with what it should be parsed to."""
    for path in sorted(folder.iterdir()):
        expected = path.with_suffix(".json")
        if path.suffix in FORMATS and expected.exists():
            yield path, json.loads(expected.read_text(encoding="utf-8"))


def parse_page(path: Path) -> Article:
    """Give the article parsed from a page of the golden pairs."""
    return parse_article(path.read_text(encoding="utf-8"), path.name, format=FORMATS[path.suffix])


def score_page(name: str, article: Article, expected: Mapping[str, Any]) -> Score:
    """Give how far `article` is what was expected."""
    shown = "\n".join(f"{section.heading}\n{section.text}" for section in article.sections)
    wanted = "\n".join(f"{section['heading']}\n{section['text']}" for section in expected["sections"])
    kinds = {section.anchor: section.kind for section in article.sections}
    return Score(
        name,
        {kind: overlap(_tokens(_kind_text(expected, kind)), _tokens(_parsed_text(article, kind))) for kind in KINDS},
        overlap(
            Counter((tuple(mark["numbers"]), mark["kind"], mark["sentence"]) for mark in expected["marks"]),
            Counter((mark.numbers, kinds[mark.section], mark.sentence) for mark in article.marks),
        ),
        float(article.title == expected["title"]),
        overlap(Counter(expected["references"]), Counter(" ".join(entry.raw.split()) for entry in article.references)),
        float(
            (list(article.authors), list(article.reviewers), article.updated, article.updated_from)
            == (expected["authors"], expected["reviewers"], expected["updated"], expected["updated_from"])
        ),
        tuple(text for text in expected["boilerplate"] if text in shown and text not in wanted),
    )


def _kind_text(expected: Mapping[str, Any], kind: str) -> str:
    return "\n".join(section["text"] for section in expected["sections"] if section["kind"] == kind)


def _parsed_text(article: Article, kind: str) -> str:
    return "\n".join(section.text for section in article.sections if section.kind == kind)


def _tokens(text: str) -> Counter[Any]:
    return Counter(WORD.findall(text.lower()))


def overlap(wanted: Counter[Any], found: Counter[Any]) -> float:
    """Give the F1 of two bags; two empty ones agree."""
    size = wanted.total() + found.total()
    return 2 * (wanted & found).total() / size if size else 1.0


def measure_speed(text: str, rounds: int = ROUNDS) -> float:
    """Give the pages of PAGE characters parsed a second of processor time, made by repeating a section of `text`.

    Every page has words of its own in each line, so that nothing remembered of one helps with the next.
    """
    start = text.index("<h2")
    end = text.index("<h2", start + 1)
    page = text[:start] + text[start:end] * max(1, (PAGE - len(text)) // (end - start) + 1) + text[end:]
    pages = [LINE.sub(rf"\g<0>Round{number} ", page) for number in range(rounds + 1)]
    parse_article(pages[0], "page.html", format="html")
    begun = time.process_time()
    for page in pages[1:]:
        parse_article(page, "page.html", format="html")
    return sum(map(len, pages[1:])) / PAGE / (time.process_time() - begun)


def main(argv: list[str]) -> int:
    """Print how each golden page was parsed, the averages, and the speed."""
    folder = Path(argv[0]) if argv else GOLDEN
    scores = [score_page(path.stem, parse_page(path), expected) for path, expected in read_pairs(folder)]
    if not scores:
        sys.stderr.write(f"No golden pairs in {folder}.\n")
        return 1
    write = sys.stdout.write
    write(f"{'layout':26}" + "".join(f"{kind[:8]:>9}" for kind in KINDS) + "    marks  title   refs byline  left in\n")
    for score in scores:
        write(
            f"{score.name:26}"
            + "".join(f"{score.sections[kind]:9.3f}" for kind in KINDS)
            + f"{score.marks:9.3f}{score.title:7.2f}{score.references:7.2f}{score.byline:7.2f}  "
            + f"{', '.join(score.boilerplate) or '-'}\n"
        )
    count = len(scores)
    means = [sum(score.sections[kind] for score in scores) / count for kind in KINDS]
    write(
        f"{'all ' + str(count):26}"
        + "".join(f"{mean:9.3f}" for mean in means)
        + f"{sum(score.marks for score in scores) / count:9.3f}{sum(score.title for score in scores) / count:7.2f}"
        + f"{sum(score.references for score in scores) / count:7.2f}"
        + f"{sum(score.byline for score in scores) / count:7.2f}\n"
    )
    sample = next((path for path, _ in read_pairs(folder) if path.stem == "semantic-article"), None)
    if sample:
        write(f"{measure_speed(sample.read_text(encoding='utf-8')):.0f} pages of 30 kB a second of processor time\n")
    return 0
