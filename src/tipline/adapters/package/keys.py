"""The organisation's certificate and key; made once by the house, or the operator's own."""

import datetime as dt
import os
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from msgspec import Struct

_USAGE = (
    "digital_signature",
    "content_commitment",
    "key_encipherment",
    "data_encipherment",
    "key_agreement",
    "key_cert_sign",
    "crl_sign",
    "encipher_only",
    "decipher_only",
)


class KeysMissing(Exception):
    """Key and certificate do not lie together; says where."""


class Keys(Struct, frozen=True, kw_only=True):
    """Where the signer's key and certificate lie, and the root that bears them out."""

    root: Path
    certificate: Path
    key: Path


def find_keys(folder: Path, *, name: str, now: dt.datetime) -> Keys:
    """Find the keys below ``folder``; where there are none the house makes its own.

    Raises:
        KeysMissing: the operator installed a part of them only.

    """
    keys = Keys(
        root=folder / "ca.pem", certificate=folder / "signer.pem", key=folder / "signer.key"
    )
    there = [each.is_file() for each in (keys.root, keys.certificate, keys.key)]
    if any(there) and not all(there):
        raise KeysMissing(f"{folder}: install ca.pem, signer.pem and signer.key together")
    if not any(there):
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        _make_keys(keys, name=name, now=now)
    return keys


def _make_keys(keys: Keys, *, name: str, now: dt.datetime) -> None:
    root_key, key = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
    root_name, signer_name = _name(f"{name} evidence root"), _name(f"{name} evidence")
    root = _certify(root_name, root_name, root_key.public_key(), now=now, is_root=True)
    signer = _certify(signer_name, root_name, key.public_key(), now=now, is_root=False)
    _write(keys.key, _spell_key(key), 0o600)
    for path, made in ((keys.certificate, signer), (keys.root, root)):
        _write(path, made.sign(root_key, hashes.SHA256()).public_bytes(_PEM), 0o644)
    # The root's key is not kept: nothing else is ever to be signed with it.


_PEM = serialization.Encoding.PEM


def _spell_key(key: ec.EllipticCurvePrivateKey) -> bytes:
    return key.private_bytes(_PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())


def _certify(
    subject: x509.Name,
    issuer: x509.Name,
    key: ec.EllipticCurvePublicKey,
    *,
    now: dt.datetime,
    is_root: bool,
) -> x509.CertificateBuilder:
    wanted = {"key_cert_sign", "crl_sign"} if is_root else {"digital_signature"}
    usage = x509.KeyUsage(**{each: each in wanted for each in _USAGE})
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - dt.timedelta(days=1))
        .not_valid_after(now + dt.timedelta(days=365 * 20))
        .add_extension(x509.BasicConstraints(ca=is_root, path_length=None), critical=True)
        .add_extension(usage, critical=True)
    )


def _name(text: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, text[:64])])


def _write(path: Path, data: bytes, mode: int) -> None:
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode), "wb") as file:
        file.write(data)
