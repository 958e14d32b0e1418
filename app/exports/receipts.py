"""The receipt of a municipality's letter as a mail: its number, its time and its code, and nothing of the draft."""

from datetime import datetime

from app.domain.editions import Edition
from app.domain.mail import Mail
from app.language import Language

N_ = str


def receipt_mail(
    language: Language, *, edition: Edition, place: str, number: int, code: str, sent_at_utc: datetime, address: str
) -> Mail:
    """What everybody who answers for the municipality is sent; ``number`` is the letter's."""
    facts = {
        "place": place,
        "number": language.whole(number),
        "edition": edition.name_en if language.code == "en" and edition.name_en else edition.name_es,
        "moment": language.moment(sent_at_utc, edition.zone),
        "code": code,
        "address": address,
    }
    paragraphs = (
        N_("Se recibió la carta %(number)s de %(place)s, en «%(edition)s»."),
        N_("Recibida: %(moment)s (hora local)"),
        N_("Código del recibo: %(code)s"),
        N_("Aquí puede verla e imprimir el recibo (hay que entrar con su cuenta):"),
        "%(address)s",
        N_("Alcalde, ¿cómo vamos?"),
    )
    subject = language.sentence(N_("Recibo de la carta %(number)s de %(place)s"), **facts)
    return Mail(subject, "\n\n".join(language.sentence(words, **facts) for words in paragraphs) + "\n")
