from playwright.sync_api import Page, expect


def test_a_conflict_of_interest_is_found_from_the_method_in_one_click(page: Page) -> None:
    page.goto("/ejemplo-2024-2027/metodologia/")
    page.get_by_role("main").get_by_role("link", name="Quiénes están detrás").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Quiénes están detrás")
    declared = page.get_by_role("region", name="Conflictos de interés declarados")
    expect(declared.get_by_role("listitem")).to_contain_text("El colegio asesoró en 2023")
