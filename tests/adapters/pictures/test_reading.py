"""Real pictures, drawn here: their looks, their codes, their words."""

import io
from pathlib import Path

import pytest
import segno
from hypothesis import given, strategies as st
from PIL import Image, ImageDraw, ImageFont

from tipline.adapters.pictures import PillowReader
from tipline.domain.evidence.content.identity import count_bits

FONT = Path("/usr/share/fonts/truetype/wqy/wqy-microhei.ttc")


def draw_code(words: str) -> Image.Image:
    out = io.BytesIO()
    segno.make(words, micro=False).save(out, kind="png", scale=6)
    return Image.open(out).convert("RGB")


def save(picture: Image.Image, kind: str = "PNG", **told: int) -> bytes:
    out = io.BytesIO()
    picture.save(out, kind, **told)
    return out.getvalue()


@pytest.mark.parametrize("angle", [0, 7, 180])
def test_a_code_is_read_straight_or_turned(angle: int) -> None:
    page = Image.new("RGB", (640, 480), "white")
    page.paste(
        draw_code("https://pay.example/abc").rotate(angle, expand=True, fillcolor="white"), (90, 60)
    )

    picture = PillowReader(seeks_text=False).read(save(page, "JPEG", quality=40), seek_text=False)

    assert picture is not None
    assert picture.codes == ("https://pay.example/abc",)


def test_looks_survive_size_and_compression_and_tell_pictures_apart() -> None:
    one = Image.radial_gradient("L").crop((20, 40, 220, 190))
    other = Image.linear_gradient("L").crop((0, 0, 200, 150))
    read = PillowReader(seeks_text=False).read
    looks = [
        read(data, seek_text=False)
        for data in (save(one), save(one.resize((400, 300)), "JPEG", quality=35), save(other))
    ]

    assert looks[0]
    assert looks[1]
    assert looks[2]
    assert looks[0].sha256 != looks[1].sha256
    assert count_bits(looks[0].looks, looks[1].looks) <= 4
    assert count_bits(looks[0].looks, looks[2].looks) > 12


@given(st.binary(max_size=200), st.integers(0, 600))
def test_bytes_that_are_no_picture_give_nothing_and_never_raise(noise: bytes, cut: int) -> None:
    read = PillowReader(seeks_text=False).read

    assert read(noise, seek_text=False) is None
    read(save(Image.new("RGB", (130, 130), "red"))[:cut] + noise, seek_text=False)


def test_a_picture_too_large_to_be_opened_is_left_alone() -> None:
    bomb = save(Image.new("1", (8_000, 8_000)))

    assert len(bomb) < 200_000
    assert PillowReader(seeks_text=False).read(bomb, seek_text=False) is None


@pytest.mark.long
@pytest.mark.timeout(300)
def test_chinese_words_and_numbers_in_a_picture_are_read() -> None:
    if not FONT.is_file():
        pytest.skip("no Chinese font on this machine: apt-get install fonts-wqy-microhei")
    page = Image.new("RGB", (640, 200), "white")
    pen, font = ImageDraw.Draw(page), ImageFont.truetype(str(FONT), 32)
    pen.text((20, 30), "高压气枪 现货批发", "black", font=font)
    pen.text((20, 100), "微信 seller_7788", "navy", font=font)

    picture = PillowReader().read(save(page), seek_text=True)

    assert picture is not None
    assert "气枪" in picture.text
    assert "7788" in picture.text
