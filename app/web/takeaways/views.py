"""Drawn from a publication and kept below its address: boleta, pictures of links, paragraph, bulletin."""

from flask import Blueprint, Response, render_template

from app.domain.scorecard import Scorecard
from app.exports.bulletins import bulletin_pdf
from app.exports.cards import boleta_pdf, boleta_png, round_png, scorecard_png
from app.exports.paragraphs import paragraph, paragraph_txt
from app.exports.questions import question
from app.extensions import database
from app.queries.bulletins import find_bulletin
from app.queries.glances import find_sealed_round
from app.queries.scorecards import find_pinned_scorecard, find_scorecard
from app.web.shared.access import open_to_all
from app.web.shared.addresses import found
from app.web.shared.languages import current_language
from app.web.takeaways.downloads import card_address, download, publication_address

blueprint = Blueprint("takeaways", __name__, url_prefix="/<edition:edition>")
blueprint.add_app_template_filter(question, "question")
OF_A_ROUND = "/evaluaciones/<count:number>/publicaciones/<count:publication>"
OF_A_CARD = f"{OF_A_ROUND}/municipios/<slug:municipality>"
PNG, PDF, TEXT = "image/png", "application/pdf", "text/plain; charset=utf-8"


@blueprint.get("/municipios/<slug:municipality>/llevar/")
@open_to_all
def takeaway(edition: str, municipality: str) -> str:
    """What there is to take away of a mayor's newest scorecard, with a look at each."""
    card = found(find_scorecard(database.session, edition, municipality))
    language = current_language()
    said = paragraph(card, language, card_address(card, language))
    return render_template("takeaways/takeaway.html", scorecard=card, paragraph=said)


@blueprint.get(f"{OF_A_CARD}/boleta.png")
@open_to_all
def boleta_image(edition: str, number: int, publication: int, municipality: str) -> Response:
    """The boleta as an image for a phone."""
    card, language = _card(edition, number, publication, municipality), current_language()
    return download(card, "boleta.png", PNG, boleta_png(card, language, card_address(card, language)))


@blueprint.get(f"{OF_A_CARD}/boleta.pdf")
@open_to_all
def boleta_document(edition: str, number: int, publication: int, municipality: str) -> Response:
    """The boleta on paper."""
    card, language = _card(edition, number, publication, municipality), current_language()
    return download(card, "boleta.pdf", PDF, boleta_pdf(card, language, card_address(card, language)))


@blueprint.get(f"{OF_A_CARD}/tarjeta.png")
@open_to_all
def scorecard_picture(edition: str, number: int, publication: int, municipality: str) -> Response:
    """The picture of a link to a scorecard."""
    card = _card(edition, number, publication, municipality)
    return download(card, "tarjeta.png", PNG, scorecard_png(card, current_language()))


@blueprint.get(f"{OF_A_CARD}/parrafo.txt")
@open_to_all
def paragraph_file(edition: str, number: int, publication: int, municipality: str) -> Response:
    """The paragraph to paste."""
    card, language = _card(edition, number, publication, municipality), current_language()
    return download(card, "parrafo.txt", TEXT, paragraph_txt(card, language, card_address(card, language)))


@blueprint.get(f"{OF_A_ROUND}/tarjeta.png")
@open_to_all
def round_picture(edition: str, number: int, publication: int) -> Response:
    """The picture of a link to a round."""
    glance = found(find_sealed_round(database.session, edition, number, publication, 1)).glance
    return download(glance, "tarjeta.png", PNG, round_png(glance, current_language()))


@blueprint.get(f"{OF_A_ROUND}/boletin.pdf")
@open_to_all
def bulletin(edition: str, number: int, publication: int) -> Response:
    """The bulletin of a round."""
    bulletin, language = found(find_bulletin(database.session, edition, number, publication)), current_language()
    address = publication_address(bulletin.frame, language)
    return download(bulletin, "boletin.pdf", PDF, bulletin_pdf(bulletin, language, address))


def _card(edition: str, number: int, publication: int, municipality: str) -> Scorecard:
    return found(find_pinned_scorecard(database.session, edition, number, publication, municipality))
