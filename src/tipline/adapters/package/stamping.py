"""Time stamps of a trusted third party (RFC 3161) over the signature."""

import datetime as dt
import tempfile
import urllib.error
import urllib.request
from pathlib import Path

import rfc3161_client

from tipline.adapters.package.signing import run_openssl

_GRANTED = (0, 1)


class StampRefused(Exception):
    """No time stamp was had; says why."""


def ask_stamp(url: str, data: bytes, *, seconds: float = 10.0) -> bytes:
    """Ask the authority at ``url`` to stamp ``data``; gives its whole answer.

    Raises:
        StampRefused: it cannot be reached, or its answer is no stamp of this data.

    """
    if not url.startswith(("http://", "https://")):
        raise StampRefused(f"{url!r} is no http or https address")
    builder = rfc3161_client.TimestampRequestBuilder().data(data)
    asked = builder.hash_algorithm(rfc3161_client.HashAlgorithm.SHA256).nonce().build()
    request = urllib.request.Request(  # noqa: S310 - checked above
        url, data=asked.as_bytes(), headers={"Content-Type": "application/timestamp-query"}
    )
    try:
        with urllib.request.urlopen(request, timeout=seconds) as answer:  # noqa: S310
            told: bytes = answer.read(1 << 20)
    except (OSError, ValueError) as error:
        raise StampRefused(f"{url}: {error}") from None
    stamp = _decode(told)
    if stamp.status not in _GRANTED or stamp.tst_info.nonce != asked.nonce:
        raise StampRefused(f"{url}: the answer is no stamp of what was asked")
    return told


def read_time(stamp: bytes) -> dt.datetime:
    """Read when a stamp was made.

    Raises:
        StampRefused: it is none.

    """
    return _decode(stamp).tst_info.gen_time


def check_stamp(stamp: bytes, data: bytes, *, roots: Path) -> str:
    """Check that ``stamp`` is of ``data`` and by an authority of ``roots``; gives what is wrong."""
    with tempfile.TemporaryDirectory(prefix="tipline-verify-") as folder:
        place = Path(folder)
        (place / "data").write_bytes(data)
        (place / "stamp").write_bytes(stamp)
        return run_openssl(
            "ts",
            "-verify",
            "-in",
            str(place / "stamp"),
            "-data",
            str(place / "data"),
            "-CAfile",
            str(roots),
        )


def _decode(answer: bytes) -> rfc3161_client.TimeStampResponse:
    try:
        decoded = rfc3161_client.decode_timestamp_response(answer)
        _ = decoded.tst_info
    except ValueError as error:
        raise StampRefused(f"no time stamp: {error}") from None
    return decoded
