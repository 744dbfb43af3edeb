"""Which addresses of the network an inspection may reach: those that the whole world reaches."""

from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address, ip_network

from msgspec import Struct

Address = IPv4Address | IPv6Address

# Ranges that Python's registry copy calls global, or did in older versions, and that lead to
# translators, relays, documentation or a cloud's own machines.
_KEPT_BACK = tuple(
    ip_network(each)
    for each in (
        "0.0.0.0/8",
        "100.64.0.0/10",
        "168.63.129.16/32",  # Azure's machine agent
        "192.0.0.0/24",
        "192.88.99.0/24",  # RFC 7526: 6to4 relays
        "198.18.0.0/15",
        "240.0.0.0/4",
        "::/96",  # RFC 4291: IPv4-compatible
        "64:ff9b:1::/48",  # RFC 8215: local-use translation
        "100::/64",
        "2001::/23",
        "2001:db8::/32",
        "3fff::/20",
        "5f00::/16",
        "fec0::/10",
    )
)
_NAT64 = IPv6Network("64:ff9b::/96")  # RFC 6052
# https://fetch.spec.whatwg.org/#port-blocking, shortened to services that could be harmed by HTTP.
_OTHER_SERVICES = frozenset(
    {1, 7, 9, 11, 13, 15, 17, 19, 20, 21, 22, 23, 25, 37, 42, 43, 53, 69, 77, 79, 87, 95, 101, 102}
    | {103, 104, 109, 110, 111, 113, 115, 117, 119, 123, 135, 137, 139, 143, 161, 179, 389, 427}
    | {465, 512, 513, 514, 515, 526, 530, 531, 532, 540, 548, 554, 556, 563, 587, 601, 636, 989}
    | {990, 993, 995, 1719, 1720, 1723, 2049, 3306, 3659, 4045, 5060, 5061, 5432, 6000, 6379, 6566}
    | {6665, 6666, 6667, 6668, 6669, 6697, 10080, 11211, 27017}
)


class Endpoint(Struct, frozen=True):
    """A host as browsers write it (``[::1]`` in brackets) and a port."""

    host: str
    port: int

    def __str__(self) -> str:
        return f"{self.host}:{self.port}"

    @classmethod
    def read(cls, text: str) -> "Endpoint":
        """Read ``host:port``.

        Raises:
            ValueError: it is not written so.

        """
        host, _colon, port = text.rpartition(":")
        if not host or not port.isdigit() or not 0 < int(port) < 65_536:
            raise ValueError(f"{text!r} is not HOST:PORT, such as 127.0.0.1:8080")
        return cls(host.lower(), int(port))


def unwrap(address: Address) -> tuple[Address, ...]:
    """Give ``address`` and every address that it stands for (mapped, 6to4, Teredo, NAT64, ISATAP)."""
    if isinstance(address, IPv4Address):
        return (address,)
    inside = [address.ipv4_mapped, address.sixtofour, *(address.teredo or ())]
    number = int(address)
    if address in _NAT64 or number >> 32 & 0xFDFFFFFF == 0x5EFE:  # RFC 5214, with either u bit
        inside.append(IPv4Address(number & 0xFFFFFFFF))
    return (address, *(each for each in inside if each))


def is_public(address: Address) -> bool:
    """Tell whether the address, and each that it stands for, is one of the public internet."""
    meant = unwrap(address)
    if len(meant) > 1 and meant[0] in _NAT64:
        meant = meant[1:]  # the translator's range is global; what it leads to counts
    elif len(meant) > 1 and isinstance(address, IPv6Address) and address.ipv4_mapped:
        meant = meant[1:]
    return all(_is_public(each) for each in meant)


def _is_public(address: Address) -> bool:
    if any(address.version == net.version and address in net for net in _KEPT_BACK):
        return False
    return address.is_global and not address.is_multicast and not address.is_reserved


def read_address(host: str) -> Address | None:
    """Read a host that browsers have normalised as an address; None where it is a name."""
    try:
        return ip_address(host.strip("[]").partition("%")[0])
    except ValueError:
        return None


def is_other_service(port: int) -> bool:
    """Tell whether a port belongs to a service that a request could harm (mail, databases...)."""
    return port in _OTHER_SERVICES
