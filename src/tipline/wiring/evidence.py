"""Chooses keys, roots and the time stamp authority of evidence packages."""

from datetime import datetime
from pathlib import Path

from tipline.domain.evidence.custody import Act
from tipline.domain.evidence.manifest import Previous
from tipline.domain.evidence.verdict import PackageVerdict
from tipline.settings import Settings


class NotSealed(Exception):
    """No package was made; says why."""


class NotVerified(Exception):
    """A package could not be checked, which says nothing of the package; says why."""


def seal_evidence(
    settings: Settings,
    folder: Path,
    *,
    out: Path,
    by: str,
    acts: tuple[Act, ...] = (),
    previous: Previous | None = None,
    now: datetime,
) -> tuple[str, str]:
    """Seal an inspection's working folder into the package ``out``.

    Gives its SHA-256, and nothing or why it bears no time stamp.

    Raises:
        NotSealed: it cannot be signed, or the folder holds what no package may.

    """
    from tipline.adapters import package  # noqa: PLC0415 - of evidence alone
    from tipline.adapters.package.keys import KeysMissing  # noqa: PLC0415
    from tipline.adapters.package.sealing import FolderRefused  # noqa: PLC0415
    from tipline.adapters.package.signing import SigningFailed  # noqa: PLC0415
    from tipline.adapters.package.zips import ZipRefused  # noqa: PLC0415

    try:
        sealed = package.seal_folder(
            package.Sealing(
                folder=folder,
                id=out.stem,
                by=by,
                agency=settings.agency,
                keys=package.find_keys(_keys_dir(settings), name=settings.site_name_en, now=now),
                now=now,
                tsa=settings.tsa_url,
                previous=previous,
                acts=acts,
            ),
            out,
        )
    except (KeysMissing, FolderRefused, SigningFailed, ZipRefused, FileExistsError) as refused:
        raise NotSealed(f"not sealed: {refused}") from refused
    return sealed.sha256, sealed.why_unstamped


def verify_evidence(
    settings: Settings, path: Path, *, root: Path | None, tsa_root: Path | None
) -> PackageVerdict:
    """Check a package; without ``root``, against this house's own root alone.

    Raises:
        FileNotFoundError: package or root is not there, or this house has no root of its own.
        NotVerified: openssl, which checks signatures, is missing or does not answer.

    """
    from tipline.adapters import package  # noqa: PLC0415 - of evidence alone
    from tipline.adapters.package.signing import OpensslMissing  # noqa: PLC0415

    signer = root or _keys_dir(settings) / "ca.pem"
    for each in (path, signer, *([tsa_root] if tsa_root else [])):
        if not each.is_file():
            raise FileNotFoundError(f"{each}: no such file")
    roots = package.Roots(signer=signer, tsa=tsa_root, is_own=root is None)
    try:
        return package.check_package(path, roots)
    except OpensslMissing as missing:
        raise NotVerified(str(missing)) from missing


def _keys_dir(settings: Settings) -> Path:
    return settings.desk_dir / "evidence"
