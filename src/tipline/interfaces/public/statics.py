"""Style, script, picture and verifier of the public site, read once and served from memory."""

from collections.abc import Callable
from pathlib import Path
from typing import Any
from wsgiref.headers import Headers

from asgiref.wsgi import WsgiToAsgi
from whitenoise import WhiteNoise

from tipline.interfaces.doorway.answers import EVERYWHERE
from tipline.interfaces.doorway.bodies import Message, Receive, Scope, Send

PREFIX = "/static/"
FOLDER = Path(__file__).parent / "static"
MAX_AGE_SECONDS = 600
Environ = dict[str, Any]
StartResponse = Callable[[str, list[tuple[str, str]]], object]


class Statics:
    """Serves ``static/`` with the headers of every answer."""

    def __init__(self) -> None:
        self._files = WsgiToAsgi(  # type: ignore[no-untyped-call]  # asgiref types it so
            WhiteNoise(
                _answer_missing,
                root=FOLDER,
                prefix=PREFIX,
                max_age=MAX_AGE_SECONDS,
                allow_all_origins=False,
                add_headers_function=_add_headers,
            )
        )

    async def __call__(self, scope: Scope, _receive: Receive, send: Send) -> None:
        """Answer one request under /static/; its body, if any, is not looked at."""

        async def send_on(message: Message) -> None:  # asgiref asks for a coroutine function
            await send(message)

        await self._files(scope, _receive_nothing, send_on)


async def _receive_nothing() -> Message:
    return {"type": "http.request", "body": b"", "more_body": False}


def _add_headers(headers: Headers, _path: str, _url: str) -> None:
    for name, value in EVERYWHERE:
        headers[name.decode()] = value.decode()


def _answer_missing(_environ: Environ, start_response: StartResponse) -> list[bytes]:
    start_response("404 Not Found", [("Content-Type", "text/plain; charset=utf-8")])
    return [b"not found\n"]
