"""Evaluators at work on both databases: saving, continuing later, handing in, and getting in each other's way."""

import contextlib
from collections.abc import Iterator
from dataclasses import replace

import pytest
from sqlalchemy import delete, event, func, select, update
from sqlalchemy.orm import Session

from app.domain.cells import CellState, ReviewKind
from app.domain.permissions import NotAllowed
from app.domain.ratings import Content, Typed
from app.domain.scores import Absence, Score
from app.domain.sheets import Outcome
from app.models.accounts import RoleGrant
from app.models.assignments import Assignment, Bar
from app.models.audit import AuditEvent
from app.models.cells import CellDraft, Review, ScoreNote, Submission
from app.models.editions import Edition, Round
from app.models.places import Municipality
from app.models.scores import Score as ScoreRow
from app.queries.cells import find_cell
from app.queries.ratings import list_assigned, list_rounds_to_rate
from app.queries.sheets import find_sheet
from tests import staff
from tests.integration.sealing import SLUG
from tests.integration.sheets import EMPTY, NOW, RATED, cell_of, save

WHOLE = Typed("7,5", reason="Se contó.")


@pytest.fixture
def people(valley: Session) -> dict[str, int]:
    return staff.settle(valley, SLUG)


@pytest.fixture
def eva(people: dict[str, int]) -> int:
    return people["eva"]


@pytest.fixture
def ema(people: dict[str, int]) -> int:
    return people["ema"]


def review(session: Session, account_id: int, key: tuple[str, int], kind: ReviewKind, words: str = "") -> None:
    """What the reviewer says of the newest revision."""
    at = next(row for row in list_assigned(session, account_id, SLUG, 3) if (row.slug, row.demand) == key)
    cell = find_cell(session, at.entry_id, at.demand_id)
    assert cell is not None
    session.add(
        Review(score_id=cell.score_id, kind=kind.value, words=words, account_id=account_id, reviewed_at_utc=NOW)
    )
    session.flush()


def lead_to(session: Session, stage: str) -> None:
    session.execute(update(Round).where(Round.number == 3).values(stage=stage))


def test_a_whole_cell_becomes_a_revision_with_institution_note_and_trace(valley: Session, eva: int) -> None:
    typed = {EMPTY: replace(WHOLE, note="Solo para mí.")}
    assert save(valley, eva, typed) == {EMPTY: Outcome.SAVED}
    cell = cell_of(valley, eva, EMPTY)
    assert cell.newest == Content(Score(75), "Se contó.", "Solo para mí.")
    assert (cell.state, cell.revision, cell.draft) == (CellState.SAVED, 1, None)
    row = valley.scalars(select(ScoreRow).order_by(ScoreRow.id.desc()).limit(1)).one()
    assert (row.institution != "", row.account_id, row.recorded_at_utc) == (True, eva, NOW)
    logged = valley.scalars(select(AuditEvent).order_by(AuditEvent.id.desc()).limit(1)).one()
    assert (logged.action, logged.subject, logged.account_id) == ("score.recorded", f"{SLUG}/3/nandu/3", eva)


def test_saving_the_same_again_changes_nothing(valley: Session, eva: int) -> None:
    save(valley, eva, {EMPTY: WHOLE})
    shown = cell_of(valley, eva, EMPTY).fields
    assert save(valley, eva, {EMPTY: shown}) == {EMPTY: Outcome.UNTOUCHED}
    assert cell_of(valley, eva, EMPTY).revision == 1


@pytest.mark.parametrize(
    "typed",
    [
        Typed("11", reason="Se pasó."),
        Typed("7", "refused", "Las dos."),
        Typed(absence="not_applicable"),
        Typed(reason="Falta el número."),
        Typed("9" * 4301, reason="x" * 5000, note="y", reply="z"),
        Typed("7", reason="una letra �"),
        Typed(absence="x" * 14, reason="Otra."),
    ],
)
def test_what_is_no_rating_is_kept_for_her_alone(valley: Session, people: dict[str, int], typed: Typed) -> None:
    eva, ema = people["eva"], people["ema"]
    assert save(valley, eva, {EMPTY: typed}) == {EMPTY: Outcome.DRAFT}
    valley.expire_all()
    assert cell_of(valley, eva, EMPTY).fields == typed
    assert cell_of(valley, eva, EMPTY).state is CellState.EMPTY
    assert cell_of(valley, ema, EMPTY).fields == Typed()
    assert save(valley, eva, {EMPTY: WHOLE}) == {EMPTY: Outcome.SAVED}
    assert valley.scalar(select(func.count()).select_from(CellDraft)) == 0


def test_one_bad_cell_keeps_no_good_one_back(valley: Session, eva: int) -> None:
    other = replace(cell_of(valley, eva, ("nandu", 1)).fields, score="6")
    outcomes = save(valley, eva, {EMPTY: Typed("11"), ("nandu", 1): other})
    assert outcomes == {EMPTY: Outcome.DRAFT, ("nandu", 1): Outcome.SAVED}


def test_clearing_a_score_asks_why(valley: Session, eva: int) -> None:
    cleared = replace(cell_of(valley, eva, RATED).fields, score="")
    assert save(valley, eva, {RATED: cleared}) == {RATED: Outcome.DRAFT}
    assert cell_of(valley, eva, RATED).newest == Content(Score(90))
    assert save(valley, eva, {RATED: replace(cleared, absence="pending")}) == {RATED: Outcome.SAVED}
    assert cell_of(valley, eva, RATED).newest == Content(Absence.PENDING)


def test_handing_in_takes_what_is_whole_and_says_what_is_missing(valley: Session, eva: int) -> None:
    typed = {
        EMPTY: WHOLE,
        ("nandu", 1): cell_of(valley, eva, ("nandu", 1)).fields,  # no reason yet
        ("nandu", 2): Typed("11", base_revision=1),
    }
    outcomes = save(valley, eva, typed, hand_in=True)
    assert outcomes == {EMPTY: Outcome.HANDED_IN, ("nandu", 1): Outcome.LACKING, ("nandu", 2): Outcome.DRAFT}
    assert valley.scalar(select(func.count()).select_from(Submission)) == 1
    assert cell_of(valley, eva, EMPTY).state is CellState.SUBMITTED
    again = save(valley, eva, {EMPTY: cell_of(valley, eva, EMPTY).fields}, hand_in=True)
    assert again == {EMPTY: Outcome.UNTOUCHED}
    assert valley.scalar(select(func.count()).select_from(Submission)) == 1


def test_a_jump_is_saved_and_not_handed_in_without_its_reason(valley: Session, eva: int) -> None:
    jump = replace(cell_of(valley, eva, RATED).fields, score="5", reason="Bajó.")
    assert cell_of(valley, eva, RATED).jump_from == Score(85)
    assert save(valley, eva, {RATED: jump}, hand_in=True) == {RATED: Outcome.LACKING}
    longer = replace(cell_of(valley, eva, RATED).fields, reason="Bajó. " * 14)
    assert save(valley, eva, {RATED: longer}, hand_in=True) == {RATED: Outcome.HANDED_IN}


def test_the_last_published_score_is_that_of_the_same_mandate(valley: Session, eva: int) -> None:
    berta = cell_of(valley, eva, ("brisa", 2))
    assert berta.published is not None
    assert (berta.published.round_number, berta.published.rating) == (2, Absence.PENDING)
    assert berta.jump_from is None  # the refusal of round 1, and Blas before her
    nandu = cell_of(valley, eva, ("nandu", 1))
    assert nandu.published is not None
    assert (nandu.published.is_same_mandate, nandu.jump_from) == (True, Score(90))


def test_an_approved_cell_is_closed_and_what_she_typed_stays_hers(valley: Session, eva: int) -> None:
    save(valley, eva, {EMPTY: WHOLE}, hand_in=True)
    review(valley, eva, EMPTY, ReviewKind.APPROVE)
    changed = replace(cell_of(valley, eva, EMPTY).fields, score="9")
    assert save(valley, eva, {EMPTY: changed}, hand_in=True) == {EMPTY: Outcome.CLOSED}
    cell = cell_of(valley, eva, EMPTY)
    assert (cell.revision, cell.state, cell.draft) == (1, CellState.APPROVED, replace(changed, seen_revision=0))


@pytest.mark.parametrize("stage", ["planned", "review", "reply", "decision", "published"])
def test_after_rating_nothing_is_written(valley: Session, eva: int, stage: str) -> None:
    lead_to(valley, stage)
    assert save(valley, eva, {EMPTY: WHOLE}, hand_in=True) == {EMPTY: Outcome.CLOSED}
    assert cell_of(valley, eva, EMPTY).revision == 0


def test_what_came_back_can_be_mended_and_answered_in_review(valley: Session, eva: int) -> None:
    save(valley, eva, {EMPTY: WHOLE}, hand_in=True)
    review(valley, eva, EMPTY, ReviewKind.RETURN, "¿Cuántas?")
    lead_to(valley, "review")
    shown = cell_of(valley, eva, EMPTY).fields
    assert save(valley, eva, {EMPTY: shown}, hand_in=True) == {EMPTY: Outcome.LACKING}
    answered = replace(shown, reply="Son doce, como dice el motivo.")
    assert save(valley, eva, {EMPTY: answered}) == {EMPTY: Outcome.SAVED}
    assert save(valley, eva, {EMPTY: cell_of(valley, eva, EMPTY).fields}, hand_in=True) == {EMPTY: Outcome.HANDED_IN}
    cell = cell_of(valley, eva, EMPTY)
    assert [(row.kind, row.words) for row in cell.thread] == [
        (ReviewKind.RETURN, "¿Cuántas?"),
        (ReviewKind.COMMENT, "Son doce, como dice el motivo."),
    ]
    assert (cell.revision, cell.state, cell.newest) == (2, CellState.SUBMITTED, Content(Score(75), "Se contó."))


def test_only_what_is_assigned_can_be_seen_or_written(valley: Session, eva: int) -> None:
    alba = select(Municipality.id).where(Municipality.slug == "alba").scalar_subquery()
    valley.execute(delete(Assignment).where(Assignment.account_id == eva, Assignment.municipality_id == alba))
    with pytest.raises(NotAllowed):
        save(valley, eva, {EMPTY: WHOLE, RATED: WHOLE})
    assert find_sheet(valley, eva, SLUG, 3, "alba") is None
    assert cell_of(valley, eva, EMPTY).revision == 0


def test_a_bar_closes_what_was_assigned(valley: Session, eva: int) -> None:
    edition = valley.scalars(select(Edition.id).where(Edition.slug == SLUG)).one()
    nandu = valley.scalars(select(Municipality.id).where(Municipality.slug == "nandu")).one()
    valley.add(
        Bar(
            account_id=eva,
            edition_id=edition,
            municipality_id=nandu,
            reason="Es su primo.",
            recorded_at_utc=NOW,
            recorded_by_id=eva,
        )
    )
    valley.flush()
    assert find_sheet(valley, eva, SLUG, 3, "nandu") is None
    with pytest.raises(NotAllowed):
        save(valley, eva, {EMPTY: WHOLE})


@pytest.mark.parametrize("name", ["olga", "rita", "lalo", "delia"])
def test_who_does_not_rate_saves_nothing(valley: Session, people: dict[str, int], name: str) -> None:
    with pytest.raises(NotAllowed):
        save(valley, people[name], {EMPTY: WHOLE})


def test_an_evaluator_whose_role_ended_saves_nothing(valley: Session, eva: int) -> None:
    valley.execute(delete(RoleGrant).where(RoleGrant.account_id == eva))
    with pytest.raises(NotAllowed):
        save(valley, eva, {EMPTY: WHOLE})


def test_the_declared_conflict_of_interest_goes_with_the_score(valley: Session, eva: int) -> None:
    valley.execute(update(Assignment).where(Assignment.account_id == eva).values(conflict_es="Vive ahí."))
    save(valley, eva, {EMPTY: WHOLE})
    assert valley.scalars(select(ScoreRow.conflict).order_by(ScoreRow.id.desc()).limit(1)).one() == "Vive ahí."


def test_the_first_page_counts_what_is_left(valley: Session, eva: int) -> None:
    actor = staff.actor_of(valley, eva)
    save(valley, eva, {EMPTY: WHOLE}, hand_in=True)
    (found,) = list_rounds_to_rate(valley, actor)
    assert [(line.slug, line.left, line.handed_in) for line in found.places] == [
        ("alba", 3, 0),
        ("brisa", 3, 0),
        ("nandu", 2, 1),
    ]
    assert [(line.demand.number, line.left) for line in found.demands if line.demand] == [(1, 3), (2, 3), (3, 2)]
    assert found.counts[CellState.SUBMITTED] == 1
    lead_to(valley, "review")
    assert list_rounds_to_rate(valley, actor) == ()
    review(valley, eva, EMPTY, ReviewKind.RETURN, "¿Cuántas?")
    (found,) = list_rounds_to_rate(valley, actor)
    assert (found.left, found.next_place.slug if found.next_place else "") == (1, "nandu")


def test_a_note_never_stands_beside_the_score_itself(valley: Session, eva: int) -> None:
    save(valley, eva, {EMPTY: replace(WHOLE, note="MARCA-NOTA")})
    assert valley.scalars(select(ScoreNote.body)).all() == ["MARCA-NOTA"]
    events = valley.scalars(select(AuditEvent)).all()
    assert not [row for row in events if "MARCA-NOTA" in row.before + row.after]


def test_a_longer_sheet_costs_no_more_statements(valley: Session, eva: int) -> None:
    """A page is read with the same number of statements, be it of one cell or of all nine."""
    counted: list[int] = []
    for where in (EMPTY, ()):
        statements: list[str] = []
        valley.expire_all()
        with _noting(valley, statements):
            assert find_sheet(valley, eva, SLUG, 3, *where) is not None
        counted.append(len(statements))
    assert counted[0] == counted[1] <= 24


@contextlib.contextmanager
def _noting(session: Session, statements: list[str]) -> Iterator[None]:
    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        statements.append(statement)

    engine = session.get_bind()
    event.listen(engine, "before_cursor_execute", note)
    yield
    event.remove(engine, "before_cursor_execute", note)
