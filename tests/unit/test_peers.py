"""Municipalities of a like size, by the ratio of their populations."""

from collections.abc import Mapping, Sequence
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.editions import Municipality
from app.domain.peers import nearest_by_population
from tests.unit.generated import deterministic


def towns(populations: Mapping[str, int | None]) -> list[Municipality]:
    """Municipalities whose code, slug and name are one word."""
    return [Municipality(name, name, name, name, population=people) for name, people in populations.items()]


METROPOLIS = {
    "apodaca": 656_464,
    "escobedo": 481_213,
    "garcia": 397_205,
    "guadalupe": 643_143,
    "juarez": 471_523,
    "monterrey": 1_142_994,
    "san-nicolas": 412_199,
    "san-pedro": 132_169,
    "santa-catarina": 306_322,
}


@pytest.mark.parametrize(
    ("populations", "name", "count", "nearest"),
    [
        pytest.param(METROPOLIS, "san-pedro", 3, ["santa-catarina", "garcia", "san-nicolas"], id="the-smallest"),
        pytest.param(METROPOLIS, "monterrey", 3, ["apodaca", "guadalupe", "escobedo"], id="the-largest"),
        pytest.param(METROPOLIS, "escobedo", 2, ["juarez", "san-nicolas"], id="between"),
        pytest.param({"a": 100, "b": 51, "c": 190}, "a", 2, ["c", "b"], id="a-ratio-not-a-difference"),
        pytest.param({"a": 100, "b": 50, "c": 200}, "a", 2, ["b", "c"], id="half-is-as-far-as-twice"),
        pytest.param({"c": 7, "b": 7, "a": 7, "d": 7}, "b", 3, ["a", "c", "d"], id="a-tie-goes-by-name"),
        pytest.param({"a": 100, "b": None, "c": 5}, "a", 3, ["c"], id="an-unknown-population-is-left-out"),
        pytest.param({"a": None, "b": 9, "c": 5}, "a", 3, [], id="its-own-is-unknown"),
        pytest.param({"a": 9, "b": 5}, "x", 3, [], id="not-of-the-edition"),
        pytest.param({"a": 9}, "a", 3, [], id="alone"),
        pytest.param({"a": 9, "b": 5}, "a", 0, [], id="none-asked-for"),
        pytest.param({}, "a", 3, [], id="nobody"),
    ],
)
def test_the_nearest_are_those_of_the_nearest_ratio(
    populations: Mapping[str, int | None], name: str, count: int, nearest: Sequence[str]
) -> None:
    assert [place.cvegeo for place in nearest_by_population(towns(populations), name, count)] == nearest


drawn = st.dictionaries(
    st.sampled_from("abcdefgh"), st.none() | st.integers(min_value=1, max_value=200_000_000), min_size=1
)


@deterministic
@given(drawn, st.integers(min_value=0, max_value=9), st.randoms(use_true_random=False))
def test_the_order_in_which_they_are_given_does_not_matter(
    populations: dict[str, int | None], count: int, random: Random
) -> None:
    places = towns(populations)
    shuffled = random.sample(places, len(places))
    name = places[0].cvegeo
    assert nearest_by_population(shuffled, name, count) == nearest_by_population(places, name, count)


@deterministic
@given(drawn, st.integers(min_value=0, max_value=9))
def test_nobody_left_out_is_nearer_than_who_was_chosen(populations: dict[str, int | None], count: int) -> None:
    places = towns(populations)
    own = populations[places[0].cvegeo]
    chosen = nearest_by_population(places, places[0].cvegeo, count)
    others = {place.cvegeo: place.population for place in places[1:] if place.population}
    assert len(chosen) == (0 if own is None else min(count, len(others)))
    assert {place.cvegeo for place in chosen} <= set(others)
    if own is not None:
        far = [max(own, people) / min(own, people) for people in others.values()]
        assert [max(own, p.population or 0) / min(own, p.population or 1) for p in chosen] == sorted(far)[: len(chosen)]
