"""What the ledger refuses, and why."""


class LedgerRefusal(Exception):
    """The ledger cannot vouch for what was given."""


class HashMissing(LedgerRefusal):
    """A tile or leaf that a proof needs is not there."""


class ProofRefused(LedgerRefusal):
    """The proof does not lead to the root."""


class NoteRefused(LedgerRefusal):
    """The text is not a signed note, or no trusted key signed it."""


class TileRefused(LedgerRefusal):
    """The path names no tile, or the bytes are none."""
