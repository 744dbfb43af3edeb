"""Slow whoever floods us, without knowing who they are and without refusing anybody.

A source is a network (/24 of IPv4, /56 of IPv6) under an HMAC whose key exists only in this
process and for one day. Each source has a leaky bucket; what overflows it waits.
"""

import hmac
import ipaddress
import secrets
from dataclasses import dataclass, field

DAY_SECONDS = 86_400.0
DELAY_SECONDS_MAX = 5.0
SLEEPERS_MAX = 2_048  # more would let a flooder fill the server with sleeping requests
SOURCES_MAX = 100_000


@dataclass(kw_only=True)
class FloodMeter:
    """Leaky buckets of ``per_minute`` reports for each source network."""

    per_minute: int
    meter_loopback: bool = False
    sleepers: int = 0
    _key: bytes = b""
    _key_until: float = 0.0
    _levels: dict[bytes, tuple[float, float]] = field(default_factory=dict)

    def charge(self, *, address: str, cost: int, now: float) -> float:
        """Charge ``cost`` reports to the source of ``address``; tell the seconds it must wait.

        ``now`` is monotonic seconds. An address that is not an IP address is not metered.
        """
        source = self._name_source(address, now)
        if not source:
            return 0.0
        level = self._read_level(source, now) + cost
        self._levels[source] = (level, now)
        over = level - self.per_minute
        if over <= 0 or self.sleepers >= SLEEPERS_MAX:
            return 0.0
        return min(DELAY_SECONDS_MAX, over * 60 / self.per_minute)

    def _read_level(self, source: bytes, now: float) -> float:
        level, at = self._levels.get(source, (0.0, now))
        return max(0.0, level - (now - at) * self.per_minute / 60)

    def _name_source(self, address: str, now: float) -> bytes:
        if not self.meter_loopback and address in {"127.0.0.1", "::1"}:
            return b""
        network = name_network(address)
        if not network or (not self.meter_loopback and _is_loopback(address)):
            return b""
        self._turn_key(now)
        return hmac.digest(self._key, network, "sha256")[:12]

    def _turn_key(self, now: float) -> None:
        if now >= self._key_until:
            self._key, self._key_until = secrets.token_bytes(32), now + DAY_SECONDS
            self._levels.clear()
        elif len(self._levels) > SOURCES_MAX:
            self._levels = {s: e for s, e in self._levels.items() if self._read_level(s, now) > 0}


def name_network(address: str) -> bytes:
    """Tell the network of ``address`` as bytes: /24 of IPv4, /56 of IPv6; b"" if it is neither."""
    try:
        found = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return b""
    if isinstance(found, ipaddress.IPv6Address) and found.ipv4_mapped:
        found = found.ipv4_mapped
    return b"4" + found.packed[:3] if found.version == 4 else b"6" + found.packed[:7]


def _is_loopback(address: str) -> bool:
    found = ipaddress.ip_address(address.partition("%")[0])
    mapped = getattr(found, "ipv4_mapped", None)
    return bool((mapped or found).is_loopback)
