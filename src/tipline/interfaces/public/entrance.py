"""In front of Django: take the form out of the request, so that Django never sees a body."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

from tipline.interfaces.doorway.bodies import (
    BodyTooLarge,
    BodyTooSlow,
    Message,
    Receive,
    Scope,
    Send,
    SenderGone,
)
from tipline.interfaces.doorway.doorway import get_doorway
from tipline.interfaces.public.parts import FormBroken
from tipline.interfaces.public.sentform import FileLimits, SentForm, read_form

REFUSALS = {
    BodyTooLarge: "large",
    BodyTooSlow: "slow",
    FormBroken: "broken",
    SenderGone: "broken",  # or still there, after a body that breaks off
}
App = Callable[[Scope, Receive, Any], Awaitable[None]]


class Entrance:
    """Wraps Django's ASGI application."""

    def __init__(self, pages: App) -> None:
        self._pages = pages

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Read the form of a POST, then let the pages answer."""
        scope["form"], scope["refusal"] = SentForm(), ""
        if scope["method"] == "POST":
            try:
                scope["form"] = await read_form(scope, receive, limits=_limit_files(scope))
            except tuple(REFUSALS) as refused:
                scope["refusal"] = REFUSALS[type(refused)]
        rest = _wait_for_ever if scope["refusal"] else receive  # a broken body reads like a leave
        await self._pages(scope, _without_body(rest), send)


def _limit_files(scope: Scope) -> FileLimits:
    settings = get_doorway(scope).settings
    return FileLimits(
        folder=settings.files_dir, count=settings.files_max, size=settings.file_bytes_max
    )


def _without_body(receive: Receive) -> Receive:
    is_given = False

    async def receive_rest() -> Message:
        nonlocal is_given
        while is_given:  # Django only waits for the end of the connection now
            message = await receive()
            if message["type"] == "http.disconnect":
                return message
        is_given = True
        return {"type": "http.request", "body": b"", "more_body": False}

    return receive_rest


async def _wait_for_ever() -> Message:
    never: asyncio.Future[Message] = asyncio.get_running_loop().create_future()
    return await never
