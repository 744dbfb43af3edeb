"""What a check of a package says: what is wrong with which file, and what was established."""

from msgspec import Struct


class Fault(Struct, frozen=True, order=True):
    """One thing that is wrong: the file it is wrong with, and in what way."""

    where: str
    what: str

    def __str__(self) -> str:
        return f"{self.where!r} {self.what}" if self.where else self.what


class PackageVerdict(Struct, frozen=True, kw_only=True):
    """The outcome of a check; ``notes`` are limits of what it proves."""

    package: str
    sha256: str
    faults: tuple[Fault, ...] = ()
    notes: tuple[str, ...] = ()
    id: str = ""
    sealed_at: str = ""
    stamped_at: str = ""
    files: int = 0

    @property
    def is_good(self) -> bool:
        """Tell whether nothing is wrong."""
        return not self.faults
