"""Requests made from the OpenAPI document, right and wrong ones: nothing fails, nothing differs from it.

Schemathesis asks the running application, with the real encoder, the same bounded number of questions each
time.
"""

import httpx
import pytest
import schemathesis
from hypothesis import HealthCheck, settings
from schemathesis.config import SchemathesisConfig

from server.openapi import document
from tests.server.conftest import Served

EXAMPLES = 12  # of each operation; all together half a minute
DESCRIBED = document("Trợ lý Nghị quyết", "0.1.0")
# Beside the usual ways to refuse: 413, because a list that is too long is more than the server reads.
# A question without letters, n=2 or another model are refused by what they mean, which no schema says.
REFUSING = {
    "negative_data_rejection": {"expected-statuses": ["4xx"]},
    "positive_data_acceptance": {"enabled": False},
}
CONFIG = SchemathesisConfig.from_dict({"checks": REFUSING})
schema = schemathesis.openapi.from_dict(DESCRIBED, config=CONFIG)


@schema.parametrize()
@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))
def test_responses_are_as_the_document_says(case: schemathesis.Case, served: Served) -> None:
    case.call_and_validate(base_url=served.address)


def test_the_document_that_is_served_is_the_one_that_was_tested(client: httpx.Client) -> None:
    told = client.get("/openapi.json").json()
    assert told["paths"] == DESCRIBED["paths"] and told["components"] == DESCRIBED["components"]


def test_everything_is_described_in_words() -> None:
    for path, operations in DESCRIBED["paths"].items():
        for method, operation in operations.items():
            assert operation["summary"] and operation["description"], f"{method} {path}"
            assert all(one["description"] for one in operation["responses"].values()), f"{method} {path}"
    for name, model in DESCRIBED["components"]["schemas"].items():
        assert model["description"], name


@pytest.mark.parametrize("path", ["/api/ask", "/v1/chat/completions"])
def test_examples_of_the_document_are_taken(client: httpx.Client, path: str) -> None:
    body = DESCRIBED["paths"][path]["post"]["requestBody"]["content"]["application/json"]["schema"]
    model = DESCRIBED["components"]["schemas"][body["$ref"].rpartition("/")[2]]
    sent = {name: field["examples"][0] for name, field in model["properties"].items() if "examples" in field}
    assert client.post(path, json=sent).status_code == 200
