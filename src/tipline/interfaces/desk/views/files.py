"""Files that came with a report: pictures drawn anew, everything else only to keep."""

import re
from collections.abc import Iterator
from urllib.parse import quote

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe
from msgspec.structs import replace

from tipline.interfaces.desk.officer import get_actor
from tipline.interfaces.desk.shown import pictures
from tipline.interfaces.desk.views.report import load_report
from tipline.services import attachments
from tipline.vault.files import FileBroken, FileMissing

SANDBOX = "default-src 'none'; sandbox"


@require_safe
def download(request: HttpRequest, index: int, file: int) -> HttpResponseBase:
    """Give a file as it was sent, to keep and not to show."""
    found = _find(request, index, file)
    response = StreamingHttpResponse(found.chunks, content_type="application/octet-stream")
    response["Content-Disposition"] = name_attachment(found.name, f"file-{file}")
    return _jail(response)


@require_safe
def show_picture(request: HttpRequest, index: int, file: int) -> HttpResponseBase:
    """Show a picture drawn anew, without what else was in its file."""
    found = _find(request, index, file)
    try:
        drawn = pictures.redraw(b"".join(found.chunks))
    except pictures.PictureRefused:
        raise Http404 from None
    return _jail(HttpResponse(drawn, content_type="image/png"))


def name_attachment(name: str, fallback: str) -> str:
    """Content-Disposition of a file (RFC 6266): the name as a plain one and as it was."""
    last = re.split(r"[/\\]", name)[-1]
    clean = "".join(each for each in last if each.isprintable())[:120].strip(". ") or fallback
    plain = re.sub(r"[^A-Za-z0-9._ -]", "_", clean)
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(clean, safe='')}"


def _find(request: HttpRequest, index: int, file: int) -> attachments.OpenedFile:
    page = load_report(request, index)
    if file not in {each.id for each in page.files}:
        raise Http404
    try:
        found = attachments.open_attachment(
            attachment=file,
            by=get_actor(request),
            now=timezone.now(),
            files_dir=settings.TIPLINE.vault_dir / "files",
        )
        return replace(found, chunks=_begin(found.chunks))
    except (attachments.FileUnknown, FileMissing, FileBroken):
        raise Http404 from None


def _begin(chunks: Iterator[bytes]) -> Iterator[bytes]:
    # The first chunk is read before the answer begins, so that a missing file is a 404.
    return _go_on(next(chunks, b""), chunks)


def _go_on(first: bytes, chunks: Iterator[bytes]) -> Iterator[bytes]:
    yield first
    yield from chunks


def _jail(response: HttpResponseBase) -> HttpResponseBase:
    response["Content-Security-Policy"] = SANDBOX
    response["X-Content-Type-Options"] = "nosniff"
    return response
