"""The ledger's public files, for mirrors, witnesses and verifiers.

Addresses and bodies are those of c2sp.org/tlog-tiles, under /log.
"""

import asyncio
import re

from tipline.interfaces.doorway.answers import Headers, send_answer
from tipline.interfaces.doorway.bodies import Receive, Scope, Send
from tipline.interfaces.doorway.doorway import get_doorway
from tipline.vault import Vault

PREFIX = "/log/"
TILE_WIDTH = 256
LEVEL_MAX = 63
TEXT = b"text/plain; charset=utf-8"
BYTES = b"application/octet-stream"
FRESH: Headers = ((b"cache-control", b"no-cache"), (b"access-control-allow-origin", b"*"))
FOREVER: Headers = (
    (b"cache-control", b"public, max-age=31536000, immutable"),
    (b"access-control-allow-origin", b"*"),
)
_TILE = re.compile(
    r"tile/(?P<level>entries|0|[1-9][0-9]?)/(?P<number>(?:x[0-9]{3}/){0,5}[0-9]{3})"
    r"(?:\.p/(?P<width>[1-9][0-9]{0,2}))?"
)


async def serve_ledger(scope: Scope, _receive: Receive, send: Send) -> None:
    """Answer one request under /log/."""
    vault, path = get_doorway(scope).vault, scope["path"].removeprefix(PREFIX)
    if scope["method"] not in {"GET", "HEAD"}:
        await send_answer(
            scope,
            send,
            status=405,
            body=b"GET only\n",
            kind=TEXT,
            headers=((b"allow", b"GET, HEAD"),),
        )
        return
    body = await asyncio.to_thread(_read, vault, path)
    if body is None:
        await send_answer(scope, send, status=404, body=b"not found\n", kind=TEXT)
    elif path == "checkpoint":
        await send_answer(scope, send, status=200, body=body, kind=TEXT, headers=FRESH)
    else:
        await send_answer(scope, send, status=200, body=body, kind=BYTES, headers=FOREVER)


def _read(vault: Vault, path: str) -> bytes | None:
    if path == "checkpoint":
        return vault.checkpoint()
    found = _TILE.fullmatch(path)
    width = int(found["width"] or TILE_WIDTH) if found else 0
    if not found or not 0 < width <= TILE_WIDTH or (found["width"] and width == TILE_WIDTH):
        return None
    number = int(found["number"].replace("x", "").replace("/", ""))
    if found["level"] == "entries":
        return vault.entries(number, width)
    level = int(found["level"])
    return vault.tile(level, number, width) if level <= LEVEL_MAX else None
