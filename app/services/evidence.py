"""Evidence behind scores: files kept under their SHA-256, links and files laid beside a cell."""

import contextlib
import hashlib
import os
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app.domain.errors import RuleBroken
from app.domain.evidence import ONE_DAY, FileKind, KeptFile, check_day, check_piece, kind_of
from app.domain.imprints import publishable
from app.domain.permissions import Actor
from app.domain.sheets import SheetCell
from app.models.accounts import Account
from app.models.evidence import EvidenceDraft, EvidenceFile
from app.queries.cells import get_cell_name
from app.queries.evidence import sum_bytes_kept
from app.queries.ratings import Assigned
from app.services.audit import record_event
from app.services.scores import EditConflict
from app.services.sheets import CellClosed, Desk, Key, keep_draft, lock_desk, record_cell

FOLDER = "evidence"
MOST_PIECES = 20


class TooManyPieces(RuleBroken):
    """The cell has as much evidence as a reader can be asked to open."""

    code = "too-many-pieces"


@dataclass(frozen=True)
class NewPiece:
    """An evidence as it is handed over: a link, or a file with the name that it had, or both."""

    title: str
    url: str
    dated_on: date
    file_name: str = ""
    content: bytes = b""


def path_of(folder: Path, sha256: str) -> Path:
    """Where a file with that checksum lies, below the folder of the instance."""
    return folder / FOLDER / sha256[:2] / sha256


@dataclass(frozen=True)
class BareFile:
    """A file as it may be kept, and what it will be known by; nothing is stored yet."""

    known_by: KeptFile
    content: bytes


def bare_file(session: Session, actor: Actor, *, file_name: str, content: bytes, may_name_me: bool = False) -> BareFile:
    """Make a file fit to be kept; raise FileWrong for what is not.

    The name that it had is used to check its type and then forgotten: it may name the person who made it. So may the
    file itself: a picture is kept without its camera's words, a document that names the actor is not kept, unless she
    says that her name is public anyway; her address never is.
    """
    kind = kind_of(file_name, content)
    content = publishable(kind, content, name="" if may_name_me else actor.name, email=_address_of(session, actor))
    return BareFile(KeptFile(hashlib.sha256(content).hexdigest(), kind, len(content)), content)


def keep_file(
    session: Session, actor: Actor, *, edition: str, folder: Path, file: BareFile, now_utc: datetime
) -> KeptFile:
    """Keep a file under its SHA-256, on disk before the database knows of it.

    Raise FileWrong where its bearer has handed over too much within a day. Ask everything else before: what is refused
    after this is forgotten by the database, not by the disk.
    """
    kept = file.known_by
    known = session.get(EvidenceFile, kept.sha256)
    if known is None:
        check_day(sum_bytes_kept(session, actor.account_id, now_utc - ONE_DAY), kept.size)
    _store(path_of(folder, kept.sha256), file.content)
    if known is not None:
        return KeptFile(known.sha256, FileKind(known.media_type), known.bytes)
    facts = {"bytes": kept.size, "media_type": kept.kind.value}
    row = EvidenceFile(sha256=kept.sha256, **facts, stored_at_utc=now_utc, account_id=actor.account_id)
    with contextlib.suppress(IntegrityError), session.begin_nested():  # somebody else keeps the same file at once
        session.add(row)
    record_event(
        session,
        actor,
        action="file.kept",
        subject=f"{edition}/file/{kept.sha256}",
        at_utc=now_utc,
        after=facts,
    )
    return kept


def _address_of(session: Session, actor: Actor) -> str:
    owner = session.get(Account, actor.account_id)
    return (owner.email or "") if owner else ""


def _store(path: Path, content: bytes) -> None:
    """Write a file whole, onto the disk itself, and never over another one."""
    if path.exists():
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor, name = tempfile.mkstemp(dir=path.parent)
    try:
        with os.fdopen(descriptor, "wb") as out:
            out.write(content)
            out.flush()
            os.fsync(out.fileno())
        with contextlib.suppress(FileExistsError):
            path.hardlink_to(name)
    finally:
        Path(name).unlink(missing_ok=True)
    parent = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(parent)
    finally:
        os.close(parent)


def delete_files(folder: Path, files: Iterable[str]) -> int:
    """Delete saved files by their SHA-256 and give how many were there; one that cannot be deleted waits."""
    there = [path for path in (path_of(folder, sha256) for sha256 in files) if path.exists()]
    for path in there:
        with contextlib.suppress(OSError):
            path.unlink(missing_ok=True)
    return len(there)


def add_piece(
    session: Session,
    actor: Actor,
    *,
    edition: str,
    number: int,
    key: Key,
    new: NewPiece,
    folder: Path,
    now_utc: datetime,
) -> bool:
    """Lay an evidence beside a cell; whether it is part of its score at once.

    It becomes part of a new revision, unless there is no score yet or she left something unfinished in the cell: then
    it waits for the next one. Raise CellClosed, LinkWrong, FileWrong or TooManyPieces.
    """
    desk, cell = _open_cell(session, actor, edition=edition, number=number, key=key)
    if len(cell.evidence) >= MOST_PIECES:
        raise TooManyPieces(most=MOST_PIECES)
    today = now_utc.astimezone(ZoneInfo(desk.sheet.edition.zone)).date()
    check_piece(address=new.url, has_file=bool(new.file_name), dated_on=new.dated_on, today=today)
    file = None
    if new.file_name:
        bare = bare_file(session, actor, file_name=new.file_name, content=new.content)
        file = keep_file(session, actor, edition=edition, folder=folder, file=bare, now_utc=now_utc)
    _lay_beside(session, actor, desk.assigned[key], new, file, now_utc)
    if cell.newest is None or cell.draft is not None:
        return False
    desk, cell = _open_cell(session, actor, edition=edition, number=number, key=key)
    if cell.newest is not None:
        record_cell(session, actor, desk=desk, key=key, content=cell.newest, now_utc=now_utc)
    return True


def _lay_beside(
    session: Session, actor: Actor, at: Assigned, new: NewPiece, file: KeptFile | None, now_utc: datetime
) -> None:
    row = EvidenceDraft(
        entry_id=at.entry_id,
        demand_id=at.demand_id,
        account_id=actor.account_id,
        title=new.title,
        url=new.url,
        dated_on=new.dated_on,
        file_sha256=file.sha256 if file else None,
        added_at_utc=now_utc,
    )
    session.add(row)
    session.flush()
    subject = get_cell_name(session, at.entry_id, at.demand_id)
    record_event(session, actor, action="evidence.added", subject=subject, at_utc=now_utc)


def remove_piece(
    session: Session,
    actor: Actor,
    *,
    edition: str,
    number: int,
    key: Key,
    piece: int,
    revision: int,
    now_utc: datetime,
) -> None:
    """Take an evidence away: one that waits (``revision`` 0) is dropped, one of that revision left out of the next.

    Taking away what is not there any more does nothing. Raise CellClosed, or EditConflict where the cell has a newer
    revision.
    """
    desk, cell = _open_cell(session, actor, edition=edition, number=number, key=key)
    if revision and revision != cell.revision:
        raise EditConflict(revision=cell.revision, base=revision)
    found = cell.piece(piece, is_waiting=not revision)
    if found is None:
        return
    if not revision:
        session.delete(session.get_one(EvidenceDraft, piece))
        session.flush()
    elif cell.newest is not None:
        record_cell(session, actor, desk=desk, key=key, content=cell.newest, without=found, now_utc=now_utc)
        if cell.draft and not cell.in_conflict:
            moved = replace(cell.draft, base_revision=cell.revision + 1)
            keep_draft(session, actor, desk.assigned[key], moved, now_utc)
    at = desk.assigned[key]
    after = {"left_out": piece, "of_revision": revision}
    record_event(
        session,
        actor,
        action="evidence.removed",
        subject=get_cell_name(session, at.entry_id, at.demand_id),
        at_utc=now_utc,
        after=after,
    )


def _open_cell(session: Session, actor: Actor, *, edition: str, number: int, key: Key) -> tuple[Desk, SheetCell]:
    desk = lock_desk(session, actor, edition=edition, number=number, keys=[key])
    cell = desk.cell(key)
    if not cell.is_open:
        raise CellClosed(stage=desk.sheet.stage.value)
    return desk, cell
