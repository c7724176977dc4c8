"""Works as CSL-JSON, the form that citation programs exchange."""

import json
from collections.abc import Iterable
from typing import Any

from indexer.model import Work
from kb.export.fields import PARTIAL_LIST, Name, WorkType, author_names, date_parts, known_text, work_type

CSL_TYPES: dict[WorkType, str] = {
    "article": "article-journal",
    "webpage": "webpage",
    "book": "book",
    "document": "document",
}


def write_csl(works: Iterable[Work]) -> str:
    """Give works as one CSL-JSON list, one work a line."""
    lines = (json.dumps(build_csl(work), ensure_ascii=False, separators=(",", ":")) for work in works)
    return "[" + ",\n".join(lines) + "]\n"


def build_csl(work: Work) -> dict[str, Any]:
    """Give one work as a CSL-JSON item; an author list cut short ends with the literal "et al."."""
    authors: list[dict[str, str]] = [_csl_name(name) for name in author_names(work)]
    if authors and work.et_al:
        authors.append({"literal": PARTIAL_LIST})
    parts = date_parts(work)
    item = {
        "id": work.id,
        "type": CSL_TYPES[work_type(work)],
        "title": known_text(work.title),
        "author": authors,
        "container-title": known_text(work.container),
        "publisher": known_text(work.publisher),
        "issued": {"date-parts": [list(parts)]} if parts else None,
        "volume": known_text(work.volume),
        "issue": known_text(work.issue),
        "page": known_text(work.pages),
        "DOI": known_text(work.doi),
        "PMID": known_text(work.pmid),
        "PMCID": known_text(work.pmcid),
        "URL": known_text(work.url),
        "note": None if work.title else known_text(work.raw),
    }
    return {name: value for name, value in item.items() if value}


def _csl_name(name: Name) -> dict[str, str]:
    if name.given is None:
        return {"literal": name.family}
    return {"family": name.family, "given": name.given} | ({"suffix": name.suffix} if name.suffix else {})
