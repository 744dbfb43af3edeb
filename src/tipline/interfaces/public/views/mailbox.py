"""The status page: what a code opens, and what its holder answers. The code travels in POST only."""

import asyncio
import datetime as dt
from collections.abc import Sequence

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tipline.domain.intake.receipt import CodeMistyped, CodeRefused, format_code
from tipline.domain.intake.submission import Submission, check_submission
from tipline.interfaces.public.attachments import Attached, gather_files
from tipline.interfaces.public.fields import Field, name_mistake
from tipline.interfaces.public.rendering import find_doorway, find_form, find_scope, render_page
from tipline.interfaces.public.sentform import SentForm
from tipline.interfaces.public.thread import MORE, Typed, list_items, make_forms, tell_status
from tipline.interfaces.public.views.report import hint_files
from tipline.interfaces.public.wording import BUSY, CODE_UNKNOWN, word
from tipline.services.intake import OwnReply, SentOnce, digest_reply, receive_reply, write_minute
from tipline.services.mailbox import CodeUnknown, Mailbox, find_code, open_mailbox, read_promise
from tipline.vault import VaultRefusal

METHODS = require_http_methods(["GET", "HEAD", "POST"])
CANDIDATES_SHOWN_MAX = 5


@METHODS
async def show_status(request: HttpRequest) -> HttpResponse:
    """Ask for the code; show what it opens."""
    if request.method != "POST":
        return _ask_code(request)
    await find_doorway(request).pace(find_scope(request))
    found = await _open(request)
    if isinstance(found, HttpResponse):
        return found
    code, mailbox = found
    return _draw(request, code, mailbox, notice=_notice_mended(request, code))


@METHODS
async def take_reply(request: HttpRequest) -> HttpResponse:
    """Keep an answer or an addition, then show the thread with it."""
    if request.method != "POST":
        return HttpResponseRedirect(reverse("status"))
    door = find_doorway(request)
    await door.pace(find_scope(request))
    found = await _open(request)
    if isinstance(found, HttpResponse):
        return found
    code, mailbox = found
    place = _find_place(request, mailbox)
    attached = gather_files(door, find_form(request), now=dt.datetime.now(dt.UTC), place=place)
    error = _check(request, attached)
    if error or attached.mistakes:
        return _draw(
            request,
            code,
            mailbox,
            status=503 if find_form(request).found_no_room else 422,
            typed=_keep_typed(request, place=place, attached=attached, error=error),
        )
    return await _keep(request, code, mailbox=mailbox, attached=attached)


async def _keep(
    request: HttpRequest, code: str, *, mailbox: Mailbox, attached: Attached
) -> HttpResponse:
    door, form, now = find_doorway(request), find_form(request), dt.datetime.now(dt.UTC)
    place = _find_place(request, mailbox)
    reply = OwnReply(
        at=write_minute(now),
        text=form.get("text"),
        question_id="" if place == MORE else place,
        files=tuple(each.name for each in attached.files),
    )
    try:
        leaf_index = await receive_reply(
            vault=door.vault,
            keys=mailbox.keys,
            last=mailbox.last,
            reply=reply,
            retry=_know_again(form, reply, attached),
            files=attached.files,
        )
    except VaultRefusal:
        return _draw(
            request,
            code,
            mailbox,
            typed=_keep_typed(request, place=place, attached=attached, error=str(BUSY)),
            status=503,
        )
    fresh = await asyncio.to_thread(open_mailbox, vault=door.vault, code=code)
    notice = _("It is kept, as ledger entry %(index)s.") % {"index": leaf_index}
    return _draw(request, code, fresh, notice=notice, status=201)


def _know_again(form: SentForm, reply: OwnReply, attached: Attached) -> SentOnce | None:
    key = form.get("form_key").encode()
    digest = digest_reply(reply, attached.files)
    return SentOnce(b"reply\0" + key + digest, digest) if key else None


def _check(request: HttpRequest, attached: Attached) -> str:
    text, door = find_form(request).get("text"), find_doorway(request)
    if not text.strip() and attached.files:
        return ""  # files alone say enough
    faults = check_submission(Submission(text=text), door.limits)
    return word(faults[0].message, faults[0].params) if faults else ""


def _find_place(request: HttpRequest, mailbox: Mailbox) -> str:
    question_id = find_form(request).get("question_id")
    return question_id if question_id in mailbox.asked else MORE


def _keep_typed(request: HttpRequest, *, place: str, attached: Attached, error: str) -> Typed:
    form, door = find_form(request), find_doorway(request)
    return Typed(
        place=place,
        key=form.get("form_key"),
        text=form.get("text"),
        error=error,
        mistakes=attached.mistakes,
        kept=attached.files,
        kept_token=door.kept.seal(attached.files, now=dt.datetime.now(dt.UTC)),
    )


async def _open(request: HttpRequest) -> tuple[str, Mailbox] | HttpResponse:
    vault, typed = find_doorway(request).vault, find_form(request).get("code")
    try:
        code = await asyncio.to_thread(find_code, vault=vault, text=typed)
        return code, await asyncio.to_thread(open_mailbox, vault=vault, code=code)
    except CodeMistyped as mistyped:
        error = word(mistyped.message, mistyped.params)
        near = [format_code(each) for each in mistyped.candidates[:CANDIDATES_SHOWN_MAX]]
        return _ask_code(request, error=error, candidates=near, status=422)
    except CodeRefused as refused:
        return _ask_code(request, error=word(refused.message, refused.params), status=422)
    except CodeUnknown:
        return _ask_code(request, error=str(CODE_UNKNOWN), status=404)


def _ask_code(
    request: HttpRequest, *, error: str = "", candidates: Sequence[str] = (), status: int = 200
) -> HttpResponse:
    field = Field(
        name="code",
        label=_("Your receipt code"),
        hint=_(
            "Five groups of four letters and digits. Capitals, spaces and dashes do not matter."
        ),
        value=find_form(request).get("code"),
        error=error,
        is_required=True,
        is_plain=True,
    )
    mistakes = [name_mistake(field, error)] if error else []
    context = {"code_field": field, "mistakes": mistakes, "candidates": candidates}
    return render_page(request, "status", context, status=status)


def _notice_mended(request: HttpRequest, code: str) -> str:
    typed = "".join(each for each in find_form(request).get("code").upper() if each.isalnum())
    if sum(a != b for a, b in zip(typed, code, strict=False)) + abs(len(typed) - len(code)) == 0:
        return ""
    return _("We read your code as %(code)s.") % {"code": format_code(code)}


def _draw(
    request: HttpRequest,
    code: str,
    mailbox: Mailbox,
    *,
    notice: str = "",
    typed: Typed | None = None,
    status: int = 200,
) -> HttpResponse:
    door = find_doorway(request)
    promised = read_promise(mailbox=mailbox, outcome_days=door.settings.outcome_days)
    forms = make_forms(mailbox, file_hint=hint_files(door), typed=typed)
    items = [(item, forms.get(item.question_id)) for item in list_items(mailbox)]
    context = {
        "code": code,
        "items": items,
        "add_form": forms[MORE],
        "notice": notice,
        "mistakes": typed.list_mistakes() if typed else [],
        **tell_status(mailbox, promised),
    }
    return render_page(
        request, "mailbox", context, status=status if not typed or status != 200 else 422
    )
