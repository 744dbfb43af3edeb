"""What an officer may do with an order now: by its state's table and by the table of duties."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _
from msgspec import Struct

from tipline.domain.disposal.orders import LOOKABLE, OrderState, may_move
from tipline.domain.duties import Action
from tipline.store.queries.orders import OrderPage


class Doing(Struct, frozen=True, kw_only=True):
    """One thing to do: the address's name, its button, and its form where it has one."""

    route: str
    label: Any  # a text that is translated when it is shown
    form: Any = None
    name: str = ""  # of the button, where the address does two things
    is_main: bool = False


def list_doings(page: OrderPage, forms: Mapping[str, Any]) -> list[Doing]:
    """List what the officer may do now, what comes next first."""
    return [doing for action, doing in _list_all(page, forms) if action in page.acts]


def _list_all(page: OrderPage, forms: Mapping[str, Any]) -> Iterator[tuple[Action, Doing]]:
    state = page.state
    yield from _list_before(page, state)
    if page.ratify_by is not None and not page.is_over:
        yield Action.RATIFY_ORDER, Doing(route="order_ratify", label=_("Ratify"), is_main=True)
    if state is OrderState.INSPECTED:
        form = forms["rule"]
        yield (
            Action.RULE_ORDER,
            Doing(route="order_rule", label=_("Decide compliance"), form=form, is_main=True),
        )
    if may_move(state, "close"):
        yield Action.CLOSE_ORDER, Doing(route="order_close", label=_("Close"), form=forms["close"])
    if page.number:
        yield from _list_running(page, state, forms)
    if may_move(state, "withdraw"):
        doing = Doing(route="order_withdraw", label=_("Withdraw"), form=forms["withdraw"])
        yield Action.WITHDRAW_ORDER, doing


def _list_before(page: OrderPage, state: OrderState) -> Iterator[tuple[Action, Doing]]:
    if may_move(state, "approve"):
        yield Action.APPROVE_ORDER, Doing(route="order_approve", label=_("Approve"), is_main=True)
    if may_move(state, "issue"):
        yield Action.ISSUE_ORDER, Doing(route="order_issue", label=_("Issue"), is_main=True)
    if may_move(state, "hurry") and page.is_emergency:
        doing = Doing(route="order_issue", label=_("Issue at once, for 72 hours"))
        yield Action.HURRY_ORDER, doing


def _list_running(
    page: OrderPage, state: OrderState, forms: Mapping[str, Any]
) -> Iterator[tuple[Action, Doing]]:
    if page.unread:
        yield Action.INSPECT_ORDER, Doing(route="order_read", label=_("Note answers as read"))
    if page.extension_days:
        doing = Doing(
            route="order_extend", label=_("Refuse more time"), form=forms["refuse"], name="refuse"
        )
        yield Action.EXTEND_ORDER, doing
    if may_move(state, "reopen"):
        doing = Doing(route="order_extend", label=_("Reopen"), form=forms["extend"], is_main=True)
        yield Action.EXTEND_ORDER, doing
    elif may_move(state, "extend"):
        doing = Doing(route="order_extend", label=_("Extend the deadline"), form=forms["extend"])
        yield Action.EXTEND_ORDER, doing
    if (state in LOOKABLE or state is OrderState.CLOSED) and not page.is_inspecting:
        yield Action.INSPECT_ORDER, Doing(route="order_inspect", label=_("Inspect now"))
    if not page.is_over:
        yield (
            Action.ASSIGN_ORDER,
            Doing(route="order_assign", label=_("Assign to an agency below"), form=forms["assign"]),
        )
    label, name = (
        (_("Take it off the register"), "off")
        if page.is_listed
        else (_("Put it on the register"), "on")
    )
    yield Action.LIST_ORDER, Doing(route="order_list", label=label, name=name)
    yield Action.ISSUE_ORDER, Doing(route="order_code", label=_("Show its code"))
