"""Know a partner by the API key it shows; the file of key hashes is read again when it changes."""

from dataclasses import dataclass, field
from pathlib import Path

from tipline.interfaces.doorway.bodies import Scope, get_header
from tipline.services.partners import PARTNERS_FILE, find_partner, list_partners

LOOK_SECONDS = 1.0


class PartnerUnknown(Exception):
    """A key was shown that is nobody's."""


@dataclass(kw_only=True)
class PartnerBook:
    """The partners of one vault directory, at most ``LOOK_SECONDS`` out of date."""

    vault_dir: Path
    _partners: dict[str, str] = field(default_factory=dict)
    _seen: tuple[int, int] = (0, 0)
    _looked: float = float("-inf")

    def name_sender(self, scope: Scope, *, now: float) -> str:
        """Tell the partner whose key the request shows, "" when it shows none.

        Raises:
            PartnerUnknown: the key is nobody's.

        """
        shown = get_header(scope, b"authorization")
        if not shown:
            return ""
        scheme, _, key = shown.decode("latin-1").partition(" ")
        self._look(now)
        name = find_partner(self._partners, key=key.strip()) if scheme.lower() == "bearer" else ""
        if not name:
            raise PartnerUnknown
        return name

    def _look(self, now: float) -> None:
        if now - self._looked < LOOK_SECONDS:
            return
        self._looked, path = now, self.vault_dir / PARTNERS_FILE
        seen = (path.stat().st_mtime_ns, path.stat().st_size) if path.exists() else (0, 0)
        if seen != self._seen:
            self._partners, self._seen = list_partners(vault_dir=self.vault_dir), seen
