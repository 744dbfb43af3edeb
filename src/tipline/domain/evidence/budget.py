"""How much an inspection may take: a site that wants more is cut, and the cut is told."""

from msgspec import Struct

MIB = 1 << 20


class Budget(Struct, frozen=True, kw_only=True):
    """Bounds of an inspection; the first block is of the whole, the second of a page or request."""

    pages: int = 300
    depth: int = 3  # links away from the first page
    pages_per_second: float = 1.0  # of one host
    downloads: int = 50
    total_bytes: int = 4_000 * MIB

    page_seconds: float = 18.0
    page_requests: int = 300
    page_navigations: int = 20
    page_dialogs: int = 10
    page_popups: int = 50
    frame_depth: int = 5
    redirects: int = 20
    head_bytes: int = 262_144
    head_seconds: float = 10.0
    body_seconds: float = 15.0
    body_bytes: int = 50 * MIB  # as sent, and as unpacked
    html_bytes: int = 5 * MIB
    download_bytes: int = 200 * MIB
    inflate_ratio: int = 200
    picture_height: int = 16_000
    memory_bytes: int = 1_500 * MIB
