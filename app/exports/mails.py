"""The words of our mails: plain text, one thing to do in each, and who to ask."""

from app.domain.mail import Mail
from app.domain.permissions import Role
from app.language import Language

N_ = str
ROLES = {
    Role.ORGANISER: N_("coordinación"),
    Role.EVALUATOR: N_("evaluador o evaluadora"),
    Role.REVIEWER: N_("revisor o revisora"),
    Role.OFFICE: N_("enlace municipal"),
    Role.DEPUTY: N_("suplente de la coordinación"),
}


def new_password_mail(language: Language, *, name: str, link: str) -> Mail:
    """The link to choose a new password."""
    return _mail(
        language,
        N_("Elija una contraseña nueva"),
        N_("Hola, %(name)s:"),
        N_(
            "Alguien pidió una contraseña nueva para su cuenta. Si fue usted, elíjala aquí (el enlace sirve dos horas):"
        ),
        "%(link)s",
        N_("Si no fue usted, no haga nada: su contraseña de ahora sigue sirviendo."),
        name=name,
        link=link,
    )


def password_changed_mail(language: Language, *, name: str, address: str) -> Mail:
    """The notice that a password was changed."""
    return _mail(
        language,
        N_("Su contraseña cambió"),
        N_("Hola, %(name)s:"),
        N_("La contraseña de su cuenta acaba de cambiar. Si fue usted, no tiene que hacer nada."),
        N_("Si no fue usted, elija otra de inmediato y avise a la coordinación:"),
        "%(address)s",
        name=name,
        address=address,
    )


def invitation_mail(language: Language, *, inviter: str, edition: str, role: Role, link: str) -> Mail:
    """The invitation to an edition, for somebody who has no account yet."""
    return _mail(
        language,
        N_("Invitación a participar: %(role)s"),
        N_("Hola:"),
        N_("%(inviter)s le invita a participar en «%(edition)s». Su papel: %(role)s."),
        N_("Para aceptar, elija aquí su nombre y su contraseña (el enlace sirve siete días y una sola vez):"),
        "%(link)s",
        N_("Si no esperaba este correo, no haga nada."),
        inviter=inviter,
        edition=edition,
        role=language.gettext(ROLES[role]),
        link=link,
    )


def role_mail(language: Language, *, name: str, inviter: str, edition: str, role: Role, link: str) -> Mail:
    """The news of one more role, for somebody who has an account."""
    return _mail(
        language,
        N_("Tiene un papel nuevo: %(role)s"),
        N_("Hola, %(name)s:"),
        N_("%(inviter)s le dio un papel en «%(edition)s»: %(role)s. Entre con su cuenta de siempre:"),
        "%(link)s",
        name=name,
        inviter=inviter,
        edition=edition,
        role=language.gettext(ROLES[role]),
        link=link,
    )


def notice_mail(language: Language, *, name: str, place: str, number: int, due: str, link: str) -> Mail:
    """The notice to a municipality's liaison that its draft can be read and answered."""
    return _mail(
        language,
        N_("%(place)s: ya puede responder a la evaluación %(number)s"),
        N_("Hola, %(name)s:"),
        N_(
            "El borrador de las calificaciones de %(place)s en la evaluación %(number)s está listo. Está bajo embargo: "
            "no lo publique ni lo comparta."
        ),
        N_("Puede estar de acuerdo o solicitar correcciones hasta el %(due)s (hora local), aquí:"),
        "%(link)s",
        N_(
            "Lo que responda se publicará junto a cada calificación, con la decisión que se tome. Si nadie responde, "
            "se publicará que no hubo respuesta."
        ),
        name=name,
        place=place,
        number=number,
        due=due,
        link=link,
    )


WHY_UNPUBLISHED = {
    "difference-changed": N_("Algo cambió después de las firmas: hay que leerlo y firmarlo de nuevo."),
    "signatures-missing": N_("Ya no hay dos firmas que cuenten: alguien retiró la suya o cambió de papel."),
    "gate-blocked": N_("Algo impide publicar: está en la lista de la página."),
}


def unpublished_mail(language: Language, *, name: str, edition: str, number: int, why: str, link: str) -> Mail:
    """The news that a publication did not come about at the hour that was set; ``why`` is the code of its cause."""
    return _mail(
        language,
        N_("No se publicó la evaluación %(number)s de %(edition)s"),
        N_("Hola, %(name)s:"),
        N_("La evaluación %(number)s de %(edition)s no se publicó a la hora fijada. Nada de ella es público."),
        WHY_UNPUBLISHED.get(why, WHY_UNPUBLISHED["gate-blocked"]),
        N_("Véalo aquí, fírmelo de nuevo y fije otra hora:"),
        "%(link)s",
        name=name,
        edition=edition,
        number=number,
        link=link,
    )


def power_mail(
    language: Language, *, name: str, giver: str, receiver: str, edition: str, role: Role, link: str
) -> Mail:
    """The news, for who may sign, that somebody else may sign now too."""
    return _mail(
        language,
        N_("Otra cuenta puede firmar en %(edition)s"),
        N_("Hola, %(name)s:"),
        N_("%(giver)s dio el poder de firmar en «%(edition)s», como %(role)s. Ahora lo tiene: %(receiver)s."),
        N_(
            "Nada se publica sin las firmas de dos personas distintas. Si no conoce a esa persona, o dos cuentas son "
            "de la misma, avise al resto de la coordinación antes de que se firme algo."
        ),
        "%(link)s",
        name=name,
        giver=giver,
        receiver=receiver,
        edition=edition,
        role=language.gettext(ROLES[role]),
        link=link,
    )


def signature_mail(
    language: Language, *, name: str, signer: str, edition: str, number: int, is_correction: bool, link: str
) -> Mail:
    """The news, for who may sign, that a publication has its first signature."""
    return _mail(
        language,
        N_("Falta una firma: corrección de la evaluación %(number)s de %(edition)s")
        if is_correction
        else N_("Falta una firma: evaluación %(number)s de %(edition)s"),
        N_("Hola, %(name)s:"),
        N_("Ya hay una firma para publicar una corrección de la evaluación %(number)s de %(edition)s: %(signer)s.")
        if is_correction
        else N_("Ya hay una firma para publicar la evaluación %(number)s de %(edition)s: %(signer)s."),
        N_("Hace falta otra persona. Lea lo que se vería y, si es correcto, fírmelo; si no, avise:"),
        "%(link)s",
        name=name,
        signer=signer,
        edition=edition,
        number=number,
        link=link,
    )


def withdrawal_mail(language: Language, *, name: str, signer: str, edition: str, link: str) -> Mail:
    """The news, for who may sign, that one person asks for a published text to go. It says nothing of the text."""
    return _mail(
        language,
        N_("Se pidió retirar un texto publicado de %(edition)s"),
        N_("Hola, %(name)s:"),
        N_("Se pidió retirar por razones legales un texto publicado de %(edition)s. Lo pide: %(signer)s."),
        N_("Se borra para siempre cuando otra persona lo confirme. Léalo, con su causa, antes de que ocurra:"),
        "%(link)s",
        name=name,
        signer=signer,
        edition=edition,
        link=link,
    )


def _mail(language: Language, subject: str, *paragraphs: str, **facts: object) -> Mail:
    sign_off = language.gettext(N_("Alcalde, ¿cómo vamos?"))
    lines = [language.sentence(paragraph, **facts) for paragraph in paragraphs]
    return Mail(language.sentence(subject, **facts), "\n\n".join([*lines, sign_off]) + "\n")
