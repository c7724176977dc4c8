"""The OpenAPI document is valid and names every address of the API, every parameter and every answer."""

import re

import pytest
from openapi_spec_validator import OpenAPIV31SpecValidator

from kb.api.openapi import build_document
from kb.api.schemas import schema_of
from kb.app import create_app
from kb.model import SORTS, Question
from kb.questions import filter_names

OWN_BLUEPRINTS = ("api.", "exports.")
PAGES = {"/api"}  # for people
VARIABLE = re.compile(r"<(?:(any)\(([^)]*)\):)?(?:path:)?([a-z_]+)>")


def described_paths(rule):
    """Give the paths of the document that a rule of the application stands for."""
    path, suffixes = rule, [""]
    for match in VARIABLE.finditer(rule):
        if match[1]:
            suffixes = [name.strip() for name in match[2].split(",")]
            path = path.replace(match[0], "{suffix}")
        else:
            path = path.replace(match[0], "{id}" if match[3] == "work_id" else f"{{{match[3]}}}")
    return {path.replace("{suffix}", suffix) for suffix in suffixes}


@pytest.fixture(scope="module")
def document(tmp_path_factory):
    site = create_app(tmp_path_factory.mktemp("none") / "index").test_client()
    return site.get("/api/openapi.json").json


def test_the_document_is_valid(document):
    assert list(OpenAPIV31SpecValidator(document).iter_errors()) == []


def test_every_route_of_the_api_is_described_and_every_described_route_exists(document, tmp_path):
    rules = [rule for rule in create_app(tmp_path).url_map.iter_rules() if rule.endpoint.startswith(OWN_BLUEPRINTS)]
    paths = {path for rule in rules for path in described_paths(rule.rule)}
    assert paths - PAGES == set(document["paths"])
    assert {method for rule in rules for method in rule.methods} == {"GET", "HEAD", "OPTIONS"}


def test_every_filter_of_the_search_is_a_parameter(document):
    parameters = {p["name"]: p for p in document["paths"]["/api/search"]["get"]["parameters"]}
    filters = {*filter_names("article"), *filter_names("work")}
    assert set(parameters) == {"q", "kind", "sort", "page"} | filters
    assert set(parameters["sort"]["schema"]["enum"]) == {*SORTS["article"], *SORTS["work"]}
    assert parameters["page"]["schema"]["default"] == Question().page


def test_every_filter_of_works_is_a_parameter_of_their_exports(document):
    for suffix in ("bib", "ris", "json"):
        parameters = {p["name"] for p in document["paths"][f"/works.{suffix}"]["get"]["parameters"]}
        assert parameters == {"q", "sort", *filter_names("work")}


def test_operations_have_names_of_their_own(document):
    names = [path["get"]["operationId"] for path in document["paths"].values()]
    assert len(names) == len(set(names))


def test_every_schema_is_used(document):
    text = str(document)
    assert [name for name in document["components"]["schemas"] if f"schemas/{name}'" not in text] == []


def test_a_type_without_schema_is_refused():
    with pytest.raises(TypeError, match="no JSON Schema"):
        schema_of(set)


def test_the_document_is_built_once():
    assert build_document() is build_document()
