"""The sentences of the offices' room."""

from app.domain.errors import RuleBroken
from app.web.shared.languages import current_language
from app.web.shared.uploads import file_refusal

N_ = str
PROBLEMS = {
    "stage-wrong": N_("El plazo se cerró y la evaluación ya está en decisión: no se reciben más respuestas."),
    "changed": N_("Otra persona de su municipio cambió las respuestas. Abajo está la carta como queda; revísela."),
    "incomplete": N_("Otra persona de su municipio dejó una respuesta a medias. Complétela antes de enviar la carta."),
    "empty": N_("La carta no dice nada todavía: responda al menos una calificación o escriba un texto."),
    "request-decided": N_("Mientras usted escribía se decidió una solicitud. No se guardó nada; vuelva a intentarlo."),
}
FILE_PROBLEMS = {
    "file-names-you": N_(
        "El archivo lleva dentro su nombre o su correo, y se publicará. Bórrelos de sus propiedades y de su texto "
        "y elíjalo otra vez. Si usted firmará la carta, marque la casilla: entonces su nombre puede quedarse; su "
        "correo no."
    ),
    "file-moved": N_(
        "Otra persona de su municipio cambió el archivo. Arriba está el que vale ahora; revise cuál debe quedar."
    ),
}
OTHERWISE = N_("No se pudo guardar. Vuelva a intentarlo.")


def problem_words(broken: RuleBroken) -> str:
    """Why nothing was stored, and what to do."""
    return current_language().gettext(PROBLEMS.get(broken.code, OTHERWISE))


def file_words(broken: RuleBroken) -> str:
    """Why a file was not kept or not taken away, and what to do."""
    words = FILE_PROBLEMS.get(broken.code)
    return current_language().gettext(words) if words else file_refusal(broken) or problem_words(broken)


def attached_words() -> str:
    """What is said once a file lies beside a draft."""
    return current_language().gettext(N_("El archivo quedó guardado con el borrador. Todavía no se envía."))


def detached_words() -> str:
    """What is said once it was taken away."""
    return current_language().gettext(N_("Se quitó el archivo."))


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
