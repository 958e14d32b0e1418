"""A reviewer decides on requests: on both databases."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.cells import CellState
from app.domain.permissions import NotAllowed
from app.domain.replies import Verdict
from app.domain.requests import DecisionRefused, NewDecision, Request
from app.domain.scores import Absence, Rating, Score
from app.domain.stages import Stage, StageWrong
from app.models.assignments import Bar
from app.models.replies import Meeting
from app.queries.cells import Cell, find_cell
from app.queries.decisions import find_request, find_requests
from app.queries.desks import find_desk
from app.queries.evidence import list_pieces
from app.queries.office_sheets import find_office_sheet
from app.services.decisions import decide_reply
from app.services.letters import Seat
from app.services.meetings import note_meetings
from app.services.scores import EditConflict
from tests import staff
from tests.answers import AFTER, AGREED, ALBA, BRISA, ROUND, approve, asking, ids, move, open_replies, send, write
from tests.integration.sealing import SLUG


@pytest.fixture
def people(valley: Session) -> dict[str, int]:
    """Alba asked about 1 and 2 and agreed to 3; Brisa asked about 1; the round is in decision."""
    people = open_replies(valley)
    write(valley, people["lalo"], ALBA, d1=asking("7,5"), d2=asking("not_applicable"), d3=AGREED)
    send(valley, people["lalo"], ALBA)
    write(valley, people["lola"], BRISA, d1=asking(""))
    send(valley, people["lola"], BRISA)
    move(valley, Stage.DECISION)
    return people


def ask(session: Session, people: dict[str, int], seat: Seat = ALBA, demand: int = 1) -> Request:
    request = find_request(session, seat.edition, seat.number, seat.municipality, demand, people["rita"])
    assert request is not None
    return request


def decide(
    session: Session,
    people: dict[str, int],
    verdict: Verdict,
    rating: Rating | None = None,
    *,
    seat: Seat = ALBA,
    demand: int = 1,
    known: int | None = None,
    who: str = "rita",
    reason: str = "Se contó de nuevo.",
) -> Request:
    request = ask(session, people, seat, demand)
    new = NewDecision(request.reply.id, request.known if known is None else known, verdict, rating, reason)
    return decide_reply(
        session,
        staff.actor_of(session, people[who]),
        edition=seat.edition,
        number=seat.number,
        municipality=seat.municipality,
        demand=demand,
        new=new,
        now_utc=AFTER,
    )


def cell(session: Session, seat: Seat = ALBA, demand: int = 1) -> Cell:
    found = find_cell(session, *ids(session, seat, demand))
    assert found is not None
    return found


def test_the_queue_counts_requests_and_no_agreement(valley: Session, people: dict[str, int]) -> None:
    decide(valley, people, Verdict.KEPT)
    asked = find_requests(valley, SLUG, ROUND, people["rita"])
    assert asked is not None
    assert (asked.decided, len(asked.requests)) == (1, 3)
    assert [(row.desk.slug, row.agreements, len(row.requests)) for row in asked.rows] == [
        ("alba", 1, 2),
        ("brisa", 0, 1),
        ("nandu", 0, 0),
    ]
    assert asked.next_request is not None
    assert (asked.next_request.desk.slug, asked.next_request.demand.number) == ("alba", 2)


@pytest.mark.parametrize("verdict", [Verdict.KEPT, Verdict.NOTED])
def test_what_is_kept_or_noted_leaves_the_score_alone(
    valley: Session, people: dict[str, int], verdict: Verdict
) -> None:
    before = cell(valley)
    decided = decide(valley, people, verdict)
    assert cell(valley) == before
    assert decided.decision is not None
    assert (decided.decision.verdict, decided.decision.after) == (verdict, None)


@pytest.mark.parametrize("rating", [Score(70), Score(0), Absence.NOT_APPLICABLE], ids=str)
def test_a_change_adds_an_approved_score_that_keeps_reason_evidence_and_institution(
    valley: Session, people: dict[str, int], rating: Rating
) -> None:
    before = cell(valley)
    decided = decide(valley, people, Verdict.CHANGED, rating)
    after = cell(valley)
    assert (after.rating, after.revision, after.state) == (rating, before.revision + 1, CellState.APPROVED)
    assert (after.reason, after.institution, after.conflict) == (before.reason, before.institution, before.conflict)
    evidence = list_pieces(valley, [before.score_id, after.score_id])
    assert evidence[after.score_id] == evidence[before.score_id] != ()
    assert decided.decision is not None
    assert decided.decision.after == rating
    assert decided.before == before.rating


def test_a_decision_can_be_made_anew_before_publication(valley: Session, people: dict[str, int]) -> None:
    original = cell(valley).rating
    decide(valley, people, Verdict.CHANGED, Score(70))
    decide(valley, people, Verdict.CHANGED, Score(70), reason="Con otras palabras.")
    assert cell(valley).revision == 3  # only the words changed
    decide(valley, people, Verdict.CHANGED, Score(80))
    assert cell(valley).rating == Score(80)
    decided = decide(valley, people, Verdict.KEPT)
    assert (cell(valley).rating, cell(valley).state) == (original, CellState.APPROVED)
    assert [row.verdict for row in decided.decisions] == [*[Verdict.CHANGED] * 3, Verdict.KEPT]
    assert [row.after for row in decided.decisions] == [Score(70), Score(70), Score(80), None]


def test_a_change_changes_something(valley: Session, people: dict[str, int]) -> None:
    same = cell(valley).rating
    for rating, code in ((same, "rating-same"), (None, "rating-missing")):
        with pytest.raises(DecisionRefused, match=code):
            decide(valley, people, Verdict.CHANGED, rating)
    with pytest.raises(DecisionRefused, match="reason-missing"):
        decide(valley, people, Verdict.KEPT, reason="")


def test_nobody_decides_over_what_she_was_not_shown(valley: Session, people: dict[str, int]) -> None:
    decide(valley, people, Verdict.KEPT)
    with pytest.raises(EditConflict):
        decide(valley, people, Verdict.CHANGED, Score(70), known=0)
    assert len(ask(valley, people).decisions) == 1


@pytest.mark.parametrize("stage", [Stage.RATING, Stage.REVIEW, Stage.REPLY, Stage.PUBLISHED])
def test_requests_are_decided_in_the_stage_of_decisions_only(
    valley: Session, people: dict[str, int], stage: Stage
) -> None:
    move(valley, stage)
    with pytest.raises(StageWrong):
        decide(valley, people, Verdict.KEPT)


@pytest.mark.parametrize("name", ["lalo", "lola", "eva", "olga", "delia"])
def test_nobody_but_a_reviewer_decides(valley: Session, people: dict[str, int], name: str) -> None:
    with pytest.raises(NotAllowed):
        decide(valley, people, Verdict.KEPT, who=name)


def test_a_reviewer_who_is_barred_does_not_decide(valley: Session, people: dict[str, int]) -> None:
    request = ask(valley, people)
    bar = Bar(
        account_id=people["rita"],
        edition_id=request.desk.edition_id,
        municipality_id=request.desk.municipality_id,
        reason="Es hermana del tesorero.",
        recorded_at_utc=AFTER,
        recorded_by_id=people["olga"],
    )
    valley.add(bar)
    valley.flush()
    with pytest.raises(DecisionRefused, match="barred"):
        decide(valley, people, Verdict.KEPT)
    decide(valley, people, Verdict.KEPT, seat=BRISA)


def test_nobody_decides_on_a_score_of_her_own(valley: Session, people: dict[str, int]) -> None:
    move(valley, Stage.REVIEW)
    approve(valley, {**people, "eva": people["rita"]}, ALBA, 1, Score(66))
    move(valley, Stage.REPLY)
    write(valley, people["lalo"], ALBA, d1=asking("9"))
    send(valley, people["lalo"], ALBA)
    move(valley, Stage.DECISION)
    with pytest.raises(DecisionRefused, match="own-score"):
        decide(valley, people, Verdict.KEPT)


def test_nobody_decides_on_a_score_of_which_she_wrote_an_earlier_revision(
    valley: Session, people: dict[str, int]
) -> None:
    move(valley, Stage.REVIEW)
    approve(valley, {**people, "eva": people["rita"]}, ALBA, 1, Score(66))
    approve(valley, people, ALBA, 1, Score(67))
    move(valley, Stage.REPLY)
    write(valley, people["lalo"], ALBA, d1=asking("9"))
    send(valley, people["lalo"], ALBA)
    move(valley, Stage.DECISION)
    with pytest.raises(DecisionRefused, match="own-score"):
        decide(valley, people, Verdict.KEPT)


def test_an_office_is_not_told_before_publication(valley: Session, people: dict[str, int]) -> None:
    before = find_office_sheet(valley, ALBA.edition, ALBA.municipality, ALBA.number)
    decide(valley, people, Verdict.CHANGED, Score(100))
    assert find_office_sheet(valley, ALBA.edition, ALBA.municipality, ALBA.number) == before


def test_an_agreement_or_a_silence_is_no_request(valley: Session, people: dict[str, int]) -> None:
    for seat, demand in ((ALBA, 3), (BRISA, 2), (BRISA, 99)):
        assert find_request(valley, SLUG, ROUND, seat.municipality, demand, people["rita"]) is None


def attended(session: Session) -> dict[int, bool]:
    return {row.entry_id: row.attended for row in session.scalars(select(Meeting)) if row.entry_id in _own(session)}


def _own(session: Session) -> set[int]:
    desks = (find_desk(session, SLUG, place, ROUND) for place in ("alba", "brisa", "nandu"))
    return {desk.entry_id for desk in desks if desk}


@pytest.mark.parametrize("name", ["rita", "olga"])
def test_who_came_to_the_meeting_is_noted_and_unnoted(valley: Session, people: dict[str, int], name: str) -> None:
    def note(**came: bool | None) -> int:
        actor = staff.actor_of(valley, people[name])
        return note_meetings(valley, actor, edition=SLUG, number=ROUND, attended=came, now_utc=AFTER)

    alba, brisa = (ids(valley, seat, 1)[0] for seat in (ALBA, BRISA))
    assert note(alba=True, brisa=False, nandu=None) == 2
    assert attended(valley) == {alba: True, brisa: False}
    assert note(alba=None, brisa=True) == 2
    assert attended(valley) == {brisa: True}
    assert note(brisa=True) == 0


@pytest.mark.parametrize("name", ["lalo", "eva", "delia"])
def test_nobody_else_notes_who_came(valley: Session, people: dict[str, int], name: str) -> None:
    actor = staff.actor_of(valley, people[name])
    with pytest.raises(NotAllowed):
        note_meetings(valley, actor, edition=SLUG, number=ROUND, attended={"alba": True}, now_utc=AFTER)
