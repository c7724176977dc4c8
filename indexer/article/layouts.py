"""Which known layout a page has: its features, and the first layout whose features are all there."""

import re

from indexer.article.arrangement import Arrangement
from indexer.markup.blocks import bare_text
from indexer.markup.pages import Format
from indexer.ruleset import layout_rules

CAUSE = re.compile(
    r"how (?:does|can) (?:anxiety|stress) cause\b|what causes .*\banxiety symptoms?\b|why does anxiety cause\b", re.I
)
CHRONIC = re.compile(r"chronic .*symptoms? description", re.I)
COMMON = re.compile(r"common (?:anxiety .*)?(?:symptoms? )?descriptions?\b", re.I)
FORMULA = re.compile(
    r"\b(?:can|may) (?:persistently|come and go|precede|range|change|affect|occur|shift|feel|also|happen)\b", re.I
)
LABEL = re.compile(r"(?:written|reviewed|updated|authors?|by|last updated)[^:]{0,12}:", re.I)


def name_layout(arrangement: Arrangement, format: Format) -> str:
    """Give the name of the layout that `arrangement` shows."""
    features = find_features(arrangement, format)
    for rule in layout_rules():
        if rule.needs <= features and not rule.lacks & features:
            return rule.name
    return "unknown"


def find_features(arrangement: Arrangement, format: Format) -> set[str]:
    """Give the features of a page that layouts are told by."""
    features: set[str] = {format}
    sections = arrangement.sections
    headings = [draft.heading for draft in sections]
    if any(draft.rule == "declared" for draft in sections):
        features.add("declared sections")
    if any(CAUSE.search(heading) for heading in headings):
        features.add("anxiety cause heading")
    if any(CHRONIC.search(heading) for heading in headings):
        features.add("chronic description heading")
    if any(COMMON.search(heading) for heading in headings):
        features.add("common descriptions heading")
    if any(1 <= draft.rank <= 6 for draft in sections):
        features.add("real headings")
    if any(line.look.startswith("td") for draft in sections for line in draft.lines):
        features.add("table cells")
    bullets = [line for draft in sections if draft.kind == "description" for line in draft.lines if line.kind == "item"]
    if sum(1 for line in bullets if FORMULA.search(bare_text(line.text))) >= 3:
        features.add("bulleted attributes")
    bylines = arrangement.byline_lines
    if bylines:
        features.add("byline on top" if bylines[0][0] == 0 else "byline at the end")
        if any(LABEL.search(text) for _, text in bylines):
            features.add("byline with colons")
    return features
