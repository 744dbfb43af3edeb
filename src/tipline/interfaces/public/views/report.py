"""The report form and its receipt.

There is no token against cross-site requests, because there is nothing to ride on: this side has
no cookie, no session and no other authority that a browser would send along by itself. Who can
make a visitor's browser post a form here can as well post it from their own.
"""

import base64
import datetime as dt
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import segno
from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language, gettext as _
from django.views.decorators.http import require_http_methods

from tipline.domain.intake.receipt import GROUP
from tipline.domain.intake.submission import Submission, check_submission
from tipline.interfaces.doorway.doorway import Doorway
from tipline.interfaces.public.attachments import FIELD, Attached, gather_files
from tipline.interfaces.public.draft import Draft, name_field, submit_draft
from tipline.interfaces.public.fields import Mistake, list_mistakes
from tipline.interfaces.public.rendering import find_doorway, find_form, find_scope, render_page
from tipline.interfaces.public.reportfields import FieldMaker
from tipline.interfaces.public.sentform import SentForm
from tipline.interfaces.public.wording import BUSY, KEPT_LOST, word, word_day, word_size
from tipline.services.intake import Receipt, SentOnce, digest_submission, receive
from tipline.vault import UnitRefused, VaultRefusal

METHODS = require_http_methods(["GET", "HEAD", "POST"])


@dataclass(frozen=True, kw_only=True)
class Attempt:
    """One posted form: the draft, its files, and what it submits."""

    draft: Draft
    attached: Attached
    submission: Submission
    now: dt.datetime


@METHODS
async def show_report(request: HttpRequest) -> HttpResponse:
    """Draw the form; keep what it sends and draw the receipt."""
    if request.method != "POST":
        return _draw_form(request, Draft(SentForm()), Attached())
    attempt = _read_attempt(request)
    if attempt.draft.get("add"):
        return _draw_form(request, attempt.draft, attempt.attached)
    errors = _check(find_doorway(request), attempt)
    if errors or attempt.attached.mistakes:
        status = 503 if attempt.draft.form.found_no_room else 422
        return _draw_form(request, attempt.draft, attempt.attached, errors=errors, status=status)
    return await _keep(request, attempt)


def _read_attempt(request: HttpRequest) -> Attempt:
    form = find_form(request)
    now, draft = dt.datetime.now(dt.UTC), Draft.read(form)
    return Attempt(
        draft=draft,
        attached=gather_files(find_doorway(request), form, now=now),
        submission=submit_draft(draft, language=get_language() or "en"),
        now=now,
    )


def _check(door: Doorway, attempt: Attempt) -> dict[str, str]:
    faults = check_submission(attempt.submission, door.limits, now=attempt.now)
    named = ((name_field(fault, attempt.draft), fault) for fault in faults)
    return {name: word(fault.message, fault.params) for name, fault in reversed(list(named))}


async def _keep(request: HttpRequest, attempt: Attempt) -> HttpResponse:
    door, form = find_doorway(request), attempt.draft.form
    await door.pace(find_scope(request))
    lane = door.choose_lane(sender="", payload=form.get("work"), count=1, now=attempt.now)
    try:
        receipts = await receive(
            vault=door.vault,
            submissions=[attempt.submission],
            retry=_know_again(attempt),
            now=attempt.now,
            lane=lane,
            files=attempt.attached.files,
        )
    except UnitRefused:  # a file went with another report already, perhaps before "back"
        lost = Attached(mistakes=(Mistake(FIELD, str(KEPT_LOST)),))
        return _draw_form(request, attempt.draft, lost, status=422)
    except VaultRefusal:
        attached = replace(attempt.attached, mistakes=(Mistake("", str(BUSY)),))
        return _draw_form(request, attempt.draft, attached, status=503)
    return _draw_receipt(request, receipts[0], attempt)


def _know_again(attempt: Attempt) -> SentOnce | None:
    """Know a form that is sent twice: its own random key, with what was in it.

    A form that went back and was changed is another report, so the key holds the content too.
    """
    key = attempt.draft.get("form_key").encode()
    if not key:
        return None
    digest = digest_submission(attempt.submission, attempt.attached.files)
    return SentOnce(b"form\0" + key + digest, digest)


def _draw_form(
    request: HttpRequest,
    draft: Draft,
    attached: Attached,
    *,
    errors: Mapping[str, str] | None = None,
    status: int = 200,
) -> HttpResponse:
    door, found = find_doorway(request), dict(errors or {})
    fields = FieldMaker(draft, found, hint_files(door)).make_all()
    now = dt.datetime.now(dt.UTC)
    context = {
        "draft": fields,
        "mistakes": [*list_mistakes(fields.list_all(), found), *attached.mistakes],
        "kept": attached.files,
        "kept_token": door.kept.seal(attached.files, now=now),
        "form_key": draft.get("form_key") or secrets.token_urlsafe(16),
        "work": draft.get("work"),
        "challenge": door.work.make_challenge(now=now),
    }
    return render_page(request, "report", context, status=status)


def hint_files(door: Doorway) -> str:
    """Say how many files are possible and how large."""
    settings = door.settings
    size = word_size(settings.file_bytes_max)
    return _("Screenshots of chats and payments help most. Up to %(count)s files of %(size)s.") % {
        "count": settings.files_max,
        "size": size,
    }


def _draw_receipt(request: HttpRequest, receipt: Receipt, attempt: Attempt) -> HttpResponse:
    code = receipt.code
    days = find_doorway(request).settings.outcome_days
    context = {
        "code": code,
        "groups": split_groups(code),
        "qr": segno.make(code, error="m").svg_data_uri(scale=4, border=1, dark="#000"),
        "leaf_index": receipt.leaf_index,
        "received_on": word_day(attempt.now),
        "promised_on": word_day(attempt.now + dt.timedelta(days=days)),
        "words": base64.b64encode(attempt.submission.text.encode()).decode(),
    }
    return render_page(request, "receipt", context, status=201)


def split_groups(code: str) -> Sequence[str]:
    """Split a code into its groups of four."""
    return [code[at : at + GROUP] for at in range(0, len(code), GROUP)]
