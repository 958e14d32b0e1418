"""Reading the cells of a round with their way so far. Staff only: no public page reads these."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import Session, joinedload

from app.domain.cells import CellHistory, CellState, ReviewKind
from app.domain.scores import Rating
from app.models.cells import Review, Submission
from app.models.editions import Demand, Edition, Round, RoundEntry
from app.models.places import Municipality
from app.models.scores import Score
from app.queries.rows import rating_of


@dataclass(frozen=True)
class Cell:
    """The newest revision of a cell. ``was_returned`` says that some revision of it came back once."""

    entry_id: int
    demand_id: int
    score_id: int
    rating: Rating
    reason: str
    institution: str
    conflict: str
    account_id: int
    recorded_at_utc: datetime
    history: CellHistory
    was_returned: bool

    @property
    def state(self) -> CellState:
        """Where the cell stands."""
        return self.history.state

    @property
    def revision(self) -> int:
        """The number of the newest revision."""
        return self.history.revision


def find_cell(session: Session, entry_id: int, demand_id: int) -> Cell | None:
    """One cell, or None while nobody wrote into it."""
    return _cells(session, (entry_id,), demand_id).get((entry_id, demand_id))


def get_cells(session: Session, round_id: int) -> dict[tuple[int, int], Cell]:
    """The cells of a round that hold anything, by entry and demand. Three statements, however large the round."""
    return _cells(session, session.scalars(select(RoundEntry.id).where(RoundEntry.round_id == round_id)).all())


def get_cells_of_entry(session: Session, entry_id: int) -> dict[int, Cell]:
    """The cells of one entry that hold anything, by demand."""
    return {demand: cell for (_, demand), cell in _cells(session, (entry_id,)).items()}


def get_cell_name(session: Session, entry_id: int, demand_id: int) -> str:
    """A cell as the audit log names it: ``valle-2020-2023/3/alba/2``."""
    query = (
        select(Edition.slug, Round.number, Municipality.slug, Demand.number)
        .join(Round, Round.edition_id == Edition.id)
        .join(RoundEntry, RoundEntry.round_id == Round.id)
        .join(Municipality, Municipality.id == RoundEntry.municipality_id)
        .join(Demand, Demand.edition_id == Edition.id)
        .where(RoundEntry.id == entry_id, Demand.id == demand_id)
    )
    return "/".join(map(str, session.execute(query).one()))


def get_entry_name(session: Session, entry_id: int) -> str:
    """A municipality's part in a round as the audit log names it: ``valle-2020-2023/3/alba``."""
    query = (
        select(Edition.slug, Round.number, Municipality.slug)
        .join(Round, Round.edition_id == Edition.id)
        .join(RoundEntry, RoundEntry.round_id == Round.id)
        .join(Municipality, Municipality.id == RoundEntry.municipality_id)
        .where(RoundEntry.id == entry_id)
    )
    return "/".join(map(str, session.execute(query).one()))


def get_round_name(session: Session, round_id: int) -> str:
    """A round as the audit log names it: ``valle-2020-2023/3``."""
    query = select(Edition.slug, Round.number).join(Round, Round.edition_id == Edition.id).where(Round.id == round_id)
    return "/".join(map(str, session.execute(query).one()))


def get_cells_of_entries(session: Session, entry_ids: Iterable[int]) -> dict[tuple[int, int], Cell]:
    """The cells of some entries that hold anything, by entry and demand."""
    return _cells(session, entry_ids)


def _cells(session: Session, entry_ids: Iterable[int], demand_id: int | None = None) -> dict[tuple[int, int], Cell]:
    wanted: list[ColumnElement[bool]] = [Score.entry_id.in_(sorted(set(entry_ids)))]
    if demand_id is not None:
        wanted.append(Score.demand_id == demand_id)
    verdicts, returned = _verdicts(session, wanted)
    return {
        (row.entry_id, row.demand_id): Cell(
            entry_id=row.entry_id,
            demand_id=row.demand_id,
            score_id=row.id,
            rating=rating_of(row),
            reason=(row.reason.body or "") if row.reason else "",
            institution=row.institution,
            conflict=row.conflict,
            account_id=row.account_id,
            recorded_at_utc=row.recorded_at_utc,
            history=CellHistory(row.revision, submitted is not None, verdicts.get(row.id)),
            was_returned=(row.entry_id, row.demand_id) in returned,
        )
        for row, submitted in session.execute(_newest(wanted))
    }


def _newest(wanted: list[ColumnElement[bool]]) -> Select[Score, int | None]:
    """The newest revision of each cell, with a submission where there is one."""
    newest = (
        select(Score.entry_id, Score.demand_id, func.max(Score.revision).label("revision"))
        .where(*wanted)
        .group_by(Score.entry_id, Score.demand_id)
        .subquery()
    )
    same = (
        (newest.c.entry_id == Score.entry_id)
        & (newest.c.demand_id == Score.demand_id)
        & (newest.c.revision == Score.revision)
    )
    return (
        select(Score, Submission.score_id)
        .join(newest, same)
        .outerjoin(Submission, Submission.score_id == Score.id)
        .options(joinedload(Score.reason))
        .order_by(Score.entry_id, Score.demand_id)
    )


def _verdicts(
    session: Session, wanted: list[ColumnElement[bool]]
) -> tuple[dict[int, ReviewKind], set[tuple[int, int]]]:
    """The newest verdict on each revision, and the cells of which any revision ever came back."""
    query = (
        select(Review.score_id, Review.kind, Score.entry_id, Score.demand_id)
        .join(Score, Score.id == Review.score_id)
        .where(*wanted, Review.kind != ReviewKind.COMMENT)
        .order_by(Review.id)
    )
    rows = session.execute(query).all()
    returned = {(entry, demand) for _, kind, entry, demand in rows if kind == ReviewKind.RETURN}
    return {score_id: ReviewKind(kind) for score_id, kind, _, _ in rows}, returned
