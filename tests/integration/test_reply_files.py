"""The file that backs an office's request: laid beside the draft, sent, decided on, published, and who may open it."""

import re
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.errors import RuleBroken
from app.domain.evidence import KeptFile
from app.domain.letters import FileMoved, LetterRefused
from app.domain.offices import OfficeSheet
from app.domain.permissions import NotAllowed
from app.domain.replies import Verdict
from app.domain.requests import NewDecision
from app.domain.stages import Stage, StageWrong
from app.models.audit import AuditEvent
from app.models.replies import ReplyFile
from app.queries.answers import find_round_replies
from app.queries.copies import count_saved_files
from app.queries.decisions import find_request
from app.queries.office_sheets import find_office_sheet
from app.queries.published_files import find_published_file
from app.queries.scorecards import find_scorecard
from app.services.decisions import decide_reply
from app.services.reply_files import NewFile, attach_file, detach_file
from tests import staff
from tests.answers import AFTER, AGREED, ALBA, BEFORE, ROUND, asking, move, open_replies, send, write
from tests.integration.sealing import SLUG, chain, seal, verdict

CONTENT = b"%PDF-1.7 lista de Alba"


@pytest.fixture
def people(valley: Session) -> dict[str, int]:
    return open_replies(valley)


def attach(
    session: Session, account_id: int, folder: Path, *, known: str = "", content: bytes = CONTENT, demand: int = 1
) -> KeptFile:
    actor, new = staff.actor_of(session, account_id), NewFile("lista.pdf", content)
    return attach_file(session, actor, seat=ALBA, demand=demand, known=known, new=new, folder=folder, now_utc=BEFORE)


def sheet_of(session: Session) -> OfficeSheet:
    """What Alba's office is shown."""
    sheet = find_office_sheet(session, ALBA.edition, ALBA.municipality, ALBA.number)
    assert sheet is not None
    return sheet


def files(session: Session) -> dict[int, KeptFile | None]:
    """What lies beside the drafts of Alba, by demand."""
    return {score.demand.number: score.file for score in sheet_of(session).scores if score.file}


def on_disk(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file() and path.suffix != ".db"]


def test_a_file_is_laid_beside_the_draft_and_sent_with_the_letter(
    valley: Session, people: dict[str, int], tmp_path: Path
) -> None:
    write(valley, people["lalo"], ALBA, d1=asking())
    kept = attach(valley, people["lalo"], tmp_path)
    write(valley, people["lalo"], ALBA, d1=asking("8"))
    assert files(valley) == {1: kept}
    send(valley, people["lalo"], ALBA)
    assert files(valley) == {}
    assert [(row.file, row.evidence_title) for row in sheet_of(valley).sent] == [(kept, "Lista")]
    assert valley.scalars(select(ReplyFile.file_sha256)).all() == [kept.sha256]
    (sent,) = valley.scalars(select(AuditEvent.after).where(AuditEvent.action == "letter.sent"))
    assert kept.sha256 in sent
    assert count_saved_files(valley, SLUG) == 1


def test_a_file_is_changed_and_taken_away_and_the_same_one_twice_is_one(
    valley: Session, people: dict[str, int], tmp_path: Path
) -> None:
    first = attach(valley, people["lalo"], tmp_path)
    assert attach(valley, people["lalo"], tmp_path) == first
    second = attach(valley, people["lalo"], tmp_path, known=first.sha256, content=b"%PDF-1.7 otra")
    assert files(valley) == {1: second}
    actor = staff.actor_of(valley, people["lalo"])
    for known in (second.sha256, second.sha256):
        detach_file(valley, actor, seat=ALBA, demand=1, known=known, now_utc=BEFORE)
    assert files(valley) == {}


def test_nobody_of_an_office_takes_the_place_of_a_file_that_she_was_not_shown(
    valley: Session, people: dict[str, int], tmp_path: Path
) -> None:
    first, actor = attach(valley, people["lalo"], tmp_path), staff.actor_of(valley, people["lalo"])
    with pytest.raises(FileMoved):
        attach(valley, people["lalo"], tmp_path, content=b"%PDF-1.7 otra")
    assert len(on_disk(tmp_path)) == 1
    with pytest.raises(FileMoved):
        detach_file(valley, actor, seat=ALBA, demand=1, known="0" * 64, now_utc=BEFORE)
    assert files(valley) == {1: first}


def test_a_letter_is_another_one_with_another_file_and_a_file_alone_is_no_reply(
    valley: Session, people: dict[str, int], tmp_path: Path
) -> None:
    first = attach(valley, people["lalo"], tmp_path)
    with pytest.raises(LetterRefused, match="incomplete"):
        send(valley, people["lalo"], ALBA)
    write(valley, people["lalo"], ALBA, d1=asking())
    seen = sheet_of(valley).digest
    attach(valley, people["lalo"], tmp_path, known=first.sha256, content=b"%PDF-1.7 otra")
    assert sheet_of(valley).digest != seen
    write(valley, people["lalo"], ALBA, d1=AGREED)
    send(valley, people["lalo"], ALBA)
    assert valley.scalars(select(ReplyFile)).all() == []  # who agrees proves nothing


@pytest.mark.parametrize("name", ["lola", "olga", "rita", "eva", "delia"])
def test_nobody_but_its_own_office_lays_or_takes_a_file(valley_sqlite: Session, tmp_path: Path, name: str) -> None:
    people = open_replies(valley_sqlite)
    actor = staff.actor_of(valley_sqlite, people[name])
    with pytest.raises(NotAllowed):
        attach(valley_sqlite, people[name], tmp_path)
    with pytest.raises(NotAllowed):
        detach_file(valley_sqlite, actor, seat=ALBA, demand=1, known="", now_utc=BEFORE)


def test_once_decisions_are_made_no_file_is_taken(valley_sqlite: Session, tmp_path: Path) -> None:
    people = open_replies(valley_sqlite)
    with pytest.raises(RuleBroken, match="score-unknown"):
        attach(valley_sqlite, people["lalo"], tmp_path, demand=99)
    move(valley_sqlite, Stage.DECISION)
    with pytest.raises(StageWrong):
        attach(valley_sqlite, people["lalo"], tmp_path)


# --- at a browser ---


def keep_as_it_is(session: Session, account_id: int, demand: int) -> None:
    """Decide on Alba's request that the score is kept."""
    request = find_request(session, SLUG, ROUND, "alba", demand, account_id)
    assert request is not None
    new = NewDecision(request.reply.id, request.known, Verdict.KEPT, None, "Se contó de nuevo.")
    actor, at = staff.actor_of(session, account_id), {"edition": SLUG, "number": ROUND, "municipality": "alba"}
    decide_reply(session, actor, **at, demand=demand, new=new, now_utc=AFTER)  # type: ignore[arg-type]


def test_a_file_is_published_with_its_reply_and_proved_by_the_manifest(
    valley: Session, people: dict[str, int], tmp_path: Path
) -> None:
    write(valley, people["lalo"], ALBA, d1=asking(), d2=asking())
    kept = attach(valley, people["lalo"], tmp_path, demand=2)
    send(valley, people["lalo"], ALBA)
    move(valley, Stage.DECISION)
    for demand in (1, 2):
        keep_as_it_is(valley, people["rita"], demand)
    assert find_published_file(valley, kept.sha256, show_demonstration=True) is None
    seal(valley, ROUND)
    assert verdict(valley).is_sound
    assert find_published_file(valley, kept.sha256, show_demonstration=True) == kept
    manifest = chain(valley)[-1].manifest.decode()
    proved = re.findall(r"^text,reply/98001/(\d),file,([0-9a-f]{64})$", manifest, re.MULTILINE)
    assert proved == [("2", valley.scalars(select(ReplyFile.words_sha256)).one())]
    card, round_replies = find_scorecard(valley, SLUG, "alba"), find_round_replies(valley, SLUG, ROUND)
    assert card is not None
    assert round_replies is not None
    assert card.replies is not None
    for said in (card.replies, round_replies.rows[0]):
        shown = {row.reply.demand: (row.file_sha256, row.file_name, row.file_bytes) for row in said.replies}
        assert shown == {1: ("", "", None), 2: (kept.sha256, kept.name, kept.size)}
