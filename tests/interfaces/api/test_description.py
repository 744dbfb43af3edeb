"""The OpenAPI description says what the API does."""

import json
from typing import TYPE_CHECKING

from tipline.interfaces.api.app import ROUTES
from tipline.interfaces.api.openapi import OPERATIONS, describe_api

if TYPE_CHECKING:
    from tests.interfaces.conftest import Door

HUMAN = {("/receipts:status", "get"), ("/openapi.json", "get")}


def test_every_address_is_described() -> None:
    served = {(path, method.lower()) for path, methods in ROUTES.items() for method in methods}
    assert set(OPERATIONS) == served - HUMAN


def test_every_reference_leads_somewhere() -> None:
    described = describe_api("https://tip.example")
    schemas = described["components"]["schemas"]
    text = json.dumps(described)
    names = {part.split('"')[0] for part in text.split("#/components/schemas/")[1:]}
    assert names <= set(schemas)


def test_the_contract_names_stay() -> None:
    schemas = describe_api("")["components"]["schemas"]
    assert list(schemas["Filed"]["properties"]) == [
        "receipt_code", "leaf_index", "proof_url", "status_url",
    ]  # fmt: skip
    assert list(schemas["Submission"]["properties"]) == [
        "text", "subjects", "occurred_at", "came_by", "losses", "contact", "language", "region",
    ]  # fmt: skip
    assert schemas["Submission"]["required"] == ["text"]
    assert {"amount", "currency", "from", "to"} == set(schemas["Loss"]["properties"])


def test_it_is_served(door: "Door") -> None:
    answer = door.get("/api/v1/openapi.json")
    assert answer.json["openapi"] == "3.1.0"
    assert answer.json["servers"] == [{"url": "https://tip.example/api/v1"}]
    assert door.ask("HEAD", "/api/v1/openapi.json").body == b""


def test_every_status_that_is_answered_is_described(door: "Door") -> None:
    described = describe_api("")["paths"]["/reports"]["post"]["responses"]
    assert {"201", "400", "401", "409", "413", "415", "422", "503"} <= set(described)
    assert door.post_json("/api/v1/reports", b"{").headers["content-type"] == next(
        iter(described["400"]["content"])
    )
