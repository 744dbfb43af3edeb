"""Keep the rules that say which agency gets which reports."""

from datetime import datetime

from django.db import transaction

from tipline.domain.duties import Action, Actor, check_may_anywhere
from tipline.domain.triage.offences import OFFENCES
from tipline.domain.triage.routing import Rule
from tipline.domain.values import region_contains
from tipline.store.models import Agency, RoutingRule
from tipline.store.record import record


class RuleRefused(ValueError):
    """The rule names no offence, region or agency that there is; ``field`` tells which."""

    def __init__(self, field: str) -> None:
        super().__init__(field)
        self.field = field


@transaction.atomic
def set_rule(*, rule: Rule, by: Actor, now: datetime) -> None:
    """Set which agency gets reports of an offence in a region; it holds for what comes from now on.

    Raises:
        NotAllowed: the duties of ``by`` do not include agencies.
        RuleRefused: something in it is not there.

    """
    check_may_anywhere(by, Action.MANAGE_AGENCIES)
    _check_rule(rule)
    _record(rule, by=by, now=now)


@transaction.atomic
def remove_rule(*, offence: str, region: str, by: Actor, now: datetime) -> None:
    """Remove a rule; the nearest agency gets those reports again.

    Raises:
        NotAllowed: as for ``set_rule``.
        RuleRefused: there is no such rule.

    """
    check_may_anywhere(by, Action.MANAGE_AGENCIES)
    if not RoutingRule.objects.filter(offence=offence, region=region).exists():
        raise RuleRefused("offence")
    _record(Rule(offence, region, ""), by=by, now=now)


def _check_rule(rule: Rule) -> None:
    if rule.offence and not any(f"{code}-".startswith(f"{rule.offence}-") for code in OFFENCES):
        raise RuleRefused("offence")
    if not region_contains(rule.region, rule.region):
        raise RuleRefused("region")
    if not Agency.objects.filter(code=rule.agency).exists():
        raise RuleRefused("agency")


def _record(rule: Rule, *, by: Actor, now: datetime) -> None:
    body = {"offence": rule.offence, "region": rule.region, "agency": rule.agency}
    subject = f"rule:{rule.offence or '*'}:{rule.region}"
    record(kind="rule.set", subject=subject, by=by.id, now=now, body=body)
