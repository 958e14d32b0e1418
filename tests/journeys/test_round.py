"""One whole round by its people, in a browser: from the sign-in to the publication and one correction."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, FilePayload, Page, expect

from tests import databases, people
from tests.journeys.accessibility import look
from tests.journeys.workplace import SLUG, Workplace, at_work
from tests.postgres import Server

RATING = f"/captura/{SLUG}/3/"
REVIEW = f"/revision/{SLUG}/3/"
OFFICE = f"/enlace/{SLUG}/"
WORK = f"/coordinacion/{SLUG}/evaluaciones/3/"
PROOF = FilePayload(name="contratos.csv", mimeType="text/csv", buffer=b"Contrato,Fecha\n10,28/04/2021\n")
EVERYBODY = ("olga", "delia", "eva", "ema", "rita", "lalo", "lola")


@pytest.fixture
def workplace(
    postgresql_server: Server, postgresql_template: str, tmp_path: Path, browser: Browser
) -> Iterator[Workplace]:
    """On PostgreSQL, as in production; the shorter journey of a clarification goes on SQLite."""
    with (
        databases.copy_of_postgresql(postgresql_server, postgresql_template) as url,
        at_work(url, tmp_path, browser) as workplace,
    ):
        yield workplace


def test_a_round_goes_from_the_sign_in_to_its_correction(workplace: Workplace) -> None:
    olga, delia, eva, ema, rita, lalo, lola = (workplace.page(name) for name in EVERYBODY)
    sign_in(workplace, olga, "olga")
    sign_in(workplace, eva, "eva")
    workplace.refuse(f"{RATING}municipios/alba/", "olga", "delia", "rita", "lalo")
    rate_by_municipality(eva)
    rate_by_demand(ema, eva)
    workplace.refuse(f"{WORK}avanzar/", "delia", "eva", "ema", "rita", "lalo")
    lead_on(olga, "Pasar a revisión…", "Pasar a revisión")
    workplace.refuse(f"{REVIEW}alba/", "olga", "delia", "eva", "ema", "lalo")
    review(rita, eva)
    lead_on(olga, "Mostrar a los municipios…", "Mostrar a los municipios")
    workplace.refuse(f"{OFFICE}alba/3/", "lola", "olga", "delia", "eva", "rita")
    agree(lalo)
    workplace.refuse(f"{OFFICE}brisa/3/", "lalo", "olga", "delia", "eva", "rita")
    ask_for_a_correction(lola)
    workplace.refuse(f"{OFFICE}brisa/3/cartas/1/", "lalo", "olga", "delia", "eva", "rita")
    lead_on(olga, "Cerrar las respuestas…", "Cerrar las respuestas")
    workplace.refuse(f"{REVIEW}respuestas/brisa/3/", "olga", "delia", "eva", "lalo", "lola")
    decide(rita)
    workplace.refuse(f"{WORK}reconocimientos/", "eva", "ema", "rita", "lalo", "lola")
    praise(olga)
    workplace.refuse(f"{WORK}publicar/", "eva", "ema", "rita", "lalo", "lola")
    read_the_round_before(workplace.page("stranger"))
    sign_and_publish(olga, delia, f"{WORK}publicar/")
    read_what_was_published(workplace.page("stranger"))
    workplace.refuse(f"{WORK}correcciones/", "eva", "ema", "rita", "lalo", "lola")
    correct(olga, delia)
    read_the_correction(workplace.page("stranger"))


def sign_in(workplace: Workplace, page: Page, name: str) -> None:
    page.goto("/acceso/")
    page.get_by_label("Correo electrónico").fill(f"{name}@ejemplo.mx")
    page.get_by_label("Contraseña").fill(people.PASSWORD)
    page.get_by_role("button", name="Entrar").click()
    if name == "olga":
        page.get_by_label("Código de seis cifras").fill(workplace.people.code)
        page.get_by_role("button", name="Entrar").click()
    expect(page.get_by_role("link", name=f"{name.title()} Prueba")).to_be_visible()


def fill_cell(page: Page, cell: str, score: str, reason: str) -> None:
    page.locator(f"#{cell}-score").fill(score)
    page.locator(f"#{cell}-reason").fill(reason)


def hand_in(page: Page) -> None:
    page.get_by_role("button", name="Entregar a revisión").click()


def rate_by_municipality(page: Page) -> None:
    """Without scripts; what cannot be a score waits as a draft, with all that was typed."""
    page.goto("/captura/")
    page.get_by_role("link", name="Empezar con Alba").click()
    fill_cell(page, "alba-1", "9", "Nueve de cada diez policías con certificado.")
    fill_cell(page, "alba-2", "once", "Se contaron las bitácoras de abril.")
    hand_in(page)
    expect(page.get_by_role("alert")).to_contain_text("Escriba un número de 0 a 10")
    expect(page.locator("#alba-2-score")).to_have_value("once")
    expect(page.locator("#alba-1")).to_contain_text("Por revisar")
    page.locator("#alba-2-score").fill("7,0")
    hand_in(page)
    expect(page.locator("#alba-2")).to_contain_text("Por revisar")


def rate_by_demand(page: Page, other: Page) -> None:
    """The other saves a cell while she writes in it: she sees both, and keeps hers."""
    page.goto("/captura/")
    page.get_by_role("link", name="3. Contratos a la vista").click()
    other.goto(f"{RATING}municipios/alba/")
    fill_cell(other, "alba-3", "4", "Cuatro contratos de diez a la vista.")
    other.get_by_role("button", name="Guardar", exact=True).click()
    fill_cell(page, "alba-3", "3,5", "Siete contratos de veinte a la vista.")
    fill_cell(page, "brisa-3", "9", "Nueve contratos de diez a la vista.")
    fill_cell(page, "nandu-3", "6", "Seis contratos de diez a la vista.")
    hand_in(page)
    theirs = page.locator("#alba-3")
    expect(theirs).to_contain_text("Otra persona evaluadora la guardó antes")
    expect(theirs).to_contain_text("Cuatro contratos de diez a la vista.")
    expect(page.locator("#alba-3-score")).to_have_value("3,5")
    look(page)
    page.get_by_label("Lo que escribí yo").check()
    hand_in(page)
    expect(page.locator("#alba-3")).to_contain_text("Por revisar")
    for demand, words in ((1, "De la lista de certificados."), (2, "De las bitácoras de abril.")):
        page.goto(f"{RATING}demandas/{demand}/")
        for place, score in (("brisa", "7"), ("nandu", "8")):
            fill_cell(page, f"{place}-{demand}", score, words)
        hand_in(page)
    page.goto("/captura/")
    expect(page.get_by_text("Entregó todo")).to_be_visible()


def lead_on(page: Page, step: str, question: str) -> None:
    """The organiser takes the round one stage on, having read what that will do."""
    page.goto(WORK)
    look(page)
    page.get_by_role("link", name=step).click()
    look(page)
    page.get_by_role("button", name=question).click()
    expect(page.get_by_role("status")).to_be_visible()


def review(page: Page, evaluator: Page) -> None:
    """One comes back with a comment, is mended, and then all are approved."""
    page.goto("/revision/")
    page.get_by_role("link", name="Revisar Alba").click()
    page.locator("#d1").get_by_label("Devolver").check()
    page.get_by_role("button", name="Guardar dictámenes").click()
    expect(page.get_by_role("alert")).to_be_visible()
    look(page)
    page.locator("#d1").get_by_label("Comentario").fill("¿De qué mes es la lista?")
    page.get_by_role("button", name="Guardar dictámenes").click()
    evaluator.goto(f"{RATING}municipios/alba/")
    expect(evaluator.locator("#alba-1")).to_contain_text("¿De qué mes es la lista?")
    evaluator.locator("#alba-1-reason").fill("Nueve de cada diez policías con certificado, en abril.")
    hand_in(evaluator)
    for place in ("alba", "brisa", "nandu"):
        page.goto(f"{REVIEW}{place}/")
        for demand in (1, 2, 3):
            page.locator(f"#d{demand}").get_by_label("Aprobar").check()
        page.get_by_role("button", name="Guardar dictámenes").click()
    expect(page.get_by_text("Todo está aprobado")).to_be_visible()
    look(page)


def agree(page: Page) -> None:
    """The first office agrees to everything."""
    page.goto("/enlace/")
    look(page)
    page.get_by_role("link", name="Ver el borrador y responder").click()
    look(page)
    page.get_by_label("Estamos de acuerdo con todas").check()
    page.get_by_role("button", name="Revisar y enviar").click()
    sign_letter(page, "Sol Alba", "Síndica")


def ask_for_a_correction(page: Page) -> None:
    """The second asks for another score, says why, proves it by a file, and signs."""
    page.goto(f"{OFFICE}brisa/3/")
    asked = page.get_by_role("region", name=re.compile("Contratos a la vista"))
    asked.get_by_label("Solicitamos una corrección").check()
    asked.get_by_label("Calificación que solicitan").fill("10")
    page.get_by_role("button", name="Revisar y enviar").click()
    expect(page.get_by_role("alert")).to_be_visible()
    look(page)
    asked.get_by_label("Razón").fill("El décimo contrato se publicó el 28 de abril.")
    asked.get_by_role("button", name="Guardar y adjuntar un archivo").click()
    look(page)
    page.get_by_label("Archivo", exact=True).set_input_files(PROOF)
    page.get_by_role("button", name="Adjuntar el archivo").click()
    expect(asked.get_by_role("link", name="archivo CSV")).to_be_visible()
    page.get_by_role("button", name="Revisar y enviar").click()
    look(page)
    sign_letter(page, "Beto Brisa", "Secretario del ayuntamiento")


def sign_letter(page: Page, name: str, position: str) -> None:
    page.get_by_label("Nombre de quien firma").fill(name)
    page.get_by_label("Cargo").fill(position)
    page.get_by_role("button", name="Enviar la carta").click()
    expect(page.get_by_role("heading", name="Recibo de la carta 1")).to_be_visible()
    expect(page.locator(".receipt .code")).to_have_text(re.compile(r"\w{4,}"))
    look(page)


def decide(page: Page) -> None:
    page.goto(f"{REVIEW}respuestas/")
    look(page)
    page.get_by_role("link", name=re.compile("Contratos a la vista")).click()
    expect(page.get_by_role("link", name="archivo CSV")).to_be_visible()
    look(page)
    page.get_by_label("Cambia", exact=True).check()
    page.get_by_label("Calificación nueva").fill("9,5")
    page.get_by_label("Por qué").fill("El décimo contrato se publicó a medias.")
    page.get_by_role("button", name="Guardar la decisión").click()
    expect(page.get_by_role("status")).to_be_visible()


def praise(page: Page) -> None:
    page.goto(f"{WORK}reconocimientos/")
    look(page)
    page.get_by_label("Municipio").select_option("brisa")
    page.get_by_label("Reconocimiento", exact=True).check()
    page.get_by_label("Texto").fill("Puso a la vista nueve de cada diez contratos.")
    page.get_by_label("Firma").fill("Consejo del Observatorio")
    page.get_by_role("button", name="Guardar").click()
    expect(page.locator("main")).to_contain_text("Puso a la vista nueve de cada diez contratos.")


def sign_and_publish(first: Page, second: Page, gate: str) -> None:
    """Two people read the difference and sign it; then the first publishes."""
    for page in (first, second):
        page.goto(gate)
        look(page)
        page.get_by_role("button", name="Firmar").click()
        expect(page.get_by_role("button", name="Retirar mi firma")).to_be_visible()
    first.goto(gate)
    look(first)
    first.get_by_role("button", name="Publicar ahora").click()
    expect(first.get_by_role("status")).to_be_visible()


def correct(first: Page, second: Page) -> None:
    first.goto(f"{WORK}correcciones/")
    look(first)
    first.get_by_label("Motivo").fill("Se sumaron mal los contratos de Ñandú.")
    first.get_by_role("button", name="Abrir la corrección").click()
    look(first)
    first.get_by_label("Municipio").select_option("nandu")
    first.get_by_label("Demanda").select_option("3")
    first.get_by_label("Calificación nueva", exact=True).fill("6,5")
    first.get_by_label("Motivo de la calificación nueva").fill("Son trece contratos de veinte.")
    first.get_by_role("button", name="Poner en la corrección").click()
    look(first)
    first.get_by_role("link", name="Ver la diferencia, firmar y publicar").click()
    expect(first).to_have_url(re.compile("/publicar/$"))
    sign_and_publish(first, second, first.url)


def read_the_round_before(page: Page) -> None:
    """Before the publication nobody outside knows of the round."""
    answer = page.request.get(f"/{SLUG}/evaluaciones/3/")
    assert answer.status == 404
    page.goto(f"/{SLUG}/municipios/brisa/")
    expect(page.locator("main")).not_to_contain_text("contratos de diez")


def read_what_was_published(page: Page) -> None:
    """Score, reply, decision and praise stand together; who rated does not."""
    page.goto(f"/{SLUG}/municipios/brisa/")
    main = page.locator("main")
    for words in ("Evaluación 3", "cambió de 9 a 9.5", "Pidió 10 en lugar de 9", "Puso a la vista nueve de cada diez"):
        expect(main).to_contain_text(words)
    look(page)
    page.goto(f"/{SLUG}/evaluaciones/3/respuestas/")
    for words in ("El décimo contrato se publicó el 28 de abril.", "Beto Brisa", "se publicó a medias", "De acuerdo"):
        expect(page.locator("main")).to_contain_text(re.compile(words, re.IGNORECASE))
    proof = page.get_by_role("link", name="archivo CSV").get_attribute("href")
    assert page.request.get(str(proof)).body() == PROOF["buffer"]
    for path in ("municipios/brisa/", "municipios/alba/", "evaluaciones/3/", "evaluaciones/3/respuestas/"):
        assert not re.search(r"Eva Prueba|Ema Prueba|Rita Prueba", page.request.get(f"/{SLUG}/{path}").text())


def read_the_correction(page: Page) -> None:
    """The list of corrections tells both values; both publications stay."""
    page.goto(f"/{SLUG}/correcciones/")
    for words in ("Se sumaron mal los contratos de Ñandú.", "6.5"):
        expect(page.locator("main")).to_contain_text(words)
    look(page)
    for number in (1, 2):
        assert page.request.get(f"/{SLUG}/evaluaciones/3/publicaciones/{number}/").status == 200
    page.goto(f"/{SLUG}/municipios/nandu/")
    expect(page.locator("main")).to_contain_text("6.5")
