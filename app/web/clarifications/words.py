"""Why a wording was not clarified, and beside which field that is said."""

from app.domain.errors import RuleBroken
from app.web.shared.languages import current_language

N_ = str
REFUSALS = {
    "nothing-clarified": N_("Escriba qué pasaje debe leerse de otro modo."),
    "passage-missing": N_("Copie aquí el pasaje del texto sellado que se aclara."),
    "reading-missing": N_("Escriba cómo debe decir el pasaje."),
    "not-in-wording": N_("El texto sellado no dice esto. Cópielo tal como está, con sus acentos y comas."),
    "same-words": N_("Debe decir lo mismo que ya dice: no hay nada que aclarar."),
    "number-changed": N_(
        "Una aclaración no cambia, quita ni agrega ningún número, con cifras o con letras. Solo corrige erratas."
    ),
    "rule-turned": N_(
        "Una aclaración no pone, quita ni mueve palabras que cambian una regla, como «no», «más», «todos», «debe» o"
        " «mensual». Solo corrige erratas."
    ),
    "already-clarified": N_("Esta aclaración ya está publicada."),
    "already-proposed": N_("Esta aclaración ya está propuesta; falta que otra persona la confirme."),
    "same-person": N_("Debe confirmarla otra persona que la que la propuso."),
    "case-closed": N_("Esa propuesta ya se publicó o se descartó."),
    "wording-unknown": N_("Ese texto no está entre los sellados de esta administración."),
    "not-sealed": N_("Las reglas todavía no están selladas: se corrigen directamente en su página."),
    "rules-moved": N_(
        "Las reglas guardadas ya no son iguales a las selladas, y sellarlas de nuevo cambiaría más que esto. Avise a"
        " quien mantiene el sitio."
    ),
    "not-allowed": N_("Su papel en esta administración no le permite hacer esto."),
}
_BESIDE_THE_PASSAGE = {"not-in-wording", "passage-missing", "nothing-clarified"}


def refusal(code: str) -> str:
    """Why nothing was done."""
    message = REFUSALS.get(code, N_("No se pudo hacer. Revise lo que se muestra e intente de nuevo."))
    return current_language().gettext(message)


def field_of(broken: RuleBroken) -> str:
    """The name of the field that the refusal speaks of."""
    language = broken.facts.get("language") or "es"
    return f"says_{language}" if broken.code in _BESIDE_THE_PASSAGE else f"reads_{language}"
