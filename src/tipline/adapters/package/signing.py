"""Detached signatures (CMS) that ``openssl cms -verify`` checks."""

import shutil
import subprocess
import tempfile
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import pkcs7

from tipline.adapters.package.keys import Keys

_SECONDS = 60


class SigningFailed(Exception):
    """Nothing was signed; says why. What is not signed is not sealed."""


class OpensslMissing(Exception):
    """The program openssl, by which signatures are checked, is not there or does not answer."""


def sign(data: bytes, keys: Keys) -> bytes:
    """Sign ``data``; gives the detached signature with the signer's certificate in it.

    Raises:
        SigningFailed: key or certificate cannot be used.

    """
    try:
        key = serialization.load_pem_private_key(keys.key.read_bytes(), password=None)
        certificate = x509.load_pem_x509_certificate(keys.certificate.read_bytes())
    except (OSError, ValueError, TypeError) as error:
        raise SigningFailed(f"{keys.key}: {error}") from None
    if not isinstance(key, ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey):
        raise SigningFailed(f"{keys.key}: neither an RSA nor an EC key")
    if key.public_key() != certificate.public_key():
        raise SigningFailed(f"{keys.key}: is not the key of {keys.certificate}")
    builder = pkcs7.PKCS7SignatureBuilder().set_data(data)
    options = [pkcs7.PKCS7Options.DetachedSignature, pkcs7.PKCS7Options.Binary]
    signed = builder.add_signer(certificate, key, hashes.SHA256())
    return signed.sign(serialization.Encoding.DER, options)


def check_signature(data: bytes, signature: bytes, *, roots: Path) -> str:
    """Check ``signature`` over ``data`` against the roots of a PEM file; gives what is wrong."""
    with tempfile.TemporaryDirectory(prefix="tipline-verify-") as folder:
        place = Path(folder)
        (place / "data").write_bytes(data)
        (place / "signature").write_bytes(signature)
        return run_openssl(
            "cms",
            "-verify",
            "-binary",
            "-inform",
            "DER",
            "-in",
            str(place / "signature"),
            "-content",
            str(place / "data"),
            "-CAfile",
            str(roots),
            "-no-CApath",
            "-no-CAstore",
            "-purpose",
            "any",
            "-out",
            str(place / "out"),
        )


def run_openssl(*words: str) -> str:
    """Run openssl; gives nothing where it agrees, else the last it said.

    Raises:
        OpensslMissing: there is none, or it does not come to an end.

    """
    program = shutil.which("openssl")
    if not program:
        raise OpensslMissing("openssl, by which signatures are checked, is not installed")
    try:
        done = subprocess.run(  # noqa: S603 - a program of the system, arguments of our own
            [program, *words], capture_output=True, check=False, timeout=_SECONDS
        )
    except subprocess.TimeoutExpired:
        raise OpensslMissing(f"{program} did not answer in {_SECONDS} seconds") from None
    if not done.returncode:
        return ""
    said = done.stderr.decode("utf-8", "replace").strip().splitlines()
    return said[-1][:300] if said else f"openssl ended with status {done.returncode}"
