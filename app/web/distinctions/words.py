"""What the numbers of a round suggest, as sentences, and why a distinction was not written."""

from collections.abc import Sequence

from app.domain.editions import ScopeKind, Theme
from app.domain.merits import Merit, MeritKind
from app.web.shared.languages import current_language

N_ = str
REFUSALS = {
    "stage-wrong": N_("La evaluación no está en curso: lo publicado ya no se cambia aquí."),
    "distinction-unknown": N_("Ese reconocimiento o llamado de atención ya no está: alguien lo quitó."),
    "not-allowed": N_("Su papel en esta administración no le permite hacer esto."),
}


def refusal(code: str) -> str:
    """Why nothing was done."""
    message = REFUSALS.get(code, N_("No se pudo hacer. Revise lo que se muestra e intente de nuevo."))
    return current_language().gettext(message)


def merit_words(merit: Merit, themes: Sequence[Theme]) -> str:
    """Why somebody is suggested, with the number that says so."""
    language = current_language()
    facts = {"name": merit.entry.name, "scope": _scope_words(merit, themes)}
    match merit.kind:
        case MeritKind.LARGEST_RISE:
            rise = language.change(merit.number)
            return language.sentence(N_("%(name)s: la mayor subida en %(scope)s (%(rise)s)."), rise=rise, **facts)
        case MeritKind.FIRST_TEN:
            return language.sentence(N_("%(name)s: el primer 10 de la administración en %(scope)s."), **facts)
        case MeritKind.LONGEST_FALL:
            message = N_("%(name)s: la baja más larga en %(scope)s, %(number)s evaluaciones seguidas.")
            return language.sentence(message, number=language.in_words(merit.number), **facts)
        case MeritKind.NO_ANSWER:
            return language.sentence(N_("%(name)s: se le notificó y no respondió."), name=merit.entry.name)
        case MeritKind.WITHHELD:
            return language.sentence_for(
                "%(name)s: no entregó la información de una demanda.",
                "%(name)s: no entregó la información de %(number)s demandas.",
                merit.number,
                name=merit.entry.name,
            )


def _scope_words(merit: Merit, themes: Sequence[Theme]) -> str:
    language = current_language()
    if merit.scope is None:
        return ""
    if merit.scope.kind is ScopeKind.DEMAND:
        return language.sentence(N_("la demanda %(number)s"), number=merit.scope.key)
    names = {theme.key: theme.name_en if language.code == "en" else theme.name_es for theme in themes}
    return names.get(merit.scope.key) or language.gettext(N_("el promedio general"))
