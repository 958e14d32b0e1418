"""Small contents for the tests of the rules, each municipality's ratings written as one line: ``8 7.5 refused na``."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from fractions import Fraction

from app.domain.editions import (
    Demand,
    Edition,
    EditionContent,
    EditionKind,
    Gender,
    Mandate,
    Method,
    Municipality,
    Period,
    Scope,
    Source,
    Theme,
)
from app.domain.publications import Entry, PublishedScore, RoundContent, Standing
from app.domain.ranking import Candidate
from app.domain.scores import Absence, Rating, Score
from app.domain.sensitivity import Table
from app.domain.standings import standings

TOOK_OFFICE = date(2020, 10, 1)

EDITION = Edition(
    slug="valle-2020-2023",
    kind=EditionKind.DEMONSTRATION,
    name_es="Valle 2020–2023",
    name_en="Valle 2020–2023",
    place_es="Valle",
    place_en="Valle",
    starts_on=TOOK_OFFICE,
    ends_on=date(2023, 10, 1),
    zone="America/Monterrey",
    demand_word_es="demanda",
    demand_words_es="demandas",
    demand_word_en="demand",
    demand_words_en="demands",
)

METHOD = Method(overall=True, minimum_coverage_percent=80, minimum_theme_coverage_percent=50, jump_limit=Score(30))
NO_MINIMUM = replace(METHOD, minimum_coverage_percent=0, minimum_theme_coverage_percent=0)
REFUSED_IS_ZERO = replace(METHOD, refused_counts_as=Score(0))

SAFETY = Theme("seguridad", 1, "Seguridad", "Safety")
OPENNESS = Theme("transparencia", 2, "Transparencia", "Openness")

_WORDS: Mapping[str, Rating] = {
    "unrated": Absence.NOT_RATED,
    "na": Absence.NOT_APPLICABLE,
    "refused": Absence.REFUSED,
    "pending": Absence.PENDING,
    "unpublished": Absence.UNPUBLISHED,
}

PRINTED_IN_2013: Mapping[str, tuple[str, int]] = {
    "Apodaca": ("8 7 6 4", 7),
    "García": ("8 8 10 4", 7),
    "General Escobedo": ("9 9 3 5", 6),
    "Guadalupe": ("4 7 6 1", 5),
    "Juárez": ("8 8 9 6", 8),
    "Monterrey": ("5 9 9 4", 7),
    "San Nicolás de los Garza": ("5 7 2 3", 4),
    "San Pedro Garza García": ("10 9 10 5", 8),
    "Santa Catarina": ("9 8 5 4", 6),
}
"""Round 3, April-May 2013, theme Seguridad: the four cells as the source printed them, and the average it printed."""


def rating(word: str) -> Rating:
    """Read one cell: a score as an evaluator types it, or the word of an absence."""
    return _WORDS[word] if word in _WORDS else Score.from_text(word)


def ratings(line: str) -> dict[int, Rating]:
    """Read ``8 7.5 refused`` as the ratings of demands 1, 2 and 3. ``..`` leaves a demand without any row."""
    return {number: rating(word) for number, word in enumerate(line.split(), start=1) if word != ".."}


def cells(line: str, weights: str = "") -> list[tuple[Rating, int]]:
    """Read ratings with their weights (default 1 each), as an average takes them."""
    given = [int(weight) for weight in weights.split()] or [1] * len(line.split())
    return list(zip(ratings(line).values(), given, strict=True))


def demands(weights: Sequence[int], themes: Sequence[Theme]) -> tuple[Demand, ...]:
    """Demands 1, 2, 3… of those weights, dealt out to the themes in turn."""
    return tuple(
        Demand(number, themes[(number - 1) % len(themes)].key, weight, f"Demanda {number}", f"Demand {number}")
        for number, weight in enumerate(weights, start=1)
    )


def period(number: int) -> Period:
    """The two months of a round; round 1 is November and December 2020."""
    month = 8 + number * 2 + 1
    return Period(number, _first_of(month), _first_of(month + 2) - (date(2020, 1, 2) - date(2020, 1, 1)))


def _first_of(month: int) -> date:
    return date(2020 + (month - 1) // 12, (month - 1) % 12 + 1, 1)


def round_of(
    lines: Mapping[str, str],
    *,
    number: int = 1,
    method: Method = METHOD,
    weights: Sequence[int] = (),
    themes: Sequence[Theme] = (SAFETY,),
    took_office: Mapping[str, date] | None = None,
) -> RoundContent:
    """The content of a round: one line of ratings per municipality, keyed and sorted by its name."""
    width = max((len(line.split()) for line in lines.values()), default=1)
    scores = [(name, demand, given) for name, line in lines.items() for demand, given in ratings(line).items()]
    return RoundContent(
        edition=EDITION,
        method=method,
        themes=tuple(themes),
        demands=demands(weights or (1,) * width, themes),
        sources=(),
        period=period(number),
        entries=tuple(_entry(name, (took_office or {}).get(name, TOOK_OFFICE)) for name in lines),
        scores=tuple(PublishedScore(name, demand, 1, given) for name, demand, given in scores),
    )


def _entry(name: str, took_office_on: date) -> Entry:
    return Entry(
        cvegeo=name,
        slug=name.lower(),
        name=name,
        sort_key=name.lower(),
        mayor=f"Alcaldesa de {name} desde {took_office_on.year}",
        gender=Gender.FEMALE,
        mandate_starts_on=took_office_on,
    )


def edition_of(content: RoundContent) -> EditionContent:
    """The edition's own content under which that round may be sealed."""
    return EditionContent(
        edition=content.edition,
        method=content.method,
        themes=content.themes,
        demands=content.demands,
        sources=(Source("informe", 1, "Informe, con “comillas” y comas"),),
        municipalities=tuple(Municipality(row.cvegeo, row.slug, row.name, row.sort_key) for row in content.entries),
        mandates=tuple(Mandate(row.cvegeo, row.mandate_starts_on, row.mayor, row.gender) for row in content.entries),
        periods=tuple(period(number) for number in range(1, 19)),
    )


def rows_in(scope: Scope, content: RoundContent, previous: RoundContent | None = None) -> list[Standing]:
    """The ranking rows of one scope, in the order in which pages show them."""
    return [row for row in standings(content, previous) if row.scope == scope]


def places_in(scope: Scope, content: RoundContent) -> dict[str, int | None]:
    """The place of each municipality in one scope, None for who has none."""
    return {row.cvegeo: row.place for row in rows_in(scope, content)}


def candidates(values: Mapping[str, str]) -> list[Candidate]:
    """Candidates by name, each with its exact value in points: ``7.75`` or ``15/2``."""
    return [Candidate(name, name.lower(), Fraction(value)) for name, value in values.items()]


def table_of(
    lines: Mapping[str, str],
    *,
    weights: Sequence[int] = (),
    minimum_coverage: Fraction = Fraction(0),
    refused_counts_as: Score | None = None,
) -> Table:
    """The ratings behind one ranking, one line per municipality."""
    width = max((len(line.split()) for line in lines.values()), default=0)
    return Table(
        rows={name: ratings(line) for name, line in lines.items()},
        sort_keys={name: name.lower() for name in lines},
        weights=dict(enumerate(weights or (1,) * width, start=1)),
        minimum_coverage=minimum_coverage,
        refused_counts_as=refused_counts_as,
    )
