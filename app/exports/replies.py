"""The municipality's reply in documents, pictures, paragraphs and files: always from the same values as the pages."""

from collections.abc import Mapping

from app.absences import CAUSES
from app.domain.answers import EntryReplies, ReplyShown
from app.domain.replies import AnswerStatus, Stance, Verdict
from app.domain.scorecard import Scorecard
from app.domain.scores import Rating, Score
from app.domain.texts import Text
from app.exports import words
from app.exports.words import N_
from app.language import Language

MARK = "R"
MARKED = N_("el municipio respondió")
REPLY_COLUMNS = (
    "respuesta",
    "calificacion_solicitada",
    "motivo_de_la_respuesta",
    "quien_firma",
    "cargo_de_quien_firma",
    "fecha_de_la_respuesta",
    "decision",
    "calificacion_antes",
    "calificacion_decidida",
    "motivo_de_la_decision",
    "lugar_en_el_tema_antes",
    "lugar_en_el_tema_decidido",
)
ANSWER_COLUMNS = ("respondio_el_municipio", "respondio_el", "asistio_a_la_reunion")
WITHDRAWN = "texto retirado por causas legales"
STANCES = {Stance.AGREE: "de acuerdo", Stance.CORRECTION: "solicita corrección"}
VERDICTS = {Verdict.KEPT: "se mantiene", Verdict.CHANGED: "cambia", Verdict.NOTED: "se toma nota"}
STATUSES = {
    AnswerStatus.ON_TIME: "a tiempo",
    AnswerStatus.LATE: "tarde",
    AnswerStatus.NONE: "no respondió",
    AnswerStatus.NOT_NOTIFIED: "no se le notificó",
}


def rating_text(rating: Rating, language: Language) -> str:
    """A score, or the words of an absence in quotes, inside a sentence."""
    return language.score(rating.tenths) if isinstance(rating, Score) else f"«{words.cause(rating, language)}»"


def in_short(shown: ReplyShown, language: Language) -> str:
    """A reply and its decision in a few words."""
    if not shown.is_request:
        return language.gettext("el municipio está de acuerdo")
    if shown.reply.verdict is Verdict.CHANGED:
        return language.sentence(
            "el municipio pidió corregirla: cambió de %(before)s a %(after)s",
            before=rating_text(shown.reply.before, language),
            after=rating_text(shown.decided, language),
        )
    if shown.reply.verdict is Verdict.KEPT:
        return language.gettext("el municipio pidió corregirla: se mantiene")
    return language.gettext("el municipio pidió corregirla: se tomó nota")


def answered(card: Scorecard, language: Language) -> str:
    """``El municipio respondió``, or that it did not; empty in a round run without replies."""
    if card.replies is None:
        return ""
    if card.replies.answer.is_answered:
        return language.gettext("El municipio respondió")
    if card.replies.answer.status is AnswerStatus.NONE:
        return language.gettext("El municipio no respondió")
    return language.gettext("Al municipio no se le notificó")


def told(card: Scorecard, language: Language) -> str:
    """Whether and what the municipality answered, in a sentence; empty in a round run without replies."""
    said = card.replies
    if said is None:
        return ""
    if said.answer.answered_on is None:
        return f"{answered(card, language)}."
    day = language.date(said.answer.answered_on)
    if not said.requests:
        return language.sentence("El municipio respondió el %(day)s y no pidió ninguna corrección.", day=day)
    return language.sentence_for(
        "El municipio respondió el %(day)s y pidió una corrección; calificaciones que cambiaron: %(changed)s.",
        "El municipio respondió el %(day)s y pidió %(number)s correcciones; calificaciones que cambiaron: %(changed)s.",
        len(said.requests),
        day=day,
        changed=said.changed,
    )


def reply_cells(said: EntryReplies | None, demand: int) -> tuple[object, ...]:
    """The cells of one score's reply in a file; empty where there is none."""
    shown = next((row for row in said.replies if row.reply.demand == demand), None) if said else None
    if shown is None:
        return (None,) * len(REPLY_COLUMNS)
    reply = shown.reply
    return (
        STANCES[reply.stance],
        _rating_cell(reply.requested),
        _text_cell(shown.reason),
        _text_cell(shown.letter.signatory),
        _text_cell(shown.letter.position),
        reply.submitted_on,
        VERDICTS[reply.verdict] if reply.verdict else None,
        _rating_cell(reply.before),
        _rating_cell(reply.after),
        _text_cell(shown.decision),
        reply.place_before,
        reply.place_after,
    )


def answer_cells(said: EntryReplies | None) -> tuple[object, ...]:
    """Whether a municipality answered, in a file; empty in a round run without replies."""
    if said is None:
        return (None,) * len(ANSWER_COLUMNS)
    attended: Mapping[bool | None, str | None] = {True: "sí", False: "no", None: None}
    return (STATUSES[said.answer.status], said.answer.answered_on, attended[said.answer.attended])


def _rating_cell(rating: Rating | None) -> str | None:
    return None if rating is None else str(rating) if isinstance(rating, Score) else CAUSES[rating]


def _text_cell(text: Text | None) -> str | None:
    if text is None:
        return None
    return WITHDRAWN if text.body is None else text.body
