"""What strangers learn at the door, how often they may knock, and what an expired session leaves behind."""

import contextlib
import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from unittest import mock

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from flask_security import hash_password
from sqlalchemy import select
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from app.config import Settings
from app.domain.attempts import AttemptKind
from app.domain.permissions import Grant, Role
from app.extensions import database
from app.models.accounts import Account
from app.models.mail import OutboxMail
from app.models.sessions import Attempt, ParkedForm, StaffSession
from app.services.keys import fingerprint
from tests.people import PASSWORD, make_account, sign_in, token
from tests.seeded import application

EDITION = "ejemplo-2024-2027"
ANA, OLGA = "ana@ejemplo.mx", "olga@ejemplo.mx"
HASHES: dict[str, str] = {}


@pytest.fixture
def site(own_seeded_settings: Settings) -> Iterator[Flask]:
    with application(own_seeded_settings) as app:
        with app.app_context():
            for email, role in ((ANA, Role.EVALUATOR), (OLGA, Role.ORGANISER)):
                account = make_account(database.writing_session, Grant(EDITION, role), email=email, name=email)
                account.password = HASHES.setdefault(PASSWORD, hash_password(PASSWORD))
            database.writing_session.commit()
        yield app


@contextlib.contextmanager
def rows(site: Flask) -> Iterator[Session]:
    """A look into the database, outside any request."""
    with site.app_context():
        yield database.writing_session


def account_id(site: Flask, email: str) -> int:
    with rows(site) as session:
        return session.scalars(select(Account.id).where(Account.email == email)).one()


def knock(
    client: FlaskClient,
    email: str = ANA,
    password: str = "wrong",  # noqa: S107
    address: str = "127.0.0.9",
    **more: Any,
) -> TestResponse:
    fields = {"email": email, "password": password, "csrf_token": token(client, "/acceso/")}
    return client.post("/acceso/", data=fields, environ_base={"REMOTE_ADDR": address}, **more)


def is_in(client: FlaskClient) -> bool:
    return client.get("/acceso/cuenta/").status_code == 200


def browser(site: Flask) -> FlaskClient:
    return site.test_client()


@pytest.mark.parametrize("spelling", ["ANA@ejemplo.mx", "ana@\uff45jemplo.mx", "ana@ejemplo\u3002mx"])
def test_every_spelling_of_an_address_is_counted_as_one_account(site: Flask, spelling: str) -> None:
    knock(browser(site))
    knock(browser(site), email=spelling, address="127.0.0.10")
    with rows(site) as session:
        row = session.get_one(Attempt, fingerprint(AttemptKind.ACCOUNT.value, ANA))
        assert row.count == 2


def test_the_eleventh_failure_from_one_address_is_refused_whoever_is_named_and_whatever_is_forged(site: Flask) -> None:
    client = browser(site)
    statuses = [knock(client, email=f"nobody{number}@ejemplo.mx").status_code for number in range(11)]
    assert statuses == [200] * 10 + [429]
    forged = knock(client, headers={"X-Forwarded-For": "192.0.2.77", "Forwarded": "for=192.0.2.78"})
    assert forged.status_code == 429
    assert 0 < int(forged.headers["Retry-After"]) <= 900
    assert knock(client, password=PASSWORD).status_code == 429
    assert knock(client, password=PASSWORD, address="127.0.0.10").status_code == 302


def test_failing_in_her_name_does_not_keep_her_out_of_her_own_browser(site: Flask) -> None:
    hers = browser(site)
    knock(hers, password=PASSWORD)
    hers.post("/acceso/salir/", data={"csrf_token": token(hers, "/acceso/cuenta/")})
    hostile = [knock(browser(site), address=f"127.1.0.{number}").status_code for number in range(1, 53)]
    assert hostile == [200] * 50 + [429] * 2
    assert knock(browser(site), password=PASSWORD, address="127.2.0.1").status_code == 429
    assert knock(hers, password=PASSWORD, address="127.2.0.2").status_code == 302
    assert is_in(hers)


def test_known_and_unknown_addresses_get_the_same_answer(site: Flask) -> None:
    known, unknown = (knock(browser(site), email=email) for email in (ANA, "eva@ejemplo.mx"))
    assert masked(known.text, ANA) == masked(unknown.text, "eva@ejemplo.mx")
    assert (known.status_code, sorted(known.headers.keys())) == (unknown.status_code, sorted(unknown.headers.keys()))


def masked(text: str, email: str) -> str:
    return re.sub(r'value="[^"]{40,}"', "token", text.replace(email, "address"))


def test_a_wish_for_a_new_password_does_the_same_for_everybody(site: Flask) -> None:
    answers = []
    for email in (ANA, "eva@ejemplo.mx"):
        client = browser(site)
        fields = {"email": email, "csrf_token": token(client, "/acceso/olvido/")}
        answers.append(masked(client.post("/acceso/olvido/", data=fields).text, email))
    assert answers[0] == answers[1]
    with rows(site) as session:
        found = session.execute(select(OutboxMail.to_address, OutboxMail.kind)).all()
    assert {tuple(row) for row in found} == {(ANA, "new_password"), ("eva@ejemplo.mx", "new_password")}


def test_a_new_password_is_chosen_by_mail_once_and_ends_all_sessions(
    site: Flask, own_seeded_settings: Settings
) -> None:
    inside, client = browser(site), browser(site)
    sign_in(inside, account_id(site, ANA))
    client.post("/acceso/olvido/", data={"email": ANA, "csrf_token": token(client, "/acceso/olvido/")})
    link = newest_link(own_seeded_settings.instance_path, r"/acceso/olvido/[^\s]+")
    new = "cuatro pulpos violeta"
    fields = {"password": new, "password_confirm": new, "csrf_token": token(client, link)}
    assert client.post(link, data=fields).location == "/acceso/"
    assert not is_in(inside)
    assert knock(client, password=PASSWORD).status_code == 200
    assert knock(client, password=new).status_code == 302
    again = browser(site)
    assert again.get(link).location == "/acceso/olvido/"


def newest_link(instance: Path, pattern: str) -> str:
    """The address in the mail that was laid into the outbox last."""
    newest = max((instance / "outbox").iterdir(), key=lambda file: file.stat().st_mtime_ns)
    body = newest.read_text().replace("=\n", "").replace("=3D", "=")
    found = re.search(pattern, body)
    assert found is not None
    return found[0]


def test_a_guessable_password_is_refused_and_said_beside_the_field(site: Flask) -> None:
    client = browser(site)
    sign_in(client, account_id(site, ANA))
    fields = {"password": PASSWORD, "new_password": "Monterrey2026", "new_password_confirm": "Monterrey2026"}
    page = client.post("/acceso/contrasena/", data={**fields, "csrf_token": token(client, "/acceso/contrasena/")})
    assert "se adivina pronto" in page.text
    assert 'aria-invalid="true"' in page.text
    assert is_in(client)


def test_changing_the_password_ends_the_other_browsers_and_keeps_this_one(site: Flask) -> None:
    here, there = browser(site), browser(site)
    for client in (here, there):
        sign_in(client, account_id(site, ANA))
    new = "cuatro pulpos violeta"
    fields = {"password": PASSWORD, "new_password": new, "new_password_confirm": new}
    here.post("/acceso/contrasena/", data={**fields, "csrf_token": token(here, "/acceso/contrasena/")})
    assert (is_in(here), is_in(there)) == (True, False)


def test_a_post_without_the_token_of_its_own_session_is_refused(site: Flask) -> None:
    hers, other = browser(site), browser(site)
    sign_in(hers, account_id(site, ANA))
    sign_in(other, account_id(site, OLGA))
    foreign = token(other, "/acceso/cuenta/")
    for fields in ({}, {"csrf_token": ""}, {"csrf_token": foreign}):
        assert hers.post("/acceso/salir/", data=fields).status_code == 400
    own = {"csrf_token": token(hers, "/acceso/cuenta/")}
    for headers in ({"Origin": "https://evil.example"}, {"Origin": "null"}, {"Sec-Fetch-Site": "cross-site"}):
        assert hers.post("/acceso/salir/", data=own, headers=headers).status_code == 400
    assert is_in(hers)


def test_a_session_left_alone_expires_and_what_was_typed_comes_back_to_its_owner_only(site: Flask) -> None:
    client, other = browser(site), browser(site)
    path = f"/coordinacion/cuentas/{EDITION}/invitar/"
    with time_machine.travel(datetime.now(UTC) - timedelta(minutes=31), tick=True):
        sign_in(client, account_id(site, OLGA))
        fields = {"email": "una persona", "role": "evaluator", "csrf_token": token(client, path)}
    answer = client.post(path, data=fields)
    assert answer.location == "/acceso/?next=/acceso/pendiente/"
    with rows(site) as session:
        kept = session.scalars(select(ParkedForm)).one()
    assert (kept.path, "una persona" in kept.fields, "csrf" in kept.fields) == (path, True, False)
    sign_in(other, account_id(site, ANA))
    assert other.get("/acceso/pendiente/").status_code == 303
    sign_in(client, account_id(site, OLGA))
    page = client.get("/acceso/pendiente/").text
    assert "una persona" in page
    assert "<dt>email" not in page
    again = {"_parked": str(kept.id), "_again": "y", "csrf_token": token(client, "/acceso/pendiente/")}
    sent = client.post("/acceso/pendiente/", data={**again, "email": "una persona", "role": "evaluator"})
    assert (sent.status_code, sent.location) == (307, path)
    assert client.get("/acceso/pendiente/").status_code == 303


def test_a_session_that_was_ended_leaves_nothing_behind(site: Flask) -> None:
    client = browser(site)
    sign_in(client, account_id(site, OLGA))
    path = f"/coordinacion/cuentas/{EDITION}/invitar/"
    fields = {"email": "una persona", "csrf_token": token(client, path)}
    with rows(site) as session:
        row = session.scalars(select(StaffSession)).one()
        row.ended_at_utc, row.end_reason = datetime.now(UTC), "revoked"
        session.commit()
    assert client.post(path, data=fields).status_code in {303, 400}
    with rows(site) as session:
        assert session.scalars(select(ParkedForm)).all() == []


def test_an_organiser_invites_and_the_invited_comes_in(site: Flask, own_seeded_settings: Settings) -> None:
    olga, guest = browser(site), browser(site)
    sign_in(olga, account_id(site, OLGA))
    path = f"/coordinacion/cuentas/{EDITION}/invitar/"
    fields = {"email": "Eva@Ejemplo.mx", "role": "evaluator", "municipality": "", "organisation": ""}
    assert olga.post(path, data={**fields, "csrf_token": token(olga, path)}).status_code == 303
    assert "eva@ejemplo.mx" in olga.get("/coordinacion/cuentas/").text
    link = newest_link(own_seeded_settings.instance_path, r"/acceso/invitacion/\?enlace=[\w-]+")
    chosen = {"name": "Eva Luz", "password": "cuatro pulpos violeta", "password_confirm": "cuatro pulpos violeta"}
    chosen |= {"enlace": link.partition("=")[2], "csrf_token": token(guest, link)}
    assert guest.post("/acceso/invitacion/", data=chosen).location == "/acceso/"
    assert knock(guest, email="eva@ejemplo.mx", password="cuatro pulpos violeta").status_code == 302  # noqa: S106
    assert is_in(guest)
    assert browser(site).get(link).status_code == 404


@pytest.mark.parametrize("typed", ["", "no", "a\0b@ejemplo.mx", "\ud800@", "9" * 4301, "٣@ejemplo", "x@y@z.mx"])
def test_a_bad_address_is_said_beside_the_field_and_kept(site: Flask, typed: str) -> None:
    olga = browser(site)
    sign_in(olga, account_id(site, OLGA))
    path = f"/coordinacion/cuentas/{EDITION}/invitar/"
    sent = typed.encode("utf-8", "surrogatepass")
    page = olga.post(path, data={"email": sent, "role": "evaluator", "csrf_token": token(olga, path)})
    assert page.status_code == 422
    assert 'aria-describedby="email-hint email-error"' in page.text


def test_who_is_closed_is_shown_the_door_at_once(site: Flask) -> None:
    olga, ana = browser(site), browser(site)
    sign_in(olga, account_id(site, OLGA))
    sign_in(ana, account_id(site, ANA))
    page = f"/coordinacion/cuentas/{account_id(site, ANA)}/"
    fields = {"act": "close", "csrf_token": token(olga, "/coordinacion/cuentas/")}
    assert olga.post(page, data=fields).status_code == 303
    assert not is_in(ana)
    assert knock(ana, password=PASSWORD).status_code == 200


def test_one_browser_can_be_closed_from_another_and_nobody_elses(site: Flask) -> None:
    here, there, olga = browser(site), browser(site), browser(site)
    sign_in(there, account_id(site, ANA))
    sign_in(here, account_id(site, ANA))
    sign_in(olga, account_id(site, OLGA))
    number = re.findall(r'name="session" value="(\d+)"', here.get("/acceso/sesiones/").text)[0]
    for client, ended in ((olga, False), (here, True)):
        client.post("/acceso/sesiones/", data={"session": number, "csrf_token": token(client, "/acceso/sesiones/")})
        assert is_in(there) is not ended
    assert is_in(here)


def test_no_key_of_a_link_is_written_to_the_log(site: Flask, caplog: pytest.LogCaptureFixture) -> None:
    client = browser(site)
    client.get("/acceso/olvido/a-secret-word/")
    client.get("/acceso/invitacion/?enlace=a-secret-word")
    paths = [record.__dict__.get("path", "") for record in caplog.records]
    assert "/acceso/olvido/…" in paths
    assert not any("a-secret-word" in path for path in paths)


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_database_that_is_away_while_the_session_is_read_is_told_as_such(site: Flask, method: str) -> None:
    client = browser(site)
    sign_in(client, account_id(site, ANA))
    away = OperationalError("SELECT 1", None, Exception("gone"))
    with mock.patch("app.web.shared.sessions.find_signed_in", side_effect=away):
        answer = client.open("/acceso/cuenta/", method=method)
    assert (answer.status_code, "Retry-After" in answer.headers) == (503, True)
