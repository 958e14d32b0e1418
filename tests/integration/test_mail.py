"""Mail leaves the outbox once, to a real server, and waits where there is none."""

import contextlib
import email
import email.policy
import socket
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from app.domain.mail import Mail
from app.language import SPANISH
from app.models.mail import OutboxMail
from app.services.delivery import BySmtp, IntoFolder, Post, deliver
from app.services.mail import queue_mail

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
LETTER = Mail("Invitación: ñandú", "Hola:\n\nÁbralo aquí: https://x.example/?enlace=abc\n")


class Inbox:
    """What an SMTP server was handed."""

    def __init__(self) -> None:
        self.mails: list[EmailMessage] = []
        self.answer = "250 OK"

    async def handle_DATA(self, _server: object, _session: object, envelope: Any) -> str:  # noqa: N802 - aiosmtpd's name
        if self.answer.startswith("250"):
            found = email.message_from_bytes(envelope.content, policy=email.policy.default)
            assert isinstance(found, EmailMessage)
            self.mails.append(found)
        return self.answer


@pytest.fixture
def inbox() -> Iterator[tuple[Inbox, BySmtp]]:
    handler = Inbox()
    with contextlib.closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    controller = Controller(handler, hostname="127.0.0.1", port=port)
    controller.start()
    yield handler, BySmtp("127.0.0.1", port, "none")
    controller.stop()


def post(postman: BySmtp | IntoFolder) -> Post:
    return Post(postman, "alcalde@sitio.example", "https://sitio.example")


def write(session: Session, to: str = "ana@ejemplo.mx") -> None:
    queue_mail(session, to_address=to, account_id=None, language=SPANISH, mail=LETTER, now_utc=NOW)
    session.commit()


def test_a_mail_arrives_once_as_it_was_written_and_its_body_is_forgotten(
    session: Session, inbox: tuple[Inbox, BySmtp]
) -> None:
    handler, server = inbox
    write(session)
    for expected in ((1, 0), (0, 0)):
        assert deliver(session, post(server), commit=session.commit, now_utc=NOW) == expected
    (mail,) = handler.mails
    assert (mail["Subject"], mail["To"], mail["From"]) == (LETTER.subject, "ana@ejemplo.mx", "alcalde@sitio.example")
    assert mail.get_content().splitlines() == LETTER.body.splitlines()
    row = session.scalars(select(OutboxMail)).one()
    assert (row.body, row.sent_at_utc, row.due_at_utc) == (None, NOW, None)


def test_a_mail_that_is_refused_waits_longer_each_time_and_keeps_its_message_id(
    session: Session, inbox: tuple[Inbox, BySmtp]
) -> None:
    handler, server = inbox
    write(session)
    handler.answer = "451 later"
    moment = NOW
    for minutes in (2, 4, 8):
        assert deliver(session, post(server), commit=session.commit, now_utc=moment) == (0, 1)
        assert deliver(session, post(server), commit=session.commit, now_utc=moment) == (0, 0)
        moment += timedelta(minutes=minutes)
    handler.answer = "250 OK"
    row = session.scalars(select(OutboxMail)).one()
    assert "451" in row.last_error
    assert deliver(session, post(server), commit=session.commit, now_utc=moment) == (1, 0)
    assert handler.mails[0]["Message-ID"] == f"<{row.message_id}@sitio.example>"


def test_a_server_that_is_away_loses_nothing(session: Session) -> None:
    write(session)
    nowhere = BySmtp("127.0.0.1", 9, "none")
    assert deliver(session, post(nowhere), commit=session.commit, now_utc=NOW) == (0, 1)
    assert session.scalars(select(OutboxMail.body)).one() == LETTER.body


def test_what_is_claimed_by_a_sender_that_died_is_sent_by_the_next(session: Session, tmp_path: Path) -> None:
    class Dying:
        def send(self, _message: EmailMessage) -> None:
            raise KeyboardInterrupt

    write(session)
    with pytest.raises(KeyboardInterrupt):
        deliver(session, Post(Dying(), "a@b.example", ""), commit=session.commit, now_utc=NOW)
    folder = post(IntoFolder(tmp_path / "outbox"))
    assert deliver(session, folder, commit=session.commit, now_utc=NOW) == (0, 0)
    assert deliver(session, folder, commit=session.commit, now_utc=NOW + timedelta(minutes=2)) == (1, 0)


def test_two_senders_at_once_send_each_mail_once(engine: Engine, tmp_path: Path) -> None:
    writing = engine.execution_options(write=True)
    with Session(writing, expire_on_commit=False) as first, Session(writing, expire_on_commit=False) as second:
        for number in range(4):
            write(first, f"p{number}@ejemplo.mx")
        folder = post(IntoFolder(tmp_path / "outbox"))
        sent = [deliver(one, folder, commit=one.commit, now_utc=NOW)[0] for one in (first, second)]
    assert sorted(sent) == [0, 4]
    assert len(list((tmp_path / "outbox").iterdir())) == 4


def test_files_of_mail_are_for_their_owner_only(session: Session, tmp_path: Path) -> None:
    write(session)
    deliver(session, post(IntoFolder(tmp_path / "outbox")), commit=session.commit, now_utc=NOW)
    (file,) = (tmp_path / "outbox").iterdir()
    assert file.stat().st_mode & 0o077 == 0
