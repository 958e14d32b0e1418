"""The values that every rendering shows (DESIGN §3)."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from app.domain.editions import OVERALL, demand_scope
from app.domain.publications import PublicationKind, PublishedFigure, RoundContent
from app.domain.rankings import Part, Ranking, RankingRow
from app.domain.scorecard import Publication, RoundFrame, ScoreShown, best_and_worst
from tests.unit.examples import EDITION, OPENNESS, REFUSED_IS_ZERO, SAFETY, round_of, rows_in

NOON = datetime(2021, 1, 20, 12, tzinfo=UTC)


def publication(number: int = 1, in_force: int = 1) -> Publication:
    return Publication(2, PublicationKind.ROUND, number, NOON, "a" * 64, "0" * 64, in_force, NOON)


def frame(content: RoundContent) -> RoundFrame:
    return RoundFrame(
        edition=content.edition,
        method=content.method,
        themes=content.themes,
        demands=content.demands,
        sources={},
        period=content.period,
        publication=publication(),
        newest_round=content.period.number,
    )


def shown(line: str, content: RoundContent | None = None) -> tuple[ScoreShown, ...]:
    """The demands of a scorecard, by the ratings of its municipality."""
    sealed = content or round_of({"A": line})
    scores = {score.demand: score for score in sealed.scores}
    return tuple(
        ScoreShown(demand, scores[demand.number], rows_in(demand_scope(demand.number), sealed)[0], 1, None, ())
        for demand in sealed.demands
    )


@pytest.mark.parametrize(
    ("line", "best", "worst"),
    [
        pytest.param("9 5 7", [1], [2], id="one-of-each"),
        pytest.param("9 5 9 5 7", [1, 3], [2, 4], id="ties-are-never-split"),
        pytest.param("0 5 9", [3], [1], id="a-zero-is-the-worst-not-missing"),
        pytest.param("unrated 5 na 9 refused", [4], [2], id="absences-are-neither"),
        pytest.param("7 7 7", [], [], id="all-equal"),
        pytest.param("7 unrated", [], [], id="a-single-score"),
        pytest.param("unrated pending", [], [], id="nothing-rated"),
    ],
)
def test_the_best_and_the_worst_include_every_tie_in_demand_order(line: str, best: list[int], worst: list[int]) -> None:
    found_best, found_worst = best_and_worst(shown(line))
    assert [score.demand.number for score in found_best] == best
    assert [score.demand.number for score in found_worst] == worst


def test_a_refusal_that_counts_as_zero_is_among_the_worst() -> None:
    _, worst = best_and_worst(shown("", round_of({"A": "5 refused 9"}, method=REFUSED_IS_ZERO)))
    assert [score.demand.number for score in worst] == [2]


def test_no_demands_have_no_best_and_no_worst() -> None:
    assert best_and_worst(()) == ((), ())


@pytest.mark.parametrize(("number", "in_force", "is_in_force"), [(1, 1, True), (1, 2, False), (2, 2, True)])
def test_a_publication_is_in_force_until_a_later_one_corrects_it(
    number: int,
    in_force: int,
    is_in_force: bool,  # noqa: FBT001
) -> None:
    assert publication(number, in_force).is_in_force is is_in_force


def ranking(lines: Mapping[str, str], figures: Mapping[str, PublishedFigure] | None = None) -> Ranking:
    """The overall ranking of those municipalities, split into its three blocks."""
    content = round_of(lines)
    entries = {entry.cvegeo: entry for entry in content.entries}
    scores = {name: {row.demand: row for row in content.scores if row.cvegeo == name} for name in lines}
    rows = [
        RankingRow(entries[row.cvegeo], row, (figures or {}).get(row.cvegeo), scores[row.cvegeo])
        for row in rows_in(OVERALL, content)
    ]
    placed = tuple(row for row in rows if row.standing.place)
    refused = tuple(row for row in rows if not row.standing.place and row.standing.refused)
    return Ranking(
        frame=frame(content),
        scope=OVERALL,
        theme=None,
        demand=None,
        demands=content.demands,
        placed=placed,
        refused=refused,
        unplaced=tuple(row for row in rows if row not in (*placed, *refused)),
        out_of=len(placed),
        part=Part(1, 1, len(rows)),
    )


def test_the_rows_of_a_ranking_are_the_placed_the_refused_and_the_other_unplaced() -> None:
    rows = ranking({"A": "9", "B": "unrated", "C": "refused", "D": "8"}).rows
    assert [row.entry.cvegeo for row in rows] == ["A", "D", "C", "B"]


def test_a_ranking_knows_whether_a_source_printed_figures_for_it() -> None:
    assert not ranking({"A": "9", "B": "unrated"}).has_figures
    assert ranking({"A": "9", "B": "unrated"}, {"B": PublishedFigure("B", OVERALL, "7", "informe")}).has_figures


@pytest.mark.parametrize(
    ("lines", "rated"),
    [
        pytest.param({"A": "9 0 unrated"}, 2, id="a-zero-is-rated"),
        pytest.param({"A": "9 unrated", "B": "unrated 8"}, 2, id="each-in-another-row"),
        pytest.param({"A": "unpublished pending", "B": "refused na"}, 0, id="absences-only"),
    ],
)
def test_a_demand_is_rated_where_any_row_holds_a_score(lines: dict[str, str], rated: int) -> None:
    assert ranking(lines).rated_demands == rated


@pytest.mark.parametrize(
    ("line", "whole"),
    [("9 8 0", True), ("9 8.5", False), ("9 unrated", True), ("unrated", True)],
    ids=["whole", "one-decimal", "absences-do-not-count", "nothing-rated"],
)
def test_a_ranking_knows_whether_its_scores_have_decimals(line: str, whole: bool) -> None:  # noqa: FBT001
    assert ranking({"A": line}).has_whole_scores is whole


def test_a_frame_gives_the_demands_of_a_theme_in_their_order() -> None:
    stated = frame(round_of({"A": "1 2 3 4"}, themes=(SAFETY, OPENNESS)))
    assert [demand.number for demand in stated.demands_of(OPENNESS.key)] == [2, 4]


def test_a_frame_finds_its_themes_and_demands_or_nothing() -> None:
    stated = frame(round_of({"A": "1 2"}))
    assert stated.find_theme(SAFETY.key) == SAFETY
    assert stated.find_theme("otro") is None
    assert stated.find_demand(2) == stated.demands[1]
    assert stated.find_demand(3) is None


@pytest.mark.parametrize(
    ("today", "is_old", "has_ended"),
    [
        pytest.param("2021-01-20", False, False, id="soon-after-its-period"),
        pytest.param("2021-07-02", False, False, id="half-a-year-after"),
        pytest.param("2021-07-03", True, False, id="more-than-half-a-year-after"),
        pytest.param("2023-09-30", True, False, id="the-last-day-of-the-term"),
        pytest.param("2023-10-01", True, True, id="after-the-term"),
    ],
)
def test_a_round_is_old_half_a_year_after_its_period(today: str, is_old: bool, has_ended: bool) -> None:  # noqa: FBT001
    stated = frame(round_of({"A": "1"}))
    assert stated.period.ends_on == date(2020, 12, 31)
    assert stated.is_old(date.fromisoformat(today)) is is_old
    assert stated.has_ended(date.fromisoformat(today)) is has_ended


def test_every_round_of_an_ended_term_is_old() -> None:
    stated = frame(round_of({"A": "1"}))
    ended = replace(stated, edition=replace(EDITION, ends_on=date(2021, 1, 15)))
    assert ended.is_old(date(2021, 1, 15))
    assert not ended.is_old(date(2021, 1, 14))


@pytest.mark.parametrize(
    ("newest_round", "in_force", "is_current"),
    [
        pytest.param(1, 1, True, id="the-newest-round-in-force"),
        pytest.param(2, 1, False, id="an-earlier-round"),
        pytest.param(1, 2, False, id="a-corrected-version"),
    ],
)
def test_a_page_is_current_on_the_newest_round_in_force(newest_round: int, in_force: int, is_current: bool) -> None:  # noqa: FBT001
    stated = frame(round_of({"A": "1"}))
    shown_there = replace(stated, newest_round=newest_round, publication=publication(1, in_force))
    assert shown_there.is_current is is_current
