"""Trends, rankings and matrices for the tests of charts, and their drawings taken apart."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from xml.etree.ElementTree import Element, fromstring

from app.charts.chart import Chart, standalone
from app.domain.editions import Gender, Scope
from app.domain.publications import Entry, PublicationKind, RoundContent
from app.domain.ranking import Unplaced
from app.domain.rankings import Matrix, MatrixRow, Part, Ranking, RankingRow
from app.domain.scorecard import Publication, RoundFrame
from app.domain.standings import standings
from app.domain.trends import Trend, TrendPoint, trend
from app.language import SPANISH
from tests.unit.examples import period

NOON = datetime(2021, 1, 20, 12, tzinfo=UTC)
SEALED = Publication(1, PublicationKind.ROUND, 1, NOON, "a" * 64, "0" * 64, 1, NOON)
FIRST, SECOND = date(2020, 10, 1), date(2021, 5, 20)
SVG = "{http://www.w3.org/2000/svg}"


def trend_of(
    values: Sequence[int | None], changed_at: int | None = None, first: int = 1, unplaced: Sequence[int] = ()
) -> Trend:
    """A trend of values in tenths, None for a pending round; from index ``changed_at`` on with another mayor.

    The values at the indices ``unplaced`` have no place, for a refusal.
    """
    return trend(
        TrendPoint(
            round_number=(days := period(first + index)).number,
            starts_on=days.starts_on,
            ends_on=days.ends_on,
            tenths=value,
            cause=Unplaced.PENDING if value is None else Unplaced.REFUSED if index in unplaced else None,
            mandate=(FIRST if changed_at is None or index < changed_at else SECOND).isoformat(),
        )
        for index, value in enumerate(values)
    )


def mayor(name: str, since: date = FIRST) -> Entry:
    return Entry("99001", "a", "A", "a", name, Gender.FEMALE, since)


def frame_of(content: RoundContent) -> RoundFrame:
    return RoundFrame(
        edition=content.edition,
        method=content.method,
        themes=content.themes,
        demands=content.demands,
        sources={},
        period=content.period,
        publication=SEALED,
        newest_round=content.period.number,
    )


def ranking_in(scope: Scope, content: RoundContent, previous: RoundContent | None = None, rows: int = 0) -> Ranking:
    """The ranking of a content in a scope; ``rows`` says how many there are, where these are the first of more."""
    entries = {entry.cvegeo: entry for entry in content.entries}
    scores = {(score.cvegeo, score.demand): score for score in content.scores}
    shown = [
        RankingRow(
            entries[row.cvegeo],
            row,
            scores={n: scores[row.cvegeo, n] for n in content.weights(scope) if (row.cvegeo, n) in scores},
        )
        for row in standings(content, previous)
        if row.scope == scope
    ]
    frame = frame_of(content)
    return Ranking(
        frame=frame,
        scope=scope,
        theme=frame.find_theme(scope.key),
        demand=None,
        demands=content.demands,
        placed=tuple(row for row in shown if row.standing.place),
        refused=tuple(row for row in shown if row.standing.unplaced is Unplaced.REFUSED),
        unplaced=tuple(row for row in shown if row.standing.unplaced not in {None, Unplaced.REFUSED}),
        out_of=sum(row.standing.place is not None for row in shown),
        part=Part(1, 1, rows or len(shown)),
    )


def matrix_of(content: RoundContent) -> Matrix:
    rows = tuple(
        MatrixRow(entry, {score.demand: score for score in content.scores if score.cvegeo == entry.cvegeo}, {}, None)
        for entry in content.entries
    )
    return Matrix(frame_of(content), rows, len(content.demands), Part(1, 1, len(rows)))


def drawn(chart: Chart) -> Element:
    """The chart's own file, parsed."""
    return fromstring(standalone(chart, SPANISH, invented=False))  # noqa: S314 - our own drawing


def painted(root: Element, tag: str, paint: str) -> list[Element]:
    """The elements of that kind and paint, in the order in which they were drawn."""
    return [found for found in root.iter(f"{SVG}{tag}") if found.get("class") == f"c-{paint}"]


def words(root: Element) -> list[str]:
    return ["".join(found.itertext()) for found in root.iter(f"{SVG}text")]


def corners(line: Element) -> list[tuple[float, float]]:
    pairs = (pair.split(",") for pair in line.attrib["points"].split())
    return [(float(x), float(y)) for x, y in pairs]
