"""Claims about a text ("it names this phone") in the form in which two of them are compared."""

from collections.abc import Iterable, Iterator
from decimal import Decimal, InvalidOperation
from urllib.parse import unquote

from msgspec import Struct

from tipline.domain.triage.amounts import find_amounts, write_plain
from tipline.domain.triage.scan import scan
from tipline.domain.values import Identifier

_NAMES = (
    "phone shortcode url domain ipv4 ipv6 email wechat qq qq_group telegram whatsapp bank_card pay_account crypto "
    "id_card app_package md5 sha1 sha256 icp_licence amount_cny"
)
KINDS = frozenset(_NAMES.split())
_DIGITS = frozenset({"phone", "whatsapp", "bank_card", "qq", "qq_group", "shortcode"})
_SCHEMES = ("http://", "https://", "ftp://")


class Claim(Struct, frozen=True, order=True):
    """A kind and a value."""

    kind: str
    value: str


def read_text(text: str) -> tuple[Identifier, ...]:
    """Read all that a text claims: its identifiers, and amounts in yuan as ``amount_cny``."""
    amounts = (each for each in find_amounts(text) if each.currency == "CNY")
    sums = (
        Identifier("amount_cny", write_plain(each.value), each.start, each.end, each.surface)
        for each in amounts
    )
    return (*scan(text), *sums)


def simplify(claim: Claim) -> Claim:
    """Bring a claim into the form in which two are compared.

    Links without scheme and last slash, their paths percent-decoded, hosts as punycode in lower
    case; numbers as digits; amounts without trailing zeros; all else in lower case.
    """
    return Claim(claim.kind, _simplify_value(claim.kind, claim.value.strip()))


def _simplify_value(kind: str, value: str) -> str:
    if kind == "url":
        return _simplify_link(value)
    if kind == "domain":
        return _simplify_host(value)
    if kind == "amount_cny":
        return _simplify_sum(value)
    if kind in _DIGITS:
        return "".join(each for each in value if each.isdigit())
    plain = "".join(value.split())
    return (
        plain if kind == "crypto" and not plain.lower().startswith(("0x", "bc1")) else plain.lower()
    )


def _simplify_sum(value: str) -> str:
    try:
        return write_plain(Decimal(value))
    except InvalidOperation:
        return value


def _simplify_link(value: str) -> str:
    for scheme in _SCHEMES:
        if value.lower().startswith(scheme):
            value = value[len(scheme) :]
    host, slash, path = value.partition("/")
    mark = "?" if "?" in host else ""
    host, _, query = host.partition("?")
    return (_simplify_host(host) + mark + query + slash + unquote(path)).rstrip("/")


def _simplify_host(value: str) -> str:
    plain = value.lower().rstrip(".")
    try:
        return plain if plain.isascii() else plain.encode("idna").decode()
    except UnicodeError:
        return plain


def get_host(link: str) -> str:
    """Host of a link as ``simplify`` writes it, without user and port."""
    host = link.partition("/")[0].partition("?")[0].rpartition("@")[2]
    name, colon, port = host.rpartition(":")
    return name if colon and port.isdigit() else host


def list_claims(found: Iterable[Identifier]) -> Iterator[Claim]:
    """Claims of the contract's kinds among what was found, simplified."""
    return (simplify(Claim(each.kind, each.value)) for each in found if each.kind in KINDS)
