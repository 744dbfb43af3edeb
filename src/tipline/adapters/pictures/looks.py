"""A hash of how a picture looks, which survives another size, compression and a little retouching."""

from PIL import Image


def hash_looks(picture: Image.Image) -> str:
    """Give the difference hash of a picture (D. Hill, J. Krawetz: dHash), as 16 hexadecimal digits."""
    small = picture.convert("L").resize((9, 8), Image.Resampling.LANCZOS)
    greys = small.tobytes()
    bits = 0
    for row in range(8):
        for column in range(8):
            at = row * 9 + column
            bits = bits << 1 | (greys[at] > greys[at + 1])
    return f"{bits:016x}"
