"""Containers that carry files in text or in old forms open too; damaged ones end quietly."""

import base64
import binascii
import hashlib
import struct
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings, strategies as st

from tests.adapters.scanners.conftest import Scan
from tipline.adapters.scanners.content import OPENERS
from tipline.adapters.scanners.opening.parts import Broken, Note
from tipline.adapters.scanners.opening.texts import BINHEX_LETTERS

BODY = b"MZ a program of some length, " * 40
TESTFILES = Path("/usr/share/clamav-testfiles")
# Of Debian's clamav-testfiles: containers whose one program is reached without ClamAV.
OPENED = [
    "clam.bin-be.cpio",
    "clam.bin-le.cpio",
    "clam.newc.cpio",
    "clam.odc.cpio",
    "clam.zip",
    "clam.bz2.zip",
    "clam.tar.gz",
    "clam.exe.bz2",
    "clam.cab",
    "clam.exe.szdd",
    "clam.mail",
    "clam.exe.mbox.base64",
    "clam.exe.mbox.uu",
    "clam.exe.html",
    "clam.exe.rtf",
    "clam.pdf",
    "clam.exe.binhex",
    "clam.tnef",
    "clam_cache_emax.tgz",
]


def make_mail(body: bytes) -> bytes:
    head = b"From: a@example.com\nTo: b@example.com\nSubject: x\nMIME-Version: 1.0\n"
    kind = (
        b"Content-Type: application/octet-stream; name=a.exe\nContent-Transfer-Encoding: base64\n\n"
    )
    return head + kind + base64.encodebytes(body)


def make_mailbox(body: bytes) -> bytes:
    lines = [binascii.b2a_uu(body[at : at + 45]) for at in range(0, len(body), 45)]
    text = b"begin 644 a.exe\n" + b"".join(lines) + b"`\nend\n"
    start = b"From a@example.com  Thu Jul 31 13:00:00 2026\nFrom: a@example.com\nSubject: x\n\n"
    return start + b"See:\n\n" + text


def make_page(body: bytes) -> bytes:
    link = b'<a href="data:application/octet-stream;base64,' + base64.b64encode(body) + b'">a</a>'
    return b"<!DOCTYPE html><html><head><title>x</title></head><body>" + link + b"</body></html>"


def make_rtf(body: bytes) -> bytes:
    package = b"\1\5\0\0\2\0\0\0\x08\0\0\0Package\0" + struct.pack("<I", len(body)) + body
    return rb"{\rtf1\ansi{\object\objemb{\*\objdata " + binascii.hexlify(package) + b"}}}"


def make_pdf(body: bytes) -> bytes:
    packed = zlib.compress(body)
    head = (
        b"%PDF-1.4\n1 0 obj\n<< /Length "
        + str(len(packed)).encode()
        + b" /Filter /FlateDecode >>\n"
    )
    return head + b"stream\n" + packed + b"\nendstream\nendobj\n%%EOF\n"


def make_cabinet(body: bytes) -> bytes:
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    block = b"CK" + packer.compress(body) + packer.flush()
    entry = struct.pack("<2I4H", len(body), 0, 0, 0, 0, 0) + b"a.exe\0"
    data = struct.pack("<I2H", 0, len(block), len(body)) + block
    start = 36 + 8 + len(entry)
    folder = struct.pack("<I2H", start, 1, 1)
    head = struct.pack("<4s5I2B5H", b"MSCF", 0, start + len(data), 0, 44, 0, 3, 1, 1, 1, 0, 0, 0)
    return head + folder + entry + data


def make_tnef(body: bytes) -> bytes:
    return (
        struct.pack("<IH", 0x223E9F78, 1)
        + struct.pack("<B2HI", 2, 0x800F, 6, len(body))
        + body
        + b"\0\0"
    )


def make_szdd(body: bytes) -> bytes:
    held = b"".join(b"\xff" + body[at : at + 8] for at in range(0, len(body), 8))
    return b"SZDD\x88\xf0\x27\x33A\0" + struct.pack("<I", len(body)) + held


def make_binhex(body: bytes) -> bytes:
    whole = (
        b"\x05a.exe\0APPL????\0\0" + struct.pack(">2I", len(body), 0) + b"\0\0" + body + b"\0\0\0\0"
    )
    whole = whole.replace(b"\x90", b"\x90\0")
    bits = "".join(f"{each:08b}" for each in whole)
    bits += "0" * (-len(bits) % 6)
    text = bytes(BINHEX_LETTERS[int(bits[at : at + 6], 2)] for at in range(0, len(bits), 6))
    lines = b"\n".join(text[at : at + 64] for at in range(0, len(text), 64))
    return b"(This file must be converted with BinHex 4.0)\n\n:" + lines + b":\n"


MAKERS = (
    make_mail, make_mailbox, make_page, make_rtf, make_pdf, make_cabinet, make_tnef, make_szdd, make_binhex,
)  # fmt: skip


@pytest.mark.parametrize("make", MAKERS, ids=lambda make: make.__name__)
def test_what_is_carried_is_found(scan: Scan, make: Callable[[bytes], bytes]) -> None:
    report = scan(make(BODY))

    found = {each["sha256"] for each in report.facts["members"]}
    assert hashlib.sha256(BODY).hexdigest() in found, report


@pytest.mark.skipif(not TESTFILES.is_dir(), reason="clamav-testfiles is not installed")
@pytest.mark.parametrize("name", OPENED)
def test_the_containers_of_clamavs_test_files_open(scan: Scan, name: str) -> None:
    wanted = hashlib.sha256((TESTFILES / "clam.exe").read_bytes()).hexdigest()

    report = scan((TESTFILES / name).read_bytes(), name)

    assert wanted in {each["sha256"] for each in report.facts["members"]}


@pytest.mark.skipif(not TESTFILES.is_dir(), reason="clamav-testfiles is not installed")
@pytest.mark.parametrize("name", ["clam.7z", "clam.arj", "clam.d64.zip", "clam.impl.zip"])
def test_what_is_not_opened_says_so(scan: Scan, name: str) -> None:
    report = scan((TESTFILES / name).read_bytes(), name)

    assert {each.scanner: each.word for each in report.verdicts}["archive"] == "not_scanned"


@settings(max_examples=300)
@given(opener=st.sampled_from(sorted(OPENERS)), make=st.sampled_from(MAKERS), data=st.data())
def test_damage_raises_nothing_but_broken(
    opener: str, make: Callable[[bytes], bytes], data: st.DataObject
) -> None:
    whole = bytearray(make(BODY[:200]))
    for at in data.draw(st.lists(st.integers(0, len(whole) - 1), max_size=12)):
        whole[at] = data.draw(st.integers(0, 255))
    try:
        for part in OPENERS[opener](bytes(whole[: data.draw(st.integers(0, len(whole)))])):
            if not isinstance(part, Note):
                size = sum(len(chunk) for chunk in part.chunks)
                assert size < 1 << 20
    except Broken:
        pass
