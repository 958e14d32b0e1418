"""The bulletin of a round as PDF: cover, a page per theme, a page per municipality, method and seal."""

from app.domain.bulletins import Bulletin
from app.domain.editions import Source
from app.domain.publications import Standing
from app.domain.rankings import Ranking, RankingRow
from app.domain.scorecard import Publication
from app.domain.scores import Rating, Score
from app.domain.standings import is_change_told
from app.exports import words
from app.exports.boletas import Facts, boleta_facts, distinctions, frame_facts
from app.exports.cards import ranking_name
from app.exports.documents import draw_pdf, qr_svg
from app.exports.replies import MARK, MARKED
from app.language import Language

EARLIER_ROUNDS = 3


def bulletin_pdf(bulletin: Bulletin, language: Language, address: str) -> bytes:
    """The bulletin, tagged and with bookmarks. ``address`` is that of the publication's page."""
    return draw_pdf("boletin", bulletin_facts(bulletin, language, address))


def bulletin_facts(bulletin: Bulletin, language: Language, address: str) -> Facts:
    """The facts of a bulletin. The pinned scorecards lie below its address."""
    frame = bulletin.frame
    name = words.round_name(frame.period, language)
    return {
        **frame_facts(frame, language),
        "title": language.sentence(
            "Boletín: %(round)s. %(edition)s", round=name, edition=words.localised(frame.edition, "name", language)
        ),
        "kind": language.gettext("Boletín de resultados"),
        "place": words.localised(frame.edition, "place", language),
        "rankings": [_ranking(ranking, language) for ranking in bulletin.rankings if _says_anything(ranking)],
        "partial": _partial(bulletin, language),
        "overall_note": words.localised(frame.edition, "overall_note", language),
        "distinctions_title": language.gettext("Reconocimientos y llamados de atención"),
        "distinctions": distinctions(bulletin.distinctions, language),
        **_cards(bulletin, language, address),
        "method": _method(bulletin, language),
        "seal": _seal(frame.publication, language),
        "sources_title": language.gettext("Fuentes"),
        "sources": [_source(row, language) for row in frame.sources.values()],
        "address": address,
        "shown_address": address.partition("://")[2],
        "qr": qr_svg(address),
        "qr_label": language.gettext("Código QR que lleva a esta publicación en el sitio"),
        "page_of": language.gettext("página"),
    }


def _cards(bulletin: Bulletin, language: Language, address: str) -> Facts:
    """A card per municipality, or where they are when there are too many to print."""
    elsewhere = language.sentence(
        "Son %(number)s municipios: la boleta de cada uno está en el sitio.",
        number=language.whole(bulletin.municipalities),
    )
    return {
        "cards_title": language.gettext("Municipio por municipio"),
        "no_cards": "" if bulletin.cards else elsewhere,
        "cards": [
            boleta_facts(card, language, f"{address}municipios/{card.entry.slug}/", earlier=EARLIER_ROUNDS)
            for card in bulletin.cards
        ],
    }


def _says_anything(ranking: Ranking) -> bool:
    return bool(ranking.placed or ranking.refused)


def _partial(bulletin: Bulletin, language: Language) -> str:
    total = len(bulletin.frame.demands)
    if bulletin.published_demands >= total:
        return ""
    return language.sentence(
        "De esta evaluación, la fuente publica %(published)s de las %(total)s %(words)s.",
        published=bulletin.published_demands,
        total=total,
        words=words.localised(bulletin.edition, "demand_words", language),
    )


def _ranking(ranking: Ranking, language: Language) -> Facts:
    shown = len(ranking.rows)
    with_scores = len(ranking.demands) > 1 and ranking.theme is not None
    return {
        "name": ranking_name(ranking, language),
        "is_overall": ranking.theme is None,
        "heads": {
            "place": language.gettext("Lugar"),
            "who": language.gettext("Municipio"),
            "value": language.gettext("Promedio"),
            "change": language.gettext("Cambio") if ranking.frame.compared_with else "",
            "printed": language.gettext("Publicado") if ranking.has_figures else "",
        },
        "demands": [
            {"number": language.whole(row.number), "name": words.localised(row, "name", language)}
            for row in ranking.demands
        ]
        if with_scores
        else [],
        "blocks": [
            {"title": title, "rows": [_row(ranking, row, language, with_scores=with_scores) for row in rows]}
            for title, rows in (
                ("", ranking.placed),
                (language.gettext("No entregó la información: sin lugar"), ranking.refused),
                (language.gettext("Sin lugar"), ranking.unplaced),
            )
            if rows
        ],
        "more": ""
        if shown >= ranking.part.rows
        else language.sentence(
            "Aquí están los primeros %(shown)s de %(rows)s municipios; los demás, en el sitio.",
            shown=language.whole(shown),
            rows=language.whole(ranking.part.rows),
        ),
        "change_note": _change_note(ranking, language),
        "reply_note": f"{MARK}: {language.gettext(MARKED)}." if ranking.has_replies else "",
    }


def _change(standing: Standing, language: Language) -> str:
    """The change, where it may be told beside the average (no refusal lifts it)."""
    if standing.change_tenths is None or not is_change_told(standing):
        return ""
    return language.change(standing.change_tenths)


def _change_note(ranking: Ranking, language: Language) -> str:
    compared = ranking.frame.compared_with
    if compared is None:
        return ""
    return language.sentence(
        "El cambio compara con la evaluación %(number)s, solo con lo que se calificó en las dos.",
        number=compared.round_number,
    )


def _row(ranking: Ranking, row: RankingRow, language: Language, *, with_scores: bool) -> Facts:
    standing = row.standing
    scores = [row.scores.get(demand.number) for demand in ranking.demands] if with_scores else []
    why = [] if standing.place else [words.unplaced(standing, ranking.frame.method, language)]
    if standing.rated != standing.applicable and not words.counts_say_why(standing):
        why.append(words.coverage(standing, ranking.edition, language))
    return {
        "place": words.place_number(standing),
        "name": row.entry.name,
        "mark": MARK if row.replies else "",
        "mayor": row.entry.mayor,
        "office": f"{words.role(row.entry, language)} · {words.party(row.entry, language)}",
        "why": words.capital("; ".join(why)),
        "scores": [_cell(score.rating if score else None, language) for score in scores],
        "tenths": standing.tenths,
        "value": "–" if standing.tenths is None else language.tenths(standing.tenths),
        "change": _change(standing, language),
        "printed": row.figure.printed if row.figure else "",
    }


def _cell(rating: Rating | None, language: Language) -> Facts:
    if isinstance(rating, Score):
        return {"tenths": rating.tenths, "score": language.score(rating.tenths), "sign": ""}
    return {"tenths": None, "score": "", "sign": words.sign(rating or "", language)}


def _method(bulletin: Bulletin, language: Language) -> Facts:
    method = bulletin.frame.method
    rules = [
        language.gettext("Cada calificación va de 0 a 10, en pasos de una décima."),
        language.gettext(
            "El promedio es la suma de las calificaciones por su peso, entre los pesos; "
            "se redondea una sola vez, a un decimal."
        ),
        language.gettext("Lo que falta se dice con su causa y nunca cuenta como cero."),
        language.sentence(
            "Para tener lugar hace falta al menos el %(theme)s del peso de un tema calificado, "
            "y el %(overall)s en el promedio general.",
            theme=f"{method.minimum_theme_coverage_percent}\u00a0%",
            overall=f"{method.minimum_coverage_percent}\u00a0%",
        )
        if method.overall
        else language.sentence(
            "Para tener lugar hace falta al menos el %(theme)s del peso de un tema calificado.",
            theme=f"{method.minimum_theme_coverage_percent}\u00a0%",
        ),
        language.gettext("A valores iguales, el mismo lugar, señalado con «=»."),
    ]
    if method.refused_counts_as is None:
        rules.append(language.gettext("Quien no entrega la información se queda sin lugar: ocultar nunca conviene."))
    return {"title": language.gettext("Cómo se calcula"), "rules": rules}


def _seal(publication: Publication, language: Language) -> Facts:
    return {
        "title": language.gettext("Cómo comprobarlo"),
        "intro": language.gettext(
            "Estas cifras quedaron selladas. El archivo de comprobación está en la página de la publicación; "
            "su código SHA-256 debe ser:"
        ),
        "sha256": publication.sha256,
    }


def _source(source: Source, language: Language) -> Facts:
    named = ", ".join(part for part in (source.publisher, source.title) if part)
    return {"named": named, "day": language.date(source.published_on) if source.published_on else "", "url": source.url}
