"""Reading the audit log of an edition."""

import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, and_, func, not_, or_, select
from sqlalchemy.orm import Session

from app.domain.audits import EVENTS_OF_A_PAGE, AuditFilter, AuditLine, AuditLog, AuditNames, fact_words
from app.domain.editions import Edition
from app.domain.rankings import Part
from app.models.accounts import Account, RoleGrant
from app.models.audit import AuditEvent
from app.models.editions import Edition as EditionRow
from app.models.editions import EditionMunicipality, Organisation, Theme
from app.models.places import Municipality
from app.queries.erasures import list_erased
from app.queries.rows import value_of

EVENTS_READ_AT_ONCE = 500
ACCOUNT = re.compile(r"\baccount[:/]([0-9]{1,9})(?![0-9])")
"""A person, as the subject of an event names her."""


def find_audit_log(session: Session, slug: str, asked: AuditFilter, page: int) -> AuditLog | None:
    """One page of the events of an edition, newest first; None where there is no such edition."""
    row = session.scalar(select(EditionRow).where(EditionRow.slug == slug))
    if row is None:
        return None
    mine = _of_edition(session, row)
    wanted = [mine, *_asked(asked, row.zone)]
    count = session.scalar(select(func.count(AuditEvent.id)).where(*wanted)) or 0
    of = max(1, -(-count // EVENTS_OF_A_PAGE))
    number = min(page, of)
    people = (
        select(Account.id, Account.name)
        .join(AuditEvent, AuditEvent.account_id == Account.id)
        .where(mine)
        .distinct()
        .order_by(Account.name, Account.id)
    )
    actions = select(AuditEvent.action).where(mine).distinct().order_by(AuditEvent.action)
    lines = tuple(_lines(session, wanted, EVENTS_OF_A_PAGE, (number - 1) * EVENTS_OF_A_PAGE))
    return AuditLog(
        edition=value_of(Edition, row),
        asked=asked,
        part=Part(number, of, count),
        lines=lines,
        people=tuple((account_id, name) for account_id, name in session.execute(people)),
        actions=tuple(session.scalars(actions)),
        names=_names(session, row.id, lines),
    )


def _names(session: Session, edition_id: int, lines: tuple[AuditLine, ...]) -> AuditNames:
    """The edition's municipalities, themes and organisations, and the people of whom these lines tell."""
    people = select(Account.id, Account.name).where(Account.id.in_(set(_people_of(lines)))).order_by(Account.id)
    places = (
        select(Municipality.id, Municipality.slug, Municipality.name)
        .join(EditionMunicipality, EditionMunicipality.municipality_id == Municipality.id)
        .where(EditionMunicipality.edition_id == edition_id)
        .order_by(Municipality.id)
    )
    themes = select(Theme.key, Theme.name_es, Theme.name_en).where(Theme.edition_id == edition_id).order_by(Theme.id)
    organisations = (
        select(Organisation.key, Organisation.name)
        .where(Organisation.edition_id == edition_id)
        .order_by(Organisation.id)
    )
    found = session.execute(places).all()
    return AuditNames(
        people={str(number): name for number, name in session.execute(people)},
        places={slug: name for _, slug, name in found} | {f"municipality/{number}": name for number, _, name in found},
        themes={key: (name_es, name_en) for key, name_es, name_en in session.execute(themes)},
        organisations={row.key: row.name for row in session.execute(organisations)},
    )


def _people_of(lines: tuple[AuditLine, ...]) -> Iterator[int]:
    for line in lines:
        facts = [value for name, value in (*line.before, *line.after) if name in {"account", "signers"}]
        written = [*ACCOUNT.findall(line.subject), *(word for fact in facts for word in fact.split(", "))]
        yield from (int(word) for word in written if word.isdecimal())


def list_audit_lines(session: Session, slug: str, asked: AuditFilter) -> Iterator[AuditLine]:
    """All events that are asked for, newest first, a few hundred in memory at a time."""
    row = session.scalars(select(EditionRow).where(EditionRow.slug == slug)).one()
    wanted = [_of_edition(session, row), *_asked(asked, row.zone)]
    offset = 0
    while lines := list(_lines(session, wanted, EVENTS_READ_AT_ONCE, offset)):
        yield from lines
        offset += EVENTS_READ_AT_ONCE


def _of_edition(session: Session, row: EditionRow) -> ColumnElement[bool]:
    """An edition's events carry its slug in front; those of an account belong to every edition it has a role in.

    A role that was given or taken names its edition: it stays in the log when its holder has none there any more, and
    is in no other edition's: who works there is not told here.
    """
    holders = session.scalars(select(RoleGrant.account_id).where(RoleGrant.edition_id == row.id).distinct())
    accounts = [f"account:{account_id}" for account_id in holders]
    return or_(
        AuditEvent.subject == row.slug,
        AuditEvent.subject.startswith(f"{row.slug}/", autoescape=True),
        and_(AuditEvent.subject.in_(accounts), not_(_tells('"edition": "'))),
        and_(AuditEvent.subject.startswith("account:"), _tells(f'"edition": "{row.slug}"')),
    )


def _tells(words: str) -> ColumnElement[bool]:
    return or_(*(side.contains(words, autoescape=True) for side in (AuditEvent.before, AuditEvent.after)))


def _asked(asked: AuditFilter, zone: str) -> Iterator[ColumnElement[bool]]:
    if asked.account_id is not None:
        yield AuditEvent.account_id == asked.account_id
    if asked.action:
        yield AuditEvent.action == asked.action
    if asked.subject:
        yield AuditEvent.subject.contains(asked.subject, autoescape=True)
    midnight = time(tzinfo=ZoneInfo(zone))
    if asked.first:
        yield AuditEvent.at_utc >= datetime.combine(asked.first, midnight)
    if asked.last:
        yield AuditEvent.at_utc < datetime.combine(asked.last + timedelta(days=1), midnight)


def _lines(session: Session, wanted: list[ColumnElement[bool]], limit: int, offset: int) -> Iterator[AuditLine]:
    query = (
        select(AuditEvent, Account.name)
        .join(Account, Account.id == AuditEvent.account_id)
        .where(*wanted)
        .order_by(AuditEvent.id.desc())
        .limit(limit)
        .offset(offset)
    )
    rows = session.execute(query).all()
    erased = list_erased(session, AuditEvent, [row.id for row, _ in rows])
    for row, name in rows:
        sides = _fields(row.before), _fields(row.after)
        yield AuditLine(row.at_utc.astimezone(UTC), name, row.action, row.subject, *sides, row.id in erased)


def _fields(written: str) -> tuple[tuple[str, str], ...]:
    values = json.loads(written) if written else {}
    return tuple((name, fact_words(value)) for name, value in sorted(values.items()))
