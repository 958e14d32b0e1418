"""What published texts are called, and why one was not withdrawn."""

from app.web.shared.languages import current_language

N_ = str
KINDS = {
    "score": N_("Motivo de una calificación"),
    "evidence": N_("Evidencia"),
    "distinction": N_("Reconocimiento o llamado de atención, con su firma"),
    "correction": N_("Motivo de una corrección"),
    "reply": N_("Respuesta del municipio y su decisión"),
    "acknowledgement": N_("Lo que un municipio dijo de las reglas, con quien lo firma"),
    "letter": N_("Carta del municipio, con quien la firma"),
}
REFUSALS = {
    "text-unknown": N_("Ese texto no está entre los publicados de esta evaluación."),
    "already-asked": N_("Ese texto ya se retiró, o alguien ya pidió retirarlo."),
    "cause-repeats": N_("La causa se publica y repite lo que se retira. Dígala con otras palabras."),
    "same-person": N_("Debe confirmarlo otra persona que la que lo pidió."),
    "case-closed": N_("Ese retiro ya se hizo o se descartó."),
    "not-allowed": N_("Su papel en esta administración no le permite hacer esto."),
}


def kind_words(kind: str) -> str:
    """What kind of text it is."""
    return current_language().gettext(KINDS.get(kind, kind))


def refusal(code: str) -> str:
    """Why nothing was done."""
    message = REFUSALS.get(code, N_("No se pudo hacer. Revise lo que se muestra e intente de nuevo."))
    return current_language().gettext(message)
