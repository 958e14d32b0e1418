"""The sentences of the reviewers' decisions."""

from app.domain.errors import RuleBroken
from app.domain.replies import Verdict
from app.domain.requests import Request
from app.web.shared.languages import current_language

N_ = str
PROBLEMS = {
    "stage-wrong": N_("La evaluación no está en decisión; no se guardó nada."),
    "edit-conflict": N_(
        "Otra persona la decidió mientras usted escribía: está abajo. Si guarda, queda lo que usted puso."
    ),
    "barred": N_("Tiene un impedimento registrado con este municipio; no puede decidir."),
    "own-score": N_("Esta calificación la capturó usted; otra persona tiene que decidir."),
    "rating-same": N_("Es la calificación que ya tenía. Si no cambia, marque «Se mantiene la calificación»."),
}
OTHERWISE = N_("No se pudo guardar. Vuelva a intentarlo.")
OF_THE_RATING = {"rating-same", "rating-missing"}


def problem_words(broken: RuleBroken) -> str:
    """Why nothing was stored, and what to do."""
    return current_language().gettext(PROBLEMS.get(broken.code, OTHERWISE))


def decided_words(request: Request) -> str:
    """What was just recorded."""
    language = current_language()
    facts = {"name": request.desk.municipality, "number": language.whole(request.demand.number)}
    if request.decision and request.decision.verdict is Verdict.CHANGED:
        return language.sentence(N_("%(name)s, demanda %(number)s: decidida, la calificación cambió."), **facts)
    return language.sentence(N_("%(name)s, demanda %(number)s: decidida, la calificación queda igual."), **facts)


def noted_words(changed: int) -> str:
    """How many notes on the meeting changed."""
    if not changed:
        return current_language().gettext(N_("No había cambios que guardar."))
    return current_language().sentence_for(
        "Asistencia guardada: cambió la de %(number)s municipio.",
        "Asistencia guardada: cambió la de %(number)s municipios.",
        changed,
    )
