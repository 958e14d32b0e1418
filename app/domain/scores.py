"""A score on the scale of 0 to 10, or the typed reason why there is none. Never 0 for "none"."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import Self

from app.domain.errors import BadScore

HIGHEST_TENTHS = 100
_SCORE = re.compile(r"(10([.,]0)?|[0-9]([.,][0-9])?)", re.ASCII)


class Absence(StrEnum):
    """Why a cell holds no score. An absence is never read as 0."""

    NOT_RATED = "not_rated"
    NOT_APPLICABLE = "not_applicable"
    REFUSED = "refused"
    PENDING = "pending"
    UNPUBLISHED = "unpublished"


@dataclass(frozen=True, order=True)
class Score:
    """A score in whole tenths, 0 to 100 inclusive (7.5 is 75 tenths)."""

    tenths: int

    def __post_init__(self) -> None:
        """Refuse what lies off the scale or between its steps."""
        if type(self.tenths) is not int or not 0 <= self.tenths <= HIGHEST_TENTHS:
            raise BadScore(tenths=self.tenths)

    @classmethod
    def from_text(cls, text: str) -> Self:
        """Read ``7``, ``7.5`` or ``7,5``; raise BadScore for anything else, surrounding blanks included."""
        if not _SCORE.fullmatch(text):
            raise BadScore(text=text)
        whole, _, tenth = text.replace(",", ".").partition(".")
        return cls(int(whole) * 10 + int(tenth or 0))

    @property
    def exact(self) -> Fraction:
        """The score in points, exactly."""
        return Fraction(self.tenths, 10)

    def __str__(self) -> str:
        """The score as manifests and CSV files write it: one decimal, a point."""
        return f"{self.tenths // 10}.{self.tenths % 10}"


Rating = Score | Absence
Ratings = Mapping[int, Rating]
"""The ratings of one municipality in one round, by demand number."""


def rating_from_text(text: str) -> Rating:
    """Read ``7.5`` or the code of an absence, as ``str`` writes them; raise BadScore."""
    return Absence(text) if text in set(Absence) else Score.from_text(text)
