"""What decides the order of hits: fields and their weights, parameters, and the features that can be switched off.

The figures behind every number are in bench/RELEVANCE.md.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from indexer.schema import SECTION_FIELDS
from kb.model import DocumentKind
from kb.scoring import Weighting


@dataclass(frozen=True, slots=True)
class Fields:
    """Where the words of a kind of document are looked for.

    `text` holds every word; `boosted` are fields that count beside it; `phrases` have positions; `named` gives the
    fields that a user's `field:` stands for.
    """

    text: str
    spelling: str
    boosted: Mapping[str, float]
    phrases: tuple[str, ...]
    named: Mapping[str, tuple[str, ...]]


FIELDS: Mapping[DocumentKind, Fields] = {
    "article": Fields(
        text="body",
        spelling="spelling",
        boosted={"title": 1.0, "names": 0.7},
        phrases=("title", "names", *SECTION_FIELDS),
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
        named={"title": ("work_title",), "author": ("work_author",), "journal": ("work_container",)},
    ),
}


@dataclass(frozen=True, slots=True)
class Ranking:
    """How hits are ranked; every feature is worth its cost by measurement."""

    weighting: Weighting = field(default_factory=Weighting)
    fields: bool = True  # titles and names count beside the text
    all_words_first: bool = True  # hits with every word stand before the others
    synonyms: bool = True
    proximity: bool = True
    feedback: bool = True


SITE = Ranking()
PLAIN = Ranking(fields=False, all_words_first=False, synonyms=False, proximity=False, feedback=False)
"""BM25F over one field, as any engine does it: what benchmarks compare."""

NO_BOOSTS: Mapping[str, float] = MappingProxyType({})
