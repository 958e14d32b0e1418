"""``flask mail``: send what waits in the outbox. Run it every minute, from cron, a timer or a loop."""

from flask import current_app
from flask.cli import AppGroup

from app.cli.commits import database_at_hand, now_utc
from app.cli.sentences import _, complain, say
from app.config import Settings
from app.extensions import database
from app.services.attempts import forget_old_attempts
from app.services.delivery import BySmtp, Post, deliver, open_post
from app.services.parking import forget_parked_forms

group = AppGroup("mail", help="Send the mail that waits.")


@group.command("send")
def send() -> None:
    """Send all mail that is due, and forget what is kept for a while only. Ends with status 1 where one had to wait."""
    settings: Settings = current_app.config["SETTINGS"]
    with database_at_hand():
        session = database.writing_session
        sent, waiting = deliver(session, settings_post(settings), commit=session.commit, now_utc=now_utc())
        forget_old_attempts(session, now_utc())
        forget_parked_forms(session, now_utc())
        session.commit()
    say(_("Correos enviados: %(sent)s."), sent=sent)
    if waiting:
        complain(_("Correos que esperan otro intento: %(waiting)s."), waiting=waiting)
        raise SystemExit(1)


def settings_post(settings: Settings) -> Post:
    """The post that the settings describe."""
    mail = settings.mail
    server = BySmtp(mail.host, mail.port, mail.security, mail.user, mail.password)
    return open_post(server, settings.instance_path / "outbox", sender=mail.sender, site_url=settings.site_url)
