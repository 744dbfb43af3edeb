"""The files of a form: those that came now and those that were sealed on an earlier try."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from tipline.interfaces.doorway.doorway import Doorway
from tipline.interfaces.doorway.kept import KeptLost
from tipline.interfaces.public.fields import Mistake
from tipline.interfaces.public.sentform import FileRefused, SentForm
from tipline.interfaces.public.wording import FILE_REFUSALS, KEPT_LOST, word_size
from tipline.vault import Attachment

FIELD = "files"


@dataclass(frozen=True)
class Attached:
    """Files that lie sealed, and what is wrong with others."""

    files: Sequence[Attachment] = ()
    mistakes: Sequence[Mistake] = ()


def gather_files(door: Doorway, form: SentForm, *, now: dt.datetime, place: str = "") -> Attached:
    """Gather all files of a form; ``place`` tells its file field from others on the page."""
    field = f"{FIELD}-{place}" if place else FIELD
    mistakes = [Mistake(field, _tell(door, each)) for each in form.refused]
    try:
        kept = door.kept.open(form.get("kept"), now=now)
    except KeptLost:
        kept = []
        mistakes.append(Mistake(field, str(KEPT_LOST)))
    dropped = set(form.get_list("drop"))
    files = [each for at, each in enumerate(kept) if str(at) not in dropped] + form.files
    count = door.settings.files_max
    mistakes += [
        Mistake(field, _tell(door, FileRefused(each.name, "too_many"))) for each in files[count:]
    ]
    return Attached(tuple(files[:count]), tuple(mistakes))


def _tell(door: Doorway, refused: FileRefused) -> str:
    settings = door.settings
    return str(FILE_REFUSALS[refused.reason]) % {
        "name": refused.name,
        "count": settings.files_max,
        "size": word_size(settings.file_bytes_max),
    }
