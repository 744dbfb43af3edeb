"""Who signed an app, and in which ways; nothing here says whom to trust."""

import contextlib
from collections.abc import Iterator, Mapping

from androguard.core.apk import APK
from cryptography import x509
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import pkcs7

from tipline.domain.evidence.files.names import shorten

SIGNERS_MAX = 10


def list_schemes(app: APK) -> tuple[str, ...]:
    """List the ways in which an app is signed: v1, v2, v3, v3.1."""
    asked = {
        "v1": app.is_signed_v1,
        "v2": app.is_signed_v2,
        "v3": app.is_signed_v3,
        "v3.1": app.is_signed_v31,
    }
    return tuple(name for name, is_signed in asked.items() if is_signed())


def list_signers(app: APK) -> tuple[Mapping[str, str], ...]:
    """List the signers' certificates, each once: subject, issuer, SHA-256, validity in UTC."""
    found: dict[bytes, Mapping[str, str]] = {}
    for certificate in _list_certificates(app):
        digest = certificate.fingerprint(SHA256())
        found[digest] = {
            "subject": shorten(certificate.subject.rfc4514_string()),
            "issuer": shorten(certificate.issuer.rfc4514_string()),
            "sha256": digest.hex(),
            "not_before": certificate.not_valid_before_utc.isoformat(),
            "not_after": certificate.not_valid_after_utc.isoformat(),
        }
    return tuple(found.values())[:SIGNERS_MAX]


def _list_certificates(app: APK) -> Iterator[x509.Certificate]:
    for name in app.get_signature_names():
        with contextlib.suppress(ValueError):
            yield from pkcs7.load_der_pkcs7_certificates(app.get_file(name))
    for read in (
        app.get_certificates_der_v2,
        app.get_certificates_der_v3,
        app.get_certificates_der_v31,
    ):
        for der in read():
            with contextlib.suppress(ValueError):
                yield x509.load_der_x509_certificate(der)
