"""The scorecard and its calculation, read from what is sealed, on each database, in a fixed number of queries."""

from collections.abc import Callable

import pytest
from sqlalchemy import event
from sqlalchemy.orm import Session

from app.domain.calculations import Calculation
from app.domain.ranking import Place
from app.domain.scorecard import Scorecard
from app.domain.scores import Score
from app.domain.sensitivity import PlaceRange
from app.domain.spreads import Peers
from app.queries.calculations import find_calculation, find_pinned_calculation
from app.queries.scorecards import find_pinned_scorecard, find_scorecard
from tests.integration.folders import DEMONSTRATION, REAL, SLUGS

INVENTED, PRINTED = SLUGS[DEMONSTRATION], SLUGS[REAL]
QUERIES_OF_A_CARD = 23  # two of them for replies and for the answers over the rounds, one for clarifications
QUERIES_OF_A_CALCULATION = 26


def card(session: Session, slug: str, municipality: str) -> Scorecard:
    found = find_scorecard(session, slug, municipality)
    assert found is not None
    return found


def calculation(session: Session, slug: str, municipality: str) -> Calculation:
    found = find_calculation(session, slug, municipality)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("find", "most"), [(card, QUERIES_OF_A_CARD), (calculation, QUERIES_OF_A_CALCULATION)], ids=["card", "calculation"]
)
def test_twelve_rounds_cost_as_many_queries_as_one(
    seeded: Session, find: Callable[[Session, str, str], object], most: int
) -> None:
    asked: list[str] = []
    find(seeded, PRINTED, "apodaca")  # the first query of a session also begins its transaction
    event.listen(seeded.get_bind(), "before_cursor_execute", lambda *call: asked.append(call[2]))
    counts = []
    for slug, municipality in ((PRINTED, "apodaca"), (INVENTED, "nogalinda"), (INVENTED, "villa-toribia")):
        asked.clear()
        find(seeded, slug, municipality)
        counts.append(len(asked))
        seeded.expunge_all()
    assert max(counts) <= most
    assert len(set(counts[1:])) == 1


def test_a_tie_below_the_median_is_told_as_one(seeded: Session) -> None:
    overall = card(seeded, INVENTED, "nogalinda").overall
    assert overall is not None
    assert overall.spread.values == (84, 84, 77, 74, 67, 67, 42)
    assert (overall.peers, overall.from_median) == (Peers(above=4, equal=1, below=1), -7)


def test_who_withheld_information_is_compared_with_nobody(seeded: Session) -> None:
    found = card(seeded, INVENTED, "penasola")
    assert found.overall is not None
    assert (found.overall.peers, found.overall.from_median) == (None, None)
    assert [shown.demand.number for shown in found.refused] == [1, 2]


def test_the_mayors_before_keep_their_rounds_and_their_places(seeded: Session) -> None:
    now, before = card(seeded, INVENTED, "villa-toribia").tenures
    assert [row.period.number for row in now.rounds] == [12, 11, 10, 9, 8]
    assert [row.period.number for row in before.rounds] == [7, 6, 5, 4, 3, 2, 1]
    assert before.entry.mayor == "Abundio Salvatierra Rentería"
    ((average,),) = (before.last.averages,)  # the overall one leads, and stands alone
    assert (average.standing.tenths, average.standing.place, average.out_of) == (57, 7, 8)


def test_a_corrected_round_leads_to_its_correction(seeded: Session) -> None:
    (tenure,) = card(seeded, INVENTED, "nogalinda").tenures
    assert {row.period.number: row.number for row in tenure.rounds}[11] == 2


def test_a_pinned_card_keeps_to_its_own_publication_when_it_is_corrected_later(seeded: Session) -> None:
    found = find_pinned_scorecard(seeded, INVENTED, 11, 1, "nogalinda")
    assert found is not None
    (tenure,) = found.tenures
    assert {row.period.number: row.number for row in tenure.rounds}[11] == 1


def test_a_pinned_card_knows_no_later_round_and_no_next_one(seeded: Session) -> None:
    found = find_pinned_scorecard(seeded, INVENTED, 8, 1, "villa-toribia")
    assert found is not None
    assert found.is_debut
    assert found.tenures[0].last.period.number == 8
    assert found.next_period is None


def test_the_next_round_is_the_first_of_the_calendar_after_the_newest(seeded: Session) -> None:
    period = card(seeded, INVENTED, "nogalinda").next_period
    assert period is not None
    assert period.number == 13


def test_the_source_omits_six_of_ten_in_2013(seeded: Session) -> None:
    found = card(seeded, PRINTED, "apodaca")
    assert [shown.demand.number for shown in found.unpublished] == [5, 6, 7, 8, 9, 10]
    assert [average.scope.key for average in found.averages if average.published] == ["seguridad"]


def test_a_calculation_ends_in_the_figures_of_the_card(seeded: Session) -> None:
    found = calculation(seeded, INVENTED, "nogalinda")
    for explained in found.averages:
        standing = explained.average.standing
        assert explained.average.sum is not None
        assert explained.average.sum.tenths == standing.tenths
        assert explained.change is not None
        assert (explained.change.tenths, len(explained.change.now.terms)) == (
            standing.change_tenths,
            standing.change_common,
        )


def test_a_calculation_shows_how_firm_the_place_is_beside_its_neighbours(seeded: Session) -> None:
    overall, *themes = calculation(seeded, INVENTED, "nogalinda").averages
    assert overall.range == PlaceRange(place=5, best=5, worst=6)
    assert [(row.entry.slug, row.is_apart) for row in overall.neighbours] == [
        ("cuesta-del-anil", False),
        ("villa-toribia", True),
    ]
    assert [(theme.range, theme.steps) for theme in themes] == [(None, ())] * len(themes)


def test_without_an_overall_ranking_each_theme_says_what_it_would_take(seeded: Session) -> None:
    (safety,) = calculation(seeded, PRINTED, "apodaca").averages
    assert safety.average.scope.key == "seguridad"
    steps = {row.shown.demand.number: row.step for row in safety.steps}
    assert {number: step and step.score for number, step in steps.items()} == {
        1: Score(88),
        2: Score(78),
        3: Score(68),
        4: Score(48),
    }
    assert {step.place for step in steps.values() if step} == {Place(5, shared=True)}


def test_rating_a_missing_demand_would_give_a_place(seeded: Session) -> None:
    overall = calculation(seeded, INVENTED, "ojo-de-cierva").averages[0]
    assert overall.range is None
    assert {row.shown.demand.number: row.step and row.step.score for row in overall.enough} == dict.fromkeys(
        (3, 8, 9), Score(0)
    )


def test_two_refusals_are_lifted_by_no_single_score(seeded: Session) -> None:
    overall = calculation(seeded, INVENTED, "penasola").averages[0]
    assert (overall.range, overall.neighbours, overall.enough) == (None, (), ())


def test_what_no_publication_holds_is_not_found(seeded: Session) -> None:
    assert find_calculation(seeded, INVENTED, "ninguno") is None
    assert find_pinned_calculation(seeded, INVENTED, 99, 1, "nogalinda") is None
    assert find_pinned_scorecard(seeded, INVENTED, 12, 1, "ninguno") is None
