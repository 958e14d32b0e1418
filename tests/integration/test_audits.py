"""The audit log on both databases: what it holds, what can be asked of it, and that nobody can change it."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DatabaseError
from sqlalchemy.orm import Session

from app.domain.audits import EVENTS_OF_A_PAGE, AuditFilter, AuditLine
from app.domain.people import NewRole
from app.domain.permissions import Role
from app.domain.publications import DistinctionKind
from app.domain.replies import Verdict
from app.domain.requests import NewDecision
from app.domain.scores import Absence, Score
from app.domain.stages import Stage
from app.exports.audit_facts import subject_words
from app.exports.audits import audit_csv
from app.language import SPANISH
from app.models.accounts import RoleGrant
from app.models.audit import AuditEvent
from app.models.publications import Withdrawal
from app.models.withdrawals import Erasure
from app.queries.audits import find_audit_log, list_audit_lines
from app.queries.decisions import find_request
from app.services.amendments import open_case
from app.services.audit import record_event
from app.services.decisions import decide_reply
from app.services.distinctions import NewDistinction, write_distinction
from app.services.invitations import invite
from app.services.meetings import note_meetings
from app.services.people import take_role
from tests import answers, staff
from tests.integration.sealing import SLUG
from tests.integration.test_reviews import EMPTY, rate


@pytest.fixture
def people(valley: Session) -> dict[str, int]:
    return staff.settle(valley, SLUG)


def asked(session: Session, page: int = 1, **wanted: object) -> tuple[AuditLine, ...]:
    log = find_audit_log(session, SLUG, AuditFilter(**wanted), page)  # type: ignore[arg-type]
    assert log is not None
    return log.lines


def test_a_score_is_logged_with_who_when_and_from_which_value_to_which(valley: Session, people: dict[str, int]) -> None:
    rate(valley, people["eva"], EMPTY, Score(70))
    rate(valley, people["ema"], EMPTY, Absence.REFUSED)
    newest = asked(valley)[0]
    assert (newest.name, newest.action, newest.at_utc) == ("Ema Prueba", "score.recorded", staff.AT)
    assert newest.subject == f"{SLUG}/3/nandu/{EMPTY}"
    assert ("rating", "7.0", "refused") in newest.changes


def test_the_log_is_asked_by_person_act_thing_and_day(valley: Session, people: dict[str, int]) -> None:
    rate(valley, people["eva"], EMPTY, Score(70))
    rate(valley, people["ema"], EMPTY, Score(60))
    day = date(2021, 5, 2)
    assert {line.name for line in asked(valley, account_id=people["eva"])} == {"Eva Prueba"}
    assert {line.action for line in asked(valley, action="score.recorded")} == {"score.recorded"}
    assert {line.subject for line in asked(valley, subject="/nandu/")} == {f"{SLUG}/3/nandu/{EMPTY}"}
    assert asked(valley, account_id=people["eva"], first=day + timedelta(days=1)) == ()
    assert asked(valley, account_id=people["eva"], last=day - timedelta(days=1)) == ()
    assert len(asked(valley, account_id=people["eva"], first=day, last=day)) == 1


def test_what_offices_write_and_what_is_decided_stand_in_the_log_of_the_edition(valley: Session) -> None:
    people = answers.open_replies(valley)
    answers.write(valley, people["lalo"], answers.ALBA, d1=answers.asking())
    answers.send(valley, people["lalo"], answers.ALBA)
    answers.move(valley, Stage.DECISION)
    request = find_request(valley, SLUG, answers.ROUND, "alba", 1, people["rita"])
    assert request is not None
    new = NewDecision(request.reply.id, request.known, Verdict.KEPT, None, "Se contó de nuevo.")
    rita = staff.actor_of(valley, people["rita"])
    at = {"edition": SLUG, "number": answers.ROUND, "now_utc": answers.AFTER}
    decide_reply(valley, rita, municipality="alba", demand=1, new=new, **at)  # type: ignore[arg-type]
    note_meetings(valley, rita, attended={"alba": True}, **at)  # type: ignore[arg-type]
    assert {line.action: line.subject for line in asked(valley) if f"{SLUG}/{answers.ROUND}/alba" in line.subject} == {
        "score.recorded": f"{SLUG}/3/alba/1",
        "reply.drafted": f"{SLUG}/3/alba/1",
        "letter.sent": f"{SLUG}/3/alba/letter/1",
        "reply.decided": f"{SLUG}/3/alba/1",
        "meeting.noted": f"{SLUG}/3/alba",
    }


def test_corrections_and_distinctions_stand_in_the_log_of_the_edition(valley: Session, people: dict[str, int]) -> None:
    olga = staff.actor_of(valley, people["olga"])
    case = open_case(valley, olga, edition=SLUG, number=2, reason="Se capturó mal.", now_utc=staff.AT)
    assert [line.subject for line in asked(valley, action="correction.opened")] == [f"{SLUG}/2/correction/{case}"]
    new = NewDistinction("alba", DistinctionKind.PRAISE, "Publicó todo.", "El jurado")
    written = write_distinction(valley, olga, edition=SLUG, number=3, new=new, now_utc=staff.AT)
    assert [line.subject for line in asked(valley, action="distinction.written")] == [
        f"{SLUG}/3/alba/distinction/{written}"
    ]


def test_who_was_let_in_and_who_lost_her_role_stand_in_the_log(valley: Session, people: dict[str, int]) -> None:
    olga = staff.actor_of(valley, people["olga"])
    new = NewRole("nina@ejemplo.mx", Role.REVIEWER, SLUG, None, None)
    account_id = invite(valley, olga, new=new, site_url="https://x.example", language=SPANISH, now_utc=staff.AT)
    grant = valley.scalars(select(RoleGrant).where(RoleGrant.account_id == account_id)).one()
    take_role(valley, olga, grant_id=grant.id, now_utc=staff.AT)
    subjects = {line.action: line.subject for line in asked(valley) if line.action.startswith("role_")}
    assert subjects == {"role_granted": f"account:{account_id}", "role_taken": f"account:{account_id}"}


def test_a_sign_of_a_pattern_is_only_a_letter(valley: Session, people: dict[str, int]) -> None:
    rate(valley, people["eva"], EMPTY, Score(70))
    assert asked(valley, subject="%") == ()
    assert asked(valley, subject="n_ndu") == ()


def test_an_edition_shows_its_own_events_only(valley: Session, people: dict[str, int]) -> None:
    actor = staff.actor_of(valley, people["olga"])
    record_event(valley, actor, action="x", subject="otra-2020-2023/3", at_utc=staff.AT)
    record_event(valley, actor, action="x", subject=f"{SLUG}-bis", at_utc=staff.AT)
    assert asked(valley, action="x") == ()


def test_an_edition_does_not_tell_who_works_in_another(valley: Session, people: dict[str, int]) -> None:
    subject, elsewhere = f"account:{people['eva']}", {"role": "evaluator", "edition": "otra-2020-2023"}
    record_event(valley, staff.actor_of(valley, people["olga"]), action="z", subject=subject, at_utc=staff.AT)
    for told in ({"after": elsewhere}, {"before": elsewhere}):
        record_event(
            valley, staff.actor_of(valley, people["olga"]), action="z", subject=subject, at_utc=staff.AT, **told
        )
    assert [line.changes for line in asked(valley, action="z")] == [()]


def test_a_long_log_comes_in_pages_and_the_file_holds_all(valley: Session, people: dict[str, int]) -> None:
    actor = staff.actor_of(valley, people["olga"])
    for number in range(EVENTS_OF_A_PAGE + 1):
        record_event(valley, actor, action="y", subject=f"{SLUG}/{number}", at_utc=staff.AT)
    assert len(asked(valley, action="y")) == EVENTS_OF_A_PAGE
    assert [line.subject for line in asked(valley, 2, action="y")] == [f"{SLUG}/0"]
    written = audit_csv(list_audit_lines(valley, SLUG, AuditFilter(action="y"))).decode("utf-8-sig")
    assert len(written.splitlines()) == EVENTS_OF_A_PAGE + 2


def test_what_a_spreadsheet_would_run_is_text_in_the_file(valley: Session, people: dict[str, int]) -> None:
    actor = staff.actor_of(valley, people["olga"])
    record_event(valley, actor, action="=1+1", subject=SLUG, at_utc=staff.AT)
    assert ",'=1+1," in audit_csv(list_audit_lines(valley, SLUG, AuditFilter(action="=1+1"))).decode()


@pytest.mark.parametrize("statement", ["UPDATE audit_events SET action = 'z'", "DELETE FROM audit_events"])
def test_the_database_itself_refuses_to_change_the_log(valley: Session, people: dict[str, int], statement: str) -> None:
    rate(valley, people["eva"], EMPTY, Score(70))
    with pytest.raises(DatabaseError, match="frozen"):
        valley.execute(text(statement))


def test_an_event_whose_words_went_says_so_and_the_file_says_every_act_in_words(
    valley: Session, people: dict[str, int]
) -> None:
    rate(valley, people["eva"], EMPTY, Score(70))
    rate(valley, people["ema"], EMPTY, Score(60))
    newest = valley.scalars(select(AuditEvent.id).order_by(AuditEvent.id.desc()).limit(1)).one()
    first = valley.scalars(select(Withdrawal.id).limit(1)).one()
    valley.add(Erasure(withdrawal_id=first, table_name="audit_events", row_id=newest, erased_at_utc=staff.AT))
    valley.flush()
    assert [line.is_erased for line in asked(valley, action="score.recorded")] == [True, False]
    lines = list_audit_lines(valley, SLUG, AuditFilter(action="score.recorded"))
    header, *rows = audit_csv(lines).decode("utf-8-sig").splitlines()
    assert header.endswith(",acto_en_palabras,retirado")
    assert [row.rsplit(",", 2)[1:] for row in rows] == [
        ["Registró una calificación", "sí"],
        ["Registró una calificación", ""],
    ]


def test_a_page_of_the_log_knows_the_names_of_whom_and_what_it_tells(valley: Session, people: dict[str, int]) -> None:
    rate(valley, people["eva"], EMPTY, Score(70))
    about = f"{SLUG}/account/{people['ema']}/nandu"
    actor = staff.actor_of(valley, people["olga"])
    record_event(valley, actor, action="bar.set", subject=about, at_utc=staff.AT, after={"account": people["rita"]})
    log = find_audit_log(valley, SLUG, AuditFilter(action="bar.set"), 1)
    assert log is not None
    names = log.names
    assert dict(names.people) == {str(people["ema"]): "Ema Prueba", str(people["rita"]): "Rita Prueba"}
    assert subject_words(SPANISH, log.lines[0], SLUG, names).startswith("Ema Prueba, Ñ")
    assert names.themes
    assert names.organisations
