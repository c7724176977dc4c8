"""Works as BibTeX, written by bibtexparser; its LaTeX decoding gives every text back as it was.

Texts are UTF-8 with only what LaTeX would misread replaced. `url` and `doi` are verbatim, as biblatex wants them.
"""

import re
from collections.abc import Iterable

from bibtexparser.library import Library
from bibtexparser.model import Entry, Field
from bibtexparser.writer import BibtexFormat, write

from indexer.model import Work
from kb.export.fields import Name, WorkType, author_names, date_parts, known_text, one_line, work_type

ENTRY_TYPES: dict[WorkType, str] = {"article": "article", "webpage": "online", "book": "book", "document": "misc"}
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")  # macros of every style
LATEX = str.maketrans(
    {
        "\\": r"\textbackslash{}",
        "{": r"\ensuremath{\lbrace}",  # BibTeX counts the brace of \{ too
        "}": r"\ensuremath{\rbrace}",
        "&": r"\&",
        "%": r"\%",
        "$": r"\$",
        "#": r"\#",
        "_": r"\_",
        "~": r"\textasciitilde{}",
        "^": r"\string^",
    }
)
LIGATURE = re.compile(r"-(?=-)|`(?=`)|'(?=')|[?!](?=`)|,(?=,)|<(?=<)|>(?=>)")  # "--" would print a dash
UNSAFE_KEY = re.compile(r"[^A-Za-z0-9:._/+-]")  # {}",=#%~\ and blanks end or break a key
URL_ESCAPES = {"{": "%7B", "}": "%7D", "\\": "%5C", '"': "%22", " ": "%20"}  # what no address has unescaped


def write_bibtex(works: Iterable[Work]) -> str:
    """Give works as one BibTeX file, each under its id."""
    layout = BibtexFormat()  # type: ignore[no-untyped-call]
    layout.block_separator = "\n"
    return write(Library([_build_entry(work) for work in works]), layout)


def escape_latex(text: str) -> str:
    """Give a text as LaTeX that prints it: ``5% & more`` becomes ``5\\% \\& more``."""
    return LIGATURE.sub(r"\g<0>{}", one_line(text).translate(LATEX))


def _build_entry(work: Work) -> Entry:
    fields = [Field(name, f"{{{value}}}") for name, value in _entry_fields(work) if value]
    if len(parts := date_parts(work)) > 1:
        fields.append(Field("month", MONTHS[parts[1] - 1]))
    return Entry(ENTRY_TYPES[work_type(work)], UNSAFE_KEY.sub("-", work.id), fields)


def _entry_fields(work: Work) -> Iterable[tuple[str, str | None]]:
    kind = work_type(work)
    texts = {
        "title": work.title,
        "journal" if kind == "article" else "organization" if kind == "webpage" else "series": work.container,
        "publisher": work.publisher,
        "volume": work.volume,
        "number": work.issue,
        "pages": work.pages,
        "note": None if work.title else work.raw,
    }
    names = [_bibtex_name(name) for name in author_names(work)]
    yield "author", " and ".join([*names, "others"] if names and work.et_al else names)
    for name, text in texts.items():
        if known := known_text(text):
            yield name, escape_latex(known)
    for name, part in zip(("year", "", "day"), date_parts(work), strict=False):
        yield name, str(part) if name else None  # the month is a macro, without braces
    for name, text in {"doi": work.doi, "pmid": work.pmid, "pmcid": work.pmcid, "url": work.url}.items():
        yield name, _verbatim(text)


def _bibtex_name(name: Name) -> str:
    if name.given is None:
        return f"{{{escape_latex(name.family)}}}"
    return ", ".join(_protect(part) for part in (name.family, name.suffix, name.given) if part)


def _protect(part: str) -> str:
    """Give a part of a name, in braces when BibTeX would split it at a comma or an "and"."""
    escaped = escape_latex(part)
    return f"{{{escaped}}}" if "," in part or "and" in part.lower().split() else escaped


def _verbatim(text: str | None) -> str | None:
    known = known_text(text)
    return "".join(URL_ESCAPES.get(letter, letter) for letter in known) if known else None
