"""An evaluator at her sheet of the valley's third round, as tests write on it."""

from datetime import UTC, datetime

from sqlalchemy.orm import Session

from app.domain.ratings import Typed
from app.domain.sheets import Outcome, SheetCell
from app.queries.sheets import find_sheet
from app.services.ratings import save_sheet
from tests import staff
from tests.integration.sealing import SLUG

NOW = datetime(2021, 5, 12, 18, tzinfo=UTC)
EMPTY = ("nandu", 3)
"""The one cell that nobody has rated yet."""
RATED = ("alba", 1)
"""A cell whose first revision says 9 and nothing else; it was 8.5 in the round before."""


def save(
    session: Session, account_id: int, cells: dict[tuple[str, int], Typed], *, hand_in: bool = False
) -> dict[tuple[str, int], Outcome]:
    actor = staff.actor_of(session, account_id)
    return save_sheet(session, actor, edition=SLUG, number=3, typed=cells, hand_in=hand_in, now_utc=NOW)


def cell_of(session: Session, account_id: int, key: tuple[str, int]) -> SheetCell:
    sheet = find_sheet(session, account_id, SLUG, 3, *key)
    assert sheet is not None
    cell = sheet.find(*key)
    assert cell is not None
    return cell
