"""The list that ``sha256sum -c`` reads, in the one spelling that we write."""

from collections.abc import Mapping


def write_sums(sums: Mapping[str, str]) -> bytes:
    """Write name and SHA-256 of each file, sorted by name."""
    return "".join(f"{sums[name]}  {name}\n" for name in sorted(sums)).encode("ascii")
