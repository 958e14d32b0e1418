"""Withdrawing a published text for legal reasons: one person asks, another confirms, then its words are gone for good.

Scores, places and codes of verification stay; the cause is published. The chain still verifies.
"""

from datetime import datetime

from sqlalchemy.orm import Session

from app.domain.erasures import GoneWords
from app.domain.errors import RuleBroken
from app.domain.permissions import Actor, Permission, require
from app.models.publications import Withdrawal
from app.models.withdrawals import WithdrawalCase
from app.queries.drafts import find_edition
from app.queries.withdrawals import (
    find_texts,
    find_what_goes,
    find_withdrawal_row,
)
from app.services.audit import record_event
from app.services.erasures import take_words
from app.services.signers import tell_of_withdrawal

OPEN = "open"


class WithdrawalRefused(RuleBroken):
    """The text cannot be withdrawn like that; the code says why."""

    code = "text-unknown"


def ask_withdrawal(
    session: Session,
    actor: Actor,
    *,
    edition: str,
    number: int,
    key: str,
    cause: str,
    site_url: str,
    now_utc: datetime,
) -> int:
    """Ask for the texts under a key to go, with the cause that will be published; give the number of the case.

    All others who may confirm it are told, and not what the text says. Raise WithdrawalRefused where the text is
    unknown, asked for or gone, or where the cause says the words again.
    """
    require(actor, Permission.PREPARE_PUBLICATION, edition)
    page, row = find_texts(session, edition, number), find_edition(session, edition)
    record = page.find(key) if page else None
    if page is None or row is None or record is None:
        raise WithdrawalRefused
    if record.is_withdrawn or any(case.key == key and case.state == OPEN for case in page.cases):
        raise WithdrawalRefused("already-asked")
    if GoneWords.of((field, body) for field, body in record.texts if body).stand_in(cause):
        raise WithdrawalRefused("cause-repeats")
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
    tell_of_withdrawal(session, actor, edition=edition, number=number, site_url=site_url, now_utc=now_utc)
    return case.id


def confirm_withdrawal(
    session: Session, actor: Actor, *, edition: str, number: int, case: int, now_utc: datetime
) -> tuple[str, ...]:
    """Take the words away, from the publications and from whatever people wrote on the way to them.

    Gives the SHA-256 of the saved files that go with them: whoever called deletes them once this is committed.
    """
    require(actor, Permission.SIGN, edition)
    row = _open_row(session, edition, number, case)
    if row.account_id == actor.account_id:
        raise WithdrawalRefused("same-person")
    going = find_what_goes(session, edition, number, row.key)
    if not going.texts:
        raise WithdrawalRefused("already-asked")
    facts = {"edition_slug": edition, "round_number": number, "cause_es": row.cause_es}
    who = {"withdrawn_at_utc": now_utc, "account_id": actor.account_id}
    rows = [Withdrawal(**facts, **who, **text.__dict__) for text in going.texts]
    session.add_all(rows)
    session.flush()
    files = take_words(session, rows=rows, words=going.words, now_utc=now_utc)
    _close(session, actor, edition, row, "done", now_utc)
    return files


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
    where = f"{edition}/round/{row.round_number}" if row.round_number else edition
    subject = f"{where}/withdrawal/{row.id}"
    record_event(session, actor, action=action, subject=subject, at_utc=now_utc, after=facts)
