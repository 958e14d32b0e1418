"""Who rose and who fell the most: three each way, ties whole, and no more than a front page holds."""

import pytest

from app.domain.editions import OVERALL
from app.domain.moves import largest_moves
from app.domain.publications import Standing
from app.domain.ranking import Place
from app.domain.rankings import ChangeRow
from tests.unit.examples import round_of


def rows(*changes: int) -> list[ChangeRow]:
    """Municipalities 0, 1, 2 … ranked by their changes, in tenths."""
    entries = round_of({str(number): "5" for number in range(len(changes))}).entries
    standings = [
        Standing(OVERALL, entry.cvegeo, 1, 1, 1, 0, 1, 1, change_tenths=tenths)
        for entry, tenths in zip(entries, changes, strict=True)
    ]
    return [ChangeRow(*pair, Place(1, shared=False)) for pair in zip(entries, standings, strict=True)]


def keys(found: tuple[ChangeRow, ...]) -> str:
    return " ".join(row.entry.cvegeo for row in found)


@pytest.mark.parametrize(
    ("changes", "rises", "falls"),
    [
        pytest.param([], "", "", id="nobody"),
        pytest.param([0, 0], "", "", id="who stays is in neither"),
        pytest.param([5, 0, -3], "0", "2", id="one each way"),
        pytest.param([9, 7, 5, 3, -2, -4, -6, -8], "0 1 2", "7 6 5", id="three each way, the largest first"),
        pytest.param([9, 7, 5, 5, 3], "0 1 2 3", "", id="a tie at the end is whole"),
        pytest.param([-1, -1, -2, -2, -9], "", "4 2 3", id="a tie keeps its order among falls"),
        pytest.param([4, 4, 4, 4, 2], "0 1 2 3", "", id="a tie on top"),
    ],
)
def test_the_largest_changes_are_named(changes: list[int], rises: str, falls: str) -> None:
    moves = largest_moves(rows(*changes))
    assert (keys(moves.rises.rows), keys(moves.falls.rows)) == (rises, falls)
    assert (moves.rises.more, moves.falls.more) == (0, 0)
    assert bool(moves) == bool(rises or falls)


def test_a_tie_longer_than_a_front_page_is_cut_and_the_rest_counted() -> None:
    moves = largest_moves(rows(9, *[5] * 20, -1))
    assert keys(moves.rises.rows) == "0 1 2 3 4 5"
    assert (moves.rises.more, moves.falls.more) == (15, 0)
