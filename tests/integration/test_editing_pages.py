"""Preparing an edition page by page, from a folder, and the change of a mayor."""

import io
import zipfile

from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.exports.seeds import FILES
from app.models.accounts import RoleGrant
from app.models.editions import Edition, Round, RoundEntry
from app.models.publications import Publication
from tests import staff
from tests.integration.folders import VALLEY
from tests.integration.rooms import count
from tests.integration.sealing import SLUG

ROOM = f"/coordinacion/{SLUG}"
NEW = "/coordinacion/valle-nuevo-2021-2024"


EDITION = {
    "slug": "valle-nuevo-2021-2024",
    "name_es": "Valle nuevo, 2021–2024",
    "place_es": "Valle nuevo",
    "place_en": "New valley",
    "starts_on": "2021-10-01",
    "ends_on": "2024-10-01",
    "zone": "America/Monterrey",
    "demand_word_es": "demanda",
    "demand_words_es": "demandas",
    "demand_word_en": "demand",
    "demand_words_en": "demands",
}
STEPS = (
    ("temas/agregar/", {"name_es": "Espacios públicos"}),
    ("demandas/agregar/", {"theme": "espacios-publicos", "weight": "1", "name_es": "Un parque por colonia"}),
    ("municipios/agregar/", {"cvegeo": "97001", "name": "Vega"}),
    (
        "gestiones/agregar/",
        {"cvegeo": "97001", "mayor": "Vera Vega", "gender": "f", "starts_on": "2021-10-01", "ends_on": ""},
    ),
    ("organizaciones/agregar/", {"name": "Colegio nuevo", "kind": "evaluator"}),
    ("calendario/generar/", {"first": "2021-11", "count": "3", "days": "45"}),
)


def test_an_edition_is_made_page_by_page_and_sealed_by_its_first_opening(
    valley_site: Flask, valley_people: dict[str, int]
) -> None:
    chains = count(valley_site, Publication)
    with staff.signed_in(valley_site, valley_people["olga"]) as olga:
        assert olga.post("/coordinacion/nueva/", EDITION).status_code == 303
        assert olga.post("/coordinacion/nueva/", EDITION).status_code == 422
        for path, fields in STEPS:
            answer = olga.post(f"{NEW}/{path}", fields)
            assert answer.status_code == 303, (path, answer.text)
        assert olga.get("/valle-nuevo-2021-2024/").status_code == 404
        assert olga.get(f"{NEW}/calendario/3/").status_code == 200
        opening = olga.get(f"{NEW}/evaluaciones/1/avanzar/").text
        assert "Sella y publica las reglas" in opening
        assert olga.post(f"{NEW}/evaluaciones/1/avanzar/", {"origin": "planned"}).status_code == 303
        assert olga.post(f"{NEW}/temas/agregar/", {"name_es": "Otro"}, page=f"{ROOM}/impedimentos/").status_code == 409
        assert olga.get("/valle-nuevo-2021-2024/metodologia/").status_code == 200
    assert count(valley_site, Publication) == chains + 1
    with Session(valley_site.extensions["database"]) as session:
        kind = session.scalar(select(Edition.kind).where(Edition.slug == "valle-nuevo-2021-2024"))
        of_new = select(RoundEntry.id).join(Round, Round.id == RoundEntry.round_id)
        rows = session.scalars(
            of_new.join(Edition, Edition.id == Round.edition_id).where(Edition.slug == EDITION["slug"])
        )
        assert (kind, len(rows.all())) == ("real", 1)


def test_an_edition_without_a_mayor_does_not_open_and_the_page_says_where(
    valley_site: Flask, valley_people: dict[str, int]
) -> None:
    with staff.signed_in(valley_site, valley_people["olga"]) as olga:
        olga.post("/coordinacion/nueva/", EDITION)
        for path, fields in STEPS:
            if not path.startswith("gestiones"):
                olga.post(f"{NEW}/{path}", fields)
        page = f"{ROOM}/impedimentos/"
        refused = olga.post(f"{NEW}/evaluaciones/1/avanzar/", {"origin": "planned"}, page=page)
        assert refused.status_code == 409
        assert "Falta quién gobierna Vega" in refused.text


def test_an_edition_without_institutions_can_invite_and_nobody_becomes_an_organiser_by_oversight(
    valley_site: Flask, valley_people: dict[str, int]
) -> None:
    invite = "/coordinacion/cuentas/valle-nuevo-2021-2024/invitar/"
    with staff.signed_in(valley_site, valley_people["olga"]) as olga:
        missing = olga.post("/coordinacion/nueva/", {**EDITION, "name_es": "", "place_es": ""})
        assert "Nombre: no puede quedar vacío." in missing.text
        assert "Lugar: no puede quedar vacío." in missing.text
        olga.post("/coordinacion/nueva/", EDITION)
        for part, where in (("demandas", "temas"), ("gestiones", "municipios")):
            empty = olga.get(f"{NEW}/{part}/").text
            assert (f"{NEW}/{where}/" in empty, f"{NEW}/{part}/agregar/" in empty) == (True, False)
        assert "Registrar el impedimento" not in olga.get(f"{NEW}/impedimentos/").text
        new = {"email": "nueva@ejemplo.mx", "role": "", "municipality": ""}
        unchosen = olga.post(invite, new)
        assert unchosen.status_code == 422
        assert "Elija de la lista." in unchosen.text
        assert olga.post(invite, {**new, "role": "reviewer"}).status_code == 303


def test_sealed_rules_are_read_in_words_and_a_published_meeting_is_not_changed(
    valley_site: Flask, valley_people: dict[str, int]
) -> None:
    with staff.signed_in(valley_site, valley_people["olga"]) as olga:
        assert "Se queda sin lugar" in olga.get(f"{ROOM}/metodo/").text
        assert "1 de octubre de 2020" in olga.get(f"{ROOM}/datos/").text
        meeting = f"/revision/{SLUG}/1/reuniones/"
        page = olga.get(meeting).text
        assert "la asistencia quedó como se ve aquí" in page
        assert 'type="radio"' not in page
        assert olga.post(meeting, {}, page=f"{ROOM}/impedimentos/").status_code == 409


WRONG = (
    ("temas/agregar/", {"name_es": ""}, "name_es"),
    ("temas/agregar/", {"name_es": "a\x00b"}, "name_es"),
    ("demandas/agregar/", {"theme": "otro", "weight": "1", "name_es": "X"}, "theme"),
    ("demandas/agregar/", {"theme": "", "weight": "٣", "name_es": "X"}, "weight"),
    ("demandas/agregar/", {"theme": "", "weight": "9" * 150, "name_es": "X"}, "weight"),
    ("municipios/agregar/", {"cvegeo": "1900", "name": "Vega"}, "cvegeo"),
    ("municipios/agregar/", {"cvegeo": "97001", "name": "Vega", "population": "5"}, "population_source"),
    ("gestiones/agregar/", {"cvegeo": "97001", "mayor": "V", "gender": "x", "starts_on": "2021-10-01"}, "gender"),
    ("calendario/generar/", {"first": "2021-13", "count": "3", "days": "45"}, "first"),
    ("calendario/generar/", {"first": "2021-11", "count": "0", "days": "45"}, "count"),
    ("calendario/generar/", {"first": "2021-11", "count": "9" * 4301, "days": "45"}, "count"),
    ("calendario/generar/", {"first": "2021-11", "count": "3", "days": "٤"}, "days"),
    ("calendario/agregar/", {"starts_on": "2021-11-01", "ends_on": "2021-10-01"}, "ends_on"),
)


def test_a_sealed_edition_offers_no_form_that_would_be_refused(
    valley_site: Flask, valley_people: dict[str, int]
) -> None:
    with staff.signed_in(valley_site, valley_people["olga"]) as olga:
        for path in ("datos/", "temas/seguridad/", "temas/agregar/", "calendario/agregar/", "calendario/generar/"):
            main = olga.get(f"{ROOM}/{path}").text.split('id="contenido"')[1]
            assert ("<form" in main, "no cambian" in main) == (False, True), path
        for path, fields in (STEPS[0], STEPS[-1]):
            refused = olga.post(f"{ROOM}/{path}", fields, page=f"{ROOM}/impedimentos/")
            assert (refused.status_code, "no cambian" in refused.text) == (409, True), path


def test_what_is_wrong_is_said_beside_its_field(valley_site: Flask, valley_people: dict[str, int]) -> None:
    with staff.signed_in(valley_site, valley_people["olga"]) as olga:
        olga.post("/coordinacion/nueva/", EDITION)
        for path, fields, wrong in WRONG:
            refused = olga.post(f"{NEW}/{path}", fields)
            assert (refused.status_code, f'id="{wrong}-error"' in refused.text) == (422, True), (path, fields)


def test_a_row_that_somebody_changed_meanwhile_is_not_overwritten_unseen(
    valley_site: Flask, valley_people: dict[str, int]
) -> None:
    with staff.signed_in(valley_site, valley_people["olga"]) as olga:
        olga.post("/coordinacion/nueva/", EDITION)
        olga.post(f"{NEW}/temas/agregar/", {"name_es": "Uno"})
        path = f"{NEW}/temas/uno/"
        page = olga.get(path).text
        seen = page.partition('name="seen"')[2].partition('value="')[2].partition('"')[0]
        assert olga.post(path, {"name_es": "Dos", "seen": seen}).status_code == 303
        late = olga.post(path, {"name_es": "Tres", "seen": seen})
        assert (late.status_code, 'value="Tres"' in late.text) == (409, True)
        fresh = late.text.partition('name="seen"')[2].partition('value="')[2].partition('"')[0]
        assert olga.post(path, {"name_es": "Tres", "seen": fresh}).status_code == 303


def test_what_others_refer_to_is_not_removed(valley_site: Flask, valley_people: dict[str, int]) -> None:
    with staff.signed_in(valley_site, valley_people["olga"]) as olga:
        olga.post("/coordinacion/nueva/", EDITION)
        for path, fields in STEPS[:2]:
            olga.post(f"{NEW}/{path}", fields)
        theme, demand = f"{NEW}/temas/espacios-publicos/", f"{NEW}/demandas/1/"
        olga.post(f"{theme}quitar/", {}, page=theme)
        assert olga.get(theme).status_code == 200
        assert olga.post(f"{demand}quitar/", {}, page=demand).status_code == 303
        assert olga.post(f"{theme}quitar/", {}, page=theme).status_code == 303
        assert olga.get(theme).status_code == 404


def folder(*, change: dict[str, str] | None = None, only: set[str] | None = None) -> bytes:
    """The valley's rules under another name as a ZIP, with changed texts."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in FILES:
            if (VALLEY / name).is_file() and (only is None or name in only):
                text = (VALLEY / name).read_text()
                for old, new in (change or {}).items():
                    text = text.replace(old, new)
                archive.writestr(f"valle/{name}", text)
    return packed.getvalue()


RULES = {"edition.toml", "demands.csv", "municipalities.csv", "mandates.csv", "rounds.csv", "organisations.csv"}
RENAMED = {SLUG: "valle-2020-2024", '"demonstration"': '"real"', ",published,": ",planned,", ",rating,": ",planned,"}


def bring(person: staff.Person, packed: bytes) -> tuple[int, str]:
    path = "/coordinacion/nueva/carpeta/"
    answer = person.post(path, {"folder": (io.BytesIO(packed), "valle.zip")})
    return answer.status_code, " ".join(answer.text.split())


def test_an_edition_comes_from_a_folder(valley_site: Flask, valley_people: dict[str, int]) -> None:
    with staff.signed_in(valley_site, valley_people["olga"]) as olga:
        status, words = bring(olga, folder(change=RENAMED, only=RULES))
        assert status == 303, words
        assert olga.get("/coordinacion/valle-2020-2024/").status_code == 200
        assert olga.get("/valle-2020-2024/").status_code == 404
    with Session(valley_site.extensions["database"]) as session:
        grants = select(func.count()).select_from(RoleGrant).where(RoleGrant.account_id == valley_people["olga"])
        assert session.scalar(grants) == 2


def test_a_folder_with_errors_is_answered_by_file_line_and_column(
    valley_site: Flask, valley_people: dict[str, int]
) -> None:
    editions = count(valley_site, Edition)
    with staff.signed_in(valley_site, valley_people["olga"]) as olga:
        status, words = bring(olga, folder(change={**RENAMED, "98003,Ñico Ñandú,m": "98003,Ñico Ñandú,x"}, only=RULES))
        assert status == 422
        assert "<strong>mandates.csv</strong>, renglón 5, gender: aquí no se puede leer «x»" in words
        status, words = bring(olga, folder(change=RENAMED))
        assert status == 422
        assert "<strong>scores.csv</strong>" in words
        status, words = bring(olga, folder(only=RULES))
        assert status == 422
        assert "aquí solo puede decir «demonstration»" not in words
    assert count(valley_site, Edition) == editions


def bomb() -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("edition.toml", b"0" * (6 * 1024 * 1024))
    return packed.getvalue()


def lying_bomb() -> bytes:
    """Says that its file is small."""
    packed = bytearray(bomb())
    at = packed.rindex(b"PK\x01\x02")
    packed[at + 24 : at + 28] = (100).to_bytes(4, "little")
    return bytes(packed)


def test_what_is_no_folder_is_refused(valley_site: Flask, valley_people: dict[str, int]) -> None:
    with staff.signed_in(valley_site, valley_people["olga"]) as olga:
        for packed in (b"", b"no", b"PK\x03\x04"):
            assert bring(olga, packed)[0] == 422
        status, words = bring(olga, bomb())
        assert (status, "demasiado grande" in words) == (422, True)
        assert bring(olga, lying_bomb())[0] == 422


def test_a_change_of_mayor_ends_one_mandate_and_begins_another(
    valley_site: Flask, valley_people: dict[str, int]
) -> None:
    fields = {"cvegeo": "98003", "mayor": "Nora Ñandú", "gender": "f", "party": "", "starts_on": "2021-04-15"}
    with staff.signed_in(valley_site, valley_people["olga"]) as olga:
        path = f"{ROOM}/gestiones/cambio/"
        assert olga.post(path, {**fields, "starts_on": "2021-02-15"}).status_code == 409  # a published round
        assert olga.post(path, {**fields, "starts_on": "mañana"}).status_code == 422
        assert olga.post(path, fields).status_code == 303
        assert olga.post(path, fields).status_code == 409
        assert "Nora Ñandú" in olga.get(f"{ROOM}/evaluaciones/3/municipios/nandu/").text
        assert "Ñico Ñandú" in olga.get(f"{ROOM}/evaluaciones/2/municipios/nandu/").text
