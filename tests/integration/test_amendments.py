"""Corrections of a published round on both databases: proposed, signed by two, sealed in one transaction."""

from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.gates import Concern, ConcernKind, GateClosed, GateKey
from app.domain.permissions import NotAllowed
from app.domain.scores import Absence, Rating, Score
from app.domain.stages import StageWrong
from app.models.scores import Evidence
from app.queries.amendments import find_case
from app.queries.cells import find_cell
from app.queries.corrections import find_corrections
from app.queries.publications import find_publication, list_publications
from app.services import amendments, gates
from app.services.amendments import CaseConflict, CaseSeen
from app.services.publications import SealedPublication
from app.services.scores import NewEvidence
from tests.gated import NOW, ROUND, SLUG, approve, cell_ids, gate, rate, ready, round_row, sign
from tests.integration.sealing import verdict
from tests.staff import actor_of

WHY = "El acta decía otra cosa."
LINK = NewEvidence("Acta de mayo", "https://ejemplo.invalid/acta", date(2021, 5, 3))


@pytest.fixture
def ids(valley: Session) -> dict[str, int]:
    """Round 3 is published; the cell of Alba's first demand has a link behind it."""
    ids = ready(valley)
    cell = cell_ids(valley, ROUND, "98001", 1)
    rate(valley, actor_of(valley, ids["eva"]), cell, Score(90), evidence=(LINK,))
    approve(valley, ids["rita"], cell)
    publish(valley, ids)
    return ids


def publish(session: Session, ids: dict[str, int], case: int | None = None) -> SealedPublication:
    for name in ("olga", "delia"):
        sign(session, ids[name], case=case)
    key, digest = GateKey(SLUG, ROUND, case), gate(session, case=case).digest
    return gates.publish(session, actor_of(session, ids["olga"]), key=key, digest=digest, now_utc=NOW)


def begin(session: Session, account_id: int) -> int:
    who = actor_of(session, account_id)
    return amendments.open_case(session, who, edition=SLUG, number=ROUND, reason=WHY, now_utc=NOW)


def seen(session: Session, case: int) -> CaseSeen:
    found = find_case(session, SLUG, ROUND, case)
    assert found is not None
    return CaseSeen(SLUG, ROUND, case, found.version)


def propose(session: Session, account_id: int, case: int, cvegeo: str, demand: int, new: Rating) -> None:
    cell = cell_ids(session, ROUND, cvegeo, demand)
    who, version = actor_of(session, account_id), seen(session, case)
    amendments.propose(session, who, seen=version, cell=cell, rating=new, reason="Nuevo motivo.", now_utc=NOW)


def test_a_correction_is_sealed_with_old_and_new_value_and_place(valley: Session, ids: dict[str, int]) -> None:
    case = begin(valley, ids["olga"])
    propose(valley, ids["olga"], case, "98001", 1, Score(20))
    sealed = publish(valley, ids, case)
    assert (sealed.kind.value, sealed.number, sealed.sequence) == ("correction", 2, 6)
    page = find_corrections(valley, SLUG)
    assert page is not None
    correction = page.corrections[0]
    assert correction.reason.body == WHY
    (change,) = correction.scores
    assert (change.entry.name, change.before.rating, change.after.rating) == ("Alba", Score(90), Score(20))
    assert correction.standings
    assert find_publication(valley, SLUG, ROUND, 1) is not None
    assert verdict(valley).is_sound


def test_the_corrected_cell_keeps_its_evidence_and_who_rated_it(valley: Session, ids: dict[str, int]) -> None:
    case = begin(valley, ids["olga"])
    propose(valley, ids["olga"], case, "98001", 1, Score(20))
    publish(valley, ids, case)
    cell = find_cell(valley, *cell_ids(valley, ROUND, "98001", 1))
    assert cell is not None
    assert (cell.rating, cell.reason) == (Score(20), "Nuevo motivo.")
    assert len(valley.scalars(select(Evidence).where(Evidence.score_id == cell.score_id)).all()) == 1


def test_nothing_is_written_into_a_cell_before_the_correction_is_sealed(valley: Session, ids: dict[str, int]) -> None:
    case = begin(valley, ids["olga"])
    propose(valley, ids["olga"], case, "98001", 1, Absence.REFUSED)
    sign(valley, ids["olga"], case=case)
    cell = find_cell(valley, *cell_ids(valley, ROUND, "98001", 1))
    assert cell is not None
    assert cell.rating == Score(90)
    who, key, digest = actor_of(valley, ids["olga"]), GateKey(SLUG, ROUND, case), gate(valley, case=case).digest
    with pytest.raises(GateClosed, match="signatures-missing"):
        gates.publish(valley, who, key=key, digest=digest, now_utc=NOW)
    assert len(list_publications(valley, SLUG)) == 5


def test_a_word_of_a_correction_changed_voids_both_signatures(valley: Session, ids: dict[str, int]) -> None:
    case = begin(valley, ids["olga"])
    propose(valley, ids["olga"], case, "98001", 1, Score(20))
    for name in ("olga", "delia"):
        sign(valley, ids[name], case=case)
    who = actor_of(valley, ids["oscar"])
    amendments.reword_case(valley, who, seen=seen(valley, case), reason="Otra cosa.", now_utc=NOW)
    assert not gate(valley, case=case).is_signed_by_two


def test_two_corrections_of_one_cell_do_not_overwrite_each_other(valley: Session, ids: dict[str, int]) -> None:
    first, second = begin(valley, ids["olga"]), begin(valley, ids["oscar"])
    propose(valley, ids["olga"], first, "98001", 1, Score(20))
    propose(valley, ids["oscar"], second, "98001", 1, Score(30))
    publish(valley, ids, first)
    assert Concern(ConcernKind.CELL_MOVED_ON, "98001", 1) in gate(valley, case=second).concerns
    with pytest.raises(GateClosed, match="gate-blocked"):
        sign(valley, ids["olga"], case=second)
    propose(valley, ids["oscar"], second, "98001", 1, Score(30))
    assert publish(valley, ids, second).number == 3
    assert verdict(valley).is_sound


def test_who_comes_second_is_told(valley: Session, ids: dict[str, int]) -> None:
    case = begin(valley, ids["olga"])
    stale = seen(valley, case)
    propose(valley, ids["olga"], case, "98001", 1, Score(20))
    with pytest.raises(CaseConflict):
        amendments.reword_case(valley, actor_of(valley, ids["oscar"]), seen=stale, reason="Mío.", now_utc=NOW)


def test_what_is_no_change_is_refused_and_a_cell_can_be_taken_back(valley: Session, ids: dict[str, int]) -> None:
    case = begin(valley, ids["olga"])
    with pytest.raises(GateClosed, match="nothing-changes"):
        propose(valley, ids["olga"], case, "98001", 1, Score(90))
    propose(valley, ids["olga"], case, "98001", 1, Score(20))
    cell = cell_ids(valley, ROUND, "98001", 1)
    amendments.take_back(valley, actor_of(valley, ids["olga"]), seen=seen(valley, case), cell=cell, now_utc=NOW)
    assert [row.kind for row in gate(valley, case=case).concerns] == [ConcernKind.NOTHING_CORRECTED]


def test_a_dropped_correction_is_closed_for_good(valley: Session, ids: dict[str, int]) -> None:
    case = begin(valley, ids["olga"])
    propose(valley, ids["olga"], case, "98001", 1, Score(20))
    amendments.drop_case(valley, actor_of(valley, ids["olga"]), seen=seen(valley, case), now_utc=NOW)
    with pytest.raises(GateClosed, match="case-closed"):
        propose(valley, ids["olga"], case, "98001", 1, Score(30))
    with pytest.raises(GateClosed, match="not-in-turn"):
        sign(valley, ids["olga"], case=case, digest="0" * 64)


def test_only_a_published_round_is_corrected_and_only_by_organisers(valley: Session, ids: dict[str, int]) -> None:
    for name in ("delia", "eva", "rita", "lalo"):
        with pytest.raises(NotAllowed):
            begin(valley, ids[name])
    round_row(valley).stage = "decision"
    with pytest.raises(StageWrong):
        begin(valley, ids["olga"])
