"""What the property tests draw from: ratings, rounds, tables and texts. The same examples on every run."""

import itertools
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from hypothesis import Phase, settings
from hypothesis import strategies as st

from app.domain.publications import RoundContent
from app.domain.scores import Absence, Rating, Score
from app.domain.sensitivity import Table
from tests.unit.examples import METHOD, OPENNESS, REFUSED_IS_ZERO, SAFETY, round_of

deterministic = settings(
    derandomize=True,
    deadline=None,
    max_examples=60,
    database=None,
    phases=(Phase.explicit, Phase.generate, Phase.shrink),
)
"""One profile for every property: the examples depend on the test alone, so a failure repeats."""

scores = st.integers(min_value=0, max_value=100).map(Score)
few_scores = st.sampled_from([0, 10, 33, 34, 35, 50, 66, 67, 70, 75, 100]).map(Score)
"""Scores that often tie, exactly or once rounded."""

absences = st.sampled_from(Absence)
ratings = st.one_of(few_scores, few_scores, few_scores, scores, absences)
weights = st.integers(min_value=1, max_value=4)
points = st.fractions(min_value=0, max_value=10, max_denominator=120)
"""Exact means in points."""

NAMES = ("Abasolo", "Bustamante", "Cadereyta", "Doctor Arroyo", "Galeana")
MAYORS = (date(2020, 10, 1), date(2022, 3, 15))

_WORDS = {
    Absence.NOT_RATED: "unrated",
    Absence.NOT_APPLICABLE: "na",
    Absence.REFUSED: "refused",
    Absence.PENDING: "pending",
    Absence.UNPUBLISHED: "unpublished",
}


def written(ratings_: tuple[Rating, ...]) -> str:
    """The ratings as a line of ``examples``."""
    return " ".join(_WORDS[given] if isinstance(given, Absence) else str(given) for given in ratings_)


@dataclass(frozen=True)
class Drawn:
    """A drawn round: its lines of ratings by municipality, and what they are averaged with."""

    rows: tuple[tuple[Rating, ...], ...]
    weights: tuple[int, ...]
    refused_is_zero: bool
    mayors: tuple[date, ...]

    def content(self, number: int = 1) -> RoundContent:
        """The content of a round with two themes."""
        return round_of(
            dict(zip(NAMES, map(written, self.rows), strict=False)),
            number=number,
            method=REFUSED_IS_ZERO if self.refused_is_zero else METHOD,
            weights=self.weights,
            themes=(SAFETY, OPENNESS),
            took_office=dict(zip(NAMES, self.mayors, strict=True)),
        )

    def table(self, minimum_coverage: Fraction = Fraction(1, 2)) -> Table:
        """The ratings behind the overall ranking."""
        names = NAMES[: len(self.rows)]
        return Table(
            rows={name: dict(enumerate(row, start=1)) for name, row in zip(names, self.rows, strict=True)},
            sort_keys={name: name.lower() for name in names},
            weights=dict(enumerate(self.weights, start=1)),
            minimum_coverage=minimum_coverage,
            refused_counts_as=Score(0) if self.refused_is_zero else None,
        )

    def with_rating(self, row: int, column: int, rating: Rating) -> "Drawn":
        """The same round with one cell changed."""
        rows = [list(cells) for cells in self.rows]
        rows[row][column] = rating
        return Drawn(tuple(map(tuple, rows)), self.weights, self.refused_is_zero, self.mayors)

    def scored(self) -> list[tuple[int, int, Score]]:
        """Every cell that holds a score: its row, its column and the score."""
        grid = itertools.product(range(len(self.rows)), range(len(self.weights)))
        cells = ((row, column, self.rows[row][column]) for row, column in grid)
        return [(row, column, given) for row, column, given in cells if isinstance(given, Score)]


@st.composite
def rounds(
    draw: st.DrawFn,
    width: int | None = None,
    least: int = 1,
    cells: st.SearchStrategy[Rating] = ratings,
    mayors: st.SearchStrategy[date] = st.sampled_from(MAYORS),  # noqa: B008 - a strategy never changes
) -> Drawn:
    """Rounds of 1 to 5 municipalities and 1 to 5 demands, under a method that counts a refusal as 0 or bars it."""
    columns = width or draw(st.integers(min_value=1, max_value=5))
    line = st.tuples(*[cells] * columns)
    return Drawn(
        rows=tuple(draw(st.lists(line, min_size=least, max_size=len(NAMES)))),
        weights=draw(st.tuples(*[weights] * columns)),
        refused_is_zero=draw(st.booleans()),
        mayors=draw(st.tuples(*[mayors] * len(NAMES))),
    )


rounds_with_a_score = rounds().filter(lambda drawn: bool(drawn.scored()))
pairs_of_rounds = st.integers(min_value=1, max_value=4).flatmap(
    lambda width: st.tuples(rounds(width=width), rounds(width=width))
)
"""A round and the one before it, over the same demands."""

_all_rated = rounds(width=3, least=2, cells=few_scores, mayors=st.just(MAYORS[0]))
comparable_rounds = st.tuples(_all_rated, _all_rated)
"""A round and the one before it, every score given, under the same mayors."""

troublesome_text = st.text(
    st.one_of(
        st.sampled_from(",\"\n\r;'\t =@+-|/\\áéñÑü“”–\x00\x0b\x85\u2028\ufeff"),
        st.characters(codec="utf-8"),
    ),
    max_size=12,
)
"""Everything that a CSV file gets wrong: commas, quotes, line ends of each kind, accents, blanks at the ends."""

slugs = st.from_regex(r"[a-z]{1,6}(-[a-z0-9]{1,4})?", fullmatch=True)
