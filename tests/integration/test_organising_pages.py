"""The organiser's pages as people use them: who may open which, and an edition made and opened page by page."""

import io
import zipfile
from collections.abc import Iterator
from pathlib import Path

import html5lib
import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.exports.seeds import FILES
from app.models.accounts import RoleGrant
from app.models.assignments import Assignment, Bar
from app.models.audit import AuditEvent
from app.models.editions import Edition, Round, RoundEntry
from app.models.publications import Publication
from tests import seeded, staff
from tests.integration.folders import VALLEY
from tests.integration.rounds import resolve
from tests.integration.sealing import SLUG

ROOM = f"/coordinacion/{SLUG}"
NEW = "/coordinacion/valle-nuevo-2021-2024"
PROGRESS = ("/coordinacion/", f"{ROOM}/", f"{ROOM}/evaluaciones/3/", f"{ROOM}/evaluaciones/3/municipios/alba/")
ORGANISERS = (
    f"{ROOM}/evaluaciones/3/avanzar/",
    f"{ROOM}/asignaciones/",
    f"{ROOM}/impedimentos/",
    f"{ROOM}/datos/",
    f"{ROOM}/metodo/",
    *(
        f"{ROOM}/{part}/"
        for part in ("temas", "demandas", "municipios", "gestiones", "calendario", "organizaciones", "fuentes")
    ),
    f"{ROOM}/temas/agregar/",
    f"{ROOM}/demandas/1/",
    f"{ROOM}/gestiones/98001.2020-10-01/",
    f"{ROOM}/gestiones/cambio/",
    f"{ROOM}/calendario/generar/",
    f"{ROOM}/seguridad/",
    "/coordinacion/nueva/",
    "/coordinacion/nueva/carpeta/",
)
POSTS = (
    *(
        path
        for path in ORGANISERS
        if not path.endswith(("/asignaciones/", "/temas/", "/demandas/", "/municipios/"))
        and not path.endswith(("/gestiones/", "/calendario/", "/organizaciones/", "/fuentes/"))
    ),
    f"{ROOM}/evaluaciones/3/regresar/",
    f"{ROOM}/temas/seguridad/quitar/",
    f"{ROOM}/asignaciones/5/",
    f"{ROOM}/impedimentos/1/levantar/",
)


@pytest.fixture
def site(valley_url: str, tmp_path: Path) -> Iterator[Flask]:
    with seeded.application(seeded.settings_for(valley_url, tmp_path)) as app:
        yield app


@pytest.fixture
def people(site: Flask) -> dict[str, int]:
    with writing(site) as session:
        ids = staff.settle(session, SLUG)
        session.commit()
    return ids


def writing(site: Flask) -> Session:
    return Session(site.extensions["database"].execution_options(write=True), expire_on_commit=False)


def count(site: Flask, table: type) -> int:
    with Session(site.extensions["database"]) as session:
        return session.scalar(select(func.count()).select_from(table)) or 0


def test_a_page_opens_for_whom_it_is_meant(site: Flask, people: dict[str, int]) -> None:
    with staff.signed_in(site, people["olga"]) as olga:
        for path in (*PROGRESS, *ORGANISERS):
            answer = olga.get(path)
            assert answer.status_code == 200, path
            html5lib.HTMLParser(strict=True).parse(answer.text)
            assert answer.text.count("<h1") == 1, path
            assert answer.headers["Cache-Control"] == "no-store"
    for name in ("eva", "lalo", "rita", "delia"):
        with staff.signed_in(site, people[name]) as other:
            found = {path: other.get(path).status_code for path in (*PROGRESS, *ORGANISERS)}
        open_to = PROGRESS if name in {"rita", "delia"} else ()
        assert found == {path: 200 if path in open_to else 403 for path in found}
    with staff.signed_in(site, None) as stranger:
        for path in (*PROGRESS, *ORGANISERS):
            assert stranger.get(path).status_code == 303
            assert stranger.get(path.replace(SLUG, "no-existe-2020-2023")).status_code == 303


def test_nobody_else_changes_anything(site: Flask, people: dict[str, int]) -> None:
    events = count(site, AuditEvent)
    site.config["WTF_CSRF_ENABLED"] = False
    for name in ("rita", "eva", "lalo", "delia", None):
        with staff.signed_in(site, people[name] if name else None) as other:
            for path in POSTS:
                status = other.client.post(path, data={"origin": "rating"}).status_code
                assert status == (403 if name else 303), (name, path)
    assert count(site, AuditEvent) == events


def test_a_form_without_its_token_changes_nothing(site: Flask, people: dict[str, int]) -> None:
    with staff.signed_in(site, people["olga"]) as olga:
        assert olga.client.post(POSTS[0], data={"origin": "rating"}).status_code == 400
        assert olga.client.post(f"{ROOM}/impedimentos/", data={}).status_code == 400


def test_what_is_missing_is_named_and_a_ready_round_moves(site: Flask, people: dict[str, int]) -> None:
    advance = f"{ROOM}/evaluaciones/3/avanzar/"
    with staff.signed_in(site, people["olga"]) as olga:
        page = olga.get(advance)
        assert "faltan las demandas 1, 2 y 3" in " ".join(page.text.split())
        refused = olga.post(advance, {"origin": "rating"}, page=f"{ROOM}/impedimentos/")
        assert refused.status_code == 409
        with writing(site) as session:
            resolve(session, SLUG, 3, people, approve=True)
            session.commit()
        assert olga.post(advance, {"origin": "rating"}).status_code == 303
        again = olga.post(advance, {"origin": "rating"})
        assert again.status_code == 303
        past = olga.post(advance, {"origin": "review", "due_day": "2020-01-01", "due_hour": "18:00"})
        assert past.status_code == 422
        assert 'value="2020-01-01"' in past.text
        due = {"origin": "review", "due_day": "2090-01-10", "due_hour": "18:00"}
        assert olga.post(advance, due).status_code == 303
        with Session(site.extensions["database"]) as session:
            assert session.scalar(select(Round.stage).where(Round.number == 3)) == "reply"


NO_DAYS = ("", "hoy", "2090-13-40", "9" * 4301, "٢٠٩٠-٠١-١٠", "2090-01-10\x00", "\ud800", "20900110")


def test_a_deadline_that_is_no_day_is_answered_beside_the_field(site: Flask, people: dict[str, int]) -> None:
    with writing(site) as session:
        resolve(session, SLUG, 3, people, approve=True)
        session.commit()
    advance = f"{ROOM}/evaluaciones/3/avanzar/"
    with staff.signed_in(site, people["olga"]) as olga:
        olga.post(advance, {"origin": "rating"})
        for day in NO_DAYS:
            fields = {"origin": "review", "due_day": day.encode(errors="surrogatepass"), "due_hour": "18:00"}
            refused = olga.post(advance, fields)
            assert (refused.status_code, 'id="due_day-error"' in refused.text) == (422, True), day


def test_a_move_from_nowhere_is_a_bad_request(site: Flask, people: dict[str, int]) -> None:
    with staff.signed_in(site, people["olga"]) as olga:
        for origin in ("", "published", "no", "\x00", "9" * 5000):
            page = f"{ROOM}/impedimentos/"
            assert olga.post(f"{ROOM}/evaluaciones/3/avanzar/", {"origin": origin}, page=page).status_code == 400


def test_duties_are_exactly_what_is_ticked(site: Flask, people: dict[str, int]) -> None:
    path = f"{ROOM}/asignaciones/{people['eva']}/"
    fields = {
        "duty": ["alba/*", "brisa/seguridad"],
        "institution": "",
        "conflicto-alba": "Asesoró al municipio en 2019.",
    }
    with staff.signed_in(site, people["olga"]) as olga:
        assert olga.post(path, fields).status_code == 303
        shown = olga.get(path).text
        assert "Asesoró al municipio en 2019." in shown
        assert olga.post(path, {"duty": ["otra/cosa"], "institution": ""}).status_code == 422
        assert olga.post(path, {"duty": [], "institution": "nadie"}).status_code == 422
    with Session(site.extensions["database"]) as session:
        rows = session.scalars(select(Assignment.conflict_es).where(Assignment.account_id == people["eva"])).all()
        assert sorted(rows) == ["", "Asesoró al municipio en 2019.", "Asesoró al municipio en 2019."]


def test_a_bar_takes_away_and_forbids(site: Flask, people: dict[str, int]) -> None:
    with staff.signed_in(site, people["olga"]) as olga:
        fields = {"person": str(people["eva"]), "place": "alba", "reason": "Su hermana es la tesorera."}
        assert olga.post(f"{ROOM}/impedimentos/", {**fields, "reason": ""}).status_code == 422
        assert olga.post(f"{ROOM}/impedimentos/", fields).status_code == 303
        assert olga.post(f"{ROOM}/impedimentos/", fields).status_code == 303
        path = f"{ROOM}/asignaciones/{people['eva']}/"
        assert olga.post(path, {"duty": ["alba/seguridad"], "institution": ""}).status_code == 409
        assert olga.post(path, {"duty": ["*"], "institution": ""}).status_code == 303
        assert count(site, Bar) == 1
        with Session(site.extensions["database"]) as session:
            number = session.scalar(select(Bar.id))
        lift = f"{ROOM}/impedimentos/{number}/levantar/"
        assert [olga.post(lift, {}, page=f"{ROOM}/impedimentos/").status_code for _ in range(2)] == [303, 303]
    assert count(site, Bar) == 0
    with Session(site.extensions["database"]) as session:
        of_eva = select(func.count()).select_from(Assignment).where(Assignment.account_id == people["eva"])
        assert session.scalar(of_eva) == 4  # two municipalities by two themes: "all" left Alba out


def test_everybody_may_be_asked_for_a_second_factor(site: Flask, people: dict[str, int]) -> None:
    with staff.signed_in(site, people["olga"]) as olga:
        assert olga.post(f"{ROOM}/seguridad/", {"of_all": "y"}).status_code == 303
    with staff.signed_in(site, people["eva"], second_factor=False) as eva:
        assert eva.get("/coordinacion/").status_code == 403
    with Session(site.extensions["database"]) as session:
        assert session.scalar(select(Edition.second_factor_for_all).where(Edition.slug == SLUG))


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


def test_an_edition_is_made_page_by_page_and_sealed_by_its_first_opening(site: Flask, people: dict[str, int]) -> None:
    chains = count(site, Publication)
    with staff.signed_in(site, people["olga"]) as olga:
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
    assert count(site, Publication) == chains + 1
    with Session(site.extensions["database"]) as session:
        kind = session.scalar(select(Edition.kind).where(Edition.slug == "valle-nuevo-2021-2024"))
        of_new = select(RoundEntry.id).join(Round, Round.id == RoundEntry.round_id)
        rows = session.scalars(
            of_new.join(Edition, Edition.id == Round.edition_id).where(Edition.slug == EDITION["slug"])
        )
        assert (kind, len(rows.all())) == ("real", 1)


def test_an_edition_without_a_mayor_does_not_open_and_the_page_says_where(site: Flask, people: dict[str, int]) -> None:
    with staff.signed_in(site, people["olga"]) as olga:
        olga.post("/coordinacion/nueva/", EDITION)
        for path, fields in STEPS:
            if not path.startswith("gestiones"):
                olga.post(f"{NEW}/{path}", fields)
        page = f"{ROOM}/impedimentos/"
        refused = olga.post(f"{NEW}/evaluaciones/1/avanzar/", {"origin": "planned"}, page=page)
        assert refused.status_code == 409
        assert "Vega no tiene alcaldesa o alcalde" in refused.text


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
    ("calendario/agregar/", {"starts_on": "2021-11-01", "ends_on": "2021-10-01"}, "ends_on"),
)


def test_what_is_wrong_is_said_beside_its_field(site: Flask, people: dict[str, int]) -> None:
    with staff.signed_in(site, people["olga"]) as olga:
        olga.post("/coordinacion/nueva/", EDITION)
        for path, fields, wrong in WRONG:
            refused = olga.post(f"{NEW}/{path}", fields)
            assert (refused.status_code, f'id="{wrong}-error"' in refused.text) == (422, True), (path, fields)


def test_a_row_that_somebody_changed_meanwhile_is_not_overwritten_unseen(site: Flask, people: dict[str, int]) -> None:
    with staff.signed_in(site, people["olga"]) as olga:
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


def test_what_others_refer_to_is_not_removed(site: Flask, people: dict[str, int]) -> None:
    with staff.signed_in(site, people["olga"]) as olga:
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


def test_an_edition_comes_from_a_folder(site: Flask, people: dict[str, int]) -> None:
    with staff.signed_in(site, people["olga"]) as olga:
        status, words = bring(olga, folder(change=RENAMED, only=RULES))
        assert status == 303, words
        assert olga.get("/coordinacion/valle-2020-2024/").status_code == 200
        assert olga.get("/valle-2020-2024/").status_code == 404
    with Session(site.extensions["database"]) as session:
        grants = select(func.count()).select_from(RoleGrant).where(RoleGrant.account_id == people["olga"])
        assert session.scalar(grants) == 2


def test_a_folder_with_errors_is_answered_by_file_line_and_column(site: Flask, people: dict[str, int]) -> None:
    editions = count(site, Edition)
    with staff.signed_in(site, people["olga"]) as olga:
        status, words = bring(olga, folder(change={**RENAMED, "98003,Ñico Ñandú,m": "98003,Ñico Ñandú,x"}, only=RULES))
        assert status == 422
        assert "<strong>mandates.csv</strong>, renglón 5, gender: aquí no se puede leer «x»" in words
        status, words = bring(olga, folder(change=RENAMED))
        assert status == 422
        assert "<strong>scores.csv</strong>" in words
        status, words = bring(olga, folder(only=RULES))
        assert status == 422
        assert "aquí solo puede decir «demonstration»" not in words
    assert count(site, Edition) == editions


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


def test_what_is_no_folder_is_refused(site: Flask, people: dict[str, int]) -> None:
    with staff.signed_in(site, people["olga"]) as olga:
        for packed in (b"", b"no", b"PK\x03\x04", bomb(), lying_bomb()):
            assert bring(olga, packed)[0] == 422


def test_a_change_of_mayor_ends_one_mandate_and_begins_another(site: Flask, people: dict[str, int]) -> None:
    fields = {"cvegeo": "98003", "mayor": "Nora Ñandú", "gender": "f", "party": "", "starts_on": "2021-04-15"}
    with staff.signed_in(site, people["olga"]) as olga:
        path = f"{ROOM}/gestiones/cambio/"
        assert olga.post(path, {**fields, "starts_on": "2021-02-15"}).status_code == 409  # a published round
        assert olga.post(path, {**fields, "starts_on": "mañana"}).status_code == 422
        assert olga.post(path, fields).status_code == 303
        assert olga.post(path, fields).status_code == 409
        assert "Nora Ñandú" in olga.get(f"{ROOM}/evaluaciones/3/municipios/nandu/").text
        assert "Ñico Ñandú" in olga.get(f"{ROOM}/evaluaciones/2/municipios/nandu/").text
