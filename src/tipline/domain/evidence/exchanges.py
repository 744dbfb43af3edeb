"""What the egress gate saw: requests and their answers, and what it refused."""

from msgspec import Struct, field

Headers = tuple[tuple[str, str], ...]


class Exchange(Struct, frozen=True, kw_only=True):
    """One request and its answer as recorded; ``number`` counts within the inspection.

    ``cut`` says why the answer is not whole: nothing, ``length``, ``time``, ``disconnect``.
    ``fault`` says why there is none, or none that is HTTP: ``dns``, ``connect``, ``tls``,
    ``timeout``, ``protocol``, ``disconnect``.
    """

    number: int
    door: int  # which page, or 0 for the crawl's own requests
    at: str
    method: str
    url: str
    status: int = 0
    kind: str = ""  # media type, in lower case
    headers: Headers = ()
    address: str = ""  # that was connected to
    tls: str = ""  # SHA-256 of the certificate that was shown
    tls_fault: str = ""  # why a browser would not trust it
    bytes: int = 0  # of the body, as sent
    cut: str = ""
    fault: str = ""
    first_bytes: str = ""  # base64, where they were no HTTP
    seconds: float = 0.0

    def find_header(self, name: str) -> str:
        """Find a header's value, the first where it stands more than once."""
        return next((value for key, value in self.headers if key.lower() == name), "")


class Refusal(Struct, frozen=True, kw_only=True):
    """A request that the gate did not let out, and the reason in one word."""

    door: int
    at: str
    method: str
    url: str
    reason: str


class Fetched(Struct, frozen=True, kw_only=True):
    """An answer with its body, unpacked."""

    exchange: Exchange
    body: bytes = b""
    chain: tuple[str, ...] = field(default=())  # addresses that led here by redirection
