"""Whatever is asked of the API: never a 500, and every answer is one that the OpenAPI document describes."""

import pytest
import schemathesis
from hypothesis import HealthCheck, settings
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
    unsupported_method,
)

from kb.app import create_app
from kb.site import Site

EXAMPLES = 25  # for each of the addresses
PLAIN = {"Accept-Encoding": "identity"}  # without a network between, nothing unpacks what was packed
CHECKS = (
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    unsupported_method,
)


app = create_app("not-yet")  # the document needs no index; the tests get theirs below
schema = schemathesis.openapi.from_wsgi("/api/openapi.json", app)
schema.config.generation.update(modes=[GenerationMode.POSITIVE, GenerationMode.NEGATIVE])


@pytest.fixture(scope="module", autouse=True)
def _indexed(index):
    app.extensions["site"] = Site(index)


@schema.parametrize()
@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
def test_no_question_breaks_the_api(case):
    case.call_and_validate(checks=list(CHECKS), headers={"Accept-Encoding": "identity"})  # this client unpacks nothing
