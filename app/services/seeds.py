"""Loading a seed: report what it would change, write what is new, seal what it says was sealed. Never overwrite."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app.domain.errors import RuleBroken
from app.domain.permissions import Actor
from app.domain.publications import PublicationKind
from app.domain.seed_checks import problems_of
from app.domain.seed_columns import Row, moment_of
from app.domain.seed_tables import BY_NAME
from app.domain.seeds import Seed, SeedDifference, SeedProblem, SeedRow, SeedWrong, differences
from app.queries.drafts import list_edition_slugs
from app.queries.seeds import find_seed
from app.services import publications
from app.services.audit import record_event
from app.services.seed_inserts import NewRows
from app.services.seed_rows import write_rows


@dataclass(frozen=True)
class SeedReport:
    """What loading a seed does, or would do: new rows by table, and the rows that it leaves as they are."""

    slug: str
    new: Mapping[str, int]
    kept: tuple[SeedDifference, ...]

    @property
    def changes_nothing(self) -> bool:
        """Whether the database already holds every row of the seed."""
        return not self.new


class SeedNotReproduced(RuleBroken):
    """Sealing the seed's rows gave another checksum than the seed states."""

    code = "seed-not-reproduced"


class SeedRefused(RuleBroken):
    """The database refuses a row of the seed; ``facts['reason']`` is what it says."""

    code = "seed-refused"


_SHARED = {"municipalities", "mandates"}


def is_empty(session: Session) -> bool:
    """Whether the database holds no edition yet."""
    return not list_edition_slugs(session)


def check_seed(seed: Seed) -> None:
    """Raise SeedWrong with every problem of a seed; return where it can be loaded."""
    if problems := problems_of(seed):
        raise SeedWrong(problems=problems)


def load_seed(session: Session, actor: Actor, *, seed: Seed, now_utc: datetime) -> SeedReport:
    """Add the rows of a seed that the database lacks, and seal its publications in their order.

    Rows that differ from the database's are reported and left. Raise SeedWrong for a seed that breaks a rule or would
    not be read back as it is written, SeedRefused where it clashes with another edition, and SeedNotReproduced where a
    stated checksum does not come out. Nothing is committed here.
    """
    check_seed(seed)
    found = differences(seed, find_seed(session, seed.slug))
    new = {(row.table, row.key) for row in found if row.what == "new"}
    try:
        write_rows(session, actor, NewRows(seed, frozenset(new)), now_utc)
        for row in seed.tables["publications"]:
            if ("publications", row.values["sequence"]) in new:
                _seal_row(session, actor, seed, row)
    except IntegrityError as error:
        raise SeedRefused(reason=str(error.orig)) from error
    kept = differences(seed, find_seed(session, seed.slug)) if new else found
    if problems := tuple(_not_read_back(seed, new, kept)):
        raise SeedWrong(problems=problems)
    counts = _counted(found)
    if counts:
        record_event(session, actor, action="seed.loaded", subject=seed.slug, at_utc=now_utc, after=counts)
    return SeedReport(seed.slug, counts, kept)


def _not_read_back(seed: Seed, new: set[tuple[str, str]], kept: tuple[SeedDifference, ...]) -> Iterator[SeedProblem]:
    """What was written and reads otherwise: ``7,5``, a publication's wrong number, a mandate outside the term.

    A municipality or mandate that another edition brought first is not written: it is reported and left.
    """
    for difference in kept:
        at_fault = difference.what == "new" or difference.table not in _SHARED
        if (difference.table, difference.key) in new and at_fault:
            key_of = BY_NAME[difference.table].key_of
            row = next(row for row in seed.tables[difference.table] if "/".join(key_of(row.values)) == difference.key)
            column = (*difference.columns, *BY_NAME[difference.table].key[-1:])[0]
            yield SeedProblem(row.file, row.line, column, "unreadable", row.values[column])


def _counted(found: tuple[SeedDifference, ...]) -> dict[str, int]:
    counts: dict[str, int] = {}
    for row in found:
        if row.what == "new":
            counts[row.table] = counts.get(row.table, 0) + 1
    return counts


def _seal_row(session: Session, actor: Actor, seed: Seed, row: SeedRow) -> None:
    try:
        _seal(session, actor, seed, row.values)
    except RuleBroken as broken:
        broken.facts["place"] = f"{row.file}:{row.line}"
        raise


def _seal(session: Session, actor: Actor, seed: Seed, row: Row) -> None:
    sealed_at_utc = moment_of(row["sealed_at_utc"])
    if row["kind"] == PublicationKind.EDITION:
        result = publications.seal_edition(session, actor, slug=seed.slug, sealed_at_utc=sealed_at_utc)
    else:
        reason = publications.Reason(row["reason_es"], row["reason_salt"]) if row["reason_es"] else None
        result = publications.seal_round(
            session,
            actor,
            slug=seed.slug,
            round_number=int(row["round"]),
            sealed_at_utc=sealed_at_utc,
            reason=reason,
        )
    if row["sha256"] not in {"", result.sha256}:
        raise SeedNotReproduced(sequence=row["sequence"], expected=row["sha256"], found=result.sha256)
