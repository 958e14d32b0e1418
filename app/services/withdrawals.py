"""Withdrawing a published text for legal reasons: one person asks, another confirms, then its words are gone for good.

Scores, places and codes of verification stay; the cause is published. The chain still verifies.
"""

from datetime import datetime

from sqlalchemy import update
from sqlalchemy.orm import Session

from app.domain.errors import RuleBroken
from app.domain.permissions import Actor, Permission, require
from app.models.publications import Withdrawal
from app.models.scores import Text
from app.models.sealed import SealedText
from app.models.withdrawals import WithdrawalCase
from app.queries.drafts import find_edition
from app.queries.withdrawals import (
    find_texts,
    find_what_goes,
    find_withdrawal_row,
    list_files_still_used,
)
from app.services.audit import record_event

OPEN = "open"


class WithdrawalRefused(RuleBroken):
    """The text cannot be withdrawn like that; the code says why."""

    code = "text-unknown"


def ask_withdrawal(
    session: Session, actor: Actor, *, edition: str, number: int, key: str, cause: str, now_utc: datetime
) -> int:
    """Ask for the texts under a key to go, with the cause that will be published; give the number of the case."""
    require(actor, Permission.PREPARE_PUBLICATION, edition)
    page, row = find_texts(session, edition, number), find_edition(session, edition)
    record = page.find(key) if page else None
    if page is None or row is None or record is None:
        raise WithdrawalRefused
    if record.is_withdrawn or any(case.key == key and case.state == OPEN for case in page.cases):
        raise WithdrawalRefused("already-asked")
    case = WithdrawalCase(
        edition_id=row.id,
        round_number=number,
        key=key,
        cause_es=cause,
        state=OPEN,
        account_id=actor.account_id,
        opened_at_utc=now_utc,
    )
    session.add(case)
    session.flush()
    _note(session, actor, edition, case, "withdrawal.asked", now_utc)
    return case.id


def confirm_withdrawal(
    session: Session, actor: Actor, *, edition: str, number: int, case: int, now_utc: datetime
) -> tuple[str, ...]:
    """Take the words away, from the publications and from what they were made of.

    Gives the SHA-256 of the saved files that go with them: whoever called deletes them once this is committed.
    """
    require(actor, Permission.SIGN, edition)
    row = _open_row(session, edition, number, case)
    if row.account_id == actor.account_id:
        raise WithdrawalRefused("same-person")
    going = find_what_goes(session, edition, number, row.key)
    if not going.texts:
        raise WithdrawalRefused("already-asked")
    for text in going.texts:
        session.add(
            Withdrawal(
                edition_slug=edition,
                round_number=number,
                cause_es=row.cause_es,
                withdrawn_at_utc=now_utc,
                account_id=actor.account_id,
                **text.__dict__,
            )
        )
    session.flush()
    checksums = [text.sha256 for text in going.texts]
    for table in (Text, SealedText):
        session.execute(update(table).where(table.sha256.in_(checksums)).values(body=None, salt=None))
    _close(session, actor, edition, row, "done", now_utc)
    files = tuple(dict.fromkeys(copy.file_sha256 for copy in going.copies))
    kept = list_files_still_used(session, files, [copy.evidence_id for copy in going.copies])
    return tuple(file for file in files if file not in kept)


def drop_withdrawal(session: Session, actor: Actor, *, edition: str, number: int, case: int, now_utc: datetime) -> None:
    """Give a withdrawal up; the text stays."""
    require(actor, Permission.PREPARE_PUBLICATION, edition)
    _close(session, actor, edition, _open_row(session, edition, number, case), "dropped", now_utc)


def _open_row(session: Session, edition: str, number: int, case: int) -> WithdrawalCase:
    row = find_withdrawal_row(session, edition, number, case)
    if row is None or row.state != OPEN:
        raise WithdrawalRefused("case-closed")
    return row


def _close(session: Session, actor: Actor, edition: str, row: WithdrawalCase, state: str, now_utc: datetime) -> None:
    row.state, row.closed_by_id, row.closed_at_utc = state, actor.account_id, now_utc
    session.flush()
    _note(session, actor, edition, row, f"withdrawal.{state}", now_utc)


def _note(session: Session, actor: Actor, edition: str, row: WithdrawalCase, action: str, now_utc: datetime) -> None:
    facts = {"key": row.key, "cause": row.cause_es}
    subject = f"{edition}/round/{row.round_number}/withdrawal/{row.id}"
    record_event(session, actor, action=action, subject=subject, at_utc=now_utc, after=facts)
