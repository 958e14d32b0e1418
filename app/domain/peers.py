"""Municipalities of a like size: whom it is fair to stand beside whom."""

from collections.abc import Iterable
from fractions import Fraction

from app.domain.editions import Municipality


def nearest_by_population(places: Iterable[Municipality], cvegeo: str, count: int) -> tuple[Municipality, ...]:
    """The ``count`` municipalities whose population is nearest to that one's, the nearest first.

    Near is a ratio: half as many people are as far as twice as many. Ties go by name and code. Left out are the
    municipality itself and all without a known population; nothing comes back where its own is unknown.
    """
    known = {place.cvegeo: place for place in places if place.population}
    own = known.pop(cvegeo, None)
    if own is None:
        return ()
    ordered = sorted(known.values(), key=lambda place: (_distance(own, place), place.sort_key, place.cvegeo))
    return tuple(ordered[: max(count, 0)])


def _distance(one: Municipality, other: Municipality) -> Fraction:
    """How many times the smaller population goes into the larger one."""
    small, large = sorted((one.population or 0, other.population or 0))
    return Fraction(large, small)
