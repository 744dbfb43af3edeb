"""Every role, action and situation against a page that was written apart from the table."""

from pathlib import Path

import pytest

from tipline.domain.duties import (
    GRANTS,
    ROLE_NAMES,
    WHY_NOT,
    Action,
    Actor,
    NotAllowed,
    Role,
    check_may,
    check_may_anywhere,
    check_may_staff,
    find_grant,
    list_grants,
    may,
    may_anywhere,
)

EXPECTED = Path(__file__).parent / "duties_expected.txt"
ME = 7
HERE, ELSEWHERE = "500000", "410000"
SITUATIONS: dict[str, dict[str, object]] = {
    "held": {"region": HERE, "assigned_to": ME},
    "region": {"region": HERE},
    "elsewhere": {"region": ELSEWHERE, "assigned_to": 8},
    "did": {"region": ELSEWHERE, "owner": ME},
    "held-decided": {"region": HERE, "assigned_to": ME, "is_decided": True},
    "region-decided": {"region": HERE, "is_decided": True},
    "elsewhere-decided": {"region": ELSEWHERE, "assigned_to": 8, "is_decided": True},
}


def make_actor(role: Role, region: str = HERE) -> Actor:
    return Actor(ME, role, region)


def read_expected() -> dict[tuple[str, str], frozenset[str]]:
    lines = (line.partition(":") for line in EXPECTED.read_text().splitlines())
    pairs = ((head.split(), tail.split()) for head, _, tail in lines if head and head[0] != "#")
    return {(role, situation): frozenset(actions) for (role, situation), actions in pairs}


CELLS = [(role, situation) for role in Role for situation in SITUATIONS]


def is_checked(actor: Actor, action: Action, thing: dict[str, object]) -> bool:
    try:
        check_may(actor, action, **thing, reason="needed for case 12")
    except NotAllowed:
        return False
    return True


@pytest.mark.parametrize(("role", "situation"), CELLS)
def test_each_role_may_in_each_situation_what_is_written(role: Role, situation: str) -> None:
    written = {action.rstrip("!") for action in read_expected()[role.value, situation]}
    actor, thing = make_actor(role), SITUATIONS[situation]

    assert {action.value for action in Action if may(actor, action, **thing)} == written
    assert {action.value for action in Action if is_checked(actor, action, thing)} == written


def test_a_reason_is_asked_for_where_written() -> None:
    for (role, situation), actions in read_expected().items():
        actor = make_actor(Role(role))
        for name in (action.rstrip("!") for action in actions if action.endswith("!")):
            with pytest.raises(NotAllowed) as refused:
                check_may(actor, Action(name), **SITUATIONS[situation], reason=" \n")
            assert refused.value.why == "reason"


@pytest.mark.parametrize(("role", "situation"), CELLS)
def test_no_other_reason_is_asked_for(role: Role, situation: str) -> None:
    plain = {action for action in read_expected()[role.value, situation] if action[-1] != "!"}

    for name in plain:
        check_may(make_actor(role), Action(name), **SITUATIONS[situation])


def test_the_page_names_every_role_situation_and_only_known_actions() -> None:
    expected = read_expected()

    assert set(expected) == {(role.value, situation) for role in Role for situation in SITUATIONS}
    named = {action.rstrip("!") for actions in expected.values() for action in actions}
    assert named == {action.value for action in Action}


def test_the_administrator_never_reads_content() -> None:
    content = {Action.READ_REPORT, Action.READ_FILES, Action.READ_CONTACT, Action.READ_QUEUE}

    assert not content & {action for action, _ in list_grants(Role.ADMINISTRATOR)}


def test_nobody_but_a_handler_reads_the_contact_and_always_with_a_reason() -> None:
    cells = {role: GRANTS.get((role, Action.READ_CONTACT)) for role in Role}

    assert {role for role, grant in cells.items() if grant} == {Role.INTAKE_OFFICER, Role.ANALYST}
    assert all(grant.needs_reason for grant in cells.values() if grant)


@pytest.mark.parametrize(
    ("own", "within", "outside"),
    [
        ("000000", ["500000", "410100", "410105"], [""]),
        ("500000", ["500000", "500105"], ["510000", "000000", ""]),
        ("410100", ["410100", "410105"], ["410000", "410200", "000000"]),
        ("410105", ["410105"], ["410100", "410106"]),
        ("", [], ["500000", "000000", ""]),
        ("50", [], ["500000"]),
    ],
)
def test_a_region_reaches_what_lies_in_it(own: str, within: list[str], outside: list[str]) -> None:
    officer = make_actor(Role.INTAKE_OFFICER, own)

    assert all(may(officer, Action.READ_REPORT, region=region) for region in within)
    assert not any(may(officer, Action.READ_REPORT, region=region) for region in outside)


def test_a_thing_without_a_description_is_denied() -> None:
    assert not may(make_actor(Role.INTAKE_OFFICER), Action.READ_REPORT)
    assert not may(make_actor(Role.ANALYST), Action.READ_REPORT)


def test_several_people_may_hold_a_report() -> None:
    assert may(make_actor(Role.ANALYST), Action.READ_REPORT, assigned_to=frozenset({1, ME}))


def test_menus_ask_for_any_grant() -> None:
    assert may_anywhere(make_actor(Role.ANALYST), Action.READ_REPORT)
    with pytest.raises(NotAllowed, match="manage_staff: role"):
        check_may_anywhere(make_actor(Role.ANALYST), Action.MANAGE_STAFF)


def test_the_refusal_says_what_was_missing() -> None:
    with pytest.raises(NotAllowed) as refused:
        check_may(make_actor(Role.INTAKE_OFFICER), Action.READ_REPORT, region=ELSEWHERE)

    assert (refused.value.why, refused.value.action) == ("region", Action.READ_REPORT)
    assert refused.value.message == WHY_NOT["region"]


class TestStaff:
    admin = make_actor(Role.ADMINISTRATOR)

    def test_an_administrator_makes_officers(self) -> None:
        check_may_staff(self.admin, officer=None, role=Role.INTAKE_OFFICER)
        check_may_staff(self.admin, officer=9, role=Role.ADMINISTRATOR)

    def test_nobody_alters_themselves(self) -> None:
        with pytest.raises(NotAllowed, match="self"):
            check_may_staff(self.admin, officer=ME, role=Role.ANALYST)

    @pytest.mark.parametrize("role", [Role.AUDITOR, Role.LEGAL_OFFICER])
    def test_roles_that_watch_others_need_a_reason(self, role: Role) -> None:
        check_may_staff(self.admin, officer=9, role=role, reason="order 12 of the ministry")
        with pytest.raises(NotAllowed, match="reason"):
            check_may_staff(self.admin, officer=9, role=role)

    def test_others_make_nobody(self) -> None:
        with pytest.raises(NotAllowed, match="role"):
            check_may_staff(
                make_actor(Role.REGIONAL_LEAD), officer=9, role=Role.ANALYST, reason="x"
            )


def test_every_role_and_refusal_has_words() -> None:
    assert set(ROLE_NAMES) == set(Role)
    scopes = {grant.scope.value for grant in GRANTS.values()} - {"all"}
    assert scopes | {"role", "decided", "reason", "self"} == set(WHY_NOT)


def test_find_grant_gives_none_where_the_cell_is_empty() -> None:
    assert find_grant(make_actor(Role.AUDITOR), Action.DECIDE_REPORT) is None
