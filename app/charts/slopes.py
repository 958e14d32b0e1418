"""Places in two rounds side by side: who rose, who fell, and who has no place on a side."""

from collections.abc import Sequence

from app.charts.bars import among_the_first, cut_note, place_text
from app.charts.chart import Chart, ChartTable, Drawing
from app.charts.drawing import WIDTH, label, mark, shortened
from app.charts.words import cause, scope_name, source_line
from app.domain.rankings import Movement, Ranking, RankingRow
from app.language import Language

ROW, HEAD = 21, 40
LEFT, RIGHT, NAME_WIDTH = 126, 214, 98


def slope_chart(key: str, now: Ranking, before: Ranking, language: Language) -> Chart:
    """The places of ``before`` to the left, those of ``now`` to the right; a line for each who has both."""
    slots = {row.entry.cvegeo: slot for slot, row in enumerate(before.placed)}
    marks = [
        _heading(before, LEFT, "end", language),
        _heading(now, RIGHT, "start", language),
        *(
            _thread(slots[row.entry.cvegeo], slot, row.movement(now.out_of))
            for slot, row in enumerate(now.placed)
            if _continues(row, slots)
        ),
        *(_end(row, slot, is_left=True) for slot, row in enumerate(before.placed)),
        *(_end(row, slot, is_left=False) for slot, row in enumerate(now.placed)),
    ]
    height = HEAD + ROW * max(len(before.placed), len(now.placed))
    return Chart(
        key=key,
        title=language.sentence("Lugares: %(name)s", name=scope_name(now.frame, now.scope, language)),
        alternative=_in_words(now, before, language),
        drawing=Drawing(height + 4, "".join(marks)),
        table=_table(now, before, language),
        source=source_line(now.frame, language),
        notes=(*_notes(now, before, language), *cut_note(len(now.rows), now.part.rows, language)),
    )


def _continues(row: RankingRow, slots: dict[str, int]) -> bool:
    """Whether a line may join both places: the same mayor has one in each round."""
    return row.entry.cvegeo in slots and row.standing.previous_place is not None


def _y(slot: int) -> float:
    return HEAD + slot * ROW + ROW / 2


def _heading(ranking: Ranking, x: float, anchor: str, language: Language) -> str:
    period = ranking.frame.period
    name = language.sentence("Evaluación %(number)s", number=period.number)
    months = language.short_months(period.starts_on, period.ends_on)
    return label(x, 13, name, bold="bold", anchor=anchor) + label(x, 28, months, "soft", anchor=anchor)


def _thread(left: int, right: int, movement: Movement | None) -> str:
    """A strong line for a rise, a thin one for a fall, a thread for neither; the slope says it, too."""
    paint = {Movement.UP: "line", Movement.DOWN: "other"}.get(movement, "thread") if movement else "thread"
    return mark("line", paint, x1=LEFT + 6, x2=RIGHT - 6, y1=_y(left), y2=_y(right))


def _end(row: RankingRow, slot: int, *, is_left: bool) -> str:
    y, place = _y(slot) + 4, place_text(row)
    if is_left:
        name = label(LEFT - 22, y, shortened(row.entry.name, NAME_WIDTH), anchor="end")
        return name + label(LEFT, y, place, "soft", anchor="end")
    return label(RIGHT, y, place, "soft") + label(RIGHT + 22, y, shortened(row.entry.name, WIDTH - RIGHT - 22))


def _moves(ranking: Ranking) -> list[tuple[RankingRow, int]]:
    """By how many places each row rose (positive) or fell."""
    rows = ((row, row.standing.previous_place, row.standing.place) for row in ranking.placed)
    return [(row, then - now) for row, then, now in rows if then is not None and now is not None]


def _in_words(now: Ranking, before: Ranking, language: Language) -> str:
    if now.out_of != before.out_of:
        return language.sentence(
            "Antes tenían lugar %(then)s municipios y ahora %(now)s: un número menor no siempre es una subida.",
            then=before.out_of,
            now=now.out_of,
        )
    moves = _moves(now)
    rose, fell = [row for row, by in moves if by > 0], [row for row, by in moves if by < 0]
    words = language.sentence(
        "Suben %(rose)s, bajan %(fell)s y %(kept)s conservan su lugar.",
        rose=len(rose),
        fell=len(fell),
        kept=len(moves) - len(rose) - len(fell),
    )
    parts = [_most(moves, 1, language), _most(moves, -1, language)]
    said = " ".join([words, *(part for part in parts if part)])
    return among_the_first(said, len(now.rows), now.part.rows, language)


def _most(moves: Sequence[tuple[RankingRow, int]], way: int, language: Language) -> str:
    """Who moved the most places that way."""
    most = max((by * way for _, by in moves), default=0)
    if most <= 0:
        return ""
    names = language.joined(row.entry.name for row, by in moves if by * way == most)
    if way > 0:
        return language.sentence_for(
            "La mayor subida, de %(number)s lugar: %(names)s.",
            "La mayor subida, de %(number)s lugares: %(names)s.",
            most,
            names=names,
        )
    return language.sentence_for(
        "La mayor caída, de %(number)s lugar: %(names)s.",
        "La mayor caída, de %(number)s lugares: %(names)s.",
        most,
        names=names,
    )


def _notes(now: Ranking, before: Ranking, language: Language) -> list[str]:
    """Who has no place on a side, and why; who has a new mayor, and so no line."""
    notes = [
        language.sentence(
            "%(name)s no tiene lugar en la evaluación %(number)s: %(cause)s.",
            name=row.entry.name,
            number=ranking.frame.period.number,
            cause=cause(row.standing.unplaced, language),
        )
        for ranking in (before, now)
        for row in (*ranking.refused, *ranking.unplaced)
    ]
    then = {row.entry.cvegeo: row.entry.mandate_starts_on for row in before.rows}
    notes += [
        language.sentence("%(name)s cambió de gestión: no se compara.", name=row.entry.name)
        for row in now.rows
        if then.get(row.entry.cvegeo, row.entry.mandate_starts_on) != row.entry.mandate_starts_on
    ]
    return notes


def _table(now: Ranking, before: Ranking, language: Language) -> ChartTable:
    earlier = {row.entry.cvegeo: row for row in before.rows}
    header = (
        language.gettext("Municipio"),
        language.sentence("Evaluación %(number)s", number=before.frame.period.number),
        language.sentence("Evaluación %(number)s", number=now.frame.period.number),
    )
    rows = ((row.entry.name, _cell(earlier.get(row.entry.cvegeo), language), _cell(row, language)) for row in now.rows)
    return ChartTable(header, tuple(rows))


def _cell(row: RankingRow | None, language: Language) -> str:
    if row is None:
        return "–"
    return place_text(row) if row.standing.place else cause(row.standing.unplaced, language)
