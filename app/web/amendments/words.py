"""Why a correction or a withdrawal was not written, as sentences."""

from app.web.shared.languages import current_language

N_ = str
REFUSALS = {
    "case-changed": N_(
        "Alguien más cambió esta corrección mientras usted escribía. Lo suyo sigue abajo: revíselo y guarde de nuevo."
    ),
    "case-closed": N_("Esta corrección ya se publicó o se descartó."),
    "nothing-changes": N_("Esa es ya la calificación vigente: no hay nada que corregir."),
    "nothing-to-correct": N_("Esa celda no tiene nada publicado que corregir."),
    "stage-wrong": N_("Solo se corrige una evaluación publicada."),
    "not-allowed": N_("Su papel en esta administración no le permite hacer esto."),
}


def refusal(code: str) -> str:
    """Why nothing was done."""
    message = REFUSALS.get(code, N_("No se pudo hacer. Revise lo que se muestra e intente de nuevo."))
    return current_language().gettext(message)
