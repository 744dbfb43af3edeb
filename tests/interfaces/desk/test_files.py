"""Files that came with a report: pictures drawn anew, everything else only to keep."""

import io
import struct
import zlib

import pytest
from django.urls import reverse
from PIL import Image

from tests.interfaces.desk.conftest import SignIn
from tipline.interfaces.desk.shown.pictures import PictureRefused, redraw
from tipline.interfaces.desk.views.files import name_attachment
from tipline.store.models import Attachment
from tipline.vault.files import FileSealer


def make_jpeg() -> bytes:
    exif = Image.Exif()
    exif[0x010E] = "CANARY-DESCRIPTION"
    exif.get_ifd(0x8825)[2] = (29.0, 33.0, 12.0)
    out = io.BytesIO()
    Image.new("RGB", (40, 30), "red").save(out, "JPEG", exif=exif, comment=b"CANARY-COMMENT")
    return out.getvalue() + b"CANARY-TRAILER"


def make_bomb() -> bytes:
    head = struct.pack(">IIBBBBB", 100_000, 100_000, 8, 2, 0, 0, 0)
    chunk = b"IHDR" + head
    return (
        b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + chunk + struct.pack(">I", zlib.crc32(chunk))
    )


@pytest.fixture
def keep(house):
    report = house.take()

    def keep_file(content: bytes, name: str, kind: str = "") -> tuple[int, int]:
        with FileSealer(house.path / "vault" / "files", limit=10_000_000) as sealer:
            sealer.write(content)
            kept = sealer.finish()
        number = Attachment.objects.count() + 1
        row = Attachment.objects.create(
            report_id=report, record=report, number=number, file_id=kept.file.file_id,
            name=name, type=kind, size=len(content), key=kept.key, sha256=kept.sha256.hex(),
        )  # fmt: skip
        return report, row.pk

    return keep_file


def test_a_picture_is_drawn_anew_without_what_was_beside_it(keep, sign_in: SignIn) -> None:
    place = keep(make_jpeg(), "a.jpg", "image/jpeg")
    answer = sign_in().get(reverse("picture", args=place))

    assert (answer.status_code, answer["Content-Type"]) == (200, "image/png")
    assert b"CANARY" not in answer.content
    assert Image.open(io.BytesIO(answer.content)).size == (40, 30)
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", "a.svg"),
        (b"<html><script>alert(1)</script></html>", "a.jpg"),
        (b"GIF89a/*<script>alert(1)</script>*/", "a.gif"),
        (b"<?xml version='1.0'?><!DOCTYPE l [<!ENTITY a 'x'>]><l>&a;</l>", "a.png"),
        (b"%PDF-1.7 /JS (app.alert(1))", "a.png"),
        (b"", "a.png"),
        (make_bomb(), "a.png"),
    ],
)
def test_what_is_no_picture_is_not_shown(content: bytes, name: str, keep, sign_in: SignIn) -> None:
    place = keep(content, name, "image/png")
    client = sign_in()
    assert client.get(reverse("picture", args=place)).status_code == 404
    answer = client.get(reverse("file", args=place))
    assert b"".join(answer.streaming_content) == content
    assert answer["Content-Type"] == "application/octet-stream"
    assert answer["Content-Disposition"].startswith("attachment; ")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert answer["Cache-Control"] == "no-store"


def test_a_file_that_is_gone_is_not_there(keep, house, sign_in: SignIn) -> None:
    place = keep(b"x", "x")
    for each in (house.path / "vault" / "files").iterdir():
        each.unlink()
    assert sign_in().get(reverse("file", args=place)).status_code == 404


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("../../etc/passwd", "attachment; filename=\"passwd\"; filename*=UTF-8''passwd"),
        ("..\\..\\boot.ini", "attachment; filename=\"boot.ini\"; filename*=UTF-8''boot.ini"),
        ('a";x=.html', "attachment; filename=\"a__x_.html\"; filename*=UTF-8''a%22%3Bx%3D.html"),
        ("截图.png", "attachment; filename=\"__.png\"; filename*=UTF-8''%E6%88%AA%E5%9B%BE.png"),
        ("\x00\r\n", "attachment; filename=\"file-1\"; filename*=UTF-8''file-1"),
        ("..", "attachment; filename=\"file-1\"; filename*=UTF-8''file-1"),
    ],
)
def test_names_go_out_as_rfc_6266_says(name: str, said: str) -> None:
    assert name_attachment(name, "file-1") == said


def test_a_name_of_any_length_and_direction_goes_out_plain() -> None:
    said = name_attachment("\u202egpj.exe" + "x" * 4_000 + "\r\nSet-Cookie: a=b", "f")
    assert "\r" not in said
    assert "\n" not in said
    assert "\u202e" not in said
    assert len(said) < 400


def test_drawing_takes_too_much() -> None:
    with pytest.raises(PictureRefused):
        redraw(make_bomb())
    with pytest.raises(PictureRefused):
        redraw(b"not a picture" * 1_000)


def test_the_exact_words_are_kept_as_a_file(house, sign_in: SignIn) -> None:
    report = house.take("原文\u200b <b>x</b>")
    answer = sign_in().get(reverse("report_text", args=[report]))
    assert answer.content.decode() == "原文\u200b <b>x</b>"
    assert answer["Content-Disposition"] == f'attachment; filename="report-{report}.txt"'
