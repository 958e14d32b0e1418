"""Preparing an edition: one row of its rules at a time, until they are sealed."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app.domain.edits import (
    EditionSealed,
    RowChange,
    RowChanged,
    RowInUse,
    RowUnknown,
    find_values,
    mark_of,
    new_problems,
    placed,
    with_change,
    without,
)
from app.domain.permissions import Actor, Permission, require
from app.domain.scores import Score
from app.domain.seed_columns import Row
from app.domain.seed_tables import BY_NAME
from app.domain.seeds import Seed, SeedWrong
from app.language import sort_key
from app.models.editions import Demand, Edition, EditionMunicipality, Organisation, Round, Source, Theme
from app.models.mandates import Mandate
from app.models.places import Municipality
from app.queries.edits import find_municipality, find_rule_row, last_position, list_planned_entries, list_sealed_with
from app.queries.locks import lock_edition
from app.queries.publications import list_publications
from app.queries.seeds import find_seed
from app.services.audit import record_event
from app.services.edit_keys import completed


def save_row(session: Session, actor: Actor, *, edition: str, change: RowChange, now_utc: datetime) -> None:
    """Add a row to an edition's rules, or change one.

    Raise EditionSealed after the sealing, RowUnknown and RowChanged where somebody was there meanwhile, and SeedWrong
    with every problem that the change would bring: nothing is written then.
    """
    row, seed = open_rules(session, actor, edition)
    change = replace(change, values=completed(session, seed, change))
    before = find_values(seed, change.table, change.key) if change.key is not None else None
    if change.key is not None and before is None:
        raise RowUnknown(table=change.table)
    if before is not None and change.seen not in {None, mark_of(before)}:
        raise RowChanged(row=before)
    if problems := new_problems(seed, with_change(seed, change)):
        raise SeedWrong(problems=problems)
    if change.key is not None:
        _require_own(session, row, change.table, change.key)
    guarded(session, lambda: write_row(session, row, change))
    subject = f"{edition}/{change.table}/{'/'.join(BY_NAME[change.table].key_of(change.values))}"
    record_event(
        session, actor, action="rules.changed", subject=subject, at_utc=now_utc, before=before, after=change.values
    )


def remove_row(
    session: Session, actor: Actor, *, edition: str, table: str, key: tuple[str, ...], now_utc: datetime
) -> bool:
    """Take a row out of an edition's rules; False where it is gone already.

    Raise EditionSealed after the sealing, RowInUse where other rows refer to it.
    """
    row, seed = open_rules(session, actor, edition)
    before = find_values(seed, table, key)
    if before is None:
        return False
    if new_problems(seed, without(seed, table, key)):
        raise RowInUse(table=table)
    _require_own(session, row, table, key)
    guarded(session, lambda: _remove(session, row, table, key))
    subject = f"{edition}/{table}/{'/'.join(key)}"
    record_event(session, actor, action="rules.removed", subject=subject, at_utc=now_utc, before=before)
    return True


def open_rules(session: Session, actor: Actor, edition: str) -> tuple[Edition, Seed]:
    """The edition, held, and all its rules; raise EditionSealed once they are public."""
    require(actor, Permission.PREPARE_EDITION, edition)
    row = lock_edition(session, edition)
    seed = find_seed(session, edition)
    if row is None or seed is None:
        raise RowUnknown(table="edition")
    if list_publications(session, edition):
        raise EditionSealed(edition=edition)
    return row, placed(seed)


def _require_own(session: Session, edition: Edition, table: str, key: tuple[str, ...]) -> None:
    """Raise RowInUse for a mandate that another, sealed edition knows, too: it belongs to its place."""
    if table == "mandates" and list_sealed_with(session, find_rule_row(session, edition, table, key)):
        raise RowInUse(table=table)


def guarded(session: Session, write: Callable[[], None]) -> None:
    """Write within a savepoint, so that what the database refuses leaves the transaction usable."""
    try:
        with session.begin_nested():
            write()
            session.flush()
    except IntegrityError as error:
        raise RowInUse(reason=str(error.orig)) from error


def _remove(session: Session, edition: Edition, table: str, key: tuple[str, ...]) -> None:
    if table in {"municipalities", "mandates", "rounds"}:
        for entry in list_planned_entries(session, edition.id):
            session.delete(entry)
        session.flush()
    session.delete(find_rule_row(session, edition, table, key))


def write_row(session: Session, edition: Edition, change: RowChange) -> None:
    """Write a row that was checked before."""
    columns = columns_of(session, edition, change.table, change.values)
    if change.key is not None:
        row = find_rule_row(session, edition, change.table, change.key)
    else:
        row = _NEW[change.table](session, edition, change.values)
    for name, value in columns.items():
        setattr(row, name, value)
    session.add(row)


def columns_of(session: Session, edition: Edition, table: str, values: Row) -> Mapping[str, object]:
    """The columns of a working row for the text of a row of the rules, which was checked before."""
    columns = {_COLUMNS.get(name, name): _TYPES.get(name, str)(text) for name, text in values.items()}
    if table == "demands":
        columns["theme_id"] = find_rule_row(session, edition, "themes", (values["theme"],)).id
        del columns["theme"]
    for name in _OF_THE_PLACE.get(table, ()):
        del columns[name]
    return columns


_OF_THE_PLACE = {"municipalities": ("cvegeo", "slug", "name"), "mandates": ("cvegeo",)}


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def _whole(text: str) -> int | None:
    return int(text) if text else None


def _tenths(text: str) -> int | None:
    return Score.from_text(text).tenths if text else None


_COLUMNS = {"jump_limit": "jump_limit_tenths", "refused_counts_as": "refused_counts_as_tenths"}
_TYPES: Mapping[str, Callable[[str], object]] = {
    **dict.fromkeys(("starts_on", "ends_on", "published_on", "publication_due_on", "source_published_on"), _day),
    **dict.fromkeys(("number", "weight", "population"), _whole),
    **dict.fromkeys(("minimum_coverage_percent", "minimum_theme_coverage_percent"), _whole),
    **dict.fromkeys(("jump_limit", "refused_counts_as"), _tenths),
    "overall": lambda text: text == "true",
}


def _new_theme(session: Session, edition: Edition, _values: Row) -> Theme:
    return Theme(edition_id=edition.id, position=last_position(session, Theme, edition.id) + 1)


def _new_source(session: Session, edition: Edition, _values: Row) -> Source:
    return Source(edition_id=edition.id, position=last_position(session, Source, edition.id) + 1)


def _new_part(session: Session, edition: Edition, values: Row) -> EditionMunicipality:
    """A municipality's part in the edition; the place itself only where no edition knew it: its name is shared."""
    place = find_municipality(session, values["cvegeo"])
    if place is None:
        names = {name: values[name] for name in _OF_THE_PLACE["municipalities"]}
        place = Municipality(**names, sort_key=sort_key(values["name"]))
        session.add(place)
        session.flush()
    return EditionMunicipality(edition_id=edition.id, municipality_id=place.id)


def _new_mandate(session: Session, _edition: Edition, values: Row) -> Mandate:
    place = find_municipality(session, values["cvegeo"])
    if place is None:
        raise RowUnknown(table="municipalities")
    return Mandate(municipality_id=place.id)


_NEW: Mapping[str, Callable[[Session, Edition, Row], Any]] = {
    "themes": _new_theme,
    "sources": _new_source,
    "demands": lambda _session, edition, _values: Demand(edition_id=edition.id),
    "rounds": lambda _session, edition, _values: Round(edition_id=edition.id),
    "organisations": lambda _session, edition, _values: Organisation(edition_id=edition.id),
    "municipalities": _new_part,
    "mandates": _new_mandate,
}
