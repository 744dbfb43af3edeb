"""Files that a person could attach: a picture that knows where it was taken, and a PDF."""

import io
from pathlib import Path

from PIL import Image, ImageDraw

PLACE_TAKEN = (31.0, 14.0, 6.25)
GPS = 0x8825
MAKER = 0x010F
MAKER_NAME = "Camera of the canary"


def make_picture(path: Path) -> Path:
    """Make a screenshot of a chat as JPEG, with maker and place in its EXIF part."""
    image = Image.new("RGB", (360, 240), "#f2f5f4")
    pen = ImageDraw.Draw(image)
    for at, (left, width) in enumerate(((16, 220), (120, 224), (16, 180), (150, 194))):
        top = 18 + at * 54
        fill = "#ffffff" if left == 16 else "#bfe3c6"
        pen.rounded_rectangle((left, top, left + width, top + 40), radius=10, fill=fill)
        pen.line((left + 14, top + 20, left + width - 18, top + 20), fill="#7b8a93", width=5)
    exif = Image.Exif()
    exif[MAKER] = MAKER_NAME
    exif.get_ifd(GPS).update({1: "N", 2: PLACE_TAKEN, 3: "E", 4: (121.0, 28.0, 12.5)})
    image.save(path, "JPEG", exif=exif)
    return path


def make_pdf(path: Path) -> Path:
    """Make the smallest PDF that readers open: one empty page."""
    objects = (
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 300 200] >>",
    )
    out, starts = io.BytesIO(), []
    out.write(b"%PDF-1.4\n")
    for number, body in enumerate(objects, 1):
        starts.append(out.tell())
        out.write(b"%d 0 obj\n%b\nendobj\n" % (number, body))
    table = out.tell()
    out.write(b"xref\n0 4\n0000000000 65535 f \n")
    out.writelines(b"%010d 00000 n \n" % start for start in starts)
    out.write(b"trailer << /Size 4 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % table)
    path.write_bytes(out.getvalue())
    return path
