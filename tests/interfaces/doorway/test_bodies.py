"""A body is read within its limits of size and time, and a pause does not outlast them."""

import asyncio

import pytest

from tipline.interfaces.doorway import bodies
from tipline.interfaces.doorway.bodies import (
    BodyTooLarge,
    BodyTooSlow,
    Message,
    Receive,
    SenderGone,
    read_body,
    stream_body,
)

SCOPE = {"headers": []}


def send(*messages: Message, pause: float = 0.0) -> Receive:
    """What an ASGI server hands over: the messages, each after a pause; then it waits for ever."""
    left = list(messages)

    async def receive() -> Message:
        await asyncio.sleep(pause)
        return left.pop(0) if left else await asyncio.Future()

    return receive


def chunk(body: bytes, *, more: bool) -> Message:
    return {"type": "http.request", "body": body, "more_body": more}


async def read_twice(receive: Receive) -> tuple[type[Exception], str]:
    """Read a body that does not come, then wait once more in the same task."""
    try:
        await read_body(SCOPE, receive, limit=100)
    except BodyTooSlow as refused:
        await asyncio.sleep(0)
        return type(refused), "the task goes on"
    raise AssertionError("it came")


def test_chunks_are_joined_in_their_order() -> None:
    receive = send(chunk(b"one ", more=True), chunk(b"two", more=False))
    assert asyncio.run(read_body(SCOPE, receive, limit=7)) == b"one two"


def test_a_body_that_grows_over_the_limit_is_refused() -> None:
    receive = send(chunk(b"1234", more=True), chunk(b"5678", more=False))
    with pytest.raises(BodyTooLarge):
        asyncio.run(read_body(SCOPE, receive, limit=7))


def test_a_sender_that_leaves_is_told_from_one_that_ends() -> None:
    receive = send(chunk(b"half", more=True), {"type": "http.disconnect"})
    with pytest.raises(SenderGone):
        asyncio.run(read_body(SCOPE, receive, limit=100))


def test_a_pause_without_end_is_ended_and_the_task_is_not(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bodies, "GRACE_SECONDS", 0.02)
    receive = send(chunk(b"half", more=True))
    assert asyncio.run(read_twice(receive)) == (BodyTooSlow, "the task goes on")


def test_bytes_that_came_buy_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bodies, "GRACE_SECONDS", 0.05)
    monkeypatch.setattr(bodies, "BYTES_PER_SECOND_MIN", 1)
    receive = send(chunk(b"1", more=True), chunk(b"2", more=False), pause=0.04)
    assert asyncio.run(read_body(SCOPE, receive, limit=100)) == b"12"


def test_a_stream_ends_a_pause_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bodies, "GRACE_SECONDS", 0.02)

    async def read() -> list[bytes]:
        return [each async for each in stream_body(send(chunk(b"half", more=True)))]

    with pytest.raises(BodyTooSlow):
        asyncio.run(read())


def test_who_cancels_the_request_is_not_told_that_the_body_was_slow() -> None:
    async def cancel() -> None:
        reading = asyncio.create_task(read_body(SCOPE, send(), limit=100))
        await asyncio.sleep(0)
        reading.cancel()
        await reading

    with pytest.raises(asyncio.CancelledError):
        asyncio.run(cancel())
