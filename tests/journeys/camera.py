"""Pictures for the documents, small enough for a repository."""

import io
from dataclasses import dataclass
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page

BYTES_MAX = 200_000
COLOURS = 256


@dataclass(frozen=True, kw_only=True)
class Camera:
    """Takes pictures into a folder: ``<scene>-en.png`` and ``<scene>-zh.png``."""

    folder: Path

    def take(self, page: Page, scene: str, *, size: tuple[int, int]) -> Path:
        """Take a picture of the page in a window of this size, then put the window back."""
        before = page.viewport_size
        page.set_viewport_size({"width": size[0], "height": size[1]})
        page.evaluate("window.scrollTo(0, 0)")
        shot = page.screenshot(animations="disabled", caret="hide")
        if before:
            page.set_viewport_size(before)
        path = self.folder / f"{scene}.png"
        drawn = Image.open(io.BytesIO(shot)).convert("RGB")
        drawn.quantize(COLOURS, dither=Image.Dither.NONE).save(path, optimize=True)
        return path
