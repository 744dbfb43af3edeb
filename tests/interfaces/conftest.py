"""The public door in this process: the real gateway over a real vault, and a client to knock."""

import asyncio
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from django.test import override_settings

from tipline import wiring
from tipline.interfaces.doorway.doorway import Doorway
from tipline.interfaces.gateway import Gateway
from tipline.settings import Settings
from tipline.vault import Opened, open_record

SOURCE = Path(wiring.__file__).parent
PUBLIC_SIDE = {
    "ROOT_URLCONF": "tipline.interfaces.public.urls",
    "INSTALLED_APPS": ["django.contrib.staticfiles", "tipline.interfaces.public"],
    "MIDDLEWARE": ["tipline.interfaces.public.middleware.dress_pages"],
    "LOCALE_PATHS": [SOURCE / "interfaces" / "public" / "locale"],
}
Headers = dict[str, str]
Part = tuple[str, str] | tuple[str, str, bytes, str]  # name, value | name, file name, bytes, type


@dataclass
class Answer:
    """What came back."""

    status: int
    headers: Headers
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()

    @property
    def json(self) -> Any:
        return json.loads(self.body)

    def find_hidden(self, name: str) -> str:
        """Value of the first hidden field of that name."""
        found = re.search(rf'name="{name}" value="([^"]*)"', self.text)
        assert found, f"no hidden field {name}"
        return found[1]


@dataclass
class Door:
    """A running public side."""

    runner: asyncio.Runner
    gateway: Gateway
    doorway: Doorway
    peer: tuple[str, int] = ("127.0.0.1", 50_000)
    headers: Headers = field(default_factory=dict)

    @property
    def settings(self) -> Settings:
        return self.doorway.settings

    def ask(
        self, method: str, path: str, body: bytes | Sequence[bytes] = b"", **headers: str
    ) -> Answer:
        """Send one request; ``body`` may be a list of chunks."""
        return self.runner.run(self._ask(method, path, body, headers))

    async def _ask(
        self, method: str, path: str, body: bytes | Sequence[bytes], headers: Headers
    ) -> Answer:
        chunks = [body] if isinstance(body, bytes) else list(body)
        given = {name.replace("_", "-").lower(): value for name, value in headers.items()}
        messages = [
            {"type": "http.request", "body": chunk, "more_body": at + 1 < len(chunks)}
            for at, chunk in enumerate(chunks)
        ]
        sent: list[dict[str, Any]] = []

        async def receive() -> dict[str, Any]:
            if messages:
                return messages.pop(0)
            await asyncio.sleep(3600)
            raise AssertionError

        async def send(message: dict[str, Any]) -> None:
            sent.append(message)

        scope = {
            "type": "http",
            "method": method,
            "path": path.partition("?")[0],
            "raw_path": path.encode(),
            "query_string": path.partition("?")[2].encode(),
            "headers": [
                (name.encode("latin-1"), value.encode("latin-1"))
                for name, value in {**self.headers, **given}.items()
            ],
            "client": self.peer,
            "server": ("testserver", 80),
            "scheme": "http",
            "http_version": "1.1",
        }
        await self.gateway(scope, receive, send)
        start, *rest = sent
        told = {name.decode().lower(): value.decode() for name, value in start["headers"]}
        return Answer(start["status"], told, b"".join(each.get("body", b"") for each in rest))

    def get(self, path: str, **headers: str) -> Answer:
        return self.ask("GET", path, **headers)

    def post_json(self, path: str, body: object, **headers: str) -> Answer:
        raw = body if isinstance(body, bytes) else json.dumps(body).encode()
        return self.ask("POST", path, raw, content_type="application/json", **headers)

    def post_form(self, path: str, fields: dict[str, str], **headers: str) -> Answer:
        return self.ask(
            "POST",
            path,
            urlencode(fields).encode(),
            content_type="application/x-www-form-urlencoded",
            **headers,
        )

    def post_parts(self, path: str, parts: Sequence[Part], *, chunk: int = 65_536) -> Answer:
        body = write_parts(parts)
        chunks = [body[at : at + chunk] for at in range(0, len(body), chunk)] or [b""]
        return self.ask("POST", path, chunks, content_type="multipart/form-data; boundary=XyZ")

    def open_all(self) -> list[Opened]:
        """Open every record with the desk's key."""
        desk_key = wiring.load_desk_key(self.settings)
        stored = self.doorway.vault.read(after=-1, limit=10_000)
        return [open_record(each, desk_key) for each in stored if each.reader == "desk"]


def write_parts(parts: Sequence[Part]) -> bytes:
    """Write a multipart body with the boundary XyZ."""
    body = b""
    for name, value, *file in parts:
        body += b'--XyZ\r\nContent-Disposition: form-data; name="' + name.encode() + b'"'
        if file:
            data, kind = file
            body += b'; filename="' + value.encode() + b'"\r\nContent-Type: ' + kind.encode()
        body += b"\r\n\r\n" + (data if file else value.encode()) + b"\r\n"
    return body + b"--XyZ--\r\n"


@pytest.fixture
def settings_here(tmp_path: Path) -> Settings:
    """Settings of a Tipline in a directory of its own."""
    return Settings(
        data=tmp_path / "data",
        public_url="https://tip.example",
        files_max=3,
        file_bytes_max=200_000,
        work_cost=50,
    )


@pytest.fixture
def door(settings_here: Settings) -> Iterator[Door]:
    """The public side, open."""
    with override_settings(**PUBLIC_SIDE), asyncio.Runner() as runner:
        wiring.prepare_data(settings_here)
        vault = wiring.open_owned_vault(settings_here)
        doorway = Doorway.make(settings=settings_here, vault=vault)
        gateway = Gateway()
        gateway.furnish(doorway)
        yield Door(runner, gateway, doorway)
        vault.close()
