"""The gate: two people sign exactly what readers will see; then it is published, at once or at an hour that was set."""

from datetime import datetime

from sqlalchemy.orm import Session

from app.domain.errors import RuleBroken
from app.domain.gates import GateClosed, GateKey, require_open_gate, require_same
from app.domain.permissions import Actor, NotAllowed, Permission, Role, require
from app.domain.signatures import signers
from app.models.signatures import ScheduledPublication, Signature, SignatureChange
from app.queries.gates import Gate, find_gate, find_signature_row, list_raters
from app.queries.locks import lock_round
from app.queries.publications import lock_chains
from app.queries.schedules import WAITING, Due, find_schedule_row
from app.services.amendments import close_case, write_corrections
from app.services.audit import record_event
from app.services.publications import SealedPublication, store_round
from app.services.signers import tell_of_signature


def sign(session: Session, actor: Actor, *, key: GateKey, digest: str, site_url: str, now_utc: datetime) -> None:
    """Put one's name under the difference that one saw. Twice is once. Of a first signature all others are told.

    Raise GateClosed where it is another difference by now, something blocks, or the person rated in the round.
    """
    require(actor, Permission.SIGN, key.edition)
    gate = _locked_gate(session, key, now_utc)
    if Role.OFFICE in actor.roles(key.edition):
        raise NotAllowed(permission=Permission.SIGN.value, edition=key.edition)
    require_same(digest, gate.digest)
    if gate.is_blocked:
        raise GateClosed("gate-blocked")
    if key.case is None and actor.account_id in list_raters(session, gate.round_id):
        raise GateClosed("signer-rated")
    if gate.signed_by(actor.account_id):
        return
    row = find_signature_row(session, gate.round_id, digest, actor.account_id)
    is_new = row is None
    if row is None:
        row = Signature(
            round_id=gate.round_id,
            correction_id=key.case,
            digest=digest,
            account_id=actor.account_id,
            signed_at_utc=now_utc,
        )
        session.add(row)
    else:
        session.add(SignatureChange(signature_id=row.id, stands=True, changed_at_utc=now_utc))
    session.flush()
    _note(session, actor, gate, "publication.signed", now_utc, digest=digest)
    if is_new and not signers(gate.signed, digest):
        tell_of_signature(session, actor, key=key, site_url=site_url, now_utc=now_utc)


def withdraw_signature(session: Session, actor: Actor, *, key: GateKey, now_utc: datetime) -> None:
    """Take one's name back; an hour that was set no longer holds. Without a signature nothing happens."""
    require(actor, Permission.SIGN, key.edition)
    gate = _locked_gate(session, key, now_utc)
    own = [row for row in gate.signatures if row.signed.account_id == actor.account_id]
    standing = [row for row in own if row.signed.digest == gate.digest and not row.signed.is_withdrawn]
    for row in standing:
        session.add(SignatureChange(signature_id=row.id, stands=False, changed_at_utc=now_utc))
    if standing:
        session.flush()
        _end_schedule(session, actor, gate, "cancelled", now_utc, cause="signature-withdrawn")
        _note(session, actor, gate, "publication.signature-withdrawn", now_utc, digest=gate.digest)


def schedule(
    session: Session,
    actor: Actor,
    *,
    key: GateKey,
    digest: str,
    publish_at_utc: datetime,
    now_utc: datetime,
) -> None:
    """Set the hour, in the place of one that was set before; raise GateClosed while the gate is shut or it is past."""
    require(actor, Permission.PREPARE_PUBLICATION, key.edition)
    gate = _locked_gate(session, key, now_utc)
    require_same(digest, gate.digest)
    require_open_gate(gate.concerns, gate.signed, digest)
    if publish_at_utc <= now_utc:
        raise GateClosed("hour-past")
    _end_schedule(session, actor, gate, "cancelled", now_utc, cause="hour-changed")
    row = ScheduledPublication(
        round_id=gate.round_id,
        correction_id=key.case,
        digest=digest,
        publish_at_utc=publish_at_utc,
        state=WAITING,
        account_id=actor.account_id,
        scheduled_at_utc=now_utc,
    )
    session.add(row)
    session.flush()
    _note(session, actor, gate, "publication.scheduled", now_utc, digest=digest, at=publish_at_utc.isoformat())


def cancel_schedule(session: Session, actor: Actor, *, key: GateKey, now_utc: datetime) -> None:
    """Take the hour back; the signatures stay. Without an hour nothing happens."""
    require(actor, Permission.PREPARE_PUBLICATION, key.edition)
    gate = _locked_gate(session, key, now_utc)
    _end_schedule(session, actor, gate, "cancelled", now_utc, cause="cancelled")


def publish(session: Session, actor: Actor, *, key: GateKey, digest: str, now_utc: datetime) -> SealedPublication:
    """Seal what two people signed, everything at once; raise GateClosed where it is not, or no longer, that."""
    require(actor, Permission.PREPARE_PUBLICATION, key.edition)
    gate = _locked_gate(session, key, now_utc)
    require_same(digest, gate.digest)
    sealed = _seal(session, actor, gate, now_utc)
    _end_schedule(session, actor, gate, "published", now_utc)
    return sealed


def publish_due(session: Session, actor: Actor, *, due: Due, now_utc: datetime) -> SealedPublication | str | None:
    """Seal a scheduled publication whose hour has come, or note why not and give the cause (a code).

    None where somebody else was there first, or the hour was changed meanwhile.
    """
    key = GateKey(due.edition, due.number, due.case)
    lock_round(session, key.edition, key.number)
    row = find_schedule_row(session, due.schedule_id)
    if row is None or row.state != WAITING or row.publish_at_utc > now_utc:
        return None
    try:
        with session.begin_nested():
            gate = _locked_gate(session, key, now_utc)
            require_same(row.digest, gate.digest)
            sealed = _seal(session, actor, gate, now_utc)
    except RuleBroken as broken:
        gate = _gate(session, key, now_utc)
        _end_schedule(session, actor, gate, "refused", now_utc, cause=broken.code)
        return broken.code
    _end_schedule(session, actor, gate, "published", now_utc)
    return sealed


def _seal(session: Session, actor: Actor, gate: Gate, now_utc: datetime) -> SealedPublication:
    """Publish a gate that was read under the lock; what is stored is compared once more with what was signed."""
    require_open_gate(gate.concerns, gate.signed, gate.digest)
    if gate.to_seal is None:
        raise GateClosed("gate-blocked")
    to_seal = gate.to_seal
    if gate.case is not None:
        to_seal = write_corrections(session, actor, case=gate.case, gate=gate.to_seal, now_utc=now_utc)
        require_same(gate.digest, to_seal.digest)
    sealed = store_round(session, actor, publication_id=lock_chains(session), to_seal=to_seal)
    if gate.case is not None:
        close_case(session, actor, case=gate.case.id, state="published", now_utc=now_utc)
    names = sorted(signers(gate.signed, gate.digest))
    _note(session, actor, gate, "publication.published", now_utc, signers=names, sha256=sealed.sha256)
    return sealed


def _locked_gate(session: Session, key: GateKey, now_utc: datetime) -> Gate:
    """The gate while nobody writes into the round nor seals anything; raise GateClosed where it is not its turn."""
    lock_round(session, key.edition, key.number)
    lock_chains(session)
    gate = _gate(session, key, now_utc)
    if not gate.is_in_turn:
        raise GateClosed("not-in-turn", stage=gate.stage.value)
    return gate


def _gate(session: Session, key: GateKey, now_utc: datetime) -> Gate:
    gate = find_gate(session, key, now_utc)
    if gate is None:
        raise RuleBroken("round-unknown", edition=key.edition, round=key.number)
    return gate


def _end_schedule(
    session: Session, actor: Actor, gate: Gate, state: str, now_utc: datetime, *, cause: str = ""
) -> None:
    """Note what became of a waiting hour, where there is one."""
    if gate.schedule is None or gate.schedule.state != WAITING:
        return
    row = find_schedule_row(session, gate.schedule.id)
    if row is None:
        return
    row.state, row.cause = state, cause
    session.flush()
    _note(
        session, actor, gate, f"publication.schedule-{state}", now_utc, at=row.publish_at_utc.isoformat(), cause=cause
    )


def _note(session: Session, actor: Actor, gate: Gate, action: str, now_utc: datetime, **facts: object) -> None:
    subject = f"{gate.edition.slug}/round/{gate.number}" + (f"/correction/{gate.case.id}" if gate.case else "")
    record_event(session, actor, action=action, subject=subject, at_utc=now_utc, after=facts)
