"""The table of duties: every action at the desk, and which role may do it how far.

A row is an action, a cell is a grant: how far it reaches, whether it asks for a written reason, and
whether it still holds once the report is decided. What is not in the table is denied.
"""

from collections.abc import Mapping
from enum import StrEnum

from msgspec import Struct

from tipline.domain.words import gettext_noop


class Role(StrEnum):
    """What an officer is employed as; an officer has one role at a time."""

    INTAKE_OFFICER = "intake_officer"
    ANALYST = "analyst"
    REGIONAL_LEAD = "regional_lead"
    LEGAL_OFFICER = "legal_officer"
    AUDITOR = "auditor"
    ADMINISTRATOR = "administrator"


ROLE_NAMES: Mapping[Role, str] = {
    Role.INTAKE_OFFICER: gettext_noop("intake officer"),
    Role.ANALYST: gettext_noop("analyst"),
    Role.REGIONAL_LEAD: gettext_noop("regional lead"),
    Role.LEGAL_OFFICER: gettext_noop("legal officer"),
    Role.AUDITOR: gettext_noop("auditor"),
    Role.ADMINISTRATOR: gettext_noop("administrator"),
}


class Action(StrEnum):
    """What can be done at the desk."""

    READ_QUEUE = "read_queue"
    CLAIM_REPORT = "claim_report"
    RELEASE_REPORT = "release_report"
    ASSIGN_REPORT = "assign_report"
    ROUTE_REPORT = "route_report"
    READ_REPORT = "read_report"
    READ_FILES = "read_files"
    READ_CONTACT = "read_contact"
    NOTE_REPORT = "note_report"
    CLASS_REPORT = "class_report"
    ASK_REPORTER = "ask_reporter"
    DECIDE_REPORT = "decide_report"
    REJECT_OUT_OF_SCOPE = "reject_out_of_scope"
    REVISE_DECISION = "revise_decision"
    READ_CASE = "read_case"
    OPEN_CASE = "open_case"
    WORK_CASE = "work_case"  # reports, subjects, tasks, notes, people
    STATE_FACT = "state_fact"  # what came of it, and where money went
    LEAD_CASE = "lead_case"  # who leads it, its place, referrals, merge and split
    TRANSFER_CASE = "transfer_case"  # offer to another agency, or answer such an offer
    CLOSE_CASE = "close_case"
    REVEAL_PERSON = "reveal_person"
    READ_AUDIT = "read_audit"
    READ_SYSTEM_AUDIT = "read_system_audit"
    READ_QUARANTINE = "read_quarantine"
    RETRY_STEP = "retry_step"
    READ_STAFF = "read_staff"
    MANAGE_STAFF = "manage_staff"
    GRANT_OVERSIGHT = "grant_oversight"  # make somebody auditor or legal officer
    MANAGE_AGENCIES = "manage_agencies"
    READ_LISTS = "read_lists"
    CORRECT_LISTS = "correct_lists"  # except one subject from every list
    MANAGE_LISTS = "manage_lists"  # bring a whole list, or end it
    SEARCH = "search"  # what one may read anyway, and whom to ask about the rest
    READ_MODELS = "read_models"  # which model reads, and how it does
    READ_SUBJECTS = "read_subjects"
    DECIDE_SUBJECT = "decide_subject"
    CONFIRM_ACTION = "confirm_action"  # as the second person
    PERFORM_ACTION = "perform_action"  # say that it was carried out
    REVERSE_ACTION = "reverse_action"
    READ_ORDERS = "read_orders"
    DRAFT_ORDER = "draft_order"
    APPROVE_ORDER = "approve_order"
    HURRY_ORDER = "hurry_order"  # issue an emergency order, which lapses unless ratified
    RATIFY_ORDER = "ratify_order"
    ISSUE_ORDER = "issue_order"
    WITHDRAW_ORDER = "withdraw_order"
    EXTEND_ORDER = "extend_order"
    LIST_ORDER = "list_order"  # put it on the public register
    ASSIGN_ORDER = "assign_order"  # to an agency of a region below
    INSPECT_ORDER = "inspect_order"
    RULE_ORDER = "rule_order"  # say whether it was complied with
    CLOSE_ORDER = "close_order"
    READ_CLUSTER = "read_cluster"
    LINK_REPORTS = "link_reports"  # say that two reports are the same people's, or are not
    PROMOTE_GANG = "promote_gang"


class Scope(StrEnum):
    """How far a grant reaches."""

    OWN = "own"  # what the officer did or holds
    CASE = "case"  # reports assigned to or claimed by the officer
    REGION = "region"  # the officer's region and all within it
    ALL = "all"


class Grant(Struct, frozen=True):
    """One cell of the table."""

    scope: Scope
    needs_reason: bool = False
    survives_decision: bool = False


def _cell(mark: str) -> Grant | None:
    scope, *rest = mark.split("+")  # "case+reason"; "after": also once the report is decided
    if scope == "-":
        return None
    return Grant(Scope(scope), needs_reason="reason" in rest, survives_decision="after" in rest)


_ROWS = """
                    intake_officer       analyst            regional_lead  legal_officer  auditor           administrator
read_queue          region+after         case+after         region+after   case+after     -                 -
claim_report        region               -                  region         -              -                 -
release_report      case                 case               region         case           -                 -
assign_report       -                    -                  region         -              -                 -
route_report        region               -                  region         -              -                 -
read_report         region+after         case+after         region+after   case+after     all+reason+after  -
read_files          region+after         case+after         region+after   case+after     -                 -
read_contact        region+reason+after  case+reason+after  -              -              -                 -
note_report         region+after         case+after         region+after   case+after     -                 -
class_report        region               case               region         -              -                 -
ask_reporter        region               case               region         -              -                 -
decide_report       region               case               region         -              -                 -
reject_out_of_scope region               -                  region         -              -                 -
revise_decision     -                    -                  region+after   -              -                 -
read_case           region+after         region+after         region+after   region+after   all+after         -
open_case           -                    region               region         -              -                 -
work_case           region               region               region         -              -                 -
state_fact          -                    region+after         region+after   -              -                 -
lead_case           -                    -                    region+after   -              -                 -
transfer_case       -                    -                    region         -              -                 -
close_case          -                    -                    region+after   -              -                 -
reveal_person       -                    region+reason+after  region+reason+after region+reason+after -                 -
read_audit          own+after            case+after         region+after   all+after      all+after         -
read_system_audit   -                    -                  -              -              all+after         all+after
read_quarantine     -                    -                  -              -              all+after         all+after
retry_step          -                    -                  -              -              -                 all+after
read_staff          -                    -                  region+after   -              all+after         all+after
manage_staff        -                    -                  -              -              -                 all+after
grant_oversight     -                    -                  -              -              -                 all+reason+after
manage_agencies     -                    -                  -              -              -                 all+after
read_lists          -                    all+after          all+after      -              all+after         all+after
correct_lists       -                    all+reason+after   all+reason+after  -           -                 all+reason+after
manage_lists        -                    -                  -              -              -                 all+reason+after
search              all+after            all+after          all+after      all+after      -                 -
read_models         -                    all+after          all+after      -              all+after         all+after
read_subjects       region+after         case+after         region+after   all+after      all+after         -
decide_subject      -                    case+after         region+after   -              -                 -
confirm_action      -                    -                  region+after   region+after   -                 -
perform_action      -                    case+after         region+after   -              -                 -
reverse_action      -                    -                  region+after   region+after   -                 -
read_orders         -                    case+after         region+after   all+after      all+after         -
draft_order         -                    case+after         region+after   region+after   -                 -
approve_order       -                    -                  region+after   region+after   -                 -
hurry_order         -                    -                  region+after   region+after   -                 -
ratify_order        -                    -                  region+after   region+after   -                 -
issue_order         -                    case+after         region+after   region+after   -                 -
withdraw_order      -                    -                  region+after   region+after   -                 -
extend_order        -                    -                  region+after   region+after   -                 -
list_order          -                    -                  region+after   region+after   -                 -
assign_order        -                    -                  region+after   -              -                 -
inspect_order       -                    case+after         region+after   -              -                 -
rule_order          -                    case+after         region+after   -              -                 -
close_order         -                    -                  region+after   region+after   -                 -
read_cluster        region+after         region+after       region+after   -              -                 -
link_reports        -                    region+reason+after  region+reason+after  -      -                 -
promote_gang        -                    region+reason+after  region+reason+after  -      -                 -
"""


def _read_rows(rows: str) -> Mapping[tuple[Role, Action], Grant]:
    head, *lines = [line.split() for line in rows.strip().splitlines()]
    roles = [Role(name) for name in head]
    cells = (
        (role, Action(line[0]), _cell(m))
        for line in lines
        for role, m in zip(roles, line[1:], strict=True)
    )
    return {(role, action): grant for role, action, grant in cells if grant}


GRANTS: Mapping[tuple[Role, Action], Grant] = _read_rows(_ROWS)
