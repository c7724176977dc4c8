"""Whatever is asked of the pages: never a 500, and never a word of the question that is not escaped."""

import pytest
import schemathesis
from hypothesis import HealthCheck, settings
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error

from kb.api.openapi import build_document
from kb.app import create_app
from kb.site import Site

EXAMPLES = 20  # for each page
PLAIN = {"Accept-Encoding": "identity"}
PATHS = (
    "/articles/{name}",
    "/works/{name}",
    "/works/doi/{name}",
    "/works/pmid/{name}",
    "/works/pmcid/{name}",
    "/areas/{name}",
    "/symptoms/{name}",
    "/static/{name}",
    "/{name}",
)
PAYLOADS = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "'><svg/onload=alert(1)>",
    "javascript:alert(1)//<x>",
    "{{7*7}}<%= 7*7 %>",
    "</title><b>",
    "<mark id=x>",
)
NAMES = ("q", "kind", "sort", "page", "area", "symptom", "section", "author", "source", "year", "container", "since")


def describe_pages():
    """Give the pages in the words of OpenAPI: the search and the evidence with the parameters of their API twins."""
    paths = build_document()["paths"]
    name = {"name": "name", "in": "path", "required": True, "schema": {"type": "string"}}
    pages = {"/": paths["/api/search"]["get"]["parameters"], "/evidence": paths["/api/evidence"]["get"]["parameters"]}
    pages |= {path: [name] for path in PATHS} | {path: [] for path in ("/areas", "/symptoms", "/api", "/healthz")}
    answers = {"responses": {"200": {"description": "A page."}}}
    described = {path: {"get": answers | {"parameters": parameters}} for path, parameters in pages.items()}
    return {"openapi": "3.1.0", "info": {"title": "Pages", "version": "1"}, "paths": described}


app = create_app("not-yet")
schema = schemathesis.openapi.from_dict(describe_pages())
schema.app = app
schema.config.generation.update(modes=[GenerationMode.POSITIVE, GenerationMode.NEGATIVE])


@pytest.fixture(scope="module", autouse=True)
def _indexed(index):
    app.extensions["site"] = Site(index)


@schema.parametrize()
@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
def test_no_question_breaks_a_page(case):
    case.call_and_validate(checks=[not_a_server_error], headers=PLAIN)


@pytest.mark.parametrize("payload", PAYLOADS)
@pytest.mark.parametrize("path", ["/", "/evidence", "/areas", "/symptoms"])
def test_what_was_asked_stands_escaped_on_the_page(path, payload):
    client = app.test_client()
    for name in NAMES:
        for value in (payload, f"pain {payload}"):
            answer = client.get(path, query_string={name: value, "kind": "work" if name == "container" else "article"})
            assert answer.status_code in (200, 400)
            assert payload not in answer.text
            assert "<img src=x" not in answer.text


@pytest.mark.parametrize("payload", PAYLOADS)
@pytest.mark.parametrize("path", PATHS)
def test_what_stands_in_the_address_is_escaped_on_the_page(path, payload):
    answer = app.test_client().get(path.format(name=payload), follow_redirects=True)
    assert answer.status_code == 404
    assert payload not in answer.text
