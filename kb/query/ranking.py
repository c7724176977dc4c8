"""What decides the order of hits: fields and their weights, parameters, and the features that can be switched off.

The figures behind every number are in bench/RELEVANCE.md.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from indexer.schema import SECTION_FIELDS
from kb.arrays.scoring import Weighting
from kb.model import DocumentKind


@dataclass(frozen=True, slots=True)
class Fields:
    """Where the words of a kind of document are looked for.

    `text` holds every word; `boosted` are fields that count beside it; `phrases` have positions, and in `near` words
    side by side lift a hit; `named` gives the fields that a user's `field:` stands for.
    """

    text: str
    spelling: str
    boosted: Mapping[str, float]
    phrases: tuple[str, ...]
    near: tuple[str, ...]
    named: Mapping[str, tuple[str, ...]]


FIELDS: Mapping[DocumentKind, Fields] = {
    "article": Fields(
        text="body",
        spelling="spelling",
        boosted={"title": 0.15, "names": 0.7},
        phrases=("title", "names", *SECTION_FIELDS),
        near=("description", "causes", "remedies"),
        named={
            "title": ("title",),
            "name": ("names",),
            "description": ("description",),
            "causes": ("causes",),
            "remedies": ("remedies",),
            "other": ("other",),
        },
    ),
    "work": Fields(
        text="work_text",
        spelling="work_spelling",
        boosted={"work_title": 0.5, "work_author": 1.0},
        phrases=("work_title", "work_author", "work_container"),
        near=("work_title",),
        named={"title": ("work_title",), "author": ("work_author",), "journal": ("work_container",)},
    ),
}


@dataclass(frozen=True, slots=True)
class Ranking:
    """How hits are ranked; every feature is worth its cost by measurement."""

    weighting: Weighting = field(default_factory=lambda: Weighting(b=0.75, k1=1.6))
    fields: bool = True  # titles and names count beside the text
    all_words_first: bool = True  # hits with every word are lifted, in questions of two words above all others
    synonyms: bool = True
    proximity: bool = True
    areas: bool = True  # articles about a part of the body that the question names are lifted


SITE = Ranking()
PLAIN = Ranking(
    Weighting(b=0.75, k1=1.2), fields=False, all_words_first=False, synonyms=False, proximity=False, areas=False
)
"""BM25F over one field, as any engine does it: what benchmarks compare."""
