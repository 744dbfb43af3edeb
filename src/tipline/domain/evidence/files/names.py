"""What a file's name gives away, beside what its content is. Names are told by strangers."""

from collections.abc import Iterator

from tipline.domain.evidence.files.verdict import Indicator

PROGRAM_ENDINGS = frozenset(
    [
        "exe",
        "scr",
        "com",
        "pif",
        "bat",
        "cmd",
        "js",
        "jse",
        "vbs",
        "vbe",
        "wsf",
        "hta",
        "ps1",
        "msi",
        "lnk",
        "cpl",
        "jar",
        "apk",
        "dll",
        "chm",
    ]
)
HARMLESS_ENDINGS = frozenset(
    [
        "txt",
        "pdf",
        "doc",
        "docx",
        "xls",
        "xlsx",
        "ppt",
        "pptx",
        "rtf",
        "jpg",
        "jpeg",
        "png",
        "gif",
        "bmp",
        "webp",
        "mp3",
        "mp4",
        "avi",
        "csv",
        "wps",
    ]
)
TURNING = frozenset("\u202a\u202b\u202d\u202e\u2066\u2067\u2068\u200f")
PROGRAM_TYPES = frozenset(
    {
        "application/vnd.microsoft.portable-executable",
        "application/vnd.android.package-archive",
        "application/x-dosexec",
        "application/x-executable",
        "application/x-sharedlib",
        "application/x-msi",
        "application/java-archive",
    }
)


def list_name_signs(name: str, *, type_: str) -> Iterator[Indicator]:
    """List what speaks against a file called ``name`` whose content is of ``type_``."""
    if any(letter in TURNING for letter in name):
        yield Indicator("name.reversed")
    endings = [each.strip().lower() for each in _leaf(name).split(".")[1:]]
    last = endings[-1] if endings else ""
    if len(endings) > 1 and last in PROGRAM_ENDINGS and endings[-2] in HARMLESS_ENDINGS:
        yield Indicator("name.double", {"ending": f".{endings[-2]}.{last}"})
    elif type_ in PROGRAM_TYPES and last in HARMLESS_ENDINGS:
        yield Indicator("name.false", {"claimed": f".{last}"})


def is_program(name: str, *, type_: str) -> bool:
    """Tell whether a member is something that runs: by its content, or by an ending that runs."""
    _, dot, ending = _leaf(name).lower().rpartition(".")
    return type_ in PROGRAM_TYPES or (bool(dot) and ending in PROGRAM_ENDINGS)


def leads_out(name: str) -> bool:
    """Tell whether unpacking ``name`` would write outside the folder: ``..``, absolute, a drive."""
    parts = name.replace("\\", "/").split("/")
    return ".." in parts or name.startswith(("/", "\\")) or name[1:2] == ":"


def shorten(name: str) -> str:
    """A name that may be shown and kept: no control or turning signs, 120 letters at most."""
    shown = "".join(
        each if each.isprintable() and each not in TURNING else "\ufffd" for each in name
    )
    return shown if len(shown) <= 120 else f"{shown[:80]}…{shown[-39:]}"


def _leaf(name: str) -> str:
    return name.replace("\\", "/").rpartition("/")[2]
