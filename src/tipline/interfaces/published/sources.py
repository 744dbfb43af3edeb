"""What all pages of one publication are made from, read once."""

from dataclasses import dataclass, field

from tipline.settings import Settings
from tipline.store.queries.published import PublicOrder
from tipline.vault import Vault
from tipline.vault.ledger.checkpoint import Checkpoint, read_checkpoint

LANGUAGES = {"en": "en", "zh": "zh-hans"}  # folder of the site, and the language of its words


@dataclass(frozen=True, kw_only=True)
class Sources:
    """The house's names, the listed orders and the ledger at one checkpoint."""

    settings: Settings
    vault: Vault
    vkey: str
    orders: tuple[PublicOrder, ...]
    note: bytes = field(default=b"")  # the checkpoint, signed; nothing while the ledger is empty

    @property
    def checkpoint(self) -> Checkpoint | None:
        """What the ledger says of itself."""
        return read_checkpoint(self.note) if self.note else None

    def name_site(self, language: str) -> str:
        """Name of the hotline in a folder's language."""
        return self.settings.site_name_zh if language == "zh" else self.settings.site_name_en
