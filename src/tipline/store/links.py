"""What links reports, as a part of a query: not what accuses nobody, nor what a person dismissed."""

from tipline.domain.link.live import LINKING

_KINDS = ", ".join(f"'{kind}'" for kind in LINKING)
LINKS = (
    "FROM store_mention m JOIN store_identifier i ON i.id = m.identifier_id "
    f"AND i.kind IN ({_KINDS}) WHERE m.innocent = '' AND m.verdict NOT IN ('dismissed', 'replaced')"
)
