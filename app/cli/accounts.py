"""``flask accounts``: invite the first organiser; people who do not exist, to try the site on one's own machine."""

import secrets
from pathlib import Path

import click
from flask import current_app
from flask.cli import AppGroup
from flask_security import hash_password

from app.cli.commits import database_at_hand, now_utc, writing_as_system
from app.cli.sentences import _, operator_language, refusal, say
from app.config import Settings
from app.domain.people import InvitationRefused, NewRole
from app.domain.permissions import Role
from app.exports.mails import ROLES
from app.extensions import database
from app.queries.people import find_demonstration, find_edition_choices
from app.services.demonstration import PEOPLE, add_demonstration
from app.services.invitations import invite

group = AppGroup("accounts", help="Invite people; add the people of the demonstration.")
PASSWORD_FILE = "demostracion.txt"  # noqa: S105 - its name


@group.command("invite")
@click.argument("email")
@click.option("--role", type=click.Choice([role.value for role in Role]), required=True)
@click.option("--edition", required=True, help="The address name of the edition.")
@click.option("--municipality", help="The address name of an office's municipality.")
@click.option("--organisation", help="The key of an evaluator's institution.")
@click.option("--commit", is_flag=True, help="Write and queue the mail; without it only say what would be done.")
def invite_person(
    email: str, role: str, edition: str, municipality: str | None, organisation: str | None, *, commit: bool
) -> None:
    """Invite EMAIL to an edition: how its first organiser gets in."""
    settings: Settings = current_app.config["SETTINGS"]
    if email.count("@") != 1 or not email.isascii() or not email.isprintable():
        raise refusal(_("«%(email)s» no es un correo."), email=email)
    new = NewRole(email.lower(), Role(role), edition, municipality, organisation)
    with writing_as_system(commit=commit) as (session, actor):
        if find_edition_choices(session, edition) is None:
            raise refusal(_("Ninguna administración se llama %(slug)s."), slug=edition)
        try:
            invite(
                session,
                actor,
                new=new,
                site_url=settings.site_url,
                language=operator_language(),
                now_utc=now_utc(),
            )
        except InvitationRefused as refused:
            raise refusal(_("No se puede invitar a %(email)s: %(code)s."), email=email, code=refused.code) from refused
    say(
        _("%(email)s: invitación escrita; sale con «flask mail send».")
        if commit
        else _("%(email)s: con --commit se escribiría la invitación."),
        email=email,
    )


@group.command("demonstrate")
@click.option("--commit", is_flag=True, help="Write; without it only say what would be done.")
def demonstrate(*, commit: bool) -> None:
    """Add the people of the demonstration edition and print how to sign in as them. Never in production."""
    settings: Settings = current_app.config["SETTINGS"]
    if settings.is_production:
        raise refusal(_("En producción no hay cuentas de demostración."))
    with database_at_hand():
        edition = find_demonstration(database.session)
    if edition is None:
        say(_("No hay ninguna administración de demostración: no hay cuentas que añadir."))
        return
    password = _password(settings.instance_path / PASSWORD_FILE, keep=commit)
    with writing_as_system(commit=commit) as (session, actor):
        new_secret = current_app.extensions["security"].totp_factory.generate_totp_secret
        add_demonstration(
            session,
            actor,
            edition=edition,
            password_hash=hash_password(password),
            new_secret=new_secret,
            now_utc=now_utc(),
        )
    if not commit:
        say(_("Con --commit se añadirían %(count)s cuentas de demostración."), count=len(PEOPLE))
        return
    say(
        _("Cuentas de demostración, en %(address)s (la contraseña de todas: %(password)s):"),
        address=f"{settings.site_url}/acceso/",
        password=password,
    )
    for person in PEOPLE:
        click.echo(f"  {person.email:38} {operator_language().gettext(ROLES[person.role])}")
    say(_("Donde se pide un código del teléfono, la página misma lo muestra: solo aquí, nunca en producción."))


def _password(file: Path, *, keep: bool) -> str:
    """The password of this copy of the site: made once, kept where only its owner reads it."""
    if file.is_file():
        return file.read_text(encoding="utf-8").strip()
    password = "-".join(secrets.token_hex(2) for _group in range(4))
    if keep:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.touch(mode=0o600)
        file.write_text(password + "\n", encoding="utf-8")
    return password
