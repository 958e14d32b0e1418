"""A change of mayor in mid-term."""

from datetime import datetime

from sqlalchemy.orm import Session

from app.domain.edits import NewMayor, RowInUse, RowUnknown
from app.domain.permissions import Actor, Permission, require
from app.models.mandates import Mandate
from app.queries.drafts import find_edition
from app.queries.edits import (
    find_mandate_in_office,
    find_municipality,
    find_rule_row,
    has_published_round,
    list_rounds_under_way,
    list_sealed_with,
)
from app.queries.locks import lock_edition, lock_rounds_from
from app.services.audit import record_event
from app.services.edits import guarded


def change_mayor(session: Session, actor: Actor, *, edition: str, new: NewMayor, now_utc: datetime) -> None:
    """End the mandate in office on that day and begin another one, before the sealing or after.

    Rounds that are not published and end that day or later are answered for by the new mayor. Raise RowUnknown for a
    municipality that is not in the edition, RowInUse where a mandate begins that day already, where another one comes
    later, or where a published round names who governed then; NotAllowed where another edition, sealed, takes in the
    municipality from that day on and the actor does not prepare it.
    """
    require(actor, Permission.PREPARE_EDITION, edition)
    lock_edition(session, edition)
    row, place = find_edition(session, edition), find_municipality(session, new.cvegeo)
    if row is None or place is None or find_rule_row(session, row, "municipalities", (new.cvegeo,)) is None:
        raise RowUnknown(table="municipalities")
    lock_rounds_from(session, new.cvegeo, new.starts_on)
    before = find_mandate_in_office(session, new.cvegeo, new.starts_on)
    if (before is not None and before.starts_on == new.starts_on) or has_published_round(
        session, new.cvegeo, new.starts_on
    ):
        raise RowInUse(table="mandates")
    mandate = Mandate(
        municipality_id=place.id,
        mayor=new.mayor,
        gender=new.gender.value,
        party=new.party,
        starts_on=new.starts_on,
        ends_on=before.ends_on if before else None,
    )
    for sealed in list_sealed_with(session, mandate):
        require(actor, Permission.PREPARE_EDITION, sealed)
    guarded(session, lambda: _hand_over(session, new, before, mandate))
    record_event(
        session,
        actor,
        action="mayor.changed",
        subject=f"{edition}/mandates/{new.cvegeo}",
        at_utc=now_utc,
        before={"mayor": before.mayor} if before else None,
        after={"mayor": new.mayor, "party": new.party, "starts_on": new.starts_on.isoformat()},
    )


def _hand_over(session: Session, new: NewMayor, before: Mandate | None, mandate: Mandate) -> None:
    if before is not None:
        before.ends_on = new.starts_on
        session.flush()
    session.add(mandate)
    session.flush()
    for entry in list_rounds_under_way(session, new.cvegeo, new.starts_on, mandate.ends_on):
        entry.mandate_id = mandate.id
