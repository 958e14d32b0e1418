"""Clarifying a sealed wording: one person proposes, another confirms; then the edition is sealed again with it.

The sealed wordings, the method and every published round stay as they are. The new publication of the edition differs
from the one before by the clarification alone, and by who governs on that day.
"""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from app.domain.clarifications import ClarificationRefused, Passages, require_clear
from app.domain.editions import EditionContent
from app.domain.manifests import render
from app.domain.permissions import Actor, Permission, require
from app.domain.publications import NO_PREVIOUS, RULES, PublicationHead, PublicationKind
from app.domain.wordings import find_wording
from app.models import editions
from app.models.clarifications import Clarification, ClarificationCase
from app.queries import drafts
from app.queries.clarifications import OPEN, ClarificationsPage, find_clarification_row, find_clarifications
from app.queries.locks import lock_edition
from app.queries.publications import find_edition_publication
from app.services.audit import record_event
from app.services.publications import SealedPublication, seal_edition

SECOND = timedelta(seconds=1)
_ANY = datetime(1970, 1, 1, tzinfo=UTC)


def propose_clarification(
    session: Session, actor: Actor, *, edition: str, subject: str, passages: Passages, now_utc: datetime
) -> int:
    """Propose how a passage of a sealed wording should read; give the number of the proposal.

    Raise ClarificationRefused where the rules are not sealed, the passage is not in the wording, or a number or a rule
    would change.
    """
    require(actor, Permission.PREPARE_EDITION, edition)
    row, page = _sealed(session, edition)
    _require_possible(page, subject, passages)
    if any((one.wording.subject, one.passages) == (subject, passages) for one in page.proposals):
        raise ClarificationRefused("already-proposed")
    case = ClarificationCase(
        edition_id=row.id,
        subject=subject,
        **passages.__dict__,
        state=OPEN,
        account_id=actor.account_id,
        opened_at_utc=now_utc,
    )
    session.add(case)
    session.flush()
    _note(session, actor, edition, case, "clarification.proposed", now_utc)
    return case.id


def confirm_clarification(
    session: Session, actor: Actor, *, edition: str, case: int, now_utc: datetime
) -> SealedPublication:
    """Seal the edition again with the clarification, and give the new publication."""
    require(actor, Permission.SIGN, edition)
    row, page = _sealed(session, edition)
    proposal = _open_row(session, edition, case)
    if proposal.account_id == actor.account_id:
        raise ClarificationRefused("same-person")
    passages = Passages(proposal.says_es, proposal.reads_es, proposal.says_en, proposal.reads_en)
    _require_possible(page, proposal.subject, passages)
    moment = _moment(session, edition, now_utc)
    _require_nothing_else(session, row, page.content, moment)
    session.add(
        Clarification(
            edition_id=row.id,
            position=len(page.content.clarifications) + 1,
            subject=proposal.subject,
            **passages.__dict__,
            account_id=actor.account_id,
            recorded_at_utc=moment,
        )
    )
    session.flush()
    result = seal_edition(session, actor, slug=edition, sealed_at_utc=moment)
    _close(session, actor, edition, proposal, "done", now_utc)
    return result


def drop_clarification(session: Session, actor: Actor, *, edition: str, case: int, now_utc: datetime) -> None:
    """Give a proposal up; nothing of it was ever public."""
    require(actor, Permission.PREPARE_EDITION, edition)
    _close(session, actor, edition, _open_row(session, edition, case), "dropped", now_utc)


def _sealed(session: Session, edition: str) -> tuple[editions.Edition, ClarificationsPage]:
    """The edition, held until this transaction ends, with what its publication in force says."""
    row = lock_edition(session, edition)
    page = find_clarifications(session, edition)
    if row is None or page is None:
        raise ClarificationRefused("not-sealed")
    return row, page


def _require_possible(page: ClarificationsPage, subject: str, passages: Passages) -> None:
    wording = find_wording(page.content, subject)
    if wording is None:
        raise ClarificationRefused("wording-unknown")
    require_clear(wording, passages)
    if any((one.subject, one.passages) == (subject, passages) for one in page.content.clarifications):
        raise ClarificationRefused("already-clarified")


def _moment(session: Session, edition: str, now_utc: datetime) -> datetime:
    """Now, in whole seconds, and after the edition's last publication: its second tells what a sealing takes in."""
    now = now_utc.replace(microsecond=0)
    last = find_edition_publication(session, edition)
    return now if last is None else max(now, last.sealed_at_utc + SECOND)


def _require_nothing_else(session: Session, row: editions.Edition, in_force: EditionContent, moment: datetime) -> None:
    """Refuse where the working tables would seal other rules than those in force."""
    day = moment.astimezone(ZoneInfo(row.zone)).date()
    if _rules_only(drafts.get_edition_content(session, row, day, moment)) != _rules_only(in_force):
        raise ClarificationRefused("rules-moved")


def _rules_only(content: EditionContent) -> bytes:
    head = PublicationHead(NO_PREVIOUS, RULES, PublicationKind.EDITION, 1, 1, _ANY)
    return render(head, replace(content, mandates=()), ())


def _open_row(session: Session, edition: str, case: int) -> ClarificationCase:
    row = find_clarification_row(session, edition, case)
    if row is None:
        raise ClarificationRefused("case-closed")
    return row


def _close(session: Session, actor: Actor, edition: str, row: ClarificationCase, state: str, now_utc: datetime) -> None:
    row.state, row.closed_by_id, row.closed_at_utc = state, actor.account_id, now_utc
    session.flush()
    _note(session, actor, edition, row, f"clarification.{state}", now_utc)


def _note(session: Session, actor: Actor, edition: str, row: ClarificationCase, action: str, now_utc: datetime) -> None:
    said = {name: getattr(row, name) for name in ("says_es", "reads_es", "says_en", "reads_en")}
    record_event(
        session,
        actor,
        action=action,
        subject=f"{edition}/clarification/{row.id}",
        at_utc=now_utc,
        after={"subject": row.subject, **{name: words for name, words in said.items() if words}},
    )
