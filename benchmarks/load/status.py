"""Single honest requests to the API, through the standard library's client."""

import http.client
import json
from typing import Any

WAIT_SECONDS = 30


def post_json(
    port: int, path: str, body: bytes, *, headers: dict[str, str] | None = None, source: str = ""
) -> tuple[int, dict[str, str], Any]:
    """POST JSON; gives status, headers (lower case) and the answer's JSON.

    ``source`` is the loopback address to call from.
    """
    origin = (source, 0) if source else None
    connection = http.client.HTTPConnection("127.0.0.1", port, WAIT_SECONDS, source_address=origin)
    try:
        connection.request(
            "POST", path, body, {"Content-Type": "application/json", **(headers or {})}
        )
        answer = connection.getresponse()
        named = {name.lower(): value for name, value in answer.getheaders()}
        return answer.status, named, json.loads(answer.read() or b"null")
    finally:
        connection.close()


def ask_status(port: int, *, code: str) -> tuple[int, Any]:
    """Ask where a report stands; gives the HTTP status and the answer."""
    status, _, answer = post_json(
        port, "/api/v1/receipts:status", json.dumps({"receipt_code": code}).encode()
    )
    return status, answer
