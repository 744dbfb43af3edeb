"""Files carried in text: mails and mailboxes, uuencode, BinHex, ``data:`` links, objects in RTF and PDF."""

import binascii
import email.feedparser  # else loaded when first used, which is too late in a locked process
import email.parser
import itertools
import re
import zlib
from collections.abc import Iterator
from email import policy
from email.message import Message

from tipline.adapters.scanners.opening.parts import Data, Note, Part, copy, inflate

PARTS_MAX = 2_000
FROM = re.compile(rb"(?m)^From [^\r\n]*\r?\n")
BEGIN = re.compile(rb"(?m)^begin [0-7]{3,4} ([^\r\n]{1,200})\r?\n")
DATA_LINK = re.compile(rb"data:[\w/.+;=-]{0,100};base64,([A-Za-z0-9+/=\s%]{16,})")
OBJECT = re.compile(rb"\\objdata\s*((?:[0-9A-Fa-f]{2}\s*){16,})")
LENGTH = re.compile(rb"/Length (\d{1,9})\b(?! \d+ R)")
STREAM = re.compile(rb"stream\r?\n")
BINHEX = re.compile(rb"(?s):([!-,\-0-689@A-NP-VX-Z\[`a-fh-mp-r\r\n]{64,}):")
BINHEX_LETTERS = b"!\"#$%&'()*+,-012345689@ABCDEFGHIJKLMNPQRSTUVXYZ[`abcdefhijklmpqr"
PROGRAM_START = b"MZ"


def _give(data: bytes, *, name: str = "") -> Part:
    return Part(name=name, packed=len(data), chunks=copy(data, 0, len(data)))


def open_mail(data: Data) -> Iterator[Part | Note]:
    """Open a mail or a mailbox: every part of every mail, decoded, and what is uuencoded in it."""
    whole = bytes(data[:])
    starts = [each.end() for each in FROM.finditer(whole)] if whole.startswith(b"From ") else [0]
    for number, start in enumerate(starts[:PARTS_MAX]):
        end = starts[number + 1] if number + 1 < len(starts) else len(whole)
        mail = email.parser.BytesParser(policy=policy.compat32).parsebytes(whole[start:end])
        for part in mail.walk():
            yield from _open_mail_part(part)


def _open_mail_part(part: Message) -> Iterator[Part | Note]:
    if part.is_multipart():
        return
    content = part.get_payload(decode=True)
    if isinstance(content, bytes) and content:
        yield _give(content, name=str(part.get_filename() or ""))
    plain = part.get_payload()
    if isinstance(plain, str) and "\nbegin " in f"\n{plain}":
        yield from open_uuencode(plain.encode("utf-8", "surrogateescape"))


def open_uuencode(data: Data) -> Iterator[Part | Note]:
    """Open every uuencoded file that stands in a text."""
    whole = bytes(data[:])
    for begin in list(BEGIN.finditer(whole))[:PARTS_MAX]:
        end = whole.find(b"\nend", begin.end())
        rest = whole[begin.end() : end if end > 0 else len(whole)].splitlines()
        lines = itertools.takewhile(lambda line: line not in {b"`", b" ", b""}, rest)
        yield _give(b"".join(_decode_line(line) for line in lines), name=begin[1].decode("latin-1"))


def _decode_line(line: bytes) -> bytes:
    try:
        return binascii.a2b_uu(line)
    except binascii.Error:
        count = (((line[0] - 32) & 63) * 4 + 5) // 3 if line else 0
        try:
            return binascii.a2b_uu(line[:count])
        except binascii.Error:
            return b""


def open_page(data: Data) -> Iterator[Part | Note]:
    """Open the files that a page carries in ``data:`` links."""
    for link in list(DATA_LINK.finditer(data))[:PARTS_MAX]:
        text = re.sub(rb"%[0-9A-Fa-f]{2}|\s", b"", link[1])
        try:
            yield _give(binascii.a2b_base64(text + b"=="))
        except binascii.Error:
            yield Note("archive.broken")


def open_rtf(data: Data) -> Iterator[Part | Note]:
    """Open the objects of an RTF text, and the program in an object where one begins."""
    for found in list(OBJECT.finditer(data))[:PARTS_MAX]:
        held = binascii.unhexlify(re.sub(rb"\s", b"", found[1]))
        yield _give(held)
        yield from _open_package(held)


def _open_package(held: bytes) -> Iterator[Part | Note]:
    # An OLE package: somewhere the length of the file, then the file itself.
    start = held.find(PROGRAM_START, 8)
    if start > 4:
        size = int.from_bytes(held[start - 4 : start], "little")
        if 0 < size <= len(held) - start:
            yield _give(held[start : start + size])


def open_pdf(data: Data) -> Iterator[Part | Note]:
    """Open the streams of a PDF that begin like zlib's, and the files that it carries as they are."""
    for found in list(STREAM.finditer(data))[:PARTS_MAX]:
        start, end = found.end(), data.find(b"endstream", found.end())
        told = data[max(data.rfind(b" obj", 0, found.start()), 0) : found.start()]
        if data[start : start + 1] == b"\x78" and end > start:
            chunks = inflate(data, start, end, window=zlib.MAX_WBITS)
            yield Part(name="", packed=end - start, chunks=chunks)
        elif b"/EmbeddedFile" in told and end > start:
            length = LENGTH.search(told)
            end = start + int(length[1]) if length else end
            yield Part(name="", packed=end - start, chunks=copy(data, start, end))


def open_binhex(data: Data) -> Iterator[Part | Note]:
    """Open a BinHex 4 text: the data fork."""
    found = BINHEX.search(data)
    if found is None:
        yield Note("archive.broken")
        return
    packed = _expand_runs(_decode_binhex(re.sub(rb"\s", b"", found[1])))
    at = 1 + packed[0] + 1 + 4 + 4 + 2 if packed else 0
    size = int.from_bytes(packed[at : at + 4], "big")
    name = packed[1 : 1 + packed[0]].decode("mac-roman") if packed else ""
    yield _give(packed[at + 10 : at + 10 + size], name=name)


def _decode_binhex(text: bytes) -> bytes:
    bits = "".join(f"{BINHEX_LETTERS.index(each):06b}" for each in text)
    return bytes(int(bits[at : at + 8], 2) for at in range(0, len(bits) - 7, 8))


def _expand_runs(data: bytes) -> bytes:
    out, at = bytearray(), 0
    while at < len(data):
        if data[at] == 0x90 and at + 1 < len(data):
            count = data[at + 1]
            out += bytes([0x90]) if count == 0 else out[-1:] * (count - 1)
            at += 2
        else:
            out.append(data[at])
            at += 1
    return bytes(out)
