"""What a scorecard says of its figures among the others, and of what is missing from it."""

from dataclasses import replace

import pytest

from app.domain.editions import OVERALL, demand_scope
from app.domain.publications import RoundContent
from app.domain.scorecard import AverageShown, Scorecard, ScoreShown
from app.domain.spreads import Peers, Spread
from app.domain.tenures import RoundThen, tenures
from tests.unit.examples import TOOK_OFFICE, round_of, rows_in
from tests.unit.test_scorecard import frame
from tests.unit.test_tenures import LATER, then

LINES = {"A": "9 8", "B": "7 8", "C": "refused 8.5", "D": "7.5 unrated"}


def average_of(name: str, content: RoundContent) -> AverageShown:
    """The overall average of one municipality, among the placed ones."""
    rows = rows_in(OVERALL, content)
    spread = Spread.of(row.tenths for row in rows if row.place is not None and row.tenths is not None)
    own = next(row for row in rows if row.cvegeo == name)
    return AverageShown(OVERALL, None, own, spread.rows, None, (), None, spread)


def card(name: str, lines: dict[str, str], rounds: tuple[RoundThen, ...] = ()) -> Scorecard:
    """A scorecard of that municipality, with its demands under one average."""
    content = round_of(lines)
    entry = next(entry for entry in content.entries if entry.cvegeo == name)
    scores = {score.demand: score for score in content.scores if score.cvegeo == name}
    shown = tuple(
        ScoreShown(
            demand,
            scores[demand.number],
            next(row for row in rows_in(demand_scope(demand.number), content) if row.cvegeo == name),
            1,
            None,
            (),
        )
        for demand in content.demands
    )
    average = replace(average_of(name, content), scores=shown)
    return Scorecard(frame(content), entry, average, (average,), {}, (), (), (), (), tenures(rounds))


def test_a_placed_average_knows_how_many_others_stand_below_it_and_its_way_to_the_median() -> None:
    content = round_of(LINES)
    first, second = average_of("A", content), average_of("B", content)
    assert (first.standing.tenths, second.standing.tenths) == (85, 75)
    assert (first.peers, second.peers) == (Peers(0, 0, 1), Peers(1, 0, 0))
    assert (first.from_median, second.from_median) == (5, -5)


@pytest.mark.parametrize("name", ["C", "D"])
def test_an_average_without_a_place_is_compared_with_nobody(name: str) -> None:
    """C leaves its refused demand out and would share the top, D has too few scores and would share second place."""
    shown = average_of(name, round_of(LINES))
    assert shown.standing.tenths is not None
    assert (shown.peers, shown.from_median) == (None, None)


def test_the_unplaced_do_not_move_the_median() -> None:
    alone = average_of("A", round_of({"A": "9 8", "B": "7 8"}))
    assert average_of("A", round_of(LINES)).spread == alone.spread


def test_a_card_names_what_the_source_omits_and_what_was_withheld() -> None:
    found = card("A", {"A": "9 unpublished refused unrated unpublished"})
    assert [shown.demand.number for shown in found.unpublished] == [2, 5]
    assert [shown.demand.number for shown in found.refused] == [3]
    assert [shown.demand.number for shown in found.averages[0].published] == [1, 3, 4]


@pytest.mark.parametrize(
    ("rounds", "is_debut"),
    [
        pytest.param((then(1, TOOK_OFFICE), then(2, LATER)), True, id="followed-another"),
        pytest.param((then(1, TOOK_OFFICE), then(2, LATER), then(3, LATER)), False, id="second-round"),
        pytest.param((then(1, TOOK_OFFICE),), False, id="the-first-mayor-of-all"),
        pytest.param((), False, id="no-rounds"),
    ],
)
def test_a_debut_is_the_first_round_of_who_followed_another(rounds: tuple[RoundThen, ...], is_debut: bool) -> None:  # noqa: FBT001
    assert card("A", {"A": "9"}, rounds).is_debut is is_debut
