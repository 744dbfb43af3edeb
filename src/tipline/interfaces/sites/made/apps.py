"""Builds Android apps that install nowhere in earnest: a manifest, strings where code would be, a signature."""

import base64
import datetime as dt
import hashlib
import io
import struct
import zipfile
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, pkcs7
from cryptography.x509.oid import NameOID

from tipline.interfaces.sites.made.manifest import Element, Encoder

MAIN, LAUNCHER = "android.intent.action.MAIN", "android.intent.category.LAUNCHER"
SMS_RECEIVED = "android.provider.Telephony.SMS_RECEIVED"
DATE = (2026, 1, 1, 0, 0, 0)


@dataclass(frozen=True, kw_only=True)
class App:
    """What an app is to declare and to carry. Permissions are without ``android.permission.``."""

    package: str
    label: str
    permissions: Sequence[str] = ()
    services: Sequence[str] = ()  # permissions that its services are bound by
    sms_priority: int = 0
    has_launcher: bool = True
    target_sdk: int = 34
    strings: Sequence[str] = ()
    members: Mapping[str, bytes] = field(default_factory=dict)
    signer: str = "Example Studio"  # empty: not signed


def build_app(app: App) -> bytes:
    """Build the app as an APK, signed in the oldest way (v1) with a key of this process."""
    members = {
        "AndroidManifest.xml": Encoder().encode(_describe(app)),
        "classes.dex": build_code(app.strings),
        **app.members,
    }
    if app.signer:
        members |= _sign(members, signer=app.signer)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in members.items():
            info = zipfile.ZipInfo(name, DATE)
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, data)
    return out.getvalue()


def build_code(strings: Sequence[str]) -> bytes:
    """Build what begins like Android code and holds nothing but strings; it cannot run."""
    held = b"".join(bytes([min(len(each), 127)]) + each.encode() + b"\0" for each in strings)
    rest = struct.pack("<2I", 0x70 + len(held), 0x70) + struct.pack("<I", 0x12345678)
    rest = rest.ljust(0x70 - 32, b"\0") + held
    digest = hashlib.sha1(rest, usedforsecurity=False).digest()
    return b"dex\n035\0" + struct.pack("<I", zlib.adler32(digest + rest)) + digest + rest


def _describe(app: App) -> Element:
    asked = tuple(
        Element(tag="uses-permission", attributes={"name": f"android.permission.{each}"})
        for each in app.permissions
    )
    sdk = Element(
        tag="uses-sdk", attributes={"minSdkVersion": 21, "targetSdkVersion": app.target_sdk}
    )
    inner = (*_describe_activity(app), *_describe_services(app), *_describe_receiver(app))
    application = Element(tag="application", attributes={"label": app.label}, children=inner)
    told: dict[str, str | int] = {"versionCode": 1, "versionName": "1.0", "-package": app.package}
    return Element(tag="manifest", attributes=told, children=(sdk, *asked, application))


def _describe_activity(app: App) -> tuple[Element, ...]:
    if not app.has_launcher:
        return ()
    action = Element(tag="action", attributes={"name": MAIN})
    category = Element(tag="category", attributes={"name": LAUNCHER})
    filtered = Element(tag="intent-filter", children=(action, category))
    return (Element(tag="activity", attributes={"name": ".Main"}, children=(filtered,)),)


def _describe_services(app: App) -> tuple[Element, ...]:
    return tuple(
        Element(
            tag="service",
            attributes={"name": f".Service{number}", "permission": f"android.permission.{each}"},
        )
        for number, each in enumerate(app.services)
    )


def _describe_receiver(app: App) -> tuple[Element, ...]:
    if not app.sms_priority:
        return ()
    action = Element(tag="action", attributes={"name": SMS_RECEIVED})
    filtered = Element(
        tag="intent-filter", attributes={"priority": app.sms_priority}, children=(action,)
    )
    return (Element(tag="receiver", attributes={"name": ".Receiver"}, children=(filtered,)),)


def _sign(members: Mapping[str, bytes], *, signer: str) -> dict[str, bytes]:
    sections = {name: _write_section(name, data) for name, data in members.items()}
    listed = "Manifest-Version: 1.0\r\n\r\n" + "".join(sections.values())
    summary = (
        f"Signature-Version: 1.0\r\nSHA-256-Digest-Manifest: {_digest(listed.encode())}\r\n\r\n"
    ) + "".join(_write_section(name, part.encode()) for name, part in sections.items())
    key, certificate = _make_key(signer)
    signed = (
        pkcs7.PKCS7SignatureBuilder()
        .set_data(summary.encode())
        .add_signer(certificate, key, hashes.SHA256())
        .sign(Encoding.DER, [pkcs7.PKCS7Options.DetachedSignature, pkcs7.PKCS7Options.Binary])
    )
    return {
        "META-INF/MANIFEST.MF": listed.encode(),
        "META-INF/CERT.SF": summary.encode(),
        "META-INF/CERT.EC": signed,
    }


def _write_section(name: str, data: bytes) -> str:
    return f"Name: {name}\r\nSHA-256-Digest: {_digest(data)}\r\n\r\n"


@cache
def _make_key(signer: str) -> tuple[ec.EllipticCurvePrivateKey, x509.Certificate]:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, signer)])
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(dt.datetime(2026, 1, 1, tzinfo=dt.UTC))
        .not_valid_after(dt.datetime(2056, 1, 1, tzinfo=dt.UTC))
        .sign(key, hashes.SHA256())
    )
    return key, made


def _digest(data: bytes) -> str:
    return base64.b64encode(hashlib.sha256(data).digest()).decode()
