"""Who may do what: deny unless a role of that edition, and for an office of that municipality, says so."""

import pytest

from app.domain.permissions import (
    OF_A_MUNICIPALITY,
    PERMISSIONS,
    Actor,
    Grant,
    NotAllowed,
    Permission,
    Role,
    clashes,
    require,
)

HERE, ELSEWHERE = "valle-2027", "sierra-2027"


def actor(*grants: Grant, strict: tuple[str, ...] = ()) -> Actor:
    return Actor(1, "Alguien", frozenset(grants), strict_editions=frozenset(strict))


def test_a_stranger_may_nothing() -> None:
    assert [right for right in Permission if actor().may(right)] == []


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.OFFICE])
def test_a_role_permits_what_its_row_of_the_table_says_and_no_more(role: Role) -> None:
    held = actor(Grant(HERE, role))
    assert {right for right in Permission if held.may(right, HERE)} == PERMISSIONS[role]


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.OFFICE])
def test_a_role_ends_at_its_edition(role: Role) -> None:
    held = actor(Grant(HERE, role))
    assert [right for right in Permission if held.may(right, ELSEWHERE)] == []


def test_an_office_answers_for_its_own_municipality_only() -> None:
    office = actor(Grant(HERE, Role.OFFICE, "robledal"))
    assert office.may(Permission.ANSWER, HERE, "robledal")
    assert not office.may(Permission.ANSWER, HERE, "encinal")
    assert not office.may(Permission.ANSWER, ELSEWHERE, "robledal")


def test_nobody_but_an_office_holds_what_belongs_to_a_municipality() -> None:
    holders = {role for role, held in PERMISSIONS.items() if held & OF_A_MUNICIPALITY}
    assert holders == {Role.OFFICE}


def test_rating_reviewing_answering_and_signing_are_in_different_hands() -> None:
    for right in (Permission.RATE, Permission.REVIEW, Permission.ANSWER, Permission.PREPARE_PUBLICATION):
        assert len([role for role, held in PERMISSIONS.items() if right in held]) == 1


@pytest.mark.parametrize(
    ("roles", "asked"),
    [
        ({Role.EVALUATOR}, False),
        ({Role.OFFICE}, False),
        ({Role.ORGANISER}, True),
        ({Role.REVIEWER, Role.EVALUATOR}, True),
        ({Role.DEPUTY}, True),
    ],
)
def test_who_checks_or_publishes_needs_a_second_factor(roles: set[Role], asked: bool) -> None:  # noqa: FBT001
    assert actor(*(Grant(HERE, role) for role in roles)).needs_second_factor is asked


def test_an_edition_may_ask_everybody_for_a_second_factor() -> None:
    assert actor(Grant(HERE, Role.EVALUATOR), strict=(HERE,)).needs_second_factor
    assert not actor(Grant(HERE, Role.EVALUATOR), strict=(ELSEWHERE,)).needs_second_factor


@pytest.mark.parametrize(
    ("roles", "wrong"),
    [
        ([Role.OFFICE], False),
        ([Role.EVALUATOR, Role.REVIEWER], False),
        ([Role.OFFICE, Role.EVALUATOR], True),
        ([Role.OFFICE, Role.ORGANISER], True),
    ],
)
def test_nobody_sits_on_both_sides_of_the_table(roles: list[Role], wrong: bool) -> None:  # noqa: FBT001
    assert clashes(roles) is wrong


def test_a_service_asks_again_whatever_the_door_asked() -> None:
    require(actor(Grant(HERE, Role.EVALUATOR)), Permission.RATE, HERE)
    with pytest.raises(NotAllowed):
        require(actor(Grant(HERE, Role.EVALUATOR)), Permission.REVIEW, HERE)


def test_the_system_may_what_its_commands_ask() -> None:
    assert Actor(1, "system", is_system=True).may(Permission.PREPARE_EDITION, HERE)
