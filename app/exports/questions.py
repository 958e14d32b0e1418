"""The question that a citizen sends to a town hall: in Spanish, which is read there, whatever the page's language."""

from datetime import date

from app.domain.scorecard import Scorecard, ScoreShown
from app.exports import words
from app.language import SPANISH


def question(card: Scorecard, today: date) -> str:
    """A courteous question about what was withheld, or else about the lowest score.

    Empty where there is nothing to ask, and once the term is over: today's government does not answer for that score.
    """
    if card.frame.has_ended(today) or not (card.refused or card.worst):
        return ""
    invented = f"({words.INVENTED}.)" if card.edition.is_demonstration else ""
    said = (_greeting(card), _withheld(card.refused[0]) if card.refused else _lowest(card), "Muchas gracias.", invented)
    return " ".join(filter(None, said))


def _greeting(card: Scorecard) -> str:
    months = words.months(card.frame.period, SPANISH)
    return f"Buen día. Vivo en {card.entry.name} y leí la evaluación ciudadana de {months}."


def _withheld(shown: ScoreShown) -> str:
    return (
        f"Dice que el municipio no entregó la información sobre «{shown.demand.name_es}». "
        "¿Me pueden compartir esa información o decirme por qué no se entregó y cuándo se entregará?"
    )


def _lowest(card: Scorecard) -> str:
    shown = card.worst[0]
    rank = "su calificación más baja" if len(card.worst) == 1 else "una de sus calificaciones más bajas"
    value = SPANISH.score(shown.standing.tenths or 0)
    return (
        f"En «{shown.demand.name_es}» el municipio tiene {value} de 10, {rank}. "
        "¿Qué se está haciendo para mejorar y qué resultado esperan en la próxima evaluación?"
    )
