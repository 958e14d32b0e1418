"""The journeys prove nothing unless a complaint of the browser reaches them."""

import pytest
from playwright.sync_api import Error, Page

from tests.journeys.accessibility import barriers
from tests.journeys.conftest import Complaints

INLINE_SCRIPT = """
const script = document.createElement("script");
script.textContent = "document.title = 'changed by an inline script'";
document.body.append(script);
"""


def test_an_inline_script_is_refused_and_heard_of(page: Page, complaints: Complaints) -> None:
    page.goto("/")
    page.evaluate(INLINE_SCRIPT)
    assert "changed" not in page.title()
    assert any(complaint.startswith("error: CSP script-src") for complaint in complaints.heard)
    complaints.clear()


def test_a_request_to_another_site_is_heard_of(page: Page, complaints: Complaints) -> None:
    with pytest.raises(Error, match="ERR_NAME_NOT_RESOLVED"):
        page.goto("http://elsewhere.example/")
    page.close()  # nothing more to hear
    assert "left the site: http://elsewhere.example/" in complaints.heard
    complaints.clear()


def test_a_request_that_the_site_did_not_answer_is_heard_of(page: Page, complaints: Complaints, site: str) -> None:
    page.route("**/no-answer", lambda route: route.abort("connectionreset"))
    page.goto("/")
    page.evaluate("fetch('/no-answer').catch(() => null)")
    assert [complaint for complaint in complaints.heard if complaint.startswith("failed")] == [
        f"failed: {site}/no-answer net::ERR_CONNECTION_RESET"
    ]
    complaints.clear()


def test_a_request_given_up_because_the_reader_went_on_is_no_complaint(page: Page, complaints: Complaints) -> None:
    page.goto("/")
    with page.expect_event("requestfailed"):
        page.evaluate(
            "const stop = new AbortController(); fetch('/', {signal: stop.signal}).catch(() => 0); stop.abort()"
        )
    assert complaints.heard == []


def test_an_error_of_a_script_is_heard_of(page: Page, complaints: Complaints) -> None:
    page.goto("/")
    with page.expect_event("pageerror"):
        page.evaluate("setTimeout(() => { throw new Error('on purpose') })")
    assert complaints.heard == ["script: on purpose"]
    complaints.clear()


def test_a_barrier_is_found(page: Page) -> None:
    page.goto("/")
    page.evaluate("document.body.insertAdjacentHTML('beforeend', '<main><input></main>')")
    assert any(barrier.startswith("label: ") for barrier in barriers(page))
