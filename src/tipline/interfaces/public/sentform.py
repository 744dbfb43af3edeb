"""Read a posted form before Django does: words into memory, files sealed while they stream.

Django would spool a large body to a temporary file, readable. Here a file's bytes go through the
sealer as they arrive, at most one network chunk is in memory, and Django is handed an empty body;
the views read what was sent from ``request.scope["form"]``.
"""

import asyncio
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath, PureWindowsPath
from urllib.parse import parse_qsl

from python_multipart.multipart import parse_options_header

from tipline.interfaces.doorway.bodies import (
    BodyTooLarge,
    Receive,
    Scope,
    check_declared_length,
    get_header,
    read_body,
    stream_body,
)
from tipline.interfaces.public.parts import Event, FormBroken, PartBegun, PartData, PartReader
from tipline.vault import Attachment, VaultFull
from tipline.vault.files import FileSealer, FileTooLarge

WORDS_BYTES_MAX = 2_000_000  # all plain fields of a form together
FIELDS_MAX = 1_000
NAME_CHARS_MAX = 200
TYPE_CHARS_MAX = 100
FORM = b"application/x-www-form-urlencoded"
MULTIPART = b"multipart/form-data"


@dataclass(frozen=True)
class FileRefused:
    """A file that was not taken: its name, and why as a key of ``wording.FILE_REFUSALS``."""

    name: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class FileLimits:
    """Where sealed files lie, how many a form may carry, how many bytes each may have."""

    folder: Path
    count: int
    size: int

    @property
    def body(self) -> int:
        """Bytes after which the whole body is refused unread; room for some files too many."""
        return 2 * self.count * self.size + WORDS_BYTES_MAX


@dataclass
class SentForm:
    """What a person posted."""

    fields: dict[str, list[str]] = field(default_factory=dict)
    files: list[Attachment] = field(default_factory=list)
    refused: list[FileRefused] = field(default_factory=list)

    def get(self, name: str) -> str:
        """Get the last value of a field exactly as sent, "" when there is none."""
        return self.fields.get(name, [""])[-1]

    @property
    def found_no_room(self) -> bool:
        """Whether a file could not be taken because storage is full."""
        return any(each.reason == "no_room" for each in self.refused)

    def get_list(self, name: str) -> list[str]:
        """Get all values of a field."""
        return self.fields.get(name, [])


async def read_form(scope: Scope, receive: Receive, *, limits: FileLimits) -> SentForm:
    """Read a form of either kind.

    Raises:
        BodyTooLarge: the words or the whole body are over the limit.
        BodyTooSlow: the sender paused too long.
        SenderGone: the sender left; what was sealed of its files is removed.
        FormBroken: this is no form.

    """
    kind, options = parse_options_header(get_header(scope, b"content-type").decode("latin-1"))
    if kind == MULTIPART and options.get(b"boundary"):
        return await _read_multipart(scope, receive, boundary=options[b"boundary"], limits=limits)
    if kind != FORM:
        raise FormBroken
    body = await read_body(scope, receive, limit=WORDS_BYTES_MAX)
    return _parse_words(body)


def _parse_words(body: bytes) -> SentForm:
    form = SentForm()
    try:
        pairs = parse_qsl(
            body.decode("ascii"), keep_blank_values=True, errors="strict", max_num_fields=FIELDS_MAX
        )
    except ValueError:
        raise FormBroken from None
    for name, value in pairs:
        form.fields.setdefault(name, []).append(value)
    return form


async def _read_multipart(
    scope: Scope, receive: Receive, *, boundary: bytes, limits: FileLimits
) -> SentForm:
    check_declared_length(scope, limit=limits.body)
    reader, filler = PartReader(boundary), FormFiller(limits)
    try:
        async for chunk in stream_body(receive):
            for event in reader.read(chunk, limit=limits.body):
                await filler.take(event)
        reader.check_complete()
    except BaseException:
        filler.drop()
        raise
    return filler.form


class FormFiller:
    """Fills a form from the parts of a body; a file's bytes go straight to a sealer."""

    def __init__(self, limits: FileLimits) -> None:
        self.form = SentForm()
        self._limits = limits
        self._part = PartBegun("")
        self._words = bytearray()
        self._words_total = 0
        self._file: FileSealer | None = None

    async def take(self, event: Event) -> None:
        """Take the next event.

        Raises:
            BodyTooLarge: the plain fields together are over the limit.
            FormBroken: a field is not UTF-8.

        """
        if isinstance(event, PartBegun):
            self._begin(event)
        elif isinstance(event, PartData):
            await self._add(event.data)
        elif self._part.filename is None:
            self._end_words()
        elif self._file:
            await self._end_file(self._file)

    def drop(self) -> None:
        """Remove the file that was being sealed; complete ones are swept away in time."""
        if self._file:
            self._file.abort()

    def _begin(self, part: PartBegun) -> None:
        self._part, self._file = part, None
        self._words.clear()
        if not part.filename:
            return  # a plain field, or a file field in which nothing was chosen
        if len(self.form.files) >= self._limits.count:
            self._refuse("too_many")
        else:
            self._open_file()

    def _open_file(self) -> None:
        try:
            self._file = FileSealer(self._limits.folder, limit=self._limits.size)
        except VaultFull:
            self._refuse("no_room")

    async def _add(self, data: bytes) -> None:
        if self._file:
            await self._add_to_file(self._file, data)
        elif self._part.filename is None:
            self._words_total += len(data)
            if self._words_total > WORDS_BYTES_MAX:
                raise BodyTooLarge
            self._words += data

    async def _add_to_file(self, file: FileSealer, data: bytes) -> None:
        try:
            await asyncio.to_thread(file.write, data)
        except FileTooLarge:
            self._refuse("too_large")
        except VaultFull:
            file.abort()
            self._refuse("no_room")

    def _end_words(self) -> None:
        try:
            value = self._words.decode()
        except UnicodeDecodeError:
            raise FormBroken from None
        self.form.fields.setdefault(self._part.name, []).append(value)

    async def _end_file(self, file: FileSealer) -> None:
        if not file.size:
            file.abort()
            self._refuse("empty")
            return
        try:
            kept = await asyncio.to_thread(file.finish)
        except VaultFull:
            file.abort()
            self._refuse("no_room")
            return
        self._file = None
        self.form.files.append(
            Attachment(
                sealed=kept.file,
                name=name_file(self._part.filename or ""),
                type=name_kind(self._part.type),
                sha256=kept.sha256,
                key=kept.key,
            )
        )

    def _refuse(self, reason: str) -> None:
        self._file = None
        self.form.refused.append(FileRefused(name_file(self._part.filename or ""), reason))


def name_kind(told: str) -> str:
    """Keep of a sender's media type what such a type may consist of."""
    kept = "".join(each for each in told if each.isascii() and each.isprintable())
    return kept[:TYPE_CHARS_MAX]


def name_file(told: str) -> str:
    """Keep of a sender's file name the last part, without what cannot be seen; never a path."""
    last = PureWindowsPath(PurePosixPath(told.replace("\0", "")).name).name
    seen = "".join(each if each.isprintable() else "�" for each in last)
    return seen[-NAME_CHARS_MAX:] or "file"
