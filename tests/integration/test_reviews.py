"""The reviewers' room on both databases: verdicts, threads, and who may open what."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from app import create_app
from app.domain.cells import CellState, ReviewKind
from app.domain.permissions import NotAllowed
from app.domain.reviews import VerdictsRefused
from app.domain.scores import Absence, Score
from app.domain.stages import StageWrong
from app.models.cells import Submission
from app.queries.cells import find_cell
from app.queries.reviews import find_entry, find_queue, find_round, find_sheet, list_demands
from app.services.reviews import Verdict, review_cells
from app.services.scores import EditConflict, NewScore, record_score
from tests import seeded, staff
from tests.integration.sealing import SLUG

AT = staff.AT
EMPTY = 3
"""A demand of Ñandú's third round that nobody has rated yet."""


def rate(session: Session, account_id: int, demand: int, rating: Score | Absence, *, hand_in: bool = True) -> int:
    """Write a revision into a cell of Ñandú's third round; its number."""
    found = find_round(session, SLUG, 3)
    assert found is not None
    edition, row = found
    entry = find_entry(session, row.id, "nandu")
    assert entry is not None
    demand_id = next(known.id for known in list_demands(session, edition.id) if known.number == demand)
    before = find_cell(session, entry.id, demand_id)
    new = NewScore(entry.id, demand_id, before.revision if before else 0, rating, "Se midió.", institution="Colegio")
    revision = record_score(session, staff.actor_of(session, account_id), new=new, now_utc=AT)
    cell = find_cell(session, entry.id, demand_id)
    assert cell is not None
    if hand_in:
        session.add(Submission(score_id=cell.score_id, account_id=account_id, submitted_at_utc=AT))
        session.flush()
    return revision


def give(session: Session, account_id: int, *verdicts: Verdict) -> dict[CellState, int]:
    actor = staff.actor_of(session, account_id)
    where = {"edition": SLUG, "municipality": "nandu"}
    return dict(review_cells(session, actor, **where, round_number=3, verdicts=verdicts, now_utc=AT))


@pytest.fixture
def people(valley: Session) -> dict[str, int]:
    return staff.settle(valley, SLUG)


def state(session: Session, demand: int) -> CellState:
    queue = find_queue(session, SLUG, 3)
    assert queue is not None
    return dict(next(row.states for row in queue.rows if row.municipality == "nandu"))[demand]


def test_a_cell_goes_from_handed_in_to_returned_to_approved(valley: Session, people: dict[str, int]) -> None:
    first = rate(valley, people["eva"], EMPTY, Score(70))
    assert state(valley, EMPTY) is CellState.SUBMITTED
    give(valley, people["rita"], Verdict(EMPTY, first, ReviewKind.RETURN, "¿De qué mes es el dato?"))
    assert state(valley, EMPTY) is CellState.RETURNED
    second = rate(valley, people["eva"], EMPTY, Score(65))
    assert give(valley, people["rita"], Verdict(EMPTY, second, ReviewKind.APPROVE)) == {CellState.APPROVED: 1}
    assert state(valley, EMPTY) is CellState.APPROVED


def test_the_thread_keeps_every_word_with_the_revision_that_it_was_about(
    valley: Session, people: dict[str, int]
) -> None:
    first = rate(valley, people["eva"], EMPTY, Score(70))
    give(valley, people["rita"], Verdict(EMPTY, first, ReviewKind.RETURN, "Falta la fuente."))
    second = rate(valley, people["eva"], EMPTY, Score(65))
    give(valley, people["rita"], Verdict(EMPTY, second, ReviewKind.COMMENT, "Mejor."))
    sheet = find_sheet(valley, SLUG, 3, "nandu", people["rita"])
    assert sheet is not None
    thread = next(cell.thread for cell in sheet.cells if cell.demand.number == EMPTY)
    assert [(line.revision, line.words) for line in thread] == [(first, "Falta la fuente."), (second, "Mejor.")]


def test_a_verdict_on_what_was_changed_meanwhile_is_refused(valley: Session, people: dict[str, int]) -> None:
    seen = rate(valley, people["eva"], EMPTY, Score(70))
    rate(valley, people["eva"], EMPTY, Score(20))
    with pytest.raises(VerdictsRefused) as refused:
        give(valley, people["rita"], Verdict(EMPTY, seen, ReviewKind.APPROVE))
    problems = refused.value.facts["problems"]
    assert isinstance(problems, dict)
    assert isinstance(problems[EMPTY], EditConflict)


def test_nobody_checks_a_score_of_which_she_wrote_an_earlier_revision(valley: Session, people: dict[str, int]) -> None:
    rate(valley, people["rita"], EMPTY, Score(70))
    newest = rate(valley, people["eva"], EMPTY, Score(71))
    sheet = find_sheet(valley, SLUG, 3, "nandu", people["rita"])
    assert sheet is not None
    assert [cell.demand.number for cell in sheet.cells if cell.is_own] == [EMPTY]
    with pytest.raises(VerdictsRefused) as refused:
        give(valley, people["rita"], Verdict(EMPTY, newest, ReviewKind.APPROVE))
    assert "own-score" in repr(refused.value.facts["problems"])


def test_what_an_evaluator_only_saved_is_her_own_business(valley: Session, people: dict[str, int]) -> None:
    saved = rate(valley, people["eva"], EMPTY, Score(70), hand_in=False)
    sheet = find_sheet(valley, SLUG, 3, "nandu", people["rita"])
    assert sheet is not None
    cell = next(cell for cell in sheet.cells if cell.demand.number == EMPTY)
    assert (cell.state, cell.revision, cell.rating) == (CellState.SAVED, 0, Absence.NOT_RATED)
    with pytest.raises(VerdictsRefused):
        give(valley, people["rita"], Verdict(EMPTY, saved, ReviewKind.APPROVE))


def test_a_reviewer_reads_the_last_published_score_beside_the_new_one(valley: Session, people: dict[str, int]) -> None:
    rate(valley, people["eva"], 1, Score(10))
    sheet = find_sheet(valley, SLUG, 3, "nandu", people["rita"])
    assert sheet is not None
    past = sheet.cells[0].past
    assert past is not None
    assert past.round_number == 2


def test_outside_rating_and_review_no_verdict_is_taken(valley: Session, people: dict[str, int]) -> None:
    revision = rate(valley, people["eva"], EMPTY, Score(70))
    found = find_round(valley, SLUG, 3)
    assert found is not None
    found[1].stage = "reply"
    valley.flush()
    with pytest.raises(StageWrong):
        give(valley, people["rita"], Verdict(EMPTY, revision, ReviewKind.APPROVE))


@pytest.mark.parametrize("name", ["eva", "olga", "lalo", "delia"])
def test_nobody_but_a_reviewer_gives_verdicts(valley: Session, people: dict[str, int], name: str) -> None:
    revision = rate(valley, people["eva"], EMPTY, Score(70))
    with pytest.raises(NotAllowed):
        give(valley, people[name], Verdict(EMPTY, revision, ReviewKind.APPROVE))


# --- the pages ---

SHEET = f"/revision/{SLUG}/3/nandu/"


@pytest.fixture
def at_work(valley_url: str, tmp_path: Path) -> Iterator[tuple[Flask, dict[str, int]]]:
    """The site on a database in which one cell is handed in, and the ids of its people."""
    app = create_app(seeded.settings_for(valley_url, tmp_path))
    with Session(app.extensions["database"].execution_options(write=True)) as session:
        people = staff.settle(session, SLUG)
        rate(session, people["eva"], EMPTY, Score(70))
        session.commit()
    yield app, people
    app.extensions["database"].dispose()


def stands(app: Flask) -> CellState:
    with Session(app.extensions["database"]) as session:
        return state(session, EMPTY)


def test_a_reviewer_approves_on_the_page_and_is_led_on(at_work: tuple[Flask, dict[str, int]]) -> None:
    app, people = at_work
    with staff.signed_in(app, people["rita"]) as rita:
        answer = rita.post(SHEET, {f"d{EMPTY}-revision": 1, f"d{EMPTY}-kind": "approve"})
        assert (answer.status_code, answer.headers["Location"]) == (303, f"/revision/{SLUG}/3/")
        assert "Aprobadas: 1" in rita.get(f"/revision/{SLUG}/3/").text
    assert stands(app) is CellState.APPROVED


def test_of_several_verdicts_one_that_cannot_stand_keeps_all_from_being_written(
    at_work: tuple[Flask, dict[str, int]],
) -> None:
    app, people = at_work
    verdicts = {f"d{EMPTY}-revision": 1, f"d{EMPTY}-kind": "approve", "d1-revision": 1, "d1-kind": "return"}
    with staff.signed_in(app, people["rita"]) as rita:
        answer = rita.post(SHEET, {**verdicts, f"d{EMPTY}-words": "Bien medida."})
    assert answer.status_code == 422
    assert "Bien medida." in answer.text
    assert stands(app) is CellState.SUBMITTED


def test_returning_without_words_says_beside_the_field_what_is_missing(at_work: tuple[Flask, dict[str, int]]) -> None:
    app, people = at_work
    with staff.signed_in(app, people["rita"]) as rita:
        answer = rita.post(SHEET, {f"d{EMPTY}-revision": 1, f"d{EMPTY}-kind": "return"})
    assert answer.status_code == 422
    assert f'id="d{EMPTY}-words-error"' in answer.text
    assert f'href="#d{EMPTY}-words"' in answer.text


@pytest.mark.parametrize(
    "typed",
    [
        {f"d{EMPTY}-revision": "9" * 4301, f"d{EMPTY}-kind": "approve"},
        {f"d{EMPTY}-revision": "١", f"d{EMPTY}-kind": "approve"},
        {f"d{EMPTY}-revision": "1", f"d{EMPTY}-kind": "comment", f"d{EMPTY}-words": "a\x00b"},
        {f"d{EMPTY}-revision": "1", f"d{EMPTY}-kind": "comment", f"d{EMPTY}-words": "x" * 2001},
        {f"d{EMPTY}-revision": "0", f"d{EMPTY}-kind": "approve"},
    ],
)
def test_hostile_input_is_refused_in_words(at_work: tuple[Flask, dict[str, int]], typed: dict[str, str]) -> None:
    app, people = at_work
    with staff.signed_in(app, people["rita"]) as rita:
        answer = rita.post(SHEET, typed)
    assert answer.status_code == 422
    assert stands(app) is CellState.SUBMITTED


def test_a_verdict_without_the_token_of_the_page_is_refused(at_work: tuple[Flask, dict[str, int]]) -> None:
    app, people = at_work
    with staff.signed_in(app, people["rita"]) as rita:
        answer = rita.client.post(SHEET, data={f"d{EMPTY}-revision": 1, f"d{EMPTY}-kind": "approve"})
    assert answer.status_code == 400
    assert stands(app) is CellState.SUBMITTED
