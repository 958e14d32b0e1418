"""The gate on both databases: two people sign one difference, and only that is published."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.errors import RuleBroken
from app.domain.gates import Concern, ConcernKind, GateClosed, GateKey
from app.domain.permissions import NotAllowed
from app.domain.scores import Score
from app.models.accounts import RoleGrant
from app.models.assignments import Bar
from app.models.audit import AuditEvent
from app.models.cells import CellDraft
from app.models.evidence import EvidenceDraft
from app.queries.drafts import find_edition
from app.queries.edits import find_municipality
from app.queries.schedules import list_due
from app.services import gates
from app.services.accounts import act_as_system
from app.services.publications import SealedPublication
from tests.gated import NOW, RATINGS, ROUND, SLUG, approve, cell_ids, gate, rate, ready, round_row, sign
from tests.integration.sealing import REASON, seal, verdict
from tests.staff import actor_of

HOUR = timedelta(hours=1)
KEY = GateKey(SLUG, ROUND)


@pytest.fixture
def ids(valley: Session) -> dict[str, int]:
    return ready(valley)


def publish(session: Session, account_id: int, digest: str = "") -> SealedPublication:
    seen = digest or gate(session).digest
    who = actor_of(session, account_id)
    return gates.publish(session, who, key=KEY, digest=seen, now_utc=NOW)


def schedule(session: Session, account_id: int, hours: int = 1) -> None:
    gates.schedule(
        session,
        actor_of(session, account_id),
        key=KEY,
        digest=gate(session).digest,
        publish_at_utc=NOW + hours * HOUR,
        now_utc=NOW,
    )


def due(session: Session, hours: int = 2) -> list[SealedPublication | str | None]:
    system, now = act_as_system(session, NOW), NOW + hours * HOUR
    return [gates.publish_due(session, system, due=row, now_utc=now) for row in list_due(session, now)]


def test_two_people_publish_what_both_signed(valley: Session, ids: dict[str, int]) -> None:
    digest = gate(valley).digest
    sign(valley, ids["olga"])
    with pytest.raises(GateClosed, match="signatures-missing"):
        publish(valley, ids["olga"])
    sign(valley, ids["delia"])
    sealed = publish(valley, ids["olga"], digest)
    assert (sealed.round_number, sealed.number, sealed.sequence) == (ROUND, 1, 5)
    assert round_row(valley).stage == "published"
    assert verdict(valley).is_sound
    with pytest.raises(GateClosed, match="not-in-turn"):
        publish(valley, ids["olga"], digest)


def test_the_same_person_twice_is_one(valley: Session, ids: dict[str, int]) -> None:
    sign(valley, ids["olga"])
    sign(valley, ids["olga"])
    assert len(gate(valley).signatures) == 1
    assert not gate(valley).is_signed_by_two


def test_a_change_voids_both_signatures(valley: Session, ids: dict[str, int]) -> None:
    for name in ("olga", "oscar"):
        sign(valley, ids[name])
    before = gate(valley).digest
    cell = cell_ids(valley, ROUND, "98002", 1)
    rate(valley, actor_of(valley, ids["eva"]), cell, Score(71))
    approve(valley, ids["rita"], cell)
    assert not gate(valley).is_signed_by_two
    with pytest.raises(GateClosed, match="difference-changed"):
        publish(valley, ids["olga"], before)
    with pytest.raises(GateClosed, match="signatures-missing"):
        publish(valley, ids["olga"])
    with pytest.raises(GateClosed, match="difference-changed"):
        sign(valley, ids["delia"], digest=before)


def test_a_newer_publication_in_the_chain_voids_both_signatures(valley: Session, ids: dict[str, int]) -> None:
    for name in ("olga", "oscar"):
        sign(valley, ids[name])
    seal(valley, 1, reason=REASON)
    assert not gate(valley).is_signed_by_two


def test_a_signature_taken_back_no_longer_counts_and_can_be_given_again(valley: Session, ids: dict[str, int]) -> None:
    for name in ("olga", "oscar"):
        sign(valley, ids[name])
    schedule(valley, ids["olga"])
    who = actor_of(valley, ids["oscar"])
    gates.withdraw_signature(valley, who, key=KEY, now_utc=NOW)
    found = gate(valley)
    assert not found.is_signed_by_two
    assert found.schedule is not None
    assert (found.schedule.state, found.schedule.cause) == ("cancelled", "signature-withdrawn")
    sign(valley, ids["oscar"])
    assert gate(valley).is_signed_by_two


def test_who_lost_her_role_no_longer_counts(valley: Session, ids: dict[str, int]) -> None:
    for name in ("olga", "delia"):
        sign(valley, ids[name])
    valley.delete(valley.scalars(select(RoleGrant).where(RoleGrant.account_id == ids["delia"])).one())
    valley.flush()
    assert not gate(valley).is_signed_by_two


def test_who_rated_in_the_round_does_not_sign(valley: Session, ids: dict[str, int]) -> None:
    cell = cell_ids(valley, ROUND, "98002", 1)
    rate(valley, actor_of(valley, ids["olga"]), cell, Score(70))
    approve(valley, ids["rita"], cell)
    with pytest.raises(GateClosed, match="signer-rated"):
        sign(valley, ids["olga"])


def test_who_rated_an_earlier_revision_does_not_sign(valley: Session, ids: dict[str, int]) -> None:
    cell = cell_ids(valley, ROUND, "98002", 1)
    sign(valley, ids["oscar"])
    rate(valley, actor_of(valley, ids["olga"]), cell, Score(72))
    rate(valley, actor_of(valley, ids["eva"]), cell, Score.from_text(RATINGS["98002", 1]))
    approve(valley, ids["rita"], cell)
    with pytest.raises(GateClosed, match="signer-rated"):
        sign(valley, ids["olga"])


def test_who_left_a_score_half_written_does_not_sign(valley: Session, ids: dict[str, int]) -> None:
    entry_id, demand_id = cell_ids(valley, ROUND, "98002", 1)
    draft = CellDraft(entry_id=entry_id, demand_id=demand_id, account_id=ids["oscar"], saved_at_utc=NOW)
    valley.add(draft)
    piece = EvidenceDraft(
        entry_id=entry_id, demand_id=demand_id, account_id=ids["olga"], title="Acta", dated_on=NOW, added_at_utc=NOW
    )
    valley.add(piece)
    valley.flush()
    for name in ("oscar", "olga"):
        with pytest.raises(GateClosed, match="signer-rated"):
            sign(valley, ids[name])


@pytest.mark.parametrize("name", ["eva", "rita", "lalo"])
def test_others_do_not_sign(name: str, valley: Session, ids: dict[str, int]) -> None:
    with pytest.raises(NotAllowed):
        sign(valley, ids[name])


def test_a_deputy_signs_and_does_no_more(valley: Session, ids: dict[str, int]) -> None:
    for name in ("olga", "delia"):
        sign(valley, ids[name])
    with pytest.raises(NotAllowed):
        publish(valley, ids["delia"])
    with pytest.raises(NotAllowed):
        schedule(valley, ids["delia"])


def test_an_unapproved_cell_keeps_the_gate_shut(valley: Session, ids: dict[str, int]) -> None:
    rate(valley, actor_of(valley, ids["eva"]), cell_ids(valley, ROUND, "98003", 2), Score(79))
    assert Concern(ConcernKind.CELL_UNAPPROVED, "98003", 2) in gate(valley).concerns
    with pytest.raises(GateClosed, match="gate-blocked"):
        sign(valley, ids["olga"])


def barred_cells(session: Session) -> set[tuple[str, int | None]]:
    return {(row.cvegeo, row.demand) for row in gate(session).concerns if row.kind is ConcernKind.RATED_BY_BARRED}


def test_a_rating_of_somebody_barred_since_is_pointed_at(valley: Session, ids: dict[str, int]) -> None:
    rate(valley, actor_of(valley, ids["ema"]), cell_ids(valley, ROUND, "98003", 2), Score(79))
    assert barred_cells(valley) == set()
    edition, place = find_edition(valley, SLUG), find_municipality(valley, "98003")
    assert edition is not None
    assert place is not None
    valley.add(
        Bar(
            account_id=ids["eva"],
            edition_id=edition.id,
            municipality_id=place.id,
            reason="Es prima del alcalde.",
            recorded_at_utc=NOW,
            recorded_by_id=ids["olga"],
        )
    )
    valley.flush()
    assert barred_cells(valley) == {("98003", 1), ("98003", 3)}


def test_an_unknown_round_has_no_gate(valley: Session, ids: dict[str, int]) -> None:
    who = actor_of(valley, ids["olga"])
    with pytest.raises(RuleBroken, match="round-unknown"):
        gates.sign(valley, who, key=GateKey(SLUG, 9), digest="", site_url="", now_utc=NOW)


def test_the_hour_that_was_set_publishes_once(valley: Session, ids: dict[str, int]) -> None:
    for name in ("olga", "oscar"):
        sign(valley, ids[name])
    schedule(valley, ids["olga"], hours=3)
    schedule(valley, ids["olga"])
    assert due(valley, hours=0) == []
    (sealed,) = due(valley)
    assert isinstance(sealed, SealedPublication)
    assert due(valley) == []
    found = gate(valley)
    assert found.schedule is not None
    assert found.schedule.state == "published"
    assert verdict(valley).is_sound


def test_an_hour_in_the_past_is_refused(valley: Session, ids: dict[str, int]) -> None:
    for name in ("olga", "oscar"):
        sign(valley, ids[name])
    with pytest.raises(GateClosed, match="hour-past"):
        schedule(valley, ids["olga"], hours=0)


def test_what_is_no_longer_signed_when_the_hour_comes_is_refused_with_its_cause(
    valley: Session, ids: dict[str, int]
) -> None:
    for name in ("olga", "oscar"):
        sign(valley, ids[name])
    schedule(valley, ids["olga"])
    cell = cell_ids(valley, ROUND, "98002", 1)
    rate(valley, actor_of(valley, ids["eva"]), cell, Score(71))
    approve(valley, ids["rita"], cell)
    assert due(valley) == ["difference-changed"]
    found = gate(valley)
    assert found.schedule is not None
    assert (found.schedule.state, found.schedule.cause) == ("refused", "difference-changed")
    assert round_row(valley).stage == "decision"
    assert due(valley) == []


def test_every_act_is_in_the_audit_log(valley: Session, ids: dict[str, int]) -> None:
    for name in ("olga", "oscar"):
        sign(valley, ids[name])
    publish(valley, ids["olga"])
    subject = f"{SLUG}/round/{ROUND}"
    actions = valley.scalars(select(AuditEvent.action).where(AuditEvent.subject == subject).order_by(AuditEvent.id))
    assert list(actions) == ["publication.signed", "publication.signed", "publication.published"]
