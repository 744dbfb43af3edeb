"""What a site's certificates say, and whether a browser would believe them."""

import hashlib
import ssl
from datetime import datetime
from functools import cache
from ipaddress import ip_address

from cryptography import x509
from cryptography.x509 import verification

from tipline.domain.evidence.addresses import read_address


def read_chain(connection: ssl.SSLObject) -> tuple[bytes, ...]:
    """Give the chain that this very connection was shown, as PEM, the site's own first."""
    # Public as get_unverified_chain from Python 3.13 on; the same object has it before.
    inner = getattr(connection, "_sslobj", None)
    get = getattr(inner, "get_unverified_chain", None)
    shown = [each.public_bytes().encode() for each in get() or ()] if get else []
    if not shown and (der := connection.getpeercert(binary_form=True)):
        shown = [ssl.DER_cert_to_PEM_cert(der).encode()]
    return tuple(shown)


def hash_certificate(pem: bytes) -> str:
    """Name a certificate: SHA-256 of its DER form."""
    return hashlib.sha256(ssl.PEM_cert_to_DER_cert(pem.decode())).hexdigest()


def find_fault(chain: tuple[bytes, ...], *, host: str, now: datetime) -> str:
    """Tell why a browser would warn of this chain: nothing, or ``expired``, ``not_yet``, ``self_signed``, ``host``, ``untrusted``, ``unreadable``."""
    try:
        leaf, *others = [x509.load_pem_x509_certificate(each) for each in chain]
        if now > leaf.not_valid_after_utc:
            return "expired"
        if now < leaf.not_valid_before_utc:
            return "not_yet"
        if leaf.issuer == leaf.subject:
            return "self_signed"
    except ValueError:
        return "unreadable"
    return _verify(leaf, others, host=host, now=now)


def _verify(
    leaf: x509.Certificate, others: list[x509.Certificate], *, host: str, now: datetime
) -> str:
    store = _read_roots()
    if store is None:
        return "untrusted"
    try:
        subject: x509.DNSName | x509.IPAddress
        subject = (
            x509.IPAddress(ip_address(host.strip("[]")))
            if read_address(host)
            else x509.DNSName(host)
        )
        builder = verification.PolicyBuilder().store(store).time(now)
        builder.build_server_verifier(subject).verify(leaf, others)
    except verification.VerificationError as wrong:
        return (
            "host"
            if "name" in str(wrong).lower() and "match" in str(wrong).lower()
            else "untrusted"
        )
    except ValueError:
        return "untrusted"
    return ""


@cache
def _read_roots() -> verification.Store | None:
    context = ssl.create_default_context()
    ders = context.get_ca_certs(binary_form=True)
    roots = []
    for der in ders:
        try:
            roots.append(x509.load_der_x509_certificate(der))
        except ValueError:
            continue
    return verification.Store(roots) if roots else None
