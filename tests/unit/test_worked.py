"""Which rows of a ranking serve as the method's examples."""

from dataclasses import replace

import pytest

from app.domain.arithmetic import sum_of
from app.domain.editions import theme_scope
from app.domain.publications import RoundContent
from app.domain.rankings import Part, Ranking, RankingRow
from app.domain.scorecard import RoundFrame
from app.domain.sensitivity import PlaceRange
from app.domain.standings import standings
from app.domain.worked import worked
from tests.unit.examples import NO_MINIMUM, PRINTED_IN_2013, round_of


def _ranking(content: RoundContent) -> Ranking:
    scope = theme_scope("seguridad")
    scores = {
        entry.cvegeo: {score.demand: score for score in content.scores if score.cvegeo == entry.cvegeo}
        for entry in content.entries
    }
    entries = {entry.cvegeo: entry for entry in content.entries}
    rows = [
        RankingRow(
            entries[row.cvegeo],
            row,
            None,
            scores[row.cvegeo],
            sum_of(((n, score.rating, 1) for n, score in scores[row.cvegeo].items()), None),
        )
        for row in sorted(standings(content, None), key=lambda row: row.position)
        if row.scope == scope
    ]
    return Ranking(
        frame=RoundFrame(content.edition, content.method, content.themes, content.demands, {}, content.period, None),  # type: ignore[arg-type]
        scope=scope,
        theme=content.themes[0],
        demand=None,
        demands=content.demands,
        placed=tuple(row for row in rows if row.standing.place),
        refused=tuple(row for row in rows if row.standing.unplaced and row.standing.unplaced.value == "refused"),
        unplaced=tuple(row for row in rows if row.standing.unplaced and row.standing.unplaced.value != "refused"),
        out_of=sum(row.standing.place is not None for row in rows),
        part=Part(1, 1, len(rows)),
    )


def _name(row: RankingRow | None) -> str:
    return row.entry.name if row else ""


@pytest.fixture(scope="module")
def of_2013() -> Ranking:
    return _ranking(round_of({name: line for name, (line, _) in PRINTED_IN_2013.items()}))


def test_the_average_is_shown_by_the_first_row_that_was_rounded(of_2013: Ranking) -> None:
    assert _name(worked(of_2013).rounded) == "Juárez"  # 7.75; the first place has 8.5 exactly


def test_without_any_rounding_the_first_place_serves() -> None:
    assert _name(worked(_ranking(round_of({"A": "9 7", "B": "5 5"}))).rounded) == "A"


def test_the_first_tie_is_named_with_the_row_below(of_2013: Ranking) -> None:
    example = worked(of_2013)
    assert [_name(row) for row in example.tied] == ["General Escobedo", "Santa Catarina"]
    assert _name(example.after_tie) == "Apodaca"


@pytest.mark.parametrize(
    ("lines", "tied", "after"),
    [
        ({"A": "9", "B": "8"}, [], ""),
        ({"A": "9", "B": "8", "C": "8"}, ["B", "C"], ""),
        ({"A": "9", "B": "9", "C": "8", "D": "8"}, ["A", "B"], "C"),
    ],
)
def test_a_tie_may_be_missing_or_last(lines: dict[str, str], tied: list[str], after: str) -> None:
    example = worked(_ranking(round_of(lines)))
    assert ([_name(row) for row in example.tied], _name(example.after_tie)) == (tied, after)


def test_who_withheld_and_who_lacks_scores_are_told_apart() -> None:
    example = worked(_ranking(round_of({"A": "9 9 9", "B": "9 refused 9", "C": "9 unrated unrated"})))
    assert (_name(example.refused), _name(example.uncovered)) == ("B", "C")


def test_a_rule_that_shows_in_no_row_has_no_example() -> None:
    example = worked(_ranking(round_of({"A": "9 9", "B": "8 8"}, method=NO_MINIMUM)))
    assert (example.refused, example.uncovered, example.changed, example.tied) == (None, None, None, ())


def test_the_widest_and_the_narrowest_range_are_named(of_2013: Ranking) -> None:
    example = worked(of_2013)
    assert example.loosest
    assert example.firmest
    assert (_name(example.loosest.row), example.loosest.range) == ("General Escobedo", PlaceRange(5, 2, 7))
    assert (_name(example.firmest.row), example.firmest.range) == ("San Pedro Garza García", PlaceRange(1, 1, 1))


@pytest.mark.parametrize("lines", [{"A": "9 9", "B": "1 1"}, {"A": "9", "B": "1"}, {"A": "refused refused"}])
def test_no_range_is_named_where_all_are_alike(lines: dict[str, str]) -> None:
    example = worked(_ranking(round_of(lines)))
    assert (example.loosest, example.firmest) == (None, None)


def test_a_part_of_a_long_ranking_gives_no_range(of_2013: Ranking) -> None:
    assert worked(replace(of_2013, part=Part(1, 2, 61))).loosest is None
