"""The words that charts share: why something is missing, what a scope is called, where the figures are from."""

from app.absences import CAUSES
from app.domain.editions import Edition, Scope, ScopeKind
from app.domain.ranking import Unplaced
from app.domain.scorecard import RoundFrame
from app.domain.trends import TrendPoint
from app.language import Language


def cause(unplaced: Unplaced | None, language: Language) -> str:
    """Why a row has no place, or a cell no score."""
    return language.gettext(CAUSES[unplaced or Unplaced.NOT_RATED])


def gap_cause(point: TrendPoint, language: Language) -> str:
    """Why a round of a trend has no value; one that was never published says so."""
    if point.cause is None or point.cause is Unplaced.UNPUBLISHED:
        return language.gettext("sin publicar")
    return cause(point.cause, language)


def own(value: object, name: str, language: Language) -> str:
    """A sealed value's field in the language, or in Spanish where there is no English."""
    return str(getattr(value, f"{name}_{language.code}", "") or getattr(value, f"{name}_es"))


def scope_name(frame: RoundFrame, scope: Scope, language: Language) -> str:
    """The words ``Promedio general``, the theme's name, or number and name of the demand."""
    if scope.kind is ScopeKind.OVERALL:
        return language.gettext("Promedio general")
    if scope.kind is ScopeKind.THEME:
        theme = frame.find_theme(scope.key)
        return own(theme, "name", language) if theme else scope.key
    demand = frame.find_demand(int(scope.key))
    return f"{scope.key}. {own(demand, 'name', language)}" if demand else scope.key


def capital(text: str) -> str:
    """The text with a capital letter at its beginning."""
    return text[:1].upper() + text[1:]


def demand_words(edition: Edition, language: Language) -> str:
    """The edition's own plural for its demands, with a capital letter: "Demandas ciudadanas"."""
    return capital(own(edition, "demand_words", language))


def source_line(frame: RoundFrame, language: Language) -> str:
    """Where the figures are from: the outside source of the round, if any, and the publication that sealed them."""
    number, day = frame.publication.number, language.day_in(frame.publication.sealed_at_utc, frame.edition.zone)
    sealed = language.sentence(
        "Publicación %(number)s de la evaluación %(round)s, sellada el %(day)s.",
        number=number,
        round=frame.period.number,
        day=day,
    )
    source = frame.sources.get(frame.period.source)
    if source is None or frame.edition.is_demonstration:
        return sealed
    printed = f"{source.publisher}, {source.title}" if source.publisher else source.title
    return language.sentence("Fuente: %(source)s.", source=printed) + " " + sealed
