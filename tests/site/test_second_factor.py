"""Setting the second step up through the pages, and the day when the telephone is lost."""

import re
from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient
from flask_security import hash_password
from passlib.totp import TOTP

from app.config import Settings
from app.domain.permissions import Grant, Role
from app.extensions import database
from tests.people import PASSWORD, make_account, sign_in, token
from tests.seeded import application

EDITION = "ejemplo-2024-2027"


@pytest.fixture
def site(own_seeded_settings: Settings) -> Iterator[Flask]:
    with application(own_seeded_settings) as app:
        yield app


@pytest.fixture
def rita(site: Flask) -> int:
    """A reviewer: her role asks for a second factor, and she has none yet."""
    with site.app_context():
        account = make_account(database.writing_session, Grant(EDITION, Role.REVIEWER))
        account.password = hash_password(PASSWORD)
        database.writing_session.commit()
        return account.id


def set_up(client: FlaskClient) -> None:
    """Scan the code and type what the telephone shows."""
    fields = {"setup": "authenticator", "csrf_token": token(client, "/acceso/segundo-paso/")}
    page = client.post("/acceso/segundo-paso/", data=fields).text
    action = re.search(r'action="(/acceso/segundo-paso/[^"]+)"', page)
    key = re.search(r'class="key">([A-Z2-7-]+)<', page)
    assert action is not None
    assert key is not None
    code = TOTP(key[1].replace("-", "")).generate().token
    assert (
        client.post(action[1], data={"code": code, "csrf_token": fields["csrf_token"]}).location == "/acceso/codigos/"
    )


def test_a_reviewer_can_do_nothing_before_her_second_step_and_all_after_it(site: Flask, rita: int) -> None:
    client, elsewhere = site.test_client(), site.test_client()
    for browser in (client, elsewhere):
        sign_in(browser, rita, second_factor=False)
        assert browser.get("/acceso/inicio/").location == "/acceso/segundo-paso/"
        assert browser.get("/revision/").location == "/acceso/segundo-paso/"
    set_up(client)
    assert client.get("/revision/").status_code == 200
    assert elsewhere.get("/revision/").location.startswith("/acceso/?next=")


def test_a_wrong_code_sets_nothing_up(site: Flask, rita: int) -> None:
    client = site.test_client()
    sign_in(client, rita, second_factor=False)
    fields = {"setup": "authenticator", "csrf_token": token(client, "/acceso/segundo-paso/")}
    page = client.post("/acceso/segundo-paso/", data=fields).text
    action = re.search(r'action="(/acceso/segundo-paso/[^"]+)"', page)
    assert action is not None
    for code in ("", "000000", "x", "٣٣٣٣٣٣", "9" * 4301, "\0"):
        client.post(action[1], data={"code": code, "csrf_token": fields["csrf_token"]})
        assert client.get("/revision/").location == "/acceso/segundo-paso/"


def test_a_recovery_code_opens_once_however_it_was_copied(site: Flask, rita: int) -> None:
    client = site.test_client()
    sign_in(client, rita, second_factor=False)
    set_up(client)
    page = client.post("/acceso/codigos/", data={"csrf_token": token(client, "/acceso/codigos/")}).text
    codes = re.findall(r"<code>([0-9a-f-]+)</code>", page)
    assert len(codes) == 8
    assert codes[0] not in client.get("/acceso/codigos/?show_codes=1").text
    for opens in (True, False):
        stranger = site.test_client()
        fields = {"email": "ana@ejemplo.mx", "password": PASSWORD, "csrf_token": token(stranger, "/acceso/")}
        assert stranger.post("/acceso/", data=fields).location == "/acceso/codigo/"
        typed = {"code": codes[0].upper().replace("-", " "), "csrf_token": token(stranger, "/acceso/recuperacion/")}
        assert (stranger.post("/acceso/recuperacion/", data=typed).status_code == 302) is opens
        assert (stranger.get("/revision/").status_code == 200) is opens
