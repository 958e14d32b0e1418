"""The sentences of the reviewers' room."""

from collections import Counter

from app.domain.cells import CellState
from app.domain.errors import RuleBroken
from app.web.shared.languages import current_language

N_ = str
PROBLEMS = {
    "words-needed": N_("Diga por qué: quien evaluó necesita saber qué corregir."),
    "own-score": N_("Esta calificación la capturó usted; otra persona tiene que revisarla."),
    "reviewer-is-barred": N_("Tiene un impedimento registrado con este municipio; no puede revisarlo."),
    "nothing-handed-in": N_("Todavía no se entrega; no hay qué revisar."),
    "already-so": N_("Ya está así; otra persona pudo haberla revisado antes."),
    "edit-conflict": N_("Quien evaluó la cambió mientras usted leía. Lo nuevo está arriba; revise otra vez."),
    "stage-wrong": N_("La evaluación ya no está en revisión; no se guardó nada."),
}
OTHERWISE = N_("No se pudo guardar. Vuelva a intentarlo.")


def problem_words(problem: RuleBroken) -> str:
    """What stands in the way of a verdict, and what to do."""
    return current_language().gettext(PROBLEMS.get(problem.code, OTHERWISE))


def given_words(municipality: str, states: Counter[CellState]) -> str:
    """What was just recorded."""
    language = current_language()
    if not states.total():
        return language.sentence(N_("%(name)s: no dio ningún dictamen, nada cambió."), name=municipality)
    approved, returned = states[CellState.APPROVED], states[CellState.RETURNED]
    return language.sentence(
        N_("%(name)s, guardado. Aprobadas: %(approved)s. Devueltas: %(returned)s."),
        name=municipality,
        approved=language.whole(approved),
        returned=language.whole(returned),
    )
