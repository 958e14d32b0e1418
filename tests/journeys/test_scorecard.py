"""A citizen before the scorecard of a mayor: the number first, the reasons by keyboard, the account, and on paper."""

import re

import pypdfium2
import pytest
from playwright.sync_api import Browser, Page, expect

INVENTED = "/ejemplo-2024-2027/"
CARD = f"{INVENTED}municipios/nogalinda/"
REAL_CARD = "/nuevo-leon-2012-2015/municipios/apodaca/"
ROUND_WITHOUT_SCORES = f"{INVENTED}evaluaciones/7/publicaciones/1/municipios/nogalinda/"
SHEETS = 2
NAMES = "names => names.map(name => name.firstChild.textContent.trim())"


def test_the_reader_unfolds_a_reason_by_keyboard(page: Page) -> None:
    page.goto(CARD)
    row = page.locator("#demanda-8")
    reason = row.locator(".reason")
    expect(row.locator("summary")).to_contain_text(re.compile("5.9.*mejor que 1 de los otros 7", re.DOTALL))
    expect(reason).to_be_hidden()
    row.locator("summary").focus()
    page.keyboard.press("Enter")
    expect(reason).to_be_visible()
    page.keyboard.press("Tab")
    expect(row.locator("a").first).to_be_focused()


def test_the_reader_copies_the_sentence_to_share(page: Page) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(CARD)
    page.get_by_text("El texto para compartir").click()
    page.locator("button[data-copies=compartir]").click()
    expect(page.get_by_role("status").first).to_have_text("Copiado")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert "Nogalinda comparte el lugar 5 de 7 en el promedio general, con 6.7." in copied
    assert "datos inventados" in copied
    assert CARD in copied


def test_the_reader_goes_from_an_average_to_its_account(page: Page) -> None:
    page.goto(CARD)
    page.get_by_role("link", name=re.compile("Cómo se calcula.*Seguridad")).click()
    expect(page).to_have_url(re.compile("calculo/#calculo-seguridad$"))
    expect(page.locator("section[aria-labelledby=calculo-seguridad]")).to_contain_text(
        "(6.5 + 7 + 7 + 6) ÷ 4 = 6.625 → 6.6"
    )


def test_without_javascript_the_reasons_unfold_and_no_button_promises_to_copy(browser: Browser, site: str) -> None:
    with browser.new_context(base_url=site, java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(CARD)
        page.locator("#demanda-8 summary").click()
        expect(page.locator("#demanda-8 .reason")).to_be_visible()
        page.get_by_text("Pregúntale a tu municipio").click()
        expect(page.get_by_text("su calificación más baja.")).to_be_visible()
        expect(page.locator("button[data-copies]:visible")).to_have_count(0)


@pytest.mark.parametrize("sheet", ["A4", "Letter"])
def test_the_card_of_any_mayor_fits_on_two_sheets_with_all_figures_on_the_first(
    browser: Browser, site: str, sheet: str
) -> None:
    with browser.new_context(base_url=site) as context:
        page = context.new_page()
        page.goto(f"{INVENTED}municipios/")
        cards = page.locator(".places a").evaluate_all("links => links.map(link => link.getAttribute('href'))")
        assert len(cards) > 1
        for path in (*cards, REAL_CARD, ROUND_WITHOUT_SCORES):
            page.goto(path)
            paper = pypdfium2.PdfDocument(page.pdf(format=sheet))
            assert len(paper) <= SHEETS, path
            first = paper[0].get_textpage().get_text_range()
            assert all(name in " ".join(first.split()) for name in page.locator("summary .name").evaluate_all(NAMES)), (
                path
            )
