"""Every role at every address, with a report of its own region and of another: from the table."""

import pytest
from django.db import transaction
from django.test import Client
from django.urls import get_resolver, path, reverse

from tests.interfaces.desk.conftest import SignIn
from tipline.domain.duties import Action, Role, may, may_anywhere
from tipline.interfaces.desk.routes import BY_NAME, ROUTES, Door, Route
from tipline.interfaces.desk.views import home
from tipline.services.case import opening
from tipline.store.models import Attachment, Case, Handling, Officer

urlpatterns = [path("unheard-of", home.show, name="unheard_of")]
CASES: dict[str, str] = {}
HERE, THERE = "500000", "110000"
READING = {"health", "home", "queue", "report", "report_text", "file", "picture", "ledger"}
READING |= {
    "quarantine",
    "staff",
    "lists",
    "models",
    "group",
    "search",
    "search_hits",
    "rulings",
    "ruling",
    "subject",
    "orders",
    "order",
    "cases",
    "case",
}
READING |= {"clusters", "cluster", "cluster_graph"}
BOTH = {
    "case_new",
    "staff_add",
    "officer",
    "agencies",
    "routing",
    "decide_subjects",
    "order_draft",
    "order_revise",
}
NOWHERE = {
    "<int:ruling>",
    "<int:subject>",
    "<int:order>",
    "<slug:key>",
}  # none is there; test_order_pages has
REFUSED, DONE = {403, 404}, {200, 302, 405, 409, 422}


def methods(route: Route) -> tuple[str, ...]:
    if route.name in READING:
        return ("get",)
    return ("get", "post") if route.name in BOTH else ("post",)


@pytest.fixture
def reports(house) -> dict[str, int]:
    made = {region: house.take(region=region) for region in (HERE, THERE)}
    for number in made.values():
        Attachment.objects.create(
            id=number + 1, report_id=number, record=number, number=1, file_id=f"{number:032x}",
            name="x.bin", size=1, key=bytes(32),
        )  # fmt: skip
    return made


@pytest.fixture(autouse=True)
def cases(house, hire) -> dict[str, str]:
    """A case of the own region and one of another; by the reports' order their numbers."""
    CASES.clear()
    for region in (HERE, THERE):
        lead = hire(Role.REGIONAL_LEAD, region)
        new = opening.NewCase(title="a ring")
        case = opening.open_case(case=new, by=lead, now=house.now)
        CASES[region] = Case.objects.get(event=case).number
    return CASES


def fill(route: Route, report: int) -> str:
    first = Officer.objects.order_by("id").first()
    wanted = {
        "index": report,
        "file": report + 1,
        "officer": first.pk if first else 0,
        "job": 1,
        "number": 1,
        "group": "0" * 16,
        "key": "0",
        "ruling": 1,
        "subject": 1,
        "order": 1,
        "case": CASES[Handling.objects.get(report=report).region],
        "task": 1,
        "person": 1,
        "handover": 1,
    }
    names = [name for name in wanted if f":{name}>" in route.path]
    return reverse(route.name, kwargs={name: wanted[name] for name in names})


def reaches(client: Client, route: Route, region: str) -> bool:
    actor = client.actor
    is_of_region = "<int:index>" in route.path or "<slug:case>" in route.path
    if not is_of_region or route.name.endswith("_record"):
        return any(may_anywhere(actor, action) for action in route.actions)
    return any(may(actor, action, region=region) for action in route.actions)


@pytest.mark.parametrize("role", list(Role))
def test_the_table_decides_for_every_address(
    role: Role, house, hire, sign_in: SignIn, reports: dict[str, int]
) -> None:
    hire(Role.ANALYST, HERE)  # the first officer, whom others may alter
    client = sign_in(role, HERE)
    wrong = []
    for route in ROUTES:
        for region, report in reports.items():
            for method in methods(route) if route.actions else ():
                with transaction.atomic():
                    status = getattr(client, method)(fill(route, report)).status_code
                    transaction.set_rollback(True)
                may_come = reaches(client, route, region)
                is_missing = (
                    route.name in {"file", "picture", "retry_record", "group"} and status == 404
                )
                is_missing |= status == 404 and bool(NOWHERE.intersection(route.path.split("/")))
                is_unread = role is Role.AUDITOR and route.name == "report_text"
                expected = REFUSED if not may_come or is_unread else DONE
                if status not in expected and not is_missing:
                    wrong.append((route.name, method, region, status))
    assert wrong == []


@pytest.mark.parametrize("role", [Role.ANALYST, Role.LEGAL_OFFICER])
def test_who_has_only_their_cases_sees_no_other(
    role: Role, sign_in: SignIn, house, reports: dict[str, int]
) -> None:
    client = sign_in(role, HERE)

    assert client.get(reverse("report", args=[reports[HERE]])).status_code == 404
    page = client.get(reverse("queue"))
    assert page.status_code == 200
    assert list(page.context["page_rows"]) == []


def test_a_file_is_reached_only_through_its_own_report(
    sign_in: SignIn, reports: dict[str, int]
) -> None:
    client = sign_in(Role.INTAKE_OFFICER, HERE)
    swapped = reverse("file", args=[reports[HERE], reports[THERE] + 1])
    assert client.get(swapped).status_code == 404


def test_nobody_comes_in_without_signing_in(client: Client, reports: dict[str, int]) -> None:
    for route in ROUTES:
        if route.needs is Door.OPEN:
            continue
        for method in ("get", "post"):
            answer = getattr(client, method)(fill(route, reports[HERE]))
            assert answer.status_code == 302, route.name
            assert answer["Location"].startswith(reverse("account_login")), route.name


def test_looking_changes_nothing(sign_in: SignIn, reports: dict[str, int]) -> None:
    client = sign_in(Role.REGIONAL_LEAD, HERE)
    for route in ROUTES:
        if route.actions and "post" in methods(route) and route.name not in BOTH:
            status = client.get(fill(route, reports[HERE])).status_code
            assert status in {405, 403}, route.name


def test_forged_forms_are_refused(sign_in: SignIn, reports: dict[str, int]) -> None:
    open_client = sign_in(Role.REGIONAL_LEAD, HERE)
    client = Client(enforce_csrf_checks=True)
    client.cookies = open_client.cookies
    for route in ROUTES:
        if "post" in methods(route) or route.name.startswith(("account", "mfa", "language")):
            answer = client.post(fill(route, reports[HERE]))
            assert answer.status_code in {403, 405}, route.name


def test_every_address_has_its_row() -> None:
    found = {pattern.name for pattern in get_resolver().url_patterns}
    assert found == set(BY_NAME)
    assert len(ROUTES) == len(BY_NAME)


@pytest.mark.urls("tests.interfaces.desk.test_rights")
def test_an_address_without_a_row_does_not_exist(sign_in: SignIn) -> None:
    assert sign_in(Role.ADMINISTRATOR).get("/unheard-of").status_code == 404


def test_every_action_at_the_desk_is_asked_for_somewhere() -> None:
    asked = {action for route in ROUTES for action in route.actions}
    unasked = {Action.GRANT_OVERSIGHT}
    assert set(Action) - asked == unasked
