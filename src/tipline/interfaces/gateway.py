"""The public process: owner of the vault, the API, the pages and the ledger's public files.

One ASGI application for granian. No middleware, log or error report of anybody else sees a
request before this module has: nothing that says who sent it is kept anywhere.
"""

import gc
import os
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack, suppress

import django
from django.core.asgi import get_asgi_application

from tipline import settings, wiring
from tipline.interfaces.api.app import serve_api
from tipline.interfaces.api.contract import PREFIX as API
from tipline.interfaces.doorway.answers import send_answer
from tipline.interfaces.doorway.bodies import Receive, Scope, Send, SenderGone
from tipline.interfaces.doorway.doorway import Doorway
from tipline.interfaces.doorway.mishaps import log_mishap
from tipline.interfaces.ledger import PREFIX as LEDGER, serve_ledger
from tipline.interfaces.public.entrance import Entrance
from tipline.interfaces.public.statics import PREFIX as STATIC, Statics

App = Callable[[Scope, Receive, Send], Awaitable[None]]


class Gateway:
    """Sends each request to its room and keeps the vault open meanwhile."""

    def __init__(self, doorway: Doorway | None = None) -> None:
        self.doorway = doorway
        self._stack = AsyncExitStack()
        pages = Entrance(get_asgi_application())
        self._rooms: tuple[tuple[str, App], ...] = (
            (API, serve_api),
            (LEDGER, serve_ledger),
            (STATIC, Statics()),
            ("/", pages),
        )

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one ASGI connection."""
        if scope["type"] == "lifespan":
            await self._live(receive, send)
        elif scope["type"] == "http":
            await self._serve(scope, receive, send)

    async def open(self) -> None:
        """Open the vault as its owner, with its socket for desk and worker."""
        vault = await self._stack.enter_async_context(wiring.own_vault(settings.TIPLINE))
        self.doorway = Doorway.make(settings=settings.TIPLINE, vault=vault)
        gc.freeze()  # what is here now stays: do not walk through it under load

    async def close(self) -> None:
        """Finish what waits and close the vault."""
        await self._stack.aclose()

    async def _live(self, receive: Receive, send: Send) -> None:
        await receive()
        await self.open()
        await send({"type": "lifespan.startup.complete"})
        await receive()
        await self.close()
        await send({"type": "lifespan.shutdown.complete"})

    async def _serve(self, scope: Scope, receive: Receive, send: Send) -> None:
        scope["doorway"] = self.doorway
        path = scope["path"]
        room = next(
            (app for prefix, app in self._rooms if path.startswith(prefix)), self._rooms[-1][1]
        )
        try:
            await room(scope, receive, send)
        except SenderGone:
            return
        except Exception as failed:  # noqa: BLE001 - the server would log it with the request
            log_mishap(failed)
            with suppress(RuntimeError):  # the answer had begun; nothing more can be said
                await send_answer(scope, send, status=500, body=b"failed\n", kind=b"text/plain")


def _make_app() -> Gateway:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tipline.settings")
    django.setup()
    return Gateway()


app = _make_app()
