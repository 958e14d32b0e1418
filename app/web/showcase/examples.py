"""Small invented values that show every state of the components. The place does not exist."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from fractions import Fraction

from app.domain.arithmetic import sum_of
from app.domain.editions import (
    Demand,
    Edition,
    EditionKind,
    Gender,
    Method,
    Period,
    Theme,
    theme_scope,
)
from app.domain.publications import (
    DistinctionKind,
    Entry,
    PublicationKind,
    PublishedScore,
    Standing,
)
from app.domain.ranking import Unplaced
from app.domain.rankings import Part, Ranking, RankingRow
from app.domain.scorecard import DistinctionShown, Evidence, Publication, RoundFrame, RoundReference
from app.domain.scores import Absence, Rating, Score
from app.domain.texts import Text

SCOPE = theme_scope("aguas")
EDITION = Edition(
    slug="componentes-2003",
    kind=EditionKind.DEMONSTRATION,
    name_es="Componentes",
    name_en="Components",
    place_es="Un lugar que no existe",
    place_en="A place that does not exist",
    starts_on=date(2003, 1, 1),
    ends_on=date(2006, 1, 1),
    zone="America/Mexico_City",
    demand_word_es="demanda ciudadana",
    demand_words_es="demandas ciudadanas",
    demand_word_en="citizen demand",
    demand_words_en="citizen demands",
)
METHOD = Method(overall=False, minimum_coverage_percent=80, minimum_theme_coverage_percent=60, jump_limit=Score(30))
THEME = Theme("aguas", 1, "Aguas", "Waters")
NAMES = ("Agua en cada casa", "Fugas reparadas en tres días", "Tarifas a la vista")
DEMANDS = tuple(Demand(number, THEME.key, 1, name, f"Demand {number}") for number, name in enumerate(NAMES, start=1))
PUBLICATION = Publication(
    sequence=3,
    kind=PublicationKind.ROUND,
    number=1,
    sealed_at_utc=datetime(2005, 3, 1, 15, tzinfo=UTC),
    sha256="0" * 64,
    previous_sha256="1" * 64,
    in_force=1,
    in_force_since_utc=datetime(2005, 3, 1, 15, tzinfo=UTC),
)
FRAME = RoundFrame(
    edition=EDITION,
    method=METHOD,
    themes=(THEME,),
    demands=DEMANDS,
    sources={},
    period=Period(2, date(2005, 1, 1), date(2005, 2, 28)),
    publication=PUBLICATION,
    compared_with=RoundReference(1, 1),
    newest_round=2,
)
_ROWS: tuple[tuple[str, Gender, str, tuple[Rating, ...], int | None, bool, Unplaced | None, int | None], ...] = (
    ("Arroyo Claro", Gender.FEMALE, "PX", (Score(100), Score(85), Score(80)), 1, False, None, 12),
    ("Dos Cauces", Gender.MALE, "PY", (Score(75), Score(70), Absence.NOT_APPLICABLE), 2, True, None, 0),
    ("El Manantial", Gender.FEMALE, "", (Score(80), Score(67), Score(72)), 2, True, None, -5),
    ("Pozo Hondo", Gender.MALE, "PZ", (Score(0), Score(45), Absence.REFUSED), None, False, Unplaced.REFUSED, None),
    (
        "Ribera Seca",
        Gender.MALE,
        "PY",
        (Score(90), Absence.PENDING, Absence.NOT_RATED),
        None,
        False,
        Unplaced.LOW_COVERAGE,
        None,
    ),
)


@dataclass(frozen=True)
class Examples:
    """What the page of components shows."""

    frame: RoundFrame
    ranking: Ranking
    ratings: tuple[Rating, ...]
    distinctions: tuple[DistinctionShown, ...]
    evidence: tuple[Evidence, ...]

    @property
    def edition(self) -> Edition:
        """The invented edition."""
        return self.frame.edition


def examples() -> Examples:
    """The examples, built anew."""
    rows = tuple(_row(position) for position in range(len(_ROWS)))
    return Examples(
        frame=FRAME,
        ranking=Ranking(
            frame=FRAME,
            scope=SCOPE,
            theme=THEME,
            demand=None,
            demands=DEMANDS,
            placed=tuple(row for row in rows if row.standing.place),
            refused=tuple(row for row in rows if row.standing.unplaced is Unplaced.REFUSED),
            unplaced=tuple(row for row in rows if row.standing.unplaced is Unplaced.LOW_COVERAGE),
            out_of=3,
            part=Part(1, 1, len(rows)),
        ),
        ratings=(*(Score(tenths) for tenths in (0, 25, 50, 75, 100)), *Absence),
        distinctions=tuple(
            DistinctionShown(row.entry, kind, Text(words), Text("Consejo del Agua, que no existe"))
            for row, kind, words in (
                (rows[0], DistinctionKind.PRAISE, "Publicó cada fuga con su fecha de reparación."),
                (rows[3], DistinctionKind.REPROACH, "Lleva dos evaluaciones sin mostrar sus tarifas."),
            )
        ),
        evidence=(
            Evidence(Text("Acta de la sesión de febrero"), Text("https://example.org/acta"), date(2005, 2, 20)),
            Evidence(Text(None, "Contenía datos personales"), Text(None), date(2005, 2, 21)),
        ),
    )


def _row(position: int) -> RankingRow:
    name, gender, party, ratings, place, shared, unplaced, change = _ROWS[position]
    key = f"9900{position}"
    entry = Entry(key, key, name, name.lower(), f"Titular de {name}", gender, EDITION.starts_on, party)
    total = sum_of(((number, rating, 1) for number, rating in enumerate(ratings, start=1)), None)
    applicable = sum(rating is not Absence.NOT_APPLICABLE for rating in ratings)
    rated = sum(isinstance(rating, Score) for rating in ratings)
    standing = Standing(
        scope=SCOPE,
        cvegeo=key,
        position=position + 1,
        rated=rated,
        applicable=applicable,
        refused=ratings.count(Absence.REFUSED),
        rated_weight=rated,
        applicable_weight=applicable,
        exact=total.exact if total else Fraction(0),
        tenths=total.tenths if total else None,
        place=place,
        shared=shared,
        unplaced=unplaced,
        change_tenths=change,
        change_common=None if change is None else rated,
    )
    scores = {
        number: PublishedScore(key, number, 1, rating, institution="Consejo del Agua")
        for number, rating in enumerate(ratings, start=1)
    }
    return RankingRow(entry, standing, None, scores, total)
