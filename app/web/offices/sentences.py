"""The sentences of the offices' room."""

from app.domain.errors import RuleBroken
from app.web.shared.languages import current_language

N_ = str
PROBLEMS = {
    "stage-wrong": N_("El plazo se cerró y la evaluación ya está en decisión: no se reciben más respuestas."),
    "changed": N_("Otra persona de su municipio cambió las respuestas. Abajo está la carta como queda; revísela."),
    "incomplete": N_("Otra persona de su municipio dejó una respuesta a medias. Complétela antes de enviar la carta."),
    "empty": N_("La carta no dice nada todavía: responda al menos una calificación o escriba un texto."),
    "request-decided": N_("Mientras usted escribía se decidió una solicitud. No se guardó nada; vuelva a intentarlo."),
}
OTHERWISE = N_("No se pudo guardar. Vuelva a intentarlo.")


def problem_words(broken: RuleBroken) -> str:
    """Why nothing was stored, and what to do."""
    return current_language().gettext(PROBLEMS.get(broken.code, OTHERWISE))


def saved_words(saved: int) -> str:
    """What was just stored."""
    if not saved:
        return current_language().gettext(N_("No había cambios que guardar."))
    return current_language().sentence_for(
        "Borrador guardado: cambió %(number)s respuesta. Todavía no se envía.",
        "Borrador guardado: cambiaron %(number)s respuestas. Todavía no se envían.",
        saved,
    )


def sent_words() -> str:
    """What is said once a letter has gone."""
    return current_language().gettext(
        N_("La carta se envió. Este es su recibo; también llega por correo a quienes responden por su municipio.")
    )
