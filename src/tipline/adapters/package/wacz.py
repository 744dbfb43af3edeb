"""The web archive inside a package, which public viewers open.

Format: https://specs.webrecorder.net/wacz/1.1.1/; its index is CDXJ in zipped blocks.
"""

import gzip
import json
import re
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit

from msgspec import Struct
from warcio.archiveiterator import ArchiveIterator

from tipline.adapters.package.zips import Source, hash_source, write_zip

WARC = "archive/data.warc.gz"
_BLOCK = 3_000  # lines of the index that are zipped together
_IP = re.compile(r"[\d.]+")


class Shown(Struct, frozen=True):
    """A page that the archive's reader is offered."""

    url: str
    title: str
    at: str


def write_wacz(path: Path, warc: Path, pages: Sequence[Shown], *, now: datetime) -> None:
    """Write a web archive of ``warc``, with its index and the list of ``pages``."""
    lines = sorted(_index(warc))
    packed, blocks = _pack(lines)
    listed = [{"format": "json-pages-1.0", "id": "pages", "title": "Pages"}]
    for number, page in enumerate(pages, start=1):
        row = {"id": f"{number:04}", "url": page.url, "title": page.title, "ts": page.at}
        listed.append(row)
    resources: dict[str, Source] = {
        WARC: warc,
        "indexes/index.cdx.gz": packed,
        "indexes/index.idx": blocks,
        "pages/pages.jsonl": _spell_lines(listed),
    }
    described = _describe(resources, now=now)
    digest = {"path": "datapackage.json", "hash": "sha256:" + hash_source(described)[0]}
    write_zip(
        path,
        {
            **resources,
            "datapackage.json": described,
            "datapackage-digest.json": json.dumps(digest).encode(),
        },
    )


def _describe(resources: dict[str, Source], *, now: datetime) -> bytes:
    rows = []
    for name, source in resources.items():
        digest, size = hash_source(source)
        told = {"name": Path(name).name, "path": name, "hash": f"sha256:{digest}", "bytes": size}
        rows.append(told)
    package = {
        "profile": "data-package",
        "wacz_version": "1.1.1",
        "software": "tipline",
        "created": now.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "resources": rows,
    }
    return json.dumps(package, indent=2).encode()


def _index(warc: Path) -> Iterator[str]:
    if not warc.stat().st_size:
        return
    with warc.open("rb") as file:
        records = ArchiveIterator(file)
        for record in records:
            if record.rec_type != "response":
                continue
            about, http = record.rec_headers, record.http_headers
            url = about.get_header("WARC-Target-URI")
            kind = (http.get_header("Content-Type") or "").partition(";")[0].strip()
            offset = records.get_record_offset()
            told = {
                "url": url,
                "mime": kind or "application/octet-stream",
                "status": http.get_statuscode(),
                "digest": about.get_header("WARC-Payload-Digest") or "",
                "filename": Path(WARC).name,
                "offset": str(offset),
            }
            record.content_stream().read()
            told["length"] = str(records.get_record_length())
            stamp = re.sub(r"\D", "", about.get_header("WARC-Date"))[:14]
            yield f"{order_url(url)} {stamp} {json.dumps(told)}"


def order_url(url: str) -> str:
    """Spell an address such that neighbours sort together (SURT)."""
    parts = urlsplit(url.lower())
    host = re.sub(r"^www\d*\.", "", parts.hostname or "")
    is_number = ":" in host or _IP.fullmatch(host)
    turned = host if is_number else ",".join(reversed(host.split(".")))
    ports = {"http": 80, "https": 443}
    port = f":{parts.port}" if parts.port and parts.port != ports.get(parts.scheme) else ""
    query = "?" + "&".join(sorted(parts.query.split("&"))) if parts.query else ""
    path = parts.path if parts.path == "/" else parts.path.rstrip("/")
    return f"{turned}{port}){path or '/'}{query}"


def _pack(lines: list[str]) -> tuple[bytes, bytes]:
    packed, blocks = b"", ['!meta 0 {"format": "cdxj-gzip-1.0", "filename": "index.cdx.gz"}']
    for start in range(0, len(lines), _BLOCK):
        block = lines[start : start + _BLOCK]
        data = gzip.compress("".join(f"{line}\n" for line in block).encode(), mtime=0)
        place = {
            "offset": len(packed),
            "length": len(data),
            "digest": "sha256:" + hash_source(data)[0],
            "filename": "index.cdx.gz",
        }
        blocks.append(" ".join(block[0].split(" ")[:2]) + " " + json.dumps(place))
        packed += data
    return packed or gzip.compress(b"", mtime=0), "".join(f"{each}\n" for each in blocks).encode()


def _spell_lines(rows: list[dict[str, str]]) -> bytes:
    return "".join(json.dumps(each, ensure_ascii=False) + "\n" for each in rows).encode()
