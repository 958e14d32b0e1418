"""Leading a round from stage to stage on both databases: what is refused, what is done, and that two clicks are one."""

import json
import threading
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from app.domain.permissions import NotAllowed
from app.domain.rounds import MoveWrong, RoundNotReady, RoundUnknown
from app.domain.stages import Stage, StageWrong
from app.models.audit import AuditEvent
from app.models.editions import Round, RoundEntry
from app.models.engines import make_engine
from app.models.mail import OutboxMail
from app.models.publications import Publication
from app.models.replies import Notice
from app.queries.rounds import find_round_at_work
from app.services.rounds import Move, lead_round
from tests import staff
from tests.integration.rounds import answer, entries_of, resolve
from tests.integration.sealing import SLUG

NOW = datetime(2021, 5, 12, 18, tzinfo=UTC)
DUE = NOW + timedelta(days=7)
TO_REVIEW = Move(SLUG, 3, Stage.RATING, Stage.REVIEW)
TO_REPLY = Move(SLUG, 3, Stage.REVIEW, Stage.REPLY, reply_due_at_utc=DUE)
TO_DECISION = Move(SLUG, 3, Stage.REPLY, Stage.DECISION)


@pytest.fixture
def people(valley: Session) -> dict[str, int]:
    return staff.settle(valley, SLUG)


def lead(session: Session, account_id: int, move: Move, at: datetime = NOW) -> bool:
    return lead_round(session, staff.actor_of(session, account_id), move=move, now_utc=at)


def stage(session: Session) -> Stage:
    found = find_round_at_work(session, SLUG, 3)
    assert found is not None
    return found.stage


def events(session: Session) -> list[dict[str, Any]]:
    query = select(AuditEvent.after).where(AuditEvent.action == "round.moved").order_by(AuditEvent.id)
    return [json.loads(after) for after in session.scalars(query)]


def deadlines(session: Session) -> list[datetime]:
    """The deadlines of the notices of round 3."""
    entries = [entry.id for entry in entries_of(session, SLUG, 3)]
    return list(session.scalars(select(Notice.due_at_utc).where(Notice.entry_id.in_(entries))))


def at_stage(session: Session, people: dict[str, int], wanted: Stage) -> None:
    """Lead round 3 there by the book."""
    resolve(session, SLUG, 3, people, approve=True)
    for move in (TO_REVIEW, TO_REPLY, TO_DECISION):
        if stage(session) is not wanted:
            lead(session, people["olga"], move, NOW if move is not TO_DECISION else DUE)
    assert stage(session) is wanted


def test_rating_ends_only_when_every_cell_is_handed_in(valley: Session, people: dict[str, int]) -> None:
    with pytest.raises(RoundNotReady) as caught:
        lead(valley, people["olga"], TO_REVIEW)
    assert caught.value.facts["count"] == 9
    assert stage(valley) is Stage.RATING
    resolve(valley, SLUG, 3, people, approve=False)
    assert lead(valley, people["olga"], TO_REVIEW)
    assert stage(valley) is Stage.REVIEW


def test_the_municipalities_see_nothing_before_every_cell_is_approved(valley: Session, people: dict[str, int]) -> None:
    resolve(valley, SLUG, 3, people, approve=False)
    lead(valley, people["olga"], TO_REVIEW)
    with pytest.raises(RoundNotReady):
        lead(valley, people["olga"], TO_REPLY)
    assert deadlines(valley) == []


def test_who_has_a_liaison_is_notified_and_nobody_else(valley: Session, people: dict[str, int]) -> None:
    at_stage(valley, people, Stage.REPLY)
    found = find_round_at_work(valley, SLUG, 3)
    assert found is not None
    told = {part.slug: part.due_at_utc for part in found.parts}
    assert told == {"alba": DUE, "brisa": DUE, "nandu": None}
    assert found.reply_due_at_utc == DUE
    assert events(valley)[-1]["notified"] == ["alba", "brisa"]
    mails = valley.scalars(select(OutboxMail).order_by(OutboxMail.id)).all()
    assert [(mail.to_address, mail.subject.partition(":")[0]) for mail in mails] == [
        ("lalo@ejemplo.mx", "Alba"),
        ("lola@ejemplo.mx", "Brisa"),
    ]
    assert "19 de mayo de 2021, 13:00" in (mails[0].body or "")


@pytest.mark.parametrize("due", [None, NOW, NOW - timedelta(days=1)])
def test_a_deadline_lies_ahead(valley: Session, people: dict[str, int], due: datetime | None) -> None:
    at_stage(valley, people, Stage.REVIEW)
    with pytest.raises(MoveWrong) as caught:
        lead(valley, people["olga"], replace(TO_REPLY, reply_due_at_utc=due))
    assert caught.value.code == "reply-due-passed"


def test_an_organiser_cannot_notify_and_close_within_the_hour(valley: Session, people: dict[str, int]) -> None:
    at_stage(valley, people, Stage.REVIEW)
    with pytest.raises(MoveWrong) as caught:
        lead(valley, people["olga"], replace(TO_REPLY, reply_due_at_utc=NOW + timedelta(hours=1)))
    earliest = datetime(2021, 5, 17, 23, tzinfo=UTC)  # Wednesday; Monday at 18:00 there
    assert (caught.value.code, caught.value.facts["earliest"]) == ("reply-due-too-soon", earliest)
    assert (stage(valley), deadlines(valley)) == (Stage.REVIEW, [])
    assert lead(valley, people["olga"], replace(TO_REPLY, reply_due_at_utc=earliest))
    with pytest.raises(RoundNotReady):
        lead(valley, people["olga"], TO_DECISION, earliest - timedelta(seconds=1))


def test_replies_stay_open_until_the_deadline(valley: Session, people: dict[str, int]) -> None:
    at_stage(valley, people, Stage.REPLY)
    with pytest.raises(RoundNotReady) as caught:
        lead(valley, people["olga"], TO_DECISION, DUE - timedelta(seconds=1))
    assert caught.value.facts["count"] == 2
    assert lead(valley, people["olga"], TO_DECISION, DUE)


def test_replies_close_early_when_all_who_were_notified_have_answered(valley: Session, people: dict[str, int]) -> None:
    at_stage(valley, people, Stage.REPLY)
    first, second, _ = entries_of(valley, SLUG, 3)
    answer(valley, first.id, people["lalo"], NOW)
    with pytest.raises(RoundNotReady) as caught:
        lead(valley, people["olga"], TO_DECISION)
    assert caught.value.facts["count"] == 1
    answer(valley, second.id, people["lola"], NOW)
    assert lead(valley, people["olga"], TO_DECISION)


def test_the_way_back_needs_a_reason_and_keeps_every_deadline(valley: Session, people: dict[str, int]) -> None:
    at_stage(valley, people, Stage.DECISION)
    back = Move(SLUG, 3, Stage.DECISION, Stage.REPLY, reply_due_at_utc=DUE + timedelta(days=7))
    with pytest.raises(MoveWrong) as caught:
        lead(valley, people["olga"], back, DUE)
    assert caught.value.code == "move-needs-reason"
    assert lead(valley, people["olga"], replace(back, reason="Brisa no pudo entrar."), DUE)
    assert deadlines(valley) == [DUE, DUE]
    assert events(valley)[-1]["reason"] == "Brisa no pudo entrar."


def test_a_round_goes_back_to_rating_from_review_only(valley: Session, people: dict[str, int]) -> None:
    at_stage(valley, people, Stage.REPLY)
    with pytest.raises(StageWrong):
        lead(valley, people["olga"], Move(SLUG, 3, Stage.REPLY, Stage.RATING, reason="No."))


@pytest.mark.parametrize("target", [Stage.PLANNED, Stage.DECISION, Stage.PUBLISHED, Stage.REPLY])
def test_no_stage_is_skipped(valley: Session, people: dict[str, int], target: Stage) -> None:
    resolve(valley, SLUG, 3, people, approve=True)
    with pytest.raises(StageWrong):
        lead(valley, people["olga"], Move(SLUG, 3, Stage.RATING, target, reason="No.", reply_due_at_utc=DUE))


def test_a_second_click_changes_nothing(valley: Session, people: dict[str, int]) -> None:
    resolve(valley, SLUG, 3, people, approve=True)
    assert lead(valley, people["olga"], TO_REVIEW)
    assert not lead(valley, people["oscar"], TO_REVIEW)
    assert lead(valley, people["olga"], TO_REPLY)
    assert not lead(valley, people["olga"], TO_REPLY)
    assert deadlines(valley) == [DUE, DUE]
    assert [event["stage"] for event in events(valley)] == ["review", "reply"]


def test_a_page_of_an_earlier_stage_moves_nothing(valley: Session, people: dict[str, int]) -> None:
    at_stage(valley, people, Stage.REPLY)
    with pytest.raises(StageWrong):
        lead(valley, people["olga"], TO_REVIEW)


def test_a_round_that_does_not_exist_is_not_led(valley: Session, people: dict[str, int]) -> None:
    with pytest.raises(RoundUnknown):
        lead(valley, people["olga"], replace(TO_REVIEW, number=99))


@pytest.mark.parametrize("name", ["delia", "eva", "rita", "lalo"])
def test_only_organisers_lead(valley: Session, people: dict[str, int], name: str) -> None:
    resolve(valley, SLUG, 3, people, approve=True)
    with pytest.raises(NotAllowed):
        lead(valley, people[name], TO_REVIEW)


def test_opening_a_planned_round_names_who_answers_for_each_municipality(
    valley: Session, people: dict[str, int]
) -> None:
    number = valley.scalar(select(Round.edition_id).limit(1))
    ends = datetime(2021, 6, 30, tzinfo=UTC).date()
    row = Round(
        edition_id=number, number=4, starts_on=ends.replace(month=5, day=1), ends_on=ends, source="", stage="planned"
    )
    valley.add(row)
    valley.flush()
    chain = valley.scalar(select(func.count(Publication.id)))
    assert lead(valley, people["olga"], Move(SLUG, 4, Stage.PLANNED, Stage.RATING))
    entries = valley.scalars(select(RoundEntry).where(RoundEntry.round_id == row.id)).all()
    assert len(entries) == 3
    assert valley.scalar(select(func.count(Publication.id))) == chain  # sealed before: not again


def test_two_organisers_at_once_move_a_round_once(valley_url: str) -> None:
    engine = make_engine(valley_url)
    with Session(engine.execution_options(write=True), expire_on_commit=False) as session:
        people = staff.settle(session, SLUG)
        resolve(session, SLUG, 3, people, approve=True)
        session.commit()
    outcomes: list[bool] = []
    start = threading.Barrier(2)

    def _click(account_id: int) -> None:
        with Session(engine.execution_options(write=True)) as session:
            start.wait()
            outcomes.append(lead(session, account_id, TO_REVIEW))
            session.commit()

    threads = [threading.Thread(target=_click, args=(people[name],)) for name in ("olga", "oscar")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == [False, True]
    with Session(engine) as session:
        assert len(events(session)) == 1
    engine.dispose()


def test_a_round_whose_rating_is_open_does_not_open_again(valley: Session, people: dict[str, int]) -> None:
    valley.execute(update(Round).where(Round.number == 3).values(stage="review"))
    with pytest.raises(StageWrong):
        lead(valley, people["olga"], Move(SLUG, 3, Stage.PLANNED, Stage.RATING))
