"""Read a picture from standard input, write it anew as PNG; runs alone, with little to spend.

Run by ``pictures.redraw`` as a process of its own: whatever a crafted file does to the decoder, it
does it here, with no file, key or connection of the desk at hand.
"""

import resource
import sys
import warnings

from PIL import Image, ImageOps

PIXELS_MAX = 50_000_000
SIDE_MAX = 2_400
MEMORY_MAX = 1_500_000_000
CPU_SECONDS_MAX = 15
FORMATS = ("PNG", "JPEG", "GIF", "WEBP", "BMP", "TIFF")


def _limit() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_MAX, MEMORY_MAX))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS_MAX, CPU_SECONDS_MAX))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def main() -> None:
    """Draw the first frame, upright, no larger than a screen, and nothing else of the file."""
    _limit()
    warnings.simplefilter("error")
    Image.MAX_IMAGE_PIXELS = PIXELS_MAX // 2  # Pillow refuses at twice this and warns before
    with Image.open(sys.stdin.buffer, formats=FORMATS) as picture:
        upright = ImageOps.exif_transpose(picture)
        upright.thumbnail((SIDE_MAX, SIDE_MAX))
        mode = "RGBA" if upright.has_transparency_data else "RGB"
        drawn = Image.new(mode, upright.size)
        drawn.paste(upright.convert(mode))
    drawn.save(sys.stdout.buffer, "PNG")


if __name__ == "__main__":
    main()
