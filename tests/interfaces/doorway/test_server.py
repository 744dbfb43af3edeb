"""The public process as it is really started: granian, its limits, its silence."""

import secrets
import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tipline.interfaces.serve import plan_public
from tipline.settings import Settings

pytestmark = pytest.mark.long
CANARY = f"canary{secrets.token_hex(8)}"
REPORT = b'{"text": "what happened"}'


@pytest.fixture(scope="module")
def port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="module")
def output(port: int, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A running public process; gives the file of all it says, beside its data."""
    home = tmp_path_factory.mktemp("server")
    settings = Settings(data=home / "data", public_port=port)
    child = plan_public(settings)
    log = home / "output"
    with log.open("wb") as out:
        process = subprocess.Popen(
            child.command, env={**settings.environment(), **child.environment, "PATH": "/usr/bin"},
            stdout=out, stderr=out,
        )  # fmt: skip
        wait_until_open(port)
        yield log
        process.terminate()
        process.wait(20)


def wait_until_open(port: int) -> None:
    for _ in range(300):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise AssertionError("the server does not open")


def talk(port: int, raw: bytes, *, seconds: float = 5.0) -> bytes:
    """Send raw bytes and read until the server closes or ``seconds`` pass."""
    with socket.create_connection(("127.0.0.1", port), timeout=seconds) as line:
        line.sendall(raw)
        got = b""
        try:
            while chunk := line.recv(65_536):
                got += chunk
                if got.endswith(b"\r\n\r\n") or b"receipt_code" in got:
                    break
        except (TimeoutError, ConnectionResetError):
            pass
        return got


def post(body: bytes, *headers: bytes, path: bytes = b"/api/v1/reports") -> bytes:
    lines = [
        b"POST " + path + b" HTTP/1.1",
        b"Host: x",
        b"Content-Type: application/json",
        *headers,
    ]
    return b"\r\n".join(lines) + b"\r\n\r\n" + body


def test_an_honest_report_is_taken(port: int, output: Path) -> None:
    answer = talk(port, post(REPORT, b"Content-Length: %d" % len(REPORT)))
    assert answer.startswith(b"HTTP/1.1 201")


def test_a_chunked_report_is_taken(port: int, output: Path) -> None:
    chunked = b"%x\r\n%s\r\n0\r\n\r\n" % (len(REPORT), REPORT)
    assert talk(port, post(chunked, b"Transfer-Encoding: chunked")).startswith(b"HTTP/1.1 201")


@pytest.mark.parametrize(
    "raw",
    [
        post(
            b"5\r\nhello\r\n0\r\n\r\n",
            b"Content-Length: 5",
            b"Transfer-Encoding: chunked, identity",
        ),
        post(b"zz\r\nhello\r\n0\r\n\r\n", b"Transfer-Encoding: chunked"),
        post(REPORT, b"Content-Length: 5", b"Content-Length: 25"),
        post(REPORT, b"Content-Length: -1"),
        post(REPORT, b"Content-Length : 25"),
        post(REPORT, b" folded: x", b"Content-Length: 25"),
        b"GET /\r\n\r\n",
        b"GET / HTTP/0.9\r\n\r\n",
        b"\x16\x03\x01\x02\x00\x01\x00\x01",
        b"POST /api/v1/reports HTTP/1.1\r\nHost: x\r\nX: " + b"y" * 1_000_000 + b"\r\n\r\n",
        b"G\0T / HTTP/1.1\r\nHost: x\r\n\r\n",
    ],
    ids=range(11),
)
def test_broken_requests_are_refused(port: int, output: Path, raw: bytes) -> None:
    answer = talk(port, raw)
    assert not answer or answer.split(b" ")[1][:1] == b"4"
    assert b"receipt_code" not in answer


def test_a_bad_chunk_in_a_form_is_refused(port: int, output: Path) -> None:
    raw = post(b"zz\r\nhello\r\n0\r\n\r\n", b"Transfer-Encoding: chunked", path=b"/en/report/")
    form = raw.replace(b"application/json", b"multipart/form-data; boundary=x")
    assert talk(port, form).split(b" ")[1] == b"400"


def test_a_slow_header_is_closed(port: int, output: Path) -> None:
    begun = time.monotonic()
    talk(port, b"POST / HTTP/1.1\r\nHost: x\r\n", seconds=15)
    assert time.monotonic() - begun < 10


def test_a_body_that_stops_is_closed(port: int, output: Path) -> None:
    answer = talk(port, post(b'{"text"', b"Content-Length: 500"), seconds=60)
    assert answer.startswith(b"HTTP/1.1 408")


def test_a_second_owner_of_the_vault_ends_at_once(port: int, output: Path) -> None:
    second = Settings(data=output.parent / "data", public_port=port + 1)
    child = plan_public(second)
    environment = {**second.environment(), **child.environment, "PATH": "/usr/bin"}
    command = [each for each in child.command if each != "--respawn-failed-workers"]
    ended = subprocess.run(command, env=environment, capture_output=True, timeout=60, check=False)
    assert b"another process owns the vault" in ended.stdout + ended.stderr


def test_nothing_is_said_of_whoever_came(port: int, output: Path) -> None:
    headers = (b"User-Agent: " + CANARY.encode(), b"Referer: http://" + CANARY.encode())
    body = b'{"text": "%s"}' % CANARY.encode()
    talk(port, post(body, *headers, b"Content-Length: %d" % len(body)))
    talk(port, post(b"{" + body, *headers, b"Content-Length: %d" % (len(body) + 1)))
    talk(port, b"GET /%s HTTP/1.1\r\nHost: %s\r\n\r\n" % (CANARY.encode(), CANARY.encode()))
    told = output.read_bytes()
    kept = b"".join(path.read_bytes() for path in output.parent.rglob("*") if path.is_file())
    assert CANARY.encode() not in kept
    assert b"127.0.0.1:" not in told.replace(b"http://127.0.0.1:%d" % port, b"")
