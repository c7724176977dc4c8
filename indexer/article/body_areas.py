"""Which body areas and symptoms an article is about, by where their words stand and not by mere mention."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cache

from indexer.text.phrases import PhraseTable, split_words
from indexer.vocabulary import read_vocabulary

TITLE, HEADING, DESCRIPTION = 10.0, 2.0, 1.0  # what one mention weighs
SHARE_OF_BEST = 0.34  # an area well behind the strongest one is only mentioned
ENOUGH = 2.0  # a single mention in a long description makes no body area

# what titles add to the symptom's name: "Dizziness - anxiety symptoms", "Chest Pain Symptom Description"
_TITLE_FILLER = re.compile(
    r"(?i)\b(?:and|or|the|anxiety|stress|symptoms?|signs?|attacks?|descriptions?|common|chronic|causes?|caused|treatment)\b"
)


@cache
def _area_table() -> PhraseTable[tuple[str, ...]]:
    vocabulary = read_vocabulary()
    areas = [(name, (area.slug,)) for area in vocabulary.areas.values() for name in (area.label, *area.terms)]
    # "back pain" speaks of the back once, as a symptom; the longer phrase wins over the bare word
    symptoms = [(name, s.areas) for s in vocabulary.symptoms.values() for name in s.all_names if " " in name]
    return PhraseTable([*areas, *symptoms])


@cache
def _symptom_table() -> PhraseTable[str]:
    symptoms = read_vocabulary().symptoms.values()
    names = [(name, s.slug) for s in symptoms for name in (s.label, s.clinical, s.slug.replace("-", " "))]
    return PhraseTable([*names, *((name, s.slug) for s in symptoms for name in s.names)])


def find_symptoms(title: str) -> tuple[str, ...]:
    """Give the slugs of the symptoms named in a title; the slug of the title's own term when none is known."""
    found = tuple(dict.fromkeys(match.value for match in _symptom_table().find(split_words(title))))
    if found:
        return found
    own = _TITLE_FILLER.sub(" ", re.split(r"\s[-–—|:(]\s?|[(,:|]", title, maxsplit=1)[0])
    slug = "-".join(re.findall(r"[^\W_]+", own.lower()))
    return (slug,) if slug else ()


def find_body_areas(title: str, headings: Iterable[str], description: str) -> tuple[str, ...]:
    """Give the slugs of the areas an article is about, strongest first; none where nothing speaks of one."""
    scores: defaultdict[str, float] = defaultdict(float)
    for text, weight in [(title, TITLE), *((heading, HEADING) for heading in headings), (description, DESCRIPTION)]:
        for match in _area_table().find(split_words(text)):
            for area in match.value:
                scores[area] += weight
    if not any(True for _ in _area_table().find(split_words(title))):
        for area in _usual_areas(find_symptoms(title)):
            scores[area] += TITLE
    best = max(scores.values(), default=0)
    strong = [
        area for area in sorted(scores, key=lambda a: -scores[a]) if scores[area] >= max(ENOUGH, best * SHARE_OF_BEST)
    ]
    return tuple(area for area in strong if not _covered(area, strong))


def _usual_areas(symptoms: Iterable[str]) -> Iterator[str]:
    """Give the areas the vocabulary names for known symptoms, for a title that names none itself."""
    for slug in symptoms:
        if (symptom := read_vocabulary().symptoms.get(slug)) is not None:
            yield from symptom.areas


def _covered(area: str, found: list[str]) -> bool:
    """Tell whether a finer area of the same branch was found too."""
    return any(other != area and area in read_vocabulary().ancestors(other) for other in found)
