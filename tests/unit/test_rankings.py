"""What a ranking says beside its figures: which way a place went, which rounds stand beside it."""

from dataclasses import replace

import pytest

from app.domain.editions import OVERALL
from app.domain.publications import Standing
from app.domain.rankings import MatrixRow, Movement, RankingRow, first_two, movement
from app.domain.scorecard import RoundFrame
from tests.unit.examples import round_of


@pytest.mark.parametrize(
    ("place", "previous", "expected"),
    [
        pytest.param(2, 5, Movement.UP, id="a-lower-number-is-up"),
        pytest.param(5, 2, Movement.DOWN, id="a-higher-number-is-down"),
        pytest.param(3, 3, Movement.SAME, id="the-same"),
        pytest.param(None, 3, None, id="no-place-now"),
        pytest.param(3, None, None, id="no-place-before"),
        pytest.param(None, None, None, id="neither"),
    ],
)
def test_a_place_moves_only_between_two_places(
    place: int | None, previous: int | None, expected: Movement | None
) -> None:
    row = Standing(OVERALL, "A", 1, 1, 1, 0, 1, 1, place=place, previous_place=previous, previous_out_of=9)
    assert movement(row, 9) is expected


def test_from_last_of_nine_to_last_of_seven_is_no_rise() -> None:
    row = Standing(OVERALL, "A", 1, 1, 1, 0, 1, 1, place=7, previous_place=9, previous_out_of=9)
    assert movement(row, 7) is None


def test_without_an_overall_ranking_nobody_moves() -> None:
    assert movement(None, 9) is None


@pytest.mark.parametrize(
    ("published", "number", "before", "after"),
    [
        pytest.param((1, 2, 3), 2, 1, 3, id="in-the-middle"),
        pytest.param((1, 4, 7), 4, 1, 7, id="over-gaps"),
        pytest.param((3,), 3, None, None, id="the-only-one"),
        pytest.param((1, 2), 1, None, 2, id="the-first"),
        pytest.param((1, 2), 2, 1, None, id="the-last"),
        pytest.param((1, 2, 3), 3, 2, None, id="the-nearest-before"),
        pytest.param((1, 2, 3), 1, None, 2, id="the-nearest-after"),
    ],
)
def test_the_neighbours_of_a_round_are_the_published_ones(
    published: tuple[int, ...], number: int, before: int | None, after: int | None
) -> None:
    content = round_of({"A": "5"})
    frame = RoundFrame(
        edition=content.edition,
        method=content.method,
        themes=content.themes,
        demands=content.demands,
        sources={},
        period=replace(content.period, number=number),
        publication=None,  # type: ignore[arg-type] # neighbours ask nothing of it
        published_rounds=published,
    )
    assert frame.rounds_beside == (before, after)


def test_the_first_two_are_compared_under_their_alphabetical_address() -> None:
    entries = [
        replace(entry, slug=slug) for entry, slug in zip(round_of({"A": "5", "B": "5"}).entries, "zy", strict=True)
    ]
    pair = first_two(entries)
    assert pair is not None
    assert (pair.first.slug, pair.second.slug, pair.slugs) == ("z", "y", ("y", "z"))
    assert first_two(entries[:1]) is None
    assert first_two([]) is None


@pytest.mark.parametrize(
    ("facts", "told"),
    [
        pytest.param({"change_tenths": 3}, True, id="a-change"),
        pytest.param({"change_tenths": 0}, True, id="no-movement-is-a-change"),
        pytest.param({}, False, id="nothing-to-compare-with"),
        pytest.param({"change_tenths": 3, "refused": 1}, False, id="a-refusal-now"),
        pytest.param({"change_tenths": 3, "previous_refused": 1}, False, id="a-refusal-before"),
    ],
)
def test_a_row_tells_its_change_unless_a_refusal_lifts_it(facts: dict[str, int], told: bool) -> None:  # noqa: FBT001
    entry = round_of({"A": "5"}).entries[0]
    row = replace(Standing(OVERALL, "A", 1, 1, 1, 0, 1, 1), **facts)  # type: ignore[arg-type]
    assert RankingRow(entry, row).tells_change is told
    assert MatrixRow(entry, {}, {}, row).tells_change is told
    assert not MatrixRow(entry, {}, {}, None).tells_change
