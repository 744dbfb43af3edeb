"""What reads pictures must be able to do."""

from typing import Final, Protocol

from tipline.domain.evidence.content.findings import Picture

TEXTS_MAX: Final = 40  # pictures of one inspection in which text is sought: it takes a second each


class PictureReader(Protocol):
    """Reads pictures."""

    def read(self, data: bytes, *, seek_text: bool) -> Picture | None:
        """Read one picture; nothing where it is none, or one too large to be opened."""
        ...
