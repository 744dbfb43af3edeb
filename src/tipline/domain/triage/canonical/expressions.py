"""The expressions under which a link may stand in a list: host suffixes with path prefixes."""

from tipline.domain.triage.canonical.url import Canonical

SUFFIX_PARTS = 7  # as google/safebrowsing; the documentation asks for 5
PREFIX_PARTS = 4


def list_hosts(host: str, *, parts: int = SUFFIX_PARTS) -> tuple[str, ...]:
    """List the canonical ``host`` and its suffixes of up to ``parts`` labels, the longest first.

    An address has no suffixes, and the last label never stands alone.
    """
    labels = host.split(".")
    count = len(labels)
    if count < 3 or host[-1] == "]" or host.replace(".", "").isdigit():
        return (host,)
    first = max(1, count - parts)
    return (host, *(".".join(labels[start:]) for start in range(first, count - 1)))


def list_paths(path: str, query: str | None = None) -> tuple[str, ...]:
    """List "/", up to three beginnings of the canonical ``path``, itself, and itself with its query."""
    parts = [part for part in path.split("/") if part]
    begun = ["/"]
    for part in parts[: min(len(parts), PREFIX_PARTS) - 1]:
        begun.append(f"{begun[-1]}{part}/")
    if path != begun[-1]:
        begun.append(path)
    return (*begun, f"{path}?{query}") if query else tuple(begun)


def list_expressions(link: Canonical, *, parts: int = SUFFIX_PARTS) -> tuple[str, ...]:
    """List the link's expressions, the most telling first: longer hosts, then longer paths."""
    paths = list_paths(link.path, link.query)[::-1]
    return tuple(host + path for host in list_hosts(link.host, parts=parts) for path in paths)
