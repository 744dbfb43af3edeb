"""Archives with known truth, drawn from a seed: for tests, benchmarks and the demonstration."""

from tipline.domain.link.generator.draw import Archive, draw_archive
from tipline.domain.link.generator.shape import KINDS, Kind, Shape

__all__ = ["KINDS", "Archive", "Kind", "Shape", "draw_archive"]
