"""The table of the desk's pages: what is not in it does not exist, and each row says who may come.

A row needs either an action of ``domain.duties``, or a door: ``OPEN`` to anybody, ``ENROL`` to an
officer who has yet to set up a second factor or a password of their own, ``SIGNED_IN`` to any
officer. The gate keeps the table; a view asks again about the thing that it loaded.
"""

from collections.abc import Callable
from enum import Enum
from typing import Any

from allauth.account import views as account
from allauth.mfa.base import views as factor
from allauth.mfa.recovery_codes import views as recovery
from django.http import HttpResponseBase
from msgspec import Struct

from tipline.domain.duties import Action
from tipline.interfaces.desk.views import (
    case,
    case_acts,
    clusters,
    contact,
    correct,
    decide,
    files,
    group,
    handle,
    health,
    home,
    language,
    ledger,
    lists,
    models,
    orders,
    quarantine,
    queue,
    report,
    routing,
    rulings,
    search,
    staff,
)
from tipline.interfaces.desk.views.account import (
    change_password,
    remove_factor,
    set_up_factor,
    show_account,
)

View = Callable[..., HttpResponseBase]


class Door(Enum):
    """Who may come to a page that needs no action."""

    OPEN = "open"
    ENROL = "enrol"
    SIGNED_IN = "signed_in"


class Route(Struct, frozen=True):
    """One page: its name, where it lies, what shows it and what coming there needs."""

    name: str
    path: str
    view: Any  # a View; Struct fields cannot be checked as callables
    needs: Action | Door | tuple[Action, ...]  # several: any one of them

    @property
    def actions(self) -> tuple[Action, ...]:
        """Actions of which an officer needs one; none where a door is enough."""
        if isinstance(self.needs, Door):
            return ()
        return (self.needs,) if isinstance(self.needs, Action) else self.needs


CORRECTING = (Action.CLASS_REPORT, Action.ROUTE_REPORT)
DECIDING = (Action.DECIDE_REPORT, Action.REJECT_OUT_OF_SCOPE, Action.REVISE_DECISION)
CASE_DEEDS = (
    (Action.WORK_CASE, "describe extend reduce note task person"),
    (Action.STATE_FACT, "fact fact_withdraw flow flow_withdraw"),
    (Action.LEAD_CASE, "lead place refer answer merge split suspend resume"),
    (Action.TRANSFER_CASE, "offer"),
    (Action.CLOSE_CASE, "close"),
)

ROUTES = (
    # the house
    Route("health", "health", health.show, Door.OPEN),
    Route("language", "language", language.choose, Door.OPEN),
    Route("home", "", home.show, Door.SIGNED_IN),
    # accounts
    Route("account_login", "login/", account.login, Door.OPEN),
    Route("account_logout", "logout/", account.logout, Door.ENROL),
    Route("account_inactive", "inactive/", account.account_inactive, Door.OPEN),
    Route("account_reauthenticate", "again/", account.reauthenticate, Door.ENROL),
    Route("account_change_password", "account/password/", change_password, Door.ENROL),
    Route("account", "account/", show_account, Door.SIGNED_IN),
    Route("mfa_authenticate", "login/code/", factor.authenticate, Door.OPEN),
    Route("mfa_reauthenticate", "again/code/", factor.reauthenticate, Door.ENROL),
    Route("mfa_index", "account/factor/", factor.index, Door.SIGNED_IN),
    Route("mfa_activate_totp", "account/factor/app/", set_up_factor, Door.ENROL),
    Route("mfa_deactivate_totp", "account/factor/app/remove/", remove_factor, Door.SIGNED_IN),
    Route(
        "mfa_view_recovery_codes",
        "account/factor/codes/",
        recovery.view_recovery_codes,
        Door.SIGNED_IN,
    ),
    Route(
        "mfa_generate_recovery_codes",
        "account/factor/codes/renew/",
        recovery.generate_recovery_codes,
        Door.SIGNED_IN,
    ),
    # the queue
    Route("queue", "queue", queue.show, Action.READ_QUEUE),
    Route("take_next", "queue/next", handle.take_next, Action.CLAIM_REPORT),
    Route("group", "texts/<slug:group>", group.show, Action.READ_QUEUE),
    # looking for what is known
    Route("search", "search", search.show, Action.SEARCH),
    Route("search_save", "search/save", search.save, Action.SEARCH),
    Route("search_hits", "search/<int:number>", search.show_hits, Action.SEARCH),
    Route("search_end", "search/<int:number>/end", search.end, Action.SEARCH),
    Route("search_see", "search/<int:number>/seen", search.see, Action.SEARCH),
    # one report
    Route("report", "reports/<int:index>", report.show, Action.READ_REPORT),
    Route("report_open", "reports/<int:index>/open", report.open_reasoned, Action.READ_REPORT),
    Route("report_text", "reports/<int:index>/text", report.download_text, Action.READ_REPORT),
    Route("claim", "reports/<int:index>/claim", handle.claim, Action.CLAIM_REPORT),
    Route("skip", "reports/<int:index>/skip", handle.skip, Action.CLAIM_REPORT),
    Route("release", "reports/<int:index>/release", handle.release, Action.RELEASE_REPORT),
    Route("assign", "reports/<int:index>/assign", handle.assign, Action.ASSIGN_REPORT),
    Route("route", "reports/<int:index>/route", handle.route, Action.ROUTE_REPORT),
    Route("note", "reports/<int:index>/note", handle.note, Action.NOTE_REPORT),
    Route("correct", "reports/<int:index>/correct", correct.correct, CORRECTING),
    Route("ask", "reports/<int:index>/ask", decide.ask, Action.ASK_REPORTER),
    Route("decide", "reports/<int:index>/decide", decide.decide, DECIDING),
    Route("contact", "reports/<int:index>/contact", contact.reveal, Action.READ_CONTACT),
    Route("file", "reports/<int:index>/files/<int:file>", files.download, Action.READ_FILES),
    Route(
        "picture",
        "reports/<int:index>/files/<int:file>/picture",
        files.show_picture,
        Action.READ_FILES,
    ),
    # decisions on subjects
    Route("rulings", "decisions", rulings.show, Action.READ_SUBJECTS),
    Route("decide_subjects", "decisions/new", rulings.decide, Action.DECIDE_SUBJECT),
    Route("ruling", "decisions/<int:ruling>", rulings.show_ruling, Action.READ_SUBJECTS),
    Route(
        "ruling_confirm",
        "decisions/<int:ruling>/confirm",
        rulings.confirm,
        Action.CONFIRM_ACTION,
    ),
    Route("ruling_perform", "decisions/<int:ruling>/done", rulings.perform, Action.PERFORM_ACTION),
    Route(
        "ruling_reverse", "decisions/<int:ruling>/reverse", rulings.reverse, Action.REVERSE_ACTION
    ),
    Route("order_draft", "decisions/<int:ruling>/order", orders.draft, Action.DRAFT_ORDER),
    Route("subject", "subjects/<int:subject>", rulings.show_subject, Action.READ_SUBJECTS),
    # orders
    Route("orders", "orders", orders.show_list, Action.READ_ORDERS),
    Route("order", "orders/<int:order>", orders.show, Action.READ_ORDERS),
    Route("order_revise", "orders/<int:order>/revise", orders.revise, Action.DRAFT_ORDER),
    Route("order_approve", "orders/<int:order>/approve", orders.approve, Action.APPROVE_ORDER),
    Route(
        "order_issue",
        "orders/<int:order>/issue",
        orders.issue,
        (Action.ISSUE_ORDER, Action.HURRY_ORDER),
    ),
    Route("order_ratify", "orders/<int:order>/ratify", orders.ratify, Action.RATIFY_ORDER),
    Route("order_list", "orders/<int:order>/register", orders.list_publicly, Action.LIST_ORDER),
    Route("order_extend", "orders/<int:order>/extend", orders.extend, Action.EXTEND_ORDER),
    Route("order_inspect", "orders/<int:order>/inspect", orders.inspect, Action.INSPECT_ORDER),
    Route("order_read", "orders/<int:order>/read", orders.read, Action.INSPECT_ORDER),
    Route("order_rule", "orders/<int:order>/rule", orders.rule, Action.RULE_ORDER),
    Route("order_assign", "orders/<int:order>/assign", orders.assign, Action.ASSIGN_ORDER),
    Route("order_close", "orders/<int:order>/close", orders.close, Action.CLOSE_ORDER),
    Route("order_withdraw", "orders/<int:order>/withdraw", orders.withdraw, Action.WITHDRAW_ORDER),
    Route("order_code", "orders/<int:order>/code", orders.show_code, Action.ISSUE_ORDER),
    # cases
    Route("cases", "cases", case.show_list, Action.READ_CASE),
    Route("case_new", "cases/new", case.open_new, Action.OPEN_CASE),
    Route("case_offered", "cases/offers/<int:handover>", case_acts.answer, Action.TRANSFER_CASE),
    Route("case", "cases/<slug:case>", case.show, Action.READ_CASE),
    *(
        Route(f"case_{name}", f"cases/<slug:case>/{name}", case_acts.ACTS[name], action)
        for action, names in CASE_DEEDS
        for name in names.split()
    ),
    Route(
        "case_done", "cases/<slug:case>/tasks/<int:task>", case_acts.ACTS["done"], Action.WORK_CASE
    ),
    Route(
        "case_reveal",
        "cases/<slug:case>/people/<int:person>",
        case_acts.reveal,
        Action.REVEAL_PERSON,
    ),
    # watching over the house
    Route("ledger", "events", ledger.show, (Action.READ_AUDIT, Action.READ_SYSTEM_AUDIT)),
    Route("quarantine", "quarantine", quarantine.show, Action.READ_QUARANTINE),
    Route("retry_step", "quarantine/steps/<int:job>/retry", quarantine.retry, Action.RETRY_STEP),
    Route(
        "dismiss_step", "quarantine/steps/<int:job>/dismiss", quarantine.dismiss, Action.RETRY_STEP
    ),
    Route(
        "retry_record",
        "quarantine/records/<int:index>/retry",
        quarantine.retry_record,
        Action.RETRY_STEP,
    ),
    Route(
        "dismiss_record",
        "quarantine/records/<int:index>/dismiss",
        quarantine.dismiss_record,
        Action.RETRY_STEP,
    ),
    # clusters
    Route("clusters", "clusters", clusters.show_list, Action.READ_CLUSTER),
    Route("clusters_settle", "clusters/settle", clusters.settle, Action.LINK_REPORTS),
    Route("cluster", "clusters/<slug:key>", clusters.show, Action.READ_CLUSTER),
    Route("cluster_graph", "clusters/<slug:key>/picture", clusters.show_graph, Action.READ_CLUSTER),
    Route("cluster_rule", "clusters/<slug:key>/rule", clusters.rule, Action.LINK_REPORTS),
    Route("cluster_promote", "clusters/<slug:key>/gang", clusters.promote, Action.PROMOTE_GANG),
    # known subjects
    Route("lists", "lists", lists.show, Action.READ_LISTS),
    Route("models", "models", models.show, Action.READ_MODELS),
    Route("known_remove", "lists/remove", lists.remove, Action.CORRECT_LISTS),
    Route("known_restore", "lists/restore", lists.restore, Action.CORRECT_LISTS),
    Route("list_end", "lists/<int:number>/end", lists.end, Action.MANAGE_LISTS),
    # staff
    Route("staff", "staff", staff.show, Action.READ_STAFF),
    Route("staff_add", "staff/add", staff.add, Action.MANAGE_STAFF),
    Route("officer", "staff/<int:officer>", staff.alter, Action.MANAGE_STAFF),
    Route(
        "officer_password",
        "staff/<int:officer>/password",
        staff.renew_password,
        Action.MANAGE_STAFF,
    ),
    Route("officer_end", "staff/<int:officer>/end", staff.end_access, Action.MANAGE_STAFF),
    Route("officer_renew", "staff/<int:officer>/renew", staff.renew_access, Action.MANAGE_STAFF),
    Route("routing", "routing", routing.keep_rules, Action.MANAGE_AGENCIES),
    Route("routing_remove", "routing/remove", routing.remove_rule, Action.MANAGE_AGENCIES),
    Route("agencies", "agencies", staff.keep_agencies, Action.MANAGE_AGENCIES),
)

BY_NAME = {route.name: route for route in ROUTES}
