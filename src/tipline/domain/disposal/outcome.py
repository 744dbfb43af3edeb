"""What can come of a report, and the reasons that are given for it."""

from collections.abc import Iterator, Mapping
from enum import StrEnum

from msgspec import Struct

from tipline.domain.disposal.state import ReportState, may_become
from tipline.domain.duties import Action
from tipline.domain.triage.offences import OFFENCES
from tipline.domain.triage.opinion import NONE
from tipline.domain.words import Param, gettext_noop, list_unfilled


class Outcome(StrEnum):
    """Public code of what came of a report."""

    ACTIONED = "ACTIONED"
    ALREADY_DOWN = "ALREADY_DOWN"
    NO_VIOLATION = "NO_VIOLATION"
    NEED_MORE_INFO = "NEED_MORE_INFO"
    DUPLICATE_OF = "DUPLICATE_OF"
    REFERRED = "REFERRED"
    OUT_OF_SCOPE = "OUT_OF_SCOPE"


# What a decision must say for the subjects of its report to be known from then on.
AGAINST_SUBJECTS = frozenset({Outcome.ACTIONED})


class OutcomeWords(Struct, frozen=True):
    """How an outcome is told: its public name and what it means for the reporter."""

    name: str
    meaning: str
    leads_to: ReportState = ReportState.DECIDED
    action: Action = Action.DECIDE_REPORT


OUTCOMES: Mapping[Outcome, OutcomeWords] = {
    Outcome.ACTIONED: OutcomeWords(
        gettext_noop("Action was taken"),
        gettext_noop("We looked into what you reported and acted on it."),
    ),
    Outcome.ALREADY_DOWN: OutcomeWords(
        gettext_noop("Already gone"),
        gettext_noop("What you reported could no longer be reached when we looked."),
    ),
    Outcome.NO_VIOLATION: OutcomeWords(
        gettext_noop("No offence found"),
        gettext_noop("We looked into what you reported and found none of the offences we act on."),
    ),
    Outcome.NEED_MORE_INFO: OutcomeWords(
        gettext_noop("More information needed"),
        gettext_noop("We cannot go on with what we have. You can add to your report on this page."),
        leads_to=ReportState.WAITING,
    ),
    Outcome.DUPLICATE_OF: OutcomeWords(
        gettext_noop("Joined with an earlier report"),
        gettext_noop("The same thing was reported before; your report is kept and counts with it."),
    ),
    Outcome.REFERRED: OutcomeWords(
        gettext_noop("Handed over"),
        gettext_noop("Another agency is responsible and has received your report from us."),
    ),
    Outcome.OUT_OF_SCOPE: OutcomeWords(
        gettext_noop("Not for this hotline"),
        gettext_noop("What you reported is not among the offences that this hotline handles."),
        action=Action.REJECT_OUT_OF_SCOPE,
    ),
}


class ReasonTemplate(Struct, frozen=True):
    """A reason that an officer chooses; ``asks_text`` tells that a text for the reporter is needed.

    ``message`` is a message id; what it needs as ``%(name)s`` the officer fills in.
    """

    key: str
    message: str
    asks_text: bool = False


REASONS: Mapping[Outcome, tuple[ReasonTemplate, ...]] = {
    Outcome.ACTIONED: (
        ReasonTemplate(
            "content_removed",
            gettext_noop("The content was removed by the service that hosted it."),
        ),
        ReasonTemplate(
            "account_closed", gettext_noop("The account was closed by the platform that ran it.")
        ),
        ReasonTemplate(
            "number_stopped", gettext_noop("The phone number was taken out of service.")
        ),
        ReasonTemplate(
            "site_closed", gettext_noop("The website or download was closed or blocked.")
        ),
        ReasonTemplate(
            "payment_stopped",
            gettext_noop("The bank or payment service was told, so that it can stop payments."),
        ),
        ReasonTemplate(
            "investigation",
            gettext_noop("An investigation was opened. We cannot say more while it runs."),
        ),
        ReasonTemplate("actioned_other", gettext_noop("Other action was taken."), asks_text=True),
    ),
    Outcome.ALREADY_DOWN: (
        ReasonTemplate(
            "gone", gettext_noop("The page, account or download was already gone when we looked.")
        ),
        ReasonTemplate("closed_before", gettext_noop("It had been closed after earlier reports.")),
        ReasonTemplate(
            "unreachable",
            gettext_noop("We tried on several days and could not reach it. We will look again."),
        ),
    ),
    Outcome.NO_VIOLATION: (
        ReasonTemplate(
            "lawful_business",
            gettext_noop("It belongs to a lawful business and does what that business says."),
        ),
        ReasonTemplate(
            "advertising",
            gettext_noop("It is advertising. It may be a nuisance, but it is not an offence."),
        ),
        ReasonTemplate(
            "not_confirmed",
            gettext_noop("We looked at what you named and could not confirm what you described."),
        ),
        ReasonTemplate(
            "civil_dispute",
            gettext_noop("It is a dispute over a purchase or contract. Consumer offices can help."),
        ),
        ReasonTemplate("no_violation_other", gettext_noop("Other reason."), asks_text=True),
    ),
    Outcome.NEED_MORE_INFO: (
        ReasonTemplate(
            "no_identifier",
            gettext_noop("We need a link, number, account or app name that we can look at."),
        ),
        ReasonTemplate(
            "link_broken",
            gettext_noop("The link does not open. Please check it and send it again."),
        ),
        ReasonTemplate(
            "no_evidence", gettext_noop("Please add pictures of the messages or of the payment.")
        ),
        ReasonTemplate(
            "more_info_other", gettext_noop("We need the following from you."), asks_text=True
        ),
    ),
    Outcome.DUPLICATE_OF: (
        ReasonTemplate(
            "same_by_you",
            gettext_noop("You sent the same report before. It goes on under your first code."),
        ),
        ReasonTemplate(
            "same_subject",
            gettext_noop("Others reported the same before you. It is handled as one matter."),
        ),
    ),
    Outcome.REFERRED: (
        ReasonTemplate(
            "other_region", gettext_noop("It was handed over to %(agency)s, whose region it is.")
        ),
        ReasonTemplate(
            "other_authority",
            gettext_noop("It was handed over to %(agency)s, which is responsible."),
        ),
        ReasonTemplate(
            "operator", gettext_noop("It was handed over to %(agency)s, which runs the service.")
        ),
    ),
    Outcome.OUT_OF_SCOPE: (
        ReasonTemplate(
            "not_listed",
            gettext_noop(
                "This hotline handles only the listed offences: fraud, illegal goods and services, "
                "trade in data and accounts, and harmful software."
            ),
        ),
        ReasonTemplate(
            "not_crime_report",
            gettext_noop("It is a question or a complaint about a service, not a report."),
        ),
        ReasonTemplate(
            "no_content", gettext_noop("The text says nothing that could be looked into.")
        ),
    ),
}

MESSAGES: Mapping[str, str] = {
    template.key: template.message for templates in REASONS.values() for template in templates
}

REFUSALS: Mapping[str, str] = {
    "offence": gettext_noop("There is no such offence."),
    "state": gettext_noop("A report in this state cannot be decided."),
    "reason": gettext_noop("Choose a reason that belongs to this outcome."),
    "text": gettext_noop("This reason needs a text for the reporter."),
    "params": gettext_noop("This reason needs more details: %(names)s."),
    "other_report": gettext_noop("Name the earlier report."),
}


class DecisionRefused(Exception):
    """This cannot be decided so; ``why`` is a key of ``REFUSALS``, ``params`` fill its message."""

    def __init__(self, why: str, **params: Param) -> None:
        super().__init__(why)
        self.why = why
        self.params = params

    @property
    def message(self) -> str:
        """Message id to show, to be filled with ``params``."""
        return REFUSALS[self.why]


def list_reasons(outcome: Outcome | str) -> tuple[ReasonTemplate, ...]:
    """Reasons that an officer may give for an outcome."""
    return REASONS[Outcome(outcome)]


def list_outcomes(actions: frozenset[Action]) -> Iterator[Outcome]:
    """Outcomes open to somebody who may do ``actions``."""
    return (outcome for outcome, words in OUTCOMES.items() if words.action in actions)


def action_for(outcome: Outcome | str, state: ReportState | str) -> Action:
    """What an officer must be allowed to do in order to decide so in this state."""
    if ReportState(state) is ReportState.DECIDED:
        return Action.REVISE_DECISION
    return OUTCOMES[Outcome(outcome)].action


def state_after(outcome: Outcome | str) -> ReportState:
    """State of a report once ``outcome`` is decided."""
    return OUTCOMES[Outcome(outcome)].leads_to


def check_may_decide(state: ReportState | str, outcome: Outcome | str) -> None:
    """Refuse an outcome for a report in ``state``.

    Raises:
        DecisionRefused: the state does not lead there.

    """
    if not may_become(state, state_after(outcome)):
        raise DecisionRefused("state")


def check_decision(
    *,
    outcome: Outcome | str,
    reason: str,
    params: Mapping[str, Param],
    text: str,
    other_report: str | int | None = None,
) -> None:
    """Refuse a decision whose words are not complete.

    ``text`` is what the officer wrote for the reporter, ``other_report`` the earlier report of a
    duplicate.

    Raises:
        DecisionRefused: with ``why`` reason, text, params or other_report.

    """
    template = next((each for each in list_reasons(outcome) if each.key == reason), None)
    if template is None:
        raise DecisionRefused("reason")
    if template.asks_text and not text.strip():
        raise DecisionRefused("text")
    names = list_unfilled(template.message, params)
    if names:
        raise DecisionRefused("params", names=", ".join(names))
    if Outcome(outcome) is Outcome.DUPLICATE_OF and other_report in {None, ""}:
        raise DecisionRefused("other_report")


def check_offence(code: str) -> None:
    """Refuse a code that is neither an offence of this hotline nor "none"; nothing is not said.

    Raises:
        DecisionRefused: with ``why`` offence.

    """
    if code and code not in OFFENCES and code != NONE:
        raise DecisionRefused("offence")
