"""A whole round, municipality by demand: the darker, the higher; the number always in its cell."""

from collections.abc import Sequence

from app.absences import CAUSES, SIGNS
from app.charts.bars import among_the_first, cut_note
from app.charts.chart import Chart, ChartTable, Drawing
from app.charts.drawing import FIRST_ON_HIGH, WIDTH, hatched, hatching, label, mark, shortened, width_of
from app.charts.words import cause, own, source_line
from app.domain.editions import Demand
from app.domain.ranking import Unplaced
from app.domain.rankings import Matrix, MatrixRow
from app.domain.scores import Rating, Score
from app.language import Language

ROW, HEAD = 23, 24
NAME_WIDTH, OVERALL_WIDTH, THEME_GAP = 104, 30, 3


def heat_map(key: str, matrix: Matrix, language: Language) -> Chart:
    """The matrix of a round as cells of colour with their numbers, rows in the matrix's order."""
    demands = [demand for theme in matrix.frame.themes for demand in matrix.frame.demands_of(theme.key)]
    lefts, wide = _columns(demands, with_overall=matrix.frame.method.overall)
    marks = [hatching(key)]
    marks += [
        label(left + wide / 2, 15, str(demand.number), "soft", anchor="middle")
        for demand, left in zip(demands, lefts, strict=True)
    ]
    for index, row in enumerate(matrix.rows):
        y = HEAD + index * ROW
        marks.append(label(0, y + 15, shortened(row.entry.name, NAME_WIDTH - 4)))
        for demand, left in zip(demands, lefts, strict=True):
            marks.append(_cell(key, row.scores[demand.number].rating, (left, y, wide), language))
        if row.overall and row.overall.tenths is not None:
            value = language.tenths(row.overall.tenths)
            marks.append(label(WIDTH, y + 15, value, "ink" if row.overall.place else "soft", anchor="end", bold="bold"))
    return Chart(
        key=key,
        title=language.gettext("Todas las calificaciones"),
        alternative=among_the_first(_in_words(matrix, demands, language), len(matrix.rows), matrix.part.rows, language),
        drawing=Drawing(HEAD + len(matrix.rows) * ROW + 4, "".join(marks)),
        table=_table(matrix, demands, language),
        source=source_line(matrix.frame, language),
        notes=(*_legend(matrix, language), *cut_note(len(matrix.rows), matrix.part.rows, language)),
    )


def _columns(demands: Sequence[Demand], *, with_overall: bool) -> tuple[list[float], float]:
    """The left edge of each demand's cells and their width; themes stand a little apart."""
    groups: list[int] = []
    for index, demand in enumerate(demands):
        groups.append(groups[-1] + (demands[index - 1].theme != demand.theme) if groups else 0)
    room = WIDTH - NAME_WIDTH - (OVERALL_WIDTH if with_overall else 0) - THEME_GAP * (groups[-1] if groups else 0)
    wide = room / max(1, len(demands))
    return [NAME_WIDTH + index * wide + group * THEME_GAP for index, group in enumerate(groups)], wide


def _cell(key: str, rating: Rating, box: tuple[float, float, float], language: Language) -> str:
    left, y, wide = box
    if isinstance(rating, Score):
        step = rating.tenths // 10
        text, paint = language.score(rating.tenths), "on-high" if step >= FIRST_ON_HIGH else "on-low"
        ground = mark("rect", f"score-{step}", x=left, y=y, width=wide - 1.5, height=ROW - 1.5)
    else:
        text, paint = language.gettext(SIGNS[rating]), "ink"
        ground = hatched(key, left, y, wide - 1.5, ROW - 1.5)
        ground += mark("rect", "paper", x=left + 1, y=y + 5, width=wide - 3.5, height=ROW - 11)
    if width_of(text) > wide:
        return ground
    return ground + label(left + (wide - 1.5) / 2, y + 15, text, paint, anchor="middle")


def _in_words(matrix: Matrix, demands: Sequence[Demand], language: Language) -> str:
    """How many scores, the highest and the lowest, and how many cells have none."""
    ratings = [row.scores[demand.number].rating for row in matrix.rows for demand in demands]
    scores = [rating.tenths for rating in ratings if isinstance(rating, Score)]
    if not scores:
        return language.gettext("Ninguna celda tiene calificación.")
    return language.sentence(
        "%(rated)s calificaciones de %(all)s celdas: la más alta es %(highest)s y la más baja %(lowest)s.",
        rated=language.whole(len(scores)),
        all=language.whole(len(ratings)),
        highest=language.score(max(scores)),
        lowest=language.score(min(scores)),
    )


def _legend(matrix: Matrix, language: Language) -> list[str]:
    """The numbers of the demands spelled out, theme by theme, and the signs of the cells without a score."""
    notes = []
    for theme in matrix.frame.themes:
        demands = (f"{row.number} {own(row, 'name', language)}" for row in matrix.frame.demands_of(theme.key))
        notes.append(f"{own(theme, 'name', language)}: {', '.join(demands)}.")
    met = {score.rating for row in matrix.rows for score in row.scores.values()}
    signs = (
        f"{language.gettext(sign)}: {language.gettext(CAUSES[absence])}"
        for absence, sign in SIGNS.items()
        if absence in met
    )
    shown = "; ".join(signs)
    return [*notes, *([f"{shown}."] if shown else [])]


def _table(matrix: Matrix, demands: Sequence[Demand], language: Language) -> ChartTable:
    with_overall = matrix.frame.method.overall
    overall = (language.gettext("Promedio general"),) if with_overall else ()
    names = (f"{demand.number}. {own(demand, 'name', language)}" for demand in demands)
    header = (language.gettext("Municipio"), *names, *overall)
    short = ("", *(str(demand.number) for demand in demands), *(language.gettext("General") for _ in overall))
    rows = tuple(_cells(row, demands, language, with_overall=with_overall) for row in matrix.rows)
    return ChartTable(header, rows, short)


def _cells(row: MatrixRow, demands: Sequence[Demand], language: Language, *, with_overall: bool) -> tuple[str, ...]:
    ratings = (row.scores[demand.number].rating for demand in demands)
    cells = (
        language.score(rating.tenths) if isinstance(rating, Score) else cause(Unplaced(rating.value), language)
        for rating in ratings
    )
    tenths = row.overall.tenths if row.overall else None
    overall = (language.tenths(tenths) if tenths is not None else "–",) if with_overall else ()
    return (row.entry.name, *cells, *overall)
