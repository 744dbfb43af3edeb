"""Facts of an Android app; runs in a process of its own.

The manifest is read by apkInspector, which bears apps that are malformed on purpose; names in
resources and signers come from androguard where it can read the app at all.
"""

import io
import warnings
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import msgspec
from androguard.core.apk import APK
from androguard.util import set_log
from apkInspector.extract import extract_file_based_on_header_info
from apkInspector.headers import ZipEntry

from tipline.adapters.scanners.apps import hosts, manifest, signing
from tipline.adapters.scanners.content import map_file
from tipline.adapters.scanners.opening import zips
from tipline.adapters.scanners.wire import Frame
from tipline.adapters.scanners.worker import Engine
from tipline.domain.evidence.files.android import AppFacts
from tipline.domain.evidence.files.names import shorten

MANIFEST = "AndroidManifest.xml"
MEMBER_MAX, LOOKED_AT_MAX = 32 << 20, 96 << 20
CARRIED = (".apk", ".dex", ".jar")


@dataclass
class Reading:
    """An app while it is read, and what of it was malformed."""

    data: bytes
    malformed: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.zip = ZipEntry.parse(io.BytesIO(self.data))

    def list_names(self) -> list[str]:
        """List the members' names."""
        return [str(each) for each in self.zip.central_directory.entries]

    def read(self, name: str) -> bytes:
        """Read one member, however its heads disagree.

        Raises:
            Exception: it is not there or damaged.

        """
        local = self.zip.local_headers[name].to_dict()
        central = self.zip.central_directory.entries[name].to_dict()
        taken, way = extract_file_based_on_header_info(io.BytesIO(self.data), local, central)
        if way.endswith("TAMPERED"):
            self.malformed.add("compression")
        return bytes(taken)


def start(_options: Mapping[str, Any]) -> Engine:
    """Make the engine; it answers with ``AppFacts`` as plain values."""
    set_log("CRITICAL")

    def answer(fd: int, _request: Mapping[str, Any]) -> Iterator[Frame]:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # androguard's, about what a hostile app holds
            facts = read_app(bytes(map_file(fd)[:]))
        yield Frame("done", msgspec.to_builtins(facts))

    return answer


def read_app(data: bytes) -> AppFacts:
    """Read an app without running it.

    Raises:
        Exception: not even its manifest can be read.

    """
    reading = Reading(data)
    declared = manifest.read_manifest(reading.read(MANIFEST))
    is_named = bool(declared.label) and not declared.label.startswith("@")
    label = declared.label if is_named else _find_label(data, reading)
    schemes, signers = _read_signature(data, reading)
    found, addresses = hosts.find_hosts(_list_texts(reading))
    return AppFacts(
        package=shorten(declared.package),
        label=shorten(label),
        version=shorten(declared.version),
        min_sdk=declared.min_sdk,
        target_sdk=declared.target_sdk,
        permissions=declared.permissions,
        sms_priority=declared.sms_priority,
        has_launcher=declared.has_launcher,
        schemes=schemes,
        signers=signers,
        hosts=found,
        addresses=addresses,
        libraries=tuple(_list_libraries(reading))[:100],
        carried=tuple(_list_carried(reading))[:50],
        malformed=tuple(sorted(reading.malformed)),
    )


def _find_label(data: bytes, reading: Reading) -> str:
    try:
        return str(APK(data, raw=True).get_app_name() or "")
    except Exception:  # noqa: BLE001 - androguard raises whatever a malformed app leads it to
        reading.malformed.add("resources")
        return ""


def _read_signature(
    data: bytes, reading: Reading
) -> tuple[tuple[str, ...], tuple[Mapping[str, str], ...]]:
    try:
        app = APK(data, raw=True, skip_analysis=True)  # its analysis is of the manifest, slowly
        return signing.list_schemes(app), signing.list_signers(app)
    except Exception:  # noqa: BLE001 - as above
        reading.malformed.add("signature")
        return _guess_schemes(reading), ()


def _guess_schemes(reading: Reading) -> tuple[str, ...]:
    old = any(each.endswith((".RSA", ".DSA", ".EC")) for each in reading.list_names())
    new = b"APK Sig Block 42" in reading.data
    return ("v1",) * old + ("v2",) * new


def _list_texts(reading: Reading) -> Iterator[bytes]:
    left = LOOKED_AT_MAX
    entries = reading.zip.central_directory.entries
    for name in reading.list_names():
        size = entries[name].uncompressed_size
        if name.lower().endswith(hosts.LOOKED_AT) and size <= min(MEMBER_MAX, left):
            left -= size
            try:
                yield reading.read(name)
            except Exception:  # noqa: BLE001 - one damaged member must not hide the others
                reading.malformed.add("member")


def _list_libraries(reading: Reading) -> Iterator[str]:
    names = {each.rpartition("/")[2] for each in reading.list_names() if each.endswith(".so")}
    return (shorten(each) for each in sorted(names))


def _list_carried(reading: Reading) -> Iterator[str]:
    # By ending, or by how a stored member begins; code beside the manifest is in its place.
    for entry in zips.list_entries(reading.data):
        inside = "/" in entry.name and entry.name.lower().endswith(CARRIED)
        start = entry.offset + 30 + len(entry.name.encode())
        begins = reading.data[start : start + 4]
        if inside or (entry.method == zips.STORED and "/" in entry.name and begins == b"dex\n"):
            yield shorten(entry.name)
