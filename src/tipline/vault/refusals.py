"""What the vault refuses, and why; the owner and its socket clients raise the same."""


class VaultRefusal(Exception):
    """The vault did not do what was asked; nothing of the unit was kept."""


class VaultBusy(VaultRefusal):
    """Too many entries wait already; try again in a moment."""


class VaultFull(VaultRefusal):
    """The disk has no room; appends succeed again as soon as it has."""


class VaultUnavailable(VaultRefusal):
    """The engine or the owner cannot be reached; whether the unit was kept is not known."""


class VaultClosed(VaultRefusal):
    """The vault was closed before the unit was taken."""


class VaultOwned(VaultRefusal):
    """Another process owns this vault."""


class VaultForeign(VaultRefusal):
    """The stored vault has another format or another log's name than the one opened."""


class UnitRefused(VaultRefusal):
    """The unit itself is not fit to be kept; the message says which entry and why."""


class RetryMismatch(VaultRefusal):
    """The retry key was used before with another body."""


class SealBroken(VaultRefusal):
    """A sealed part does not open: it was changed, or this is not its key."""
