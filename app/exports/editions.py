"""A whole edition as two CSV files: every score, and every average with its place.

UTF-8 with a byte order mark, because spreadsheets read accents rightly only so. The headers and words are Spanish in
both languages of the site: a file is quoted by its column names.
"""

from collections.abc import Iterable, Iterator, Sequence

from app.domain.editions import Scope, ScopeKind, demand_scope
from app.domain.publications import Entry, Standing
from app.domain.ranking import Unplaced
from app.domain.scorecard import EditionFile, RoundFile
from app.domain.scores import Absence, Score
from app.exports.replies import ANSWER_COLUMNS, REPLY_COLUMNS, WITHDRAWN, answer_cells, reply_cells
from app.exports.tables import cell_text, csv_text

ABSENCES = {
    Absence.NOT_RATED: "sin calificar",
    Absence.NOT_APPLICABLE: "no aplica",
    Absence.REFUSED: "no entregó la información",
    Absence.PENDING: "pendiente",
    Absence.UNPUBLISHED: "la fuente no lo publica",
}
UNPLACED = {
    **{Unplaced(absence.value): word for absence, word in ABSENCES.items()},
    Unplaced.LOW_COVERAGE: "cobertura menor que la mínima",
    Unplaced.NO_COMPARISON: "sin evaluación con la cual comparar",
}
_ROUND = ("tipo_de_datos", "administracion", "evaluacion", "periodo_desde", "periodo_hasta")
_PLACE = ("cvegeo", "municipio", "alcalde", "partido")
_SEAL = ("publicacion", "codigo_de_verificacion")
SCORE_COLUMNS = (
    *_ROUND,
    *_PLACE,
    "tema",
    "demanda",
    "nombre_de_la_demanda",
    "calificacion",
    "ausencia",
    "motivo",
    "lugar",
    "de",
    "lugar_compartido",
    "sin_lugar_por",
    "cambio",
    "institucion",
    "conflicto_de_interes",
    "fuente",
    *_SEAL,
    *REPLY_COLUMNS,
)
AVERAGE_COLUMNS = (
    *_ROUND,
    *_PLACE,
    "ambito",
    "promedio",
    "promedio_exacto",
    "demandas_calificadas",
    "demandas_aplicables",
    "demandas_sin_informacion",
    "lugar",
    "de",
    "lugar_compartido",
    "sin_lugar_por",
    "cambio",
    "cambio_demandas_comunes",
    "lugar_anterior",
    "lugar_anterior_de",
    "cifra_de_la_fuente",
    "fuente",
    *_SEAL,
    *ANSWER_COLUMNS,
)


def scores_csv(file: EditionFile) -> bytes:
    """A row for every municipality, round and demand."""
    return _csv(SCORE_COLUMNS, (row for each in file.rounds for row in _score_rows(file, each)))


def averages_csv(file: EditionFile) -> bytes:
    """A row for every municipality, round and theme, and for the overall average where the method has one."""
    return _csv(AVERAGE_COLUMNS, (row for each in file.rounds for row in _average_rows(file, each)))


def file_name(file: EditionFile, what: str) -> str:
    """The name of a download: an invented edition says so in it."""
    invented = "-datos-inventados" if file.edition.is_demonstration else ""
    return f"{file.edition.slug}{invented}-{what}.csv"


def _csv(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    return csv_text((columns, *([cell_text(value) for value in row] for row in rows))).encode("utf-8-sig")


def _round_cells(file: EditionFile, each: RoundFile) -> tuple[object, ...]:
    kind = "inventados" if file.edition.is_demonstration else "reales"
    return (kind, file.edition.slug, each.period.number, each.period.starts_on, each.period.ends_on)


def _place_cells(entry: Entry) -> tuple[object, ...]:
    return (entry.cvegeo, entry.name, entry.mayor, entry.party or "sin dato")


def _seal_cells(each: RoundFile) -> tuple[object, ...]:
    return (each.publication.number, each.publication.sha256)


def _standing_cells(standing: Standing, out_of: int) -> tuple[object, ...]:
    return (
        standing.place,
        out_of if standing.place else None,
        ("sí" if standing.shared else "no") if standing.place else None,
        UNPLACED[standing.unplaced] if standing.unplaced else None,
        tenths_text(standing.change_tenths),
    )


def tenths_text(tenths: int | None) -> str | None:
    """Tenths as files write them: one decimal and a point, ``-0.5``."""
    if tenths is None:
        return None
    sign = "-" if tenths < 0 else ""
    return f"{sign}{abs(tenths) // 10}.{abs(tenths) % 10}"


def _places_in(each: RoundFile) -> dict[Scope, int]:
    counts: dict[Scope, int] = {}
    for standing in each.standings:
        counts[standing.scope] = counts.get(standing.scope, 0) + (standing.place is not None)
    return counts


def _score_rows(file: EditionFile, each: RoundFile) -> Iterator[Sequence[object]]:
    demands = {demand.number: demand for demand in file.demands}
    standings = {(row.scope, row.cvegeo): row for row in each.standings}
    out_of = _places_in(each)
    for score in each.scores:
        demand, scope = demands[score.demand], demand_scope(score.demand)
        rating, reason = score.rating, each.reasons.get((score.cvegeo, score.demand))
        words = None if reason is None else reason.body if reason.body is not None else WITHDRAWN
        yield (
            *_round_cells(file, each),
            *_place_cells(each.entries[score.cvegeo]),
            demand.theme,
            demand.number,
            demand.name_es,
            rating if isinstance(rating, Score) else None,
            None if isinstance(rating, Score) else ABSENCES[rating],
            words,
            *_standing_cells(standings[scope, score.cvegeo], out_of[scope]),
            score.institution,
            score.conflict,
            score.source,
            *_seal_cells(each),
            *reply_cells(each.replies.get(score.cvegeo), score.demand),
        )


def _average_rows(file: EditionFile, each: RoundFile) -> Iterator[Sequence[object]]:
    out_of = _places_in(each)
    for standing in each.standings:
        if standing.scope.kind is ScopeKind.DEMAND:
            continue
        figure = each.figures.get((standing.cvegeo, standing.scope))
        yield (
            *_round_cells(file, each),
            *_place_cells(each.entries[standing.cvegeo]),
            standing.scope.key or "general",
            tenths_text(standing.tenths),
            standing.exact,
            standing.rated,
            standing.applicable,
            standing.refused,
            *_standing_cells(standing, out_of[standing.scope]),
            standing.change_common,
            standing.previous_place,
            standing.previous_out_of,
            figure.printed if figure else None,
            figure.source if figure else None,
            *_seal_cells(each),
            *answer_cells(each.replies.get(standing.cvegeo)),
        )
