"""What a file is, by its content; names are not believed."""

import pure_magic_rs

from tipline.adapters.scanners.opening import zips
from tipline.adapters.scanners.opening.parts import Data

APK = "application/vnd.android.package-archive"
PROGRAM = "application/vnd.microsoft.portable-executable"
ZIP = "application/zip"
HEAD = 1 << 20
# What the library does not know, or has no MIME type for: offset, bytes, type.
OWN = (
    (0, b"\xc7\x71", "application/x-cpio"),
    (0, b"\x71\xc7", "application/x-cpio"),
    (0, b"MSCF\0\0\0\0", "application/vnd.ms-cab-compressed"),
    (257, b"ustar", "application/x-tar"),
    (0, b"dex\n0", "application/vnd.android.dex"),
    (0, b"begin 6", "text/x-uuencode"),
    # What apps hold by the thousand: known at a glance.
    (0, b"\x89PNG\r\n\x1a\n", "image/png"),
    (0, b"\xff\xd8\xff", "image/jpeg"),
    (0, b"GIF8", "image/gif"),
    (8, b"WEBP", "image/webp"),
    (0, b"\x03\0\x08\0", "application/vnd.android.axml"),
)
# A zip archive that holds this member is of this type.
INSIDE = {
    "AndroidManifest.xml": APK,
    "META-INF/MANIFEST.MF": "application/java-archive",
    "[Content_Types].xml": "application/vnd.openxmlformats-officedocument",
}


class Kinds:
    """Tells types; keep one a process, for its tables take a moment to load."""

    def __init__(self) -> None:
        self._magic = pure_magic_rs.MagicDb()

    def name(self, data: Data) -> str:
        """Name the MIME type of ``data``; ``application/octet-stream`` when it is anything."""
        if not len(data):
            return "application/x-empty"
        for at, sign, named in OWN:
            if data[at : at + len(sign)] == sign:
                return named
        try:
            found = self._magic.best_magic_buffer(data[:HEAD]).mime_type
        except ValueError:
            return "application/octet-stream"
        return _look_inside(data, found) if data[:4] == zips.LOCAL or found == ZIP else found


def _look_inside(data: Data, found: str) -> str:
    names = {entry.name for entry in zips.list_entries(data)}
    return next((named for name, named in INSIDE.items() if name in names), found)
