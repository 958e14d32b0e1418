"""The database is away while somebody saves: what she typed comes back to her, and one button sends it again."""

from collections.abc import Iterator
from pathlib import Path
from unittest import mock

import html5lib
import pytest
from flask import Flask
from markupsafe import escape
from sqlalchemy.exc import OperationalError
from werkzeug.datastructures import MultiDict
from werkzeug.test import TestResponse

from tests import seeded, staff
from tests.integration.rating_pages import NANDU, cell, writing
from tests.integration.sealing import SLUG
from tests.staff import Person, signed_in, token_of

REASON = "\nSe contaron\ndos actas: <b>«una»</b> & otra."
WHERE = ["app.web.shared.sessions.find_signed_in", "app.web.ratings.views.save_sheet", "sqlalchemy.orm.Session.commit"]
"""While the session is read, while the view writes, while its work is committed."""

pytestmark = pytest.mark.parametrize("kind", ["sqlite"])  # which database is away makes no difference


def away(*_: object, **__: object) -> None:
    raise OperationalError("SELECT 1", None, Exception("gone"))


@pytest.fixture
def app(valley_url: str, tmp_path: Path) -> Iterator[Flask]:
    with seeded.application(seeded.settings_for(valley_url, tmp_path)) as app:
        yield app


@pytest.fixture
def eva(app: Flask) -> Iterator[Person]:
    with writing(app) as session:
        ids = staff.settle(session, SLUG)
        session.commit()
    with signed_in(app, ids["eva"]) as person:
        yield person


def fields_in(page: TestResponse) -> MultiDict[str, str]:
    """What the button of a page would send."""
    tree = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(page.text)
    return MultiDict((area.get("name"), area.text or "") for area in tree.iter("textarea"))


@pytest.mark.parametrize("where", WHERE)
def test_what_was_typed_comes_back_and_is_saved_when_it_is_sent_again(eva: Person, where: str) -> None:
    typed = {"go": "save", **cell("nandu-3", score="7,5", reason=REASON), "csrf_token": token_of(eva.get(NANDU))}
    with mock.patch(where, side_effect=away):
        answer = eva.client.post(NANDU, data=typed)
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "30")
    assert (answer.headers["Cache-Control"], "Content-Security-Policy" in answer.headers) == ("no-store", True)
    assert "<h1>No se guardó." in answer.text
    assert fields_in(answer) == MultiDict(typed)
    assert f"<p>{escape(REASON.strip())}</p>" in answer.text
    again = eva.client.post(NANDU, data=fields_in(answer))
    assert again.status_code == 303
    page = eva.get(NANDU).text
    assert 'value="7.5"' in page
    assert "Se contaron\ndos actas: &lt;b&gt;" in page


@pytest.mark.parametrize(
    ("path", "headers", "typed"),
    [
        (NANDU, {"Origin": "https://otro.example"}, {"reason": "x"}),
        (NANDU, {"Sec-Fetch-Site": "cross-site"}, {"reason": "x"}),
        (NANDU, {}, {"password": "x", "csrf_token": "x"}),
        (NANDU, {}, {"reason": "x" * 200_001}),
        (NANDU, {}, {"reason": "x" * 1_000_001}),
        ("/acceso/cuenta/", {}, {"email": "x", "password": "x"}),
    ],
)
def test_a_form_of_others_a_password_and_too_much_do_not_come_back(
    eva: Person, path: str, headers: dict[str, str], typed: dict[str, str]
) -> None:
    with mock.patch(WHERE[0], side_effect=away):
        answer = eva.client.post(path, data=typed, headers=headers)
    assert answer.status_code == 503
    assert "El sitio no puede responder ahora" in answer.text
    assert not fields_in(answer)


def test_what_came_without_a_token_is_not_saved_by_sending_it_again(eva: Person) -> None:
    with mock.patch(WHERE[0], side_effect=away):
        answer = eva.client.post(NANDU, data={"go": "save", **cell("nandu-3", score="7")})
    assert eva.client.post(NANDU, data=fields_in(answer)).status_code == 422


def test_no_form_is_taken_for_a_forged_one_because_its_session_cannot_be_read(eva: Person) -> None:
    typed = {"reason": "Dos actas", "csrf_token": token_of(eva.get(NANDU))}
    with mock.patch(WHERE[0], side_effect=away):
        answer = eva.client.post(f"/enlace/{SLUG}/nandu/3/", data=typed)
    assert (answer.status_code, fields_in(answer)) == (503, MultiDict(typed))
