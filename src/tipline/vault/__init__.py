"""Sealed, append-only store of what was received and done, and the ledger over it."""
