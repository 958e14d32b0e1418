"""Assigning what an evaluator rates, and barring people from a municipality for a conflict of interest."""

from datetime import datetime

from sqlalchemy.orm import Session

from app.domain.duties import Barred, DutySheet, NewBar, NewDuties, NotOfEdition
from app.domain.permissions import Actor, Permission, require
from app.models.assignments import Assignment, Bar
from app.models.editions import Edition
from app.queries.assignments import (
    find_bar,
    find_duty_sheet,
    find_evaluator_grant,
    find_organisation,
    list_assignments,
    list_places,
    list_raters,
    map_bars,
)
from app.queries.drafts import find_edition
from app.queries.locks import lock_account
from app.services.audit import record_event


def assign(session: Session, actor: Actor, *, edition: str, new: NewDuties, now_utc: datetime) -> None:
    """Let an evaluator rate exactly these; what she rated before stays hers in the record.

    Raise Barred for a municipality from which she is barred, NotOfEdition for what the edition does not have.
    """
    require(actor, Permission.ASSIGN, edition)
    lock_account(session, new.account_id)
    row, sheet = find_edition(session, edition), find_duty_sheet(session, edition, new.account_id)
    if row is None or sheet is None:
        raise NotOfEdition(account=new.account_id)
    _require_free(sheet, new)
    before = {(line.municipality_id, line.theme_id): line for line in list_assignments(session, row.id, new.account_id)}
    places = {place.slug: place.id for place in sheet.places}
    themes = {theme.key: theme.id for theme in sheet.themes}
    for place, theme in sorted(new.pairs):
        line = before.pop((places[place], themes[theme]), None)
        if line is None:
            line = Assignment(
                account_id=new.account_id,
                municipality_id=places[place],
                theme_id=themes[theme],
                assigned_at_utc=now_utc,
                assigned_by_id=actor.account_id,
            )
            session.add(line)
        line.conflict_es = new.conflicts.get(place, "")
    for line in before.values():
        session.delete(line)
    _set_institution(session, row, new)
    session.flush()
    _record(session, actor, edition, sheet, new, now_utc)


def _require_free(sheet: DutySheet, new: NewDuties) -> None:
    known = {(place.slug, theme.key) for place in sheet.places for theme in sheet.themes}
    if strange := new.pairs - known:
        raise NotOfEdition(pair="/".join(min(strange)))
    for place, _ in sorted(new.pairs):
        if place in sheet.barred:
            raise Barred(municipality=place, reason=sheet.barred[place])


def _set_institution(session: Session, edition: Edition, new: NewDuties) -> None:
    grant = find_evaluator_grant(session, edition.id, new.account_id)
    organisation = find_organisation(session, edition.id, new.institution) if new.institution else None
    if grant is None or (new.institution and organisation is None):
        raise NotOfEdition(organisation=new.institution)
    grant.organisation_id = organisation.id if organisation else None


def _record(session: Session, actor: Actor, edition: str, sheet: DutySheet, new: NewDuties, now_utc: datetime) -> None:
    conflicts = {place: words for place, words in new.conflicts.items() if words}
    record_event(
        session,
        actor,
        action="duties.assigned",
        subject=f"{edition}/account/{new.account_id}",
        at_utc=now_utc,
        before={"pairs": sorted(sheet.assigned), "institution": sheet.institution_key},
        after={"pairs": sorted(new.pairs), "institution": new.institution, "conflicts": conflicts},
    )


def bar(session: Session, actor: Actor, *, edition: str, new: NewBar, now_utc: datetime) -> bool:
    """Bar a person from a municipality and take from her what is assigned there; False where she is barred already.

    Raise NotOfEdition for somebody who neither rates nor reviews in the edition, or a municipality that is not in it.
    """
    require(actor, Permission.ASSIGN, edition)
    lock_account(session, new.account_id)
    row = find_edition(session, edition)
    raters = {rater.account_id for rater in list_raters(session, row.id)} if row else set()
    places = {place.slug: place.id for place in list_places(session, row.id)} if row else {}
    if row is None or new.account_id not in raters or new.municipality not in places:
        raise NotOfEdition(account=new.account_id, municipality=new.municipality)
    if new.municipality in map_bars(session, row.id, new.account_id):
        return False
    place_id = places[new.municipality]
    taken = [line for line in list_assignments(session, row.id, new.account_id) if line.municipality_id == place_id]
    for line in taken:
        session.delete(line)
    session.add(
        Bar(
            account_id=new.account_id,
            edition_id=row.id,
            municipality_id=place_id,
            reason=new.reason,
            recorded_at_utc=now_utc,
            recorded_by_id=actor.account_id,
        )
    )
    record_event(
        session,
        actor,
        action="bar.set",
        subject=f"{edition}/account/{new.account_id}/{new.municipality}",
        at_utc=now_utc,
        after={"reason": new.reason, "assignments_ended": len(taken)},
    )
    return True


def lift_bar(session: Session, actor: Actor, *, edition: str, bar_id: int, now_utc: datetime) -> bool:
    """Lift a bar; False where it is lifted already."""
    require(actor, Permission.ASSIGN, edition)
    row = find_edition(session, edition)
    found = find_bar(session, row.id, bar_id) if row else None
    if found is None:
        return False
    subject = f"{edition}/account/{found.account_id}/municipality/{found.municipality_id}"
    session.delete(found)
    record_event(session, actor, action="bar.lifted", subject=subject, at_utc=now_utc, before={"reason": found.reason})
    return True
