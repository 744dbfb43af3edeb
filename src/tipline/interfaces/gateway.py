"""The public process: owner of the vault, the API, the pages and the ledger's public files.

One ASGI application for granian. No middleware, log or error report of anybody else sees a
request before this module has: nothing that says who sent it is kept anywhere.
"""

import asyncio
import datetime as dt
import gc
import logging
import os
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack, suppress

from django.core.asgi import get_asgi_application

from tipline import settings, wiring
from tipline.interfaces.api.app import serve_api
from tipline.interfaces.doorway.answers import send_answer
from tipline.interfaces.doorway.bodies import Receive, Scope, Send
from tipline.interfaces.doorway.doorway import Doorway
from tipline.interfaces.doorway.mishaps import log_mishap
from tipline.interfaces.ledger import PREFIX as LEDGER, serve_ledger
from tipline.interfaces.public.entrance import Entrance
from tipline.interfaces.public.statics import PREFIX as STATIC, Statics
from tipline.interfaces.serve import die_with_parent
from tipline.vault.files import sweep_orphans

App = Callable[[Scope, Receive, Send], Awaitable[None]]
_log = logging.getLogger("tipline.public")
SWEEP_SECONDS = 3_600
ORPHAN_AGE = dt.timedelta(days=1)  # twice as long as a form may keep its files


class Gateway:
    """Sends each request to its room and keeps the vault open meanwhile."""

    def __init__(self) -> None:
        self._stack = AsyncExitStack()
        self._rooms: tuple[tuple[str, App], ...] = ()
        self._doorway: Doorway | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one ASGI connection."""
        if scope["type"] == "http":
            await self._serve(scope, receive, send)
        elif scope["type"] == "lifespan":
            await self._live(receive, send)

    def furnish(self, doorway: Doorway) -> None:
        """Open the rooms over a doorway."""
        self._doorway = doorway
        self._rooms = (
            ("/api/", serve_api),
            (LEDGER, serve_ledger),
            (STATIC, Statics()),
            ("", Entrance(get_asgi_application())),
        )

    async def open(self) -> None:
        """Open the vault as its owner, with its socket for desk and worker, and the rooms."""
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", settings.__name__)
        vault = await self._stack.enter_async_context(wiring.own_vault(settings.TIPLINE))
        doorway = Doorway.make(settings=settings.TIPLINE, vault=vault)
        self.furnish(doorway)
        sweeper = asyncio.create_task(_keep_sweeping(doorway))
        self._stack.callback(sweeper.cancel)
        gc.freeze()  # what is here now stays: do not walk through it under load

    async def close(self) -> None:
        """Finish what waits and close the vault."""
        await self._stack.aclose()

    async def _live(self, receive: Receive, send: Send) -> None:
        await receive()
        try:
            await self.open()
        except Exception as failed:  # noqa: BLE001 - else granian goes on without a vault
            _log.critical("the public door stays shut: %s", failed)
            await send({"type": "lifespan.startup.failed", "message": str(failed)})
            return
        await send({"type": "lifespan.startup.complete"})
        await receive()
        await self.close()
        await send({"type": "lifespan.shutdown.complete"})

    async def _serve(self, scope: Scope, receive: Receive, send: Send) -> None:
        scope["doorway"] = self._doorway
        path = scope["path"]
        try:
            for prefix, room in self._rooms:
                if path.startswith(prefix):
                    await room(scope, receive, send)
                    return
        except Exception as failed:  # noqa: BLE001 - the server would log it with the request
            log_mishap(failed)
            with suppress(RuntimeError):  # the answer had begun; nothing more can be said
                await send_answer(scope, send, status=500, body=b"failed\n", kind=b"text/plain")


async def _keep_sweeping(doorway: Doorway) -> None:
    # Files of forms that were never sent lie sealed, with keys that nobody has; they go.
    while True:
        await asyncio.to_thread(sweep_files, doorway, now=dt.datetime.now(dt.UTC))
        await asyncio.sleep(SWEEP_SECONDS)


def sweep_files(doorway: Doorway, *, now: dt.datetime) -> int:
    """Remove sealed files older than ``ORPHAN_AGE`` that no record names; tells how many."""
    removed = sweep_orphans(
        doorway.settings.files_dir, is_kept=doorway.vault.has_file, before=now - ORPHAN_AGE
    )
    return len(removed)


def share_cores(count: int) -> None:
    """Keep this thread and those that it will start on the last ``count`` of our cores; 0: on all.

    One thread at a time runs Python, and handing that turn from core to core costs more than the
    second core brings.
    """
    if count and hasattr(os, "sched_setaffinity"):  # Linux
        os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[-count:])


die_with_parent()
share_cores(settings.TIPLINE.public_cores)
app = Gateway()
