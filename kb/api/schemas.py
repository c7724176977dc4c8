"""JSON Schemas of what the API answers: read off their kinds, and written out where an answer joins several."""

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from types import NoneType, UnionType
from typing import Any, Literal, get_args, get_origin, get_type_hints, is_typeddict

from indexer.documents import Evidence
from indexer.model import SECTION_KINDS, Article, Attribute, Attributes, Citation, Dropped, Reference, Warning, Work
from kb.evidence import Overview
from kb.export.csl import CSL_TYPES
from kb.export.styles import STYLES
from kb.model import ARTICLE_FACETS, WORK_FACETS, CareCard, FacetValue, Snippet
from kb.suggest import Suggestion

Schema = dict[str, Any]

PLAIN_TYPES: Mapping[object, str] = {str: "string", int: "integer", float: "number", bool: "boolean", NoneType: "null"}
TEXT: Schema = {"type": "string"}
NULLABLE: Schema = {"type": ["string", "null"]}
COUNT: Schema = {"type": "integer", "minimum": 0}
NUMBERED: Schema = {"type": ["integer", "null"]}


def schema_of(kind: Any) -> Schema:
    """Give the JSON Schema of str, int, float, bool, None, tuples, mappings, unions, and of kinds with named fields."""
    if kind in PLAIN_TYPES:
        return {"type": PLAIN_TYPES[kind]}
    if is_dataclass(kind) or is_typeddict(kind) or hasattr(kind, "_fields"):
        return an_object({name: schema_of(part) for name, part in get_type_hints(kind).items()})
    origin, parts = get_origin(kind), get_args(kind)
    if origin is Literal:
        return {"enum": list(parts)}
    if origin is UnionType or str(origin) == "typing.Union":
        return _union([schema_of(part) for part in parts])
    if origin is tuple:
        return a_list(schema_of(parts[0]))
    if origin is not None and issubclass(origin, Mapping):
        return {"type": "object", "additionalProperties": schema_of(parts[1])}
    raise TypeError(f"no JSON Schema for {kind}")


def an_object(properties: Mapping[str, Schema], optional: tuple[str, ...] = ()) -> Schema:
    """Give the schema of an object with exactly these names, all there but the optional ones."""
    required = [name for name in properties if name not in optional]
    return {"type": "object", "properties": dict(properties), "required": required, "additionalProperties": False}


def a_list(items: Schema) -> Schema:
    """Give the schema of a list of `items`."""
    return {"type": "array", "items": items}


def ref(name: str) -> Schema:
    """Point to a schema of the document."""
    return {"$ref": f"#/components/schemas/{name}"}


def build_schemas() -> dict[str, Schema]:
    """Give all schemas of the document by name."""
    plain = (Snippet, FacetValue, CareCard, Citation, Reference, Evidence, Dropped, Warning, Attribute, Overview)
    return {kind.__name__: schema_of(kind) for kind in plain} | {
        "ArticleHit": _article_hit(),
        "WorkHit": _work_hit(),
        "Results": _results(),
        "Article": _article(),
        "Work": _work(),
        "Areas": a_list(
            an_object({"slug": TEXT, "label": TEXT, "parent": NULLABLE, "names": a_list(TEXT), "articles": COUNT})
        ),
        "Symptoms": a_list(_symptom()),
        "Suggestions": an_object({"suggestions": a_list(schema_of(Suggestion))}),
        "CslItems": a_list(_csl_item()),
        "Problem": _problem(),
    }


def _union(schemas: list[Schema]) -> Schema:
    if all(set(schema) == {"type"} for schema in schemas):
        return {"type": [schema["type"] for schema in schemas]}
    return {"anyOf": schemas}


def _article_hit() -> Schema:
    lists = dict.fromkeys(("areas", "symptoms", "authors"), a_list(TEXT))
    counts = dict.fromkeys(("references", "sentences", "cited", "warnings"), COUNT)
    texts = {"updated": NULLABLE, "source": NULLABLE, "source_url": NULLABLE}
    return an_object({"slug": TEXT} | _hit() | lists | texts | counts)


def _work_hit() -> Schema:
    texts = dict.fromkeys(("container", "host", "doi", "pmid", "pmcid"), NULLABLE)
    own = {"authors": a_list(TEXT), "et_al": {"type": "boolean"}, "year": NUMBERED}
    return an_object({"work": TEXT} | _hit() | own | texts | {"citations": COUNT, "articles": COUNT})


def _hit() -> dict[str, Schema]:
    return {"title": TEXT, "score": {"type": "number"}, "snippets": a_list(ref("Snippet"))}


def _results() -> Schema:
    facets = {name: a_list(ref("FacetValue")) for name in dict.fromkeys(ARTICLE_FACETS + WORK_FACETS)}
    return an_object(
        {
            "kind": {"enum": ["article", "work"]},
            "total": COUNT,
            "page": {"type": "integer", "minimum": 1},
            "pages": COUNT,
            "took_ms": {"type": "number", "minimum": 0},
            "generation": COUNT,
            "understood": TEXT,
            "suggestion": NULLABLE,
            "missing": a_list(TEXT),
            "notes": a_list(TEXT),
            "care": a_list(ref("CareCard")),
            "hits": a_list({"anyOf": [ref("ArticleHit"), ref("WorkHit")]}),
            "facets": an_object(facets, optional=tuple(facets)),
        }
    )


def _article() -> Schema:
    hints = get_type_hints(Article)
    section = {"kind": {"enum": list(SECTION_KINDS)}, "heading": TEXT, "anchor": TEXT, "text": TEXT}
    mark = {"numbers": a_list({"type": "integer"}), "section": TEXT, "sentence": TEXT}
    joined = {
        "attributes": an_object({field.name: a_list(ref("Attribute")) for field in fields(Attributes)}),
        "sections": a_list(an_object(section)),
        "references": a_list(ref("Reference")),
        "marks": a_list(an_object(mark)),
        "dropped": a_list(ref("Dropped")),
        "warnings": a_list(ref("Warning")),
    }
    added = {"evidence": a_list(ref("Evidence")), "works": a_list(TEXT), "care": a_list(ref("CareCard"))}
    return an_object(
        {field.name: joined.get(field.name) or schema_of(hints[field.name]) for field in fields(Article)} | added
    )


def _work() -> Schema:
    schema = schema_of(Work)
    formatted = an_object(dict.fromkeys(STYLES, TEXT))
    return an_object(schema["properties"] | {"formatted": formatted, "citations": a_list(ref("Citation"))})


def _symptom() -> Schema:
    lists = {"names": a_list(TEXT), "areas": a_list(TEXT)}
    return an_object({"slug": TEXT, "label": TEXT, "clinical": NULLABLE} | lists | {"articles": COUNT})


def _csl_item() -> Schema:
    names = ("title", "container-title", "publisher", "volume", "issue", "page", "DOI", "PMID", "PMCID", "URL", "note")
    author = an_object(
        dict.fromkeys(("family", "given", "suffix", "literal"), TEXT), ("family", "given", "suffix", "literal")
    )
    issued = an_object({"date-parts": a_list(a_list({"type": "integer"}))})
    known = {"id": TEXT, "type": {"enum": list(CSL_TYPES.values())}}
    more = {"author": a_list(author), "issued": issued} | dict.fromkeys(names, TEXT)
    return an_object(known | more, optional=tuple(more))


def _problem() -> Schema:
    return an_object(
        {
            "type": {"type": "string", "format": "uri-reference"},
            "title": TEXT,
            "status": {"type": "integer"},
            "detail": TEXT,
            "instance": {"type": "string", "format": "uri-reference"},
        }
    )
