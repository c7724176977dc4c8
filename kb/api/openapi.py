"""The OpenAPI 3.1 document of the API, and of the files that works can be had as."""

from collections.abc import Mapping
from functools import cache
from typing import Any

from indexer.model import SECTION_KINDS
from kb.api.problems import MEDIA_TYPE
from kb.api.schemas import Schema, a_list, build_schemas, ref
from kb.evidence import EARLIEST
from kb.export.forms import FORMATS
from kb.model import SORTS
from kb.questions import MAX_FILTERS, MAX_PAGE, MAX_TEXT, MAX_VALUE, filter_names

VERSION = "1.0.0"  # of the API: the first number is raised when an answer loses or renames something

Operation = dict[str, Any]
Parameter = dict[str, Any]

FACETS: Mapping[str, str] = {
    "area": "Body area: slug, label or synonym in any case; a parent includes its children.",
    "symptom": "Symptom: slug, label or any of its names.",
    "section": "Kind of section that a word of the question stands in.",
    "author": "Author of the article, as printed.",
    "source": "Web host the article comes from.",
    "year": "Year of the article's date, or of the work's publication.",
    "cited": "Whether the article cites any source: yes or no.",
    "cites": "Id of a work that the article cites.",
    "work_year": "Year of a work that the article cites.",
    "unsourced": "Kind of section in which no sentence cites a source.",
    "container": "Journal or other container of the work.",
    "host": "Web host of the work's address.",
    "id_type": "Identifier the work has: doi, pmid, pmcid or none.",
    "article": "Slug of an article that cites the work.",
}
PROBLEMS = {
    400: "A parameter cannot be understood; the detail says what to change.",
    404: "There is nothing under this name.",
    414: "The address is too long.",
    429: "Too many requests in a short time.",
    503: "There is no index that can be read now.",
}
LATER = (429, 503)  # what may go well when asked again
TAG = {"ETag": {"description": "Changes with each generation of the index.", "schema": {"type": "string"}}}
RETRY = {"Retry-After": {"description": "Seconds after which to try again.", "schema": {"type": "string"}}}
UNCHANGED = {"description": "Nothing has changed since the answer with the tag sent in If-None-Match.", "headers": TAG}


@cache
def build_document() -> dict[str, Any]:
    """Give the whole document; built once a process and not to be changed."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Symptom knowledge base",
            "version": VERSION,
            "description": "Symptom articles, the works they cite and the sentences that cite them, read only.",
            "license": {"name": "MIT", "identifier": "MIT"},
        },
        "servers": [{"url": "/"}],
        "paths": {path: {"get": operation} for path, operation in _operations().items()},
        "components": {"schemas": build_schemas()},
    }


def _operations() -> dict[str, Operation]:
    slug, work_id = _in_path("slug", "Slug of an article."), _in_path("id", "Id of a work.")
    typed = [_in_query("q", "What was typed so far.", {"type": "string"})]
    operations = {
        "/api/search": _operation(
            "search", "Results, facets and what was understood", _question_parameters(), ref("Results")
        ),
        "/api/suggest": _operation("suggest", "What a typed text may become", typed, ref("Suggestions")),
        "/api/articles/{slug}": _operation("article", "One article with its evidence", [slug], ref("Article")),
        "/api/works/{id}": _operation("work", "One work with every sentence that cites it", [work_id], ref("Work")),
        "/api/areas": _operation("areas", "The tree of body areas", [], ref("Areas")),
        "/api/symptoms": _operation("symptoms", "All symptoms with their names", [], ref("Symptoms")),
        "/api/evidence": _operation(
            "evidence", "What cites a source and what does not", _evidence_parameters(), ref("Overview")
        ),
        "/api/openapi.json": {
            "operationId": "openapi",
            "summary": "This document",
            "responses": {"200": _body("The document.", {"application/json": {"schema": {"type": "object"}}})},
        },
    }
    for suffix, form in FORMATS.items():
        schema = ref("CslItems") if suffix == "json" else {"type": "string"}
        media = {form.media_type: {"schema": schema}}
        many, one = f"All found works as {form.label}", f"One work as {form.label}"
        operations[f"/works.{suffix}"] = _operation(f"works_{suffix}", many, _work_parameters(), media=media)
        operations[f"/works/{{id}}.{suffix}"] = _operation(f"work_{suffix}", one, [work_id], media=media)
    return operations


def _operation(
    name: str,
    summary: str,
    parameters: list[Parameter],
    schema: Schema | None = None,
    media: Mapping[str, Any] | None = None,
) -> Operation:
    content = media or {"application/json": {"schema": schema}}
    has_path = any(parameter["in"] == "path" for parameter in parameters)
    codes = [code for code in PROBLEMS if code != 404 or has_path]
    responses = {"200": _body(f"{summary}.", content, TAG), "304": UNCHANGED}
    for code in codes:
        problem = {MEDIA_TYPE: {"schema": ref("Problem")}}
        responses[str(code)] = _body(PROBLEMS[code], problem, RETRY if code in LATER else {})
    return {"operationId": name, "summary": summary, "parameters": parameters, "responses": responses}


def _body(description: str, content: Mapping[str, Any], headers: Mapping[str, Any] | None = None) -> dict[str, Any]:
    return {"description": description, "content": content} | ({"headers": headers} if headers else {})


def _question_parameters() -> list[Parameter]:
    sorts = list(dict.fromkeys(SORTS["article"] + SORTS["work"]))
    both = dict.fromkeys(filter_names("article") + filter_names("work"))
    by_kind = "; ".join(f"{kind}: {', '.join(names)}" for kind, names in SORTS.items())
    order = "Order of the results; without words “relevance” is by title for articles, by times cited for works."
    return [
        _in_query("kind", "What to find.", {"enum": ["article", "work"], "default": "article"}),
        _words(),
        *map(_facet, both),
        _in_query("sort", f"{order} {by_kind}.", {"enum": sorts, "default": "relevance"}),
        _in_query("page", "Page of ten results.", {"type": "integer", "minimum": 1, "maximum": MAX_PAGE, "default": 1}),
    ]


def _work_parameters() -> list[Parameter]:
    order = _in_query("sort", "Order of the works.", {"enum": list(SORTS["work"]), "default": "relevance"})
    return [_words(), *map(_facet, filter_names("work")), order]


def _evidence_parameters() -> list[Parameter]:
    year, page = {"type": "integer", "minimum": EARLIEST}, {"type": "integer", "minimum": 1, "maximum": MAX_PAGE}
    return [
        _in_query("area", FACETS["area"], {"type": "string"}),
        _in_query("since", "Only articles that cite a work of this year or later, at most next year.", year),
        _in_query("unsourced", FACETS["unsourced"], {"enum": list(SECTION_KINDS)}),
        _in_query("page", "Page of articles.", page),
    ]


def _words() -> Parameter:
    text = "Words, “phrases”, field:word, -not, OR, prefix*, ~fuzzy; nothing is ever a syntax error."
    return _in_query("q", text, {"type": "string", "maxLength": MAX_TEXT})


def _facet(name: str) -> Parameter:
    values = a_list({"type": "string", "maxLength": MAX_VALUE}) | {"maxItems": MAX_FILTERS}
    return _in_query(name, f"{FACETS[name]} Repeat it for any of several values.", values)


def _in_query(name: str, description: str, schema: Schema) -> Parameter:
    return {"name": name, "in": "query", "description": description, "schema": schema}


def _in_path(name: str, description: str) -> Parameter:
    return {"name": name, "in": "path", "required": True, "description": description, "schema": {"type": "string"}}
