"""A site on loopback that answers as told, byte by byte, and counts who came."""

import asyncio
import contextlib
import threading
from collections.abc import Awaitable, Callable, Iterator

Answer = Callable[[str, dict[str, str], asyncio.StreamWriter], Awaitable[None]]


class Site:
    """``answers`` maps paths to what is sent; ``asked`` lists the paths that came."""

    def __init__(self, answers: dict[str, Answer], *, otherwise: Answer | None = None) -> None:
        self.answers, self.otherwise = answers, otherwise or not_found
        self.asked: list[str] = []
        self.port = 0
        self._writers: set[asyncio.StreamWriter] = set()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def hang_up(self) -> None:
        for writer in self._writers:
            writer.transport.abort()

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._writers.add(writer)
        with contextlib.suppress(OSError, asyncio.IncompleteReadError, asyncio.LimitOverrunError):
            while True:
                head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
                first, *lines = head.split("\r\n")
                path = first.split()[1]
                self.asked.append(path)
                headers = dict(each.lower().split(": ", 1) for each in lines if ": " in each)
                if length := int(headers.get("content-length", 0)):
                    await reader.readexactly(length)
                answer = self.answers.get(path.partition("?")[0], self.otherwise)
                await answer(path, headers, writer)
                await writer.drain()
        writer.close()


def send(
    body: bytes | str = b"",
    *,
    status: str = "200 OK",
    kind: str = "text/html; charset=utf-8",
    **more: str,
) -> Answer:
    """Answer with a body."""
    data = body.encode() if isinstance(body, str) else body
    lines = [f"HTTP/1.1 {status}", f"Content-Type: {kind}", f"Content-Length: {len(data)}"]
    lines += [f"{key.replace('_', '-')}: {value}" for key, value in more.items()]
    head = ("\r\n".join(lines) + "\r\n\r\n").encode()

    async def answer(_path: str, _headers: dict[str, str], writer: asyncio.StreamWriter) -> None:
        writer.write(head + data)

    return answer


not_found = send("gone", status="404 Not Found")


@contextlib.contextmanager
def serving(*sites: Site, host: str = "127.0.0.1") -> Iterator[None]:
    """Serve the sites in a thread of their own."""
    ready, stop = threading.Event(), asyncio.Event()
    loops: list[asyncio.AbstractEventLoop] = []

    async def run() -> None:
        loops.append(asyncio.get_running_loop())
        async with contextlib.AsyncExitStack() as stack:
            for site in sites:
                server = await asyncio.start_server(site.serve, host, site.port, limit=1 << 20)
                await stack.enter_async_context(server)
                site.port = server.sockets[0].getsockname()[1]
            ready.set()
            await stop.wait()
            for site in sites:
                site.hang_up()
            await asyncio.sleep(0.01)

    thread = threading.Thread(target=lambda: asyncio.run(run()), daemon=True)
    thread.start()
    assert ready.wait(5)
    try:
        yield
    finally:
        loops[0].call_soon_threadsafe(stop.set)
        thread.join(5)
