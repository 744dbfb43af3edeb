"""The OpenAPI 3.1 description of the API, made from the structs that it takes and gives."""

import functools
import re
from typing import Any

import msgspec

from tipline import __version__
from tipline.domain.intake.submission import CAME_BY, KIND_OF, Submission
from tipline.interfaces.api.calls import Answer, Call
from tipline.interfaces.api.contract import (
    PREFIX,
    Batch,
    CodeGiven,
    Filed,
    FiledBatch,
    ReplyGiven,
    ReplyKept,
    StatusShown,
)
from tipline.interfaces.api.problems import PROBLEMS, ProblemDetails
from tipline.interfaces.doorway.work import Challenge

REF = "#/components/schemas/{name}"
Described = dict[str, Any]
_NO_WORD = re.compile(r"\W+")

RETRY = {
    "name": "Idempotency-Key",
    "in": "header",
    "schema": {"type": "string", "maxLength": 255},
    "description": "A random value of your own, such as a UUID. The same key with the same body "
    "gives the very same answer; with another body it is refused with 409.",
}
WORK = {
    "name": "Tipline-Work",
    "in": "header",
    "schema": {"type": "string"},
    "description": "Solution of a challenge from /work, as base64 of its JSON.",
}
LANGUAGE = {
    "name": "Accept-Language",
    "in": "header",
    "schema": {"type": "string"},
    "description": "Language of titles and reasons: en or zh-Hans.",
}
LEAF = {
    "name": "leaf_index",
    "in": "path",
    "required": True,
    "schema": {"type": "integer", "minimum": 0},
}

FILING = (400, 401, 408, 409, 413, 415, 422, 503)
ASKING = (400, 404, 408, 413, 415, 422)


class Operation(msgspec.Struct, frozen=True, kw_only=True):
    """One call of the API; ``answer`` and ``body`` are structs, or str for plain text."""

    summary: str
    status: int = 200
    answer: Any
    body: Any = None
    parameters: tuple[Described, ...] = ()
    refusals: tuple[int, ...] = ()


OPERATIONS = {
    ("/reports", "post"): Operation(
        summary="File a report",
        body=Submission,
        status=201,
        answer=Filed,
        parameters=(RETRY, WORK),
        refusals=FILING,
    ),
    ("/reports:batch", "post"): Operation(
        summary="File up to 1,000 reports, all or none; a bare list is taken too",
        body=Batch,
        status=201,
        answer=FiledBatch,
        parameters=(RETRY, WORK),
        refusals=FILING,
    ),
    ("/receipts:status", "post"): Operation(
        summary="Read where a report stands", body=CodeGiven, answer=StatusShown, refusals=ASKING
    ),
    ("/receipts:reply", "post"): Operation(
        summary="Answer a question or add to a report",
        body=ReplyGiven,
        status=201,
        answer=ReplyKept,
        parameters=(RETRY,),
        refusals=(*ASKING, 409, 503),
    ),
    ("/proofs/{leaf_index}", "get"): Operation(
        summary="Get the public proof that a leaf is in the ledger (c2sp.org/tlog-proof)",
        answer=str,
        parameters=(LEAF,),
        refusals=(404,),
    ),
    ("/proofs/{leaf_index}", "post"): Operation(
        summary="Get the holder's proof, which also shows what the record says",
        body=CodeGiven,
        answer=str,
        parameters=(LEAF,),
        refusals=ASKING,
    ),
    ("/log-key", "get"): Operation(summary="Get the ledger's verifier key", answer=str),
    ("/work", "get"): Operation(summary="Get a proof-of-work challenge", answer=Challenge),
}

STRUCTS = (
    Submission, Batch, CodeGiven, ReplyGiven, Filed, FiledBatch, ReplyKept, StatusShown,
    ProblemDetails, Challenge,
)  # fmt: skip


async def get_description(call: Call) -> Answer:
    """Give the description."""
    return Answer(200, _write(call.door.settings.public_address))


@functools.cache
def _write(site: str) -> bytes:
    return msgspec.json.format(msgspec.json.encode(describe_api(site)))


def describe_api(site: str) -> Described:
    """Describe the whole API; ``site`` is the address of the public site."""
    _, schemas = msgspec.json.schema_components(STRUCTS, ref_template=REF)
    _name_kinds(schemas)
    paths: dict[str, Described] = {}
    for (path, method), operation in OPERATIONS.items():
        paths.setdefault(path, {})[method] = _describe_operation(path, method, operation)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Tipline intake",
            "version": __version__,
            "license": {"name": "Apache-2.0"},
        },
        "servers": [{"url": site + PREFIX}],
        "security": [{}, {"partner": []}],
        "paths": paths,
        "components": {
            "schemas": schemas,
            "securitySchemes": {"partner": {"type": "http", "scheme": "bearer"}},
        },
    }


def _name_kinds(schemas: Described) -> None:
    # The kinds and ways in are tables of the domain, not types; here they are listed.
    schemas["Subject"]["properties"]["kind"]["examples"] = sorted(KIND_OF)
    schemas["Submission"]["properties"]["came_by"]["examples"] = sorted(CAME_BY)
    schemas["Submission"]["properties"]["text"]["minLength"] = 1


def _describe_operation(path: str, method: str, operation: Operation) -> Described:
    done = {"description": "done", "content": _describe_content(operation.answer)}
    refusals = {str(each): _describe_refusal(each) for each in sorted(set(operation.refusals))}
    told: Described = {
        "operationId": method + _NO_WORD.sub("_", path),
        "summary": operation.summary,
        "parameters": [*operation.parameters, LANGUAGE],
        "responses": {str(operation.status): done, **refusals},
    }
    if operation.body:
        told["requestBody"] = {"required": True, "content": _describe_content(operation.body)}
    return told


def _describe_content(kind: Any) -> Described:
    if kind is str:
        return {"text/plain": {"schema": {"type": "string"}}}
    return {"application/json": {"schema": {"$ref": REF.format(name=kind.__name__)}}}


def _describe_refusal(status: int) -> Described:
    titles = [title for _, (found, title) in PROBLEMS.items() if found == status]
    schema = {"$ref": REF.format(name="ProblemDetails")}
    return {
        "description": "; ".join(titles),
        "content": {"application/problem+json": {"schema": schema}},
    }
