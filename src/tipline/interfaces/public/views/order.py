"""The respondent's page: what an order's code opens, and what its holder sends back.

The code travels in POST only, as a reporter's does.
"""

import asyncio
import datetime as dt
from collections.abc import Sequence

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tipline.domain.disposal.served import Act, Answer, AnswerRefused, check_answer
from tipline.domain.intake.receipt import CodeMistyped, CodeRefused, format_code
from tipline.domain.intake.submission import Submission, check_submission
from tipline.interfaces.public.attachments import Attached, gather_files
from tipline.interfaces.public.fields import Field, name_mistake
from tipline.interfaces.public.ordersheet import (
    Typed,
    find_place,
    list_items,
    make_forms,
    show_order as describe_order,
)
from tipline.interfaces.public.rendering import find_doorway, find_form, find_scope, render_page
from tipline.interfaces.public.views.report import hint_files
from tipline.interfaces.public.wording import BUSY, ORDER_UNKNOWN, word
from tipline.services.intake import write_minute
from tipline.services.mailbox import find_code
from tipline.services.respondents import (
    OrderCodeUnknown,
    OrderThread,
    open_thread,
    receive_answer,
)
from tipline.vault import VaultRefusal

METHODS = require_http_methods(["GET", "HEAD", "POST"])
CANDIDATES_SHOWN_MAX = 5


@METHODS
async def show_order(request: HttpRequest) -> HttpResponse:
    """Ask for the order's code; show the order that it opens."""
    if request.method != "POST":
        return _ask_code(request)
    await find_doorway(request).pace(find_scope(request))
    found = await _open(request)
    return found if isinstance(found, HttpResponse) else _draw(request, *found)


@METHODS
async def take_answer(request: HttpRequest) -> HttpResponse:
    """Keep what the respondent sends, then show the order with it."""
    if request.method != "POST":
        return HttpResponseRedirect(reverse("order"))
    door = find_doorway(request)
    await door.pace(find_scope(request))
    found = await _open(request)
    if isinstance(found, HttpResponse):
        return found
    code, thread = found
    answer = _read_answer(request)
    if answer is None:
        return _draw(request, code, thread, status=422)
    place = find_place(answer.act, answer.item)
    attached = gather_files(door, find_form(request), now=dt.datetime.now(dt.UTC), place=place)
    error, field = _check(request, answer, thread=thread, attached=attached)
    if error or attached.mistakes:
        typed = _keep_typed(request, place=place, attached=attached, error=error, field=field)
        status = 503 if find_form(request).found_no_room else 422
        return _draw(request, code, thread, typed=typed, status=status)
    return await _keep(request, code, thread=thread, answer=answer, attached=attached)


async def _keep(
    request: HttpRequest, code: str, *, thread: OrderThread, answer: Answer, attached: Attached
) -> HttpResponse:
    door, form, now = find_doorway(request), find_form(request), dt.datetime.now(dt.UTC)
    try:
        leaf_index = await receive_answer(
            vault=door.vault,
            thread=thread,
            answer=answer,
            at=write_minute(now),
            form_key=form.get("form_key"),
            files=attached.files,
        )
    except VaultRefusal:
        place = find_place(answer.act, answer.item)
        typed = _keep_typed(request, place=place, attached=attached, error=str(BUSY), field="")
        return _draw(request, code, thread, typed=typed, status=503)
    fresh = await asyncio.to_thread(open_thread, vault=door.vault, code=code)
    notice = _("It is kept, as ledger entry %(index)s.") % {"index": leaf_index}
    return _draw(request, code, fresh, notice=notice, status=201)


def _read_answer(request: HttpRequest) -> Answer | None:
    form = find_form(request)
    if form.get("act") not in list(Act):
        return None
    return Answer(
        act=Act(form.get("act")),
        text=form.get("text"),
        item=_read_count(form.get("item")),
        days=_read_count(form.get("days")),
    )


def _read_count(typed: str) -> int:
    typed = typed.strip()
    return int(typed) if typed.isdecimal() and len(typed) <= 4 else 0


def _check(
    request: HttpRequest, answer: Answer, *, thread: OrderThread, attached: Attached
) -> tuple[str, str]:
    """Give what is wrong and the field that it is about; nothing where all is well."""
    try:
        check_answer(
            answer,
            state=thread.state,
            items=[item.number for item in thread.sheet.items],
            has_files=bool(attached.files),
        )
    except AnswerRefused as refused:
        return word(refused.message, {}), refused.why if refused.why in {"text", "days"} else ""
    if answer.text.strip():
        faults = check_submission(Submission(text=answer.text), find_doorway(request).limits)
        if faults:
            return word(faults[0].message, faults[0].params), "text"
    return "", ""


def _keep_typed(
    request: HttpRequest, *, place: str, attached: Attached, error: str, field: str
) -> Typed:
    form, door = find_form(request), find_doorway(request)
    return Typed(
        place=place,
        key=form.get("form_key"),
        text=form.get("text"),
        days=form.get("days"),
        error=error,
        error_field=field,
        mistakes=attached.mistakes,
        kept=attached.files,
        kept_token=door.kept.seal(attached.files, now=dt.datetime.now(dt.UTC)),
    )


async def _open(request: HttpRequest) -> tuple[str, OrderThread] | HttpResponse:
    vault, typed = find_doorway(request).vault, find_form(request).get("code")
    try:
        code = await asyncio.to_thread(find_code, vault=vault, text=typed)
        return code, await asyncio.to_thread(open_thread, vault=vault, code=code)
    except CodeMistyped as mistyped:
        error = word(mistyped.message, mistyped.params)
        near = [format_code(each) for each in mistyped.candidates[:CANDIDATES_SHOWN_MAX]]
        return _ask_code(request, error=error, candidates=near, status=422)
    except CodeRefused as refused:
        return _ask_code(request, error=word(refused.message, refused.params), status=422)
    except OrderCodeUnknown:
        return _ask_code(request, error=str(ORDER_UNKNOWN), status=404)


def _ask_code(
    request: HttpRequest, *, error: str = "", candidates: Sequence[str] = (), status: int = 200
) -> HttpResponse:
    field = Field(
        name="code",
        label=_("The order’s code"),
        hint=_(
            "It stands on the order: five groups of four letters and digits. Capitals, spaces and "
            "dashes do not matter."
        ),
        value=find_form(request).get("code"),
        error=error,
        is_required=True,
        is_plain=True,
    )
    mistakes = [name_mistake(field, error)] if error else []
    context = {"code_field": field, "mistakes": mistakes, "candidates": candidates}
    return render_page(request, "ordercode", context, status=status)


def _draw(
    request: HttpRequest,
    code: str,
    thread: OrderThread,
    *,
    notice: str = "",
    typed: Typed | None = None,
    status: int = 200,
) -> HttpResponse:
    forms = make_forms(thread, file_hint=hint_files(find_doorway(request)), typed=typed)
    context = {
        "code": code,
        "notice": notice,
        "mistakes": typed.list_mistakes() if typed else [],
        "items": list_items(thread, forms),
        "acknowledge": forms.get(Act.ACKNOWLEDGE.value),
        "others": [
            forms[act.value]
            for act in (Act.INSPECTION, Act.EXTENSION, Act.APPEAL)
            if act.value in forms
        ],
        **describe_order(thread),
    }
    return render_page(request, "order", context, status=status)
