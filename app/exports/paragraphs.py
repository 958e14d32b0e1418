"""A scorecard as one paragraph that a journalist can paste: sentences by rule, with coverage and seal."""

from collections.abc import Iterator, Sequence

from app.domain.editions import Gender
from app.domain.scorecard import AverageShown, Scorecard, ScoreShown
from app.domain.standings import is_change_told
from app.exports import words
from app.exports.replies import told
from app.exports.words import N_
from app.language import Language

MOST_NAMES = 3
"""How many demands a sentence names; more are counted."""


def paragraph(card: Scorecard, language: Language, address: str) -> str:
    """The paragraph, in one line. ``address`` is that of the pinned scorecard."""
    return " ".join(sentence for sentence in _sentences(card, language, address) if sentence)


def paragraph_txt(card: Scorecard, language: Language, address: str) -> bytes:
    """The paragraph as a plain text file."""
    return f"{paragraph(card, language, address)}\n".encode()


def _sentences(card: Scorecard, language: Language, address: str) -> Iterator[str]:
    frame = card.frame
    if frame.edition.is_demonstration:
        yield f"{words.ribbon(frame.edition, language)}."
    yield words.corrected(frame.publication, frame.edition.zone, language)
    yield language.sentence(
        "En la evaluación %(number)s de «Alcalde, ¿cómo vamos?» (%(months)s),",
        number=frame.period.number,
        months=words.months(frame.period, language),
    )
    for average in _told(card):
        yield _where(card, average, language)
        if average.figure is not None:
            yield language.sentence("La fuente publicó %(printed)s.", printed=average.figure.printed)
        yield _moved(card, average, language)
    if not _told(card):
        yield language.sentence("%(name)s no tiene promedio en esta evaluación.", name=card.entry.name)
    yield _mayor(card, language)
    if card.best:
        yield _extreme(N_("Su calificación más alta fue %(value)s, en %(names)s."), card.best, card, language)
        yield _extreme(N_("La más baja fue %(value)s, en %(names)s."), card.worst, card, language)
    yield _coverage(card, language)
    yield told(card, language)
    yield _seal(card, language, address)


def _told(card: Scorecard) -> tuple[AverageShown, ...]:
    """The averages that the paragraph tells: the overall one, or each theme's where there is none."""
    shown = (card.overall,) if card.overall else card.averages
    return tuple(average for average in shown if average.standing.tenths is not None)


def _where(card: Scorecard, average: AverageShown, language: Language) -> str:
    standing = average.standing
    facts = {
        "name": card.entry.name,
        "value": language.tenths(standing.tenths or 0),
        "label": words.localised(average.theme, "name", language)
        if average.theme
        else language.gettext("el promedio general"),
        "place": standing.place,
        "out_of": average.out_of,
    }
    if standing.place is None:
        said = language.sentence("%(name)s obtuvo %(value)s en %(label)s y no tiene lugar:", **facts)
        return f"{said} {words.unplaced(standing, card.frame.method, language)}."
    if standing.shared:
        return language.sentence(
            "%(name)s obtuvo %(value)s en %(label)s y comparte el lugar %(place)s de %(out_of)s.", **facts
        )
    return language.sentence("%(name)s obtuvo %(value)s en %(label)s: lugar %(place)s de %(out_of)s.", **facts)


def _moved(card: Scorecard, average: AverageShown, language: Language) -> str:
    """The change; none beside a refusal, because withholding what fell would lift it."""
    standing, compared = average.standing, card.frame.compared_with
    if standing.change_tenths is None or standing.change_common is None or compared is None:
        return ""
    if not is_change_told(standing):
        return ""
    common = (
        f"{language.whole(standing.change_common)} {words.words_of(card.edition, standing.change_common, language)}"
    )
    facts = {"by": language.tenths(abs(standing.change_tenths)), "round": compared.round_number, "common": common}
    if standing.change_tenths > 0:
        return language.sentence("Subió %(by)s frente a la evaluación %(round)s (%(common)s en común).", **facts)
    if standing.change_tenths < 0:
        return language.sentence("Bajó %(by)s frente a la evaluación %(round)s (%(common)s en común).", **facts)
    return language.sentence(
        "Redondeado, su cambio frente a la evaluación %(round)s es de %(by)s (%(common)s en común).", **facts
    )


def _mayor(card: Scorecard, language: Language) -> str:
    facts = {"mayor": card.entry.mayor, "party": words.party(card.entry, language)}
    if card.entry.gender is Gender.FEMALE:
        return language.sentence("Al cierre del periodo gobernaba la alcaldesa %(mayor)s (%(party)s).", **facts)
    return language.sentence("Al cierre del periodo gobernaba el alcalde %(mayor)s (%(party)s).", **facts)


def _extreme(message: str, shown: Sequence[ScoreShown], card: Scorecard, language: Language) -> str:
    if len(shown) > MOST_NAMES:
        names = f"{language.in_words(len(shown))} {words.words_of(card.edition, len(shown), language)}"
    else:
        names = language.joined(
            language.sentence("«%(name)s»", name=words.localised(row.demand, "name", language)) for row in shown
        )
    return language.gettext(message) % {"value": language.score(shown[0].standing.tenths or 0), "names": names}


def _coverage(card: Scorecard, language: Language) -> str:
    counted = language.sentence_for(
        "%(rated)s de %(count)s %(words)s calificada",
        "%(rated)s de %(count)s %(words)s calificadas",
        card.applicable,
        rated=card.rated,
        count=card.applicable,
        words=words.words_of(card.edition, card.applicable, language),
    )
    return language.sentence("Cobertura: %(counted)s.", counted=counted)


def _seal(card: Scorecard, language: Language, address: str) -> str:
    return language.sentence(
        "Fuente: %(publication)s, sellada el %(day)s, %(address)s",
        publication=words.publication_name(card.frame, language),
        day=words.sealed_on(card.frame, language),
        address=address,
    )
