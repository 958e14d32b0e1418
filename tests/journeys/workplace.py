"""The people of a small edition, each at a browser of her own before the real site."""

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from flask import Flask
from flask_security import hash_password
from playwright.sync_api import Browser, BrowserContext, Page

from app.config import Settings
from app.extensions import database
from app.models.accounts import Account
from tests import people, seeded, staff
from tests.integration.commands import Commands
from tests.integration.folders import VALLEY
from tests.journeys.accessibility import DESK, HEIGHT
from tests.journeys.conftest import Complaints
from tests.journeys.server import Server, served

SLUG = "valle-2020-2023"
BY_THE_DOOR = ("olga", "eva")
"""Those who sign in through the pages; Olga, who coordinates, with both steps."""
WITHOUT_SCRIPTS = ("eva",)
REFUSED_FORM = "status of 422"
"""What the console says of a form that comes back with what is wrong with it."""


@dataclass
class Settled:
    """What the tests know of the people before the site starts: keys of their sessions, and Olga's secret."""

    keys: dict[str, str]
    secret: str
    app: Flask

    @property
    def code(self) -> str:
        """What Olga's telephone shows now."""
        shown: str = self.app.extensions["security"].totp_factory.generate_totp_password(self.secret)
        return shown


@contextlib.contextmanager
def settled(settings: Settings) -> Iterator[Settled]:
    """Give the edition its people: two with a password, the others signed in already."""
    with seeded.application(settings) as app:
        with app.app_context():
            session = database.writing_session
            ids = staff.settle(session, SLUG)
            for name in BY_THE_DOOR:
                session.get_one(Account, ids[name]).password = hash_password(people.PASSWORD)
            olga = session.get_one(Account, ids["olga"])
            olga.tf_primary_method = "authenticator"
            olga.tf_totp_secret = secret = app.extensions["security"].totp_factory.generate_totp_secret()
            session.commit()
        yield Settled({name: _key(app, ids[name]) for name in ids if name not in BY_THE_DOOR}, secret, app)


def _key(app: Flask, account_id: int) -> str:
    client = app.test_client()
    people.sign_in(client, account_id)
    cookie = client.get_cookie("sesion")
    assert cookie is not None
    return cookie.value


@dataclass
class Workplace:
    """The site, and a page for each of its people; opened when first asked for."""

    browser: Browser
    server: Server
    people: Settled
    complaints: Complaints
    pages: dict[str, Page] = field(default_factory=dict)

    def page(self, name: str) -> Page:
        """The page of somebody at her desk; of nobody known for ``stranger``."""
        if name not in self.pages:
            context = self._context(name)
            page = context.new_page()
            self.complaints.listen(page)
            self.pages[name] = page
        return self.pages[name]

    def refuse(self, path: str, *names: str) -> None:
        """Expect the site to lead a stranger from this address to the sign-in, and to refuse it to these people."""
        answer = self.page("stranger").request.get(path, max_redirects=0)
        led_to = answer.headers.get("location", "")
        assert answer.status == 303, f"a stranger at {path}: {answer.status}"
        assert led_to.startswith("/acceso/"), f"a stranger at {path} is led to {led_to}"
        for name in names:
            status = self.page(name).request.get(path, max_redirects=0).status
            assert status == 403, f"{name} at {path}: {status}"

    def close(self) -> None:
        for page in self.pages.values():
            page.context.close()

    def _context(self, name: str) -> BrowserContext:
        context = self.browser.new_context(
            base_url=self.server.address,
            viewport={"width": DESK, "height": HEIGHT},
            java_script_enabled=name not in WITHOUT_SCRIPTS,
            locale="es-MX",
            timezone_id="America/Monterrey",
        )
        if name in self.people.keys:
            context.add_cookies([{"name": "sesion", "value": self.people.keys[name], "url": self.server.address}])
        return context


@contextlib.contextmanager
def at_work(database_url: str, folder: Path, browser: Browser) -> Iterator[Workplace]:
    """The valley, served with its people; in the end nothing has complained, and what was published is proved."""
    settings = seeded.settings_for(database_url, folder)
    commands = Commands(settings.database_url, folder)
    assert commands("seeds", "load", VALLEY, "--commit").exit_code == 0
    with settled(settings) as known, served(settings, folder / "log") as server:
        workplace = Workplace(browser, server, known, Complaints(server.address))
        yield workplace
        workplace.close()
        assert [line for line in workplace.complaints.heard if REFUSED_FORM not in line] == []
        assert "Traceback" not in (said := server.news()), said
    checked = commands("publications", "verify")
    assert checked.exit_code == 0, checked.text
