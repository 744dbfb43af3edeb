"""Gather every word that people see into the catalogues, and compile them.

    python .ci/messages.py          renew each django.po from code and templates, compile each .mo
    python .ci/messages.py --check  change nothing; say what is stale or untranslated, and fail

Needs Babel and Django. A new message gets an empty translation, one that nobody says any more is
dropped; the rest stays.
"""

import argparse
import io
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract, extract_python
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "src" / "tipline"
KEYWORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}
HEADERS = {"MIME-Version", "Content-Type", "Content-Transfer-Encoding", "Plural-Forms", "Language"}


@dataclass(frozen=True)
class Side:
    """One door's catalogue and the folders whose words it holds."""

    name: str
    folders: tuple[str, ...]

    @property
    def po(self) -> Path:
        """The catalogue that people edit."""
        room = SOURCE / "interfaces" / self.name
        return room / "locale" / "zh_Hans" / "LC_MESSAGES" / "django.po"

    @property
    def mo(self) -> Path:
        """The catalogue that programs read."""
        return self.po.with_suffix(".mo")


SIDES = (
    Side(
        "public",
        (
            "interfaces/public",
            "interfaces/api",
            "interfaces/doorway",
            "domain/intake",
            "domain/feedback",
            "domain/disposal",
        ),
    ),
    Side("desk", ("interfaces/desk", "interfaces/published", "services", "domain")),
)


class PlainCatalog(Catalog):
    """A catalogue whose head says what programs need and no dates, names or addresses."""

    @property
    def mime_headers(self) -> list[tuple[str, str]]:
        """The few lines of the head."""
        return [(name, value) for name, value in Catalog.mime_headers.fget(self) if name in HEADERS]


def find_messages(side: Side) -> Catalog:
    """Find all messages of a side in its code and templates."""
    found = Catalog()
    for folder in side.folders:
        for path in sorted((SOURCE / folder).rglob("*")):
            for message, context in _read(path):
                found.add(message, context=context)
    return found


def _read(path: Path) -> Iterator[tuple[str | tuple[str, ...], str | None]]:
    if path.suffix == ".py":
        source = path.read_bytes()
    elif path.suffix in {".html", ".txt"} and "templates" in path.parts:
        source = _read_template(path)
    else:
        return
    for _, message, _, context in extract(extract_python, io.BytesIO(source), KEYWORDS):
        yield message, context


def _read_template(path: Path) -> bytes:
    from django.utils.translation.template import templatize  # noqa: PLC0415 - needs settings

    return templatize(path.read_text("utf-8"), origin=str(path)).encode()


def read_catalogue(side: Side) -> Catalog:
    """Read the catalogue as it is; an empty one when there is none yet."""
    if not side.po.exists():
        return Catalog(locale="zh_Hans")
    with side.po.open("rb") as file:
        return read_po(file, locale="zh_Hans")


def renew(side: Side) -> Catalog:
    """Make the catalogue that code and templates ask for, with the translations there are."""
    old, new = read_catalogue(side), PlainCatalog(locale="zh_Hans", fuzzy=False, header_comment="#")
    for message in find_messages(side):
        if message.id:
            known = old.get(_get_key(message), message.context)
            new.add(message.id, known.string if known else None, context=message.context)
    return new


def _get_key(message: Message) -> str:
    return message.id if isinstance(message.id, str) else message.id[0]


def list_untranslated(catalog: Catalog) -> list[str]:
    """List messages without a translation."""
    return [_get_key(each) for each in catalog if each.id and not _is_translated(each)]


def _is_translated(message: Message) -> bool:
    strings = [message.string] if isinstance(message.string, str) else message.string
    return all(strings) and not message.fuzzy


def write_catalogue(catalog: Catalog) -> tuple[bytes, bytes]:
    """Write a catalogue as .po and .mo."""
    po, mo = io.BytesIO(), io.BytesIO()
    write_po(po, catalog, no_location=True, omit_header=False, sort_output=True, width=100)
    write_mo(mo, catalog)
    return po.getvalue(), mo.getvalue()


def list_faults(side: Side) -> list[str]:
    """List what keeps a side's catalogue from being whole and fresh."""
    catalog = renew(side)
    po, mo = write_catalogue(catalog)
    faults = [f"{side.name}: no translation of {key!r}" for key in list_untranslated(catalog)]
    if not side.po.exists() or side.po.read_bytes() != po:
        faults.append(f"{side.name}: {side.po.name} is stale")
    if not side.mo.exists() or side.mo.read_bytes() != mo:
        faults.append(f"{side.name}: {side.mo.name} is stale")
    return faults


def main() -> int:
    """Renew or check the catalogues of the sides named, or of all."""
    from django.conf import settings  # noqa: PLC0415 - only the template reader needs it

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sides", nargs="*", help="public, desk; none: all")
    parser.add_argument("--check", action="store_true")
    arguments = parser.parse_args()
    settings.configure(USE_I18N=True)
    faults = []
    for side in SIDES:
        if arguments.sides and side.name not in arguments.sides:
            continue
        if not arguments.check:
            side.po.parent.mkdir(parents=True, exist_ok=True)
            po, mo = write_catalogue(renew(side))
            side.po.write_bytes(po)
            side.mo.write_bytes(mo)
        faults += list_faults(side)
    sys.stdout.write("".join(f"{fault}\n" for fault in faults))
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
