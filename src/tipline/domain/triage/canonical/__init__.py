"""Links in the one form by which lists know them: the canonical form of Safe Browsing.

The rules are public: https://developers.google.com/safe-browsing/reference/URLs.and.Hashing, and
github.com/google/safebrowsing (Apache-2.0) follows them in code. Where the two differ, each function
says which one it keeps to.
"""

from tipline.domain.triage.canonical.expressions import list_expressions, list_hosts, list_paths
from tipline.domain.triage.canonical.url import Canonical, HostMissing, canonicalise

__all__ = [
    "Canonical",
    "HostMissing",
    "canonicalise",
    "list_expressions",
    "list_hosts",
    "list_paths",
]
