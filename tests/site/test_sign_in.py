"""Signing in and out through the pages, as a browser does."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask, render_template
from flask.testing import FlaskClient
from flask_security import hash_password
from werkzeug.test import TestResponse

from app.domain.permissions import Grant, Role
from app.extensions import database
from app.models.accounts import Account
from tests.people import PASSWORD, make_account, sign_in, token
from tests.seeded import application, settings_for

EDITION = "ejemplo-2024-2027"
HASHES: dict[str, str] = {}
ELSEWHERE = (
    "//evil.example",
    "https://evil.example/",
    "/\t/evil.example",
    "/%09/evil.example",
    "/\\evil.example",
    "/captura//x",
    "/captura/../x",
    "/ejemplo-2024-2027/",
    "javascript:alert(1)",
    "/acceso\n",
    "/en//evil.example",
    "/captura?x=1",
    "/acceso/salir/",
)
"""Where no sign-in leads, whatever the address that brought somebody says."""


@pytest.fixture
def site(seeded_database_url: str, tmp_path: Path) -> Iterator[Flask]:
    with application(settings_for(seeded_database_url, tmp_path)) as app:
        yield app


@pytest.fixture
def ana(site: Flask) -> int:
    """An evaluator with a password and no second factor."""
    return add(site, Grant(EDITION, Role.EVALUATOR))


def add(site: Flask, *grants: Grant, email: str = "ana@ejemplo.mx") -> int:
    with site.app_context():
        account = make_account(database.writing_session, *grants, email=email)
        account.password = HASHES.setdefault(PASSWORD, hash_password(PASSWORD))
        database.writing_session.commit()
        return account.id


def enter(client: FlaskClient, email: str = "ana@ejemplo.mx", password: str = PASSWORD, **more: str) -> TestResponse:
    fields = {"email": email, "password": password, "csrf_token": token(client, "/acceso/"), **more}
    return client.post("/acceso/", data=fields)


def is_in(client: FlaskClient) -> bool:
    return client.get("/acceso/cuenta/").status_code == 200


def cookies(client: FlaskClient) -> dict[str, str]:
    jar = client._cookies or {}  # noqa: SLF001 - it has no other list
    return {cookie.key: cookie.value for cookie in jar.values()}


@pytest.mark.usefixtures("ana")
def test_the_right_password_opens_the_account_and_a_wrong_one_does_not(site: Flask) -> None:
    client = site.test_client()
    refused = enter(client, password="tres tristes tigres")  # noqa: S106
    assert "no coinciden" in refused.text
    assert 'value="ana@ejemplo.mx"' in refused.text
    assert not is_in(client)
    assert enter(client, email="  ANA@ejemplo.mx ").status_code == 302
    assert is_in(client)


@pytest.mark.usefixtures("ana")
def test_a_session_ends_at_the_sign_out_even_for_a_copied_cookie(site: Flask) -> None:
    client, thief = site.test_client(), site.test_client()
    enter(client)
    for name, value in cookies(client).items():
        thief.set_cookie(name, value)
    assert is_in(thief)
    client.post("/acceso/salir/", data={"csrf_token": token(client, "/acceso/cuenta/")})
    assert not is_in(client)
    assert not is_in(thief)


@pytest.mark.usefixtures("ana")
def test_a_key_planted_before_the_sign_in_opens_nothing_after_it(site: Flask) -> None:
    client, planter = site.test_client(), site.test_client()
    for name in ("sesion", "navegador", "formulario"):
        client.set_cookie(name, "planted-by-somebody-else")
    enter(client)
    assert "planted-by-somebody-else" not in cookies(client).values()
    first = cookies(client)["sesion"]
    client.post("/acceso/salir/", data={"csrf_token": token(client, "/acceso/cuenta/")})
    enter(client)
    assert cookies(client)["sesion"] != first
    planter.set_cookie("sesion", first)
    assert not is_in(planter)


def test_a_large_json_body_is_refused_on_a_page_that_never_reads_it(site: Flask) -> None:
    body = b'{"a": "' + b"a" * 1_100_000 + b'"}'
    assert site.test_client().post("/", data=body, content_type="application/json").status_code in {405, 413}


def test_the_second_factor_is_asked_for_once_it_is_set_and_a_code_opens_once(site: Flask, ana: int) -> None:
    codes = site.extensions["security"].totp_factory
    with site.app_context():
        account = database.writing_session.get_one(Account, ana)
        account.tf_primary_method = "authenticator"
        account.tf_totp_secret = secret = codes.generate_totp_secret()
        database.writing_session.commit()
    first, second = site.test_client(), site.test_client()
    code = codes.generate_totp_password(secret)
    for client, opens in ((first, True), (second, False)):
        assert enter(client).location == "/acceso/codigo/"
        assert not is_in(client)
        fields = {"code": code, "csrf_token": token(client, "/acceso/codigo/")}
        assert (client.post("/acceso/codigo/", data=fields).status_code == 302) is opens
        assert is_in(client) is opens


@pytest.mark.usefixtures("ana")
def test_a_session_that_somebody_else_began_is_not_carried_on_by_the_sign_in(site: Flask) -> None:
    eva = add(site, Grant(EDITION, Role.EVALUATOR), email="eva@ejemplo.mx")
    with site.app_context():
        account = database.writing_session.get_one(Account, eva)
        account.tf_primary_method = "authenticator"
        account.tf_totp_secret = site.extensions["security"].totp_factory.generate_totp_secret()
        database.writing_session.commit()
    planter, client = site.test_client(), site.test_client()
    for _back_from_the_code in range(2):
        assert enter(planter, email="eva@ejemplo.mx").location == "/acceso/codigo/"
    fields = {"email": "ana@ejemplo.mx", "password": PASSWORD, "csrf_token": token(planter, "/acceso/codigo/")}
    planted = cookies(planter)
    for name in ("sesion", "formulario"):
        client.set_cookie(name, planted[name])
    client.post("/acceso/", data=fields)  # at once: to ask for the page would already leave the planted session
    assert is_in(client)
    assert cookies(client)["sesion"] != planted["sesion"]
    assert not is_in(planter)


def test_the_token_of_a_form_is_worth_nothing_in_another_session(site: Flask, ana: int) -> None:
    client, planter = site.test_client(), site.test_client()
    sign_in(client, ana)
    foreign = token(planter, "/acceso/")
    client.set_cookie("formulario", cookies(planter)["formulario"])
    assert client.post("/acceso/salir/", data={"csrf_token": foreign}).status_code == 400
    assert is_in(client)


@pytest.mark.usefixtures("ana")
def test_the_token_shown_before_the_sign_in_is_worth_nothing_after_it(site: Flask) -> None:
    client = site.test_client()
    known = token(client, "/acceso/")
    fields = {"email": "ana@ejemplo.mx", "password": PASSWORD, "csrf_token": known}
    assert client.post("/acceso/", data=fields).status_code == 302
    assert client.post("/acceso/salir/", data={"csrf_token": known}).status_code == 400
    assert is_in(client)


def test_no_link_signs_out_whoever_is_in(site: Flask, ana: int) -> None:
    client = site.test_client()
    sign_in(client, ana)
    for page in ("/acceso/codigo/", "/acceso/recuperacion/", "/acceso/", "/acceso/olvido/"):
        client.get(page)
        assert is_in(client), page


def test_a_browser_can_be_signed_in_by_the_tests_themselves(site: Flask, ana: int) -> None:
    client = site.test_client()
    sign_in(client, ana)
    assert is_in(client)


def test_a_body_that_is_too_large_is_refused_and_never_read_again(site: Flask) -> None:
    for kind in ("application/json", "text/plain", "application/x-www-form-urlencoded"):
        answer = site.test_client().post("/acceso/", data=b"[" * 2_000_000, content_type=kind)
        assert (kind, answer.status_code) == (kind, 413)


def test_what_a_view_left_unsaved_stays_unsaved_when_its_page_is_rendered(site: Flask, ana: int) -> None:
    with site.test_request_context("/acceso/cuenta/", method="POST"):
        site.preprocess_request()
        database.writing_session.get_one(Account, ana).name = "Half done"
        database.writing_session.flush()
        render_template("errors/other.html", status=409, alternates={"es": "/", "en": "/en/"}, canonical="")
        database.writing_session.rollback()
    with site.app_context():
        assert database.session.get_one(Account, ana).name == "Ana Ruiz"


def test_public_pages_know_nobody_and_set_no_cookie(site: Flask, ana: int) -> None:
    client = site.test_client()
    sign_in(client, ana)
    for path in ("/", f"/{EDITION}/", "/no-existe"):
        answer = client.get(path)
        assert "Set-Cookie" not in answer.headers
        assert "Ana Ruiz" not in answer.text


@pytest.mark.usefixtures("ana")
def test_the_sign_in_leads_to_our_own_staff_pages_only(site: Flask) -> None:
    for following in ELSEWHERE:
        assert enter(site.test_client(), next=following).location == "/acceso/inicio/", following


@pytest.mark.usefixtures("ana")
def test_the_sign_in_leads_on_to_where_one_was_going(site: Flask) -> None:
    client = site.test_client()
    asked = client.get("/acceso/sesiones/")
    assert asked.location == "/acceso/?next=/acceso/sesiones/"
    assert 'name="next" value="/acceso/sesiones/"' in client.get(asked.location).text
    assert enter(client, next="/acceso/sesiones/").location == "/acceso/sesiones/"
