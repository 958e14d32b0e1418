"""The organiser's pages as people use them: who may open which, and an edition made and opened page by page."""

import re
from datetime import UTC, date, datetime, timedelta

import html5lib
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.models.assignments import Assignment, Bar
from app.models.audit import AuditEvent
from app.models.editions import Edition, Round, RoundEntry
from tests import staff
from tests.integration.rooms import count, writing
from tests.integration.rounds import resolve
from tests.integration.sealing import SLUG

ROOM = f"/coordinacion/{SLUG}"
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


def acts(site: Flask) -> list[tuple[str, str]]:
    """What the audit log holds besides the sign-ins."""
    with Session(site.extensions["database"]) as session:
        rows = session.scalars(select(AuditEvent).where(AuditEvent.action != "signed_in").order_by(AuditEvent.id))
        return [(row.action, row.subject) for row in rows]


def test_a_page_opens_for_whom_it_is_meant(valley_site: Flask, valley_people: dict[str, int]) -> None:
    with staff.signed_in(valley_site, valley_people["olga"]) as olga:
        for path in (*PROGRESS, *ORGANISERS):
            answer = olga.get(path)
            assert answer.status_code == 200, path
            html5lib.HTMLParser(strict=True).parse(answer.text)
            assert answer.text.count("<h1") == 1, path
            assert answer.headers["Cache-Control"] == "no-store"
    for name in ("eva", "lalo", "rita", "delia"):
        with staff.signed_in(valley_site, valley_people[name]) as other:
            found = {path: other.get(path).status_code for path in (*PROGRESS, *ORGANISERS)}
        open_to = PROGRESS if name in {"rita", "delia"} else ()
        assert found == {path: 200 if path in open_to else 403 for path in found}
    with staff.signed_in(valley_site, None) as stranger:
        for path in (*PROGRESS, *ORGANISERS):
            assert stranger.get(path).status_code == 303
            assert stranger.get(path.replace(SLUG, "no-existe-2020-2023")).status_code == 303


def test_nobody_else_changes_anything(valley_site: Flask, valley_people: dict[str, int]) -> None:
    before = acts(valley_site)
    valley_site.config["WTF_CSRF_ENABLED"] = False
    for name in ("rita", "eva", "lalo", "delia", None):
        with staff.signed_in(valley_site, valley_people[name] if name else None) as other:
            for path in POSTS:
                status = other.client.post(path, data={"origin": "rating"}).status_code
                assert status == (403 if name else 303), (name, path)
    assert acts(valley_site) == before


def test_a_form_without_its_token_changes_nothing(valley_site: Flask, valley_people: dict[str, int]) -> None:
    with staff.signed_in(valley_site, valley_people["olga"]) as olga:
        assert olga.client.post(POSTS[0], data={"origin": "rating"}).status_code == 400
        assert olga.client.post(f"{ROOM}/impedimentos/", data={}).status_code == 400


def test_what_is_missing_is_named_and_a_ready_round_moves(valley_site: Flask, valley_people: dict[str, int]) -> None:
    advance = f"{ROOM}/evaluaciones/3/avanzar/"
    with staff.signed_in(valley_site, valley_people["olga"]) as olga:
        page = olga.get(advance)
        assert "faltan todas" in page.text
        refused = olga.post(advance, {"origin": "rating"}, page=f"{ROOM}/impedimentos/")
        assert refused.status_code == 409
        with writing(valley_site) as session:
            resolve(session, SLUG, 3, valley_people, approve=True)
            session.commit()
        assert olga.post(advance, {"origin": "rating"}).status_code == 303
        again = olga.post(advance, {"origin": "rating"})
        assert again.status_code == 303
        past = olga.post(advance, {"origin": "review", "due_day": "2020-01-01", "due_hour": "18:00"})
        assert past.status_code == 422
        assert 'value="2020-01-01"' in past.text
        soon = (datetime.now(UTC) + timedelta(days=1)).date().isoformat()
        hasty = olga.post(advance, {"origin": "review", "due_day": soon, "due_hour": "18:00"})
        assert hasty.status_code == 422
        assert re.search(r'id="due_day-error">[^<]*al menos 3 días hábiles[^<]*, 18:00', hasty.text)
        assert f'value="{soon}"' in hasty.text
        due = {"origin": "review", "due_day": "2090-01-10", "due_hour": "18:00"}
        assert olga.post(advance, due).status_code == 303
        with Session(valley_site.extensions["database"]) as session:
            assert session.scalar(select(Round.stage).where(Round.number == 3)) == "reply"


def test_the_gate_of_an_unrated_round_says_once_what_is_missing(
    valley_site: Flask, valley_people: dict[str, int]
) -> None:
    with writing(valley_site) as session:
        last = session.scalars(select(Round).where(Round.number == 3)).one()
        days = {"starts_on": date(2021, 5, 1), "ends_on": date(2021, 6, 30)}
        planned = Round(edition_id=last.edition_id, number=4, stage="planned", source="", **days)
        session.add(planned)
        session.flush()
        for entry in session.scalars(select(RoundEntry).where(RoundEntry.round_id == last.id)):
            ids = {"municipality_id": entry.municipality_id, "mandate_id": entry.mandate_id}
            session.add(RoundEntry(round_id=planned.id, **ids))
        session.commit()
    with staff.signed_in(valley_site, valley_people["olga"]) as olga:
        page = olga.get(f"{ROOM}/evaluaciones/4/publicar/").text
    assert page.count("Todo, en todos los municipios") == 1
    assert "Sin calificaciones no hay rankings." in page
    assert "<table" not in page


def test_published_rounds_are_folded_below_those_at_work(valley_site: Flask, valley_people: dict[str, int]) -> None:
    with staff.signed_in(valley_site, valley_people["olga"]) as olga:
        at_work, published = olga.get(f"{ROOM}/").text.split("evaluaciones publicadas")
    assert f"{ROOM}/evaluaciones/3/" in at_work
    assert f"{ROOM}/evaluaciones/1/" not in at_work
    assert f"{ROOM}/evaluaciones/1/" in published


NO_DAYS = ("", "hoy", "2090-13-40", "9" * 4301, "٢٠٩٠-٠١-١٠", "2090-01-10\x00", "\ud800", "20900110")


def test_a_deadline_that_is_no_day_is_answered_beside_the_field(
    valley_site: Flask, valley_people: dict[str, int]
) -> None:
    with writing(valley_site) as session:
        resolve(session, SLUG, 3, valley_people, approve=True)
        session.commit()
    advance = f"{ROOM}/evaluaciones/3/avanzar/"
    with staff.signed_in(valley_site, valley_people["olga"]) as olga:
        olga.post(advance, {"origin": "rating"})
        for day in NO_DAYS:
            fields = {"origin": "review", "due_day": day.encode(errors="surrogatepass"), "due_hour": "18:00"}
            refused = olga.post(advance, fields)
            assert (refused.status_code, 'id="due_day-error"' in refused.text) == (422, True), day
        with writing(valley_site) as session:
            session.scalars(select(Edition).where(Edition.slug == SLUG)).one().zone = "America/Tijuana"
            session.commit()
        leapt = olga.post(advance, {"origin": "review", "due_day": "2035-03-11", "due_hour": "02:30"})
        assert (leapt.status_code, 'id="due_hour-error"' in leapt.text) == (422, True)


def test_a_move_from_nowhere_is_a_bad_request(valley_site: Flask, valley_people: dict[str, int]) -> None:
    with staff.signed_in(valley_site, valley_people["olga"]) as olga:
        for origin in ("", "published", "no", "\x00", "9" * 5000):
            page = f"{ROOM}/impedimentos/"
            assert olga.post(f"{ROOM}/evaluaciones/3/avanzar/", {"origin": origin}, page=page).status_code == 400


def test_duties_are_exactly_what_is_ticked(valley_site: Flask, valley_people: dict[str, int]) -> None:
    path = f"{ROOM}/asignaciones/{valley_people['eva']}/"
    fields = {
        "duty": ["alba/*", "brisa/seguridad"],
        "institution": "",
        "conflicto-alba": "Asesoró al municipio en 2019.",
    }
    with staff.signed_in(valley_site, valley_people["olga"]) as olga:
        assert olga.post(path, fields).status_code == 303
        shown = olga.get(path).text
        assert "Asesoró al municipio en 2019." in shown
        assert olga.post(path, {"duty": ["otra/cosa"], "institution": ""}).status_code == 422
        assert olga.post(path, {"duty": [], "institution": "nadie"}).status_code == 422
    with Session(valley_site.extensions["database"]) as session:
        rows = session.scalars(
            select(Assignment.conflict_es).where(Assignment.account_id == valley_people["eva"])
        ).all()
        assert sorted(rows) == ["", "Asesoró al municipio en 2019.", "Asesoró al municipio en 2019."]


def test_a_bar_takes_away_and_forbids(valley_site: Flask, valley_people: dict[str, int]) -> None:
    of_eva = select(func.count()).select_from(Assignment).where(Assignment.account_id == valley_people["eva"])
    with staff.signed_in(valley_site, valley_people["olga"]) as olga:
        fields = {"person": str(valley_people["eva"]), "place": "alba", "reason": "Su hermana es la tesorera."}
        assert olga.post(f"{ROOM}/impedimentos/", {**fields, "reason": ""}).status_code == 422
        assert olga.post(f"{ROOM}/impedimentos/", fields).status_code == 303
        assert olga.post(f"{ROOM}/impedimentos/", fields).status_code == 303
        with Session(valley_site.extensions["database"]) as session:
            assert session.scalar(of_eva) == 4  # two municipalities by two themes are left
        path = f"{ROOM}/asignaciones/{valley_people['eva']}/"
        assert olga.post(path, {"duty": ["alba/seguridad"], "institution": ""}).status_code == 409
        assert olga.post(path, {"duty": ["*"], "institution": ""}).status_code == 303
        assert count(valley_site, Bar) == 1
        with Session(valley_site.extensions["database"]) as session:
            number = session.scalar(select(Bar.id))
        lift = f"{ROOM}/impedimentos/{number}/levantar/"
        assert [olga.post(lift, {}, page=f"{ROOM}/impedimentos/").status_code for _ in range(2)] == [303, 303]
    assert count(valley_site, Bar) == 0
    with Session(valley_site.extensions["database"]) as session:
        assert session.scalar(of_eva) == 4  # "all" left Alba out


def test_everybody_may_be_asked_for_a_second_factor(valley_site: Flask, valley_people: dict[str, int]) -> None:
    with staff.signed_in(valley_site, valley_people["olga"]) as olga:
        assert olga.post(f"{ROOM}/seguridad/", {"of_all": "y"}).status_code == 303
    with staff.signed_in(valley_site, valley_people["eva"], second_factor=False) as eva:
        assert eva.get("/coordinacion/").status_code == 403
    with Session(valley_site.extensions["database"]) as session:
        assert session.scalar(select(Edition.second_factor_for_all).where(Edition.slug == SLUG))
