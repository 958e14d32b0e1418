"""A browser before the real site. A page that complains, or a trace in the server's log, fails the test."""

import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from app.config import Settings
from tests.journeys.accessibility import DESK, HEIGHT, PHONE
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
    "--renderer-process-limit=1",  # a page more is no process more
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",  # nothing leaves the machine
)
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
        page.on("request", lambda request: self._stay_at_home(request.url))
        page.add_init_script(REPORT_VIOLATIONS)

    def clear(self) -> None:
        self.heard.clear()

    def _hear(self, kind: str, text: str) -> None:
        if kind in {"error", "warning", "assert"}:
            self.heard.append(f"{kind}: {text}")

    def _hear_failed(self, url: str, cause: str) -> None:
        if cause != LEFT_BEHIND:
            self.heard.append(f"failed: {url} {cause}")

    def _stay_at_home(self, url: str) -> None:
        if not url.startswith((f"{self.site}/", "data:", "blob:")):
            self.heard.append(f"left the site: {url}")


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


@dataclass
class Windows:
    """A window as wide as a phone and one as wide as a desk: opening one takes longer than opening a page in it."""

    browser: Browser
    site: str
    complaints: Complaints
    pages: dict[int, Page] = field(default_factory=dict)

    def at(self, width: int) -> Page:
        """The page at that width, as a new reader finds it."""
        page = self.pages.get(width)
        if page is None or page.is_closed():
            page = self.pages[width] = self._open(width)
        page.set_viewport_size({"width": width, "height": HEIGHT})
        return page

    def leave(self, page: Page) -> None:
        """Forget what a reader did: what she was allowed, what was put in her way, her cookies."""
        if not page.is_closed():
            page.unroute_all()
            page.context.clear_permissions()
            page.context.clear_cookies()
            page.emulate_media()

    def _open(self, width: int) -> Page:
        context = self.browser.new_context(
            base_url=self.site,
            viewport={"width": width, "height": HEIGHT},
            has_touch=width == PHONE,
            locale="es-MX",
            timezone_id="America/Monterrey",
        )
        page = context.new_page()
        self.complaints.listen(page)
        return page


@pytest.fixture(scope="session")
def windows(browser: Browser, site: str) -> Windows:
    return Windows(browser, site, Complaints(site))


@pytest.fixture
def complaints(windows: Windows) -> Iterator[Complaints]:
    yield windows.complaints
    windows.complaints.clear()


@pytest.fixture(params=[PHONE, DESK], ids=["phone", "desk"])
def page(request: pytest.FixtureRequest, windows: Windows, server: Server, complaints: Complaints) -> Iterator[Page]:
    """An empty page at the width of a phone and of a desk; `page.goto("/")` is the front page."""
    page = windows.at(request.param)
    yield page
    windows.leave(page)
    assert not complaints.heard
    assert "Traceback" not in (said := server.news()), said
