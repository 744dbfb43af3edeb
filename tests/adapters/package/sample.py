"""A working folder as an inspection leaves it, with a real WARC, and a TSA on loopback."""

import hashlib
import http.server
import json
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

NOW = datetime(2026, 11, 25, 12, 0, tzinfo=UTC)


class _Writer(WARCWriter):  # type: ignore[misc]
    """The library's own temporary files are left open."""

    _create_temp_file = staticmethod(BytesIO)


def make_folder(folder: Path) -> Path:
    """Write a folder of two pages and one download."""
    for name in ("archive", "pages/0001", "pages/0002", "network/tls", "downloads"):
        (folder / name).mkdir(parents=True)
    with (folder / "archive/data.warc.gz").open("wb") as file:
        writer = _Writer(file, gzip=True, warc_version="WARC/1.1")
        for path in ("/", "/b?z=1&a=2"):
            headers = StatusAndHeaders("200 OK", [("Content-Type", "text/html")], "HTTP/1.1")
            body = BytesIO(b"<html><title>t</title>" + path.encode())
            url = f"http://shop.example{path}"
            record = writer.create_warc_record(url, "response", payload=body, http_headers=headers)
            writer.write_record(record)
    for number in ("0001", "0002"):
        page = {
            "number": int(number),
            "url": "http://shop.example/",
            "title": "店",
            "at": NOW.isoformat(),
        }
        (folder / f"pages/{number}/page.json").write_text(json.dumps(page))
        (folder / f"pages/{number}/dom.html").write_text("<html>")
        (folder / f"pages/{number}/text.txt").write_text("text of the page")
        (folder / f"pages/{number}/screenshot.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(64))
    body = b"MZ hostile"
    (folder / f"downloads/{hashlib.sha256(body).hexdigest()}.bin").write_bytes(body)
    (folder / "downloads.jsonl").write_text("{}\n")
    (folder / "network/gate.jsonl").write_text("{}\n")
    (folder / "journal.jsonl").write_text("{}\n")
    (folder / "run.json").write_text(
        json.dumps({"url": "http://shop.example/", "result": "complete"})
    )
    return folder


_CONFIG = """[tsa]
default_tsa = one
[one]
serial = {folder}/serial
signer_cert = {folder}/tsa.pem
signer_key = {folder}/tsa.key
signer_digest = sha256
default_policy = 1.2.3.4
digests = sha256
accuracy = secs:1
"""


@contextmanager
def serving_tsa(folder: Path) -> Iterator[tuple[str, Path]]:
    """Serve a real time stamp authority (openssl ts); gives its address and its root."""
    folder.mkdir()
    _make_tsa(folder)

    class Door(http.server.BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            query = folder / "query"
            query.write_bytes(self.rfile.read(int(self.headers["Content-Length"])))
            words = ["openssl", "ts", "-reply", "-config", folder / "tsa.cnf", "-queryfile", query]
            subprocess.run([*words, "-out", folder / "reply"], check=True, capture_output=True)
            reply = (folder / "reply").read_bytes()
            self.send_response(200)
            self.send_header("Content-Length", str(len(reply)))
            self.end_headers()
            self.wfile.write(reply)

        def log_message(self, *_: object) -> None:
            return

    with http.server.HTTPServer(("127.0.0.1", 0), Door) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}/", folder / "root.pem"
        finally:
            server.shutdown()
            thread.join(5)


def _make_tsa(folder: Path) -> None:
    def openssl(*words: object) -> None:
        subprocess.run(["openssl", *map(str, words)], check=True, capture_output=True)

    (folder / "tsa.cnf").write_text(_CONFIG.format(folder=folder))
    (folder / "serial").write_text("01\n")
    (folder / "ext").write_text(
        "extendedKeyUsage=critical,timeStamping\nkeyUsage=critical,digitalSignature\n"
        "basicConstraints=CA:FALSE\nsubjectKeyIdentifier=hash\nauthorityKeyIdentifier=keyid\n"
    )
    curve = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes")
    root, key = folder / "root.pem", folder / "root.key"
    openssl(
        "req", "-x509", *curve, "-keyout", key, "-out", root, "-subj", "/CN=TSA root", "-days", 9
    )
    mine = ("-keyout", folder / "tsa.key", "-out", folder / "tsa.csr", "-subj", "/CN=TSA")
    openssl("req", "-new", *curve, *mine)
    by = ("-CA", root, "-CAkey", key, "-CAcreateserial", "-extfile", folder / "ext", "-days", 9)
    openssl("x509", "-req", "-in", folder / "tsa.csr", *by, "-out", folder / "tsa.pem")
