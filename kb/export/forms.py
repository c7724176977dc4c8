"""The forms works are handed out in: BibTeX, RIS and CSL-JSON files, and formatted references."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from indexer.model import Work
from kb.export.bibtex import write_bibtex
from kb.export.csl import write_csl
from kb.export.ris import write_ris
from kb.export.styles import STYLES, Piece, Pieces, StyleName, format_work, plain_text

__all__ = ["FORMATS", "STYLES", "ExportFormat", "Piece", "Pieces", "StyleName", "format_work", "plain_text"]


@dataclass(frozen=True, slots=True)
class ExportFormat:
    """A file format: the suffix of its address, what readers call it, its media type and its writer."""

    suffix: str
    label: str
    media_type: str
    write: Callable[[Iterable[Work]], str]


FORMATS: Mapping[str, ExportFormat] = {
    "bib": ExportFormat("bib", "BibTeX", "application/x-bibtex; charset=utf-8", write_bibtex),
    "ris": ExportFormat("ris", "RIS", "application/x-research-info-systems; charset=utf-8", write_ris),
    "json": ExportFormat("json", "CSL-JSON", "application/vnd.citationstyles.csl+json", write_csl),
}
