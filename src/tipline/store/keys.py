"""Keys of known subjects as databases hold them: 64 bits with a sign."""

from tipline.domain.triage.known import hash_entry

_HALF = 1 << 63


def make_key(entry: str) -> int:
    """Key of an entry, from -2**63 to 2**63 - 1."""
    key = hash_entry(entry)
    return key - 2 * _HALF if key >= _HALF else key
