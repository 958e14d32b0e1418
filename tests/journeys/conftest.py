"""A browser before the real site. A page that complains, or a trace in the server's log, fails the test."""

import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest
from playwright.sync_api import Browser, Page, Route, sync_playwright

from app.config import Settings
from tests.journeys.server import Server, served

PROGRAMS = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
PHONE, DESK = 360, 1280
LEFT_BEHIND = "net::ERR_ABORTED"
"""What Chromium says of a request it gave up itself, because the reader went on to another page (a favicon, say)."""

REPORT_VIOLATIONS = """
document.addEventListener("securitypolicyviolation", event =>
    console.error(`CSP ${event.effectiveDirective}: ${event.blockedURI || "inline"}`));
"""


@dataclass
class Complaints:
    """What a page's console, scripts and requests complained of. Who expects one (a 404) clears the list."""

    site: str
    heard: list[str] = field(default_factory=list)

    def listen(self, page: Page) -> None:
        page.on("console", lambda message: self._hear(message.type, message.text))
        page.on("pageerror", lambda error: self.heard.append(f"script: {error}"))
        page.on("requestfailed", lambda request: self._hear_failed(request.url, request.failure or ""))
        page.route("**/*", self._stay_at_home)
        page.add_init_script(REPORT_VIOLATIONS)

    def clear(self) -> None:
        self.heard.clear()

    def _hear(self, kind: str, text: str) -> None:
        if kind in {"error", "warning", "assert"}:
            self.heard.append(f"{kind}: {text}")

    def _hear_failed(self, url: str, cause: str) -> None:
        if cause != LEFT_BEHIND:
            self.heard.append(f"failed: {url} {cause}")

    def _stay_at_home(self, route: Route) -> None:
        if route.request.url.startswith((f"{self.site}/", "data:", "blob:")):
            route.continue_()
        else:
            self.heard.append(f"left the site: {route.request.url}")
            route.abort()


@pytest.fixture(scope="session")
def server(seeded_settings: Settings, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The site with every seed loaded, served by gunicorn; for reading only."""
    with served(seeded_settings, tmp_path_factory.mktemp("site") / "log") as server:
        yield server


@pytest.fixture(scope="session")
def site(server: Server) -> str:
    return server.address


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    program = next(filter(None, map(shutil.which, [os.environ.get("CHROMIUM", ""), *PROGRAMS])), None)
    if program is None:
        raise FileNotFoundError("no Chromium on the PATH: .ci/browser installs it, CHROMIUM names another")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def complaints(site: str) -> Complaints:
    return Complaints(site)


@pytest.fixture(params=[PHONE, DESK], ids=["phone", "desk"])
def page(request: pytest.FixtureRequest, browser: Browser, server: Server, complaints: Complaints) -> Iterator[Page]:
    """An empty page at the width of a phone and of a desk; `page.goto("/")` is the front page."""
    width: int = request.param
    with browser.new_context(
        base_url=server.address,
        viewport={"width": width, "height": 800},
        has_touch=width == PHONE,
        locale="es-MX",
        timezone_id="America/Monterrey",
    ) as context:
        page = context.new_page()
        complaints.listen(page)
        yield page
    assert not complaints.heard
    assert "Traceback" not in (said := server.news()), said
