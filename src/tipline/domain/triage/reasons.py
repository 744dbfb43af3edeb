"""The words for what the machine judged: one table, keyed as the judgement's reasons are.

The parameter ``region`` is a GB/T 2260 code and ``brand`` a brand's English name: whoever shows the
words puts the name in the reader's language there.
"""

from collections.abc import Callable, Mapping

from tipline.domain.intake.region import name_of
from tipline.domain.triage.links import LINK_REASONS, name_brand
from tipline.domain.words import Reason, gettext_noop

REASONS: Mapping[str, str] = {
    # priority
    "loss": gettext_noop("Money was lost: about %(amount)s CNY."),
    "recent.day": gettext_noop("It happened within a day."),
    "recent.days": gettext_noop("It happened within three days."),
    "recent.week": gettext_noop("It happened within a week."),
    "recent.unknown": gettext_noop("Money was lost, and nobody says when."),
    "payment.fresh": gettext_noop("A payment account is named: a payment may still be stopped."),
    "payment": gettext_noop("A payment account is named."),
    "danger": gettext_noop("Somebody may be in danger."),
    "evidence": gettext_noop("Links, numbers or accounts are named: %(count)s."),
    "files": gettext_noop("Files are attached: %(count)s."),
    # region
    "region.reported": gettext_noop("The report names the region: %(region)s."),
    "region.landline": gettext_noop("A telephone number in the report belongs to %(region)s."),
    "region.default": gettext_noop("Nothing tells the region; it goes to the hotline's own."),
    # offence
    "offence.unsure": gettext_noop("The machine does not name an offence; a person decides."),
    # known subjects
    "known.own": gettext_noop("Known here since %(since)s: report no. %(report)s was acted on."),
    "known.own.payee": gettext_noop(
        "Known here since %(since)s as an account that money went to: report no. %(report)s was "
        "acted on."
    ),
    "known.bad": gettext_noop("On the list %(list)s (%(source)s) since %(since)s."),
    "known.good": gettext_noop("On the list of good ones %(list)s (%(source)s) since %(since)s."),
    # links
    **LINK_REASONS,
}


def render(reason: Reason, *, language: str, translate: Callable[[str], str]) -> str:
    """Say a reason in ``language``, with ``translate`` giving a message id's words in it."""
    params = dict(reason.params)
    if "region" in params:
        params["region"] = name_of(str(params["region"]), language)
    if "brand" in params:
        params["brand"] = name_brand(str(params["brand"]), language)
    return translate(REASONS[reason.key]) % params
