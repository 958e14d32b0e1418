"""What Flask-Security says, in our words: Spanish, translated like everything else when it is said."""

from app.domain.parking import Parked, Written, written
from app.web.shared.languages import current_language

N_ = str

MESSAGES = {
    "GENERIC_AUTHN_FAILED": (
        N_("El correo o la contraseña no coinciden. Revíselos y vuelva a intentarlo."),
        "error",
    ),
    "UNAUTHENTICATED": (N_("Entre con su cuenta para ver esta página."), "warning"),
    "REAUTHENTICATION_REQUIRED": (N_("Para continuar, confirme que es usted."), "warning"),
    "REAUTHENTICATION_SUCCESSFUL": (N_("Gracias: ya puede continuar."), "message"),
    "EMAIL_NOT_PROVIDED": (N_("Escriba su correo electrónico."), "error"),
    "INVALID_EMAIL_ADDRESS": (N_("Escriba un correo completo, como nombre@ejemplo.mx."), "error"),
    "PASSWORD_NOT_PROVIDED": (N_("Escriba la contraseña."), "error"),
    "INVALID_PASSWORD": (N_("La contraseña no es correcta."), "error"),
    "RETYPE_PASSWORD_MISMATCH": (N_("Las dos contraseñas no son iguales. Escríbalas otra vez."), "error"),
    "PASSWORD_IS_THE_SAME": (N_("La contraseña nueva es igual a la anterior. Elija otra."), "error"),
    "PASSWORD_CHANGE": (
        N_("Cambió su contraseña. En los demás navegadores donde tenía abierta su cuenta, se cerró."),
        "message",
    ),
    "PASSWORD_RESET_REQUEST": (
        N_(
            "Si esa dirección tiene una cuenta, en unos minutos recibirá un correo con un enlace para elegir una "
            "contraseña nueva. El enlace sirve durante dos horas."
        ),
        "message",
    ),
    "PASSWORD_RESET_EXPIRED": (N_("Ese enlace ya venció. Pida uno nuevo aquí."), "warning"),
    "INVALID_RESET_PASSWORD_TOKEN": (N_("Ese enlace ya no sirve. Pida uno nuevo aquí."), "warning"),
    "PASSWORD_RESET_NO_LOGIN": (N_("Su contraseña nueva ya está guardada. Entre con ella."), "message"),
    "TWO_FACTOR_INVALID_TOKEN": (
        N_("Ese código no es correcto o ya se usó. Escriba el que su aplicación muestra ahora."),
        "error",
    ),
    "INVALID_RECOVERY_CODE": (N_("Ese código de recuperación no es correcto o ya se usó."), "error"),
    "TWO_FACTOR_LOGIN_SUCCESSFUL": (N_("Entró con su contraseña y su código."), "message"),
    "TWO_FACTOR_CHANGE_METHOD_SUCCESSFUL": (
        N_("Su segundo paso quedó activado. Ahora guarde sus códigos de recuperación."),
        "message",
    ),
    "TWO_FACTOR_PERMISSION_DENIED": (N_("Empiece por entrar con su correo y su contraseña."), "warning"),
    "TWO_FACTOR_METHOD_NOT_AVAILABLE": (N_("Esa opción no existe."), "error"),
    "TWO_FACTOR_DISABLED": (N_("Quitó el segundo paso de su cuenta."), "message"),
    "TWO_FACTOR_SETUP_EXPIRED": (N_("Pasó demasiado tiempo. Empiece de nuevo."), "warning"),
    "NO_RECOVERY_CODES_SETUP": (N_("Todavía no tiene códigos de recuperación."), "warning"),
    "API_ERROR": (N_("Eso no se puede leer aquí."), "error"),
    "INVALID_REDIRECT": (N_("Esa dirección no es de este sitio."), "error"),
}

REFUSED = {
    "password-too-short": N_("Use al menos %(shortest)s caracteres. Una frase corta que solo usted diría es lo mejor."),
    "password-too-long": N_("Use a lo más %(longest)s caracteres."),
    "password-unprintable": N_("Hay caracteres que no se pueden usar en una contraseña."),
    "password-too-common": N_(
        "Esa contraseña se adivina pronto: está hecha de palabras, fechas o nombres que cualquiera probaría. "
        "Use varias palabras que no tengan que ver con usted ni con este sitio."
    ),
}
"""Why a password may not be used."""


class Words:
    """Stands in for Flask-Security's own catalogue."""

    def gettext(self, message: str, **facts: object) -> str:
        """A sentence in the language of the request."""
        return current_language().sentence(message, **facts) if facts else current_language().gettext(message)

    def ngettext(self, singular: str, plural: str, number: int, **facts: object) -> str:
        """The sentence for that number."""
        return current_language().ngettext(singular, plural, number) % facts


REFUSALS = {
    "account-closed": N_("Esa cuenta está cerrada. Ábrala primero en la lista."),
    "already-granted": N_("Esa persona ya tiene ese papel."),
    "already-taken-up": N_("Esa persona ya aceptó su invitación."),
    "both-sides": N_("Quien es enlace de un municipio no puede tener otro papel en la misma administración."),
    "demonstration-only": N_("Esa cuenta es de demostración: solo participa en la administración inventada."),
    "last-organiser": N_("Es la única persona que coordina esta administración: primero invite a otra."),
    "link-dead": N_("Ese enlace ya no sirve."),
    "no-such-account": N_("Esa cuenta no existe."),
    "not-allowed": N_(
        "Esa cuenta trabaja también en una administración que usted no coordina: aquí solo puede retirarle sus papeles."
    ),
    "own-account": N_("Su propia cuenta no la puede cambiar usted aquí."),
    "place-of-role": N_("Elija el municipio del enlace; los demás papeles no llevan municipio."),
    "role-gone": N_("Ese papel ya estaba retirado."),
}
"""Why an invitation, or a change of a role or an account, was refused."""

WRITTEN = {
    "score": N_("Calificación"),
    "requested": N_("Calificación que solicita"),
    "rating": N_("Calificación nueva"),
    "reason": N_("Motivo"),
    "note": N_("Nota privada"),
    "reply": N_("Respuesta a la revisión"),
    "words": N_("Texto"),
    "title": N_("Título de la evidencia"),
    "url": N_("Enlace de la evidencia"),
    "evidence_title": N_("Documento que lo prueba"),
    "evidence_url": N_("Vínculo al documento"),
    "signatory": N_("Nombre de quien firma"),
    "position": N_("Cargo"),
}
"""What the fields that people write in are called."""


def written_rows(parked: Parked) -> list[tuple[str, str]]:
    """What was typed, each text under a name that its owner knows."""
    by_demand = "/demandas/" in parked.path
    return [(_name_of(row, by_demand=by_demand), row.words) for row in written(parked)]


def _name_of(row: Written, *, by_demand: bool) -> str:
    language = current_language()
    name = language.gettext(WRITTEN.get(row.field, WRITTEN["words"]))
    if row.demand is None:
        return name
    if by_demand and row.place:
        return f"{row.place.replace('-', ' ').title()}: {name}"
    return language.sentence(N_("Demanda %(number)s: %(name)s"), number=row.demand, name=name)
