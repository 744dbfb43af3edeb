"""Files for the holder of a code: proofs, and the text that they prove."""

import asyncio
import base64
import binascii

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from tipline.domain.intake.receipt import CodeRefused, read_code
from tipline.interfaces.public.refusals import render_refusal
from tipline.interfaces.public.rendering import find_doorway, find_form, find_scope
from tipline.services.mailbox import (
    CodeUnknown,
    LeafUnknown,
    build_holder_proof,
    check_own_words,
)

METHODS = require_http_methods(["GET", "HEAD", "POST"])
INDEX_DIGITS_MAX = 18


class AskedWrongly(Exception):
    """The form that asks for a file was changed."""


REFUSED = (AskedWrongly, CodeRefused, CodeUnknown, LeafUnknown)


@METHODS
async def give_proof(request: HttpRequest) -> HttpResponse:
    """Give the proof of one record as a file."""
    if request.method != "POST":
        return HttpResponseRedirect(reverse("status"))
    door = find_doorway(request)
    await door.pace(find_scope(request))
    try:
        code, index = _read_asked(request)
        proof = await asyncio.to_thread(
            build_holder_proof, vault=door.vault, code=code, leaf_index=index, vkey=door.log_key
        )
    except REFUSED:
        return render_refusal(request, "missing")
    return _attach(proof, f"receipt-{index}.tlog-proof")


@METHODS
async def give_words(request: HttpRequest) -> HttpResponse:
    """Give back the words that the page held, as a file, after comparing them with the record.

    The vault has them only sealed; so the page carries them, and nothing else can be had here.
    """
    if request.method != "POST":
        return HttpResponseRedirect(reverse("status"))
    door = find_doorway(request)
    await door.pace(find_scope(request))
    try:
        code, index = _read_asked(request)
        words = _read_words(request)
        await asyncio.to_thread(
            check_own_words, vault=door.vault, code=code, leaf_index=index, words=words
        )
    except REFUSED:
        return render_refusal(request, "missing")
    return _attach(words, f"receipt-{index}.txt")


def _read_asked(request: HttpRequest) -> tuple[str, int]:
    form = find_form(request)
    index = form.get("index")
    if not (index.isascii() and index.isdigit()) or len(index) > INDEX_DIGITS_MAX:
        raise AskedWrongly
    return read_code(form.get("code")), int(index)


def _read_words(request: HttpRequest) -> bytes:
    try:
        return base64.b64decode(find_form(request).get("words"), validate=True)
    except (binascii.Error, ValueError):
        raise AskedWrongly from None


def _attach(body: bytes, name: str) -> HttpResponse:
    response = HttpResponse(body, content_type="text/plain; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
