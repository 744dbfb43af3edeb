"""Facts of a Windows program, by LIEF; runs in a process of its own."""

from collections.abc import Iterator, Mapping
from typing import Any

import lief
import msgspec

from tipline.adapters.scanners.content import map_file
from tipline.adapters.scanners.wire import Frame
from tipline.adapters.scanners.worker import Engine
from tipline.domain.evidence.files.names import shorten
from tipline.domain.evidence.files.windows import ProgramFacts, Section

SECTIONS_MAX, FUNCTIONS_MAX = 64, 3_000
MANAGED = "mscoree.dll"
_RUNS = lief.PE.Section.CHARACTERISTICS.MEM_EXECUTE
_WRITES = lief.PE.Section.CHARACTERISTICS.MEM_WRITE


def start(_options: Mapping[str, Any]) -> Engine:
    """Make the engine; it answers with ``ProgramFacts`` as plain values."""
    lief.logging.disable()

    def answer(fd: int, _request: Mapping[str, Any]) -> Iterator[Frame]:
        facts = read_program(bytes(map_file(fd)[:]))
        yield Frame("done", msgspec.to_builtins(facts))

    return answer


def read_program(data: bytes) -> ProgramFacts:
    """Read what a program's structure says; one that cannot be read is ``malformed``."""
    binary = lief.PE.parse(data)
    if binary is None:
        return ProgramFacts(malformed=True)
    names = binary.header.characteristics_list
    company, product = _read_maker(binary)
    functions = {
        shorten(_read(entry.name)).lower() for each in binary.imports for entry in each.entries
    }
    return ProgramFacts(
        machine=binary.header.machine.name,
        built_at=binary.header.time_date_stamps,
        is_library=lief.PE.Header.CHARACTERISTICS.DLL in names,
        is_managed=any(_read(each.name).lower() == MANAGED for each in binary.imports),
        sections=tuple(_read_section(each) for each in list(binary.sections)[:SECTIONS_MAX]),
        entry_section=_name_entry(binary),
        libraries=tuple(sorted({shorten(_read(each.name)).lower() for each in binary.imports}))[
            :100
        ],
        functions=tuple(sorted(functions - {""}))[:FUNCTIONS_MAX],
        signature=_check_signature(binary),
        signer=_name_signer(binary),
        company=company,
        product=product,
        carries_program=bytes(binary.overlay[:2]) == b"MZ",
    )


def _read_section(section: lief.PE.Section) -> Section:
    return Section(
        name=shorten(_read(section.name)),
        entropy=round(section.entropy, 2),
        bytes=section.sizeof_raw_data,
        runs=section.has_characteristic(_RUNS),
        writes=section.has_characteristic(_WRITES),
    )


def _read(name: str | bytes) -> str:
    return name if isinstance(name, str) else name.decode("latin-1")


def _name_entry(binary: lief.PE.Binary) -> str:
    found = binary.section_from_rva(binary.optional_header.addressof_entrypoint)
    return shorten(_read(found.name)) if found else ""


def _check_signature(binary: lief.PE.Binary) -> str:
    if not binary.has_signatures:
        return "none"
    # Whether the content is what was signed; whom to trust is not ours to say.
    flags = binary.verify_signature(lief.PE.Signature.VERIFICATION_CHECKS.HASH_ONLY)
    return "fits" if flags == lief.PE.Signature.VERIFICATION_FLAGS.OK else "broken"


def _name_signer(binary: lief.PE.Binary) -> str:
    for signature in binary.signatures:
        for signer in signature.signers:
            if signer.cert is not None:
                return shorten(str(signer.cert.subject))
    return ""


def _read_maker(binary: lief.PE.Binary) -> tuple[str, str]:
    told: dict[str, str] = {}
    resources = binary.resources_manager if binary.has_resources else None
    if isinstance(resources, lief.PE.ResourcesManager):
        for version in resources.version:
            info = version.string_file_info
            for table in info.children if info else ():
                told |= {entry.key: entry.value for entry in table.entries}
    company, product = (told.get(key, "").strip() for key in ("CompanyName", "ProductName"))
    return shorten(company), shorten(product)
