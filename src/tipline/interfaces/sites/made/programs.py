"""Builds Windows programs that do nothing: one instruction that returns, and what is to be seen around it.

Format: Microsoft's "PE Format", a 32-bit program with few sections.
"""

import random
import struct
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

ALIGN, PAGE, BASE = 0x200, 0x1000, 0x400000
CODE, DATA = 0x60000020, 0xC0000040  # runs and is read; is read and written
WRITABLE_CODE = 0xE0000020
RETURN = b"\xc3"


@dataclass(frozen=True, kw_only=True)
class Program:
    """What a program is to show: imports by library, strings, names of sections."""

    imports: Mapping[str, Sequence[str]] = field(default_factory=dict)
    strings: Sequence[str] = ()
    code_name: str = ".text"
    is_code_writable: bool = False
    is_code_packed: bool = False
    starts_in_data: bool = False
    behind: bytes = b""  # what is attached after its end


def build_program(program: Program) -> bytes:
    """Build the program; started it would return at once."""
    code = random.Random(7).randbytes(0x2000) if program.is_code_packed else RETURN * 64  # noqa: S311 - noise
    imports = _write_imports(program.imports, at=4 * PAGE)
    strings = b"\0".join(each.encode() for each in program.strings) + b"\0"
    kind = WRITABLE_CODE if program.is_code_writable else CODE
    sections = (
        (program.code_name, code, kind, PAGE),
        (".idata", imports, DATA, 4 * PAGE),
        (".data", strings, DATA, 4 * PAGE + _up(len(imports), PAGE)),
    )
    entry = sections[2][3] if program.starts_in_data else PAGE
    heads = _write_heads(sections, entry=entry, imports=len(imports))
    bodies = b"".join(body.ljust(_up(len(body), ALIGN), b"\0") for _, body, _, _ in sections)
    return heads + bodies + program.behind


def _write_heads(
    sections: Sequence[tuple[str, bytes, int, int]], *, entry: int, imports: int
) -> bytes:
    _, last, _, last_at = sections[-1]
    size = last_at + _up(len(last), PAGE)
    dos = b"MZ".ljust(60, b"\0") + struct.pack("<I", 64)
    coff = struct.pack(
        "<4s2H3I2H", b"PE\0\0", 0x14C, len(sections), 1_767_225_600, 0, 0, 224, 0x102
    )
    optional = struct.pack(
        "<HBB9I6H4I2H6I",
        0x10B, 14, 0, _up(len(sections[0][1]), ALIGN), 0, 0, entry, PAGE, sections[1][3],
        BASE, PAGE, ALIGN, 6, 0, 0, 0, 6, 0, 0, size, 0x400, 0, 2, 0x8140,
        0x100000, 0x1000, 0x100000, 0x1000, 0, 16,
    )  # fmt: skip
    directories = [(0, 0)] * 16
    directories[1] = (sections[1][3], imports)
    heads = dos + coff + optional + b"".join(struct.pack("<2I", *each) for each in directories)
    at = 0x400
    for name, body, kind, address in sections:
        raw = _up(len(body), ALIGN)
        heads += struct.pack(
            "<8s6I2HI", name.encode()[:8], len(body), address, raw, at, 0, 0, 0, 0, kind
        )
        at += raw
    return heads.ljust(0x400, b"\0")


def _write_imports(imports: Mapping[str, Sequence[str]], *, at: int) -> bytes:
    wanted = dict(imports) or {"KERNEL32.dll": ("ExitProcess",)}
    # Three parts one after the other: table of libraries, look-ups (each twice), names.
    lookups_at = at + 20 * (len(wanted) + 1)
    names_at = lookups_at + sum(8 * (len(names) + 1) for names in wanted.values())
    table, lookups, held = bytearray(), bytearray(), bytearray()
    for library, names in wanted.items():
        entries = []
        for name in names:
            entries.append(names_at + len(held))
            held += b"\0\0" + name.encode() + b"\0"
        lookup = struct.pack(f"<{len(names) + 1}I", *entries, 0)
        first = lookups_at + len(lookups)
        table += struct.pack("<5I", first, 0, 0, names_at + len(held), first + len(lookup))
        lookups += lookup * 2
        held += library.encode() + b"\0"
    return bytes(table) + bytes(20) + bytes(lookups) + bytes(held)


def _up(size: int, step: int) -> int:
    return -(-size // step) * step
