"""Reviewing: a verdict on one revision of one cell, or a word in its thread."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from app.domain.cells import CellState, ReviewKind
from app.domain.errors import RuleBroken
from app.domain.permissions import Actor, Permission, require
from app.domain.reviews import REVIEWABLE, ReviewRefused, VerdictsRefused, check_verdict
from app.domain.stages import Stage, require_stage
from app.models.cells import Review
from app.models.editions import RoundEntry
from app.queries.cells import find_cell
from app.queries.locks import lock_entry, lock_round
from app.queries.reviews import find_entry, is_barred, list_demands, list_rated
from app.services.audit import record_event
from app.services.scores import EditConflict


@dataclass(frozen=True)
class Verdict:
    """What a reviewer says of one cell. ``revision`` is the one that she had before her."""

    demand: int
    revision: int
    kind: ReviewKind
    words: str = ""


def review_cells(
    session: Session,
    actor: Actor,
    *,
    edition: str,
    round_number: int,
    municipality: str,
    verdicts: Sequence[Verdict],
    now_utc: datetime,
) -> Counter[CellState]:
    """Add verdicts and comments to cells of one municipality; how many of these now stand in which state.

    Raise StageWrong where the round is elsewhere, and VerdictsRefused with every problem by demand (ReviewRefused, or
    EditConflict where the evaluator changed the cell meanwhile); nothing is to be committed then.
    """
    require(actor, Permission.REVIEW, edition)
    row = lock_round(session, edition, round_number)
    entry = find_entry(session, row.id, municipality) if row else None
    if row is None or entry is None:
        raise RuleBroken("entry-unknown", municipality=municipality)
    require_stage(Stage(row.stage), *REVIEWABLE)
    lock_entry(session, entry.id)
    desk = _Desk(session, actor, entry, row.edition_id, f"{edition}/{round_number}/{municipality}", now_utc)
    problems: dict[int, RuleBroken] = {}
    states: list[CellState] = []
    for verdict in verdicts:
        try:
            states.append(desk.give(verdict))
        except RuleBroken as broken:
            problems[verdict.demand] = broken
    if problems:
        raise VerdictsRefused(problems=problems)
    return Counter(states)


class _Desk:
    """One reviewer before one municipality of a round."""

    def __init__(
        self, session: Session, actor: Actor, entry: RoundEntry, edition_id: int, subject: str, now_utc: datetime
    ) -> None:
        self.session, self.actor, self.entry, self.subject, self.now_utc = session, actor, entry, subject, now_utc
        self.own = list_rated(session, actor.account_id, entry.id)
        self.barred = is_barred(session, actor.account_id, edition_id, entry.municipality_id)
        self.demands = {demand.number: demand.id for demand in list_demands(session, edition_id)}

    def give(self, verdict: Verdict) -> CellState:
        """Write one verdict; the state that the cell has then."""
        cell = find_cell(self.session, self.entry.id, self.demands.get(verdict.demand, 0))
        if cell is None:
            raise ReviewRefused("nothing-handed-in")
        if cell.revision != verdict.revision:
            raise EditConflict(revision=cell.revision, base=verdict.revision)
        own = cell.demand_id in self.own
        check_verdict(verdict.kind, verdict.words, cell.state, is_own=own, is_barred=self.barred)
        self.session.add(
            Review(
                score_id=cell.score_id,
                kind=verdict.kind.value,
                words=verdict.words,
                account_id=self.actor.account_id,
                reviewed_at_utc=self.now_utc,
            )
        )
        self.session.flush()
        after = find_cell(self.session, self.entry.id, cell.demand_id)
        state = after.state if after else cell.state
        record_event(
            self.session,
            self.actor,
            action=f"cell.{verdict.kind.value}",
            subject=f"{self.subject}/{verdict.demand}",
            at_utc=self.now_utc,
            before={"state": cell.state.value, "revision": cell.revision},
            after={"state": state.value, "words": verdict.words},
        )
        return state
