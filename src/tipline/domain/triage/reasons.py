"""The words for what the machine judged: one table, keyed as the judgement's reasons are.

The parameter ``region`` is a GB/T 2260 code, ``offence`` one of our codes and ``brand`` a brand's
English name: their names are put there in the reader's language.
"""

from collections.abc import Callable, Mapping

from tipline.domain.intake.region import name_of
from tipline.domain.triage.links import LINK_REASONS, name_brand
from tipline.domain.triage.offences import OFFENCES
from tipline.domain.words import Reason, gettext_noop

REASONS: Mapping[str, str] = {
    # priority
    "loss": gettext_noop("Money was lost: about %(amount)s CNY."),
    "loss.text": gettext_noop("The text names about %(amount)s CNY."),
    "loss.least": gettext_noop("The text names at least %(amount)s CNY."),
    "recent.hour": gettext_noop("It happened within the hour."),
    "recent.day": gettext_noop("It happened within a day."),
    "recent.days": gettext_noop("It happened within three days."),
    "recent.week": gettext_noop("It happened within a week."),
    "recent.unknown": gettext_noop("Money was lost, and nobody says when."),
    "payment.now": gettext_noop(
        "A payment account is named: the payment can still be stopped now."
    ),
    "payment.fresh": gettext_noop("A payment account is named: a payment may still be stopped."),
    "payment": gettext_noop("A payment account is named."),
    "danger": gettext_noop("Somebody may be in danger."),
    "vulnerable.elderly": gettext_noop("An old person seems to be affected."),
    "vulnerable.minor": gettext_noop("A child seems to be affected."),
    "vulnerable.ill": gettext_noop("Somebody ill or disabled seems to be affected."),
    "vulnerable.debt": gettext_noop(
        "Somebody seems to have got into debt, or to have lost all savings."
    ),
    "urgency": gettext_noop("Such an offence is urgent: %(offence)s."),
    "subject.own": gettext_noop("This desk has acted against something that is named here."),
    "subject.listed": gettext_noop(
        "Something that is named here stands in a list of known bad ones."
    ),
    "spread": gettext_noop("Other texts or numbers point to the same: %(count)s."),
    "links": gettext_noop("Links look like something they are not: %(count)s."),
    "evidence": gettext_noop("Links, numbers or accounts are named: %(count)s."),
    "files": gettext_noop("Files are attached: %(count)s."),
    # region
    "region.reported": gettext_noop("The report names the region: %(region)s."),
    "region.landline": gettext_noop("A telephone number in the report belongs to %(region)s."),
    "region.mobile": gettext_noop("The mobile numbers in the report were issued in %(region)s."),
    "region.default": gettext_noop("Nothing tells the region; it goes to the hotline's own."),
    # agency
    "agency.rule": gettext_noop("A routing rule gives it to this agency: %(rule)s."),
    "agency.nearest": gettext_noop("This agency is responsible for the region."),
    "agency.none": gettext_noop("No agency here is responsible for the region."),
    # offence
    "offence.unsure": gettext_noop("The machine does not name an offence; a person decides."),
    "offence.words": gettext_noop("These words speak for it, as in reports of the kind."),
    "offence.rule": gettext_noop("A rule suggests it by these words."),
    "offence.none": gettext_noop("The machine sees no offence in the text; a person decides."),
    # known subjects
    "hit.own": gettext_noop("Known here since %(since)s: report no. %(report)s was acted on."),
    "hit.own.payee": gettext_noop(
        "Known here since %(since)s as an account that money went to: report no. %(report)s was "
        "acted on."
    ),
    "hit.bad": gettext_noop("On the list %(list)s (%(source)s) since %(since)s."),
    "hit.good": gettext_noop("On the list of good ones %(list)s (%(source)s) since %(since)s."),
    # links
    **LINK_REASONS,
}


def render(reason: Reason, *, language: str, translate: Callable[[str], str]) -> str:
    """Say a reason in ``language``, with ``translate`` giving a message id's words in it."""
    params = dict(reason.params)
    if "region" in params:
        params["region"] = name_of(str(params["region"]), language)
    if params.get("offence") in OFFENCES:
        params["offence"] = OFFENCES[str(params["offence"])].name(language)
    if "brand" in params:
        params["brand"] = name_brand(str(params["brand"]), language)
    return translate(REASONS[reason.key]) % params
