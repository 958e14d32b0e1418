"""Who stands behind two signatures: whose power to sign comes newly from another signer, and who is named in a mail."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

import pytest

from app.domain.permissions import Actor, Grant, Role
from app.domain.signatures import NEW_POWER, SIGNING_ROLES, Power, named_in_mail, stands_on_one

NOW = datetime(2026, 11, 22, 18, tzinfo=UTC)
A, B, C, D = 1, 2, 3, 4
DAY = timedelta(days=1)


def by(giver: int | None, age: timedelta = DAY) -> Power:
    return Power(NOW - age, giver)


OLD = by(None, 900 * DAY)


@pytest.mark.parametrize(
    ("signers", "powers", "stands"),
    [
        pytest.param([A, B], {A: OLD, B: by(A)}, True, id="given-yesterday-by-the-other"),
        pytest.param([B, A], {A: OLD, B: by(A)}, True, id="whoever-signs-first"),
        pytest.param([A, B], {A: OLD, B: by(A, NEW_POWER)}, True, id="thirty-days-ago-to-the-moment"),
        pytest.param([A, B], {A: OLD, B: by(A, NEW_POWER + timedelta(seconds=1))}, False, id="longer-ago"),
        pytest.param([A, B], {A: OLD, B: by(C), C: OLD}, False, id="given-by-somebody-who-does-not-sign"),
        pytest.param([A, B], {A: OLD, B: by(C), C: by(A)}, True, id="through-another-new-one"),
        pytest.param([A, B], {A: OLD, B: by(C), C: by(A, 90 * DAY)}, False, id="through-one-of-old"),
        pytest.param([B, C], {B: by(A), C: by(A), A: OLD}, False, id="both-from-a-third"),
        pytest.param([A], {A: by(A)}, False, id="one-alone"),
        pytest.param([A, B], {A: by(C), B: OLD, C: by(D), D: by(C)}, False, id="two-who-let-one-another-in"),
        pytest.param([A, B], {A: by(B), B: by(A)}, True, id="each-by-the-other"),
        pytest.param([A, B], {A: OLD, B: Power(NOW - DAY, by_operator=True)}, False, id="given-by-the-operator"),
        pytest.param([A, B], {A: OLD}, False, id="nothing-known"),
        pytest.param([A, B], {A: OLD, B: by(A, -DAY)}, True, id="given-again-after-she-signed"),
    ],
)
def test_new_power_from_another_signer_is_pointed_at(
    signers: list[int], powers: Mapping[int, Power], *, stands: bool
) -> None:
    assert stands_on_one(dict.fromkeys(signers, NOW), powers) is stands


def test_organisers_and_deputies_sign() -> None:
    assert set(SIGNING_ROLES) == {Role.ORGANISER, Role.DEPUTY}


@pytest.mark.parametrize(
    ("roles", "named"),
    [
        ([("valle", Role.ORGANISER)], True),
        ([("valle", Role.DEPUTY), ("valle", Role.REVIEWER)], True),
        ([("valle", Role.DEPUTY), ("valle", Role.EVALUATOR)], False),
        ([("valle", Role.ORGANISER), ("otro", Role.EVALUATOR)], False),
        ([], True),
    ],
)
def test_whoever_rates_anywhere_is_named_in_no_mail(roles: list[tuple[str, Role]], *, named: bool) -> None:
    actor = Actor(1, "Ana", frozenset(Grant(edition, role) for edition, role in roles))
    assert named_in_mail(actor) is named
