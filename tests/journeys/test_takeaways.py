from playwright.sync_api import Page, expect


def test_a_boleta_and_a_paragraph_are_found_from_the_scorecard(page: Page) -> None:
    page.goto("/ejemplo-2024-2027/municipios/brumares/")
    page.get_by_role("link", name="Boleta, imagen y párrafo de Brumares para compartir").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Para llevar: Brumares")
    boleta = page.get_by_role("img", name="Boleta de calificaciones de Brumares")
    boleta.scroll_into_view_if_needed()
    expect(boleta).to_have_js_property("naturalWidth", 1080)
    expect(page.get_by_text("Brumares obtuvo 7.4 en el promedio general")).to_be_visible()
