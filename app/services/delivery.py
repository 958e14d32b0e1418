"""Sending what waits in the outbox: by SMTP, or as files into a folder."""

import smtplib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.message import EmailMessage
from email.utils import format_datetime
from pathlib import Path
from typing import Protocol

from sqlalchemy.orm import Session

from app.domain.mail import Mail
from app.models.mail import OutboxMail
from app.queries.mail import next_mail_due
from app.services.accounts import write_new_password

SECONDS = 20
LONGEST_WAIT = timedelta(hours=6)


class Postman(Protocol):
    """Somebody who takes a mail away, or raises OSError (smtplib's errors are of that kind)."""

    def send(self, message: EmailMessage) -> None:
        """Take one mail."""


@dataclass(frozen=True)
class IntoFolder:
    """Lays each mail as a file that mail programs open; the same mail twice is one file."""

    folder: Path

    def send(self, message: EmailMessage) -> None:
        """Write ``<message id>.eml``, readable by the owner only: it may hold a link that opens an account."""
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        file = self.folder / f"{str(message['Message-ID']).strip('<>').partition('@')[0]}.eml"
        file.touch(mode=0o600)
        file.write_bytes(bytes(message))


@dataclass(frozen=True)
class BySmtp:
    """Hands mails to a server. ``security`` is ``starttls``, ``tls`` or ``none``."""

    host: str
    port: int
    security: str
    user: str = ""
    password: str = ""

    def send(self, message: EmailMessage) -> None:
        """Hand over one mail."""
        kind = smtplib.SMTP_SSL if self.security == "tls" else smtplib.SMTP
        with kind(self.host, self.port, timeout=SECONDS) as server:
            if self.security == "starttls":
                server.starttls()
            if self.user:
                server.login(self.user, self.password)
            server.send_message(message)


@dataclass(frozen=True)
class Post:
    """How mail leaves this site: who carries it, who it is from, and the address that its links begin with."""

    postman: Postman
    sender: str
    site_url: str


def open_post(server: BySmtp, folder: Path, *, sender: str, site_url: str) -> Post:
    """The post of a site: by its server, or into the folder where no server is named."""
    return Post(server if server.host else IntoFolder(folder), sender, site_url)


def deliver(session: Session, post: Post, *, commit: Callable[[], None], now_utc: datetime) -> tuple[int, int]:
    """Send all mail that is due; how many went, and how many have to wait for another try.

    ``commit`` is the door's. Each mail is claimed and committed before it is sent, so that no lock is held while a
    server answers, and stamped after. One that left just before a crash leaves again under the same Message-ID.
    """
    sent = waiting = 0
    while (mail := next_mail_due(session, now_utc)) is not None:
        mail.tries += 1
        mail.due_at_utc = now_utc + min(timedelta(minutes=2**mail.tries), LONGEST_WAIT)
        commit()
        try:
            _send(session, post, mail)
        except OSError as error:
            mail.last_error = f"{type(error).__name__}: {error}"[:200]
            waiting += 1
        else:
            mail.sent_at_utc, mail.due_at_utc, mail.body, mail.last_error = now_utc, None, None, ""
            sent += 1
        commit()
    commit()  # lets go of the lock that asking for the next one took
    return sent, waiting


def _send(session: Session, post: Post, mail: OutboxMail) -> None:
    if mail.kind == "new_password":
        words = write_new_password(session, mail, post.site_url)
    else:
        words = Mail(mail.subject, mail.body or "")
    if words is not None:
        post.postman.send(_message(mail, words, post.sender))


def _message(mail: OutboxMail, words: Mail, sender: str) -> EmailMessage:
    message = EmailMessage()
    message["Message-ID"] = f"<{mail.message_id}@{sender.rpartition('@')[2]}>"
    message["Date"] = format_datetime(mail.created_at_utc)
    message["From"] = sender
    message["To"] = mail.to_address
    message["Subject"] = " ".join(words.subject.split())
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(words.body)
    message["Content-Language"] = mail.language
    return message
