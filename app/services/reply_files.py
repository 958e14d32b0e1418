"""The office lays a file beside a request for correction, changes it or takes it away, until the letter is sent."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy.orm import Session

from app.domain.errors import RuleBroken
from app.domain.evidence import KeptFile
from app.domain.letters import FileMoved
from app.domain.offices import OfficeSheet, ScoreSeen
from app.domain.permissions import Actor
from app.services.evidence import bare_file, keep_file
from app.services.letters import Seat, lay_file, open_sheet


@dataclass(frozen=True)
class NewFile:
    """A file as it is handed over. ``may_name_me``: who hands it over signs the letter, and is named by it anyway."""

    name: str
    content: bytes
    may_name_me: bool = False


def attach_file(
    session: Session,
    actor: Actor,
    *,
    seat: Seat,
    demand: int,
    known: str,
    new: NewFile,
    folder: Path,
    now_utc: datetime,
) -> KeptFile:
    """Keep a file and lay it beside what the office asks about a score, in place of the one before.

    ``known`` is the checksum of the file that the page had shown, empty where it had none. The same file once more
    changes nothing. Raise FileMoved where another one lies there by now, FileWrong for what is not kept, NotAllowed,
    NotNotified or StageWrong.
    """
    sheet, score = _open(session, actor, seat, demand)
    bare = bare_file(session, actor, file_name=new.name, content=new.content, may_name_me=new.may_name_me)
    now, coming = _checksum(score), bare.known_by.sha256
    if now not in {known, coming}:
        raise FileMoved(demand=demand)
    kept = keep_file(session, actor, edition=seat.edition, folder=folder, file=bare, now_utc=now_utc)
    if now != coming:
        lay_file(session, actor, desk=sheet.desk, score=score, sha256=coming, now_utc=now_utc)
    return kept


def detach_file(session: Session, actor: Actor, *, seat: Seat, demand: int, known: str, now_utc: datetime) -> None:
    """Take the file away that lies beside what is asked; where there is none any more, nothing. Raise as above."""
    sheet, score = _open(session, actor, seat, demand)
    now = _checksum(score)
    if now not in {known, ""}:
        raise FileMoved(demand=demand)
    if now:
        lay_file(session, actor, desk=sheet.desk, score=score, sha256=None, now_utc=now_utc)


def _open(session: Session, actor: Actor, seat: Seat, demand: int) -> tuple[OfficeSheet, ScoreSeen]:
    """The draft held open, with the score that can be answered."""
    sheet = open_sheet(session, actor, seat)
    score = sheet.find_score(demand)
    if score is None:
        raise RuleBroken("score-unknown", demand=demand)
    return sheet, score


def _checksum(score: ScoreSeen) -> str:
    return score.file.sha256 if score.file else ""
