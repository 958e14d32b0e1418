"""What goes round: the boleta as an image and as a document, and the pictures of shared links."""

from app.domain.extremes import few_best_and_worst
from app.domain.fronts import Glance
from app.domain.rankings import Ranking
from app.domain.scorecard import Scorecard
from app.exports import words
from app.exports.boletas import boleta_facts, extremes, frame_facts, headline
from app.exports.documents import draw_pdf, draw_png
from app.exports.replies import answered
from app.language import Language

BOLETA_SIZE = (1080, 1350)
CARD_SIZE = (1200, 630)
ROUNDS_ON_A_PHONE = 2
ROUNDS_ON_PAPER = 4
EXTREMES = 3
ROWS_OF_A_CARD = 5


def boleta_png(card: Scorecard, language: Language, address: str) -> bytes:
    """The boleta as an image for a phone, 1080 x 1350 pixels. ``address`` is that of the pinned scorecard."""
    return draw_png("boleta-image", boleta_facts(card, language, address, earlier=ROUNDS_ON_A_PHONE))


def boleta_pdf(card: Scorecard, language: Language, address: str) -> bytes:
    """The boleta on one sheet of A4, tagged, its text searchable."""
    return draw_pdf("boleta", boleta_facts(card, language, address, earlier=ROUNDS_ON_PAPER))


def scorecard_png(card: Scorecard, language: Language) -> bytes:
    """The picture of a link to a scorecard, 1200 x 630 pixels."""
    best, worst = few_best_and_worst(card.scores, EXTREMES)
    figures = headline(card, language)
    facts = {
        **frame_facts(card.frame, language),
        "title": card.entry.name,
        "place": card.entry.name,
        "mayor": card.entry.mayor,
        "headline": figures,
        "standing": _standing(card, language),
        "answered": answered(card, language),
        "no_figure": language.gettext("Sin calificaciones en esta evaluación."),
        "best_label": language.gettext("Lo más alto"),
        "best": extremes(best, language),
        "worst_label": language.gettext("Lo más bajo"),
        "worst": extremes(worst, language),
    }
    return draw_png("tarjeta", facts)


def round_png(glance: Glance, language: Language) -> bytes:
    """The picture of a link to a round: its first places, 1200 x 630 pixels."""
    ranking = glance.headline
    shown = ranking.placed[:ROWS_OF_A_CARD] if ranking else ()
    facts = {
        **frame_facts(glance.frame, language),
        "title": words.round_name(glance.frame.period, language),
        "heading": ranking_name(ranking, language) if ranking else words.round_name(glance.frame.period, language),
        "rows": [
            {
                "place": words.place_number(row.standing),
                "name": row.entry.name,
                "tenths": row.standing.tenths,
                "value": language.tenths(row.standing.tenths or 0),
            }
            for row in shown
        ],
        "more": _more(ranking, len(shown), language) if ranking else "",
        "no_figure": language.gettext("Sin calificaciones en esta evaluación."),
    }
    return draw_png("tarjeta-ronda", facts)


def ranking_name(ranking: Ranking, language: Language) -> str:
    """``Promedio general``, or the theme that a ranking is over."""
    return words.localised(ranking.theme, "name", language) if ranking.theme else language.gettext("Promedio general")


def _standing(card: Scorecard, language: Language) -> str:
    average = card.overall or next((row for row in card.averages if row.standing.tenths is not None), None)
    return words.capital(words.place(average.standing, average.out_of, card.frame.method, language)) if average else ""


def _more(ranking: Ranking, shown: int, language: Language) -> str:
    left = ranking.part.rows - shown
    return language.sentence_for("y %(number)s municipio más", "y %(number)s municipios más", left) if left else ""
