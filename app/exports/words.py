"""The words of documents, images and paragraphs for the codes of the domain, in the language of the document."""

from fractions import Fraction
from math import ceil

from app.absences import CAUSES, SIGNS
from app.domain.editions import Edition, Gender, Method, Period
from app.domain.publications import DistinctionKind, Entry, Standing
from app.domain.ranking import Unplaced
from app.domain.scorecard import Publication, RoundFrame
from app.domain.texts import Text
from app.language import Language

N_ = str
"""Marks a sentence for translation where it is written down."""

SITE = N_("Alcalde, ¿cómo vamos?")
INVENTED = N_("Ejemplo con datos inventados")
DISTINCTIONS = {
    DistinctionKind.PRAISE: N_("Reconocimiento"),
    DistinctionKind.REPROACH: N_("Llamado de atención"),
}


def cause(code: str, language: Language) -> str:
    """Why there is no score, average or place."""
    return language.gettext(CAUSES[code])


def sign(code: str, language: Language) -> str:
    """The short sign for an absence in a narrow cell; a dash where there is none."""
    return language.gettext(SIGNS[code]) if code in SIGNS else "–"


def localised(value: object, field: str, language: Language) -> str:
    """A sealed value's field in the language, or in Spanish where there is no English."""
    return str(getattr(value, f"{field}_{language.code}", "") or getattr(value, f"{field}_es"))


def capital(text: str) -> str:
    """The text with its first letter large."""
    return text[:1].upper() + text[1:]


def words_of(edition: Edition, number: int, language: Language) -> str:
    """The edition's own word for that number of demands."""
    return localised(edition, "demand_word" if number == 1 else "demand_words", language)


def coverage(standing: Standing, edition: Edition, language: Language) -> str:
    """``4 de 10 demandas ciudadanas calificadas``, with the percent where weights differ."""
    counted = language.sentence_for(
        "%(rated)s de %(count)s %(words)s calificada",
        "%(rated)s de %(count)s %(words)s calificadas",
        standing.applicable,
        rated=standing.rated,
        count=standing.applicable,
        words=words_of(edition, standing.applicable, language),
    )
    if standing.applicable_weight == standing.applicable:
        return counted
    percent = language.percent(Fraction(standing.rated_weight, standing.applicable_weight))
    return f"{counted} ({language.sentence('%(percent)s del peso', percent=percent)})"


def place_number(standing: Standing) -> str:
    """``3``, with the ``=`` of a tie; a dash without a place."""
    return "–" if standing.place is None else f"{standing.place}{'=' if standing.shared else ''}"


def place(standing: Standing, out_of: int, method: Method, language: Language) -> str:
    """``lugar 3 de 9``, or why there is no place."""
    if standing.place is None:
        return f"{language.gettext('sin lugar:')} {unplaced(standing, method, language)}"
    return language.sentence("lugar %(place)s de %(out_of)s", place=place_number(standing), out_of=out_of)


def unplaced(standing: Standing, method: Method, language: Language) -> str:
    """Why a row has no place, with the counts."""
    reason = standing.unplaced or Unplaced.NOT_RATED
    if reason is Unplaced.REFUSED and standing.applicable > 1:
        return language.sentence(
            "no entregó la información de %(refused)s de %(applicable)s",
            refused=standing.refused,
            applicable=standing.applicable,
        )
    return _too_few(standing, method, language) if reason is Unplaced.LOW_COVERAGE else cause(reason, language)


def counts_say_why(standing: Standing) -> bool:
    """Whether the count of its scores alone says why there is no place, so that its coverage need not follow."""
    return standing.unplaced is Unplaced.LOW_COVERAGE and standing.applicable_weight == standing.applicable


def _too_few(standing: Standing, method: Method, language: Language) -> str:
    """How many scores there are and how many a place needs; where weights differ, no count of them says that."""
    facts = {"rated": standing.rated, "applicable": standing.applicable}
    if not counts_say_why(standing):
        return language.sentence(
            "tiene calificadas %(rated)s de %(applicable)s, menos de las que se piden para tener lugar", **facts
        )
    needed = ceil(method.minimum_coverage(standing.scope) * standing.applicable)
    return language.sentence(
        "solo %(rated)s de %(applicable)s calificadas; hacen falta\u00a0%(needed)s", needed=needed, **facts
    )


def role(entry: Entry, language: Language) -> str:
    """``alcaldesa`` or ``alcalde``."""
    return language.gettext("alcaldesa") if entry.gender is Gender.FEMALE else language.gettext("alcalde")


def party(entry: Entry, language: Language) -> str:
    """The party, or that it is not known."""
    return entry.party or language.gettext("partido: sin dato")


def months(period: Period, language: Language) -> str:
    """The months that a round evaluates."""
    return language.months(period.starts_on, period.ends_on)


def round_name(period: Period, language: Language) -> str:
    """``Evaluación 12, septiembre-octubre de 2026``."""
    return language.sentence("Evaluación %(number)s, %(months)s", number=period.number, months=months(period, language))


def publication_name(frame: RoundFrame, language: Language) -> str:
    """``Publicación 1 de la evaluación 12``."""
    return language.sentence(
        "Publicación %(number)s de la evaluación %(round)s",
        number=frame.publication.number,
        round=frame.period.number,
    )


def sealed_on(frame: RoundFrame, language: Language) -> str:
    """The day of the publication's seal in the edition's zone."""
    return language.day_in(frame.publication.sealed_at_utc, frame.edition.zone)


def corrected(publication: Publication, zone: str, language: Language) -> str:
    """That a later publication corrects this one, and when; empty where none does."""
    if publication.is_in_force:
        return ""
    day = language.day_in(publication.in_force_since_utc, zone)
    return language.sentence("Esta versión fue corregida el %(day)s.", day=day)


def old_data(frame: RoundFrame, language: Language) -> str:
    """That the figures speak of the past, where they did so already when they were sealed; else empty."""
    sealed_on_utc = frame.publication.sealed_at_utc.date()
    if not frame.is_old(sealed_on_utc):
        return ""
    said = language.sentence("Datos de %(months)s.", months=months(frame.period, language))
    if not frame.has_ended(sealed_on_utc):
        return said
    return f"{said} {language.gettext('Los alcaldes actuales no están evaluados aquí.')}"


def ribbon(edition: Edition, language: Language) -> str:
    """What everything about an invented edition says on top; empty for a real one."""
    return language.gettext(INVENTED) if edition.is_demonstration else ""


def free(text: Text, language: Language) -> str:
    """A free text as published, or that it was withdrawn."""
    return language.gettext("Texto retirado por razones legales.") if text.body is None else text.body
