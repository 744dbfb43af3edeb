"""What the structure of a Windows program says about it."""

from collections.abc import Iterator

from msgspec import Struct

from tipline.domain.evidence.files.posing import find_brand
from tipline.domain.evidence.files.verdict import Indicator

USUAL_SECTIONS = frozenset(
    [
        ".text",
        ".data",
        ".rdata",
        ".rsrc",
        ".reloc",
        ".bss",
        ".idata",
        ".edata",
        ".pdata",
        ".tls",
        ".crt",
        ".didat",
        ".code",
        ".init",
        ".rodata",
        "code",
        "data",
        "bss",
        ".itext",
        ".ndata",
        ".debug",
        ".xdata",
        ".gfids",
        ".00cfg",
        ".eh_fram",
        ".sxdata",
        ".orpc",
        ".symtab",
        ".stub",
        ".textbss",
        ".msvcjmc",
        "_rdata",
        ".fptable",
        ".buildid",
        ".voltbl",
        ".giats",
        ".retplne",
    ]
)
INJECTION = frozenset(
    [
        "virtualallocex",
        "writeprocessmemory",
        "createremotethread",
        "ntunmapviewofsection",
        "setthreadcontext",
        "queueuserapc",
        "ntwritevirtualmemory",
        "rtlcreateuserthread",
        "ntmapviewofsection",
    ]
)
RECORDING = frozenset(
    [
        "setwindowshookexa",
        "setwindowshookexw",
        "getasynckeystate",
        "getkeystate",
        "getrawinputdata",
        "getforegroundwindow",
        "bitblt",
        "registerrawinputdevices",
    ]
)
FETCHING = frozenset(
    ["urldownloadtofilea", "urldownloadtofilew", "internetreadfile", "winhttpreaddata"]
)
RUNNING = frozenset(
    [
        "shellexecutea",
        "shellexecutew",
        "shellexecuteexw",
        "winexec",
        "createprocessa",
        "createprocessw",
    ]
)
WATCHING = frozenset(
    ["isdebuggerpresent", "checkremotedebuggerpresent", "ntqueryinformationprocess"]
)
ENTROPY_PACKED = 7.2  # bits a byte; compiled code has about 6.5
INJECTION_FROM, RECORDING_FROM, WATCHING_FROM = 2, 3, 2


class Section(Struct, frozen=True, kw_only=True):
    """A part of a program: name, entropy in bits a byte, size, and what it may."""

    name: str
    entropy: float = 0.0
    bytes: int = 0
    runs: bool = False
    writes: bool = False


class ProgramFacts(Struct, frozen=True, kw_only=True):
    """What is known of a program without running it. ``functions`` are imported names in lower case."""

    machine: str = ""
    built_at: int = 0  # the linker's word, in seconds since 1970
    is_library: bool = False
    is_managed: bool = False  # .NET: code is not in the usual sections
    sections: tuple[Section, ...] = ()
    entry_section: str = ""
    libraries: tuple[str, ...] = ()
    functions: tuple[str, ...] = ()
    signature: str = "none"  # none, fits, broken
    signer: str = ""
    company: str = ""
    product: str = ""
    carries_program: bool = False
    malformed: bool = False


def list_program_signs(program: ProgramFacts) -> Iterator[Indicator]:
    """List what speaks for a trojan in a program's structure."""
    yield from _list_origin_signs(program)
    yield from _list_section_signs(program)
    yield from _list_function_signs(frozenset(program.functions))
    if program.carries_program:
        yield Indicator("windows.carries")
    if program.malformed:
        yield Indicator("windows.malformed")


def _list_origin_signs(program: ProgramFacts) -> Iterator[Indicator]:
    if program.signature == "broken":
        yield Indicator("windows.bad_signature")
    if program.signature == "none":
        yield Indicator("windows.unsigned")
        brand = find_brand(program.company) or find_brand(program.product)
        if brand:
            yield Indicator("windows.brand", {"brand": brand.name_en})


def _list_section_signs(program: ProgramFacts) -> Iterator[Indicator]:
    code = [each for each in program.sections if each.runs]
    packed = next((each.name for each in code if each.entropy >= ENTROPY_PACKED), None)
    if packed is not None:
        yield Indicator("windows.packed", {"section": packed})
    written = next((each.name for each in code if each.writes), None)
    if written is not None:
        yield Indicator("windows.writable_code", {"section": written})
    starts_elsewhere = program.entry_section not in {each.name for each in code}
    if program.sections and starts_elsewhere and not (program.is_managed or program.is_library):
        yield Indicator("windows.entry")
    odd = sorted(
        {each.name for each in program.sections if each.name.lower() not in USUAL_SECTIONS}
    )
    if odd:
        yield Indicator("windows.sections", {"names": ", ".join(odd[:4])})


def _list_function_signs(functions: frozenset[str]) -> Iterator[Indicator]:
    planted, recorded = functions & INJECTION, functions & RECORDING
    if len(planted) >= INJECTION_FROM:
        yield Indicator("windows.injection", {"count": len(planted)})
    if len(recorded) >= RECORDING_FROM:
        yield Indicator("windows.keys", {"count": len(recorded)})
    if functions & FETCHING and functions & RUNNING:
        yield Indicator("windows.fetch_run")
    if len(functions & WATCHING) >= WATCHING_FROM:
        yield Indicator("windows.hides")
