"""Put the domain's keys into words of the reader's language."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import get_language, gettext, gettext_lazy as _, ngettext, override

from tipline.domain.disposal.outcome import MESSAGES, OUTCOMES, Outcome
from tipline.domain.triage.offences import OFFENCES
from tipline.domain.triage.opinion import NONE
from tipline.domain.triage.reasons import REASONS, render
from tipline.domain.words import Reason, list_unfilled

STATES = {
    "received": _("being read by machine"),
    "assessed": _("waiting"),
    "in_review": _("in hand"),
    "waiting": _("waiting for the reporter"),
    "decided": _("decided"),
}
EVENTS = {
    "report.received": _("Report received"),
    "report.refused": _("Record could not be opened"),
    "reply.received": _("Reply received"),
    "report.assessed": _("Read by machine"),
    "report.routed": _("Sent to another region"),
    "model.trained": _("Model trained"),
    "model.promoted": _("Model promoted"),
    "model.reverted": _("Model rolled back"),
    "report.corrected": _("Opinion corrected"),
    "reports.linked": _("Reports placed in clusters"),
    "reports.moved": _("Reports moved to other clusters"),
    "clusters.settled": _("Archive linked anew"),
    "link.ruled": _("Link between reports ruled on"),
    "gang.named": _("Gang named"),
    "rule.set": _("Routing rule set"),
    "report.claimed": _("Taken in hand"),
    "report.skipped": _("Skipped"),
    "report.released": _("Given back"),
    "report.assigned": _("Assigned"),
    "report.noted": _("Note written"),
    "report.opened": _("Opened for a written reason"),
    "list.imported": _("List imported"),
    "list.removed": _("List ended"),
    "known.added": _("Subjects noted as known"),
    "known.withdrawn": _("Subjects no longer known"),
    "known.removed": _("Subject excepted from lists"),
    "known.restored": _("Exception from lists ended"),
    "case.opened": _("Case opened"),
    "case.split": _("Case opened with a part of another"),
    "case.described": _("Case described anew"),
    "case.extended": _("Added to the case"),
    "case.reduced": _("Taken out of the case"),
    "case.noted": _("Note written"),
    "case.led": _("Lead named"),
    "case.placed": _("Put under another case"),
    "case.offered": _("Offered to another agency"),
    "case.accepted": _("Taken over"),
    "case.declined": _("Transfer refused"),
    "case.referred": _("Referred"),
    "referral.answered": _("Referral answered"),
    "case.suspended": _("Case suspended"),
    "case.resumed": _("Case taken up again"),
    "case.closed": _("Case closed"),
    "case.merged": _("Case merged into another"),
    "task.set": _("Task set"),
    "task.done": _("Task done"),
    "person.named": _("Person added, under seal"),
    "person.revealed": _("Person shown"),
    "fact.stated": _("Figure stated"),
    "flow.stated": _("Money flow stated"),
    "decision.made": _("Decided"),
    "subject.decided": _("Decided about subjects"),
    "action.confirmed": _("Action confirmed"),
    "action.refused": _("Action refused"),
    "action.done": _("Action carried out"),
    "action.reversed": _("Action reversed"),
    "action.expired": _("Action ended by itself"),
    "order.drafted": _("Order drafted"),
    "order.revised": _("Draft written anew"),
    "order.approved": _("Order approved"),
    "order.issued": _("Order issued"),
    "order.ratified": _("Emergency order ratified"),
    "order.lapsed": _("Emergency order lapsed"),
    "order.served": _("Order served"),
    "order.listed": _("Order put on the register"),
    "order.unlisted": _("Order taken off the register"),
    "order.assigned": _("Order assigned"),
    "order.acknowledged": _("Order acknowledged"),
    "order.answered": _("Order answered"),
    "extension.asked": _("More time asked for"),
    "extension.refused": _("More time refused"),
    "look.asked": _("Inspection wished by the respondent"),
    "appeal.received": _("Appeal received"),
    "order.extended": _("Deadline extended"),
    "order.reminded": _("Respondent reminded"),
    "order.expired": _("Deadline passed"),
    "order.rechecked": _("Re-check due"),
    "order.escalated": _("Order escalated"),
    "order.inspected": _("Items inspected again"),
    "order.ruled": _("Compliance decided"),
    "order.reappeared": _("Content is back"),
    "order.reopened": _("Order reopened"),
    "order.closed": _("Order closed"),
    "order.withdrawn": _("Order withdrawn"),
    "answers.read": _("Respondent’s answers read"),
    "inspection.asked": _("Inspection asked for"),
    "inspection.finished": _("Inspection finished"),
    "reporter.asked": _("Reporter asked"),
    "contact.revealed": _("Contact shown"),
    "reporter.told": _("Reporter told"),
    "step.quarantined": _("Step set aside"),
    "step.retried": _("Step tried again"),
    "step.dismissed": _("Step dismissed"),
    "record.dismissed": _("Record dismissed"),
    "record.retried": _("Record tried again"),
    "desk.rebuilt": _("Desk rebuilt from the vault"),
    "staff.made": _("Officer added"),
    "staff.altered": _("Officer altered"),
    "agency.made": _("Agency added"),
    "agency.altered": _("Agency altered"),
}
LANES = {"": _("ordinary"), "normal": _("ordinary"), "slow": _("slow")}
STEPS = {
    "assess": _("read by machine"),
    "tell": _("tell the reporter"),
    "release": _("free a claim that ran out"),
    "list": _("note known subjects"),
    "expire": _("end a measure"),
    "serve": _("tell the respondent"),
    "watch": _("watch an order’s times"),
    "look": _("have an order inspected"),
    "inspect": _("inspect"),
    "judge": _("take an inspection to its order"),
    "link": _("place in a cluster"),
    "settle": _("link the archive anew"),
}
LETTERS = {
    "state": _("State told"),
    "question": _("Question"),
    "outcome": _("Outcome told"),
    "reply": _("Reply"),
}
STANDINGS = {
    "bad": _("known to be bad"),
    "good": _("known to be good"),
    "disputed": _("lists disagree"),
    "unknown": _("not known"),
}
RESPONDENT_ACTS = {
    "acknowledge": _("Acknowledged"),
    "answer": _("Answer"),
    "extension": _("Wish for more time"),
    "inspection": _("Wish for an inspection"),
    "appeal": _("Appeal"),
}
ITEM_VERDICTS = {
    "removed": _("removed"),
    "changed": _("changed"),
    "still_present": _("still there"),
    "moved": _("moved elsewhere"),
    "cloaked": _("shown to some visitors only"),
    "inconclusive": _("not settled"),
}
CONTACTS = {
    "name": _("name"),
    "email": _("e-mail address"),
    "phone": _("phone number"),
    "other": _("another way"),
}
PARTS = {
    "loss": _("money lost"),
    "recent": _("recent"),
    "payment": _("payment account"),
    "danger": _("danger"),
    "urgency": _("urgent offence"),
    "vulnerable": _("somebody needs help"),
    "known": _("known before"),
    "spread": _("spread"),
    "evidence": _("leads"),
    "links": _("odd links"),
    "files": _("files"),
}

CASE_REFUSALS = {
    "title": _("Give the case a title."),
    "agency": _("There is no such agency, or this is not its region."),
    "offence": _("There is no such offence."),
    "subject": _("This is no subject of a case."),
    "gang": _("There is no such gang."),
    "lead": _("This officer does not serve in the region of the case."),
    "same": _("This is the same case."),
    "circle": _("A case cannot lie under itself."),
    "reason": _("Write down why."),
    "summary": _("Write down how it ended."),
    "outcome": _("Reports in this case are still open: choose their outcome."),
    "empty": _("Name what is meant: something that is not there yet, or is there."),
    "words": _("Write something first."),
    "task": _("There is no such task, or it is done."),
    "source": _("Name the document that says so."),
    "superseded": _("There is no such entry, or it was corrected already."),
    "ends": _("Name two different accounts."),
    "person": _("There is no such person in this case."),
    "offered": _("It is offered to an agency already, which has not answered yet."),
    "handover": _("There is no such offer, or it was answered already."),
}


def word(table: Mapping[str, Any], key: str) -> str:
    """Name of a key in a table of this module; the key itself where the table has none."""
    return str(table.get(key, key))


def fill(message: str, params: Mapping[str, Any]) -> str:
    """Translate a message id and fill it in; what was not given stays visible as a gap."""
    gaps = dict.fromkeys(list_unfilled(message, params), "…")
    translated = gettext(message)
    return translated % {**params, **gaps} if "%(" in translated else translated.replace("%%", "%")


def word_outcome(outcome: str) -> str:
    """Public name of an outcome."""
    return gettext(OUTCOMES[Outcome(outcome)].name) if outcome in list(Outcome) else outcome


def word_reason(reason: str, params: Mapping[str, Any]) -> str:
    """Text of an outcome's reason."""
    return fill(MESSAGES[reason], params) if reason in MESSAGES else reason


def word_age(age: timedelta) -> str:
    """Say how long ago in one number: minutes, hours, then days."""
    minutes = max(int(age.total_seconds() // 60), 0)
    if minutes < 60:
        return ngettext("%(count)d min", "%(count)d min", minutes) % {"count": minutes}
    if minutes < 48 * 60:
        hours = minutes // 60
        return ngettext("%(count)d h", "%(count)d h", hours) % {"count": hours}
    days = minutes // (24 * 60)
    return ngettext("%(count)d day", "%(count)d days", days) % {"count": days}


def word_judgement(reason: str, params: Mapping[str, Any]) -> str:
    """Say why the machine judged so; the key itself for a judgement of an older version."""
    if reason not in REASONS:
        return reason
    language = get_language() or "en"
    return render(Reason(reason, params), language=language, translate=gettext)


def word_offence(code: str) -> str:
    """Name of an offence in the reader's language; the code itself for one not in the table."""
    if code == NONE:
        return gettext("no offence seen")
    return OFFENCES[code].name(get_language() or "en") if code in OFFENCES else code


def preview_outcome(*, outcome: str, reason: str, params: Mapping[str, Any], language: str) -> str:
    """What the reporter will read, in their language: the outcome, what it means, the reason."""
    with override(language or "en"):
        words = OUTCOMES[Outcome(outcome)]
        parts = (gettext(words.name), gettext(words.meaning), word_reason(reason, params))
        return "\n".join(parts)


def html_language(code: str) -> str:
    """Tag for a page of the language that a report is told in."""
    return "zh-Hans" if code.lower().startswith("zh") else "en"


def is_past(at: datetime | None, now: datetime) -> bool:
    """Tell whether a time is set and has gone by."""
    return at is not None and at <= now
