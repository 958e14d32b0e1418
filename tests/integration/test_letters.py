"""An office writes, another of the office writes too, one of them sends the letter: on both databases."""

import re
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.errors import RuleBroken
from app.domain.letters import LetterRefused, NotNotified, Signing, TypedReply, Writing, digest_of
from app.domain.permissions import NotAllowed
from app.domain.replies import AnswerStatus, Stance
from app.domain.scores import Score
from app.domain.stages import Stage, StageWrong
from app.models.audit import AuditEvent
from app.models.engines import make_engine
from app.models.mail import OutboxMail
from app.models.replies import Letter, Reply, ReplyDraft
from app.queries.desks import find_desk
from app.queries.office_sheets import find_office_sheet
from app.services.letters import DraftConflict, Seat, save_drafts, send_letter
from tests import staff
from tests.answers import (
    AFTER,
    AGREED,
    ALBA,
    BEFORE,
    BRISA,
    DUE,
    NANDU,
    SIGNED,
    address_of,
    asking,
    move,
    open_replies,
    send,
    write,
)

SECONDS = 20


@pytest.fixture
def people(valley: Session) -> dict[str, int]:
    return open_replies(valley)


def status(session: Session, seat: Seat) -> AnswerStatus:
    desk = find_desk(session, seat.edition, seat.municipality, seat.number)
    assert desk is not None
    return desk.status


def drafts(session: Session) -> list[tuple[int, str]]:
    return [(row.version, row.reason) for row in session.scalars(select(ReplyDraft).order_by(ReplyDraft.demand_id))]


def test_a_letter_holds_what_was_written_and_nothing_else(valley: Session, people: dict[str, int]) -> None:
    assert status(valley, ALBA) is AnswerStatus.NONE
    write(valley, people["lalo"], ALBA, d1=AGREED, d2=asking())
    letter = send(valley, people["lalo"], ALBA)
    sheet = find_office_sheet(valley, ALBA.edition, ALBA.municipality, ALBA.number)
    assert sheet is not None
    said = {score.demand.number: reply for score, reply in sheet.replies_of(sheet.letters[0])}
    assert {number: (row.stance, row.requested) for number, row in said.items()} == {
        1: (Stance.AGREE, None),
        2: (Stance.CORRECTION, Score(75)),
    }
    assert (said[2].reason, said[2].evidence_title) == ("Faltó contar una lista.", "Lista")
    assert (sheet.letters[0].signatory, sheet.letters[0].position) == (SIGNED.signatory, SIGNED.position)
    assert (letter.number, letter.is_late, status(valley, ALBA)) == (1, False, AnswerStatus.ON_TIME)
    assert drafts(valley) == []
    assert [score.demand.number for score in sheet.unanswered] == [3]


def test_a_receipts_code_cannot_be_guessed(valley: Session, people: dict[str, int]) -> None:
    codes = set()
    for _ in range(3):
        write(valley, people["lalo"], ALBA, d1=AGREED)
        codes.add(send(valley, people["lalo"], ALBA).code)
    assert len(codes) == 3
    assert all(re.fullmatch(r"[2-9A-HJKMNP-Z]{12}", code) for code in codes)


def test_a_later_letter_replaces_what_it_covers(valley: Session, people: dict[str, int]) -> None:
    write(valley, people["lalo"], ALBA, d1=asking("9"), d2=asking("8"))
    send(valley, people["lalo"], ALBA)
    write(valley, people["lalo"], ALBA, d2=AGREED)
    assert send(valley, people["lalo"], ALBA).number == 2
    sheet = find_office_sheet(valley, ALBA.edition, ALBA.municipality, ALBA.number)
    assert sheet is not None
    in_force = {score.demand.number: score.sent for score in sheet.scores if score.sent}
    assert {n: (row.letter.number, row.stance) for n, row in in_force.items()} == {
        1: (1, Stance.CORRECTION),
        2: (2, Stance.AGREE),
    }


@pytest.mark.parametrize(
    ("moment", "late"), [(DUE, False), (DUE + timedelta(microseconds=1), True), (AFTER, True)], ids=str
)
def test_after_the_deadline_a_letter_is_late(
    valley: Session, people: dict[str, int], moment: datetime, *, late: bool
) -> None:
    write(valley, people["lalo"], ALBA, d1=AGREED)
    assert send(valley, people["lalo"], ALBA, now_utc=moment).is_late is late
    assert status(valley, ALBA) is (AnswerStatus.LATE if late else AnswerStatus.ON_TIME)


def test_once_decisions_are_made_no_letter_is_taken(valley: Session, people: dict[str, int]) -> None:
    write(valley, people["lalo"], ALBA, d1=AGREED)
    move(valley, Stage.DECISION)
    with pytest.raises(StageWrong):
        send(valley, people["lalo"], ALBA)
    with pytest.raises(StageWrong):
        write(valley, people["lalo"], ALBA, d1=asking())


def test_who_was_not_notified_neither_sees_nor_answers(valley: Session, people: dict[str, int]) -> None:
    assert find_office_sheet(valley, NANDU.edition, NANDU.municipality, NANDU.number) is None
    assert status(valley, NANDU) is AnswerStatus.NOT_NOTIFIED
    actor = staff.actor_of(valley, people["lalo"])
    nobody = Seat(ALBA.edition, "nandu", 3)
    with pytest.raises(NotAllowed):
        save_drafts(valley, actor, seat=nobody, writings={}, now_utc=BEFORE)
    old = Seat(ALBA.edition, "alba", 2)
    with pytest.raises(NotNotified):
        save_drafts(valley, actor, seat=old, writings={}, now_utc=BEFORE)


@pytest.mark.parametrize("name", ["lola", "olga", "rita", "eva", "delia"])
def test_nobody_but_its_own_office_writes_or_sends(valley: Session, people: dict[str, int], name: str) -> None:
    actor = staff.actor_of(valley, people[name])
    with pytest.raises(NotAllowed):
        save_drafts(valley, actor, seat=ALBA, writings={}, now_utc=BEFORE)
    with pytest.raises(NotAllowed):
        send_letter(valley, actor, seat=ALBA, signing=SIGNED, seen="", address_of=address_of, now_utc=BEFORE)


def test_two_of_an_office_never_write_over_one_another(valley: Session, people: dict[str, int]) -> None:
    blank, actor = TypedReply().fingerprint, staff.actor_of(valley, people["lalo"])
    first, second = asking(reason="La primera."), asking(reason="La segunda.")
    save_drafts(valley, actor, seat=ALBA, writings={1: Writing(blank, first)}, now_utc=BEFORE)
    both = {1: Writing(blank, second), 2: Writing(blank, second)}
    with pytest.raises(DraftConflict) as conflict:
        save_drafts(valley, actor, seat=ALBA, writings=both, now_utc=BEFORE)
    assert conflict.value.stored == {1: first}
    assert drafts(valley) == [(1, "La primera.")]
    save_drafts(valley, actor, seat=ALBA, writings={1: Writing(first.fingerprint, second)}, now_utc=BEFORE)
    assert drafts(valley) == [(2, "La segunda.")]


def test_what_was_not_touched_stays_as_the_other_left_it(valley: Session, people: dict[str, int]) -> None:
    blank, actor = TypedReply().fingerprint, staff.actor_of(valley, people["lalo"])
    write(valley, people["lalo"], ALBA, d1=asking())
    untouched = {1: Writing(blank, TypedReply()), 2: Writing(blank, AGREED)}
    assert save_drafts(valley, actor, seat=ALBA, writings=untouched, now_utc=BEFORE) == 1
    assert drafts(valley) == [(1, "Faltó contar una lista."), (1, "")]


def test_only_the_letter_that_was_shown_is_sent(valley: Session, people: dict[str, int]) -> None:
    write(valley, people["lalo"], ALBA, d1=AGREED)
    sheet = find_office_sheet(valley, ALBA.edition, ALBA.municipality, ALBA.number)
    assert sheet is not None
    seen, actor = sheet.digest, staff.actor_of(valley, people["lalo"])
    write(valley, people["lalo"], ALBA, d2=asking())
    with pytest.raises(LetterRefused, match="changed"):
        send_letter(valley, actor, seat=ALBA, signing=SIGNED, seen=seen, address_of=address_of, now_utc=BEFORE)
    assert valley.scalars(select(Letter).where(Letter.entry_id == sheet.desk.entry_id)).all() == []


def test_what_is_no_reply_yet_is_kept_and_not_sent(valley: Session, people: dict[str, int]) -> None:
    half = asking("11", "")
    write(valley, people["lalo"], ALBA, d1=half)
    sheet = find_office_sheet(valley, ALBA.edition, ALBA.municipality, ALBA.number)
    assert sheet is not None
    assert [score.typed for score in sheet.unfinished] == [half]
    with pytest.raises(LetterRefused, match="incomplete"):
        send(valley, people["lalo"], ALBA)


def test_a_letter_says_something(valley: Session, people: dict[str, int]) -> None:
    for words in ("", "...", "\u200b"):
        with pytest.raises(LetterRefused, match="empty"):
            send(valley, people["lalo"], ALBA, signing=Signing("Sara", "Síndica", words))
    assert status(valley, ALBA) is AnswerStatus.NONE
    assert send(valley, people["lalo"], ALBA, signing=Signing("Síndica", "Síndica", "Síndica")).number == 1


def test_an_office_sees_its_own_averages_and_no_other_figure(valley: Session, people: dict[str, int]) -> None:
    sheet = find_office_sheet(valley, ALBA.edition, ALBA.municipality, ALBA.number)
    assert sheet is not None
    assert [score.rating for score in sheet.scores] == [Score(41), Score(42), Score(43)]
    assert [theme.average.tenths for theme in sheet.themes] == [42, 43]  # (41 + 2 × 42) ÷ 3; 43
    write(valley, people["lola"], BRISA, d1=asking())
    send(valley, people["lola"], BRISA)
    assert find_office_sheet(valley, ALBA.edition, ALBA.municipality, ALBA.number) == sheet


def test_the_log_tells_who_wrote_and_sent_and_not_what_was_only_drafted(
    valley: Session, people: dict[str, int]
) -> None:
    write(valley, people["lalo"], ALBA, d1=asking(reason="SECRETO"))
    send(valley, people["lalo"], ALBA)
    own = select(AuditEvent).where(AuditEvent.account_id == people["lalo"]).order_by(AuditEvent.id)
    events = valley.scalars(own).all()
    assert [row.action for row in events] == ["reply.drafted", "letter.sent"]
    assert "SECRETO" not in events[0].after
    assert '"1": "correction 7.5"' in events[1].after


def test_what_the_office_saw_is_kept_with_its_reply(valley: Session, people: dict[str, int]) -> None:
    write(valley, people["lalo"], ALBA, d1=AGREED)
    letter = send(valley, people["lalo"], ALBA)
    reply = valley.scalars(select(Reply).where(Reply.letter_id == letter.id)).one()
    assert reply.before_revision == 2  # the seed's own score is the first


def test_everybody_of_the_office_is_mailed_the_receipt_and_nobody_else(valley: Session, people: dict[str, int]) -> None:
    write(valley, people["lalo"], ALBA, d1=asking(reason="SECRETO"))
    letter = send(valley, people["lalo"], ALBA)
    mail = valley.scalars(select(OutboxMail)).one()
    assert mail.account_id == people["lalo"]
    assert mail.body is not None
    assert all(words in mail.body for words in (letter.code, address_of(1), "18 de mayo de 2021, 10:00"))
    assert not any(words in mail.subject + mail.body for words in ("SECRETO", "MOTIVO", SIGNED.signatory))


def two_at_once(url: str, act: Callable[[Session, int, int], object]) -> list[str]:
    """What becomes of two people of an office who do the same at one moment, each on a connection of her own."""
    engine = make_engine(url)
    with Session(engine.execution_options(write=True), expire_on_commit=False) as session:
        people = open_replies(session)
        session.commit()
    barrier = threading.Barrier(2)

    def one(number: int) -> str:
        with Session(engine.execution_options(write=True), expire_on_commit=False) as session:
            barrier.wait(SECONDS)
            try:
                act(session, people["lalo"], number)
            except RuleBroken as broken:
                return broken.code
            session.commit()
            return "done"

    with ThreadPoolExecutor(2) as pool:
        outcomes = sorted(pool.map(one, (1, 2)))
    engine.dispose()
    return outcomes


def test_of_two_who_write_at_one_moment_one_is_told(valley_url: str) -> None:
    def act(session: Session, account_id: int, number: int) -> object:
        writings = {1: Writing(TypedReply().fingerprint, asking(reason=f"La {number}."))}
        actor = staff.actor_of(session, account_id)
        return save_drafts(session, actor, seat=ALBA, writings=writings, now_utc=BEFORE)

    assert two_at_once(valley_url, act) == ["done", "draft-conflict"]


def test_of_two_who_send_at_one_moment_one_letter_is_sent(valley_url: str) -> None:
    seen = digest_of({}, {}, 0)

    def act(session: Session, account_id: int, number: int) -> object:
        actor = staff.actor_of(session, account_id)
        signing = Signing("Sara", "Síndica", f"Carta {number}.")
        return send_letter(session, actor, seat=ALBA, signing=signing, seen=seen, address_of=address_of, now_utc=BEFORE)

    assert two_at_once(valley_url, act) == ["changed", "done"]
