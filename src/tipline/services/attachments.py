"""Give staff the plain bytes of a sealed file."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from msgspec import Struct

from tipline.domain.duties import Action, Actor
from tipline.store.models import Attachment
from tipline.store.queries.access import check_access
from tipline.vault.files import get_file_path, open_file


class FileUnknown(LookupError):
    """There is no such file."""


class OpenedFile(Struct, frozen=True, kw_only=True):
    """A file's name and type as the reporter's browser told them, and its bytes, to be streamed."""

    name: str
    type: str
    size: int
    chunks: Iterator[bytes]


def open_attachment(*, attachment: int, by: Actor, now: datetime, files_dir: Path) -> OpenedFile:
    """Open one file; it is whole only when its chunks have ended without raising.

    Raises:
        FileUnknown: there is no such file.
        NotAllowed: the duties of ``by`` do not reach its report.
        FileMissing, FileBroken: the sealed file is gone, or was changed (while streaming).

    """
    row = Attachment.objects.filter(id=attachment).first()
    if row is None:
        raise FileUnknown
    check_access(actor=by, action=Action.READ_FILES, report=row.report_id, now=now)
    path = get_file_path(files_dir, row.file_id)
    return OpenedFile(
        name=row.name, type=row.type, size=row.size, chunks=open_file(path, bytes(row.key))
    )
