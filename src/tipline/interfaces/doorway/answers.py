"""Send an answer: status, headers that every answer of this site has, body."""

from tipline.interfaces.doorway.bodies import Scope, Send

Headers = tuple[tuple[bytes, bytes], ...]

NO_STORE = (b"cache-control", b"no-store")
EVERYWHERE: Headers = (
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
    (b"content-security-policy", b"default-src 'none'; frame-ancestors 'none'"),
)


async def send_answer(
    scope: Scope,
    send: Send,
    *,
    status: int,
    body: bytes,
    kind: bytes,
    headers: Headers = (NO_STORE,),
) -> None:
    """Send a whole answer; the body stays away where only the head was asked for."""
    own = ((b"content-type", kind), (b"content-length", str(len(body)).encode()))
    await send(
        {
            "type": "http.response.start",
            "status": status,
            "headers": [*own, *EVERYWHERE, *headers],
        }
    )
    shown = b"" if scope["method"] == "HEAD" else body
    await send({"type": "http.response.body", "body": shown})
