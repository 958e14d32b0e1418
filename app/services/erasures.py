"""Emptying what people wrote on the way to a publication, where it holds the words of a text that is withdrawn."""

import json
import shutil
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from sqlalchemy import Engine, inspect, update
from sqlalchemy.orm import Session

from app.domain.erasures import GoneWords, without_words
from app.models.base import Base
from app.models.guards import ERASABLE
from app.models.publications import Withdrawal
from app.models.replies import ReplyDraft
from app.models.scores import Text
from app.models.sealed import SealedText
from app.models.signatures import CorrectionCase, CorrectionItem
from app.models.withdrawals import Erasure
from app.queries.copies import list_files_gone, list_files_withdrawn
from app.queries.engines import empty_journal
from app.queries.erasures import (
    Reach,
    find_reach,
    list_copies,
    list_erased,
    list_evidence_drafts,
    list_parked_forms,
    list_reply_drafts,
)


def take_words(session: Session, *, rows: Sequence[Withdrawal], words: GoneWords, now_utc: datetime) -> tuple[str, ...]:
    """Empty the texts that these withdrawals of one record name, and every other place where their words stand.

    Gives the SHA-256 of the saved files that nothing keeps any more: whoever called deletes them after the commit.
    """
    checksums = [row.sha256 for row in rows]
    for table in (Text, SealedText):
        session.execute(update(table).where(table.sha256.in_(checksums)).values(body=None, salt=None))
    reach = find_reach(session, rows[0].edition_slug, rows[0].round_number, rows[0].key)
    if reach is None:
        return list_files_gone(session)
    _erase_copies(session, reach, words, rows[0], now_utc)
    _erase_parked(session, reach, words)
    return list_files_gone(session, _drop_waiting(session, reach, words))


def _erase_copies(session: Session, reach: Reach, words: GoneWords, withdrawal: Withdrawal, now_utc: datetime) -> None:
    """Empty fields of drafts, notes, threads, corrections and the log; rows that are only added to are named first."""
    for copy in list(list_copies(session, reach, words)):
        if copy.row.__tablename__ in ERASABLE:
            _name(session, copy.row, withdrawal, now_utc)
        for column in copy.columns:
            setattr(copy.row, column, "")
        if isinstance(copy.row, ReplyDraft | CorrectionCase):
            copy.row.version += 1
        if isinstance(copy.row, CorrectionItem):
            session.get_one(CorrectionCase, copy.row.correction_id).version += 1
        session.flush()


def _erase_parked(session: Session, reach: Reach, words: GoneWords) -> None:
    for form in list_parked_forms(session, reach.slug):
        pairs = [(str(name), str(value)) for name, value in json.loads(form.fields)]
        if (left := without_words(pairs, words)) != pairs:
            form.fields = json.dumps(left)
    session.flush()


def _drop_waiting(session: Session, reach: Reach, words: GoneWords) -> list[str]:
    """Drop evidence that waits beside a cell and holds the words, or a file that goes; the files that it held.

    A reply half written loses such a file.
    """
    withdrawn = list_files_withdrawn(session)
    waiting = list_evidence_drafts(session, reach, words, withdrawn)
    for draft in waiting:
        session.delete(draft)
    for written in list_reply_drafts(session, reach, withdrawn):
        written.file_sha256 = None
        written.version += 1
    session.flush()
    return [draft.file_sha256 for draft in waiting if draft.file_sha256]


def _name(session: Session, row: Base, withdrawal: Withdrawal, now_utc: datetime) -> None:
    """Note that this row goes with a withdrawal, unless an earlier one named it."""
    (row_id,) = inspect(row).identity or (0,)
    if row_id in list_erased(session, type(row), [row_id]):
        return
    session.add(
        Erasure(withdrawal_id=withdrawal.id, table_name=row.__tablename__, row_id=row_id, erased_at_utc=now_utc)
    )
    session.flush()


def forget_words(engine: Engine, pages: Path) -> None:
    """Once a withdrawal is committed: forget the pages that were kept before it, and SQLite's journal."""
    shutil.rmtree(pages, ignore_errors=True)
    empty_journal(engine)
