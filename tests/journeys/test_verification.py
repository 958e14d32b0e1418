"""A reader who trusts nobody: the browser recomputes a publication, finds the slightest change, and says so plainly."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.databases import ROOT
from tests.journeys.accessibility import barriers, is_phone, overflow
from tests.unit.vectors import FIELDS, read

ROUND_12 = "/ejemplo-2024-2027/evaluaciones/12/publicaciones/1/"
CORRECTION = "/ejemplo-2024-2027/evaluaciones/11/publicaciones/2/"
ROUND_3 = "/nuevo-leon-2012-2015/evaluaciones/3/publicaciones/1/"
METHOD = "/ejemplo-2024-2027/metodologia/publicaciones/1/"
SCORE = re.compile(rb"(score,99003/4,rating,)[0-9.]+")


def pressed(page: Page, path: str) -> str:
    """Open a publication, press the button, and give what the browser found, once it is done."""
    page.goto(path)
    page.get_by_role("button", name=re.compile("Comprobar|Check")).click()
    return concluded(page)


def concluded(page: Page) -> str:
    expect(page.locator(".check-summary")).to_have_class(re.compile("agrees|differs|unchecked"))
    return page.get_by_role("status").inner_text()


@pytest.mark.parametrize(
    ("path", "said"),
    [
        (ROUND_12, "Coinciden 2,130 de 2,130 datos y el código de verificación."),
        (CORRECTION, "Coinciden 2,160 de 2,160 datos y el código de verificación."),
        (ROUND_3, "Coinciden 1,098 de 1,098 datos y el código de verificación."),
        (METHOD, "Coincide el código de verificación."),
        (f"/en{CORRECTION}", "2,160 of 2,160 values agree, and so does the verification code."),
    ],
)
def test_a_publication_agrees_with_its_code_and_its_scores(page: Page, path: str, said: str) -> None:
    assert said in pressed(page, path)
    assert page.locator(".check-steps > li:not(.agrees)").count() == 0
    assert overflow(page) <= 0


def test_each_ranking_unfolds_into_its_rows(page: Page) -> None:
    pressed(page, ROUND_3)
    page.locator(".check-rankings summary", has_text="Seguridad").click()
    row = page.locator(".check-table tbody tr", has_text="San Pedro Garza García")
    expect(row).to_have_text(re.compile(r"8\.5.*lugar 1.*8\.5.*lugar 1.*coincide", re.DOTALL))


def test_one_score_changed_on_the_way_is_found_and_named(page: Page) -> None:
    def falsify(route: Route) -> None:
        answer = route.fetch()
        route.fulfill(response=answer, body=SCORE.sub(rb"\g<1>9.9", answer.body(), count=1))

    page.route(f"**{ROUND_12}manifiesto.csv", falsify)
    said = pressed(page, ROUND_12)
    assert "No todo coincide." in said
    assert "Primera diferencia: Promedio general, San Jacinto de los Encinos, promedio: tu cálculo da 7.9" in said
    assert "El archivo da un código distinto del de esta página" in said
    expect(page.get_by_role("row", name=re.compile("San Jacinto.*no coincide")).first).to_be_visible()
    assert not is_phone(page) or barriers(page) == []
    assert overflow(page) <= 0


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"reply,99007/9,place_before,7", b"reply,99007/9,place_before,8"),
        (b"reply,99007/9,verdict,changed", b"reply,99007/9,verdict,kept"),
        (b"reply,99001/7,verdict,kept\n", b""),
    ],
    ids=["another-place", "another-verdict", "no-decision"],
)
def test_a_decision_changed_on_the_way_is_found(page: Page, old: bytes, new: bytes) -> None:
    def falsify(route: Route) -> None:
        answer = route.fetch()
        assert answer.body().count(old) == 1
        route.fulfill(response=answer, body=answer.body().replace(old, new))

    page.route(f"**{ROUND_12}manifiesto.csv", falsify)
    said = pressed(page, ROUND_12)
    assert "No todo coincide." in said
    assert "Una decisión no concuerda con la calificación, o los lugares" in said


def test_a_previous_publication_changed_on_the_way_breaks_the_chain(page: Page) -> None:
    def falsify(route: Route) -> None:
        answer = route.fetch()
        route.fulfill(response=answer, body=answer.body() + b"\n")

    page.route(f"**{CORRECTION}manifiesto.csv", falsify)
    said = pressed(page, ROUND_12)
    assert "No todo coincide." in said
    assert "el archivo de aquella da otro" in said


def test_a_file_of_the_readers_own_is_compared_line_by_line(page: Page, tmp_path: Path) -> None:
    page.goto(ROUND_3)
    manifest = page.request.get(f"{ROUND_3}manifiesto.csv").body()
    own = tmp_path / "guardado.csv"
    for content, said in (
        (manifest, "Coinciden 1,098 de 1,098 datos y el código de verificación."),
        (
            manifest.replace(b",kind,round\n", b",kind,other\n"),
            "Primera diferencia: línea 4: tu archivo dice «publication",
        ),
        (b"", "No todo coincide."),
        (b"\xff\xfe,,,\n", "Primera diferencia: línea 1"),
    ):
        own.write_bytes(content)
        page.get_by_label("o comprueba un archivo que ya tengas").set_input_files(own)
        expect(page.get_by_role("status")).to_contain_text(said)
        concluded(page)


def test_a_lost_network_is_said_and_nothing_is_claimed(page: Page, complaints: object) -> None:
    page.route("**/manifiesto.csv", lambda route: route.abort())
    assert "No se pudo bajar" in pressed(page, ROUND_3)
    complaints.clear()  # type: ignore[attr-defined] # the browser reports the request that was cut on purpose


def test_what_could_not_be_fetched_is_left_unchecked_and_said(page: Page, complaints: object) -> None:
    page.route(f"**{METHOD}manifiesto.csv", lambda route: route.abort())
    assert "Quedó sin comprobar: Metodología." in pressed(page, ROUND_12)
    complaints.clear()  # type: ignore[attr-defined] # the same


def test_the_browser_and_the_server_compute_the_same(page: Page) -> None:
    page.goto(ROUND_3)
    run = (ROOT / "tests" / "journeys" / "vectors.js").read_text(encoding="utf-8")
    found = page.evaluate(run.partition("*/")[2].strip(), [read("sums"), read("rounds"), FIELDS, read("replies")])
    assert found["wrong"] == []
    assert found["checked"] > 310


def test_without_javascript_the_page_leads_to_the_ways_by_hand(browser: Browser, site: str) -> None:
    with browser.new_context(base_url=site, java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(ROUND_12)
        expect(page.get_by_role("button", name="Comprobar esta publicación")).to_be_hidden()
        page.get_by_role("link", name="cómo comprobarlo a mano").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Compruébalo tú")
        expect(page.get_by_text("sha256sum manifiesto.csv")).to_be_visible()
