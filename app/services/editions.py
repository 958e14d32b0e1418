"""Beginning an edition, from a form or from a folder; its calendar, and who needs a second factor in it."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from app.domain.editions import EditionKind, Period
from app.domain.edits import RowChange, misplaced, new_problems, with_change
from app.domain.permissions import Actor, NotAllowed, Permission, Role, require
from app.domain.seed_checks import problems_of
from app.domain.seed_columns import Row
from app.domain.seed_tables import TABLES
from app.domain.seeds import Seed, SeedProblem, SeedRow, SeedWrong
from app.domain.stages import Stage
from app.models import editions
from app.models.accounts import RoleGrant
from app.queries.edits import edition_exists
from app.queries.locks import lock_edition
from app.services.audit import record_event
from app.services.edits import columns_of, guarded, open_rules, write_row
from app.services.seeds import load_seed

ONLY = {"edition.kind": EditionKind.REAL.value, "rounds.stage": Stage.PLANNED.value}
"""What an edition from a folder may be: a real one, of which nothing has begun."""


def begin_edition(session: Session, actor: Actor, *, edition: Row, method: Row, now_utc: datetime) -> str:
    """Begin an edition with its name, dates and method; whoever begins it is its organiser. Give its address name.

    Raise SeedWrong with every problem, NotAllowed for who prepares no edition.
    """
    _require_anywhere(actor)
    seed = _alone(edition, method)
    _require_free(session, seed)
    if problems := problems_of(seed):
        raise SeedWrong(problems=problems)
    row = editions.Edition()
    for table, values in (("edition", edition), ("method", method)):
        for name, value in columns_of(session, row, table, values).items():
            setattr(row, name, value)
    session.add(row)
    session.flush()
    _appoint(session, actor, row, now_utc)
    record_event(session, actor, action="edition.begun", subject=seed.slug, at_utc=now_utc, after=edition)
    return seed.slug


def import_edition(session: Session, actor: Actor, *, seed: Seed, now_utc: datetime) -> str:
    """Begin an edition from a folder of rules; whoever brings it is its organiser. Give its address name.

    Raise SeedWrong with every problem by file, line and column, SeedRefused where it clashes with another edition.
    """
    _require_anywhere(actor)
    if problems := misplaced(seed, ONLY):
        raise SeedWrong(problems=problems)
    _require_free(session, seed)
    load_seed(session, actor, seed=seed, now_utc=now_utc)
    row = lock_edition(session, seed.slug)
    if row is None:
        raise LookupError(seed.slug)
    _appoint(session, actor, row, now_utc)
    return seed.slug


def _require_anywhere(actor: Actor) -> None:
    if not actor.may(Permission.PREPARE_EDITION):
        raise NotAllowed(permission=Permission.PREPARE_EDITION.value)


def _alone(edition: Row, method: Row) -> Seed:
    tables: dict[str, tuple[SeedRow, ...]] = {table.name: () for table in TABLES}
    return Seed({**tables, "edition": (SeedRow(edition, "edition", 1),), "method": (SeedRow(method, "method", 1),)})


def _require_free(session: Session, seed: Seed) -> None:
    if edition_exists(session, seed.slug):
        row = seed.tables["edition"][0]
        raise SeedWrong(problems=(SeedProblem(row.file, row.line, "slug", "taken", seed.slug),))


def _appoint(session: Session, actor: Actor, row: editions.Edition, now_utc: datetime) -> None:
    session.add(
        RoleGrant(
            account_id=actor.account_id,
            edition_id=row.id,
            municipality_id=None,
            role=Role.ORGANISER.value,
            organisation_id=None,
            granted_at_utc=now_utc,
        )
    )
    session.flush()


def plan_rounds(session: Session, actor: Actor, *, edition: str, periods: Sequence[Period], now_utc: datetime) -> None:
    """Add rounds to an edition's calendar. Raise SeedWrong where one cannot be, EditionSealed after the sealing."""
    row, seed = open_rules(session, actor, edition)
    after, changes = seed, []
    for period in periods:
        changes.append(RowChange("rounds", None, round_values(period)))
        after = with_change(after, changes[-1])
    if problems := new_problems(seed, after):
        raise SeedWrong(problems=problems)
    for change in changes:
        guarded(session, lambda change=change: write_row(session, row, change))  # type: ignore[misc]
    numbers = [period.number for period in periods]
    record_event(session, actor, action="rounds.planned", subject=edition, at_utc=now_utc, after={"rounds": numbers})


def round_values(period: Period) -> Row:
    """A planned round as a row of the rules."""
    due = period.publication_due_on
    return {
        "number": str(period.number),
        "starts_on": period.starts_on.isoformat(),
        "ends_on": period.ends_on.isoformat(),
        "publication_due_on": due.isoformat() if due else "",
        "stage": Stage.PLANNED.value,
        "source_published_on": "",
        "source": "",
    }


def ask_second_factor(session: Session, actor: Actor, *, edition: str, of_all: bool, now_utc: datetime) -> None:
    """Ask everybody who works in the edition for a second factor, or only those whose role needs one."""
    require(actor, Permission.MANAGE_ACCOUNTS, edition)
    row = lock_edition(session, edition)
    if row is None or row.second_factor_for_all == of_all:
        return
    row.second_factor_for_all = of_all
    record_event(
        session,
        actor,
        action="edition.second-factor",
        subject=edition,
        at_utc=now_utc,
        before={"of_all": not of_all},
        after={"of_all": of_all},
    )
