"""A mandate belongs to its place: who prepares one edition does not change who governs in another, sealed one."""

from flask import Flask

from app.domain.permissions import Grant, Role
from tests import people, staff
from tests.integration.rooms import writing
from tests.integration.test_editing_pages import EDITION, NEW, ROOM

MANDATE = f"{NEW}/gestiones/98003.2020-10-01/"
CHANGE = f"{NEW}/gestiones/cambio/"
OTHER = {"cvegeo": "98003", "mayor": "Otra Persona", "gender": "m", "party": ""}


def test_a_mandate_that_a_sealed_edition_knows_is_changed_by_who_coordinates_that_edition(
    valley_site: Flask, valley_people: dict[str, int]
) -> None:
    with staff.signed_in(valley_site, valley_people["olga"]) as olga:
        assert olga.post("/coordinacion/nueva/", {**EDITION, "starts_on": "2021-01-01"}).status_code == 303
        assert olga.post(f"{NEW}/municipios/agregar/", {"cvegeo": "98003", "name": "Ñandú"}).status_code == 303
    with writing(valley_site) as session:
        stranger = people.make_account(session, Grant(EDITION["slug"], Role.ORGANISER)).id
        session.commit()
    with staff.signed_in(valley_site, stranger) as somebody:
        assert somebody.post(MANDATE, {**OTHER, "starts_on": "2020-10-01", "ends_on": ""}).status_code == 409
        somebody.post(f"{MANDATE}quitar/", {}, page=MANDATE)
        assert "Ñico Ñandú" in somebody.get(MANDATE).text
        refused = somebody.post(CHANGE, {**OTHER, "starts_on": "2021-04-15"})
        assert (refused.status_code, "otra administración sellada" in refused.text) == (409, True)
    with staff.signed_in(valley_site, valley_people["olga"]) as olga:
        assert "Ñico Ñandú" in olga.get(f"{ROOM}/evaluaciones/3/municipios/nandu/").text
        assert olga.post(CHANGE, {**OTHER, "starts_on": "2021-04-15"}).status_code == 303
        assert "Otra Persona" in olga.get(f"{ROOM}/evaluaciones/3/municipios/nandu/").text
