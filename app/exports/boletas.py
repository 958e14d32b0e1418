"""A scorecard as the facts of a boleta: every figure in words and digits, ready to be drawn.

The boleta takes the shape of a school report: demands in rows by theme, the mayor's rounds in columns, the newest
last. The templates only place what stands here.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from app.absences import SIGNS
from app.domain.editions import Method, Scope, demand_scope
from app.domain.publications import DistinctionKind, Standing
from app.domain.scorecard import AverageShown, DistinctionShown, RoundFrame, Scorecard, ScoreShown
from app.domain.scores import Score
from app.domain.standings import is_change_told
from app.domain.trends import TrendPoint
from app.exports import words
from app.exports.documents import qr_svg
from app.exports.replies import MARK, MARKED, answered, in_short
from app.language import Language

CODE_LENGTH = 12
"""How much of the code of verification a boleta prints; the whole one stands on the publication's page."""

Facts = dict[str, Any]


def boleta_facts(card: Scorecard, language: Language, address: str, *, earlier: int) -> Facts:
    """The facts of a boleta with up to ``earlier`` rounds of the same mayor before this one.

    ``address`` is that of the pinned scorecard: where its QR code leads.
    """
    rounds = _earlier_rounds(card, earlier)
    return {
        **frame_facts(card.frame, language),
        "title": language.sentence("Boleta de calificaciones de %(name)s", name=card.entry.name),
        "place": card.entry.name,
        "mayor": card.entry.mayor,
        "office": f"{words.capital(words.role(card.entry, language))} · {words.party(card.entry, language)}",
        "answered": answered(card, language),
        "headline": headline(card, language),
        "overall_off": "" if card.overall else language.gettext("Sin promedio general, por metodología."),
        "columns": {
            "subject": words.capital(words.localised(card.edition, "demand_words", language)),
            "earlier": [language.whole(number) for number in rounds],
            "now": language.whole(card.frame.period.number),
            "now_long": language.whole(card.frame.period.number) if rounds else language.gettext("Calificación"),
            "place": language.gettext("Lugar"),
            "rounds": language.gettext("Evaluación"),
        },
        "themes": [_theme(card, average, rounds, language) for average in card.averages],
        "signs": _signs(card, rounds, language),
        "distinctions": distinctions(card.distinctions, language),
        "address": address,
        "shown_address": address.partition("://")[2],
        "qr": qr_svg(address),
        "qr_label": language.gettext("Código QR que lleva a esta boleta en el sitio, con motivos y evidencia"),
    }


def frame_facts(frame: RoundFrame, language: Language) -> Facts:
    """What every document about a round states: language, programme, round, seal, and what must be said on top."""
    publication = frame.publication
    return {
        "lang": language.code,
        "timestamp": int(publication.sealed_at_utc.timestamp()),
        "site": language.gettext(words.SITE),
        "kind": language.gettext("Boleta de calificaciones"),
        "ribbon": words.ribbon(frame.edition, language),
        "old": words.old_data(frame, language),
        "corrected": words.corrected(publication, frame.edition.zone, language),
        "edition": words.localised(frame.edition, "name", language),
        "round": language.sentence("Evaluación %(number)s", number=frame.period.number),
        "months": words.months(frame.period, language),
        "publication": words.publication_name(frame, language),
        "sealed": language.sentence("Sellada el %(day)s", day=words.sealed_on(frame, language)),
        "code": language.sentence("Código %(code)s…", code=publication.sha256[:CODE_LENGTH]),
        "scale": language.gettext("De 0 a 10. Lo que falta se dice; nunca cuenta como cero."),
        "source": source(frame, language),
    }


def source(frame: RoundFrame, language: Language) -> str:
    """Where the round's figures were printed; empty where the site published them first."""
    found = frame.sources.get(frame.period.source)
    if found is None or frame.edition.is_demonstration:
        return ""
    named = ", ".join(part for part in (found.publisher, found.title) if part)
    return f"{language.gettext('Fuente:')} {named}."


def headline(card: Scorecard, language: Language) -> list[Facts]:
    """The large figures: average, place and change; of each theme with an average where there is no overall one."""
    if card.overall is not None:
        return _figures(card.overall, card.frame, language, language.gettext("Promedio general"))
    shown = [average for average in card.averages if average.standing.tenths is not None]
    return [
        figure for average in shown[:1] for figure in _figures(average, card.frame, language, _named(average, language))
    ]


def _named(average: AverageShown, language: Language) -> str:
    return language.sentence("Promedio en %(theme)s", theme=words.localised(average.theme, "name", language))


def _figures(average: AverageShown, frame: RoundFrame, language: Language, label: str) -> list[Facts]:
    standing = average.standing
    value = "–" if standing.tenths is None else language.tenths(standing.tenths)
    found: list[Facts] = [
        {
            "label": label,
            "value": value,
            "tenths": standing.tenths,
            "note": "; ".join(
                filter(None, (words.coverage(standing, frame.edition, language), _printed(average, language)))
            ),
        },
        {
            "label": language.gettext("Lugar"),
            "value": words.place_number(standing),
            "note": _place_note(average, frame.method, language),
        },
    ]
    if standing.change_tenths is not None and frame.compared_with is not None and is_change_told(standing):
        number = frame.compared_with.round_number
        note = language.sentence("frente a la evaluación %(number)s", number=number)
        found.append(
            {"label": language.gettext("Cambio"), "value": language.change(standing.change_tenths), "note": note}
        )
    return found


def _place_note(average: AverageShown, method: Method, language: Language) -> str:
    if average.standing.place is None:
        return words.unplaced(average.standing, method, language)
    note = language.sentence("de %(out_of)s", out_of=average.out_of)
    return f"{note} {language.gettext('(compartido)')}" if average.standing.shared else note


def _earlier_rounds(card: Scorecard, count: int) -> tuple[int, ...]:
    """The last published rounds of the same mayor before this one, oldest first; those without any score left out."""
    found = {
        point.round_number
        for trend in card.trends.values()
        for point in trend.points
        if point.tenths is not None and _is_before(point, card)
    }
    return tuple(sorted(found)[-count:]) if count else ()


def _is_before(point: TrendPoint, card: Scorecard) -> bool:
    same_mayor = point.mandate == card.entry.mandate_starts_on.isoformat()
    return same_mayor and point.round_number < card.frame.period.number


def _history(card: Scorecard, scope: Scope, rounds: Sequence[int], language: Language) -> list[str]:
    points = {point.round_number: point for point in card.trends[scope].points} if scope in card.trends else {}
    return [_past(points.get(number), scope, language) for number in rounds]


def _past(point: TrendPoint | None, scope: Scope, language: Language) -> str:
    if point is None:
        return "–"
    if point.tenths is None:
        return words.sign(point.cause or "", language)
    return language.score(point.tenths) if scope.kind.value == "demand" else language.tenths(point.tenths)


def _theme(card: Scorecard, average: AverageShown, rounds: Sequence[int], language: Language) -> Facts:
    standing = average.standing
    return {
        "name": words.localised(average.theme, "name", language),
        "average": "" if standing.tenths is None or len(average.scores) == 1 else language.tenths(standing.tenths),
        "tenths": standing.tenths,
        "place": words.place(standing, average.out_of, card.frame.method, language),
        "printed": _printed(average, language),
        "history": _history(card, average.scope, rounds, language),
        "demands": [_demand(card, shown, rounds, language) for shown in average.scores],
    }


def _printed(average: AverageShown, language: Language) -> str:
    if average.figure is None:
        return ""
    return language.sentence("la fuente publicó %(printed)s", printed=average.figure.printed)


def _demand(card: Scorecard, shown: ScoreShown, rounds: Sequence[int], language: Language) -> Facts:
    rating = shown.score.rating
    rated = isinstance(rating, Score)
    return {
        "number": language.whole(shown.demand.number),
        "name": words.localised(shown.demand, "name", language),
        "history": _history(card, demand_scope(shown.demand.number), rounds, language),
        "score": language.score(rating.tenths) if isinstance(rating, Score) else "",
        "tenths": rating.tenths if isinstance(rating, Score) else None,
        "sign": "" if isinstance(rating, Score) else words.sign(rating, language),
        "absence": "" if isinstance(rating, Score) else words.cause(rating, language),
        "place": words.place(shown.standing, shown.out_of, card.frame.method, language) if rated else "",
        "change": _change(shown.standing, language),
        "reason": words.free(shown.reason, language) if shown.reason else "",
        "mark": MARK if shown.reply else "",
        "reply": words.capital(in_short(shown.reply, language)) if shown.reply else "",
    }


def _change(standing: Standing, language: Language) -> str:
    return "" if standing.change_tenths is None else language.change(standing.change_tenths)


def _signs(card: Scorecard, rounds: Sequence[int], language: Language) -> list[Facts]:
    """What the signs of this boleta mean, each once, in the order of the absences."""
    causes = {str(shown.score.rating) for shown in card.scores if not isinstance(shown.score.rating, Score)}
    for scope, trend in card.trends.items():
        if scope.kind.value == "demand":
            causes |= {str(p.cause) for p in trend.points if p.round_number in rounds and p.tenths is None}
    signs = [
        {"sign": words.sign(code, language), "word": words.cause(code, language)} for code in SIGNS if code in causes
    ]
    if any(shown.reply for shown in card.scores):
        signs.append({"sign": MARK, "word": language.gettext(MARKED)})
    return signs


def distinctions(rows: Iterable[DistinctionShown], language: Language) -> list[Facts]:
    """Praise and reproach with their words and who signs them."""
    return [
        {
            "kind": language.gettext(words.DISTINCTIONS[row.kind]),
            "is_praise": row.kind is DistinctionKind.PRAISE,
            "place": row.entry.name,
            "text": words.free(row.text, language),
            "signatory": words.free(row.signatory, language),
        }
        for row in rows
    ]


def extremes(shown: Sequence[ScoreShown], language: Language) -> list[Mapping[str, Any]]:
    """Demands with their scores, for a list of the best or the worst."""
    return [
        {
            "name": words.localised(row.demand, "name", language),
            "score": language.score(row.standing.tenths or 0),
            "tenths": row.standing.tenths,
        }
        for row in shown
    ]
