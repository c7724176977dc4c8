"""Works as RIS, written by rispy, which reads every field back as it was."""

import re
from collections.abc import Iterable
from typing import Any

import rispy

from indexer.model import Work
from kb.export.fields import PARTIAL_LIST, Name, WorkType, author_names, date_parts, known_text, work_type

RIS_TYPES: dict[WorkType, str] = {"article": "JOUR", "webpage": "ELEC", "book": "BOOK", "document": "GEN"}
PAGE_RANGE = re.compile(r"(\w+)-(\w+)")  # 166-174, S12-S20; anything else stays whole


class _Writer(rispy.RisWriter):  # type: ignore[misc] # rispy has no types
    """Records without the counting line ("1.") that rispy puts before each and some programs stumble on."""

    def set_header(self, count: int) -> str:  # noqa: ARG002 - the signature of rispy
        return ""


def write_ris(works: Iterable[Work]) -> str:
    """Give works as one RIS file, each with its id in ``ID``, PMID in ``AN`` and PMCID in ``C2``."""
    return str(rispy.dumps([_build_record(work) for work in works], implementation=_Writer))


def _build_record(work: Work) -> dict[str, Any]:
    authors = [_ris_name(name) for name in author_names(work)]
    start, end = _page_range(known_text(work.pages))
    fields = {
        "type_of_reference": RIS_TYPES[work_type(work)],
        "id": known_text(work.id),
        "authors": [*authors, PARTIAL_LIST] if authors and work.et_al else authors,
        "title": known_text(work.title),
        "secondary_title": known_text(work.container),
        "year": str(work.year) if work.year else None,
        "date": _ris_date(work),
        "volume": known_text(work.volume),
        "number": known_text(work.issue),
        "start_page": start,
        "end_page": end,
        "publisher": known_text(work.publisher),
        "doi": known_text(work.doi),
        "accession_number": known_text(work.pmid),
        "custom2": known_text(work.pmcid),
        "urls": _listed(work.url),
        "notes": [] if work.title else _listed(work.raw),
    }
    return {name: value for name, value in fields.items() if value}


def _ris_name(name: Name) -> str:
    return ", ".join(part for part in (name.family, name.given, name.suffix) if part)


def _page_range(pages: str | None) -> tuple[str | None, str | None]:
    found = PAGE_RANGE.fullmatch(pages) if pages else None
    return (found[1], found[2]) if found else (pages, None)


def _listed(text: str | None) -> list[str]:
    known = known_text(text)
    return [known] if known else []


def _ris_date(work: Work) -> str | None:
    """Give ``2012/09/05/``, the slashes kept where a part is unknown, as the format wants it."""
    parts = date_parts(work)
    if len(parts) < 2:
        return None
    return f"{parts[0]}/{parts[1]:02}/{f'{parts[2]:02}' if len(parts) == 3 else ''}/"
